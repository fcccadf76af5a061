"""What content says beside the stretches: habits, icing, care-lines, sources, tips, pages and phrases, as types."""

from typing import Any, Literal

import msgspec

Localized = dict[str, str]
"""One text in several languages: ``{"en": …, "ja": …}``."""


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Key poses of the drawing; ``coach.figure`` reads them."""

    view: Literal["side", "front"] = "side"
    props: tuple[str, ...] = ()
    muscle: tuple[str, ...] = ()
    """Which limbs are drawn in the accent, and on which side of the bone."""
    poses: dict[str, dict[str, Any]] = {}
    """Pose name (``ready``, ``hold``, …) to joint angles in degrees."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a fact beyond the article comes from (``routines/sources.toml``)."""

    id: str
    kind: Literal["guidance", "paper", "rule", "standard", "proposal"]
    """``proposal``: ours, which no clinician has reviewed."""
    title: Localized
    read: Literal["copy", "recall", "none"]
    """Whether a stored copy was read, or it is named from memory; ``none`` for a proposal of our own."""
    about: Localized | None = None


class Tip(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sentence for a spare moment (``routines/tips.toml``)."""

    id: str
    topic: Literal["posture", "shoes", "timing", "stretching", "rest", "ice", "attitude", "own"]
    text: Localized
    beyond: bool = False
    source: tuple[str, ...]
    own: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page to read (``routines/learn/<language>/<id>.md``); ``text`` is Markdown."""

    id: str
    title: str
    order: int
    sources: tuple[str, ...]
    beyond: bool = False
    text: str
