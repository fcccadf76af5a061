"""A reminder that comes while the screen is open and no desktop can show it: its words, and a key an answer."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.widget import Widget

from coach.actions.reminders.schedule import week_ahead
from coach.remind.channels import Action, Popup
from coach.ui.app import CoachApp
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import ActionRow
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.week_ahead import WeekAhead

KEYS: dict[Action, str] = {"start": "s", "later": "l", "hurts": "x", "done": "d", "yes": "y", "no": "n"}


class ReminderCall(FormScreen):
    """Show the reminder, the first answer in focus, so that Enter takes it; Escape leaves it as it is."""

    NAME = "reminder-call"
    AREA = "remindercall"
    app: CoachApp
    OFFERS = (
        *(Command(action, key, f"screen.answer('{action}')", area="remindercall") for action, key in KEYS.items()),
        *FIELD_KEYS,
    )
    ROAMING: ClassVar[bool] = False
    ASIDE_BELOW: ClassVar[bool] = True

    def __init__(self, popup: Popup | None = None, answer: Callable[[Action], None] = lambda _: None) -> None:
        """Show ``popup``; ``answer`` takes what was chosen."""
        super().__init__()
        self._popup = popup or Popup(title="")
        self._answer = answer

    def again(self) -> dict[str, object]:
        """Keep what is shown."""
        return {"popup": self._popup, "answer": self._answer}

    def questions(self) -> Iterable[Widget]:
        """Offer what the popup's buttons would."""
        yield Paragraphs(self._popup.title or self.words("remindercall.title"), "strong")
        if self._popup.body:
            yield Paragraphs(self._popup.body, above=1)
        for number, (action, label) in enumerate(self._popup.buttons):
            row = ActionRow(action, KEYS[action], label, f"screen.answer('{action}')")
            yield row if number else row.classed("apart")

    def aside(self) -> Iterable[Widget]:
        """Yield the days ahead with their reminders: nothing of it tells a passer-by more than a neutral popup does."""
        yield WeekAhead(self.words, lambda: week_ahead(self.home, self.now()), id="aside")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what this popup can be answered with."""
        if action == "answer":
            return parameters[0] in dict(self._popup.buttons)
        return super().check_action(action, parameters)

    def action_answer(self, action: Action) -> None:
        """Close, and do what was chosen."""
        self.app.back()
        self._answer(action)
