"""Presence: looked at cheaply, unknown taken as unknown, and absences told from short rests."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from coach.remind.presence import LOOK_EVERY_S, Presence
from coach.remind.presence.absence import AbsenceTracker
from coach.remind.presence.systems import mac_idle, parse_ioreg

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_an_absence_is_told_when_it_ends() -> None:
    """Ten minutes without a touch, then one: from the last touch to this one."""
    watch = AbsenceTracker()
    assert watch.see(after(5), 300) is None
    assert watch.ongoing(after(5)) is not None
    assert watch.see(after(10), 600) is None
    ended = watch.see(after(10.5), 0)
    assert ended is not None
    assert (ended.start, ended.end) == (NOON, after(10.5))
    assert watch.ongoing(after(11)) is None


def test_a_short_rest_is_no_absence() -> None:
    """Four minutes of reading are told as a rest that may become one, and then are none."""
    watch = AbsenceTracker()
    assert watch.see(after(4), 240) is None
    assert watch.idle_since == NOON
    assert watch.see(after(4.5), 0) is None
    assert watch.idle_since is None


def test_who_cannot_be_seen_is_not_away() -> None:
    """When the machine can no longer tell, an absence ends where it was last seen."""
    watch = AbsenceTracker()
    watch.see(after(6), 360)
    ended = watch.see(after(7), None)
    assert ended is not None
    assert ended.end == after(6)
    assert watch.idle_since is None


@pytest.mark.parametrize(("idle_s", "is_rare"), [(0.0, True), (59.9, True), (60.0, False), (90.0, False)])
def test_looks_are_rare_while_somebody_is_there(idle_s: float, is_rare: bool) -> None:
    """Present: a look every half minute. Perhaps away, for a minute or more: every heartbeat."""
    presence = Presence([lambda: idle_s])
    presence.look(30)
    assert presence.due(30) is not is_rare
    assert presence.due(30 + LOOK_EVERY_S - 1) is not is_rare
    assert presence.due(30 + LOOK_EVERY_S)


def test_what_fails_is_asked_ever_less_often() -> None:
    """Nobody can tell: the next look is later each time, and the person counts as not known."""

    def fails() -> float:
        raise OSError

    presence = Presence([fails, lambda: None])
    assert presence.look(0) is None
    assert (presence.due(59), presence.due(60)) == (False, True)
    presence.look(60)
    assert (presence.due(179), presence.due(180)) == (False, True)


def test_the_way_that_answers_is_asked_first() -> None:
    """One that failed is not asked while another answers."""
    asked: list[str] = []

    def never() -> float | None:
        asked.append("never")
        return None

    presence = Presence([never, lambda: 1.0])
    presence.look(0)
    presence.look(30)
    assert asked == ["never"]


@pytest.mark.parametrize(
    ("said", "idle"), [('"HIDIdleTime" = 2500000000\n"HIDIdleTime" = 9000000000', 2.5), ("nothing", None)]
)
def test_what_macos_says(said: str, idle: float | None) -> None:
    """Nanoseconds in a tree of devices; the least counts."""
    assert parse_ioreg(said) == idle


def test_macos_is_asked_by_its_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its registry of devices, whatever stands in PATH."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, '"HIDIdleTime" = 4000000000')

    monkeypatch.setattr("coach.remind.presence.systems.subprocess.run", run)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Presence().look(0) == 4.0
    assert [command[0] for command in commands] == ["/usr/sbin/ioreg"]


@pytest.mark.parametrize("error", [subprocess.CalledProcessError(1, "ioreg"), subprocess.TimeoutExpired("ioreg", 2)])
def test_what_macos_does_not_say_is_not_known(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Nobody is taken to sit there because a program failed."""

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("coach.remind.presence.systems.subprocess.run", fails)
    assert mac_idle() is None
