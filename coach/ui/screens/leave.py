"""Leaving while the reminders come from this program: they may go on in the background."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from coach.actions.reminders.schedule import week_ahead
from coach.ui.app import CoachApp
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.messages import trouble
from coach.ui.widgets.field import ActionRow
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.week_ahead import WeekAhead


class Leave(FormScreen):
    """Say that reminders end, and offer to keep them."""

    NAME = "leave"
    ROAMING: ClassVar[bool] = False
    ASIDE_BELOW: ClassVar[bool] = True
    app: CoachApp
    OFFERS = (Command("keep", "k", area="leave"), Command("go", "g", area="leave"), *FIELD_KEYS)

    def questions(self) -> Iterable[Widget]:
        """Offer both."""
        yield Paragraphs(self.words("leave.ends"), "strong")
        yield ActionRow("keep", "k", self.words("leave.keep"), "screen.keep").classed("apart")
        yield ActionRow("go", "g", self.words("leave.go"), "screen.go").classed("apart")
        yield Paragraphs(self.words("leave.saved"), "muted", above=1)

    def aside(self) -> Iterable[Widget]:
        """Yield the days ahead with their reminders that end."""
        yield WeekAhead(self.words, lambda: week_ahead(self.home, self.now()), id="aside")

    def action_keep(self) -> None:
        """Hand the reminders to the agent, then leave."""
        try:
            self.app.hand_over()
        except Exception as error:  # noqa: BLE001 -- leaving is the person's choice even where the agent fails
            self.app.keep_reminders()
            self.say(self.words("leave.could-not", reason=trouble(error, self.words)), "alert")
            return
        self.app.exit(0)

    def action_go(self) -> None:
        """Leave; the reminders end."""
        self.app.exit(0)
