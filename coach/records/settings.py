"""The settings as they stand in ``profile.json``: checked field by field, and repaired from their copy."""

import re
from typing import Any

import msgspec

from coach.domain.profile import Profile
from coach.domain.reminders.reminder import Between
from coach.records.schema import DamagedError, stamped

Values = dict[str, Any]
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def profile_of(values: Values) -> Profile:
    """Return the settings that ``values`` hold; raises ``DamagedError`` where a field is not what it should be."""
    try:
        profile = msgspec.convert(values, Profile)
    except msgspec.ValidationError as error:
        raise DamagedError(str(error)) from error
    if not all(_TIME.fullmatch(time) for time in _times(profile)):
        raise DamagedError("not a time of day")
    return profile


def _times(profile: Profile) -> list[str]:
    reminders = profile.reminders or ()
    spans: list[Between | None] = [profile.work, profile.quiet, *(one.between for one in reminders)]
    hours = [time for span in spans if span for time in (span.start, span.end)]
    return [profile.daily_at, *hours, *(one.at for one in reminders if one.at is not None)]


def values_of(profile: Profile, before: Values) -> Values:
    """Return what to keep for ``profile``: its fields, over whatever else a newer version had left in ``before``."""
    values: Values = _over(before, msgspec.to_builtins(profile))
    return stamped(values)


def _over(before: Any, now: Any) -> Any:
    """Lay ``now`` over ``before``; keys that ``now`` does not know stay, in the entries of a list (by ``id``) too."""
    if isinstance(before, dict) and isinstance(now, dict):
        return {**before, **{key: _over(before.get(key), value) for key, value in now.items()}}
    if isinstance(before, list) and isinstance(now, list | tuple):
        known = {one["id"]: one for one in before if isinstance(one, dict) and isinstance(one.get("id"), str)}
        return [_over(known.get(one.get("id")), one) if isinstance(one, dict) else one for one in now]
    return now


def repair(found: Values, copy: Values) -> Values:
    """Return settings made of the fields that are right in ``found``, else of those that are right in ``copy``.

    Where neither tells the conditions, they are not known: the program is careful, and asks again.
    """
    kept: Values = {}
    for name in Profile.__struct_fields__:
        for values in (found, copy):
            if name in values and _is_right(name, values[name]):
                kept[name] = values[name]
                break
    unknown = {key: value for key, value in {**copy, **found}.items() if key not in Profile.__struct_fields__}
    if "contexts" not in kept:
        kept["contexts_known"] = False
    return {**unknown, **kept}


def _is_right(name: str, value: Any) -> bool:
    try:
        profile_of({name: value})
    except DamagedError:
        return False
    return True
