"""Whether an icing may begin now, and when again: the strictest common core of what the sources allow."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.guidance import Figure, Localized
from coach.domain.profile import Profile
from coach.domain.reminders.reminder import ICE_ID
from coach.domain.reminders.slots import Slot, SlotKind, make_slot
from coach.domain.status.elapsed import minute
from coach.domain.status.history import History, Ice
from coach.domain.status.status import Status
from coach.domain.triage.rules import Sign


class IceLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One condition, one rule, one stop sign, or one thing to look for on the skin."""

    id: str
    text: Localized
    source: tuple[str, ...]


class IceGuidance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How cold is used (``routines/icing.toml``), in words; this module keeps the times."""

    conditions: tuple[IceLine, ...]
    """Conditions for which one asks a professional before icing."""
    rules: tuple[IceLine, ...]
    skin_checks: tuple[IceLine, ...]
    stop_signs: tuple[IceLine, ...]
    figure: Figure | None = None
    """How one lies while it cools."""
    source: tuple[str, ...]


DEFAULT_MINUTES = 15
MOST_MINUTES = 20
BETWEEN = timedelta(hours=2)
"""From the end of one icing to the beginning of the next."""
A_DAY = timedelta(hours=24)
MOST_A_DAY = 4
"""In any 24 hours."""
LOOK_AT_SKIN = (5, 10)
"""Minutes after which to look at the skin."""
CHECK_CALLED_FOR = timedelta(minutes=3)
"""How late a look at the skin is called at most."""
END_CALLED_FOR = timedelta(hours=12)
"""How late the end is called at most, after a sleep of the machine."""
END_CALLED_AGAIN = timedelta(minutes=1)
MOST_END_CALLS = 10
"""The end is called again until it is seen, so often at most: ice that stays on for half an hour burns."""
NUMB = "numb-or-spreading"
"""The sign for which, yes or unsure, there is no ice, beside those for an emergency or the same day."""
SHORTEST = timedelta(minutes=2)
"""What came off sooner was no icing: it cooled nothing, and no time need lie between it and the next."""


class Icing(msgspec.Struct, frozen=True):
    """One icing, from its beginning to its end."""

    ice: Ice
    ends_at: datetime

    @property
    def at(self) -> datetime:
        """Return when it began."""
        return self.ice.at

    @property
    def counts(self) -> bool:
        """Return whether it was long enough to be an icing."""
        return self.ends_at - self.ice.at >= SHORTEST

    @property
    def minutes(self) -> int:
        """Return how long the ice is on, in begun minutes; less than was set where it came off early."""
        return max(1, -(-(self.ends_at - self.ice.at) // timedelta(minutes=1)))

    def checks_at(self) -> tuple[datetime, ...]:
        """Return when to look at the skin: at 5 and at 10 minutes, where it lasts so long."""
        return tuple(when for m in LOOK_AT_SKIN if (when := self.ice.at + timedelta(minutes=m)) < self.ends_at)


class IceState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an icing may begin at this moment."""

    allowed: bool
    why: str = ""
    """Names a sentence of the catalogue (``ice.why.…``): ``sign``, ``today``, ``numb``, ``not-asked``, ``condition``,
    ``running``, ``too-soon``, ``enough-today``; empty where allowed."""
    sign: Sign | None = None
    """The sign that refuses it, where ``why`` is ``sign``: a calf squeezed by swelling must not be cooled."""
    next_at: datetime | None = None
    """The earliest moment at which it may begin again; None where it may now, or where no time alone will allow it."""
    running: Icing | None = None
    overdue: Icing | None = None
    """One whose time is up, while nobody has said that the ice came off."""
    today: int
    """Icings in the last 24 hours."""

    @property
    def must_come_off(self) -> bool:
        """Return whether ice is on that could not begin now: the sign, or the condition, was told meanwhile."""
        return self.running is not None and self.why in _REFUSALS


_REFUSALS = ("sign", "today", "numb", "condition")
"""Why no ice may be on, whatever the time."""


def ice_state(history: History, profile: Profile, status: Status, now: datetime) -> IceState:
    """Return whether an icing may begin at ``now``."""
    begun = begun_icings(history, now)
    running = next((icing for icing in begun if icing.ice.at <= now < icing.ends_at), None)
    recent = tuple(icing for icing in begun if icing.counts or icing is running)
    ended = {end.ice for end in history.ice_ends}
    late = [icing for icing in begun if icing.ends_at <= now < icing.ends_at + BETWEEN and icing.ice.id not in ended]
    next_at, why = _next(recent, running, now)
    if refusal := _not_at_all(profile, status):
        why, next_at = refusal, None
    today = sum(icing.ice.at > now - A_DAY for icing in recent)
    return IceState(
        allowed=not why,
        why=why,
        sign=_refusing_sign(status) if why == "sign" else None,
        next_at=next_at,
        running=running,
        overdue=late[-1] if late else None,
        today=today,
    )


def icings(history: History) -> Iterator[Icing]:
    """Yield every icing with its end; one that came off within two minutes was none."""
    return (icing for icing in _all_begun(history) if icing.counts)


def begun_icings(history: History, now: datetime) -> tuple[Icing, ...]:
    """Return what was begun and matters now, however short; what is dated more than a day ahead is a clock's slip."""
    return tuple(icing for icing in _all_begun(history) if icing.at <= now + A_DAY)


def _all_begun(history: History) -> Iterator[Icing]:
    stopped = {ice.ice: ice.at for ice in history.ice_ends}
    for ice in history.ices:
        end = ice.at + timedelta(minutes=min(ice.minutes, MOST_MINUTES))
        yield Icing(ice, min(end, stopped.get(ice.id, end)))


def ice_slots(history: History, now: datetime) -> list[Slot]:
    """Return the calls of the icings that nobody ended: looks at the skin, and the end."""
    ended = {end.ice for end in history.ice_ends}
    slots: list[Slot] = []
    for icing in begun_icings(history, now):
        if icing.ice.id not in ended:
            slots += [_call("ice-check", at, CHECK_CALLED_FOR) for at in icing.checks_at()]
            slots.append(_call("ice-end", icing.ends_at, END_CALLED_FOR))
    return slots


def _call(kind: SlotKind, at: datetime, grace: timedelta) -> Slot:
    return replace(make_slot(ICE_ID, kind, at), until=at + grace)


def _next(recent: tuple[Icing, ...], running: Icing | None, now: datetime) -> tuple[datetime | None, str]:
    """Return when it may begin again, and why not before."""
    waits = [("running" if icing is running else "too-soon", icing.ends_at + BETWEEN) for icing in recent]
    begun = sorted(icing.ice.at for icing in recent if icing.ice.at > now - A_DAY)
    if len(begun) >= MOST_A_DAY:
        waits.append(("enough-today", begun[-MOST_A_DAY] + A_DAY))
    why, next_at = max(waits, key=lambda icing: icing[1], default=("", now))
    if minute(next_at) <= minute(now):
        return None, ""
    return next_at, "running" if running else why


def _not_at_all(profile: Profile, status: Status) -> str:
    """Return why no time alone will allow it: a sign or a visit today, conditions not asked, or one that forbids it."""
    if status.urgent_signs:
        return "sign"
    # An ache in the calf beside an earlier clot is no sign of the list, but may be what such a sign tells of.
    if status.advice in ("today", "emergency"):
        return "today"
    if status.signs.get(NUMB, "no") != "no":
        return "numb"
    if profile.ice_conditions is None:
        return "not-asked"
    return "condition" if any(_forbidding(profile)) else ""


def _refusing_sign(status: Status) -> Sign:
    """Return the sign that refuses ice: one that is there before one that one is not sure of."""
    signs = status.urgent_signs
    return next((sign for sign in signs if status.signs.get(sign.id) == "yes"), signs[0])


def _forbidding(profile: Profile) -> Iterator[str]:
    """Yield the conditions answered yes or unsure: a professional is asked first."""
    yield from (condition for condition, answer in (profile.ice_conditions or {}).items() if answer != "no")
