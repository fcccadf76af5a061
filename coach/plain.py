"""Anything as plain JSON values: moments as ISO 8601 with their offset in digits, also where that is zero."""

from datetime import datetime
from typing import Any

import msgspec

from coach.clock import whole_minutes


def plain(value: Any) -> Any:
    """Return ``value`` as what JSON can hold."""
    return _to_json(msgspec.to_builtins(value, builtin_types=(datetime,)))


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return whole_minutes(value).isoformat()
    if isinstance(value, dict):
        return {name: _to_json(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_to_json(inner) for inner in value]
    return value
