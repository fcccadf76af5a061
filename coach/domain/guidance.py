"""What content says beside the stretches: habits, icing, care-lines, sources, tips, pages and phrases, as types."""

from typing import Annotated, Any, Literal

import msgspec

Localized = dict[str, str]
"""One text in several languages: ``{"en": …, "ja": …}``."""


PoseName = Literal["ready", "lean", "hold"]
Measure = Annotated[float, msgspec.Meta(ge=-1000, le=1000)]
"""Centimetres or degrees, within what can be drawn."""
Place = tuple[Measure, Measure]
"""Centimetres to the right, and above the floor."""
Touched = Literal["knee", "thigh", "shin", "toe", "hip"]
"""What a hand may lie on, wherever the leg is."""


class KeyPose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a key pose can give, in centimetres and degrees; ``coach.figure.skeleton`` says what each means."""

    hip: Place | None = None
    torso: Measure | None = None
    head: Measure | None = None
    thigh: Measure | None = None
    shank: Measure | None = None
    foot: Measure | None = None
    ankle: Place | None = None
    far_thigh: Measure | None = None
    far_shank: Measure | None = None
    far_foot: Measure | None = None
    far_ankle: Place | None = None
    arm: Measure | None = None
    forearm: Measure | None = None
    palm: Measure | None = None
    hand: Place | Touched | None = None
    far_arm: Measure | None = None
    far_forearm: Measure | None = None
    far_palm: Measure | None = None
    far_hand: Place | Touched | None = None
    # From the front alone:
    lean: Measure | None = None
    tilt: Measure | None = None
    knee_in: Measure | None = None
    far_knee_in: Measure | None = None
    turn: Measure | None = None
    """Of the toes; for footprints, too, of which ``coach.figure.prints`` tells."""
    far_turn: Measure | None = None
    steps: tuple[Measure, ...] | None = None
    """For footprints alone."""

    @property
    def given(self) -> dict[str, Any]:
        """What this pose says, by name."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}


Prop = Literal["chair", "bed", "backrest", "mat", "pillow", "wall", "table", "rail", "towel", "cloth", "ice"]
Muscle = Literal["calf", "hamstrings", "quadriceps"]
Arrow = Literal[
    "toes-up", "toes-up-and-down", "knee-down", "knee-straight", "heel-up", "heel-to-and-fro", "lean-forward",
    "hips-forward", "leg-up", "stand-up", "ice-in",
]  # fmt: skip
"""Which way a movement goes that is small in the drawing."""
Mark = Literal["tense", "leg-line", "weight", "width", "strides"]
"""What a body alone does not show; ``coach.figure.marks`` says how each is drawn."""
View = Literal["side", "front", "trail"]
"""How a body is seen. The last is footprints from above, going up the picture."""


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Key poses of the drawing; ``coach.figure`` reads them."""

    poses: Annotated[dict[PoseName, KeyPose], msgspec.Meta(min_length=1)]
    """The poses that the movement goes through, in their order."""
    view: View = "side"
    body: Literal["whole", "legs"] = "whole"
    """How much of a body is drawn from the front: legs alone are larger."""
    pair: bool = False
    """Whether the first pose is a habit and the last its kinder way: both are shown, with a cross and a tick."""
    props: tuple[Prop, ...] = ()
    muscle: tuple[Muscle, ...] = ()
    """Which limbs are drawn in the accent, and on which side of the bone."""
    squeeze: bool = False
    """Whether the muscle works without moving much: it swells on the way into the hold."""
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()
    camera: tuple[Measure, Measure, Measure, Measure] | None = None
    """What is shown, as left, bottom, right and top in centimetres; all that is drawn where it is not given."""


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of the source article, by id (``routines/article.toml``); content cites them as ``article:ID``."""

    ids: tuple[str, ...]
    left_out: dict[str, str] = {}
    """Facts that nothing uses, each with its reason."""


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
