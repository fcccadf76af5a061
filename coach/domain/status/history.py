"""The records, typed: the only memory from which decisions, plans and pages are worked out.

A record is one flat JSON object ``{id, kind, at, …}``. Records are never changed; a slip is corrected, an entry changed
or taken out, by a new record that names the first (``coach.domain.status.diary``). Kinds that this version does not
know are kept by ``coach.records`` and skipped here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from coach.domain.moment import Moment
from coach.domain.triage.answers import Answers, Context, Points, Side, Tri
from coach.domain.triage.levels import Activity, Advice, Headline

Times = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
"""Seconds of a hold, or repetitions: what no person does is a slip of a file, and not read."""
Comfort = Literal["pleasant", "neutral", "uncomfortable"]
PainName = Literal["rest", "walking", "during", "morning"]


class Told(msgspec.Struct, frozen=True):
    """What a check-in's decision told the person, stored as it was told."""

    activity: Activity
    advice: Advice
    headline: Headline
    way_back: bool = False
    """Whether it was gentle as the way back from a pause."""


class CheckIn(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="check-in"):
    """One check-in: the whole answers document that was decided on, and which signs were asked this time."""

    id: str
    at: Moment
    answers: Answers
    asked: tuple[str, ...] = ()
    """Sign ids that the person answered this time; the others keep their last answer."""
    note: str | None = None
    """The person's own words, as written."""
    medicine: str | None = None
    """The painkiller that the numbers were told under, in the person's words; empty: none; None: not told."""
    goals: dict[str, Points] = {}
    """What can be done of each goal, by its id: 0 (cannot) to 10 (as before)."""
    corrects: str | None = None
    """The id of an earlier check-in (within 24 h) that this one corrects."""
    day: date | None = None
    """The day that it tells of, where that was named; None: the day on which it was made."""
    told: Told | None = None


class Edited(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="edited"):
    """A change to one check-in of any age: only what it names; the rest stays as it was."""

    id: str
    at: Moment
    of: str
    """The id of the check-in."""
    answers: Answers = Answers()
    """What it names; a pain number that is None stays as it was."""
    asked: tuple[str, ...] = ()
    """The signs that it names."""
    taken_back: tuple[PainName, ...] = ()
    """The pain numbers that were never meant."""
    note: str | None = None
    """The new words; empty takes the old ones away."""
    medicine: str | None = None
    """The painkiller; empty: none; None: as it was."""
    goals: dict[str, Points] = {}
    """The goals that it names, as in a check-in."""
    day: date | None = None
    """The day that the check-in tells of from now on."""


class Deleted(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="deleted"):
    """One entry of any kind and age that the person took out."""

    id: str
    at: Moment
    of: str
    """The id of the entry."""


class Undone(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="undone"):
    """A change or a deletion that was taken back."""

    id: str
    at: Moment
    of: str
    """The id of the ``Edited`` or ``Deleted``."""


class Screening(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="screening"):
    """The emergency and same-day list, shown and answered outside a check-in (first run, after a long gap)."""

    id: str
    at: Moment
    signs: dict[str, Tri]


class DoneStep(msgspec.Struct, frozen=True):
    """One step of a session as it was done."""

    stretch: str
    side: Side
    hold_s: Times
    reps: Times
    done: bool = True


SessionOutcome = Literal["done", "stopped", "hurt"]


class Session(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="session"):
    """A guided session or a desk break; stopping early counts as done for what was done."""

    id: str
    at: Moment
    routine: str
    steps: tuple[DoneStep, ...] = ()
    seconds: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 0
    outcome: SessionOutcome = "done"
    comfort: Comfort | None = None
    by: Literal["ui", "plain", "popup"] = "ui"

    @property
    def exercised(self) -> bool:
        """Return whether anything was done: one left before its first hold is a session of nothing."""
        return not self.steps or any(step.reps for step in self.steps)


class Hurt(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="hurt"):
    """*It hurts*: rests today and makes tomorrow gentle."""

    id: str
    at: Moment
    stretch: str | None = None
    pain: Points | None = None
    where: str | None = None
    by: Literal["ui", "plain", "popup", "command"] = "ui"


class Seen(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="seen"):
    """A professional has seen it; ``cleared`` names the signs and conditions that they cleared."""

    id: str
    at: Moment
    by: str
    cleared: tuple[str, ...] = ()
    baseline: Points | None = None


class Ice(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="ice"):
    """An icing, noted when it begins: its end is a deadline on the wall clock, kept by the agent."""

    id: str
    at: Moment
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)]


class IceEnd(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="ice-end"):
    """The end of an icing that was stopped, or whose end was shown."""

    id: str
    at: Moment
    ice: str
    outcome: Literal["done", "stopped"] = "done"
    skin: str | None = None


class HabitChoice(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="habit-choice"):
    """The one habit chosen for two weeks; an empty ``habit`` puts it down."""

    id: str
    at: Moment
    habit: str


class HabitDay(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="habit-day"):
    """The evening's yes or no; the last one of a day counts."""

    id: str
    at: Moment
    habit: str
    day: date
    kept: bool


Why = Literal["no-time", "forgot", "hurt", "bored", "away", "not-said"]
Topic = Literal["posture", "gait", "flexibility", "strength"]


class Missed(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="missed"):
    """Why a day had no routine, if the person cared to say."""

    id: str
    at: Moment
    day: date
    why: Why


class Weekly(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="weekly"):
    """The answer to the one question a week once it has settled: how one of the four goes."""

    id: str
    at: Moment
    topic: Topic
    well: bool


class GoalScores(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="goal-scores"):
    """What can be done of each goal, told outside a check-in: 0 (cannot) to 10 (as before), by the goal's id."""

    id: str
    at: Moment
    goals: dict[str, Points]


class Background(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="background"):
    """What the person told once that decisions rest on, as the settings had it at this time.

    It is in the records too, so that a lost settings file cannot make a decision softer, and so that it can be told
    since when a condition is there.
    """

    id: str
    at: Moment
    contexts: tuple[Context, ...] = ()
    since: dict[str, Moment] = {}
    """When each condition was told first; older records need not be read for it."""
    cleared: tuple[str, ...] = ()
    """The conditions whose clearance lasts: an operation."""
    baseline: Points | None = None
    side: Side | None = None
    """The side of the settings; None in records of earlier versions."""
    yearly: dict[str, Moment] = {}
    """The signs that are asked once a year, each with when it was asked last."""


Change = Edited | Deleted | Undone
Record = (
    CheckIn
    | Screening
    | Session
    | Hurt
    | Seen
    | Ice
    | IceEnd
    | HabitChoice
    | HabitDay
    | Missed
    | Weekly
    | GoalScores
    | Background
    | Change
)


class History(msgspec.Struct, frozen=True):
    """Records by kind, each in order of time."""

    check_ins: tuple[CheckIn, ...] = ()
    screenings: tuple[Screening, ...] = ()
    sessions: tuple[Session, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    seens: tuple[Seen, ...] = ()
    ices: tuple[Ice, ...] = ()
    ice_ends: tuple[IceEnd, ...] = ()
    habit_choices: tuple[HabitChoice, ...] = ()
    habit_days: tuple[HabitDay, ...] = ()
    missed: tuple[Missed, ...] = ()
    weeklies: tuple[Weekly, ...] = ()
    goal_scores: tuple[GoalScores, ...] = ()
    backgrounds: tuple[Background, ...] = ()
    edits: tuple[Edited, ...] = ()
    deletions: tuple[Deleted, ...] = ()
    undos: tuple[Undone, ...] = ()
    lost_at: datetime | None = None
    """When records or settings were last lost, or found unreadable: what they said is unknown until the signs are asked
    again."""
    dated_ahead: frozenset[str] = frozenset()
    """The ids of records that were dated in the future when they were first seen: a wrong clock, or another machine's.
    They can make the status stricter, never softer, also once their date has come."""
    only_stricter: frozenset[str] = frozenset()
    """The ids of records that can make the status stricter, never softer: said later of an earlier day, or taken out
    later. ``coach.domain.status.diary`` fills it in; nothing of it is kept."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> "History":
        """Sort ``records``, in any order, into a history; ties of time keep the order of ids."""
        by_field: dict[str, list[Record]] = {field: [] for field in _FIELD.values()}
        for record in sorted(records, key=lambda record: (record.at, record.id)):
            by_field[_FIELD[type(record)]].append(record)
        return msgspec.convert({field: tuple(sorted_records) for field, sorted_records in by_field.items()}, cls)

    def records(self) -> Iterator[Record]:
        """Yield every record, kind by kind."""
        for field in _FIELD.values():
            yield from getattr(self, field)


_FIELD: dict[type, str] = {
    CheckIn: "check_ins",
    Screening: "screenings",
    Session: "sessions",
    Hurt: "hurts",
    Seen: "seens",
    Ice: "ices",
    IceEnd: "ice_ends",
    HabitChoice: "habit_choices",
    HabitDay: "habit_days",
    Missed: "missed",
    Weekly: "weeklies",
    GoalScores: "goal_scores",
    Background: "backgrounds",
    Edited: "edits",
    Deleted: "deletions",
    Undone: "undos",
}
