"""Doors to parts that are still on their way: each is used once it is there."""

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from coach.home import Home


def upcoming(home: Home, now: datetime, count: int) -> list[Any]:
    """Return the next reminders."""
    name = "coach.actions.reminders"
    return list(import_module(name).upcoming(home, now, count)) if find_spec(name) else []


def autostart() -> Any:
    """Return the module that starts the agent with the desktop; None where it is not there."""
    name = "coach.remind.autostart"
    return import_module(name) if find_spec(name) else None
