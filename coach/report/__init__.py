"""What goes on paper or to another program: the page for a doctor, the routine on paper, the calendar."""
