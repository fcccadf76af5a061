"""What looks back over the records: the history, the page for a doctor; and what goes to paper or another program."""
