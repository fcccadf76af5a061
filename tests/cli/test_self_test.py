"""``coach self-test``: a line a thing, and what to do where one does not work."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.actions.terminal import cells_of
from coach.home import Home
from coach.remind.sample_popup import PopupTest, show_sample
from coach.words import LANGUAGES, Words
from tests.helpers import Ran

Coach = Callable[..., Ran]


@pytest.fixture(autouse=True)
def popups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a desktop that shows popups; real ones are proved in ``tests/desktop``."""
    monkeypatch.setattr("coach.remind.sample_popup.show_sample", lambda home, words, only: PopupTest(only, None))
    monkeypatch.setattr("coach.voice.programs.speaker", lambda language: None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_sound_machine_each_thing_works_and_says_so(coach: Coach, home: Home, language: str) -> None:
    """A line a thing, without the key of a sentence in it; the records are as they were."""
    ran = coach("--lang", language, "self-test")
    assert ran.code == 0
    assert "selftest." not in ran.out
    assert Words(language)("selftest.fails") not in ran.out
    assert home.records.state("self-test") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_popup_can_be_shown_it_says_why_and_what_to_do(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A channel that did not deliver is never called working."""
    monkeypatch.setattr("coach.remind.sample_popup.show_sample", show_sample)
    monkeypatch.setenv("COACH_NOTIFY", "terminal")
    ran = coach("--lang", language, "self-test")
    assert ran.code == 1
    (line,) = (line for line in ran.out.splitlines() if line.startswith(Words(language)("selftest.fails")))
    assert "COACH_NOTIFY" in line
    assert "selftest." not in line


def test_as_json_each_thing_is_named(coach: Coach) -> None:
    """For scripts: what was tried, whether it works, and what was found."""
    found = coach("self-test", "--json").json()
    assert found["ok"] is True
    assert [test["name"] for test in found["tests"]] == [
        *("places", "records", "content", "clock", "terminal", "popup", "voice", "agent", "autostart")
    ]


def test_a_folder_that_others_can_look_into_is_said(coach: Coach, home_folder: Path) -> None:
    """With the path and what to do; exit 1."""
    if sys.platform == "win32":
        pytest.skip("rights are another matter there")
    home_folder.mkdir()
    home_folder.chmod(0o755)
    ran = coach("self-test")
    assert ran.code == 1
    assert f"look into {home_folder}. Run `chmod 700`" in ran.out


def test_a_place_where_nothing_can_be_kept_fails_that_line_alone(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The other things are tried all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    found = coach("self-test", "--json").json()
    works = {test["name"]: test["ok"] for test in found["tests"]}
    assert (works["records"], works["content"], found["ok"]) == (False, True, False)


def test_a_stretch_of_ones_own_needs_no_second_language(coach: Coach, tmp_path: Path) -> None:
    """What a therapist wrote in one language is whole: nothing has to be installed again for it."""
    written = tmp_path / "calf.toml"
    written.write_text('id = "calf-from-ms-tanaka"\nname = "Calf, by Ms Tanaka"\nlike = "wall-calf"\n')
    assert coach("routines", "add", str(written)).code == 0
    works = {test["name"]: test["ok"] for test in coach("self-test", "--json").json()["tests"]}
    assert works["content"] is True


def test_each_channel_says_for_itself_whether_it_showed_one(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that works makes the line pass; one that does not is named with its reason."""
    shown = {"desktop": PopupTest(None, "no bus"), "plyer": PopupTest("plyer", None)}
    monkeypatch.setattr("coach.remind.sample_popup.WITHOUT_TERMINAL", tuple(shown))
    monkeypatch.setattr("coach.remind.sample_popup.show_sample", lambda home, words, only: shown[only])
    (line,) = (one for one in coach("self-test").out.splitlines() if "popups" in one)
    assert line.startswith(Words("en")("selftest.works"))
    assert "by plyer. Not by desktop: no bus." in line


def test_a_voice_without_a_sound_is_told_and_is_no_fault(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """All that is spoken is also written, so that a silent machine passes."""
    monkeypatch.setattr("coach.voice.programs.speaker", lambda language: ("false",))
    ran = coach("self-test")
    assert ran.code == 0
    assert "false is here but made no sound" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")
@pytest.mark.parametrize(("answer", "cells"), [(b"\x1b[1;7R", 6), (b"x\x1b[12;4R", 3), (b"", None)])
def test_a_terminal_is_asked_how_wide_it_draws(
    answer: bytes, cells: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal that draws Japanese too narrow is noticed, and one that does not answer is not waited for."""
    import pty

    if answer:
        monkeypatch.setattr("coach.actions.terminal.ANSWER_S", 120.0)
    ours, theirs = pty.openpty()

    def reply() -> None:
        asked = b""
        while not asked.endswith(b"\x1b[6n"):
            asked += os.read(ours, 64)
        os.write(ours, answer)

    terminal = threading.Thread(target=reply)
    terminal.start()
    assert cells_of("膝の裏", os.ttyname(theirs)) == cells
    terminal.join()
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(("columns", "lines", "fits"), [(60, 20, True), (59, 40, False), (120, 19, False)])
def test_a_terminal_that_is_too_narrow_or_too_low_is_told(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, columns: int, lines: int, fits: bool
) -> None:
    """Either is enough to cut what is shown; its size is said."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    monkeypatch.setattr("os.get_terminal_size", lambda *of: os.terminal_size((columns, lines)))
    monkeypatch.setattr("coach.actions.self_test.cells_of", lambda text: None)
    (test,) = (test for test in coach("self-test", "--json").json()["tests"] if test["name"] == "terminal")
    assert test["ok"] is fits
    assert str(columns) in test["text"]
