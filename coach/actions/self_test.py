"""Proves what works on this machine, each thing by doing it, and says what to do where it does not."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from coach import clock
from coach.actions.terminal import cells_of, colours
from coach.errors import CoachError, DataError
from coach.home import Home
from coach.words import Words
from coach.words.system import error_text


class Proof(msgspec.Struct, frozen=True):
    """One thing that was tried, and how it went, in the person's language."""

    name: str
    ok: bool
    text: str


VOICE_S = 10.0
"""How long a machine may take to say a few words."""
WIDE = "膝の裏"
"""Letters that take two cells each."""
Try = Callable[[Home, Words], str]
"""Tries one thing; returns what was found, raises ``CoachError`` with what to do where it fails."""


def self_test(home: Home, words: Words, popup: Try) -> Iterator[Proof]:
    """Yield one proof after the other, as they are tried; ``popup`` shows one by the channels of this machine."""
    for name, attempt in (*BEFORE_POPUP.items(), ("popup", popup), *AFTER_POPUP.items()):
        try:
            yield Proof(name, ok=True, text=attempt(home, words))
        except DataError as error:
            yield Proof(name, ok=False, text=error.problems[0] if error.problems else error_text(error, words))
        except CoachError as error:
            yield Proof(name, ok=False, text=error_text(error, words))


def _places(home: Home, words: Words) -> str:
    for folder in home.places.all():
        if folder.exists() and not _is_private(folder):
            raise CoachError("selftest.places.open", path=str(folder))
    return words("selftest.places.ok", paths=", ".join(map(str, home.places.all())))


def _is_private(folder: Path) -> bool:
    return os.name != "posix" or not stat.S_IMODE(folder.stat().st_mode) & 0o077


def _records(home: Home, words: Words) -> str:
    """Write a small document for good, read it back through a door of its own, and remove it."""
    document = {"at": clock.now().isoformat()}
    home.records.keep_state("self-test", document)
    read_back = Home(home.places).records.state("self-test")
    home.records.clear_state("self-test")
    if read_back != document:
        raise CoachError("selftest.records.differs", path=str(home.places.data))
    return words("selftest.records.ok", n=sum(1 for _ in home.records.history().records()))


def _content(home: Home, words: Words) -> str:
    content = home.content
    stretches, routines = [*content.stretches.values()], [*content.routines.values()]
    names = {
        **{stretch.id: stretch.name for stretch in stretches},
        **{routine.id: routine.name for routine in routines},
    }
    missing = [item_id for item_id, name in names.items() if not words.pick(name)]
    if missing or not content.learn(words.language):
        raise CoachError("selftest.content.missing", what=", ".join(missing))
    signs = len(content.rules.signs)
    return words("selftest.content.ok", stretches=len(stretches), routines=len(routines), signs=signs)


def _terminal(home: Home, words: Words) -> str:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if not encoding.startswith("utf"):
        raise CoachError("selftest.terminal.letters", encoding=sys.stdout.encoding or "?")
    if not sys.stdout.isatty():
        return words("selftest.terminal.none")
    size = os.get_terminal_size(sys.stdout.fileno())
    if size.columns < 60 or size.lines < 20:
        raise CoachError("selftest.terminal.small", columns=size.columns, lines=size.lines)
    cells = cells_of(WIDE)
    if cells is not None and cells != 2 * len(WIDE):
        raise CoachError("selftest.terminal.width", text=WIDE, cells=cells)
    answered = "silent" if cells is None else "answers"
    size_text = words("selftest.terminal.ok", columns=size.columns, lines=size.lines)
    return f"{size_text} {words(f'selftest.terminal.colours.{colours()}')} {words(f'selftest.terminal.{answered}')}"


def _clock(home: Home, words: Words) -> str:
    now = clock.now()
    if not 2024 <= now.year <= 2100:
        raise CoachError("selftest.clock.far", now=f"{now:%Y-%m-%d %H:%M}")
    return words("selftest.clock.ok", now=f"{now:%Y-%m-%d %H:%M}", zone=clock.zone().key)


def _voice(home: Home, words: Words) -> str:
    """Say a few words aloud; a machine without a voice is no fault, as everything spoken is also written."""
    import subprocess

    from coach.voice import programs

    command = programs.speaker(words.language)
    if command is None:
        return words("selftest.voice.none")
    try:
        spoke = subprocess.run(
            command, input=words("selftest.voice.sentence").encode(), capture_output=True, check=False, timeout=VOICE_S
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        spoke = 1
    return words(f"selftest.voice.{'silent' if spoke else 'ok'}", program=command[0])


def _agent(home: Home, words: Words) -> str:
    from coach.agent.status import ask_agent

    status = ask_agent(home.places)
    if status.trouble:
        trouble = words(status.trouble) if words.has(status.trouble) else status.trouble
        raise CoachError("selftest.agent.trouble", trouble=trouble, log=str(home.places.agent_log()))
    if not status.running:
        return words("selftest.agent.none")
    return words(f"selftest.agent.{'screen' if status.by == 'ui' else 'ok'}", pid=status.pid or 0)


def _autostart(home: Home, words: Words) -> str:
    from coach.agent import autostart

    if obstacle := autostart.obstacle():
        why = words(f"agent.autostart.{obstacle}")
        raise CoachError("agent.autostart.broken", path=str(autostart.file_of()), why=why)
    if autostart.enabled():
        return words("selftest.autostart.ok", path=str(autostart.file_of()))
    return words("selftest.autostart.none")


BEFORE_POPUP: dict[str, Try] = {
    "places": _places,
    "records": _records,
    "content": _content,
    "clock": _clock,
    "terminal": _terminal,
}
AFTER_POPUP: dict[str, Try] = {
    "voice": _voice,
    "agent": _agent,
    "autostart": _autostart,
}
