"""Days of the week and lengths of time in words, as a person may type them back."""

from coach.domain.reminders.reminder import WEEKDAYS, Weekday
from coach.words import Words


def length_named(minutes: int, words: Words) -> str:
    """Return a length of time: whole hours, else minutes."""
    hours, left = divmod(minutes, 60)
    whole = bool(hours and not left)
    return words("remindscreen.hours", n=hours) if whole else words("remindscreen.minutes", n=minutes)


def days_named(days: tuple[Weekday, ...], words: Words) -> str:
    """Return days of the week: every day, a run of three or more, or a list."""
    if len(days) == len(WEEKDAYS):
        return words("remindscreen.daily")
    numbers = [WEEKDAYS.index(day) for day in days]
    names = [words(f"dates.weekday.{number + 1}") for number in numbers]
    if len(days) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return words("remindscreen.run", first=names[0], last=names[-1])
    return words("common.and").join(names)
