"""What the records tell of reminders at a moment: until when all is settled, absences, and the person's own pause."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from coach import clock
from coach.actions.reminders.done import done_days
from coach.domain.moment import Moment
from coach.domain.reminders.due import MAX_LOOK_BACK, AgentFacts
from coach.domain.reminders.slots import Span
from coach.home import Home, exclusive
from coach.plain import plain

STATE = "reminders"
PAUSE_STATE = "reminders-rest"
LOOK_BACK = timedelta(days=2)
"""How long absences are kept, and how far back the log is read at each look."""
LEAP = timedelta(days=1)
"""A gap longer than this may be a clock that leapt, and that will come back."""


class _Settled(msgspec.Struct, frozen=True):
    """Until when all slots are shown or logged, as it is kept."""

    accounted: Moment | None = None
    before: Moment | None = None
    """The same before the clock last leapt."""
    absences: tuple[tuple[Moment, Moment], ...] = ()


class _Pause(msgspec.Struct, frozen=True):
    """The last pause of all reminders that the person asked for, as it is kept."""

    since: Moment
    until: Moment
    ended: Moment | None = None


@exclusive
def start_counting(home: Home, now: datetime) -> None:
    """Count slots from ``now`` where they were never counted before."""
    if home.records.state_as(STATE, _Settled) is None:
        home.records.keep_state(STATE, {"accounted": now.isoformat()})


def recorded_facts(home: Home, now: datetime, *, safety_pause: bool = False) -> AgentFacts:
    """Return what the records tell of this moment; presence is for the agent to add."""
    state = home.records.state_as(STATE, _Settled) or _Settled()
    settled, before_leap = state.accounted, state.before
    if settled and settled > now and before_leap and before_leap <= now:
        settled = before_leap  # the clock has left the future in which all was settled
    settled = settled and max(settled, now - MAX_LOOK_BACK)
    absences = tuple(Span(start, end) for start, end in state.absences if end <= now)
    return AgentFacts(
        settled_until=settled,
        absences=absences,
        requested_pause=requested_pause(home),
        quiet=home.profile.quiet,
        announces=home.profile.announce_breaks,
        done=done_days(home, now, clock.zone()),
        safety_pause=safety_pause,
    )


@exclusive
def settle(home: Home, until: datetime, absences: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Keep that all slots up to ``until`` are shown or logged, and the absences of the last days; return these."""
    last = home.records.state_as(STATE, _Settled) or _Settled()
    leapt = last.accounted is not None and until - last.accounted > LEAP
    before_leap = last.accounted if leapt else last.before
    recent = tuple(span for span in absences if until - span.end < LOOK_BACK)
    spans = tuple((span.start, span.end) for span in recent)
    home.records.keep_state(STATE, plain(_Settled(until, before_leap, spans)))
    return recent


def begin_count_anew(home: Home, now: datetime) -> None:
    """Let breaks be counted from ``now``, as after an absence that ended then."""
    state = home.records.state(STATE) or {"accounted": now.isoformat()}
    at = now.isoformat()
    home.records.keep_state(STATE, {**state, "absences": [*state.get("absences", ()), [at, at]]})


def requested_pause(home: Home) -> Span | None:
    """Return the last pause of all reminders that the person asked for, over or not."""
    pause = home.records.state_as(PAUSE_STATE, _Pause)
    return Span(pause.since, pause.until) if pause else None


def paused_until(home: Home, now: datetime) -> datetime | None:
    """Return when the person's own pause of all reminders ends, None where there is none."""
    pause = requested_pause(home)
    return pause.end if pause and now in pause else None


def pause_changes(home: Home) -> list[datetime]:
    """Return when the last pause that the person asked for began, and when they ended it."""
    pause = home.records.state_as(PAUSE_STATE, _Pause)
    return [moment for moment in (pause.since, pause.ended) if moment] if pause else []
