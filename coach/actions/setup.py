"""Set-up: the few answers that make the profile, from first run, ``coach setup`` and the settings alike."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from coach import clock
from coach.actions.reminders.facts import start_counting
from coach.actions.status.background import note_background
from coach.domain.goals import with_texts
from coach.domain.profile import Profile
from coach.domain.status.history import Screening
from coach.domain.triage.answers import Tri
from coach.home import Home

Slot = Literal["morning", "break", "evening"]


def set_up(home: Home, now: datetime | None = None, **answers: Any) -> Profile:
    """Save ``answers`` (fields of ``Profile``; goals as their texts) and mark set-up as done; return it as saved.

    Of two baselines the lower one stays: only a visit raises it. Conditions that were answered are known.
    """
    if now is not None:
        start_counting(home, now)
    moment = now or clock.now()
    profile = home.records.change_profile(lambda old: replace(old, set_up=True, **_fields(old, answers, moment)))
    note_background(home, moment)
    return profile


def change_settings(home: Home, **fields: Any) -> bool:
    """Save fields of the profile, under the rules of ``set_up``; False where nothing changed."""
    old = home.profile
    now = clock.now()
    if all(getattr(old, name) == value for name, value in _fields(old, fields, now).items()):
        return False
    home.records.change_profile(lambda old: replace(old, **_fields(old, fields, now)))
    note_background(home, now)
    return True


def _fields(old: Profile, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    fields = dict(answers)
    if old.baseline is not None and "baseline" in fields:
        lowest = [points for points in (fields["baseline"], old.baseline) if points is not None]
        fields["baseline"] = min(lowest)
    if "contexts" in fields:
        fields["contexts_known"] = True
    if "goals" in fields:
        fields["goals"] = with_texts(old.goals, fields["goals"], now)
    if "daily_at" in fields:
        fields.setdefault("slot", slot_of(fields["daily_at"]))
    return fields


def slot_of(daily_at: str) -> Slot:
    """Return which routine suits a time of day: slow in the morning, light by day, fuller in the evening."""
    if "04:00" <= daily_at < "10:00":
        return "morning"
    return "break" if "10:00" <= daily_at < "17:00" else "evening"


def screen(home: Home, signs: Mapping[str, Tri], now: datetime) -> Screening:
    """Save answers to signs asked outside a check-in: the emergency and same-day list, or those of once a year."""
    from coach.records import new_id

    record = Screening(id=new_id(), at=now, signs=dict(signs))
    home.records.add(record)
    return record
