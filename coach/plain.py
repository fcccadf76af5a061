"""Anything as plain JSON values: moments as ISO 8601 with their offset in digits, also where that is zero."""

from datetime import datetime
from typing import Any

import msgspec


def plain(value: Any) -> Any:
    """Return ``value`` as what JSON can hold."""
    return _written(msgspec.to_builtins(value, builtin_types=(datetime,)))


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    return value
