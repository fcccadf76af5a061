"""What is done today: stretches, doses, the plan, and the guided session as phases in time."""
