"""*It hurts*: stop first; two short questions, both optional; then it is noted and today rests."""

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual.content import Content
from textual.widget import Widget

from coach.actions.status.hurt import hurts
from coach.ui.commands import Command
from coach.ui.figure_lines import anatomy
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import ActionRow, PainScale
from coach.ui.widgets.lines import Lines, Paragraphs
from coach.ui.widgets.text_input import Label, NoteInput


class Hurts(FormScreen):
    """Take note that it hurts, from anywhere."""

    NAME = "hurts"
    OFFERS = (Command("note", "enter", area="hurts"), *FIELD_KEYS)
    ASIDE_BELOW: ClassVar[bool] = True

    def __init__(self, stretch: str | None = None, pain: int | None = None, where: str = "") -> None:
        """Name the ``stretch`` in which it began, where that is known."""
        super().__init__()
        self._stretch, self._pain, self._where = stretch, pain, where

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        number = self.form.query_one(PainScale).number
        return {"stretch": self._stretch, "pain": number, "where": self.form.query_one(NoteInput).text}

    def questions(self) -> Iterable[Widget]:
        """Ask how strong and where."""
        yield Paragraphs(self.words("hurts.stop"), "strong")
        yield PainScale("pain", self.words("hurts.how-much"), self._pain).classed("apart")
        yield Label(self.words("hurts.where"), "where")
        yield NoteInput(self._where, placeholder=self.words("hurts.where-hint"), id="where")
        enter = self.app.key_name("enter")
        yield ActionRow("note-it", enter, self.words("hurts.note-it"), "screen.note").classed("apart")

    def aside(self) -> Iterable[Widget]:
        """Yield the back of the knee, with the names of what can hurt there."""
        picture = Lines(partial(anatomy, self.words), id="aside")
        picture.border_title = Content(self.words("gallery.anatomy"))
        yield picture

    def action_note(self) -> None:
        """Keep it, and go to Today, which rests; where the words name an urgent sign, ask the list first."""
        where = self.form.query_one(NoteInput).text.strip() or None
        pain = self.form.query_one(PainScale).number
        noted = self.attempt(lambda: hurts(self.home, self.now(), self._stretch, pain, where, by="ui"))
        if noted is None:
            return
        self.app.to_today()
        if noted.from_words:
            self.app.go("check-in")
            self.app.say(self.words("hurts.from-words"))
        elif noted.status.advice != "emergency":  # there the number to call stands alone
            self.app.say(self.words("hurts.noted"))
