"""The picture of a session at one moment, as lines: the figure, the seconds, the breath, the words, the way ahead."""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from coach.domain.exercise.phases import Phase, PhaseKind, depth, seconds
from coach.domain.exercise.session import Now, SessionRun
from coach.domain.exercise.stretch import Stretch
from coach.figure import Drawing, Facing
from coach.figure.forms import digit_width, number, swelling
from coach.ui.figure_lines import coloured
from coach.ui.text import BLANK, joined, styled, wrap
from coach.words import Words

LEVELS = 24
"""Steps in which the breathing disc swells."""
STEPS = 120
"""Steps in which the figure moves from ease to hold."""
PLACING: tuple[PhaseKind, ...] = ("ready", "change")
"""Phases in which a person takes the position, and wants to know how."""
PANEL = 28
GAP = 3


class Style(NamedTuple):
    """How a person wants it drawn."""

    motion: bool = True
    plain: bool = False
    """Textures tell what colours would."""
    large: bool = False


class Stage:
    """Draws a session; keeps what it drew, so that a moment costs only what moved."""

    def __init__(self, words: Words, stretches: Mapping[str, Stretch], style: Style) -> None:
        """Speak ``words`` and draw ``stretches`` in ``style``."""
        self.words = words
        self.stretches = stretches
        self.style = style
        self._drawings: dict[tuple[str, int, int, Facing], Drawing] = {}
        self._drawn: dict[tuple[object, ...], list[Content]] = {}

    def lines(self, run: SessionRun, now: float, width: int, height: int) -> list[Content]:
        """Return ``height`` lines of at most ``width`` cells."""
        here = run.look(now)
        if here is None:
            return []
        foot = [BLANK, self.way(run, here, width)] if height >= 12 else [self.way(run, here, width)]
        room = height - len(foot)
        body = (
            self._beside(run, here, width, room) if width >= 52 and room >= 8 else self._below(run, here, width, room)
        )
        return [*body[:room], *([BLANK] * (room - len(body))), *foot]

    def seen(self, run: SessionRun, now: float) -> Hashable:
        """Return what tells this moment's picture from another's: where nothing moves, the seconds and the words."""
        here = run.look(now)
        if here is None or self.style.motion:
            return now
        return run.at, run.state, here.count, int(here.left + 0.999), here.breath.direction, self.phase_text(run, here)

    # -- the parts ----------------------------------------------------------------------------------------------

    def figure(self, stretch_id: str, side: str, into: float, breath: float, width: int, height: int) -> list[Content]:
        """Return the body ``into`` the stretch (0 to 1); an empty space where a stretch has no drawing."""
        stretch = self.stretches.get(stretch_id)
        if stretch is None or stretch.figure is None or width < 8 or height < 4:
            return [BLANK] * max(height, 0)
        facing: Facing = "left" if side == "left" else "right"
        key = (stretch_id, width, height, facing)
        step, chest = round(into * STEPS), round(breath * 3)
        if (*key, step, chest) not in self._drawn:
            if key not in self._drawings:
                self._drawings[key] = Drawing(stretch.figure, width, height, facing, plain=self.style.plain)
            if len(self._drawn) > 600:
                self._drawn.clear()
            self._drawn[(*key, step, chest)] = [
                coloured(row) for row in self._drawings[key].cells(step / STEPS, chest / 3)
            ]
        return self._drawn[(*key, step, chest)]

    def way(self, run: SessionRun, here: Now, width: int) -> Content:
        """Return the whole session as one line of hills: a hold is a plateau, what is behind us is coloured."""
        whole = seconds(run.phases) or 1.0
        gone = (seconds(run.phases[: run.at]) + here.elapsed) / whole * width
        return _parted(skyline(run.phases, width)[0], int(gone))

    def hills(self, run: SessionRun, width: int, rows: int) -> list[Content]:
        """Return the same, ``rows`` high, of a session that does not run now."""
        whole = seconds(run.phases) or 1.0
        gone = int(seconds(run.phases[: run.at]) / whole * width) if run.at else NOT_BEGUN
        return [_parted(row, gone) for row in skyline(run.phases, width, rows)]

    # -- the two layouts ----------------------------------------------------------------------------------------

    def _beside(self, run: SessionRun, here: Now, width: int, height: int) -> list[Content]:
        panel = min(PANEL + (4 if self.style.large else 0) + max(width - 76, 0) // 5, 40)
        figure = self._figure_now(run, here, width - panel - GAP, height)
        words = self._panel(run, here, panel, height)
        words = [BLANK] * min((height - len(words)) // 3, 2) + words
        lines = []
        for index, line in enumerate(figure):
            right = words[index] if index < len(words) else BLANK
            pad = width - panel - line.cell_length
            lines.append(joined(line, " " * pad, right) if right else line)
        return lines

    def _below(self, run: SessionRun, here: Now, width: int, height: int) -> list[Content]:
        name, sentence = self.phase_text(run, here)
        head = joined(styled(name, "title"), styled(f"  {self._number(here)}", "strong"), f"  {self.side_of(here)}")
        below = wrap(sentence, width)[: max(height - 1, 1)]
        if height - 1 - len(below) >= 9:
            below = [*wrap(self._name_within(here.phase.stretch, width), width, "strong"), *below]
            below += wrap(self.coming(run), width, "muted")[:1]
        rest = height - 1 - len(below)
        drawn = self._figure_now(run, here, width, rest) if rest >= 4 else [BLANK] * rest
        return [head, *drawn, *below]

    def _figure_now(self, run: SessionRun, here: Now, width: int, height: int) -> list[Content]:
        into, breath = here.depth, here.breath.fullness
        if not self.style.motion:
            into, breath = still_depth(here), 0.0
        return self.figure(here.phase.stretch, here.phase.side, into, breath, width, height)

    def _panel(self, run: SessionRun, here: Now, width: int, height: int) -> list[Content]:
        """Return the words beside the figure; where room is short, the least needed go first."""
        name, sentence = self.phase_text(run, here)
        first, more = self._about(here, width)
        stretch = wrap(self._name_within(here.phase.stretch, width), width, "strong")
        blocks: list[tuple[int, list[Content]]] = [
            (0, [styled(name, "title")]),
            (5, [BLANK]),
            (1, self._clock(run, here, width, height)),
            (5, [BLANK]),
            (2, stretch),
            (1, [styled(self.side_of(here))]),
            (5, [BLANK]),
            (0, wrap(sentence, width, "strong" if self.style.large else "")),
            (4, first),
            (7, more),
            (6, [BLANK]),
            (3, wrap(self.coming(run), width, "muted")),
        ]
        return fitted(blocks, height)

    def _clock(self, run: SessionRun, here: Now, width: int, height: int) -> list[Content]:
        """Return the seconds in large digits beside the breathing disc, and its word below."""
        most = 7 if self.style.large else 5
        high = next((rows for rows in range(most, 2, -1) if self._fits(here, rows, width) and rows + 8 <= height), 0)
        word = self.words(f"session.breath.{here.breath.direction}")
        if not high:
            return [styled(f"{self._number(here)}", "strong") + styled(f"   {word}", "muted")]
        digits = number(self._number(here), high)
        disc = swelling(round(here.breath.fullness * LEVELS), LEVELS, high)
        if run.state == "paused" or here.easing:
            disc = (" " * high * 2,) * high
        lines: list[Content] = [styled(row, "title") for row in digits]
        if not self.style.motion:
            return [*lines, styled(word, "muted")]
        lines = [joined(row, " " * GAP, styled(half, "accent")) for row, half in zip(lines, disc, strict=True)]
        indent = cell_len(digits[0]) + GAP + (high * 2 - cell_len(word)) // 2
        return [*lines, styled(" " * max(indent, 0) + word, "muted") if run.state == "running" else BLANK]

    def _fits(self, here: Now, high: int, width: int) -> bool:
        digits = max(len(str(self._number(here))), 2)
        return digits * digit_width(high) + GAP + high * 2 <= width

    def _number(self, here: Now) -> int:
        """Return the seconds left, rounded up; in a counted set, the repetition."""
        return here.count if here.phase.kind == "count" and not here.easing else int(here.left + 0.999)

    # -- the words ----------------------------------------------------------------------------------------------

    def phase_text(self, run: SessionRun, here: Now) -> tuple[str, str]:
        """Return the name of this moment, and what to do in it and why."""
        name = line = moment(run, here)
        if name == "hold" and here.left < here.phase.seconds / 2:
            line = "half"
        elif name == "ease-in" and here.breath.direction == "in":
            line = "breathe-in"  # a long way in takes two breaths: the disc and the sentence tell the same one
        return self.words(f"session.phase.{name}.name"), self.words(f"session.phase.{line}.line")

    def side_of(self, here: Now) -> str:
        """Return the side, and which hold of how many."""
        side = self.words(f"session.side.{here.phase.side}")
        if here.phase.kind == "count":
            return self.words("session.set.count", side=side, count=here.count, reps=here.phase.reps)
        if here.phase.reps > 1:
            return self.words("session.set.hold", side=side, rep=here.phase.rep, reps=here.phase.reps)
        return side

    def coming(self, run: SessionRun) -> str:
        """Return what comes next, in words."""
        then = run.coming()
        if then is None:
            return self.words("session.next.last")
        side = self.words(f"session.side.{then.side}")
        if run.at < len(run.phases) and then.stretch == run.phases[run.at].stretch:
            return self.words("session.next.same", side=side)
        return self.words("session.next.line", stretch=self.name(then.stretch), side=side)

    def name(self, stretch_id: str) -> str:
        """Return the short name of a stretch."""
        stretch = self.stretches.get(stretch_id)
        return self.words.pick(stretch.short) if stretch else stretch_id

    def _name_within(self, stretch_id: str, width: int) -> str:
        """Return the name of a stretch; the short one where the whole has no room on one line."""
        stretch = self.stretches.get(stretch_id)
        whole = self.words.pick(stretch.name) if stretch else stretch_id
        return whole if cell_len(whole) <= width else self.name(stretch_id)

    def target(self, stretch: Stretch) -> str:
        """Return where the stretch is felt."""
        names = [self.words(f"session.target.{name}") for name in stretch.targets]
        felt = names[0] if len(names) == 1 else self.words("session.target.join", one=names[0], other=names[1])
        return self.words("session.target.line", target=felt)

    def _about(self, here: Now, width: int) -> tuple[list[Content], list[Content]]:
        """Return what stands below the sentence: where it is felt; on the way to it, how the body is placed.

        The second part is what may be left out of it.
        """
        stretch = self.stretches.get(here.phase.stretch)
        if stretch is None:
            return [], []
        if here.phase.kind not in PLACING or here.easing:
            return wrap(self.target(stretch), width, "muted"), []
        how = [wrap(self.words.pick(text), width, "muted") for text in stretch.how]
        first, more = ([line for text in part for line in text] for part in (how[:2], how[2:]))
        return first, more


def fitted(blocks: list[tuple[int, list[Content]]], height: int) -> list[Content]:
    """Return the lines of all blocks; where room is short, those with the highest number go first, never a 0."""
    left = list(blocks)
    while sum(len(lines) for _, lines in left) > height and any(number for number, _ in left):
        left.pop(max(range(len(left)), key=lambda index: (left[index][0], index)))
    return [line for _, lines in left for line in lines]


def moment(run: SessionRun, here: Now) -> str:
    """Return the name of this moment in the catalogue."""
    if here.easing:
        return "easing"
    if run.state == "paused":
        return "away" if run.away else "paused"
    return "settle" if here.settling else here.phase.kind


def still_depth(here: Now) -> float:
    """Return the one pose that tells a phase where nothing moves: where it leads to."""
    leads: Mapping[PhaseKind, float] = {"ease-in": 1.0, "hold": 1.0, "count": 1.0}
    return 0.0 if here.easing else leads.get(here.phase.kind, 0.0)


NOT_BEGUN = -1
"""Where a session is that was not begun: nothing of it is behind."""


def _parted(hills: str, at: int) -> Content:
    """Return a row of hills: what is behind ``at`` is coloured, and where it is stands out."""
    if at == NOT_BEGUN:
        return styled(hills, "accent")
    cut = min(at, len(hills) - 1)
    return joined(styled(hills[:cut], "accent"), styled(hills[cut], "title"), styled(hills[cut + 1 :], "muted"))


_HEIGHTS = ((0x00, 0x40, 0x44, 0x46, 0x47), (0x00, 0x80, 0xA0, 0xB0, 0xB8))
"""Dots of a column so many high, for the left and the right half of a cell."""
_DOTS = 4
"""Rows of dots of a cell."""


def skyline(phases: tuple[Phase, ...], width: int, rows: int = 1) -> list[str]:
    """Return the depth of the whole session over time, as hills ``width`` cells wide, the top row first."""
    whole = seconds(phases) or 1.0
    heights, index, begun = [], 0, 0.0
    for column in range(width * 2):
        at = (column + 0.5) / (width * 2) * whole
        while index < len(phases) - 1 and at >= begun + phases[index].seconds:
            begun += phases[index].seconds
            index += 1
        into = 1.0 if phases[index].kind == "count" else depth(phases[index], at - begun)
        heights.append(1 + round((rows * _DOTS - 1) * into))
    return [_row(heights, (rows - 1 - row) * _DOTS) for row in range(rows)]


def _row(heights: Sequence[int], below: int) -> str:
    """Return the row of cells that begins ``below`` dots above the ground."""
    dots = [max(0, min(height - below, _DOTS)) for height in heights]
    pairs = zip(dots[::2], dots[1::2], strict=True)
    return "".join(chr(0x2800 + _HEIGHTS[0][left] + _HEIGHTS[1][right]) for left, right in pairs)
