"""What the records tell of reminders at a moment: until when all is settled, absences, and the person's own pause."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from coach.domain.reminders.due import MAX_LOOK_BACK, AgentFacts
from coach.domain.reminders.slots import Span
from coach.home import Home

STATE = "reminders"
PAUSE_STATE = "reminders-rest"
LOOK_BACK = timedelta(days=2)
"""How long absences are kept, and how far back the log is read at each look."""
LEAP = timedelta(days=1)
"""A gap longer than this may be a clock that leapt, and that will come back."""


def start_counting(home: Home, now: datetime) -> None:
    """Count slots from ``now`` where they were never counted before."""
    if home.records.state(STATE) is None:
        home.records.keep_state(STATE, {"accounted": now.isoformat()})


def recorded_facts(home: Home, now: datetime, *, safety_pause: bool = False) -> AgentFacts:
    """Return what the records tell of this moment; presence is for the agent to add."""
    state = home.records.state(STATE) or {}
    settled, before_leap = _moment(state.get("accounted")), _moment(state.get("before"))
    if settled and settled > now and before_leap and before_leap <= now:
        settled = before_leap  # the clock has left the future in which all was settled
    settled = settled and max(settled, now - MAX_LOOK_BACK)
    absences = tuple(span for pair in state.get("absences", ()) if (span := _span(pair)) and span.end <= now)
    return AgentFacts(
        settled_until=settled,
        absences=absences,
        requested_pause=requested_pause(home),
        quiet=home.profile.quiet,
        safety_pause=safety_pause,
    )


def settle(home: Home, until: datetime, absences: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Keep that all slots up to ``until`` are shown or logged, and the absences of the last days; return these."""
    state = home.records.state(STATE) or {}
    last = _moment(state.get("accounted"))
    leapt = last is not None and until - last > LEAP
    before_leap = state.get("accounted") if leapt else state.get("before")
    recent = tuple(span for span in absences if until - span.end < LOOK_BACK)
    spans = [[span.start.isoformat(), span.end.isoformat()] for span in recent]
    home.records.keep_state(STATE, {"accounted": until.isoformat(), "before": before_leap, "absences": spans})
    return recent


def requested_pause(home: Home) -> Span | None:
    """Return the last pause of all reminders that the person asked for, over or not."""
    state = home.records.state(PAUSE_STATE)
    return _span([state.get("since"), state.get("until")]) if state else None


def paused_until(home: Home, now: datetime) -> datetime | None:
    """Return when the person's own pause of all reminders ends, None where there is none."""
    pause = requested_pause(home)
    return pause.end if pause and now in pause else None


def pause_changes(home: Home) -> list[datetime]:
    """Return when the last pause that the person asked for began, and when they ended it."""
    state = home.records.state(PAUSE_STATE) or {}
    return [moment for name in ("since", "ended") if (moment := _moment(state.get(name)))]


def _span(pair: Any) -> Span | None:
    try:
        start, end = (datetime.fromisoformat(text) for text in pair)
    except (TypeError, ValueError):
        return None
    return Span(start, end) if start.tzinfo and end.tzinfo else None


def _moment(text: Any) -> datetime | None:
    span = _span([text, text])
    return span.start if span else None
