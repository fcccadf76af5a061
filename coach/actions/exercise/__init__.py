"""The guided session over the records."""
