"""Numbers, times, ids and choices typed with the input method on are read; a person's own words stay as typed."""

from collections.abc import Callable

import pytest

from coach.cli.context import CommandContext
from coach.cli.plain import Plain
from coach.full_width import narrow
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran

Coach = Callable[..., Ran]


def test_what_has_a_plain_twin_becomes_it_and_the_rest_stays() -> None:
    """Every printable letter of ASCII, and the blank."""
    plain = "".join(map(chr, range(0x20, 0x7F)))
    full = "\u3000" + "".join(chr(ord(letter) + 0xFEE0) for letter in plain[1:])
    assert narrow(full) == plain
    assert narrow("膝の裏、カﾅ½😀") == "膝の裏、カﾅ½😀"


def test_a_check_in_takes_full_width_numbers_and_choices(coach: Coach) -> None:
    """The verb, numbers, signs and their answers; the note is kept as it was typed."""
    ran = coach(
        "ｃｈｅｃｋ－ｉｎ", "--walking", "３", "--rest=０", "--hot", "ｎｏ", "--sign", "ｌｏｃｋｅｄ－ｋｎｅｅ＝ｎｏ",
        "--none-of-the-signs", "--note", "階段（下り）で　３回", "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    (check_in,) = coach("history", "--days", "７", "--json").json()["check_ins"]
    assert check_in["note"] == "階段（下り）で　３回"
    assert check_in["answers"]["pain"]["walking"] == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--kind", "ｃｕｓｔｏｍ", "--at", "０９：００", "--days", "ｍｏｎ－ｆｒｉ", "--text", "薬（朝）"), "09:00"),
        (("--kind", "desk-break", "--every", "５０ｍ", "--between", "０９：００－１８：００"), None),
    ],
)
def test_a_reminder_takes_full_width_times(coach: Coach, words: tuple[str, ...], expected: str | None) -> None:
    """Times, lengths, hours and days; its text as given."""
    assert coach("reminders", "add", "--id", "ｘ１", *words).code == 0
    reminder = next(row for row in coach("reminders", "list", "--json").json() if row["id"] == "x1")
    assert reminder.get("at") == expected
    assert reminder["text"] in (None, "薬（朝）")
    assert coach("reminders", "remove", "ｘ１").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("setup", "--yes", "--baseline", "２", "--region", "ｊｐ", "--work", "０９：００－１８：００"),
        ("setup", "--yes", "--side", "ｌｅｆｔ", "--days", "ｍｏｎ－ｆｒｉ"),
        ("pause", "２ｈ"),
        ("reminders", "next", "--count", "３"),
        ("summary", "--days", "３０", "--format", "ｍｄ", "-o", "-"),
        ("habit", "ｎｏ"),
    ],
)  # fmt: skip
def test_other_commands_do_too(coach: Coach, words: tuple[str, ...]) -> None:
    """None says that it does not know the word."""
    assert coach(*words).code != 2


def test_a_prompt_takes_full_width_answers(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """Yes is yes, before everything is removed."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    monkeypatch.setattr("coach.cli.context.CommandContext.at_terminal", lambda _: True)
    monkeypatch.setattr("builtins.input", lambda _: "ｙ")
    assert coach("erase").code == 0


def test_a_session_in_lines_hears_full_width_keys(calm: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Kana can mean nothing: it is told once; then ``ｑ`` ends it."""
    now = 100.0
    plain: Plain

    def wait(seconds: float) -> None:
        nonlocal now
        now += seconds
        for line in ("あ\n", "い\n", "ｑ\n"):
            plain._typed.put(line)

    plain = Plain(CommandContext(calm, Words("en")), "desk-toe-pull", ticks=lambda: now, wait=wait)
    assert plain.run() == 0
    assert capsys.readouterr().out.count(Words("en")("ui.input-method")) == 1
    assert calm.records.history().sessions[-1].outcome == "stopped"
