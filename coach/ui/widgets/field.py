"""Fields: a question and its answers, by key and by mouse, drawn in as many lines as they need."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from coach.ui.text import Bit, Line, width_of, wrap
from coach.ui.widgets.drawn import Laid

ON, OFF = "◉", "◌"
"""Signs of what is chosen and what is not: of one width in every terminal, and different in form."""
MARK = "▸ "
BESIDE = 40
"""Cells that a question keeps for itself where its answers stand beside it."""
WIDE, NARROW = 58, 40
"""Cells from which the numbers of a scale stand apart, and below which they stand close."""


class Field(Laid, can_focus=True):
    """A question with a fixed set of answers; left and right, or a click, choose."""

    class Changed(Message):
        """An answer was chosen."""

        def __init__(self, field: "Field") -> None:
            """Name the field."""
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field":
            """The field."""
            return self.field

    def __init__(
        self,
        id: str,  # noqa: A002 -- Textual's name
        label: str,
        options: Sequence[tuple[str, str]],
        value: str | None = None,
        *,
        note: str = "",
    ) -> None:
        """Ask ``label`` with ``options`` of value and name; ``value`` may be none of them: not answered."""
        super().__init__(id=id)
        self.label = label
        self.note = note
        """A line under the question."""
        self.options = list(options)
        self.value = value

    def classed(self, *names: str) -> Self:
        """Give it classes before it is mounted: it is styled then, once."""
        return self.add_class(*names, update=False)

    def choose(self, value: str | None) -> None:
        """Choose an answer, tell it, and draw it."""
        if value != self.value:
            self.value = value
            self.relay()
            self.post_message(self.Changed(self))

    def lay(self, width: int) -> list[Line]:
        """Lay out the question, with the answers beside it or under it."""
        answers = self.answers()
        wide = sum(width_of(answer) for answer in answers) + 3 * (len(answers) - 1)
        mark = Bit(MARK if self.has_focus else "  ", "accent")
        if wide + BESIDE + 2 <= width:
            label = wrap(self.label, width - wide - 4, "strong" if self.has_focus else "")
            gap = Bit(" " * (width - 2 - wide - width_of(label[0])))
            lines: list[Line] = [(mark, *label[0], gap, *_joined(answers))]
            lines += [(Bit("  "), *line) for line in label[1:]]
        else:
            label = wrap(self.label, width - 2, "strong" if self.has_focus else "")
            lines = [(mark if n == 0 else Bit("  "), *line) for n, line in enumerate(label)]
            lines += [(Bit("    "), *line) for line in _folded(answers, width - 4)]
        return lines + [(Bit("  "), *line) for line in (wrap(self.note, width - 2, "muted") if self.note else [])]

    def answers(self) -> list[Line]:
        """Return each answer as a line of its own, to be put where there is room."""
        return [
            (Bit(f"{ON if value == self.value else OFF} {name}", self.role(value), f"choose({n})"),)
            for n, (value, name) in enumerate(self.options)
        ]

    def role(self, value: str) -> str:
        """Return how an answer is drawn."""
        return "chosen" if value == self.value else "muted"

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw the mark, or take it away."""
        super().watch_has_focus(has_focus)
        self.relay()

    def remark(self, note: str) -> None:
        """Say something under the question."""
        self.note = note
        self.relay()

    def action_choose(self, index: int) -> None:
        """Choose by place (a click)."""
        self.focus()
        self.choose(self.options[index][0])

    def action_step(self, by: int) -> None:
        """Choose the answer beside the one chosen."""
        values = [value for value, _ in self.options]
        if self.value not in values:
            self.choose(values[0 if by > 0 else -1])
        else:
            self.choose(values[(values.index(self.value) + by) % len(values)])


class MultiChoice(Field):
    """A question with any number of answers: the arrow keys move, space takes or leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(
        self,
        id: str,  # noqa: A002 -- Textual's name
        label: str,
        options: Sequence[tuple[str, str]],
        values: Sequence[str] = (),
        *,
        note: str = "",
        alone: str = "",
    ) -> None:
        """Begin with ``values`` chosen; ``alone`` is "none of these", which goes with no other."""
        super().__init__(id, label, options, note=note)
        self._alone = alone
        self.values = tuple(values)
        self._at = 0

    def answers(self) -> list[Line]:
        """Return the answers, the one that space would take marked."""
        lines: list[Line] = []
        for n, (value, name) in enumerate(self.options):
            here = self.has_focus and n == self._at
            role = "focus" if here else "chosen" if value in self.values else "muted"
            lines.append((Bit(f"{ON if value in self.values else OFF} {name}", role, f"choose({n})"),))
        return lines

    def action_choose(self, index: int) -> None:
        """Take or leave by place (a click)."""
        self.focus()
        self._at = index
        self.action_take()

    def action_step(self, by: int) -> None:
        """Move to the answer beside."""
        self._at = (self._at + by) % len(self.options)
        self.relay()
        self._show_marked()

    def begin(self, by: int) -> None:
        """Mark the end that one comes from."""
        self._at = 0 if by > 0 else len(self.options) - 1
        self.relay()

    def action_move(self, by: int) -> None:
        """Move to the answer above or below where they stand so; at the ends, leave the key to the screen."""
        if not self._stacked or not 0 <= self._at + by < len(self.options):
            raise SkipAction
        self.action_step(by)

    @property
    def _stacked(self) -> bool:
        """Whether each answer begins a line of its own."""
        lines = self.laid(self.size.width)
        return all(sum(bit.text.startswith((ON, OFF)) for bit in line) < 2 for line in lines)

    def _show_marked(self) -> None:
        lines = self.laid(self.size.width)
        rows = [n for n, line in enumerate(lines) if any(bit.role == "focus" for bit in line)]
        if rows and isinstance(self.parent, Widget):
            place = self.virtual_region
            self.parent.scroll_to_region(Region(place.x, place.y + rows[0], 1, len(rows)), animate=False)

    def action_take(self) -> None:
        """Take or leave the answer that is marked."""
        value = self.options[self._at][0]
        taken = set(self.values) ^ {value}
        if self._alone in taken:
            taken = {value} if value == self._alone else taken - {self._alone}
        self.take(taken)

    def take(self, values: Iterable[str]) -> None:
        """Choose ``values``, in the order of the options."""
        taken = set(values)
        self.values = tuple(value for value, _ in self.options if value in taken)
        self.relay()
        self.post_message(self.Changed(self))


class PainScale(Field):
    """A pain number, 0 to 10, or none: typed, stepped, or clicked."""

    def __init__(self, id: str, label: str, value: int | None = None, *, note: str = "") -> None:  # noqa: A002
        """Begin with ``value`` points of 10."""
        numbers = [(str(n), str(n)) for n in range(11)]
        super().__init__(id, label, numbers, None if value is None else str(value), note=note)

    @property
    def number(self) -> int | None:
        """The points chosen; None: not answered."""
        return None if self.value is None else int(self.value)

    def answers(self) -> list[Line]:
        """Return the numbers, the chosen one between marks."""
        return [
            (Bit(f"‹{name}›" if value == self.value else f" {name} ", self.role(value), f"choose({n})"),)
            for n, (value, name) in enumerate(self.options)
        ]

    def lay(self, width: int) -> list[Line]:
        """Lay out the question and under it the row of numbers."""
        mark = Bit(MARK if self.has_focus else "  ", "accent")
        label = wrap(self.label, width - 2, "strong" if self.has_focus else "")
        lines: list[Line] = [(mark if n == 0 else Bit("  "), *line) for n, line in enumerate(label)]
        return [*lines, (Bit("   "), *self._row(width)), *((Bit("  "), *line) for line in self._note(width))]

    def _row(self, width: int) -> Line:
        """Return the numbers in one line, closer together where there is little room: none is ever cut off."""
        if width < NARROW:
            return tuple(
                Bit(bit.text.strip() + " ", bit.role, bit.action) for answer in self.answers() for bit in answer
            )
        gap = " " if width >= WIDE else ""
        return tuple(bit for answer in self.answers() for bit in (*answer, Bit(gap)))

    def _note(self, width: int) -> list[Line]:
        return wrap(self.note, width - 2, "muted") if self.note else []

    def on_key(self, event: events.Key) -> None:
        """Take a digit; 1 and then 0 is 10; backspace takes the number back."""
        if event.key in ("backspace", "delete"):
            self.choose(None)
        elif event.character is not None and event.character in "0123456789" and event.character:
            ten = self.value == "1" and event.character == "0"
            self.choose("10" if ten else event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def action_step(self, by: int) -> None:
        """Step by one, without going round."""
        number = self.number
        self.choose(str(0 if number is None else max(0, min(10, number + by))))


class ActionRow(Field):
    """A line that does something: Enter or a click runs an action of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "do", show=False)]

    def __init__(self, id: str, key: str, label: str, action: str, *, note: str = "") -> None:  # noqa: A002
        """Show ``key`` and ``label``; run ``action``."""
        super().__init__(id, label, (), note=note)
        self._key = key
        self._action = action

    def lay(self, width: int) -> list[Line]:
        """Lay out the key, the label and the note."""
        mark = Bit(MARK if self.has_focus else "  ", "accent")
        head = width_of(self._key) + 4
        label = wrap(self.label, width - head, "strong" if self.has_focus else "", action=self._action)
        first: Line = (mark, Bit(self._key + "  ", "key", self._action), *label[0])
        rest = [*label[1:], *(wrap(self.note, width - head, "muted", action=self._action) if self.note else [])]
        return [first, *((Bit(" " * head), *line) for line in rest)]

    def say(self, label: str) -> None:
        """Say something else."""
        if label != self.label:
            self.label = label
            self.relay()

    def action_step(self, by: int) -> None:
        """There is nothing to step through."""

    async def action_do(self) -> None:
        """Run the action."""
        await self.app.run_action(self._action, self)


def _joined(answers: Sequence[Line], gap: str = "   ") -> Line:
    return tuple(bit for n, answer in enumerate(answers) for bit in ((Bit(gap), *answer) if n else answer))


def _folded(answers: Sequence[Line], width: int) -> list[Line]:
    """Return the answers in as few lines as they fit; long ones each on lines of its own."""
    if any(width_of(answer) > width // 2 for answer in answers):
        return [line for answer in answers for line in _wrapped(answer, width)]
    rows: list[list[Line]] = [[]]
    for answer in answers:
        if rows[-1] and width_of(_joined([*rows[-1], answer])) > width:
            rows.append([])
        rows[-1].append(answer)
    return [_joined(row) for row in rows]


def _wrapped(answer: Line, width: int) -> list[Line]:
    return [line for bit in answer for line in wrap(bit.text, width, bit.role, indent=2, action=bit.action)]
