"""The settings as they stand in ``profile.json``: checked field by field, and repaired from their copy."""

import re
from typing import Any

import msgspec

from coach.domain.profile import Profile
from coach.domain.reminders.reminder import Between
from coach.records.file_format import Values, with_schema
from coach.records.safe_file import DamagedError

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
    spans: list[Between | None] = [profile.work, profile.quiet, *(reminder.between for reminder in reminders)]
    hours = [time for span in spans if span for time in (span.start, span.end)]
    return [profile.daily_at, *hours, *(reminder.at for reminder in reminders if reminder.at is not None)]


def values_of(profile: Profile, before: Values) -> Values:
    """Return what to keep for ``profile``: its fields, over whatever else a newer version had left in ``before``."""
    values: Values = _merged(before, msgspec.to_builtins(profile))
    return with_schema(values)


def _merged(before: Any, now: Any) -> Any:
    """Return ``now`` with the keys of ``before`` that it lacks, in the entries of a list (by ``id``) too."""
    if isinstance(before, dict) and isinstance(now, dict):
        return {**before, **{key: _merged(before.get(key), value) for key, value in now.items()}}
    if isinstance(before, list) and isinstance(now, list | tuple):
        by_id = {entry["id"]: entry for entry in before if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
        return [_merged(by_id.get(entry.get("id")), entry) if isinstance(entry, dict) else entry for entry in now]
    return now


def repair_settings(damaged: Values, copy: Values) -> Values:
    """Return settings made of the fields that are right in ``damaged``, else of those that are right in ``copy``.

    Where neither tells the conditions, they are not known: the program is careful, and asks again.
    """
    fields: Values = {}
    for name in Profile.__struct_fields__:
        for values in (damaged, copy):
            if name in values and _is_right(name, values[name]):
                fields[name] = values[name]
                break
    if "contexts" not in fields:
        fields["contexts_known"] = False
    # What a newer version put there is none of ours to judge: it stays.
    others = {key: value for key, value in {**copy, **damaged}.items() if key not in Profile.__struct_fields__}
    return {**others, **fields}


def _is_right(name: str, value: Any) -> bool:
    try:
        profile_of({name: value})
    except DamagedError:
        return False
    return True
