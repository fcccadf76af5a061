"""Answers in: documents, check-ins, a person's own words."""
