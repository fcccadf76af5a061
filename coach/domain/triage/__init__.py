"""From answers to a decision: what a person can answer, the rule book, and what would change its verdict."""
