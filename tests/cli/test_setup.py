"""``coach setup``: by flags, by questions, and never to a softer baseline."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest

from coach.cli.context import CommandContext
from coach.cli.questions import YES_NO, _one_of, marked
from coach.content import Content
from coach.home import Home
from coach.ui.signs import FIRST
from coach.words import Words, area
from coach.words.care import care_text
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


def test_flags_are_kept_as_given(coach: Coach, home: Home) -> None:
    """Each flag is one field of the profile; nothing else is asked or started."""
    ran = coach(
        "setup", "--yes", "--context", "diabetes", "--context", "blood-thinner", "--baseline", "4", "--lang", "ja",
        "--side", "left", "--work", "8:30-17:00", "--days", "mon-thu", "--region", "nz",
    )  # fmt: skip
    assert ran.code == 0
    kept = home.profile
    assert set(kept.contexts) == {"diabetes", "blood-thinner"}
    assert (kept.baseline, kept.language, kept.side, kept.region) == (4, "ja", "left", "nz")
    assert (kept.work.start, kept.work.end, kept.work_days) == ("08:30", "17:00", ("mon", "tue", "wed", "thu"))
    assert kept.set_up


def test_what_is_not_given_stays(coach: Coach, home: Home) -> None:
    """A second set-up changes only what it names."""
    coach("setup", "--yes", "--side", "left", "--context", "diabetes")
    coach("setup", "--yes", "--region", "jp")
    assert (home.profile.side, home.profile.contexts, home.profile.region) == ("left", ("diabetes",), "jp")


def test_no_condition_can_be_said(coach: Coach, home: Home) -> None:
    """``--context none`` clears the list."""
    coach("setup", "--yes", "--context", "pregnant")
    coach("setup", "--yes", "--context", "none")
    assert home.profile.contexts == ()


def test_of_two_baselines_the_lower_stays_and_that_is_said(coach: Coach, home: Home) -> None:
    """A bad month must not make a bad morning look usual."""
    coach("setup", "--yes", "--baseline", "3")
    said = coach("setup", "--yes", "--baseline", "6")
    assert home.profile.baseline == 3
    assert "coach seen" in said.out
    coach("setup", "--yes", "--baseline", "2")
    assert home.profile.baseline == 2


def test_only_having_been_seen_raises_it(coach: Coach, home: Home) -> None:
    """With the visit itself; a set-up after it does not."""
    coach("setup", "--yes", "--baseline", "2")
    coach("seen", "--by", "Dr Sato", "--baseline", "4")
    assert home.profile.baseline == 4
    coach("setup", "--yes", "--baseline", "5")
    assert home.profile.baseline == 4


@pytest.mark.parametrize(
    "words",
    [
        ("--work", "nine to five"),
        ("--work", "09:00-25:00"),
        ("--days", "funday"),
        ("--region", "atlantis"),
        ("--baseline", "11"),
        ("--baseline", "-1"),
        ("--context", "sadness"),
        ("--side", "up"),
        ("--lang", "tlh"),
    ],
    ids=" ".join,
)
def test_nonsense_is_one_line_and_keeps_what_was_there(coach: Coach, home: Home, words: tuple[str, ...]) -> None:
    """Also the good flags beside it are not kept by half."""
    coach("setup", "--yes", "--side", "left")
    ran = coach("setup", "--yes", "--region", "jp", *words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert (home.profile.side, home.profile.region) == ("left", "other")


class Terminal(io.StringIO):
    """A person at a terminal who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answer(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs set-up at a terminal and types the lines given."""

    def run(*lines: str, flags: tuple[str, ...] = ()) -> str:
        screen = Terminal()
        monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr("sys.stdout", screen)
        coach("setup", *flags)
        return screen.getvalue()

    return run


@pytest.mark.parametrize("typed", ["左", "1", "left", "l", "１"])
def test_a_choice_is_made_by_its_number_or_its_name(answer: Callable[..., str], home: Home, typed: str) -> None:
    """Nobody who reads Japanese has to type English; what was typed before still counts."""
    said = answer("ja", "jp", typed, "n", *[""] * 9)
    assert "1 左 / 2 右 / 3 両方" in said
    assert home.profile.side == "left"


def test_emergency_signs_stand_before_any_question(answer: Callable[..., str]) -> None:
    """The first words on the screen are the signs and whom to call."""
    said = answer("en", "", "", "n")
    words, book = Words("en"), Content.open().rules
    before, _, _ = said.partition(f"{beginning('setup.ask.language')}")
    signs = [words("common.bullet", text=words.pick(book.signs[sign].text)) for sign in book.ids("emergency")]
    assert before.splitlines() == [words("setup.emergency"), *signs, care_text("emergency", "other", words, book), ""]


def test_all_but_the_signs_can_be_skipped(answer: Callable[..., str], home: Home) -> None:
    """Only Enter, and one answer to the list: sane defaults, and a session may begin."""
    answer("", "", "", "n", *[""] * 9)
    assert home.profile.set_up
    assert set(home.records.history().screenings[0].signs.values()) == {"no"}


def test_the_signs_are_asked_until_they_are_answered(answer: Callable[..., str], home: Home) -> None:
    """Neither Enter nor nonsense answers them; numbers do, with ? for unsure."""
    answer("", "", "", "", "fine", "99", "1 3?", *[""] * 9)
    signs = home.records.history().screenings[0].signs
    answers = list(signs.values())
    assert (answers[0], answers[1], answers[2]) == ("yes", "no", "unsure")


def test_what_an_option_says_is_not_asked(answer: Callable[..., str], home: Home) -> None:
    """Only the signs, since when, ice, the daily time and popups are left; the questions speak the language given."""
    flags = (
        "--lang", "ja", "--region", "nz", "--side", "left", "--baseline", "4", "--context", "diabetes",
        "--work", "8:30-17:00",
    )  # fmt: skip
    said = answer("n", "2 weeks", "n", "7:30", "1", flags=flags)
    kept = home.profile
    assert (kept.language, kept.region, kept.side, kept.baseline) == ("ja", "nz", "left", 4)
    assert (kept.contexts, kept.work.start, kept.daily_at, kept.popups) == (("diabetes",), "08:30", "07:30", "neutral")
    questions = [key for key in area("ja", "setup") if key.startswith("ask.")]
    asked = [key.removeprefix("ask.") for key in questions if beginning(f"setup.{key}", "ja") in said]
    assert sorted(asked) == ["daily", "ice", "numbers", "onset", "popups", "signs", "yearly"]


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("3 05?", {"c": "yes", "e": "unsure"}), ("00012", {"l": "yes"}), ("00013", None), ("00019", None),
        ("0001" + "0" * 5000, None), ("1 0", None), ("0", {}), ("²", None), ("?", None), ("", None),
    ],
    ids=lambda value: str(value)[:9],
)  # fmt: skip
def test_signs_are_marked_by_their_numbers(typed: str, marks: dict[str, str] | None) -> None:
    """Of twelve, a mark for each number; where one of them is none of the list, the list is asked again."""
    none = dict.fromkeys("abcdefghijkl", "no")
    assert marked(typed, "abcdefghijkl") == (None if marks is None else none | marks)


def test_a_yes_is_answered_before_the_next_question(answer: Callable[..., str]) -> None:
    """Whom to call stands between the list and everything else."""
    said = answer("en", "nz", "", "1")
    assert said.index("Call 111 now") < said.index(beginning("setup.ask.baseline"))


def test_questions_are_asked_again_where_they_cannot_be_read(answer: Callable[..., str], home: Home) -> None:
    """One line says what was off; the next try counts."""
    said = answer("ja", "mars", "jp", "l", "n", "99", "3", "3 weeks", "2", "n", "x", "9:00-17:00", "7:30", "p")
    kept = home.profile
    assert "mars" in said
    assert (kept.language, kept.region, kept.side, kept.baseline) == ("ja", "jp", "left", 3)
    assert (kept.work.end, kept.daily_at, kept.slot, kept.popups) == ("17:00", "07:30", "morning", "plain")
    assert kept.contexts == ("blood-thinner",)
    assert kept.ice_conditions is not None
    assert set(kept.ice_conditions.values()) == {"no"}


def test_a_terminal_that_goes_away_keeps_what_was_said(answer: Callable[..., str], home: Home) -> None:
    """End of input in the middle: the answers so far stand, the rest stays as it was."""
    said = answer("ja", "jp")
    assert (home.profile.language, home.profile.region) == ("ja", "jp")
    words = Words("ja")
    assert f"\n{words('setup.skipped')}\n{words('setup.done')}\n" in said


@pytest.mark.parametrize("stdin", ["", "ended", None])
def test_where_nobody_answers_nothing_is_kept(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch, stdin: str | None
) -> None:
    """In a pipe, with a closed input, at a terminal that ends before the first answer: a line says what to give."""
    monkeypatch.setattr("sys.stdin", {"": io.StringIO(), "ended": Terminal(), None: None}[stdin])
    if stdin == "ended":
        monkeypatch.setattr("sys.stdout", Terminal())
    ran = coach("setup")
    assert ran.code == 2
    assert ran.err == Words("en")("setup.error.nothing-given") + "\n"
    assert not home.profile.set_up
    assert not home.places.profile().exists()


def test_options_are_answers_also_where_nobody_can_be_asked(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that gives one keeps it, with ``--yes`` or without."""
    monkeypatch.setattr("sys.stdin", None)
    assert coach("setup", "--region", "nz").code == 0
    assert (home.profile.set_up, home.profile.region) == (True, "nz")


def test_each_list_of_signs_has_its_own_question(answer: Callable[..., str]) -> None:
    """An emergency is asked as of now, a change as a change, and what one is or had as neither; numbers run on."""
    words, book = Words("en"), Content.open().rules
    said = answer("en", "", "", "n")
    heads = [said.rindex(words.pick(book.groups[group].ask)) for group in FIRST] + [
        said.index(words("setup.ask.yearly"))
    ]
    assert heads == sorted(heads)
    assert said.rindex(words.pick(book.signs["hot-joint-very-unwell"].text)) < heads[1]
    assert said.rindex(words.pick(book.signs["operated-knee-new-sign"].text)) < heads[2]
    assert said.rindex(words.pick(book.signs["under-16"].text)) > heads[2]
    assert "16. " in said[heads[2] :]


SIDES = ("setup.ask.side", "settings.side-is", ("left", "right", "both"), "both")
YES_OR_NO = ("setup.ask.link", "common.answer", YES_NO, "no")


@pytest.mark.parametrize(
    ("question", "typed", "choice", "again"),
    [
        *((YES_OR_NO, [word], "yes", 0) for word in ("y", "YES", "はい", "1")),
        *((YES_OR_NO, [word], "no", 0) for word in ("n", "no", "いいえ", "2", "")),
        (YES_OR_NO, ["3", "0", "perhaps", "y"], "yes", 3),
        *(
            (SIDES, [word], choice, 0)
            for word, choice in (("1", "left"), ("R", "right"), ("両方", "both"), ("", "both"))
        ),
        (SIDES, ["y", "4", "99999", "00010", "no", "b"], "both", 5),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, list) else "",
)
def test_one_of_a_few_is_chosen_as_people_type_it(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    question: tuple[str, str, tuple[str, ...], str],
    typed: list[str],
    choice: str,
    again: int,
) -> None:
    """By number, by name, by its beginning, a yes or no in either language; what is none of them is asked again."""
    key, names, choices, default = question
    words = Words("ja")
    monkeypatch.setattr("coach.cli.output.ask", lambda text: typed.pop(0))
    assert _one_of(CommandContext(home, words), key, names, choices, default) == choice
    assert typed == []
    assert capsys.readouterr().out.count(words("setup.error.again")) == again


@pytest.mark.parametrize(
    ("word", "points"),
    [
        *(("0", 0), ("10", 10), ("0010", 10), ("00010", 10)),
        *((word, None) for word in ("11", "0011", "00011", "9" * 5000, "x", "²", "")),
    ],
    ids=lambda value: str(value)[:9],
)
def test_a_usual_pain_is_a_number_up_to_ten(coach: Coach, home: Home, word: str, points: int | None) -> None:
    """However many digits are typed: what is none is a wrong use, and nothing is kept."""
    ran = coach("setup", "--yes", "--baseline", word)
    assert ran.code == (2 if points is None else 0)
    assert home.profile.baseline == points
