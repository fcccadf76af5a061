"""The small part of Markdown that our pages use, as lines: headings, paragraphs, lists, strong and stressed words."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from textual.content import Content

from coach.ui.text import BLANK, hang, in_runs, styled, wrap_text
from coach.words.shown import shown

_ITEM = re.compile(r"(-|\d+\.) +")
_STRESSED = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


class Part(NamedTuple):
    """A heading, a paragraph or an item of a list, on one long line."""

    kind: str
    """``heading``, ``item`` or ``text``."""
    text: str
    sign: str = ""
    """What stands before an item."""


def parts_of(text: str) -> list[Part]:
    """Return the parts of a page."""
    blocks = (list(lines) for filled, lines in groupby(text.splitlines(), lambda line: bool(line.strip())) if filled)
    return [part for block in blocks for part in _block(block)]


def _block(lines: Sequence[str]) -> Iterator[Part]:
    """Yield the parts of lines that no blank line divides."""
    part: Part | None = None
    for line in lines:
        begun = _begin(line)
        if begun is None and part and part.kind != "heading":
            part = part._replace(text=_joined(part.text, line.strip()))
            continue
        if part:
            yield part
        part = begun or Part("text", line.strip())
    if part:
        yield part


def _begin(line: str) -> Part | None:
    if line.startswith("#"):
        return Part("heading", line.lstrip("#").strip())
    if marker := _ITEM.match(line):
        return Part("item", line[marker.end() :].strip(), marker[1])
    return None


def _joined(before: str, after: str) -> str:
    """Join two lines of the source: Japanese without a space."""
    return before + ("" if east_asian_width(before[-1:] or " ") in "WF" else " ") + after


def page_lines(parts: Sequence[Part], width: int) -> list[Content]:
    """Return a page in lines of ``width`` cells."""
    lines: list[Content] = []
    for n, part in enumerate(parts):
        if n and not (part.kind == parts[n - 1].kind == "item"):
            lines.append(BLANK)
        lines += _laid(part, width)
    return lines


def _laid(part: Part, width: int) -> list[Content]:
    if part.kind == "heading":
        return [styled(line, "title") for line in wrap_text(shown(part.text), width)]
    head = f"{part.sign} " if part.sign else ""
    return hang(styled(head, "muted"), rich_lines(part.text, width - len(head)))


def rich_lines(text: str, width: int) -> list[Content]:
    """Return a paragraph with its stressed words set apart, wrapped as plain text is."""
    plain, roles = "", []
    at = 0
    for stressed in _STRESSED.finditer(text):
        for piece, role in ((text[at : stressed.start()], ""), (stressed[1] or stressed[2], "strong")):
            plain += piece
            roles += [role] * len(piece)
        at = stressed.end()
    plain += text[at:]
    roles += [""] * (len(plain) - len(roles))
    return list(_split(plain, roles, wrap_text(plain, width)))


def _split(plain: str, roles: Sequence[str], lines: Sequence[str]) -> Iterator[Content]:
    """Yield the wrapped lines with the roles that their letters had."""
    at = 0
    for line in lines:
        at = plain.find(line, at)
        yield in_runs(zip(line, roles[at : at + len(line)], strict=True))
        at += len(line)


def unmarked(text: str) -> str:
    """Return a text without its marks of stress."""
    return _STRESSED.sub(lambda stressed: stressed[1] or stressed[2], text)
