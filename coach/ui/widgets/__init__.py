"""Widgets that draw lines of ``coach.ui.text``: few, cheap, and safe for wide characters."""
