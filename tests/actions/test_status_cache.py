"""``coach status``: what a status bar shows is what the records say, however often it asks."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from coach.actions.status_cache import status_summary, work_out
from coach.home import Home
from coach.words import Words
from tests.helpers import ROOT, Ran

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


def status(coach: Coach) -> dict[str, Any]:
    """Return the status as scripts read it."""
    found: dict[str, Any] = coach("status", "--json").json()
    return found


def test_every_change_is_seen_at_once(coach: Coach, at: At) -> None:
    """A check-in, *it hurts*, a reminder taken away: the next question already knows."""
    at("2026-11-23T09:00+09:00")
    assert status(coach)["asked"] is False
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    assert status(coach)["headline"] == "go"
    coach("check-in", "--walking", "7", "--none-of-the-signs")
    assert status(coach)["pause"] == {"reason": "pain-high", "until": "2026-11-25T09:00:00+09:00"}
    before = status(coach)["next_reminder"]["id"]
    coach("reminders", "remove", before)
    assert status(coach)["next_reminder"]["id"] != before


def test_reminders_that_were_asked_to_rest_are_told_with_their_end(coach: Coach, at: At) -> None:
    """*Pause 2h* shows when it ends, and no longer once it has ended."""
    at("2026-11-23T09:00+09:00")
    coach("pause", "2h")
    assert status(coach)["pause"] == {"reason": "reminders", "until": "2026-11-23T11:00:00+09:00"}
    assert "11:00" in coach("status").out
    at("2026-11-23T11:00+09:00")
    assert status(coach)["pause"] is None


def test_time_alone_changes_it_too(coach: Coach, at: At) -> None:
    """After *it hurts* the day rests, eight hours at least; then it is gentle, although no file changed."""
    at("2026-11-23T23:58+09:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    coach("hurts")
    assert status(coach)["activity"] == "pause"
    at("2026-11-24T07:57:30+09:00")
    assert status(coach)["activity"] == "pause"
    at("2026-11-24T07:58:30+09:00")
    assert status(coach)["activity"] == "gentle"


def test_the_next_reminder_moves_on_when_it_is_due(coach: Coach, at: At, home: Home) -> None:
    """What is past is never next."""
    now = at("2026-11-23T09:49:59+00:00")
    first = status_summary(home, now).due
    assert first is not None
    later = status_summary(home, first)
    assert later.due is not None
    assert later.due > first


def test_a_clock_set_back_is_not_answered_from_the_future(at: At, home: Home) -> None:
    """What was worked out later than now is worked out anew."""
    late = at("2026-11-23T09:00+00:00")
    status_summary(home, late)
    early = at("2026-11-22T09:00+00:00")
    assert status_summary(home, early) == work_out(home, early)


@pytest.mark.parametrize("content", [b"", b"\0" * 9, b"[]", b"{}", b'{"of": 1}', b"[" * 99_999], ids=len)
def test_a_damaged_copy_is_no_matter(home: Home, at: At, content: bytes) -> None:
    """It can be made again, so it is."""
    now = at("2026-11-23T09:00+00:00")
    expected = status_summary(home, now)
    (home.places.cache / "status.json").write_bytes(content)
    assert status_summary(home, now) == expected


def test_it_loads_neither_the_screen_nor_the_scheduler() -> None:
    """Nor, once it is known, the records and the rules: that is what makes it quick."""
    code = (
        "import sys; from coach.cli import main; main(['status']);"
        "heavy = ('textual', 'apscheduler', 'tinydb', 'msgspec', 'coach.domain.status.status');"
        "print(*(name for name in heavy if name in sys.modules))"
    )
    for expected in ("tinydb msgspec coach.domain.status.status", ""):
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
        assert ran.stdout.splitlines()[1] == expected


def test_ice_that_a_sign_forbids_is_to_be_taken_off_at_once(coach: Coach, at: At) -> None:
    """The line and the JSON say so as soon as the sign is told, and as long as nobody said that the ice is off."""
    at("2026-11-23T09:00+09:00")
    coach("ice", "start", "15", "--none-of-the-conditions")
    assert status(coach)["ice"] == {"ends_at": "2026-11-23T09:15:00+09:00", "take_off": False}
    at("2026-11-23T09:02+09:00")
    coach("check-in", "--walking", "2", "--sign", "one-leg-swollen-warm", "--none-of-the-signs")
    assert status(coach)["ice"] == {"ends_at": "2026-11-23T09:02:00+09:00", "take_off": True}
    at("2026-11-23T09:08+09:00")
    assert status(coach)["ice"]["take_off"] is True
    assert Words("en")("kind.ice-end") in coach("status").out
    assert "09:15" not in coach("status").out
    coach("ice", "stop")
    assert status(coach)["ice"] is None
