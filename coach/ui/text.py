"""Lines of text for a terminal: what a widget draws, as plain data that a test can read.

A line is a tuple of bits; a bit is text, a *role* (how it looks: see ``coach.ui.themes``) and, where it can be
clicked, an action. Widths are in cells: a Japanese letter takes two. Wrapping follows kinsoku: no line begins with a
closing mark or a small letter, none ends with an opening bracket, and a word stays whole as far as letters tell: Latin,
a run of kanji or of katakana, a number and what it counts. A last line of one or two letters is not left behind.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size, split_graphemes

from coach.words.shown import shown

NO_BEGIN = frozenset(
    "。、,.・:;?!‼⁇⁈⁉ー〜~…‥」』）】〕〉》｝］’”〟»›ヽヾゝゞ々〻"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｰﾞﾟ％℃，．：；？！)]}"
)
NO_END = frozenset("「『（【〔〈《｛［‘“〝«‹([{￥＄")

LAST = 6
"""Cells that the last line of a Japanese paragraph has at least, where the others can spare them."""


class Bit(NamedTuple):
    """A piece of a line."""

    text: str
    role: str = ""
    action: str = ""
    """A Textual action, run when the bit is clicked."""


Line = tuple[Bit, ...]
"""One line on the screen; the empty tuple is a blank one."""
BLANK: Line = ()


def width_of(line: Line | str) -> int:
    """Return the width in cells."""
    return cell_len(line) if isinstance(line, str) else sum(cell_len(bit.text) for bit in line)


def plain(line: Line) -> str:
    """Return the letters of a line."""
    return "".join(bit.text for bit in line)


def fit(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` cells: padded, or cut with two dots."""
    if cell_len(text) > width >= 3:
        return set_cell_size(set_cell_size(text, width - 2).rstrip() + "..", width)
    return set_cell_size(text, max(width, 0))


def spread(left: Line, right: Line, width: int) -> Line:
    """Return ``left`` and ``right`` at the two ends of a line; ``right`` is left out where it does not fit."""
    gap = width - width_of(left) - width_of(right)
    return (*left, Bit(" " * gap), *right) if gap > 1 else left


def wrap(text: str, width: int, role: str = "", indent: int = 0, action: str = "") -> list[Line]:
    """Return ``text`` as lines of at most ``width`` cells; those after the first stand in by ``indent`` cells.

    ``text`` may be a person's: it is shown as written, and its line breaks are kept.
    """
    lines: list[Line] = []
    for paragraph in shown(text, keep="\n").split("\n"):
        for part in wrap_text(paragraph, width - (indent if lines else 0), width - indent):
            pad = (Bit(" " * indent),) if indent and lines else ()
            lines.append((*pad, Bit(part, role, action)))
    return lines


def wrap_text(text: str, width: int, rest: int | None = None) -> list[str]:
    """Break one paragraph into lines of ``width`` cells, ``rest`` cells after the first."""
    lines, line = [], ""
    room = max(width, 2)
    for unit in _units(text):
        if cell_len(line + unit.rstrip()) > room:
            if line.strip():
                lines.append(line.rstrip())
                room = max(rest or width, 2)
            line = ""
            unit = unit.lstrip()  # noqa: PLW2901 -- a line does not begin with the space it was broken at
        while cell_len(unit.rstrip()) > room:
            head, unit = _chop(unit, room)  # noqa: PLW2901 -- a word longer than a line is folded at the edge
            lines.append(head)
            room = max(rest or width, 2)
        line += unit
    return [*lines, line.rstrip()]


def _chop(unit: str, room: int) -> tuple[str, str]:
    head = ""
    for letter in _letters(unit):
        if cell_len(head + letter) > room and head:
            break
        head += letter
    return head, unit[len(head) :]


def _letters(text: str) -> Iterator[str]:
    for start, end, _width in split_graphemes(text)[0]:
        yield text[start:end]


def _units(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the spaces after it."""
    units: list[str] = []
    for letter in _letters(text):
        if units and not _may_break(units[-1], letter):
            units[-1] += letter
        else:
            units.append(letter)
    while len(units) > 1 and cell_len(units[-1]) < LAST and _script(units[-2][-1]):
        units[-2:] = ["".join(units[-2:])]
    return units


def _may_break(unit: str, letter: str) -> bool:
    if letter == " " or letter[0] in NO_BEGIN or unit[-1] in NO_END:
        return False
    if (last := _script(unit[-1])) and last == _script(letter[0]) and last != "kana":
        return False
    if unit[-1].isdigit() and _script(letter[0]) == "kanji":
        return False
    return unit[-1] == " " or cell_len(letter) > 1 or cell_len(unit[-1]) > 1


def _script(letter: str) -> str:
    """Return the script of a Japanese letter; empty for any other."""
    if "\u3041" <= letter <= "\u309f":
        return "kana"
    if "\u30a0" <= letter <= "\u30ff":
        return "katakana"
    return "kanji" if "\u4e00" <= letter <= "\u9fff" else ""


def columns(left: Iterable[Line], right: Iterable[Line], left_width: int, gap: int = 4) -> list[Line]:
    """Return two blocks of lines beside each other."""
    lefts, rights = list(left), list(right)
    height = max(len(lefts), len(rights))
    lefts += [BLANK] * (height - len(lefts))
    rights += [BLANK] * (height - len(rights))
    return [
        (*left_line, Bit(" " * (left_width + gap - width_of(left_line))), *right_line) if right_line else left_line
        for left_line, right_line in zip(lefts, rights, strict=True)
    ]
