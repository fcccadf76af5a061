"""Habit: choose one, answer in the evening, and after two weeks see what can and what cannot be told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from coach.actions.habit import NONE, answer_habit, choose_habit
from coach.actions.status.current import recent
from coach.domain.habit import DAYS, Comparison, Habit, HabitState, answers, habit_state
from coach.errors import CoachError
from coach.figure import braille
from coach.report.sections import points
from coach.ui.commands import Command
from coach.ui.figure_lines import coloured
from coach.ui.screen import PageScreen
from coach.ui.text import BLANK, Bit, Line, columns, wrap
from coach.ui.widgets.field import OFF, ON
from coach.ui.widgets.page import MARK
from coach.words.dates import long_day

WIDE = 72
"""Cells from which there is room for a drawing."""
DRAWN = (18, 14)
"""Cells of the drawing."""
YES, NO, OPEN = ON, OFF, "."
"""The marks of an evening: told apart by form."""


class HabitScreen(PageScreen):
    """One habit at a time. Choosing is a list; minding it is a strip of fourteen evenings."""

    NAME = "habit"
    AREA = "habitscreen"
    OFFERS = (
        Command("choose", "enter", area="habitscreen"),
        Command("up", "up", "screen.move(-1)", area="habitscreen", footer=False),
        Command("down", "down", "screen.move(1)", area="habitscreen", footer=False),
        Command("yes", "y", area="habitscreen"),
        Command("no", "n", area="habitscreen"),
        Command("keep", "k", area="habitscreen"),
        Command("change", "a", area="habitscreen"),
        Command("none", "0", area="habitscreen"),
    )

    def __init__(self, marked: int = 0, *, choosing: bool = False) -> None:
        """Mark one habit of the list; ``choosing`` shows the list though one is chosen."""
        super().__init__()
        self._marked = marked
        self._choosing = choosing
        self._known: tuple[HabitState, dict[Any, bool]] | None = None

    def again(self) -> dict[str, Any]:
        """Keep the place in the list."""
        return {"marked": self._marked, "choosing": self._choosing}

    @property
    def habits(self) -> list[Habit]:
        """All habits to choose from."""
        return list(self.home.content.habits.values())

    def _read(self) -> tuple[HabitState, dict[Any, bool]]:
        """Return how the habit stands, and the answers of its two weeks by day."""
        if self._known is None:
            history = recent(self.home, self.now())
            state = habit_state(history, self.now())
            said = answers(history, state.habit, state.since) if state.habit and state.since else {}
            self._known = state, said
        return self._known

    @property
    def state(self) -> HabitState:
        """How the habit stands."""
        return self._read()[0]

    @property
    def listing(self) -> bool:
        """Whether the list is shown."""
        return self._choosing or self.state.habit is None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits: the list, the evening's answer, or what comes after two weeks."""
        minding = not self.listing
        fits = {
            "choose": self.listing,
            "move": self.listing,
            "yes": minding and not self.state.over,
            "no": minding and not self.state.over,
            "keep": minding and self.state.over,
            "change": minding,
            "none": self.state.habit is not None,
        }
        return fits.get(action, True)

    def lines(self, width: int, height: int) -> list[Line]:
        """Return the list, or the habit that is minded."""
        chosen = self.home.content.habits.get(self.state.habit or "")
        if self.listing or chosen is None:
            return self._beside(self.habits[self._marked], self._list, width)
        if self.state.over:
            return self._minded(chosen, width)
        return self._beside(chosen, lambda room: self._minded(chosen, room), width)

    def _beside(self, one: Habit, words: Callable[[int], list[Line]], width: int) -> list[Line]:
        """Return the words, and the kinder way drawn beside them where there is room."""
        if one.figure is None or width < WIDE:
            return words(width)
        drawn = [coloured(row) for row in braille(one.figure, 1.0, *DRAWN)]
        return columns(words(width - DRAWN[0] - 4), drawn, width - DRAWN[0] - 4)

    def _list(self, width: int) -> list[Line]:
        lines = [*wrap(self.words("habitscreen.intro"), width), BLANK]
        for n, one in enumerate(self.habits):
            marked = n == self._marked
            act = f"screen.pick({n})"
            name = self.words.pick(one.name)
            lines.append((Bit(MARK if marked else "  ", "accent"), Bit(name, "chosen" if marked else "", act)))
            if marked:
                lines += [(Bit("    "), *line) for line in self._about(one, width - 4)]
        return lines

    def _about(self, one: Habit, width: int) -> list[Line]:
        beyond = [self.words("habitscreen.beyond")] if one.beyond else []
        said = [self.words.pick(one.why), self.words.pick(one.how), *beyond]
        return [line for text in said for line in wrap(text, width, "muted")]

    def _minded(self, one: Habit, width: int) -> list[Line]:
        state = self.state
        head = self.words("habitscreen.day", n=min(state.day, DAYS), of=DAYS)
        if state.over:
            head = self.words("habitscreen.over")
        lines = [*wrap(self.words.pick(one.name), width, "title"), *wrap(head, width, "muted"), BLANK]
        lines += [*wrap(self.words.pick(one.how), width), BLANK, *self._strip(width), BLANK]
        if state.over:
            return [
                *lines,
                *self.compared(state.comparison, width),
                BLANK,
                *wrap(self.words("habitscreen.next"), width),
            ]
        lines += self._question(one, width)
        return [*lines, BLANK, *wrap(self.words("habitscreen.so-far", n=state.answered), width, "muted")]

    def _question(self, one: Habit, width: int) -> list[Line]:
        """Return the evening's question with its two answers, the one that was given marked."""
        given = self.state.answered_today
        options: list[Bit] = []
        for name, value in (("yes", True), ("no", False)):
            mark = YES if given is value else NO
            text = f"{mark} {self.words(f'habitscreen.{name}')}"
            options += [Bit("   " if options else ""), Bit(text, "chosen" if given is value else "", f"screen.{name}")]
        return [*wrap(self.words.pick(one.ask), width, "strong"), tuple(options)]

    def _strip(self, width: int) -> list[Line]:
        """Return the fourteen evenings: their days, and what was said."""
        state, said = self._read()
        assert state.since is not None
        days = [state.since + timedelta(n) for n in range(DAYS)]
        marks = [{True: YES, False: NO, None: OPEN}[said.get(day)] for day in days]
        wide = 4 if width >= DAYS * 4 else 3
        legend = self.words("habitscreen.legend", yes=YES, no=NO, open=OPEN)
        return [
            (Bit("".join(f"{day.day:>{wide - 1}} " for day in days), "muted"),),
            tuple(Bit(f"{mark:>{wide - 1}} ", "accent" if mark == YES else "") for mark in marks),
            *wrap(legend, width, "muted"),
        ]

    def compared(self, found: Comparison, width: int) -> list[Line]:
        """Return the days with it and without, side by side with their pain, and what that tells."""
        rows = [
            (self.words("habitscreen.with"), found.kept_days, found.kept_pain),
            (self.words("habitscreen.without"), found.other_days, found.other_pain),
        ]
        lines: list[Line] = []
        for name, days, pain in rows:
            said = self.words("habitscreen.row", name=name, n=days, pain=points(pain))
            lines += wrap(said, width)
        return [
            *lines,
            *wrap(
                self.words(f"habit.compare.{found.verdict}", kept=found.kept_days, other=found.other_days),
                width,
                "strong",
            ),
        ]

    def _done(self, text: str) -> None:
        self._known = None
        self._choosing = False
        self.redraw()
        self.say(text)

    def action_move(self, by: int) -> None:
        """Mark the habit above or below."""
        self._marked = (self._marked + by) % len(self.habits)
        self.redraw()
        self.page.show_marked()

    def action_pick(self, index: int) -> None:
        """Mark a habit; a second time chooses it."""
        if index == self._marked:
            self.action_choose()
        else:
            self._marked = index
            self.redraw()

    def action_choose(self) -> None:
        """Begin two weeks of the habit that is marked."""
        self._begin(self.habits[self._marked].id)

    def action_keep(self) -> None:
        """Go on with the same habit for two weeks more."""
        assert self.state.habit is not None
        self._begin(self.state.habit)

    def _begin(self, habit: str) -> None:
        choose_habit(self.home, habit, self.now())
        end = long_day(self.now().date() + timedelta(DAYS - 1), self.words)
        self._done(self.words("habitscreen.begun", until=end))

    def action_change(self) -> None:
        """Choose another."""
        self._choosing = True
        self.redraw()

    def action_none(self) -> None:
        """Put the habit down."""
        choose_habit(self.home, NONE, self.now())
        self._done(self.words("habit.put-down"))

    def action_yes(self) -> None:
        """Answer yes for today."""
        self._answer(kept=True)

    def action_no(self) -> None:
        """Answer no for today."""
        self._answer(kept=False)

    def _answer(self, *, kept: bool) -> None:
        try:
            answer_habit(self.home, kept, self.now())
        except CoachError as error:
            self.say(self.words(error.key, **error.values))
        else:
            self._done(self.words(f"habit.answered-{'yes' if kept else 'no'}"))
