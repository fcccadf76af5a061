"""The decision as a quiet page: what, why, whom to call here, and the page for the doctor."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.content import Content

from coach.actions.status.current import status_now
from coach.domain.status.status import Status
from coach.domain.triage.what_if import would_change
from coach.ui.commands import Command
from coach.ui.emergency import emergency_page
from coach.ui.messages import course_reason
from coach.ui.screen import PageScreen
from coach.ui.text import BLANK, indent, wrap
from coach.words.care import care_text
from coach.words.decision import Teller, headline_lines
from coach.words.status import pause_end, untold_lines

WHOLE_WIDTH = 999
"""Cells that no window has."""


class DecisionScreen(PageScreen):
    """How it stands and why, whole: it scrolls rather than cuts."""

    NAME = "decision"
    MEASURE: ClassVar[int] = 72
    OFFERS = (
        Command("for-doctor", "d,enter", "app.go('summary')", area="decision-page"),
        Command("seen", "v", "app.go('seen')", area="decision-page"),
        Command("again", "c", "app.go('check-in')", area="decision-page"),
        Command("whole", "w", area="decision-page", footer=False),
    )
    AREA = "decision-page"

    def __init__(self, *, whole: bool = False) -> None:
        """Work nothing out yet; ``whole`` shows the reasons of an emergency too."""
        super().__init__()
        self._whole = whole
        self._stands: Status | None = None

    @property
    def status(self) -> Status:
        """How it stands, as of opening."""
        if self._stands is None:
            self._stands = status_now(self.home, self.now())
        return self._stands

    def again(self) -> dict[str, Any]:
        """Keep what is shown."""
        return {"whole": self._whole}

    @property
    def alarms(self) -> bool:
        """Whether this is the emergency page, with a number and one sentence alone."""
        return self.status.advice == "emergency" and not self._whole

    def measure(self) -> int:
        """Return the cells that a line may take: all there are for the number to call."""
        return WHOLE_WIDTH if self.alarms else self.MEASURE

    def heading(self) -> tuple[str, str]:
        """Return the title; the emergency page has none."""
        return ("", "") if self.alarms else super().heading()

    def in_footer(self, command: Command) -> bool:
        """Whether a command stands in the footer: on the emergency page the way back alone."""
        return command.id == "back" if self.alarms else super().in_footer(command)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the reasons of an emergency only when they are asked for."""
        return self.alarms if action == "whole" else True

    def action_whole(self) -> None:
        """Show why."""
        self._whole = True
        self.page.text.styles.max_width = self.measure()
        self.redraw()

    def lines(self, width: int, height: int) -> list[Content]:
        """Return what, whom, why, and what would change it; in an emergency the number to call."""
        status = self.status
        if self.alarms:
            return emergency_page(self.home.profile, self.words, self.home.content, width, height)
        role = "alert" if status.advice in ("today", "emergency") else "title"
        first, *beside = headline_lines(status, self.words)
        if status.pause:
            beside.append(pause_end(status.pause, self.words, self.now()))
        lines = [BLANK, *wrap(first, width, role)]
        for text in beside:
            lines += wrap(text, width, "strong")
        lines += [*self._whom(width), *self._part("why", self._why(), width)]
        back = status.pause.back_when if status.pause else ()
        missing = untold_lines(status.pause, self.words) if status.pause else ()
        lines += self._part("back", [*map(self._back_when, back), *missing], width)
        lines += self._part("change", self._change(), width, "muted")
        return [*lines, BLANK, *self._limits(width)]

    def _part(self, name: str, texts: Sequence[str], width: int, role: str = "") -> list[Content]:
        """Return a part of the page: its title, and its sentences as a list."""
        lines = [line for text in texts for line in wrap(f"- {text}", width - 2, role, indent=2)]
        return [BLANK, *self._title(name, width), *indent(lines, 2)] if lines else []

    def _title(self, name: str, width: int) -> list[Content]:
        return wrap(self.words(f"decision-page.{name}"), width, "strong")

    def _whom(self, width: int) -> list[Content]:
        advice = self.status.advice
        if advice not in ("soon", "today", "emergency"):
            return []
        text = care_text(advice, self.home.profile.region, self.words, self.home.content)
        lines = wrap(text, width - 2, "strong" if advice == "soon" else "alert")
        return [BLANK, *self._title("whom", width), *indent(lines, 2)]

    def _back_when(self, name: str) -> str:
        here = f"decision-page.back-when.{name}"
        return self.words(here if self.words.has(here) else f"pause.back-when.{name}")

    def _why(self) -> list[str]:
        """Return every reason whole: those of the answers with rule and source, those of the course beside them."""
        teller = Teller(self.words, self.home.content.rules)
        by_rule = {reason.rule: teller.reason(reason) for reason in reversed(self.status.decision.reasons)}
        texts = [by_rule.get(reason) or course_reason(reason, self.words) for reason in self.status.reasons]
        return [text for text in dict.fromkeys([*texts, *reversed(by_rule.values())]) if text]

    def _change(self) -> list[str]:
        status, book = self.status, self.home.content.rules
        if status.last is None:
            return []
        cleared = status.pause_state.cleared.of(status.answers, book)
        change = would_change(status.answers, book, status.decision, asked_only=True, cleared=cleared)
        return list(Teller(self.words, book).changes(change, status.decision))

    def _limits(self, width: int) -> list[Content]:
        return wrap(self.words("decision-page.limits"), width, "muted")
