"""Whatever stands in a file, a note or an argument: a terminal shows it, and obeys none of it."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable

import msgspec
import pytest

from coach.cli import output
from coach.home import Home
from coach.words.shown import hidden
from tests.helpers import ROOT, Furnish, Ran

Coach = Callable[..., Ran]
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\r\u202eevil\u2066"
"""A title for the window, an erased screen, colours, a line written over, and text that runs backwards."""
OBEYED = re.compile(hidden().pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
OWN = {
    "id": "mine", "name": "HOSTILE", "position": "seated", "how": ["HOSTILE"], "never": ["HOSTILE"],
}  # fmt: skip


@pytest.fixture
def hostile(home: Home, coach: Coach, at: Callable[[str], object], furnish: Furnish) -> Home:
    """Return a home in which every text of a file is hostile: what a hand, an import or another program put there."""
    at("2026-11-22T08:00+09:00")
    return furnish("hostile", lambda: make_hostile(home, coach))


def make_hostile(home: Home, coach: Coach) -> None:
    """Note something of every kind, then write ``HOSTILE`` for each of its texts."""
    coach("setup", "--yes", "--region", "jp", "--lang", "en")
    coach("check-in", "--walking", "3", "--none-of-the-signs", "--note", "NOTE")
    coach("hurts", "wall-calf", "--where", "WHERE")
    coach("seen", "--by", "DOCTOR")
    coach("habit", "choose", "stance")
    coach("reminders", "add", "--kind", "custom", "--at", "09:00", "--text", "TEXT")
    coach("skip")
    coach("snooze")
    home.records.delivery_log().put(
        {
            "id": "x@1", "reminder": "REMINDER", "kind": "custom", "due": "2026-11-22T07:00:00+09:00",
            "noted": "2026-11-22T07:00:00+09:00", "outcome": "failed", "why": "not-delivered", "detail": "DETAIL",
            "channel": "CHANNEL", "text": "TEXT",
        }
    )  # fmt: skip
    words = ("NOTE", "WHERE", "DOCTOR", "TEXT", "REMINDER", "DETAIL", "CHANNEL", "stance", "wall-calf", "evening")
    for path in home.places.data.glob("*.json*"):
        text = path.read_text(encoding="utf-8")
        for word in words:
            text = text.replace(f'"{word}"', json.dumps(HOSTILE))
        path.write_text(text, encoding="utf-8")
    home.places.own_content().mkdir()
    toml = "".join(f"{key} = {json.dumps(value)}\n" for key, value in OWN.items()).replace("HOSTILE", "Mine")
    (home.places.own_content() / "mine.toml").write_text(toml, encoding="utf-8")
    (home.places.own_content() / "bad\x1b[31m.toml").write_text("id = 3\n", encoding="utf-8")


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("today",), ("today", "--json"), ("status",), ("status", "--json"), ("history",), ("history", "--json"),
    ("habit",), ("habit", "--json"), ("habit", "answer", "yes"), ("ice",), ("reminders", "list"),
    ("reminders", "list", "--json"), ("reminders", "next"), ("reminders", "next", "--json"), ("reminders", "log"),
    ("reminders", "log", "--json"), ("reminders", "remove", HOSTILE), ("skip",), ("snooze",), ("pause", "1h"),
    ("resume",), ("summary",), ("summary", "--format", "md", "--notes"), ("summary", "--format", "json", "--notes"),
    ("summary", "--format", "fhir"), ("export", "-"), ("routines", "list"), ("routines", "show", "mine"),
    ("routines", "validate", HOSTILE), ("agent", "status"), ("autostart", "status"),
    ("check-in", "--walking", HOSTILE), ("check-in", "--walking", "2", "--sign", HOSTILE),
    ("check-in", "--answers", HOSTILE), ("check-in", "--walking", "2", "--none-of-the-signs", "--corrects", HOSTILE),
    ("seen", "--by", "x", "--cleared", HOSTILE), ("hurts", HOSTILE), ("habit", "choose", HOSTILE),
    ("routines", "show", HOSTILE), ("routines", "add", HOSTILE), ("start", HOSTILE, "--plain"), ("import", HOSTILE),
    ("export", f"/nowhere/{HOSTILE}"), ("summary", "-o", f"/dev/null/{HOSTILE}"), ("snooze", HOSTILE),
    ("setup", "--region", HOSTILE), ("setup", "--context", HOSTILE), ("today", HOSTILE), (HOSTILE,), (f"--{HOSTILE}",),
    ("today", f"--{HOSTILE}"), ("assess", HOSTILE), ("reminders", HOSTILE),
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: ascii(" ".join(words))[:40])
def test_no_text_reaches_the_terminal_as_a_command(hostile: Home, coach: Coach, words: tuple[str, ...]) -> None:
    """Not what stands in a file, not what was typed; what is JSON stays the JSON that it was."""
    ran = coach(*words)
    assert not OBEYED.search(ran.out), ascii(ran.out)
    assert not OBEYED.search(ran.err), ascii(ran.err)
    assert "Traceback" not in ran.err
    if ran.code == 0 and ("--json" in words or words[0] == "export"):
        ran.json()


def test_json_is_the_same_to_a_program(hostile: Home, coach: Coach) -> None:
    """A control character is written as JSON writes it, and read as it was."""
    notes = [record.get("note") for record in coach("export", "-").json()["records"]]
    assert HOSTILE in notes


def test_a_stream_of_answers_says_nothing_that_is_obeyed() -> None:
    """The path of a problem comes from the document."""
    line = msgspec.json.encode({HOSTILE: 1}) + b"\n"
    ran = subprocess.run(
        [sys.executable, "-m", "coach", "assess", "--jsonl"], input=line, capture_output=True, cwd=ROOT, check=False
    )
    assert not OBEYED.search(ran.stdout.decode())
    assert b"error" in ran.stdout


def test_no_text_goes_round_the_one_place() -> None:
    """No other module of the command line prints, reads a prompt, or writes to a stream of the process."""
    detours = []
    for path in sorted((ROOT / "coach" / "cli").glob("*.py")):
        if path.name == "output.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called in ("print", "input") or re.match(r"sys\.(stdout|stderr)\.(write|buffer)", called):
                detours.append(f"{path.name}:{node.lineno}: {called}")
    assert not detours


def test_layout_stays_and_letters_of_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines, tables and emoji are no commands."""
    text = "一\t二\n👩‍⚕️ é\u00a0…"
    output.say(text)
    output.complain(text)
    output.say_json_text(f'{{"a": "{text[-3:]}\x7f"}}')
    out, err = capsys.readouterr()
    assert out == f'{text}\n{{"a": "{text[-3:]}\\u007f"}}\n'
    assert err == f"{text}\n"
