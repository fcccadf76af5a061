"""Lines of text for a terminal: Textual's ``Content``, broken into lines where Japanese and a measure need it.

A piece of text has a *role*, a component class of ``ui.tcss`` that says how it looks in every theme, and, where it can
be clicked, an action. Widths are in cells: a Japanese letter takes two. Japanese is broken between phrases (BudouX)
and by kinsoku: no line begins with a closing mark or a small letter, and none ends with an opening bracket.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size, split_graphemes
from textual.content import Content, Span
from textual.style import Style

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
_WORD = re.compile(r"\S+\s*|\s+")


_FOCUS = Style(bold=True, reverse=True)
"""What is chosen now; no component class, as the library takes neither *reverse* nor a background from one."""
BLANK = Content("")
"""A blank line."""
Piece = tuple[str, str]
"""Some cells of a drawn line, and their role."""


def styled(text: str, role: str = "", action: str = "") -> Content:
    """Return a piece of a line; no control character passes, whoever wrote it.

    ``role`` names a component class of the screen; ``action`` is a Textual action, run when the piece is clicked.
    """
    text = shown(text)
    spans = [Span(0, len(text), _FOCUS if role == "focus" else f".{role}")] if role else []
    if action:
        spans.append(Span(0, len(text), _click(action)))
    return Content(text, spans, strip_control_codes=False)


@lru_cache(maxsize=512)
def _click(action: str) -> Style:
    return Style.from_meta({"@click": action})


def joined(*parts: Content | str) -> Content:
    """Return pieces as one line."""
    return Content.assemble(*parts, strip_control_codes=False)


def in_runs(pieces: Iterable[Piece]) -> Content:
    """Return pieces as one line; neighbours of one role are drawn as one: a piece costs more than its letters."""
    runs = groupby(pieces, key=itemgetter(1))
    return joined(*(styled("".join(text for text, _ in run), role) for role, run in runs))


def indent(lines: Iterable[Content], cells: int) -> list[Content]:
    """Return lines that stand in by ``cells`` cells."""
    return [line.pad_left(cells) for line in lines]


def hang(head: Content, lines: Sequence[Content]) -> list[Content]:
    """Return lines with ``head`` before the first, and as much room before the others."""
    return [head + lines[0], *indent(lines[1:], head.cell_length)] if lines else [head]


def fit(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` cells: padded, or cut with two dots."""
    if cell_len(text) > width >= 3:
        return set_cell_size(set_cell_size(text, width - 2).rstrip() + "..", width)
    return set_cell_size(text, max(width, 0))


def spread(left: Content, right: Content, width: int) -> Content:
    """Return ``left`` and ``right`` at the two ends of a line; ``right`` is left out where it does not fit."""
    gap = width - left.cell_length - right.cell_length
    return joined(left, " " * gap, right) if gap > 1 else left


def wrap(text: str, width: int, role: str = "", indent: int = 0, action: str = "") -> list[Content]:
    """Return ``text`` as lines of at most ``width`` cells; those after the first stand in by ``indent`` cells.

    ``text`` may be a person's: it is shown as written, and its line breaks are kept.
    """
    lines: list[Content] = []
    for paragraph in shown(text, keep="\n").split("\n"):
        for part in wrap_text(paragraph, width - (indent if lines else 0), width - indent):
            line = styled(part, role, action)
            lines.append(line.pad_left(indent) if lines else line)
    return lines


def wrap_text(text: str, width: int, rest: int | None = None) -> list[str]:
    """Break one paragraph into lines of ``width`` cells, ``rest`` cells after the first."""
    lines, line = [], ""
    room = max(width, 2)
    if cell_len(text) <= room:
        return [text.rstrip()]
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
    spare = LAST // 2 if _is_japanese(letters[-2][0]) else 0  # letters to keep together for the last line
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
    for phrase in _phrases(text) if not text.isascii() and any(map(_is_japanese, text)) else (text,):
        for word in _WORD.findall(phrase):
            whole = not units or (_may_part(units[-1], word) and not _continues(units[-1], word))
            units[-1:] = [*units[-1:], word] if whole else [units[-1] + word]
    while len(units) > 1 and cell_len(units[-1]) < LAST and _is_japanese(units[-2][-1]):
        units[-2:] = ["".join(units[-2:])]
    return units


def _is_japanese(letter: str) -> bool:
    """Tell whether a letter is kana or kanji. No regular expression: the two ranges take 1 ms to compile."""
    return "\u3041" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff"


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


def columns(left: Iterable[Content], right: Iterable[Content], left_width: int, gap: int = 4) -> list[Content]:
    """Return two blocks of lines beside each other."""
    return [
        joined(first, " " * (left_width + gap - first.cell_length), second) if second else first
        for first, second in zip_longest(left, right, fillvalue=BLANK)
    ]
