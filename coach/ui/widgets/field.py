"""Fields: a question and its answers, by key and by mouse, drawn in as many lines as they need."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from coach.ui.text import hang, indent, joined, styled, wrap
from coach.ui.widgets.lines import Lines

ON, OFF = "◉", "◌"
"""Signs of what is chosen and what is not: of one width in every terminal, and different in form."""
MARK = "▸ "
BESIDE = 40
"""Cells that a question keeps for itself where its answers stand beside it."""
WIDE, NARROW = 58, 40
"""Cells from which the numbers of a scale stand apart, and below which they stand close."""


class Field(Lines, can_focus=True):
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
            self.redraw()
            self.post_message(self.Changed(self))

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the question, with the answers beside it or under it."""
        answers = self.answers()
        row = _row_of(answers)
        beside = row.cell_length + BESIDE + 2 <= width
        label = self._question(width - row.cell_length - 2 if beside else width)
        if beside:
            gap = width - label[0].cell_length - row.cell_length
            lines = [joined(label[0], " " * gap, row), *label[1:]]
        else:
            lines = [*label, *indent(_folded(answers, width - 4), 4)]
        return [*lines, *self._note(width)]

    def _question(self, width: int) -> list[Content]:
        """Return the question in lines, the mark before it while it has the focus."""
        label = wrap(self.label, width - 2, "strong" if self.has_focus else "")
        return hang(styled(MARK if self.has_focus else "  ", "mark"), label)

    def _note(self, width: int) -> list[Content]:
        return indent(wrap(self.note, width - 2, "muted"), 2) if self.note else []

    def answers(self) -> list[Content]:
        """Return each answer as a line of its own, to be put where there is room."""
        return [
            styled(f"{ON if value == self.value else OFF} {name}", self.role(value), f"choose({n})")
            for n, (value, name) in enumerate(self.options)
        ]

    def role(self, value: str) -> str:
        """Return how an answer is drawn."""
        return "chosen" if value == self.value else ""

    def watch_has_focus(self, has_focus: bool) -> None:
        """Draw the mark, or take it away."""
        super().watch_has_focus(has_focus)
        self.redraw()

    def remark(self, note: str) -> None:
        """Say something under the question."""
        self.note = note
        self.redraw()

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

    def answers(self) -> list[Content]:
        """Return the answers, the one that space would take marked."""
        lines: list[Content] = []
        for n, (value, name) in enumerate(self.options):
            here = self.has_focus and n == self._at
            role = "focus" if here else "chosen" if value in self.values else ""
            lines.append(styled(f"{ON if value in self.values else OFF} {name}", role, f"choose({n})"))
        return lines

    def action_choose(self, index: int) -> None:
        """Take or leave by place (a click)."""
        self.focus()
        self._at = index
        self.action_take()

    def action_step(self, by: int) -> None:
        """Move to the answer beside."""
        self._at = (self._at + by) % len(self.options)
        self.redraw()
        self._show_marked()

    def begin(self, by: int) -> None:
        """Mark the end that one comes from."""
        self._at = 0 if by > 0 else len(self.options) - 1
        self.redraw()

    def action_move(self, by: int) -> None:
        """Move to the answer above or below where they stand so; at the ends, leave the key to the screen."""
        if not self._stacked or not 0 <= self._at + by < len(self.options):
            raise SkipAction
        self.action_step(by)

    @property
    def _stacked(self) -> bool:
        """Whether each answer begins a line of its own."""
        return all(sum(line.plain.count(sign) for sign in (ON, OFF)) < 2 for line in self.lines)

    def _show_marked(self) -> None:
        rows = [n for n, line in enumerate(self.lines) if any(span.style == ".focus" for span in line.spans)]
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
        self.redraw()
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

    def answers(self) -> list[Content]:
        """Return the numbers, the chosen one between marks."""
        return [
            styled(f"‹{name}›" if value == self.value else f" {name} ", self.role(value), f"choose({n})")
            for n, (value, name) in enumerate(self.options)
        ]

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the question and under it the row of numbers."""
        return [*self._question(width), joined("   ", self._row(width)), *self._note(width)]

    def _row(self, width: int) -> Content:
        """Return the numbers in one line, closer together where there is little room: none is ever cut off."""
        if width < NARROW:
            return Content(" ").join(_stripped(answer) for answer in self.answers())
        return Content(" " if width >= WIDE else "").join(self.answers())

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

    def lay(self, width: int, height: int) -> list[Content]:
        """Return the key, the label and the note."""
        mark = styled(MARK if self.has_focus else "  ", "mark")
        head = joined(mark, styled(self._key + "  ", "key", self._action))
        room = width - head.cell_length
        label = wrap(self.label, room, "strong" if self.has_focus else "", action=self._action)
        note = wrap(self.note, room, action=self._action) if self.note else []
        return hang(head, [*label, *note])

    def say(self, label: str) -> None:
        """Say something else."""
        if label != self.label:
            self.label = label
            self.redraw()

    def action_step(self, by: int) -> None:
        """There is nothing to step through."""

    async def action_do(self) -> None:
        """Run the action."""
        await self.app.run_action(self._action, self)


def _row_of(answers: Sequence[Content]) -> Content:
    """Return answers beside each other."""
    return Content("   ").join(answers)


def _folded(answers: Sequence[Content], width: int) -> list[Content]:
    """Return the answers in as few lines as they fit; long ones each on lines of its own."""
    if any(answer.cell_length > width // 2 for answer in answers):
        return [line for answer in answers for line in _wrapped(answer, width)]
    rows: list[list[Content]] = [[]]
    for answer in answers:
        if rows[-1] and _row_of([*rows[-1], answer]).cell_length > width:
            rows.append([])
        rows[-1].append(answer)
    return [_row_of(row) for row in rows]


def _wrapped(answer: Content, width: int) -> list[Content]:
    """Return an answer in lines, all of them as it looks, and clicked as it is."""
    lines = []
    for line in wrap(answer.plain, width, indent=2):
        for span in answer.spans:
            line = line.stylize(span.style)  # noqa: PLW2901
        lines.append(line)
    return lines


def _stripped(answer: Content) -> Content:
    left = len(answer.plain) - len(answer.plain.lstrip())
    return answer[left:].rstrip()
