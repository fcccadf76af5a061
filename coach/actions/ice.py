"""The icing timer: recorded when it begins; its end is a deadline on the wall clock that the agent watches."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.domain.ice import DEFAULT_MINUTES, IceState, ice_slots, ice_state, icings
from coach.domain.reminders.slots import Slot
from coach.domain.status.history import History, Ice, IceEnd
from coach.domain.triage.answers import Tri
from coach.errors import CoachError
from coach.home import Home


class IceRefusedError(CoachError):
    """No icing may begin now; ``state`` says why and when again."""

    def __init__(self, state: IceState) -> None:
        """Keep the state that refused it."""
        again = state.next_at.strftime("%H:%M") if state.next_at else ""
        super().__init__(f"ice.refused.{state.why}", time=again)
        self.state = state


def ice(home: Home, now: datetime) -> IceState:
    """Return whether an icing may begin now, and what is running."""
    from coach.actions.status.current import recent
    from coach.domain.status.status import current_status

    history, profile = recent(home, now), home.profile
    return ice_state(history, profile, current_status(history, profile, home.content.rules, now), now)


def start_ice(home: Home, minutes: int = DEFAULT_MINUTES, *, now: datetime) -> Ice:
    """Note an icing of ``minutes`` from ``now``; IceRefusedError with the reason and the time where it may not be."""
    from coach.records import new_id

    state = ice(home, now)
    if not state.allowed:
        raise IceRefusedError(state)
    record = Ice(id=new_id(), at=now, minutes=minutes)
    home.records.add(record)
    return record


def stop_ice(home: Home, now: datetime, skin: str | None = None) -> IceEnd:
    """Note that the ice came off; ``skin`` is what was seen."""
    from coach.records import new_id

    state = ice(home, now)
    if state.running is None:
        raise CoachError("ice.none-running")
    record = IceEnd(id=new_id(), at=now, ice=state.running.ice.id, outcome="stopped", skin=skin)
    home.records.add(record)
    return record


def coming_calls(home: Home, now: datetime) -> tuple[Slot, ...]:
    """Return the calls of every icing that was not ended yet."""
    return tuple(ice_slots(_since_yesterday(home, now), now))


def note_end_called(home: Home, ends_at: datetime, now: datetime) -> None:
    """Note that the icing that ends at ``ends_at`` is over, as the person was called."""
    from coach.records import new_id

    history = _since_yesterday(home, now)
    ended = {end.ice for end in history.ice_ends}
    for icing in icings(history, now):
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


def who_calls(home: Home) -> bool:
    """Start the agent where none runs; tell whether something will call at the end."""
    from coach.agent.control import start_agent
    from coach.records.lock import holder_of

    if holder_of(home.places.agent_lock()) is None:
        with suppress(CoachError):
            start_agent(home.places)
    return holder_of(home.places.agent_lock()) is not None
