"""Lines of text for a terminal: what a widget draws, as plain data that a test can read.

A line is a tuple of bits; a bit is text, a *role* (how it looks: see ``coach.ui.themes``) and, where it can be
clicked, an action. Widths are in cells: a Japanese letter takes two. Japanese is broken between phrases (BudouX), and
by kinsoku: no line begins with a closing mark or a small letter, and none ends with an opening bracket.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size, split_graphemes

from coach.words.shown import shown

if TYPE_CHECKING:
    from budoux import Parser

NO_BEGIN = frozenset(
    "。、,.・:;?!‼⁇⁈⁉ー〜~…‥」』）】〕〉》｝］’”〟»›ヽヾゝゞ々〻"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｰﾞﾟ％℃，．：；？！)]}"
)
NO_END = frozenset("「『（【〔〈《｛［‘“〝«‹([{￥＄")

LAST = 6
"""Cells that the last line of a Japanese paragraph has at least: two letters alone look lost."""
_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
_WORD = re.compile(r"\S+\s*|\s+")


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
    """Return what of ``unit`` fits into ``room`` cells, and the rest, parted where kinsoku allows it if anywhere."""
    letters = _letters(unit)
    fits = 1
    while fits < len(letters) and cell_len("".join(letters[: fits + 1])) <= room:
        fits += 1
    spare = LAST // 2 if _JAPANESE.match(letters[-2]) else 0  # letters to keep together for the last line
    longest = min(fits, max(len(letters) - spare, 1))
    parted = next((at for at in range(longest, 0, -1) if _may_part(letters[at - 1], letters[at])), fits)
    return "".join(letters[:parted]), "".join(letters[parted:])


def _letters(text: str) -> list[str]:
    return [text[start:end] for start, end, _width in split_graphemes(text)[0]]


def _may_part(before: str, after: str) -> bool:
    return after[0] not in NO_BEGIN and before[-1] not in NO_END


def _units(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the spaces after it."""
    units: list[str] = []
    for phrase in _phrases(text) if _JAPANESE.search(text) else (text,):
        for word in _WORD.findall(phrase):
            whole = not units or (_may_part(units[-1], word) and not _continues(units[-1], word))
            units[-1:] = [*units[-1:], word] if whole else [units[-1] + word]
    while len(units) > 1 and cell_len(units[-1]) < LAST and _JAPANESE.match(units[-2][-1]):
        units[-2:] = ["".join(units[-2:])]
    return units


def _continues(before: str, after: str) -> bool:
    """Tell whether a word of letters without width goes on: BudouX knows Japanese, and may part a Latin word."""
    return cell_len(before[-1]) == 1 and cell_len(after[0]) == 1 and before[-1] != " "


@lru_cache(maxsize=2048)
def _phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of a Japanese text; loaded with the first one, so that no other language pays for it."""
    return tuple(_parser().parse(text))


@cache
def _parser() -> "Parser":
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser()


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
