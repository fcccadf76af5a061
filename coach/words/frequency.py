"""What a change of the reminders' rhythm changes, in words; the same on the screen and in ``coach today``."""

from coach.domain.reminders.frequency import FrequencyChange
from coach.domain.reminders.reminder import WEEKDAYS, Reminder
from coach.words import Words


def change_text(change: FrequencyChange, words: Words, form: str) -> str:
    """Return the sentence ``frequency.FORM.RHYTHM`` with the reminders that it is about."""
    switched = words("common.and").join(_named(reminder, words) for reminder in change.switched)
    weekly = change.weekly
    day = words(f"dates.weekday.{WEEKDAYS.index(weekly.days[0]) + 1}") if weekly else ""
    return words(f"frequency.{form}.{change.frequency}", turned=switched, day=day, time=(weekly and weekly.at) or "")


def _named(reminder: Reminder, words: Words) -> str:
    return " ".join(part for part in (words(f"kind.{reminder.kind}"), reminder.at) if part)
