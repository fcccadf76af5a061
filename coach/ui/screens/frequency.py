"""The offer of fewer reminders, or of the daily ones again: what would change, and a choice."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from coach.actions.reminders.frequency import accept, change, decline, offer
from coach.actions.reminders.schedule import week_ahead
from coach.actions.status.current import status_now
from coach.domain.reminders.frequency import Frequency
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import ActionRow, Field
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.week_ahead import WeekAhead
from coach.words.frequency import change_text

KEEP = "keep"


class FrequencyScreen(FormScreen):
    """One question; left open, nothing changes."""

    NAME = "frequency"
    OFFERS = (Command("note", "enter", area="followup"), *FIELD_KEYS)
    ASIDE_BELOW: ClassVar[bool] = True

    def __init__(self) -> None:
        """Look at what is offered when it is shown."""
        super().__init__()
        self._offered: Frequency | None = None

    def prepare(self) -> None:
        """Read what is offered."""
        self._offered = offer(self.home, status_now(self.home, self.now()), self.now())

    def questions(self) -> Iterable[Widget]:
        """Say what would change, and ask."""
        now = self.now()
        if self._offered is None:
            yield Paragraphs(self.words("frequency.nothing"))
            return
        yield Paragraphs(self.words(f"frequency.offer.{self._offered}"))
        would = change(self.home, self._offered, self.words, now)
        yield Paragraphs(change_text(would, self.words, "would"), classes="apart")
        options = [
            (self._offered, self.words(f"frequency.choice.{self._offered}")),
            (KEEP, self.words("frequency.keep")),
        ]
        yield Field("choice", self.words("frequency.ask"), options).classed("apart")
        key = self.app.key_name("enter")
        yield ActionRow("noted", key, self.words("frequency.note"), "screen.note").classed("apart")

    def aside(self) -> Iterable[Widget]:
        """Yield the days ahead with their reminders, of which there would be fewer or more."""
        yield WeekAhead(self.words, lambda: week_ahead(self.home, self.now()), id="aside")

    def action_note(self) -> None:
        """Do what was chosen, and say what changed and how to go back; without a choice, nothing changes."""
        told = self.attempt(self._noted) if self._offered else ""
        if told is None:
            return
        self.app.to_today()
        self.app.say(told)

    def _noted(self) -> str:
        assert self._offered is not None
        chosen = self.value("choice")
        if chosen == KEEP:
            decline(self.home, self._offered, self.now())
            return self.words("frequency.done.keep")
        if chosen != self._offered:
            return self.words("frequency.closed")
        made = accept(self.home, self._offered, self.words, self.now())
        return change_text(made, self.words, "here" if made.frequency == "weekly" else "done")
