"""What commands, screens and agent share: read the records, ask the domain, keep the new record. No screen here."""
