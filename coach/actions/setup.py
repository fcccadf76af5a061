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
    """Save ``answers`` (fields of ``Profile``) and mark set-up as done; return the profile as saved.

    Of two baselines the lower one stays, unless a professional has seen it within 90 days before ``now``. Conditions
    that were answered are known.
    """
    if now is not None:
        start_counting(home, now)
    may_rise = "baseline" in answers and now is not None and seen_lately(home, now)
    return home.records.change_profile(lambda old: replace(old, set_up=True, **_fields(old, answers, may_rise)))


def change_settings(home: Home, **fields: Any) -> bool:
    """Keep the given fields of the profile; False where they were the same before, and nothing was written."""
    if all(getattr(home.profile, name) == value for name, value in fields.items()):
        return False
    home.records.change_profile(lambda old: replace(old, **fields))
    return True


def seen_lately(home: Home, now: datetime) -> bool:
    """Tell whether a professional has seen it lately."""
    since = (now - HOLDS).date()
    return any(now - HOLDS <= visit.at <= now for visit in home.records.history(since=since).seens)


def _fields(old: Profile, answers: Mapping[str, Any], may_rise: bool) -> dict[str, Any]:
    fields = dict(answers)
    if fields.get("baseline") is not None and old.baseline is not None and not may_rise:
        fields["baseline"] = min(fields["baseline"], old.baseline)
    if "contexts" in fields:
        fields["contexts_known"] = True
    if "daily_at" in fields:
        fields.setdefault("slot", slot_of(fields["daily_at"]))
    return fields


def slot_of(daily_at: str) -> Slot:
    """Return which routine suits a time of day: slow in the morning, light by day, fuller in the evening."""
    if "04:00" <= daily_at < "10:00":
        return "morning"
    return "break" if "10:00" <= daily_at < "17:00" else "evening"


def screen(home: Home, signs: Mapping[str, Tri], now: datetime) -> Screening:
    """Save the answers to the emergency and same-day list."""
    from coach.records import new_id

    record = Screening(id=new_id(), at=now, signs=dict(signs))
    home.records.add(record)
    return record
