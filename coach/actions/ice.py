"""The icing timer: recorded when it begins; its end is a deadline on the wall clock that the agent watches."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from coach.domain.ice import DEFAULT_MINUTES, IceState, begun_icings, ice_slots, ice_state
from coach.domain.reminders.slots import Slot
from coach.domain.status.history import History, Ice, IceEnd
from coach.domain.status.wall_clock import local
from coach.domain.triage.answers import Tri
from coach.errors import CoachError
from coach.home import Home, exclusive

EndCall = Literal["called", "held", "tone", "nobody"]
"""How the end of an icing will be called: by a popup; by one that the desktop may hold back, and a tone; by a tone
alone; by nobody. Names sentences of the catalogue (``ice.end-call.…``)."""


class IceRefusedError(CoachError):
    """No icing may begin now; ``state`` says why and when again."""

    def __init__(self, state: IceState, now: datetime) -> None:
        """Keep the state that refused it at ``now``."""
        if state.next_at is None:
            super().__init__(f"ice.why.{state.why}", sign=state.sign.short if state.sign else "")
        else:
            super().__init__(f"ice.refused.{state.why}", time=f"{local(state.next_at, now):%H:%M}")
        self.state = state


def ice(home: Home, now: datetime) -> IceState:
    """Return whether an icing may begin now, and what is running."""
    from coach.actions.status.current import recent
    from coach.domain.status.status import current_status

    history, profile = recent(home, now), home.profile
    return ice_state(history, profile, current_status(history, profile, home.content.rules, now), now)


@exclusive
def start_ice(home: Home, minutes: int = DEFAULT_MINUTES, *, now: datetime) -> Ice:
    """Note an icing of ``minutes`` from ``now``; IceRefusedError with the reason and the time where it may not be."""
    from coach.records import new_id

    state = ice(home, now)
    if not state.allowed:
        raise IceRefusedError(state, now)
    record = Ice(id=new_id(), at=now, minutes=minutes)
    home.records.add(record)
    return record


@exclusive
def stop_ice(home: Home, now: datetime, skin: str | None = None) -> IceEnd:
    """Note that the ice came off, in time or late; ``skin`` is what was seen."""
    from coach.records import new_id

    state = ice(home, now)
    icing = state.running or state.overdue
    if icing is None:
        raise CoachError("ice.none-running")
    outcome: Literal["done", "stopped"] = "stopped" if state.running else "done"
    record = IceEnd(id=new_id(), at=now, ice=icing.ice.id, outcome=outcome, skin=skin)
    home.records.add(record)
    return record


def coming_calls(home: Home, now: datetime) -> tuple[Slot, ...]:
    """Return the calls of every icing that was not ended yet."""
    return tuple(ice_slots(_since_yesterday(home, now), now))


@exclusive
def note_end_seen(home: Home, ends_at: datetime, now: datetime) -> None:
    """Note that the icing that ends at ``ends_at`` is over, as the person saw the call."""
    from coach.records import new_id

    history = _since_yesterday(home, now)
    ended = {end.ice for end in history.ice_ends}
    for icing in begun_icings(history, now):
        if icing.ends_at == ends_at and icing.ice.id not in ended:
            home.records.add(IceEnd(id=new_id(), at=now, ice=icing.ice.id))


def _since_yesterday(home: Home, now: datetime) -> History:
    return home.records.history((now - timedelta(days=1)).date())


def answer_conditions(home: Home, answers: Mapping[str, Tri] | Tri) -> None:
    """Save the answers to the conditions that forbid ice, by id; a single answer is that of all."""
    if isinstance(answers, str):
        answers = dict.fromkeys((condition.id for condition in home.content.icing.conditions), answers)
    by_id = dict(answers)
    home.records.change_profile(lambda old: replace(old, ice_conditions=by_id))


def how_called(home: Home) -> EndCall:
    """Start the agent where none runs, have it try its channels, and tell how the end would be called."""
    from coach.agent.control import ensure_agent
    from coach.agent.status import ask_agent

    ensure_agent(home.places)
    agent = ask_agent(home.places)
    if agent.calls:
        return "called" if agent.held is None else "held"
    return "tone" if agent.sound else "nobody"
