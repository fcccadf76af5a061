"""``coach check-in``: kept first, then answered; nothing wrong is kept, and an earlier answer is shown as such."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coach import clock
from coach.actions.status.current import status_now
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


def test_an_ordinary_day_is_one_number_and_one_word(coach: Coach, home: Home) -> None:
    """The decision comes with the id of the record, which is then there."""
    said = coach("check-in", "--walking", "2", "--none-of-the-signs", "--json").json()
    assert (said["activity"], said["advice"], said["headline"]) == ("go", "none", "go")
    (kept,) = home.records.history().check_ins
    assert kept.id == said["id"]
    assert kept.answers.pain.walking == 2
    assert (kept.answers.sharp, kept.answers.hot) == ("no", "no")


def test_signs_never_asked_make_a_gentle_day_and_no_alarm(coach: Coach) -> None:
    """A number alone, on a fresh machine, is not answered with an alarm over a list that was never shown."""
    said = coach("check-in", "--walking", "1", "--hot", "no", "--sharp", "no", "--json").json()
    assert (said["activity"], said["advice"]) == ("gentle", "none")
    assert said["reasons"][0]["rule"] == "not-asked"


def test_a_sign_keeps_its_last_answer_and_is_shown_as_earlier(coach: Coach) -> None:
    """What was said yesterday counts today, and nobody takes it for today's answer."""
    coach("check-in", "--walking", "1", "--none-of-the-signs", "--sign", "night-waking")
    ran = coach("check-in", "--walking", "1", "--hot", "no", "--sharp", "no")
    assert "Wakes you at night: yes (last answer)" in ran.out
    again = coach("check-in", "--walking", "1", "--none-of-the-signs")
    assert "night" not in again.out.split("Why:")[1].splitlines()[1]


def test_context_and_baseline_come_from_the_profile(coach: Coach) -> None:
    """A blood thinner told at set-up is in every decision, though nobody asks again."""
    coach("setup", "--yes", "--context", "blood-thinner", "--baseline", "2")
    said = coach("check-in", "--morning", "4", "--none-of-the-signs", "--sign", "bulge-or-pressure", "--json").json()
    rules = {reason["rule"] for reason in said["reasons"]}
    assert {"blood-thinner-swelling", "morning-2"} <= rules
    assert said["headline"] == "today"


def test_a_document_is_merged_and_options_go_over_it(coach: Coach, home: Home, tmp_path: Path) -> None:
    """A file gives the many answers, an option the one that changed."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"pain": {"walking": 7, "rest": 1}, "sharp": "no", "hot": "no", "other_signs": "no"}))
    said = coach("check-in", "--answers", str(file), "--walking", "2", "--json").json()
    assert said["headline"] == "go"
    assert home.records.history().check_ins[0].answers.pain.rest == 1


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("--walking", "11"), 2, "--walking: 11 is not between 0 and 10"),
        (("--walking", "2.5"), 2, "--walking: 2.5 is not a whole number"),
        (("--walking", "³"), 2, "--walking: ³ is not a whole number"),
        (("--sign", "locked-kne"), 2, "--sign locked-kne: there is no such sign; did you mean locked-knee?"),
        (("--sign", "locked-knee=perhaps"), 2, "--sign locked-knee: perhaps is not one of no, unsure, yes"),
        (("--walking=--5",), 2, "--walking: --5 is not a whole number"),
        (("--walking", "1", "--corrects", "nobody"), 1, "nobody: there is no such entry"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_kept(
    coach: Coach, home: Home, words: tuple[str, ...], code: int, line: str
) -> None:
    """A slip of the hand leaves the records as they were."""
    ran = coach("check-in", *words)
    assert (ran.code, ran.out) == (code, "")
    assert line in ran.err
    assert home.records.history().check_ins == ()


def test_a_wrong_document_is_named_line_by_line_and_nothing_is_kept(coach: Coach, home: Home, tmp_path: Path) -> None:
    """A file with two slips has two lines, exit 65, and no record."""
    file = tmp_path / "answers.json"
    file.write_text('{"pain": {"walking": 11}, "signs": {"x": "no"}}')
    ran = coach("check-in", "--answers", str(file), "--none-of-the-signs")
    assert ran.code == 65
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["pain.walking", "signs.x"]
    assert home.records.history().check_ins == ()


def test_a_slip_is_corrected_within_a_day_and_both_are_kept(coach: Coach, home: Home, at: At) -> None:
    """A wrong key is no alarm for long: the second record names the first, and what it answers anew counts alone."""
    at("2026-11-23T09:00+09:00")
    slip = coach("check-in", "--walking", "1", "--none-of-the-signs", "--sign", "chest-or-breath", "--json").json()
    assert slip["headline"] == "emergency"
    at("2026-11-23T09:05+09:00")
    words = ("--sign", "chest-or-breath=no", "--corrects", slip["id"], "--json")
    assert coach("check-in", *words).json()["advice"] == "none"
    first, second = home.records.history().check_ins
    assert second.corrects == first.id == slip["id"]


def test_a_correction_that_names_no_sign_takes_none_back(coach: Coach, at: At) -> None:
    """What it does not name stays as it was: another number is no answer to an emergency sign."""
    at("2026-11-23T09:00+09:00")
    slip = coach("check-in", "--walking", "3", "--none-of-the-signs", "--sign", "chest-or-breath", "--json").json()
    at("2026-11-23T09:05+09:00")
    corrected = coach("check-in", "--walking", "1", "--corrects", slip["id"], "--json").json()
    assert (corrected["headline"], corrected["today"]["headline"]) == ("emergency", "emergency")


def test_a_chain_of_corrections_ends_a_day_after_its_first_record(coach: Coach, at: At) -> None:
    """Nobody can mend an alarm day by day; and twenty-four hours are no second more."""
    at("2026-11-23T09:00+09:00")
    ids = [coach("check-in", "--walking", "1", "--none-of-the-signs", "--json").json()["id"]]
    for time in ("23T20:00:00", "24T09:00:00"):
        at(f"2026-11-{time}+09:00")
        ids.append(coach("check-in", "--walking", "2", "--corrects", ids[-1], "--json").json()["id"])
    at("2026-11-24T09:00:01+09:00")
    for corrected in ids:
        assert coach("check-in", "--walking", "2", "--corrects", corrected).code == 1


def test_a_slip_is_not_corrected_after_a_day(coach: Coach, at: At) -> None:
    """What stood for a day stands."""
    at("2026-11-23T09:00+09:00")
    slip = coach("check-in", "--walking", "1", "--none-of-the-signs", "--json").json()
    at("2026-11-24T09:01+09:00")
    ran = coach("check-in", "--walking", "2", "--corrects", slip["id"])
    assert ran.code == 1
    assert "24 hours" in ran.err


def test_a_hot_knee_is_asked_about_fever(coach: Coach) -> None:
    """Hot alone pauses; whether it is red or feverish decides whom to see, so it is asked at once."""
    ran = coach("check-in", "--walking", "1", "--hot", "yes")
    assert "hot-red-knee-or-fever" in ran.err
    assert coach("check-in", "--walking", "1", "--hot", "yes", "--none-of-the-signs").err == ""


def test_the_same_words_as_assess(coach: Coach, tmp_path: Path) -> None:
    """Screen, check-in and assess say one decision in one way."""
    document = {"pain": {"walking": 4}, "sharp": "no", "hot": "unsure", "other_signs": "no"}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(document))
    assessed = coach("assess", str(file)).out
    checked = coach("check-in", "--answers", str(file)).out
    assert assessed == checked


def test_a_visit_to_consider_does_not_hide_a_pause(coach: Coach) -> None:
    """Where today's answers alone advise a visit and a gentle day, a pause that stands is said all the same."""
    coach("check-in", "--walking", "7", "--none-of-the-signs")
    said = coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", "night-waking").out
    assert "Resting until" in said
    assert Words("en")("decision.headline.soon") not in said.splitlines()  # the first line says it


def test_one_good_day_does_not_hide_a_pause(coach: Coach) -> None:
    """While a pause stands, its end comes before the answers of a day that would be a good one."""
    coach("check-in", "--walking", "7", "--none-of-the-signs")
    lines = coach("check-in", "--walking", "1", "--none-of-the-signs").out.splitlines()
    assert lines[0] == f"■ {beginning('decision.headline.pause')}"
    assert lines[1].startswith("Resting until")
    said = coach("check-in", "--walking", "1", "--none-of-the-signs", "--json").json()
    assert (said["headline"], said["today"]["headline"]) == ("go", "pause")
    assert lines[-1] == Words("en")("answers.calm-in-rest")
    assert Words("en")("decision.headline.go") not in lines  # two orders on one page would be read twice


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("sign", ["cold-pale-foot", "locked-knee"])
def test_nothing_reads_as_calm_while_somebody_is_to_be_seen_at_once(coach: Coach, sign: str, language: str) -> None:
    """A calm number beside a sign that waits for a visit: the advice stands alone, in an emergency and on its day."""
    words = Words(language)
    coach("check-in", "--sign", f"{sign}=yes")
    said = coach("--lang", language, "check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs").out
    assert words(f"decision.headline.{'emergency' if 'foot' in sign else 'today'}") in said
    assert words("answers.calm-in-rest") not in said


def test_a_sign_to_watch_is_answered_in_a_rest(coach: Coach) -> None:
    """The calf that aches today is named with what to watch for, and nothing under the rest reads as a start."""
    words = Words("en")
    coach("check-in", "--rest", "7", "--none-of-the-signs")
    watch = ("--sign", "calf-ache=yes", "--sign", "night-waking=unsure")
    said = coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs", *watch).out
    assert "Ache in the calf: yes. Watch for swelling" in said
    assert "Wakes you at night: not sure" in said
    assert words("answers.calm-in-rest") not in said
    assert words("decision.headline.go") not in said
    assert "carry on as usual" not in said


def test_an_emergency_in_a_note_puts_the_call_first(coach: Coach) -> None:
    """Whoever wrote of chest pain reads the ambulance's number first, on both streams; the advice itself stays."""
    coach("setup", "--yes", "--region", "gb")
    ran = coach("check-in", "--walking", "2", "--none-of-the-signs", "--note", "chest pain since this morning")
    assert "call 999" in ran.err
    assert "call 999" in ran.out.splitlines()[0]
    assert Words("en")("decision.headline.today") in ran.out


def test_an_emergency_of_this_morning_gives_one_order(coach: Coach, at: At) -> None:
    """A no in the evening does not end it: the call stays, with its reason, and no second order beside it."""
    coach("setup", "--yes", "--region", "gb")
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", "chest-or-breath")
    at("2026-11-23T18:00+09:00")
    said = coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", "chest-or-breath=no").out
    assert "999" in said
    assert "Earlier you said yes" in said
    assert Words("en")("decision.headline.today") not in said
    assert Words("en")("answers.alone") not in said


def test_whom_to_call_stays_in_view_until_it_was_seen(coach: Coach) -> None:
    """A calmer check-in after a sign for the same day still says where to go, and each condition of return once."""
    coach("setup", "--yes", "--region", "gb")
    coach("check-in", "--walking", "2", "--sign", "locked-knee", "--none-of-the-signs")
    lines = coach("check-in", "--walking", "1", "--none-of-the-signs").out.splitlines()
    assert "111" in lines[1]
    assert len([line for line in lines if "coach seen --by" in line]) == 1


def test_a_document_cannot_drop_a_condition_of_the_profile(coach: Coach, tmp_path: Path) -> None:
    """An empty list in a script's document does not take somebody's blood thinner away."""
    coach("setup", "--yes", "--context", "blood-thinner")
    file = tmp_path / "answers.json"
    file.write_text(
        json.dumps({"pain": {"walking": 1}, "sharp": "no", "hot": "no", "other_signs": "no", "context": []})
    )
    assert coach("check-in", "--answers", str(file), "--json").json()["headline"] == "gentle"


class Terminal(io.StringIO):
    """A person at a terminal, who types what is given."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_a_number_and_enter_are_enough(coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options it asks; what was said of signs before stays as it was."""
    coach("check-in", "--walking", "1", "--none-of-the-signs", "--sign", "night-waking")
    monkeypatch.setattr("sys.stdin", Terminal("12\n2\n\n"))
    ran = coach("check-in")
    assert ran.code == 0
    assert "12 is not between 0 and 10" in ran.out
    last = home.records.history().check_ins[-1].answers
    assert (last.pain.walking, last.hot, last.sharp, last.sign("night-waking")) == (2, "no", "no", "yes")


def test_at_a_terminal_the_list_comes_first_where_it_was_never_answered(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told to go on before the emergency and same-day signs were read."""
    monkeypatch.setattr("sys.stdin", Terminal("n\n1\n\n"))
    ran = coach("check-in")
    assert ran.out.index("short of breath") < ran.out.index(beginning("answers.ask.walking"))
    assert len(home.records.history().screenings) == 1


@pytest.mark.parametrize("typed", ["", "1\n", "1\nn\n"])
def test_leaving_in_the_middle_keeps_no_check_in(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Half an answer is not taken for a whole one."""
    coach("check-in", "--walking", "1", "--none-of-the-signs")
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    ran = coach("check-in")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert len(home.records.history().check_ins) == 1


@pytest.mark.parametrize("words", [(), ("--json",), ("--day", "yesterday"), ("--note", " "), ("--medicine", "")])
def test_nothing_answered_in_a_pipe_keeps_nothing(coach: Coach, home: Home, words: tuple[str, ...]) -> None:
    """A script that answers nothing is told in a line what to give: an empty check-in would count as one."""
    ran = coach("check-in", *words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert beginning("answers.nothing-given") in ran.err
    assert home.records.history().check_ins == ()


def test_a_correction_that_says_nothing_is_none(coach: Coach, home: Home) -> None:
    """Alone it changes nothing, at a terminal too; of another day it is one."""
    first = coach("check-in", "--walking", "1", "--none-of-the-signs", "--json").json()["id"]
    assert coach("check-in", "--corrects", first).code == 2
    assert coach("check-in", "--corrects", first, "--day", "yesterday").code == 0
    assert len(home.records.history().check_ins) == 2


def test_an_empty_document_is_a_gentle_day(coach: Coach, tmp_path: Path) -> None:
    """Whoever hands in a document said what they had to say; nothing in it is taken for a no."""
    file = tmp_path / "answers.json"
    file.write_text("{}")
    said = coach("check-in", "--answers", str(file), "--json").json()
    assert (said["activity"], said["advice"]) == ("gentle", "none")


def test_a_sign_with_an_empty_answer_is_asked_again(coach: Coach) -> None:
    """``--sign ID=`` is a slip of a script, not a yes."""
    ran = coach("check-in", "--sign", "locked-knee=", "--json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert coach("history", "--json").json()["check_ins"] == []


@pytest.mark.parametrize(
    ("note", "sign", "advice"),
    [
        ("chest pain since this morning", "chest-or-breath", "today"),
        ("left leg swollen and red", "one-leg-swollen-warm", "soon"),
        ("膝が動かない", "locked-knee", "soon"),
    ],
)
def test_a_sign_in_the_note_counts_as_unsure_whatever_the_list_says(
    coach: Coach, home: Home, note: str, sign: str, advice: str
) -> None:
    """Who answers no to all, and writes of chest pain, is told so, and how to answer it."""
    ran = coach("check-in", "--walking", "1", "--none-of-the-signs", "--note", note, "--json")
    assert ran.json()["from_words"] == [sign]
    assert ran.json()["advice"] == advice
    assert f"--sign {sign}" in ran.err
    (check_in,) = home.records.history().check_ins
    assert check_in.answers.signs[sign] == "unsure"
    assert sign in check_in.asked


def test_a_sign_answered_by_its_name_is_as_it_was_answered(coach: Coach) -> None:
    """The person's own answer stands above what the program reads in the note."""
    answers = ("check-in", "--walking", "1", "--none-of-the-signs", "--note", "chest pain since this morning")
    denied = coach(*answers, "--sign", "chest-or-breath=no", "--json").json()
    assert (denied["from_words"], denied["advice"]) == ([], "none")
    told = coach(*answers, "--sign", "chest-or-breath", "--json").json()
    assert (told["from_words"], told["advice"]) == ([], "emergency")


def test_a_denied_sign_in_the_note_is_none(coach: Coach) -> None:
    """No chest pain is no chest pain, and what another person has is theirs."""
    note = "no chest pain. my husband has a swollen leg. was swollen last month, gone now"
    ran = coach("check-in", "--walking", "1", "--none-of-the-signs", "--note", note, "--json")
    assert (ran.json()["from_words"], ran.json()["headline"], ran.err) == ([], "go", "")


def test_words_never_soften_an_earlier_yes(coach: Coach, home: Home) -> None:
    """A yes that was not asked again stays a yes, though the note of the next day names the sign as well."""
    coach("check-in", "--walking", "1", "--none-of-the-signs", "--sign", "one-leg-swollen-warm")
    again = coach(
        "check-in", "--walking", "1", "--hot", "no", "--sharp", "no", "--note", "left leg still swollen", "--json"
    )
    assert again.json()["advice"] == "today"
    assert home.records.history().check_ins[-1].answers.signs["one-leg-swollen-warm"] == "yes"


def test_a_blanket_no_leaves_the_facts_of_once_a_year_open(coach: Coach, home: Home) -> None:
    """Nobody says their age by "none of the signs"; their own names do."""
    yearly = home.content.rules.yearly
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    record = home.records.history().check_ins[0]
    assert not yearly & {*record.asked, *record.answers.signs}
    assert set(status_now(home, clock.now()).ask_yearly) == yearly
    coach("check-in", "--walking", "1", *(word for sign in sorted(yearly) for word in ("--sign", f"{sign}=no")))
    assert status_now(home, clock.now()).ask_yearly == ()


def test_in_a_pause_the_short_check_in_at_a_terminal_asks_pain_at_rest(
    coach: Coach, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two numbers and Enter: the way back needs both; without a pause one number is enough."""

    def short(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr("sys.stdout", Terminal())
        assert coach("check-in").code == 0

    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    short("2", "")
    assert home.records.history().check_ins[-1].answers.pain == Pain(walking=2)
    coach("check-in", "--rest", "1", "--walking", "7", "--none-of-the-signs")
    short("2", "1", "")
    pain = home.records.history().check_ins[-1].answers.pain
    assert (pain.walking, pain.rest) == (2, 1)
