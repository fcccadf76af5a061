"""A person's answers, as the answers document of ``coach assess`` and ``coach check-in --answers`` holds them."""

from typing import Annotated, Literal

import msgspec
from msgspec.structs import force_setattr, replace

Tri = Literal["no", "unsure", "yes"]
Sharp = Literal["no", "one-movement", "repeats"]
Quality = Literal["tight", "sharp", "dull"]
When = Literal[
    "first-steps", "stairs-down", "deep-bend", "morning", "after-exercise", "after-sitting", "long-walk", "rainy-day"
]
Week = Literal["better", "same", "worse"]
Side = Literal["left", "right", "both"]
Knee = Literal["left", "right"]
Context = Literal["clot-risk", "blood-thinner", "pregnant", "osteoporosis", "recent-surgery", "diabetes", "weak-immune"]

TRI: tuple[Tri, ...] = ("no", "unsure", "yes")
SHARP: tuple[Sharp, ...] = ("no", "one-movement", "repeats")
WEEK: tuple[Week, ...] = ("better", "same", "worse")
KNEES: tuple[Knee, ...] = ("left", "right")

MOST_POINTS = 10
Points = Annotated[int, msgspec.Meta(ge=0, le=MOST_POINTS)]
"""Pain in whole points of a numerical rating scale, 0 to 10."""
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
"""Days, or how often; a larger number is a slip."""


class Pain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pain in points of 10; None where it was not asked or not answered."""

    rest: Points | None = None
    walking: Points | None = None
    during: Points | None = None
    """In or just after the stretches."""
    morning: Points | None = None
    """The next morning."""
    baseline: Points | None = None
    """The usual worst in walking, asked at set-up."""


class KneePain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pain of one knee in points of 10; None where it was not told."""

    walking: Points | None = None


class Knees(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pain of each knee, where each was told by itself."""

    left: KneePain = KneePain()
    right: KneePain = KneePain()

    def walking(self, knee: Knee) -> Points | None:
        """Return the worst of one knee when walking; None where it was not told by itself."""
        points: Points | None = getattr(self, knee).walking
        return points

    @property
    def told(self) -> tuple[Knee, ...]:
        """The knees of which a number was told."""
        return tuple(knee for knee in KNEES if self.walking(knee) is not None)

    @property
    def worst(self) -> Points | None:
        """The higher number of both; None where none was told."""
        return max((points for knee in KNEES if (points := self.walking(knee)) is not None), default=None)


def side_of(knees: Knees) -> Side | None:
    """Return which side numbers told of each knee are about; None where none was told of a knee by itself."""
    told = knees.told
    return None if not told else told[0] if len(told) == 1 else "both"


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it has gone, in days and counts."""

    symptom_days: Count = 0
    rest_days: Count = 0
    """Days in a row of symptoms although rested."""
    paused_days: Count = 0
    pauses_14d: Count = 0
    week: Week = "same"


_NOT_APART = Knees()


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answers document. What is absent is unsure, never no; a context that is not listed is not present."""

    pain: Pain = Pain()
    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: dict[str, Tri] = {}
    """Sign id to answer; which ids there are is content (``routines/signs.toml``)."""
    other_signs: Literal["no", "unsure"] = "unsure"
    """The answer of every sign that ``signs`` does not name."""
    context: tuple[Context, ...] = ()
    side: Side | None = None
    """Which knee this is about; None where it is not known, as in records of earlier versions."""
    knees: Knees = _NOT_APART
    course: Course = Course()

    def __post_init__(self) -> None:
        """Hold the pain when walking up to that of each knee, so that nothing that decides need look at both."""
        if self.knees != _NOT_APART and (worst := self.knees.worst) is not None:
            walking = self.pain.walking
            if walking is None or walking < worst:
                force_setattr(self, "pain", replace(self.pain, walking=worst))

    def walking_of(self, knee: Knee) -> Points | None:
        """Return the worst pain of one knee when walking: what was told of it, or of it alone; never of the other."""
        if self.knees.told or self.side != knee:
            return self.knees.walking(knee)
        return self.pain.walking

    def sign(self, sign_id: str) -> Tri:
        """Return the answer of one sign."""
        return self.signs.get(sign_id, self.other_signs)
