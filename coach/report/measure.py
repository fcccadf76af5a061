"""How many lines a text takes on paper, whatever face it is printed in.

A page is written here and printed elsewhere. The widths are those of DejaVu Sans and Verdana, the widest sans-serif
faces in common use: a text in any narrower face needs as many lines or fewer, never more.
"""

import re
from collections.abc import Iterator
from functools import cache

_WIDTHS = {
    **dict.fromkeys("ijlI'", 0.3),
    **dict.fromkeys(" .,:;|/·-", 0.36),
    **dict.fromkeys("frt()[]!", 0.42),
    **dict.fromkeys('csz?"', 0.55),
    **dict.fromkeys("abdeghknopquvxy0123456789LPST", 0.64),
    **dict.fromkeys("ABCDEFGHKJNOQRUVXYZMw<>&", 0.82),
}
"""Widths in ems. Every letter that is not here (m, W, Japanese, arrows) counts as one em."""
BOLD = 1.13
"""How much wider the same text is in bold."""
_WIDE = "\u1100-\U0010ffff"
"""Letters beside which a line may end without a space: Japanese."""
_OPENING = r"\[(「『（【〔"
_CLOSING = r"\])」』）】〕、。，．・：；！？ー…!?.,:;ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
"""Letters that stand on the line of the next one, and of the one before (``line-break: strict``)."""
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}]+|$)[{_CLOSING}]*")


def ems(text: str) -> float:
    """Return the width of a text on one line, in ems."""
    return sum(_WIDTHS.get(letter, 1) for letter in text)


@cache
def line_count(text: str, width: float) -> int:
    """Return how many lines a browser breaks ``text`` into, on lines of ``width`` ems."""
    lines, taken = 1, 0.0
    for piece in _pieces(text, width):
        wide = ems(piece)
        if taken + wide > width and not piece.isspace():
            lines, taken = lines + 1, 0.0
        taken += wide
    return lines


def _pieces(text: str, width: float) -> Iterator[str]:
    """Yield the parts of a text between which a line may end; what is wider than a line may end it anywhere."""
    for piece in _PIECE.findall(text):
        if ems(piece) > width:
            yield from piece
        else:
            yield piece
