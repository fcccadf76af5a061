"""The background agent as the rest of the program sees it: started, stopped, asked, and begun with the desktop.

What the agent itself does is in ``coach.remind``, which actions and commands need not load.
"""
