"""The conditions that forbid ice, asked once: nobody ices with one of them before a professional was asked."""

from collections.abc import Iterable

from textual.widget import Widget

from coach.actions.ice import answer_conditions
from coach.domain.triage.answers import TRI, Tri
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.signs import tri_options
from coach.ui.widgets.field import Field
from coach.ui.widgets.lines import Paragraphs


class IceConditions(FormScreen):
    """A question a condition; an open one is never taken for a no."""

    NAME = "ice-conditions"
    AREA = "icescreen"
    OFFERS = (
        Command("keep", "enter", area="icescreen"),
        Command("none", "n", area="icescreen"),
        *FIELD_KEYS,
    )

    def prepare(self) -> None:
        """Read the last answers."""
        self.home.profile  # noqa: B018 -- reads it

    def questions(self) -> Iterable[Widget]:
        """Yield the question and its conditions."""
        last = self.home.profile.ice_conditions or {}
        yield Paragraphs(self.words("ice.ask-intro"), "strong")
        for condition in self.home.content.icing.conditions:
            field = Field(
                condition.id, self.words.pick(condition.text), tri_options(self.words), last.get(condition.id)
            )
            yield field.classed("sign")

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.foot(self.words("icescreen.how-to-answer"), "muted")

    def action_keep(self) -> None:
        """Keep the answers; where one is open, go to it."""
        answers: dict[str, Tri] = {}
        for field in self.form.query(Field):
            answer = next((value for value in TRI if value == field.value), None)
            if answer is None:
                self.set_focus(field)
                self.say(self.words("icescreen.one-open"))
                return
            answers[str(field.id)] = answer
        answer_conditions(self.home, answers)
        self.app.back()

    def action_none(self) -> None:
        """Answer no to all of them; like every other answer they are saved by Enter."""
        for field in self.form.query(Field):
            field.choose("no")
