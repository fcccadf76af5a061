"""The agent's parts: its lock, its log, what its popups say, and what it never loads."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.actions.habit import choose_habit
from coach.agent.status import StatusDocument, StatusFile, agent_status
from coach.domain.ice import ice_slots
from coach.domain.profile import Profile
from coach.domain.status.history import History, Ice, IceEnd
from coach.home import Home
from coach.places import Places
from coach.records.lock import FileLock, Holder, claim, holder_of
from coach.remind.agent_log import MOST_BYTES, open_log
from coach.remind.wording import hurts_answer_key, question_popup, reminder_popup, words_of
from coach.words import Words
from tests.helpers import ROOT

NOON = datetime.fromisoformat("2026-11-23T12:00:00+09:00")


def test_one_owner_at_a_time(home: Home) -> None:
    """The second learns who the first is; once it lets go, the second may have it."""
    first = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(first, FileLock)
    second = claim(home.places.agent_lock(), "ui", "now")
    assert isinstance(second, Holder)
    assert (second.pid, second.by) == (os.getpid(), "agent")
    first.release()
    assert holder_of(home.places.agent_lock()) is None
    third = claim(home.places.agent_lock(), "ui", "now")
    assert isinstance(third, FileLock)
    third.release()


def test_a_lock_whose_folder_was_erased_stands_no_more(home: Home) -> None:
    """The agent sees that its home is gone, and ends."""
    held = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(held, FileLock)
    assert held.in_place()
    (home.places.data / "agent.lock").unlink()
    assert not held.in_place()
    held.release()


def test_the_log_stays_small_and_private(home: Home) -> None:
    """However much is said, three files of a bounded size, readable by their owner alone."""
    open_log(home.places)
    for _ in range(6000):
        logging.getLogger("coach.agent").info("x" * 200)
    found = sorted(home.places.logs.glob("*.log"))
    assert [path.name for path in found] == ["agent.1.log", "agent.2.log", "agent.log"]
    assert all(path.stat().st_size <= MOST_BYTES and not path.stat().st_mode & 0o077 for path in found)
    logging.getLogger().handlers.clear()


@pytest.fixture
def logging_again() -> Iterator[None]:
    """Give the log back to whom it belonged."""
    top, printing = logging.getLogger(), logging.raiseExceptions
    handlers, level, own = list(top.handlers), top.level, logging.getLogger("coach").level
    yield
    for handler in top.handlers:
        if handler not in handlers:
            handler.close()
    top.handlers[:] = handlers
    top.setLevel(level)
    logging.getLogger("coach").setLevel(own)
    logging.raiseExceptions = printing


def test_the_log_has_what_was_done_and_what_is_wrong(
    home: Home, logging_again: None, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of a library only what is wrong; none of it is printed, whatever a library or a full disk would print."""
    logging.getLogger().addHandler(logging.StreamHandler())
    logging.getLogger().setLevel(logging.DEBUG)
    open_log(home.places)
    logging.getLogger("library").info("so far so good")
    logging.getLogger("library").warning("library trouble")
    logging.getLogger("coach.agent").info("popup shown")
    lines = home.places.agent_log().read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == ["WARNING library trouble", "INFO popup shown"]
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.stream.close()
    handler.stream = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115 -- the handler closes it
    logging.getLogger("coach.agent").info("disk full")
    handler.stream = None
    assert capfd.readouterr() == ("", "")


def test_where_no_log_can_be_kept_the_agent_goes_on(home: Home, logging_again: None, tmp_path: Path) -> None:
    """A reminder is worth more than the line about it."""
    (tmp_path / "file").touch()
    open_log(Places(data=tmp_path, config=tmp_path, cache=tmp_path, logs=tmp_path / "file" / "logs"))
    logging.getLogger("coach.agent").warning("nobody hears it")
    assert [type(handler) for handler in logging.getLogger().handlers] == [logging.NullHandler]


def test_status_tells_of_trouble(home: Home) -> None:
    """What the owner notes is what ``agent status`` says; without an owner there is none."""
    StatusFile(home.places).write(StatusDocument(trouble="no session bus"))
    assert not agent_status(home.places).running
    held = claim(home.places.agent_lock(), "agent", "now")
    assert agent_status(home.places).trouble == "no session bus"
    assert isinstance(held, FileLock)
    held.release()


@pytest.mark.parametrize("kind", ["desk-break", "routine", "check-in", "posture", "custom", "ice-check", "ice-end"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_on_a_shared_screen_no_popup_speaks_of_health(home: Home, kind: str, language: str) -> None:
    """Unless the person chose so, no popup names a knee, pain, or a stretch."""
    home.records.change_profile(lambda old: replace(old, language=language))
    popup = reminder_popup(home, kind, None, NOON)  # type: ignore[arg-type]
    said = " ".join([popup.title, popup.body, *(label for _, label in popup.buttons)]).lower()
    assert not any(
        word in said for word in ("knee", "pain", "hurt", "stretch", "ice off", "膝", "痛", "ストレッチ", "冷や")
    )
    assert "popup." not in said


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_asked_back_speaks_of_pain_only_to_whom_chose_so(home: Home, language: str) -> None:
    """Neutral: whether to stop for today; plain: whether it hurts. The answer to it is of the same kind."""
    for popups, key in (("neutral", "stop"), ("plain", "hurts")):
        profile = replace(home.profile, language=language, popups=popups)
        home.records.change_profile(lambda _, profile=profile: profile)  # type: ignore[misc]
        popup, words = question_popup(home), words_of(home)
        assert (popup.title, popup.body) == (words(f"popup.ask.{key}"), words(f"popup.ask.{key}-body"))
        assert popup.buttons == (("yes", words("popup.ask.yes")), ("no", words("popup.ask.no")))
        assert (popup.stays, popup.slot) == (True, "question")
        assert hurts_answer_key(home.profile) == f"after.{key}"


def test_own_words_that_are_long_stand_in_the_body(home: Home) -> None:
    """A title is cut by many desktops, and has one line."""
    for text, is_title in (("x" * 80, True), ("x" * 81, False), ("two\nlines", False)):
        popup = reminder_popup(home, "custom", text, NOON)
        assert (popup.title, popup.body) == ((text, "") if is_title else ("A reminder you asked for", text))


@pytest.mark.parametrize(
    ("kind", "stays", "urgent", "sounds"),
    [
        ("desk-break", False, False, False), ("posture", False, False, False), ("routine", True, False, False),
        ("check-in", True, False, False), ("custom", True, False, False), ("ice-check", False, False, True),
        ("ice-end", True, True, True),
    ],
)  # fmt: skip
def test_what_waits_what_is_urgent_and_what_is_heard(
    home: Home, kind: str, stays: bool, urgent: bool, sounds: bool
) -> None:
    """With sounds switched off an icing is heard all the same, as ice that stays on does harm."""
    home.records.change_profile(lambda old: replace(old, sound=False))
    popup = reminder_popup(home, kind, None, NOON)  # type: ignore[arg-type]
    assert (popup.stays, popup.urgent, popup.sound) == (stays, urgent, sounds)
    home.records.change_profile(lambda old: replace(old, sound=True))
    assert reminder_popup(home, kind, None, NOON).sound  # type: ignore[arg-type]


def test_whoever_chose_so_gets_plain_words(home: Home) -> None:
    """Plain popups say what they are about, and their third button says that it hurts."""
    home.records.change_profile(lambda old: replace(old, popups="plain"))
    popup = reminder_popup(home, "desk-break", None, NOON)
    assert "knee" in popup.title
    assert popup.buttons[2] == ("hurts", "It hurts")


@pytest.mark.parametrize(("popups", "is_said"), [("plain", True), ("neutral", False)])
def test_the_nudge_of_the_chosen_habit_is_said_on_a_screen_of_ones_own(home: Home, popups: str, is_said: bool) -> None:
    """The habit that somebody works on is what their posture popup is about; on a shared screen it says nothing new."""
    home.records.change_profile(lambda old: replace(old, popups=popups))
    before = reminder_popup(home, "posture", None, NOON).body
    name, habit = next(iter(home.content.habits.items()))
    choose_habit(home, name, NOON)
    nudge = words_of(home).pick(habit.nudge)
    assert nudge != before
    assert reminder_popup(home, "posture", None, NOON).body == (nudge if is_said else before)
    assert nudge not in reminder_popup(home, "desk-break", None, NOON).body


def test_missed_ones_are_a_line_of_the_next_popup(home: Home) -> None:
    """One line, below what the popup has to say."""
    assert reminder_popup(home, "custom", "Tea", NOON, missed=2).body == Words("en")("popup.missed", n=2)


def test_an_icing_calls_twice_and_ends(home: Home) -> None:
    """Looks at the skin at five and ten minutes, the end at fifteen; one that was stopped calls no more."""
    ice = Ice(id="i", at=NOON, minutes=15)
    assert [one.due.minute for one in ice_slots(History(ices=(ice,)), NOON)] == [5, 10, 15]
    ended = IceEnd(id="e", at=NOON, ice="i", outcome="stopped")
    assert ice_slots(History(ices=(ice,), ice_ends=(ended,)), NOON) == []


def test_the_agent_never_loads_the_screen(home: Home) -> None:
    """Textual costs more than the whole agent: nothing of the agent's knows it."""
    script = (
        "import sys, coach.cli.agent, coach.remind.run_agent, coach.remind.service, coach.remind.sample_popup;"
        "import coach.actions.today;"
        "sys.exit(any(name.split('.')[0] in ('textual', 'rich', 'plyer') for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


def test_nothing_prints_where_a_screen_may_be(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A plyer that fails says so in its answer alone."""
    from coach.remind.channels import Popup
    from coach.remind.channels.plyer import PlyerChannel

    PlyerChannel().show(Popup(title="-x", body="It's time"))
    assert capfd.readouterr() == ("", "")


def test_a_profile_without_language_speaks_the_locales(home: Home) -> None:
    """The popup of somebody who set nothing up is in the language of their machine."""
    assert Profile().language is None
    assert reminder_popup(home, "custom", None, NOON).title == "A reminder you asked for"
