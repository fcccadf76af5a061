"""One reminder: what it is for, when it comes, and on which days."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, get_args

from msgspec.structs import replace
from textual import on
from textual.widget import Widget
from textual.widgets import Input

from coach.actions.reminders import settings
from coach.actions.reminders.schedule import week_ahead
from coach.actions.reminders.time_text import coming_day_of, days_of, hours_of, hours_text, length_of, time_of
from coach.domain.reminders.reminder import WEEKDAYS, Reminder, ReminderKind
from coach.errors import CoachError
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import Field
from coach.ui.widgets.text_input import Label, TextInput
from coach.ui.widgets.week_ahead import WeekAhead
from coach.words.system import error_text
from coach.words.time_text import days_named, length_named

NEW = Reminder(id="new", kind="custom", at="15:00")
"""What a new reminder is asked from; it gets another id when it is kept."""
NO_WORDS = "."
"""Stands for the words that are still to be typed: they change none of its days."""


class ReminderScreen(FormScreen):
    """What was typed stays until it can be kept."""

    NAME = "reminder"
    AREA = "remindscreen"
    OFFERS = (Command("keep", "enter", area="remindscreen"), *FIELD_KEYS)
    ASIDE_BELOW: ClassVar[bool] = True

    def __init__(self, reminder: Reminder | None = None) -> None:
        """Change ``reminder``; without one, make a new one."""
        super().__init__()
        self._reminder = reminder

    def again(self) -> dict[str, Any]:
        """Keep which one it is."""
        return {"reminder": self._reminder}

    def prepare(self) -> None:
        """Read the working hours."""
        self.home.profile  # noqa: B018 -- reads it

    def heading(self) -> tuple[str, str]:
        """Return whether it is new."""
        return self.words("remindscreen.edit-title" if self._reminder else "remindscreen.add-title"), ""

    def questions(self) -> Iterable[Widget]:
        """Yield the questions with what is kept now."""
        reminder = self._reminder or NEW
        kinds = [(kind, self.words(f"kind.{kind}")) for kind in get_args(ReminderKind)]
        yield Field("kind", self.words("remindscreen.ask.kind"), kinds, reminder.kind)
        hows = [(how, self.words(f"remindscreen.how.{how}")) for how in ("at", "every", "on")]
        how = "on" if reminder.on else "at" if reminder.at else "every"
        yield Field("how", self.words("remindscreen.ask.how"), hows, how).classed("apart")
        yield from self._entry("on", str(reminder.on or self.now().date() + timedelta(days=1)))
        yield from self._entry("at", reminder.at or "20:00")
        yield from self._entry("every", length_named(reminder.every_min or 50, self.words))
        between = reminder.between or self.home.profile.work
        yield from self._entry("between", hours_text(between))
        yield from self._entry("days", days_named(reminder.days, self.words))
        yield from self._entry("text", reminder.text or "")

    def _entry(self, name: str, value: str) -> Iterable[Widget]:
        yield Label(self.words(f"remindscreen.ask.{name}"), name)
        yield TextInput(value, placeholder=self.words(f"remindscreen.hint.{name}"), id=name)

    def aside(self) -> Iterable[Widget]:
        """Yield the days ahead with their reminders, this one among them as it is typed now."""
        yield WeekAhead(self.words, lambda: week_ahead(self.home, self.now(), self._as_typed()), id="aside")

    def _as_typed(self) -> Reminder | None:
        """Return the reminder as it would be kept; None as long as something that was typed means nothing."""
        try:
            fields = self._fields()
            if fields["kind"] == "custom":
                fields["text"] = fields["text"] or NO_WORDS
            typed = settings.checked(replace(self._reminder or NEW, **fields))
        except CoachError:
            return None
        return typed if self._reminder else replace(typed, id="")  # a kept one may be called as NEW is

    def on_mount(self) -> None:
        """Show the questions that fit."""
        self._fit()

    @on(Field.Changed)
    @on(Input.Changed)
    def _show_days(self) -> None:
        """Show the days with what is typed now."""
        self.query_one(WeekAhead).redraw()

    @on(Field.Changed)
    def _fit(self) -> None:
        """Ask for a date, a time, or for how often; for own words only where they are shown."""
        how = self.value("how")
        for name, there in (
            ("on", how == "on"),
            ("at", how != "every"),
            ("every", how == "every"),
            ("between", how == "every"),
            ("days", how != "on"),
            ("text", self.value("kind") == "custom"),
        ):
            self.query_one(f"#{name}").display = there
            self.query_one(f"#{name}-label").display = there

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in a field for text keeps it all."""
        self.action_keep()

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", TextInput).value.strip()

    def _fields(self) -> dict[str, Any]:
        """Return what was typed as fields of a reminder; UsageError says what is wrong."""
        how = self.value("how")
        fields: dict[str, Any] = {
            "kind": self.value("kind"),
            "at": None,
            "on": None,
            "every_min": None,
            "between": None,
        }
        if how == "every":
            fields |= {"every_min": length_of(self._typed("every")), "between": hours_of(self._typed("between"))}
        else:
            fields |= {"at": time_of(self._typed("at"))}
        if how == "on":
            fields |= {"on": coming_day_of(self._typed("on"), self.now().date()), "days": WEEKDAYS}
        else:
            fields |= {"days": days_of(self._typed("days"))}
        if fields["kind"] == "custom":
            return fields | {"text": self._typed("text") or None}
        same = self._reminder is not None and self._reminder.kind == fields["kind"]
        return fields | {"text": self._reminder.text if self._reminder and same else None}

    def action_keep(self) -> None:
        """Keep the reminder; where it cannot be kept, say what is wrong and leave everything as it is."""
        try:
            fields = self._fields()
            if self._reminder:
                settings.edit(self.home, self._reminder.id, self.now(), **fields)
            else:
                settings.add(self.home, Reminder(id="", **fields), self.now())
        except CoachError as error:
            here = f"remindscreen.error.{error.key.rpartition('.')[2]}"
            self.foot(error_text(error, self.words, here if self.words.has(here) else ""), "alert")
        else:
            self.app.back()
