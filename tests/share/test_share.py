"""The manual page and the completions know every command and option that there is."""

import argparse
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.agent.autostart import content
from coach.agent.own_command import command
from coach.cli import VERBS
from coach.cli.parser import whole
from coach.domain.reminders.reminder import CHANNELS
from coach.words import FALLBACK, Words
from tests.share.make import SHARE


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every command, subcommand and long option."""
    for action in parser._actions:
        if action.help != argparse.SUPPRESS and action.dest != "help":
            yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield name
                yield from options(inner)


@pytest.mark.parametrize("name", ["coach.1", "coach.bash", "_coach", "coach.fish"])
def test_every_command_and_option_is_in_it(name: str) -> None:
    """What a person looks up or completes is what the program has; `python -m tests.share` makes it anew."""
    text = (SHARE / name).read_text(encoding="utf-8").replace("\\-", "-")
    text = text.replace(" -l ", " --") if name == "coach.fish" else text
    assert [one for one in options(whole(VERBS, Words(FALLBACK))) if one not in text] == []


@pytest.mark.parametrize("name", ["coach.1", "_coach", "coach.fish"])
def test_every_option_is_told_in_it_as_in_the_help(name: str) -> None:
    """A sentence of the help that changed has changed there, too."""
    text = _plain((SHARE / name).read_text(encoding="utf-8"))
    assert [help_text for help_text in helps(whole(VERBS, Words(FALLBACK))) if _plain(help_text) not in text] == []


def test_the_manual_names_every_way_of_showing_a_popup() -> None:
    """Who looks up what ``COACH_NOTIFY`` may be finds each channel there is."""
    manual = _plain((SHARE / "coach.1").read_text(encoding="utf-8"))
    assert _plain(" ".join(CHANNELS[:-1]).replace(" ", ", ") + f" or {CHANNELS[-1]}") in manual


def helps(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield what the help says of every long option."""
    for action in parser._actions:
        if action.option_strings and action.help != argparse.SUPPRESS and action.dest != "help":
            yield (action.help or "") % {"prog": parser.prog, "default": action.default}
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from helps(inner)


def _plain(text: str) -> str:
    """Return a text without what the shells and ``man`` put before its signs."""
    return re.sub(r"\\(?:\(aq|\\)?|'", "", text)


def test_the_manual_page_can_be_found_by_what_it_is_about() -> None:
    """``apropos knee`` finds it, and it says what the environment, the files and the exit status are."""
    text = (SHARE / "coach.1").read_text(encoding="utf-8")
    assert re.search(r"\.SH NAME\ncoach \\- .*knee", text)
    assert all(f".SH {title}" in text for title in ("ENVIRONMENT", "FILES", "EXIT STATUS"))


@pytest.mark.parametrize(
    "line",
    [
        ("desktop-file-validate", "hizaura.desktop"),
        ("appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info", "hizaura.metainfo.xml"),
        ("lexgrog", "coach.1"),
    ],
    ids=lambda line: line[0],
)
def test_the_desktops_own_programs_accept_it(line: tuple[str, ...]) -> None:
    """What a menu, a software centre and ``man`` read is as they want it; skipped where they are not installed."""
    if shutil.which(line[0]) is None:
        pytest.skip(f"{line[0]} is not installed")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(line, cwd=SHARE, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout


def test_the_autostart_entry_is_one_that_desktops_accept(tmp_path: Path) -> None:
    """The file that starts the reminders at log-in passes the same check."""
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate is not installed")
    path = tmp_path / "coach-reminders.desktop"
    path.write_bytes(content("linux", command("agent", "run"), {"COACH_HOME": "/some where"}))
    ran = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
