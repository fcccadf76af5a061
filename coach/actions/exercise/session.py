"""A guided session over the records: may it begin, what is kept on the way, what is recorded, and what it changes."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from coach.actions.exercise.interrupted import OFFER_FOR, STATE
from coach.actions.status.current import recent, status_now
from coach.actions.status.hurt import Hurting, hurts
from coach.actions.today import today
from coach.domain.exercise.dose import GENTLE_HOLD_S, Step, amount
from coach.domain.exercise.phases import seconds
from coach.domain.exercise.plan import against, circumstances
from coach.domain.exercise.session import AWAY_S, By, GuidedSession, SessionRun, Tomorrow, outcome_of
from coach.domain.exercise.stretch import Stretch
from coach.domain.status.history import Comfort, Hurt, Session
from coach.domain.status.status import Status
from coach.errors import CoachError, UsageError
from coach.home import Home, exclusive

REST_FROM = 6
"""Pain from which only rest is offered (the cut of the rules)."""
OF_THE_DAY = ("hurt-today", "hurt-yesterday", "hurt")
"""Reasons that a session's own *it hurts* gives to the status."""


def ready(home: Home, now: datetime, routine_id: str | None = None, by: By = "ui") -> GuidedSession:
    """Return today's session, waiting to begin.

    Raises ``CoachError`` with the reason where none may begin, ``UsageError`` for a routine that is not there.
    """
    if routine_id is not None and routine_id not in home.content.routines:
        raise UsageError("session.error.no-routine", routine=routine_id, known=", ".join(home.content.routines))
    day = today(home, now, routine_id)
    if not day.status.may_start:
        raise CoachError(refusal(day.status))
    if day.plan.routine is None or not day.plan.routine.steps:
        raise CoachError("session.error.nothing")
    pace = home.content.routines[day.plan.routine.id].pace
    run = SessionRun.of(day.plan.routine.steps, home.content.stretches, pace)
    if by == "plain":
        run = replace(run, patience=AWAY_S)
    return GuidedSession(routine=day.plan.routine.id, pace=pace, by=by, started=now, saved_at=now, run=run)


def refusal(status: Status) -> str:
    """Return the sentence that says why no session may begin now."""
    if status.activity == "pause":
        return "session.error.hurt-today" if status.reasons[:1] == ("hurt-today",) else "session.error.paused"
    return "session.error.signs"


@exclusive
def left_open(home: Home, now: datetime, routine_id: str | None = None) -> GuidedSession | None:
    """Return a session that broke off a short while ago and may be gone on with; settle one that may not.

    One of another routine than ``routine_id`` is not gone on with.
    """
    guided = _kept(home)
    if guided is None:
        return None
    goes_on = guided.run.state not in ("over", "easing", "asking") and now - guided.saved_at <= OFFER_FOR
    goes_on = goes_on and routine_id in (None, guided.routine)
    if goes_on and now.date() == guided.saved_at.date() and not ends(home, guided, now):
        run = SessionRun.from_progress(guided.run.progress())
        run = run.follow(0.0, allowed_steps(home, run, now))
        if run.at < len(run.phases):
            return replace(guided, run=run)
    settle(home, guided)
    return None


def settle(home: Home, guided: GuidedSession) -> None:
    """Record what was done of a session that nobody goes on with."""
    if guided.run.state in ("easing", "asking") and not guided.run.ends and guided.stretch:
        guided = note_hurt(home, guided, guided.saved_at)[0]
    finish(home, guided, guided.saved_at)


def keep(home: Home, guided: GuidedSession, now: datetime) -> GuidedSession:
    """Keep how far the session is, so that it can be gone on with."""
    guided = replace(guided, saved_at=now)
    home.records.keep_state(STATE, dict(msgspec.to_builtins(guided, str_keys=True)))
    return guided


@exclusive
def finish(home: Home, guided: GuidedSession, now: datetime, comfort: Comfort | None = None) -> Session | None:
    """Record what was done, with how it felt; None where nothing had begun. Stopping early is no failure."""
    from coach.records import new_id

    record = None
    if steps := guided.run.done_steps():
        record = Session(
            id=new_id(), at=guided.started, routine=guided.routine, steps=steps, seconds=round(guided.run.spent, 1),
            outcome=guided.outcome, comfort=comfort, by=guided.by,
        )  # fmt: skip
        home.records.add(record)
    home.records.clear_state(STATE)
    return record


def record_break(home: Home, run: SessionRun, *, began: datetime, routine: str) -> None:
    """Record what was done of a break that popups led, up to where ``run`` is."""
    from coach.records import new_id

    session = Session(
        id=new_id(), at=began, routine=routine, steps=run.done_steps(),
        seconds=round(min(run.spent, seconds(run.phases)), 1), outcome=outcome_of(run, hurt=False), by="popup",
    )  # fmt: skip
    home.records.add(session)


def note_hurt(
    home: Home, guided: GuidedSession, now: datetime, pain: int | None = None, where: str | None = None
) -> tuple[GuidedSession, Hurting]:
    """Note that the stretch under way hurts; return the session with it, and how it stands now."""
    stretch = guided.stretch
    noted = hurts(home, now, stretch, pain, where, guided.by)
    return replace(guided, hurt=(*guided.hurt, *((stretch,) if stretch else ()))), noted


def easier(home: Home, guided: GuidedSession, now: datetime) -> tuple[Stretch, int] | None:
    """Return an easier stretch for the one under way, and its hold; None where nothing easier is right today."""
    stretches = home.content.stretches
    if guided.stretch is None or guided.stretch not in stretches:
        return None
    status = status_now(home, now)
    about = circumstances(status, home.profile, recent(home, now), now)
    done = {phase.stretch for phase in guided.run.phases}
    for stretch in _easier_ones(guided.stretch, stretches):
        if stretch.id not in done and not against(stretch, about):
            return stretch, min(stretch.dose.hold_s, GENTLE_HOLD_S)
    return None


def may_go_on(pain: int | None) -> bool:
    """Tell whether anything but rest is offered after *it hurts*."""
    return pain is None or pain < REST_FROM


def ends(home: Home, guided: GuidedSession, now: datetime) -> bool:
    """Tell whether something noted since ends this session: a pause, or *it hurts* said elsewhere."""
    history = recent(home, now)
    if any(_elsewhere(hurt, guided) for hurt in history.hurts):
        return True
    status = status_now(home, now)
    return status.activity == "pause" and any(reason not in OF_THE_DAY for reason in _pausing(status))


def allowed_steps(home: Home, run: SessionRun, now: datetime) -> tuple[Step, ...]:
    """Return the steps of a session under way that the decision of now still allows, with the doses that it allows."""
    stretches = home.content.stretches
    about = circumstances(status_now(home, now), home.profile, recent(home, now), now)
    steps = []
    for step in run.steps.values():
        stretch = stretches.get(step.stretch)
        if stretch is not None and not against(stretch, about):
            dose = amount(stretch, about.grown, gentle=about.gentle)
            steps.append(replace(step, hold_s=min(step.hold_s, dose.hold_s), reps=min(step.reps, dose.reps)))
    return tuple(steps)


def tomorrow(home: Home, guided: GuidedSession, now: datetime) -> tuple[Tomorrow, ...]:
    """Return what today's stretches are tomorrow, for those that stay in the plan."""
    plan = today(home, now + timedelta(days=1), guided.routine).plan
    held = {step.stretch: step.hold_s for step in guided.run.done_steps() if step.done}
    following = {step.stretch: step.hold_s for step in plan.routine.steps} if plan.routine else {}
    return tuple(Tomorrow(name, hold, following[name]) for name, hold in held.items() if name in following)


def _pausing(status: Status) -> tuple[str, ...]:
    pausing = [hurt.rule for hurt in status.decision.reasons if hurt.level == "pause"]
    return (*pausing, *((status.pause.reason,) if status.pause else ()))


def _elsewhere(reason: Hurt, guided: GuidedSession) -> bool:
    return reason.at >= guided.started and (reason.by != guided.by or reason.stretch not in guided.hurt)


def _easier_ones(stretch_id: str, stretches: Mapping[str, Stretch]) -> Iterator[Stretch]:
    seen = {stretch_id}
    following = stretches[stretch_id].easier
    while following and following not in seen and following in stretches:
        seen.add(following)
        yield stretches[following]
        following = stretches[following].easier


def _kept(home: Home) -> GuidedSession | None:
    document: Any = home.records.state(STATE)
    if document is None:
        return None
    try:
        return msgspec.convert(document, GuidedSession, strict=False)
    except msgspec.ValidationError:
        home.records.clear_state(STATE)
        return None
