"""The one owner of reminders: what is due becomes a popup, and the log says what became of it.

``Service`` runs in the background agent or inside the screen, whichever holds the lock. Nothing here loads the screen.
"""
