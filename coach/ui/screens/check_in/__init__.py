"""The check-in: a number and Enter on an ordinary day; the lists of signs first where due; all questions one key away.

``questions`` makes the fields of a stage, ``draft`` holds what was answered, ``screen`` goes from stage to stage,
and ``edit`` changes an entry of the diary.
"""

from coach.ui.screens.check_in.screen import CheckInScreen

__all__ = ["CheckInScreen"]
