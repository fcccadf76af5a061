"""Numbers, times, ids and choices typed with the input method on are read; a person's own words stay as typed."""

import io
from collections.abc import Callable

import pytest

from coach.cli.context import CommandContext
from coach.cli.plain import Plain
from coach.cli.questions import marked
from coach.full_width import narrow
from coach.home import Home
from coach.words import LANGUAGES, Words
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


YES, NO = ("y", "ｙ", "Y", "Ｙ", "yes", "ｙｅｓ", " はい "), ("n", "ｎ", "Ｎ", "no", "ｎｏ", "いいえ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("typed", "code"), [*((yes, 0) for yes in YES), *((no, 1) for no in (*NO, ""))])
def test_everything_is_removed_after_a_yes_in_any_spelling(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch, language: str, typed: str, code: int
) -> None:
    """Yes is yes, with the input method on or off, in whatever language the question was; all else is none."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    monkeypatch.setattr("coach.cli.context.CommandContext.at_terminal", lambda _: True)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    coach("--lang", language, "erase")
    assert bool(home.records.history().check_ins) == bool(code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "answer"), [*((yes, "yes") for yes in YES), *((no, "no") for no in NO), ("", "unsure"), ("u", "unsure")]
)
def test_the_question_before_ice_takes_an_answer_in_any_spelling(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch, language: str, typed: str, answer: str
) -> None:
    """A no lets the ice begin; a yes, or what cannot be read, does not."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    monkeypatch.setattr("coach.cli.ice.how_called", lambda _: "nobody")
    assert coach("--lang", language, "ice", "start").code == (0 if answer == "no" else 1)
    assert set((home.profile.ice_conditions or {}).values()) == {answer}


@pytest.mark.parametrize("no", [*NO, "なし", "ない", "none", "0", "０"])
def test_none_of_the_list_is_said_in_any_spelling(no: str) -> None:
    """Of the numbered signs none fits; what is neither that nor numbers is asked again."""
    assert marked(narrow(no), ["a", "b"]) == {"a": "no", "b": "no"}
    assert marked("はい", ["a", "b"]) is None


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
