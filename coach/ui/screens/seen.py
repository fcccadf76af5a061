"""*A professional has seen it*: who, and what they said is all right; it lifts what only that can lift."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.widget import Widget

from coach.actions.status.current import status_now
from coach.actions.status.seen import clearable, cleared_name, cleared_now, seen
from coach.actions.today import today
from coach.domain.status.status import Status
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import ActionRow, MultiChoice, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.pain_weeks import PainWeeks
from coach.ui.widgets.text_input import Label, TextInput


class SeenScreen(FormScreen):
    """Note a visit."""

    NAME = "seen"
    OFFERS = (Command("keep", "enter", area="seen"), *FIELD_KEYS)
    ASIDE_BELOW: ClassVar[bool] = True

    def __init__(self, by: str = "", cleared: tuple[str, ...] = (), baseline: int | None = None) -> None:
        """Begin with what was answered in another language."""
        super().__init__()
        self._given = (by, cleared, baseline)
        self._status: Status | None = None

    def prepare(self) -> None:
        """Read how it stands: it says what can be cleared."""
        self._status = status_now(self.home, self.now())

    def answers(self) -> tuple[str, tuple[str, ...], int | None]:
        """Return who, what was cleared, and the new usual worst in walking."""
        cleared = tuple(value for field in self.form.query(MultiChoice) for value in field.values)
        return self.form.query_one(TextInput).value, cleared, self.form.query_one(PainScale).number

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        by, cleared, baseline = self.answers()
        return {"by": by, "cleared": cleared, "baseline": baseline}

    def questions(self) -> Iterable[Widget]:
        """Ask who, and what they cleared of what stands."""
        by, cleared, baseline = self._given
        yield Paragraphs(self.words("seen.about"))
        yield Label(self.words("seen.by"), "by")
        yield TextInput(by, placeholder=self.words("seen.by-hint"), id="by")
        if options := self._clearable(self._status or status_now(self.home, self.now())):
            yield MultiChoice("cleared", self.words("seen.cleared"), options, cleared).classed("apart")
        yield PainScale("baseline", self.words("seen.baseline"), baseline).classed("apart")
        enter = self.app.key_name("enter")
        yield ActionRow("kept", enter, self.words("seen.keep"), "screen.keep").classed("apart")

    def aside(self) -> Iterable[Widget]:
        """Yield the pain of the last two weeks, from which the usual pain is told."""
        yield PainWeeks(self.words, lambda: today(self.home, self.now()).chart, id="aside")

    def _clearable(self, status: Status) -> list[tuple[str, str]]:
        book = self.home.content.rules
        return [(name, self.words.pick(cleared_name(name, book))) for name in clearable(status, book)]

    def action_keep(self) -> None:
        """Keep the visit, and go to Today; the signs that are now to be looked at once more come straight away."""
        by, cleared, baseline = self.answers()
        before = status_now(self.home, self.now())
        record = self.attempt(lambda: seen(self.home, by, cleared, baseline, now=self.now()))
        if record is None:
            self.focus_field("by")
            return
        told = [self.words("pause.seen.saved", by=record.by)]
        book = self.home.content.rules
        for name, became in cleared_now(record, before, book):
            told.append(self.words(f"pause.seen.{became}", what=self.words.pick(cleared_name(name, book))))
        self.app.to_today()
        if status_now(self.home, self.now()).ask_signs:  # for the visit itself, or a sign nobody was sure of
            self.app.go("check-in")
        self.app.say("\n".join(told))
