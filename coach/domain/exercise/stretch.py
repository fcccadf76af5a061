"""What content says of a stretch and of a routine, as types; ``coach.content`` fills them.

Texts are kept with their languages (``Localized``); nothing in ``coach.domain`` reads them.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

from coach.domain.guidance import Figure, Localized
from coach.domain.reminders.reminder import WEEKDAYS, Weekday
from coach.domain.triage.answers import Context, Side, When

Position = Literal["seated", "lying", "standing"]
Kind = Literal["stretch", "mobility", "strength"]
"""A stretch is held; mobility (ankle pumps, quad sets) and strength are counted."""
Pace = Literal["slow", "light", "easy"]
"""How long the ways in and out of a hold are."""
Seconds = Annotated[int, msgspec.Meta(ge=0, le=600)]
Hold = Annotated[int, msgspec.Meta(ge=1, le=60)]
"""Seconds of one hold."""
Reps = Annotated[int, msgspec.Meta(ge=1, le=20)]


class Dose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds of each phase a side, and how often (the article's: 5 → 10 → hold 20 → 5 → 10, twice a side)."""

    ready_s: Seconds = 5
    ease_in_s: Seconds = 10
    hold_s: Hold = 20
    ease_out_s: Seconds = 5
    change_s: Seconds = 10
    reps: Reps = 2
    grow_to_s: Hold = 30
    """The hold grows by ``grow_by_s`` a week up to this, only while comfortable; equal to ``hold_s``: no growth."""
    grow_by_s: Seconds = 5


class Avoid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a stretch is left out, and what stands in for it."""

    contexts: tuple[Context, ...] = ()
    signs: tuple[str, ...] = ()
    when: tuple[When, ...] = ()
    """Movements that hurt (``when`` ids of the answers) for which it is left out."""
    instead: str | None = None
    """The id of the stretch that stands in for it, itself checked against the same answers; None: nothing does."""


class Prescribed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person's own stretch or routine adds. It can be gentler than the plan, never past the decision."""

    own: bool = False
    """Set on load for a person's own content, never by a file."""
    side: Side = "both"
    """The one side that it is for."""
    until: date | None = None
    """The last day."""
    days: tuple[Weekday, ...] = ()
    """Days of the week; empty: every day."""
    never: tuple[Localized, ...] = ()
    """What the therapist said never to do; shown with the cautions, before them."""

    def due(self, day: date) -> bool:
        """Tell whether it is for ``day``: a day of its week, not after its end."""
        return (self.until is None or day <= self.until) and (not self.days or WEEKDAYS[day.weekday()] in self.days)


class Stretch(Prescribed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stretch or exercise (``routines/stretches/<id>.toml``)."""

    id: str
    kind: Kind = "stretch"
    position: Position
    sides: Literal["each", "together"] = "each"
    name: Localized
    short: Localized
    """A few words for narrow places."""
    how: tuple[Localized, ...]
    """Steps, one sentence each, in order."""
    feel: Localized
    """Where it is felt and how much."""
    easier_note: Localized | None = None
    cautions: tuple[Localized, ...] = ()
    targets: tuple[Literal["hamstrings", "calf", "popliteus", "quadriceps", "ankle", "hip"], ...]
    dose: Dose = Dose()
    easier: str | None = None
    """The id of the easier version, taken on gentle days; None: this is the easiest."""
    desk: bool = False
    """Whether it suits a one-minute break at the desk."""
    avoid: Avoid = Avoid()
    beyond: bool = False
    """True: beyond the article; a person is told so wherever they read it."""
    source: tuple[str, ...]
    """``article:ID`` or an id of ``sources.toml``."""
    figure: Figure | None = None
    like: str | None = None
    """Own content: the stretch whose position, cautions, easier version and drawing it takes over."""


class Routine(Prescribed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ordered list of stretches for one slot of the day (``routines/routines.toml``)."""

    id: str
    slot: Literal["morning", "break", "evening", "desk-break", "strength"]
    name: Localized
    about: Localized
    stretches: tuple[str, ...]
    pace: Pace = "easy"
    reps: Reps | None = None
    """At most so many holds a side, so that a desk break is a minute; None: each stretch's own dose."""
    hold_s: Hold | None = None
    """At most so long a hold; None: each stretch's own dose."""
    beyond: bool = False
    source: tuple[str, ...]
