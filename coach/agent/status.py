"""How the owner of reminders is, for ``coach agent status``: who, since when, and what troubles it."""

from contextlib import suppress
from pathlib import Path

import msgspec

from coach.errors import CoachError
from coach.places import Places
from coach.records.lock import holder_of


class StatusDocument(msgspec.Struct, frozen=True):
    """What the owner of reminders writes about itself; nothing about health."""

    trouble: str | None = None
    channel: str | None = None


class AgentStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The owner of reminders as others see it."""

    running: bool
    pid: int | None = None
    by: str | None = None
    """``agent`` or ``ui``."""
    since: str | None = None
    channel: str | None = None
    """The channel that showed the last popup."""
    trouble: str | None = None
    """What went wrong last; None where all is well."""


class StatusNote:
    """Where the owner notes how it is, each time that changes."""

    def __init__(self, places: Places) -> None:
        """Note under ``places``."""
        self._places = places
        self._last: StatusDocument | None = None

    def write(self, *, trouble: str | None, channel: str | None) -> None:
        """Note how it is; where nothing can be written, the log is the last to know."""
        from coach.records import write_private

        document = StatusDocument(trouble, channel)
        if document != self._last:
            with suppress(CoachError):
                write_private(_path(self._places), msgspec.json.encode(document), durable=False)
                self._last = document


def agent_status(places: Places) -> AgentStatus:
    """Return who keeps the reminders, and how it is."""
    holder = holder_of(places.agent_lock())
    if holder is None:
        return AgentStatus(running=False)
    document = StatusDocument()
    with suppress(OSError, msgspec.DecodeError):
        document = msgspec.json.decode(_path(places).read_bytes(), type=StatusDocument)
    return AgentStatus(
        running=True, pid=holder.pid or None, by=holder.by, since=holder.since or None,
        channel=document.channel, trouble=document.trouble,
    )  # fmt: skip


def _path(places: Places) -> Path:
    return places.cache / "agent.json"
