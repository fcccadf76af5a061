"""The plan of the day: status + profile + history + content → today's routine, and what was left out and why."""

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.exercise.dose import Growth, Step, amount, growth
from coach.domain.exercise.phases import seconds, timeline
from coach.domain.exercise.stretch import Routine, Stretch
from coach.domain.habit import habit_state
from coach.domain.profile import Profile
from coach.domain.status.diary import deciding
from coach.domain.status.history import History, Why
from coach.domain.status.standing_pause import Pause
from coach.domain.status.status import Status
from coach.domain.triage.answers import Context, Side, When
from coach.domain.triage.levels import Activity, Advice, Headline


class Planned(msgspec.Struct, frozen=True):
    """The routine of today, one step a side, both legs, the sore one first."""

    id: str
    minutes: int
    steps: tuple[Step, ...]


class LeftOut(msgspec.Struct, frozen=True):
    """A stretch that is not in today's routine; ``why`` names a sentence of the catalogue (``plan.left-out.…``)."""

    stretch: str
    why: str
    instead: str | None = None
    because: dict[str, str] = {}


class Plan(msgspec.Struct, frozen=True):
    """Today in one object. ``routine`` is None while paused, or while the sign list was never answered."""

    date: date
    activity: Activity
    advice: Advice
    headline: Headline
    reasons: tuple[str, ...]
    """Rule ids and lifecycle reasons (``not-asked``, ``away-7``, ``way-back``, ``hurt-yesterday``), strongest first."""
    pause: Pause | None
    routine: Planned | None
    left_out: tuple[LeftOut, ...] = ()
    habit: str | None = None


STAYS = ("ankle-pumps", "quad-set")
"""What stays where stretches are left out (a bulge or pressure behind the knee), or nothing else would be left."""
BULGE = "bulge-or-pressure"
PAINFUL_FOR = timedelta(days=14)
"""How long a stretch that hurt is left out (a proposal)."""
LATELY = timedelta(days=7)
"""How long the reason of a missed day shapes the plan."""
SHORT = 2
"""Stretches of a routine for someone who has no time."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What decides over each stretch today."""

    now: datetime
    gentle: bool
    seated_only: bool
    bulge: bool
    contexts: frozenset[Context]
    signs: frozenset[str]
    """Signs answered yes; an unsure one is told with the decision, and leaves the routine as it is."""
    hurting: frozenset[When]
    """Movements with a sharp pain."""
    painful: frozenset[str]
    """Stretches that hurt lately."""
    grown: Growth
    short: bool
    """There was no time for it lately."""


def plan(
    status: Status,
    profile: Profile,
    history: History,
    stretches: Mapping[str, Stretch],
    routines: Mapping[str, Routine],
    now: datetime,
    routine_id: str | None = None,
) -> Plan:
    """Return today's plan; ``routine_id`` asks for one routine in place of the profile's slot."""
    history = deciding(history, now).as_told
    routine = choose(profile, routines, now, routine_id, another=lately("bored", history, now))
    planned: Planned | None = None
    left_out: tuple[LeftOut, ...] = ()
    if routine is not None and status.activity != "pause":
        today = circumstances(status, profile, history, now)
        planned, left_out = lay_out(routine, today, profile.side, stretches)
    return Plan(
        date=now.date(),
        activity=status.activity,
        advice=status.advice,
        headline=status.headline,
        reasons=status.reasons,
        pause=status.pause,
        routine=planned,
        left_out=left_out,
        habit=habit_state(history, now).habit,
    )


def choose(
    profile: Profile,
    routines: Mapping[str, Routine],
    now: datetime,
    routine_id: str | None = None,
    *,
    another: bool = False,
) -> Routine | None:
    """Return the routine asked for; else the person's own for this slot where it is its day, else what ships.

    ``another``: the next one that fits, for someone whom the first has bored.
    """
    if routine_id is not None:
        return routines.get(routine_id)
    fitting = [routine for routine in routines.values() if routine.slot == profile.slot and routine.due(now.date())]
    own = next((routine for routine in fitting if routine.own), None)
    if own or not fitting:
        return own
    return fitting[another % len(fitting)]


def lately(why: Why, history: History, now: datetime) -> bool:
    """Tell whether a day was left out for this reason within the last week."""
    return any(missed.why == why and timedelta(0) <= now - missed.at < LATELY for missed in history.missed)


def circumstances(status: Status, profile: Profile, history: History, now: datetime) -> Circumstances:
    """Return what decides over each stretch today."""
    history = deciding(history, now).as_told
    answers = status.last.answers if status.last else None
    sharp = answers is not None and (
        answers.sharp == "one-movement" or (not answers.sharp and "sharp" in answers.quality)
    )
    return Circumstances(
        now=now,
        gentle=status.activity != "go",
        seated_only=status.seated_only,
        bulge=status.signs.get(BULGE) == "yes",
        contexts=frozenset(status.answers.context),
        signs=frozenset(sign for sign, answer in status.signs.items() if answer == "yes"),
        hurting=frozenset(answers.when) if answers and sharp else frozenset(),
        painful=painful(history, now),
        grown=growth(history, status.pause_state, now),
        short=lately("no-time", history, now),
    )


def painful(history: History, now: datetime) -> frozenset[str]:
    """Return the stretches in which *it hurts* was said lately."""
    return frozenset(hurt.stretch for hurt in history.hurts if hurt.stretch and now - hurt.at <= PAINFUL_FOR)


def lay_out(
    routine: Routine, today: Circumstances, sore: Side, stretches: Mapping[str, Stretch]
) -> tuple[Planned, tuple[LeftOut, ...]]:
    """Return the routine as it is today, and what was left out or stands in for something."""
    chosen: dict[str, Stretch] = {}
    left_out: list[LeftOut] = []
    if today.short and len(routine.stretches) <= SHORT:
        today = replace(today, grown=replace(today.grown, halved=True))
    wanted = routine.stretches[:SHORT] if today.short else routine.stretches
    left_out += [LeftOut(stretch_id, "no-time") for stretch_id in routine.stretches[len(wanted) :]]
    for stretch_id in wanted:
        asked = stretches[stretch_id]
        taken, why = fit(asked, today, stretches)
        if taken is not None:
            chosen.setdefault(taken.id, _no_more_than(asked, taken) if asked.own else taken)
        if why:
            left_out.append(LeftOut(stretch_id, why, taken.id if taken else None))
    if today.bulge or not chosen:
        chosen |= {stay: stretches[stay] for stay in STAYS if stay in stretches and stay not in chosen}
    steps = tuple(step for stretch in chosen.values() for step in _steps(stretch, routine, today, sore))
    whole = seconds(timeline(steps, stretches, routine.pace))
    return Planned(routine.id, max(1, math.ceil(whole / 60)), steps), tuple(left_out)


def _no_more_than(asked: Stretch, taken: Stretch) -> Stretch:
    """Return what stands in for a therapist's own stretch: on the side it is for, and held no longer than it."""
    hold_s = min(taken.dose.hold_s, asked.dose.hold_s) if taken.kind == asked.kind else taken.dose.hold_s
    dose = replace(taken.dose, hold_s=hold_s, grow_to_s=min(taken.dose.grow_to_s, max(asked.dose.grow_to_s, hold_s)))
    return replace(taken, side=asked.side, dose=dose)


def fit(stretch: Stretch, today: Circumstances, stretches: Mapping[str, Stretch]) -> tuple[Stretch | None, str]:
    """Return what is done in place of ``stretch`` today, and why; itself and no reason where it is done."""
    if why := against(stretch, today):
        return _instead(stretch, why, today, stretches), why
    if today.gentle and (easier := _easier(stretch, stretches)) and not against(easier, today):
        return easier, "gentle"
    return stretch, ""


def against(stretch: Stretch, today: Circumstances) -> str:
    """Return what speaks against a stretch today; empty where nothing does."""
    checks = {
        "not-its-day": not stretch.due(today.now.date()),
        "bulge": today.bulge and stretch.kind == "stretch",
        "strength": stretch.kind == "strength" and today.gentle,
        "hurt": stretch.id in today.painful,
        "sharp": bool(today.hurting.intersection(stretch.avoid.when)),
        "sign": bool(today.signs.intersection(stretch.avoid.signs)),
        "context": bool(today.contexts.intersection(stretch.avoid.contexts)),
        "seated": today.seated_only and stretch.position == "standing",
    }
    return next((why for why, speaks in checks.items() if speaks), "")


def _easier(stretch: Stretch, stretches: Mapping[str, Stretch]) -> Stretch | None:
    """Return the easier version, where it is a stretch too: the gentlest stretch stays itself."""
    easier = stretches.get(stretch.easier) if stretch.easier else None
    return easier if easier is not None and easier.kind == stretch.kind else None


def _instead(stretch: Stretch, why: str, today: Circumstances, stretches: Mapping[str, Stretch]) -> Stretch | None:
    """Return the first that nothing speaks against: easier and easier versions, or what the stretch names."""
    if why in ("bulge", "not-its-day"):
        return None
    first = [stretch.easier, stretch.avoid.instead]
    if why in ("context", "sign", "sharp"):
        first.reverse()
    return next((stretch for stretch in _in_turn(first, stretches) if not against(stretch, today)), None)


def _in_turn(waiting: list[str | None], stretches: Mapping[str, Stretch]) -> Iterator[Stretch]:
    """Yield the stretches of these ids and their easier versions, each once."""
    seen: set[str] = set()
    while waiting:
        stretch_id = waiting.pop(0)
        if stretch_id and stretch_id not in seen and stretch_id in stretches:
            seen.add(stretch_id)
            yield stretches[stretch_id]
            waiting.append(stretches[stretch_id].easier)


def _steps(stretch: Stretch, routine: Routine, today: Circumstances, sore: Side) -> Iterator[Step]:
    """Yield one step a side, the sore one first."""
    dose = amount(stretch, today.grown, gentle=today.gentle)
    hold_s = min(dose.hold_s, routine.hold_s or dose.hold_s)
    reps = min(dose.reps, routine.reps or dose.reps)
    for side in sides(stretch, sore, routine.side):
        yield Step(stretch.id, side, hold_s, reps)


def sides(stretch: Stretch, sore: Side, asked: Side = "both") -> tuple[Side, ...]:
    """Return the sides in order: both legs, the sore one first; a therapist's own one side stays one side."""
    if stretch.sides == "together":
        return ("both",)
    only = stretch.side if stretch.side != "both" else asked
    if only != "both":
        return (only,)
    return ("left", "right") if sore == "left" else ("right", "left")
