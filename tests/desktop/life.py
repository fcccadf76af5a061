"""A person's days with the real agent: popups answered or not, absences, commands, changed settings.

An hour and a half of it is a second. Each night the clock leaps to the morning: a machine that sleeps lives no night.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from coach.actions.exercise.session_lock import session_owner
from coach.home import Home
from coach.places import Places
from tests.bench.years import records_of
from tests.desktop.conftest import Machine, wait_for

FIRST = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
"""A Monday morning."""
AWAKE = timedelta(hours=15)
SPEED, WHILE_ASKED, IN_SESSION = 5400, 60, 240
"""How fast the clocks run: most of the time, while a command runs beside the agent, and while one leads a session."""
BEFORE_YEARS = 0.5
"""What was recorded before: more than the agent ever reads, so that what it reads is of one size on every day."""
ANSWERS = ("start", "close", "later", "", "start", "close")
HURTS_EACH = 150
"""Every so many popups are answered with *it hurts*."""
AWAY, BACK = ("idle", "420000"), ("idle", "0")
OF_FAKETIME = re.compile(r"faketime|/clock\b")
"""What the library that moves the clocks opens in the agent."""
Words = tuple[str, ...]


class Holds(NamedTuple):
    """What a process holds at one moment, and what lies in its home."""

    own_kb: int
    """Memory of its own (anonymous), without what it maps from files."""
    resident_kb: int
    cpu_s: float
    """Processor time so far."""
    threads: int
    children: int
    descriptors: Counter[str]
    """How many of each kind."""
    files: frozenset[str]
    home_kb: float


def holds(pid: int, home: Path) -> Holds:
    """Look at the process ``pid`` and at its home."""
    process = Path(f"/proc/{pid}")
    memory = dict(line.split()[:2] for line in (process / "smaps_rollup").read_text().splitlines()[1:])
    times = (process / "stat").read_text().rsplit(") ", 1)[1].split()
    sizes = dict(_files(home))
    return Holds(
        own_kb=int(memory["Anonymous:"]),
        resident_kb=int(memory["Rss:"]),
        cpu_s=(int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"),
        threads=int(times[17]),
        children=len((process / f"task/{pid}/children").read_text().split()),
        descriptors=Counter(name.split(":")[0] for name in _open(process) if not OF_FAKETIME.search(name)),
        files=frozenset(sizes),
        home_kb=sum(sizes.values()) / 1024,
    )


def _open(process: Path) -> Iterator[str]:
    for descriptor in (process / "fd").iterdir():
        with suppress(FileNotFoundError):  # closed since
            yield os.readlink(descriptor)


def _files(home: Path) -> Iterator[tuple[str, int]]:
    for path in home.rglob("*"):
        with suppress(FileNotFoundError):  # put in its place since
            if path.is_file():
                yield str(path.relative_to(home)), path.stat().st_size


class Life:
    """One person at a desk, half a year after they began."""

    def __init__(self, machine: Machine) -> None:
        """Set everything up, and start the agent."""
        self.machine = machine
        self.server = machine.server("org.freedesktop.Notifications", "org.gnome.Mutter.IdleMonitor")
        self.refused: list[str] = []
        """What commands said that did not do what they were asked."""
        self._seen = 0
        self._answered = 0
        _play_sounds(machine)
        self.home = Home(Places(machine.home, machine.home, machine.home / "cache", machine.home))
        self.home.records.add(*records_of(BEFORE_YEARS, FIRST))
        self._live(FIRST, WHILE_ASKED)
        self._ask(("setup", "--yes"))
        self.agent = machine.agent(self.machine.lived())

    def evenings(self, days: int) -> Iterator[Holds]:
        """Live so many days, and yield what the agent holds at the end of each."""
        for number in range(days):
            morning = FIRST + timedelta(days=number)
            self._live(max(self.now(), morning), SPEED)
            for at, words in sorted(_day(number)):
                self._until(morning.replace(hour=int(at[:2]), minute=int(at[3:])))
                self._ask(words)
            self._until(morning + AWAKE)
            wait_for(lambda: session_owner(self.home) is None)
            self._live(self.now(), WHILE_ASKED)
            yield holds(self.agent.pid, self.machine.home)

    def now(self) -> datetime:
        """Return what the agent's clock says."""
        return self._from + timedelta(seconds=(time.monotonic() - self._since) * self._speed)

    def _live(self, moment: datetime, speed: int) -> None:
        """Have both clocks of the agent go on from ``moment``."""
        self.machine.clock(f"@{moment:%Y-%m-%d %H:%M:%S} x{speed}")
        self._from, self._since, self._speed = moment, time.monotonic(), speed

    def _until(self, moment: datetime) -> None:
        while self.now() < moment:
            time.sleep(0.02)
            shown = self.server.shown
            for popup in shown[self._seen :]:
                self._answer(popup)
            self._seen = len(shown)

    def _answer(self, popup: dict[str, Any]) -> None:
        if "later" not in popup["keys"]:
            return
        self._answered += 1
        answer = ANSWERS[self._answered % len(ANSWERS)] if self._answered % HURTS_EACH else "hurts"
        if answer:
            self.server.tell(f"close {popup['number']}" if answer == "close" else f"press {popup['number']} {answer}")

    def _ask(self, words: Words) -> None:
        """Run a command in the agent's time; a minute passes before and after, as no clock may ever go back."""
        if words[0] == "idle":
            self.server.tell(" ".join(words))
            return
        speed = IN_SESSION if words[0] == "start" else WHILE_ASKED
        self._live(self.now() + timedelta(minutes=1), speed)
        ran = subprocess.run(
            [sys.executable, "-m", "coach", *words],
            env=self.machine.lived(),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        if ran.returncode:
            self.refused.append(f"{' '.join(words)}: {ran.stderr.strip()}")
        self._live(self.now() + timedelta(minutes=1), SPEED)


def _day(number: int) -> Iterator[tuple[str, Words]]:
    """Yield what the person does on a day, and when."""
    for hour, minute in ((10, 5), (12, 20), (15, 30), (17, 25)):
        yield f"{hour}:{minute:02}", AWAY
        yield f"{hour}:{minute + 18}", BACK
    yield "08:10", ("check-in", "--rest", "0", "--walking", str(number % 3), "--none-of-the-signs")
    yield "11:00", ("snooze", "10m")
    yield "16:40", ("ice", "start", "15", "--none-of-the-conditions")
    yield "19:00", ("habit", "yes") if number % 14 else ("habit", "choose", "crossed-legs")
    if number % 2:
        yield "20:30", ("start", "--plain")
    if number % 7 == 2:
        yield "09:30", ("pause", "1h")
        yield "10:10", ("resume",)
    yield from _changes(number)


def _changes(number: int) -> Iterator[tuple[str, Words]]:
    """Yield the changes of settings of a day."""
    if number % 5 == 1:
        yield "14:00", ("reminders", "add", "--id", "tea", "--kind", "custom", "--at", "15:00", "--text", "Tea")
    if number % 5 == 2:
        yield "14:00", ("reminders", "edit", "desk-break", "--every", "45m" if number % 2 else "50m")
    if number % 5 == 3:
        yield "14:00", ("reminders", "remove", "tea")


def _play_sounds(machine: Machine) -> None:
    """Give the machine a player of sounds."""
    player = machine.folder / "bin" / "pw-play"
    player.parent.mkdir()
    player.write_text("#!/bin/sh\nexit 0\n")
    player.chmod(0o700)
    machine.environment["PATH"] = f"{player.parent}:{machine.environment['PATH']}"
