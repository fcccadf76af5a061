"""Doors to parts that are still on their way: each is used once it is there."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def autostart() -> Any:
    """Return the module that starts the agent with the desktop; None where it is not there."""
    name = "coach.remind.autostart"
    return import_module(name) if find_spec(name) else None
