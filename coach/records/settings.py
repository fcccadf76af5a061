"""The settings as they stand in ``profile.json``: checked field by field, and repaired from their copy."""

from collections.abc import Iterator
from typing import Any

import msgspec

from coach.domain.profile import Profile
from coach.domain.reminders.check import faults_of, is_time
from coach.records.file_format import Values, with_schema
from coach.records.safe_file import DamagedError


def profile_of(values: Values) -> Profile:
    """Return the settings that ``values`` hold; raises ``DamagedError`` where a field is not what it should be."""
    try:
        profile = msgspec.convert(values, Profile)
    except (msgspec.ValidationError, OverflowError, RecursionError) as error:
        raise DamagedError(str(error)) from error
    # msgspec knows types, not what a time of day is; a wrong one would crash every look at the reminders.
    if not all(map(is_time, _times(profile))):
        raise DamagedError("not a time of day")
    if faults := faults_of(profile.reminders or ()):
        raise DamagedError(f"reminders that cannot be kept: {sorted(faults)}")
    return profile


def _times(profile: Profile) -> Iterator[str]:
    yield profile.daily_at
    for hours in (profile.work, profile.quiet):
        if hours:
            yield from (hours.start, hours.end)


def values_of(profile: Profile, before: Values) -> Values:
    """Return what to keep for ``profile``: its fields, over whatever else a newer version had left in ``before``."""
    values: Values = _merged(before, msgspec.to_builtins(profile))
    return with_schema(values)


def _merged(before: Any, now: Any) -> Any:
    """Return ``now`` with the keys of ``before`` that it lacks, in the entries of a list (by ``id``) too."""
    if isinstance(before, dict) and isinstance(now, dict):
        return {**before, **{key: _merged(before.get(key), value) for key, value in now.items()}}
    if isinstance(before, list) and isinstance(now, list | tuple):
        # By id, not by place: a reminder that moved up must not inherit what a newer version kept of another.
        by_id = {entry["id"]: entry for entry in before if isinstance(entry, dict) and isinstance(entry.get("id"), str)}
        return [_merged(by_id.get(entry.get("id")), entry) if isinstance(entry, dict) else entry for entry in now]
    return now


def repair_settings(damaged: Values, copy: Values) -> Values:
    """Return settings made of the fields that are right in ``damaged``, else of those that are right in ``copy``.

    Where neither tells the conditions, they are not known: the program is careful, and asks again. Of reminders those
    that can be kept stay.
    """
    fields: Values = {}
    for name in Profile.__struct_fields__:
        for values in (damaged, copy):
            if name in values and _is_right(name, values[name]):
                fields[name] = values[name]
                break
        else:
            if name == "reminders" and isinstance(damaged.get(name), list):
                fields[name] = _usable_reminders(damaged[name])
    if "contexts" not in fields:
        fields["contexts_known"] = False
    # What a newer version put there is none of ours to judge: it stays.
    others = {key: value for key, value in {**copy, **damaged}.items() if key not in Profile.__struct_fields__}
    return {**others, **fields}


def _usable_reminders(entries: list[Any]) -> list[Any]:
    """Return the reminders that can be kept, those without a moment of change from which to count included."""
    usable: list[Any] = []
    for entry in entries:
        without_since = {**entry, "since": None} if isinstance(entry, dict) else entry
        whole = next((each for each in (entry, without_since) if _is_right("reminders", [*usable, each])), None)
        usable += [whole] if whole is not None else []
    return usable


def _is_right(name: str, value: Any) -> bool:
    try:
        profile_of({name: value})
    except DamagedError:
        return False
    return True
