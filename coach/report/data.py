"""The facts of the page for a doctor, in no language of their own; every format is written from them alone."""

from datetime import date, datetime

import msgspec

from coach.domain.goals import GoalCourse
from coach.domain.guidance import Localized
from coach.domain.trends.care import CareDay
from coach.domain.trends.pain import PainDay, PeriodChange, Strength, View
from coach.domain.triage.answers import Points, Quality, Side, Tri, When
from coach.domain.triage.rules import Group
from coach.domain.triage.state import State


class ContentItem(msgspec.Struct, frozen=True):
    """Something of the content, with its text in every language."""

    id: str
    text: Localized


class SignLine(msgspec.Struct, frozen=True):
    """A sign that was answered yes or unsure: on which days, and the latest answer."""

    sign: ContentItem
    group: Group
    yes: tuple[date, ...]
    unsure: tuple[date, ...]
    last: Tri


class PauseLine(msgspec.Struct, frozen=True):
    """A pause for safety and its reasons; ``last`` is None while it stands."""

    first: date
    last: date | None
    reasons: tuple[ContentItem, ...]
    """Rules that gave it, with the sentence that the person was told."""


class StretchLine(msgspec.Struct, frozen=True):
    """A stretch that was done: in how many sessions, and how those felt."""

    stretch: ContentItem
    times: int
    pleasant: int
    neutral: int
    uncomfortable: int
    hurt: int


class HabitLine(msgspec.Struct, frozen=True):
    """A habit that was minded: evenings with yes, evenings with no."""

    habit: ContentItem
    kept: int
    not_kept: int


class SeenLine(msgspec.Struct, frozen=True):
    """A visit to a professional; ``by`` is the person's own wording, and left out unless they chose it."""

    day: date
    by: str | None
    cleared: tuple[ContentItem, ...]


class SelfCare(msgspec.Struct, frozen=True):
    """What was done in the period."""

    sessions: int = 0
    days: int = 0
    minutes: int = 0
    stopped: int = 0
    hurts: int = 0
    ices: int = 0
    ice_days: int = 0
    stretches: tuple[StretchLine, ...] = ()
    habits: tuple[HabitLine, ...] = ()
    seen: tuple[SeenLine, ...] = ()


class OwnWords(msgspec.Struct, frozen=True):
    """The person's own words of one day, as written."""

    day: date
    text: str


class NotAsked(msgspec.Struct, frozen=True):
    """What the period does not tell because it was not asked, or not answered."""

    signs: tuple[ContentItem, ...] = ()
    views: tuple[View, ...] = ()


class SummaryData(msgspec.Struct, frozen=True, kw_only=True):
    """The page for a doctor as facts. ``--format json`` is this, as it stands."""

    format: str = "hizaura-summary"
    version: int = 1
    made_at: datetime
    first: date
    last: date
    days: int
    noted: int
    """Days of the period with a pain number."""
    name: str | None = None
    side: Side | None = "both"
    """The knee of the settings, and any other that a number of the period is of; None where nobody told."""
    walking: tuple[View, ...] = ("walking",)
    """How the worst when walking is told apart: as one, or by knee."""
    goals: tuple[GoalCourse, ...] = ()
    """What the person wants to do again, with the first and the last score of all that is kept."""
    goals_ended: tuple[GoalCourse, ...] = ()
    """Those that are over and were scored in the period, the one that ended last first."""
    medicines: tuple[tuple[str, int], ...] = ()
    """Each painkiller with the days of the period on which numbers were told under it."""
    onset: date | None = None
    """When it began, as the person said; None where they did not."""
    first_note: date | None = None
    """The first check-in of all that is kept."""
    contexts: tuple[ContentItem, ...] = ()
    contexts_known: bool = True
    baseline: Points | None = None
    check_ins: int = 0
    """Check-ins of the period, a corrected slip not among them."""
    pain: tuple[PainDay, ...] = ()
    strengths: tuple[Strength, ...] = ()
    changes: tuple[PeriodChange, ...] = ()
    care: tuple[CareDay, ...] = ()
    states: dict[date, State] = {}
    """The state that the check-ins of each day told, as a row of shapes under the chart."""
    movements: tuple[tuple[When, int], ...] = ()
    qualities: tuple[tuple[Quality, int], ...] = ()
    sharp: dict[str, tuple[date, ...]] = {}
    hot: tuple[date, ...] = ()
    signs_asked: int = 0
    signs: tuple[SignLine, ...] = ()
    """The most urgent first."""
    pauses: tuple[PauseLine, ...] = ()
    tried: SelfCare = SelfCare()
    not_asked: NotAsked = NotAsked()
    notes: tuple[OwnWords, ...] = ()
    """Empty unless the person chose to show their own words."""
    notes_left_out: int = 0
    """How many notes there are that the page does not show."""
