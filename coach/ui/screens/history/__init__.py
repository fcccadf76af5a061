"""History: ``screen`` lays out a year of records; ``pain`` draws a period, and ``events`` puts a day into words."""

from coach.ui.screens.history.screen import HistoryScreen

__all__ = ["HistoryScreen"]
