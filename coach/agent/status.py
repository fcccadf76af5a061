"""How the owner of reminders is: who, since when, by what it would call now, and what troubles it.

The owner writes it into a small file whenever it changes, and at once when it is asked (``ask_agent``): only it knows
whether its own connection to the desktop still works.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

import msgspec

from coach.domain.reminders.reminder import ChannelName
from coach.errors import CoachError
from coach.places import Places
from coach.records.lock import holder_of
from coach.regular_file import read_regular

ASK_S = 8.0
"""How long to wait for the answer: the owner looks every two seconds, and may itself be waiting for the desktop."""
_POLL_S = 0.03


Question = Literal["check", "show", "break"]
"""What the owner is asked: whether a popup would come, to show one, or to lead a break."""


LedBy = Literal["popups", "screen"]


class StatusDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What the owner of reminders writes about itself; nothing about health."""

    trouble: str | None = None
    channel: str | None = None
    """The channel that showed the last popup."""
    reaches: str | None = None
    """The channel that would show a popup now, as it answered when it was last asked; None where none does."""
    held: str | None = None
    """Why popups are held back now, such as ``do-not-disturb``."""
    sound: bool = False
    """Whether a tone can be played."""
    answered: str = ""
    """The last question that this answers."""
    test_channel: ChannelName | None = None
    """The channel that showed the popup that was asked for last; None where none did."""
    test_why: str | None = None
    led_by: LedBy | None = None
    """Where the break is led that was asked for last; None where it is not."""


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
    reaches: str | None = None
    """The channel that would show a popup now; None where none does, or where nobody answers."""
    held: str | None = None
    sound: bool = False
    test_channel: ChannelName | None = None
    """The channel that showed the popup that was asked for; None where none did."""
    test_why: str | None = None
    led_by: LedBy | None = None

    @property
    def calls(self) -> bool:
        """Tell whether a popup would come now."""
        return self.running and self.reaches is not None


class StatusFile:
    """Where the owner writes how it is, and reads that it is asked."""

    def __init__(self, places: Places) -> None:
        """Write under ``places``."""
        self._places = places
        self._last: StatusDocument | None = None
        self._answered = _question(places)
        """Questions of an earlier owner need no answer."""

    def write(self, document: StatusDocument) -> None:
        """Write how it is, where that changed; where nothing can be written, the log is the last to know."""
        from coach.records import write_private
        from coach.records.ownership import refuse_foreign

        document = msgspec.structs.replace(document, answered=self._answered)
        if document != self._last:
            with suppress(CoachError):
                refuse_foreign(self._places.agent_status())
                write_private(self._places.agent_status(), msgspec.json.encode(document), durable=False)
                self._last = document

    def asked(self) -> Question | None:
        """Return what somebody asks anew, None where nobody does; the next ``write`` answers."""
        question = _question(self._places)
        if question in ("", self._answered):
            return None
        self._answered = question
        return next((wanted for wanted in get_args(Question) if question.startswith(f"{wanted} ")), "check")


def agent_status(places: Places) -> AgentStatus:
    """Return who keeps the reminders, and how it was when it last wrote."""
    holder = holder_of(places.agent_lock())
    if holder is None:
        return AgentStatus(running=False)
    document = _read(places)
    return AgentStatus(
        running=True, pid=holder.pid or None, by=holder.by, since=holder.since or None,
        channel=document.channel, trouble=document.trouble, reaches=document.reaches, held=document.held,
        sound=document.sound, test_channel=document.test_channel, test_why=document.test_why,
        led_by=document.led_by,
    )  # fmt: skip


def ask_agent(places: Places, wanted: Question = "check", wait_s: float = ASK_S) -> AgentStatus:
    """Have the owner of reminders try its channels, or show a popup; return how it is then.

    One that does not answer within ``wait_s`` reaches nobody.
    """
    from coach.records import new_id, write_private

    if holder_of(places.agent_lock()) is None:
        return AgentStatus(running=False)
    question = f"{wanted} {new_id()}"
    with suppress(CoachError):
        write_private(_question_path(places), question.encode(), durable=False)
        until = time.monotonic() + wait_s
        while _read(places).answered != question:
            # Looked at each time: an owner that ends meanwhile will not answer any more.
            if time.monotonic() > until or holder_of(places.agent_lock()) is None:
                break
            time.sleep(_POLL_S)
        else:
            return agent_status(places)
    return msgspec.structs.replace(
        agent_status(places), reaches=None, sound=False, trouble="agent.no-answer", test_channel=None, led_by=None
    )


def _read(places: Places) -> StatusDocument:
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(read_regular(places.agent_status()), type=StatusDocument)
    return StatusDocument()


def _question(places: Places) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return read_regular(_question_path(places)).decode("ascii")
    return ""


def _question_path(places: Places) -> Path:
    return places.cache / "agent-asked"
