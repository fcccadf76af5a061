"""Reminders for commands, screens and the agent alike."""
