"""A person's answers, as the answers document of ``coach assess`` and ``coach check-in --answers`` holds them."""

from typing import Annotated, Literal

import msgspec

Tri = Literal["no", "unsure", "yes"]
Sharp = Literal["no", "one-movement", "repeats"]
Quality = Literal["tight", "sharp", "dull"]
When = Literal[
    "first-steps", "stairs-down", "deep-bend", "morning", "after-exercise", "after-sitting", "long-walk", "rainy-day"
]
Week = Literal["better", "same", "worse"]
Context = Literal["clot-risk", "blood-thinner", "pregnant", "osteoporosis", "recent-surgery", "diabetes", "weak-immune"]

TRI: tuple[Tri, ...] = ("no", "unsure", "yes")
SHARP: tuple[Sharp, ...] = ("no", "one-movement", "repeats")
WEEK: tuple[Week, ...] = ("better", "same", "worse")

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


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it has gone, in days and counts."""

    symptom_days: Count = 0
    rest_days: Count = 0
    """Days in a row of symptoms although rested."""
    paused_days: Count = 0
    pauses_14d: Count = 0
    week: Week = "same"


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
    course: Course = Course()

    def sign(self, sign_id: str) -> Tri:
        """Return the answer of one sign."""
        return self.signs.get(sign_id, self.other_signs)
