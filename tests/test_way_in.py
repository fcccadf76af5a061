"""How the program calls itself: so that what is typed works, on this machine and in this shell."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach import way_in
from coach.actions.link import link_command
from coach.cli.context import CommandContext
from coach.cli.questions import offer_link
from coach.home import Home
from coach.words import LANGUAGES, Words
from tests.helpers import Ran


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a program in a folder that is not on the path, as README's first command leaves it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    own = tmp_path / "copy" / ".venv" / "bin" / "coach"
    own.parent.mkdir(parents=True)
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"/usr/bin:{tmp_path}/.local/bin")
    monkeypatch.setattr("sys.argv", [str(own)])
    way_in.program.cache_clear()
    yield own
    way_in.program.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_off_the_path_is_called_by_its_path(installed: Path, language: str) -> None:
    """What a popup or a hint says can be typed as it stands."""
    said = Words(language)("agent.none")
    assert "`~/copy/.venv/bin/coach agent start`" in said
    assert "`coach" not in said
    assert Words(language)("popup.after.open").count("~/copy/.venv/bin/coach") == 1


def test_another_program_of_that_name_is_not_ours(installed: Path, tmp_path: Path) -> None:
    """Who has some other `coach` is not sent to it, and no link is put in its place."""
    other = tmp_path / ".local" / "bin" / "coach"
    other.write_text("#!/bin/sh\n", encoding="utf-8")
    other.chmod(0o755)
    assert way_in.program() == "~/copy/.venv/bin/coach"
    assert way_in.offered_link() is None


def test_a_path_with_blanks_and_braces_can_be_typed(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is quoted, and its braces are no placeholder."""
    odd = installed.parent / "my {copy}"
    odd.mkdir()
    program = odd / "coach"
    program.write_text("", encoding="utf-8")
    monkeypatch.setattr("sys.argv", [str(program)])
    way_in.program.cache_clear()
    said = Words("en")("answers.from-words", name="x", sign="locked-knee")
    assert f'`"{program}" check-in --sign locked-knee`' in said


def test_the_link_is_made_when_asked_for_and_removed_with_the_rest(
    installed: Path, home: Home, tmp_path: Path, coach: Callable[..., Ran]
) -> None:
    """From then on the name works; erasing takes away this link, and it alone."""
    link = link_command(home)
    assert link == tmp_path / ".local" / "bin" / "coach"
    assert os.path.samefile(link, installed)
    assert way_in.program() == "coach"
    assert link_command(home) is None
    assert coach("erase", "--yes").code == 0
    assert not link.is_symlink()
    assert installed.exists()


@pytest.mark.parametrize(("typed", "made"), [("y", True), ("はい", True), ("n", False), ("", False), (None, False)])
def test_a_link_is_made_after_a_yes_alone(
    installed: Path,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str | None,
    made: bool,
) -> None:
    """Set-up asks at its end, and says where it is; a terminal that goes away is no yes."""

    def answer(_: str) -> str:
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("coach.cli.output.ask", answer)
    link, words = way_in.offered_link(), Words("en")
    assert link is not None
    offer_link(CommandContext(home, words))
    assert link.is_symlink() == made
    assert capsys.readouterr().out == (f"{words('setup.linked', path=link)}\n" if made else "")


def test_a_link_that_somebody_else_made_stays(installed: Path, home: Home, coach: Callable[..., Ran]) -> None:
    """Pipx makes the same one; it is not ours to remove."""
    link = way_in.offered_link()
    assert link is not None
    link.symlink_to(installed)
    home.records.keep_state("other", {})
    assert coach("erase", "--yes").code == 0
    assert link.is_symlink()


def test_no_link_is_offered_where_it_would_not_help(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that no shell looks into makes no name work."""
    assert way_in.offered_link() is not None
    monkeypatch.setenv("PATH", "/usr/bin")
    assert way_in.offered_link() is None


def test_nothing_is_asked_of_a_sentence_without_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most sentences name no command: the path is not looked through for them."""
    monkeypatch.setattr(way_in, "program", lambda: pytest.fail("looked"))
    assert way_in.named("Rest today.") == "Rest today."
