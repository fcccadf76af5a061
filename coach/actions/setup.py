"""Set-up: the few answers that make the profile, from first run and from ``coach setup`` alike."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from coach.actions.reminders.facts import start_counting
from coach.domain.profile import Profile
from coach.domain.status.clearance import HOLDS
from coach.domain.status.history import Screening
from coach.domain.triage.answers import Tri
from coach.home import Home

Slot = Literal["morning", "break", "evening"]


def set_up(home: Home, now: datetime | None = None, **answers: Any) -> Profile:
    """Keep the given fields of ``coach.domain.profile.Profile`` and mark set-up as done; return it as kept.

    Of two baselines the lower one stays, unless a professional has seen it within 90 days before ``now``. Conditions
    that were given are known.
    """
    if now is not None:
        start_counting(home, now)
    may_rise = "baseline" in answers and now is not None and seen_lately(home, now)
    return home.records.change_profile(lambda old: replace(old, set_up=True, **_fields(old, answers, may_rise)))


def seen_lately(home: Home, now: datetime) -> bool:
    """Tell whether a professional has seen it lately."""
    since = (now - HOLDS).date()
    return any(now - HOLDS <= one.at <= now for one in home.records.history(since=since).seens)


def _fields(old: Profile, answers: Mapping[str, Any], may_rise: bool) -> dict[str, Any]:
    given = dict(answers)
    if given.get("baseline") is not None and old.baseline is not None and not may_rise:
        given["baseline"] = min(given["baseline"], old.baseline)
    if "contexts" in given:
        given["contexts_known"] = True
    if "daily_at" in given:
        given.setdefault("slot", slot_of(given["daily_at"]))
    return given


def slot_of(daily_at: str) -> Slot:
    """Return which routine suits a time of day: slow in the morning, light by day, fuller in the evening."""
    if "04:00" <= daily_at < "10:00":
        return "morning"
    return "break" if "10:00" <= daily_at < "17:00" else "evening"


def screen(home: Home, signs: Mapping[str, Tri], now: datetime) -> Screening:
    """Keep the answers to the emergency and same-day list."""
    from coach.records import new_id

    record = Screening(id=new_id(), at=now, signs=dict(signs))
    home.records.add(record)
    return record
