"""``coach today`` and what changes it: check-ins, *it hurts*, having been seen; as a person meets it."""

import io
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from coach import clock
from coach.cli.context import CommandContext
from coach.cli.today import _left_out
from coach.domain.exercise.plan import LeftOut
from coach.home import Home
from coach.words import LANGUAGES, Words
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
At = Callable[[str], datetime]

KEYS = ["date", "activity", "advice", "headline", "pause", "routine", "habit", "ice", "next_reminder"]


class Terminal(io.StringIO):
    """A person at a terminal, who types what is given."""

    def isatty(self) -> bool:
        return True


CALM = ("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")


def test_it_works_before_any_set_up(coach: Coach, at: At) -> None:
    """A fresh machine has a gentle plan, no advice, and exactly the keys that scripts rely on."""
    at("2026-11-23T09:00+09:00")
    today = coach("today", "--json").json()
    assert list(today) == KEYS
    assert (today["activity"], today["advice"], today["headline"]) == ("gentle", "none", "gentle")
    assert today["date"] == "2026-11-23"
    assert list(today["routine"]) == ["id", "minutes", "steps"]
    assert list(today["routine"]["steps"][0]) == ["stretch", "side", "hold_s", "reps"]
    assert list(today["ice"]) == ["allowed", "why", "next_at"]
    assert today["ice"]["why"] == "not-asked"
    assert today["pause"] is None


def test_a_good_day_has_the_whole_routine(coach: Coach) -> None:
    """Two holds a side once the list was answered and the pain is low."""
    coach(*CALM)
    today = coach("today", "--json").json()
    assert today["activity"] == "go"
    assert {step["reps"] for step in today["routine"]["steps"]} == {2}


@pytest.mark.parametrize("instead", [None, "seated-toe-pull"])
def test_what_is_left_out_is_said_with_what_stands_in_its_place(home: Home, instead: str | None) -> None:
    """By their names, and why."""
    words, stretches = Words("en"), home.content.stretches
    line = _left_out(LeftOut("wall-calf", "gentle", instead), CommandContext(home, words))
    assert line == words(
        "plan.left-out-instead" if instead else "plan.left-out-line",
        stretch=words.pick(stretches["wall-calf"].name),
        why=words("plan.left-out.gentle"),
        instead=words.pick(stretches[instead].name) if instead else "",
    )


def test_a_pause_has_its_reason_its_end_and_what_leads_back(coach: Coach, at: At) -> None:
    """Seven of ten: no routine for 48 hours at least, then two calm check-ins and a gentle, seated day."""
    now = at("2026-11-23T09:00+09:00")
    coach("check-in", "--rest", "1", "--walking", "7", "--none-of-the-signs")
    today = coach("today", "--json").json()
    assert today["routine"] is None
    assert list(today["pause"]) == ["reason", "until", "back_when"]
    assert today["pause"]["reason"] == "pain-high"
    assert datetime.fromisoformat(today["pause"]["until"]) == now + timedelta(hours=48)
    at("2026-11-25T10:00+09:00")
    coach(*CALM)
    assert coach("today", "--json").json()["activity"] == "pause"
    at("2026-11-26T10:00+09:00")
    coach(*CALM)
    back = coach("today", "--json").json()
    assert back["activity"] == "gentle"
    assert {(step["hold_s"], step["reps"]) for step in back["routine"]["steps"]} == {(20, 1)}


@pytest.mark.parametrize("sign", ["locked-knee", "cold-pale-foot=unsure"])
def test_on_a_day_for_a_visit_nobody_reads_how_to_begin_ice(coach: Coach, sign: str) -> None:
    """Nor is it said twice beside where to go; on any other day it stands there."""
    ice = Words("en")("plan.ice", text="")
    assert ice in coach("today").out
    coach("check-in", "--sign", sign)
    assert ice not in coach("today").out


@pytest.mark.parametrize("sign", ["chest-or-breath", "locked-knee"])
def test_after_the_visit_nobody_is_sent_again_without_a_word(coach: Coach, at: At, sign: str) -> None:
    """What stands is of before the visit: that is said, until the signs are answered again."""
    before = Words("en")("pause.before-visit")
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--sign", sign)
    assert before not in coach("today").out
    at("2026-11-23T15:00+09:00")
    coach("seen", "--by", "Dr Sato")
    assert before in coach("today").out
    at("2026-11-23T15:10+09:00")
    coach(*CALM)
    assert before not in coach("today").out


@pytest.mark.parametrize(("sign", "headline"), [("chest-or-breath", "emergency"), ("locked-knee", "today")])
def test_it_hurts_says_first_whom_to_call(coach: Coach, sign: str, headline: str) -> None:
    """Whoever should be seen reads that before anything else, and is asked for no number."""
    words = Words("en")
    coach("check-in", "--sign", sign)
    said = coach("hurts").out
    assert words(f"decision.headline.{headline}") in said.splitlines()[0]
    assert words("pause.hurts.saved") in said
    assert words("pause.hurts.next") not in said


def test_whoever_rests_reads_no_number_at_which_to_start(coach: Coach, at: At) -> None:
    """A calm check-in in a rest of 48 hours: what would make it stricter than *go* is no end of the rest."""
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--rest", "1", "--walking", "7", "--none-of-the-signs")
    at("2026-11-24T10:00+09:00")
    said = coach(*CALM).out
    words = Words("en")
    assert words("decision.to.gentle") not in said
    assert words("decision.to.pause") not in said


def test_a_number_under_a_painkiller_is_said_to_be_one(coach: Coach) -> None:
    """Two of ten with a tablet is an ordinary day, and nobody takes it for one without."""
    beside = Words("en")("decision.under-medicine")
    assert beside not in coach("check-in", "--walking", "2", "--none-of-the-signs").out
    assert beside in coach("check-in", "--walking", "2", "--none-of-the-signs", "--medicine", "ibuprofen").out
    assert beside in coach("today").out


def test_the_end_of_a_rest_is_not_that_of_a_visit_to_consider(coach: Coach) -> None:
    """In one line, *until* belongs to the rest; whom to see has no end."""
    words = Words("en")
    coach("check-in", "--walking", "7", "--none-of-the-signs")
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", "night-waking")
    line = coach("status").out
    soon = words("status.soon")
    assert words("status.and-rest", state=soon, moment="").strip() in line
    assert words("status.until", state=soon, moment="").strip() not in line


def test_a_yes_for_the_same_day_stands_until_it_was_seen(coach: Coach, at: At) -> None:
    """Calm check-ins say so, and that the pause stands; a visit lifts it."""
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--sign", "locked-knee", "--none-of-the-signs")
    for day in (24, 25, 26):
        at(f"2026-11-{day}T09:30+09:00")
        said = coach(*CALM).out
        assert "coach seen" in said
    today = coach("today", "--json").json()
    assert (today["activity"], today["advice"]) == ("pause", "today")
    assert coach("seen", "--by", "Dr Sato").code == 0
    assert coach("today", "--json").json()["activity"] == "gentle"


def test_whoever_was_just_seen_is_told_why_the_advice_stands(coach: Coach, at: At) -> None:
    """The answers are those of before the visit; saying that nothing is new takes the advice off, not the rest."""
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--rest", "0", "--walking", "1", "--sign", "locked-knee", "--none-of-the-signs")
    at("2026-11-23T15:00+09:00")
    said = coach("seen", "--by", "Dr Sato").out
    assert beginning("pause.seen.ask") in said
    assert "--none-of-the-signs" in said
    coach(*CALM)
    today = coach("today", "--json").json()
    assert (today["activity"], today["advice"]) == ("pause", "none")


def test_it_hurts_rests_today_and_makes_tomorrow_gentle(coach: Coach, at: At) -> None:
    """One word stops the day; the pause ends at midnight by itself."""
    at("2026-11-23T09:00+09:00")
    coach(*CALM)
    said = coach("hurts")
    assert said.code == 0
    assert "check-in" in said.out
    today = coach("today", "--json").json()
    assert today["pause"]["reason"] == "hurt"
    assert today["pause"]["until"] == "2026-11-24T00:00:00+09:00"
    at("2026-11-24T07:00+09:00")
    assert coach("today", "--json").json()["activity"] == "gentle"
    at("2026-11-25T07:00+09:00")
    assert coach("today", "--json").json()["activity"] == "go"


def test_hurts_tells_scripts_what_follows(coach: Coach, at: At) -> None:
    """One JSON document, pointing to the check-in."""
    at("2026-11-23T09:00+09:00")
    document = coach("hurts", "--json").json()
    assert document["next"] == "check-in"
    assert document["activity"] == "pause"


def test_a_clearance_answers_its_sign(coach: Coach) -> None:
    """``seen --cleared`` says what became of each name, and the plan follows."""
    coach("check-in", "--rest", "0", "--walking", "1", "--sign", "gives-way", "--none-of-the-signs")
    assert coach("today", "--json").json()["advice"] == "soon"
    said = coach("seen", "--by", "Dr Sato", "--cleared", "gives-way", "--cleared", "locked-knee")
    assert said.code == 0
    assert "90" in said.out
    assert coach("today", "--json").json()["advice"] == "none"


@pytest.mark.parametrize(
    "words",
    [
        ("seen",),
        ("seen", "--by", " "),
        ("seen", "--by", "x" * 300),
        ("seen", "--by", "Dr", "--cleared", "nonsense"),
        ("seen", "--by", "Dr", "--baseline", "eleven"),
        ("history", "--days", "0"),
        ("history", "--days", "many"),
        ("ice", "start", "25"),
        ("ice", "start", "0"),
        ("ice", "start", "soon"),
        ("ice", "melt"),
        ("habit", "choose", "smoking"),
        ("habit", "yes", "please"),
        ("hurts", "much"),
        ("today", "tomorrow"),
        ("status", "--loud"),
    ],
    ids=" ".join,
)
def test_nonsense_is_one_line_and_changes_nothing(coach: Coach, home: Home, words: tuple[str, ...]) -> None:
    """Exit 2, one line on stderr, nothing kept."""
    ran = coach(*words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert ran.out == ""
    assert home.records.history().seens == ()


def test_a_name_is_shown_as_written_and_never_obeyed(coach: Coach, home: Home) -> None:
    """Brackets and emoji stay, control characters become visible."""
    said = coach("seen", "--by", "Dr [/b] 🦵 \x1b[31m")
    assert "Dr [/b] 🦵" in said.out
    assert "\x1b" not in said.out
    assert "\x1b" not in coach("history").out
    assert home.records.history().seens[0].by == "Dr [/b] 🦵 \x1b[31m"


def test_history_lists_each_check_in_with_its_id(coach: Coach, home: Home) -> None:
    """What was noted twice stands twice; JSON holds whole records and the pauses."""
    coach(*CALM)
    coach("check-in", "--walking", "8", "--none-of-the-signs")
    document = coach("history", "--json").json()
    ids = [one.id for one in home.records.history().check_ins]
    assert [one["id"] for one in document["check_ins"]] == ids
    assert [one["reason"] for one in document["pauses"]] == ["pain-high"]
    text = coach("history").out
    assert all(one in text for one in ids)


def test_history_says_how_long_the_ice_was_on(coach: Coach, at: At) -> None:
    """Taken off early, it counts as long as it was on: a doctor would read the minutes as they are."""
    at("2026-11-22T09:00+09:00")
    coach("ice", "start", "15", "--none-of-the-conditions")
    at("2026-11-22T09:04+09:00")
    coach("ice", "stop")
    assert "ice  4 minutes" in coach("history").out
    (row,) = coach("history", "--json").json()["icing"]
    assert (row["minutes"], row["ends_at"]) == (15, "2026-11-22T09:04:00+09:00")


def test_history_reads_only_the_days_asked_for(coach: Coach, at: At) -> None:
    """A week ago is not in three days; a pause that still stands is."""
    at("2026-11-16T09:00+09:00")
    coach("check-in", "--walking", "8", "--none-of-the-signs")
    at("2026-11-23T09:00+09:00")
    document = coach("history", "--days", "3", "--json").json()
    assert document["check_ins"] == []
    assert len(document["pauses"]) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_speaks_both_languages(coach: Coach, language: str) -> None:
    """No key of the catalogue shows through, in any state of the day."""
    steps: list[tuple[str, ...]] = [
        ("today",), CALM, ("today",), ("ice", "start", "--none-of-the-conditions"), ("ice",), ("ice", "start"),
        ("habit", "choose", "shoes"), ("habit",), ("habit", "no"), ("hurts",), ("today",),
        ("check-in", "--rest", "8", "--sign", "chest-or-breath"), ("today",), ("status",),
        ("seen", "--by", "X", "--cleared", "chest-or-breath"), ("history",),
    ]  # fmt: skip
    key = re.compile(r"\b(plan|pause|ice|habit|status|setup|decision|answers|dates)\.[a-z]+")
    for words in steps:
        ran = coach("--lang", language, *words)
        assert not key.search(ran.out + ran.err), words


def test_a_pause_that_began_long_ago_is_not_forgotten(coach: Coach, at: At) -> None:
    """A yes of half a year ago, with calm days noted ever since, still waits to be seen."""
    at("2026-01-05T09:00+09:00")
    coach("check-in", "--walking", "1", "--sign", "locked-knee", "--none-of-the-signs")
    for month in range(2, 8):
        at(f"2026-{month:02}-05T09:00+09:00")
        coach(*CALM)
    assert coach("today", "--json").json()["advice"] == "today"


def test_the_small_questions_are_answered_in_place(coach: Coach, at: At, home: Home) -> None:
    """Why not yesterday: kept, with an answer that fits; nonsense is one line."""
    at("2026-11-23T09:00+09:00")
    assert coach("today", "--why-not", "laziness").code == 2
    assert "half as long" in coach("today", "--why-not", "no-time").out
    kept = home.records.history().missed[0]
    assert (kept.why, kept.day.isoformat()) == ("no-time", "2026-11-22")
    assert coach("today", "--weekly", "well").code == 1


def test_what_a_reason_changes_is_in_the_plan_below_it(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half as much is said above half as much, on a clock that goes on: nobody does the full amount once more."""
    ticking = (datetime.fromisoformat("2026-11-23T09:00+09:00") + timedelta(milliseconds=n) for n in count())
    monkeypatch.setattr(clock, "now", lambda: next(ticking))
    coach(*CALM)
    before = coach("today").out
    said = coach("today", "--why-not", "hurt").out
    assert "2 times" in before
    assert "2 times" not in said
    assert coach("today").out.splitlines()[2:] == said.splitlines()[4:]


@pytest.mark.parametrize("sign", ["cold-pale-foot", "locked-knee"])
def test_nobody_is_sent_back_straight_after_a_visit(coach: Coach, sign: str) -> None:
    """What was answered before the visit stands until it is asked anew: that is said, and no order."""
    words = Words("en")
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", f"{sign}=unsure" if "foot" in sign else sign)
    said = coach("seen", "--by", "Dr Sato").out
    assert words("pause.seen.ask") in said
    for headline in ("today", "emergency"):
        assert words(f"decision.headline.{headline}") not in said


@pytest.mark.parametrize("sign", ["cold-pale-foot", "locked-knee", "pulsing-lump"])
def test_a_sign_nobody_was_sure_of_is_asked_after_the_visit(coach: Coach, sign: str) -> None:
    """Somebody has looked now: it's said how to answer, and not what the old answer asks for."""
    coach("check-in", "--walking", "2", "--none-of-the-signs", "--sign", f"{sign}=unsure")
    told = coach("seen", "--by", "Dr Sato").out
    assert Words("en")("pause.seen.ask") in told


def test_an_emergency_told_after_a_visit_is_not_said_to_be_of_before_it(
    coach: Coach, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A yes in the list at a terminal, left in its middle: the call stands, and nothing says that it is old."""
    before = Words("en")("pause.before-visit")
    at("2026-11-23T09:00+09:00")
    coach(*CALM)
    at("2026-11-23T15:00+09:00")
    coach("seen", "--by", "Dr Sato")
    at("2026-11-23T18:00+09:00")
    monkeypatch.setattr("sys.stdin", Terminal("1\n"))
    coach("check-in")
    said = coach("today").out
    assert Words("en")("decision.headline.emergency") in said
    assert before not in said


def test_a_number_from_before_a_visit_is_asked_for_and_changes_the_advice(coach: Coach, at: At) -> None:
    """The signs alone would send the person back: the number is named, and what is suggested takes the advice off."""
    words = Words("en")
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--rest", "8", "--walking", "8", "--none-of-the-signs")
    at("2026-11-23T15:00+09:00")
    assert words("pause.seen.ask-pain") in coach("seen", "--by", "Dr Sato").out
    assert words("pause.before-visit-pain") in coach("today").out
    suggested = "check-in --rest N --walking N --none-of-the-signs"
    for language in LANGUAGES:
        for key in ("pause.seen.ask-pain", "pause.before-visit-pain"):
            text = Words(language)(key)
            assert suggested in text.replace("点数 --", "N --"), text
    at("2026-11-23T15:10+09:00")
    coach("check-in", "--none-of-the-signs")
    assert words("pause.before-visit-pain") in coach("today").out
    coach(*suggested.replace("N", "3").split())
    assert coach("today", "--json").json()["advice"] == "none"


def test_a_pause_that_comes_with_an_import_is_read_however_old(
    coach: Coach, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Months of calm days here do not hide a yes that another machine noted before them."""
    here = os.environ["COACH_HOME"]
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "other"))
    at("2026-01-05T09:00+09:00")
    coach("check-in", "--walking", "1", "--sign", "locked-knee", "--none-of-the-signs")
    coach("export", str(tmp_path / "other.json"))
    monkeypatch.setenv("COACH_HOME", here)
    for month in range(2, 8):
        at(f"2026-{month:02}-05T09:00+09:00")
        coach(*CALM)
    assert coach("today", "--json").json()["activity"] != "pause"
    assert coach("import", str(tmp_path / "other.json")).code == 0
    for month in range(7, 10):
        at(f"2026-{month:02}-06T09:00+09:00")
        coach(*CALM)
    assert coach("today", "--json").json()["pause"]["reason"] == "locked-knee"
    coach("seen", "--by", "Dr Sato")
    coach(*CALM)
    assert coach("today", "--json").json()["activity"] == "gentle"


def test_what_was_said_a_moment_ago_is_not_the_future(coach: Coach, at: At) -> None:
    """A clock that steps back by less than a minute changes no answer, and keeps the order of what was said."""
    at("2026-11-23T09:00:00.800000+09:00")
    coach(*CALM)
    at("2026-11-23T09:00:00.300000+09:00")
    assert coach("today", "--json").json()["activity"] == "go"
    coach("check-in", "--rest", "0", "--walking", "4", "--none-of-the-signs")
    assert coach("today", "--json").json()["activity"] == "gentle"
    coach("ice", "start", "10", "--none-of-the-conditions")
    at("2026-11-23T09:00:00.100000+09:00")
    assert coach("ice", "stop").code == 0
    coach("pause", "2h")
    at("2026-11-23T09:00:00+09:00")
    assert coach("resume").out.startswith(beginning("reminders.resumed"))


def test_a_day_is_a_day_to_the_minute(coach: Coach, at: At) -> None:
    """Checking in at nine each morning counts as a day apart, however quick the hand was."""
    at("2026-11-23T09:00:40.900000+09:00")
    coach("check-in", "--rest", "1", "--walking", "1", "--sharp", "repeats", "--none-of-the-signs")
    at("2026-11-23T10:00:40.500000+09:00")
    coach(*CALM)
    at("2026-11-24T09:59:59+09:00")
    coach(*CALM)
    assert coach("today", "--json").json()["activity"] == "pause"
    at("2026-11-24T10:00:00.200000+09:00")
    coach(*CALM)
    assert coach("today", "--json").json()["activity"] == "gentle"


def test_a_pause_of_a_week_is_counted_to_the_minute(coach: Coach, at: At) -> None:
    """Seven mornings later, seconds earlier on the clock, the pause has lasted seven days."""
    for day, seconds in ((16, "50"), (23, "05")):
        at(f"2026-11-{day}T09:00:{seconds}+09:00")
        ran = coach("check-in", "--rest", "1", "--walking", "1", "--sharp", "repeats", "--none-of-the-signs", "--json")
    assert ran.json()["advice"] == "soon"


def test_one_reminder_a_week_by_command_and_back(coach: Coach, at: At, home: Home) -> None:
    """Offered once it has settled; taken, it says what changed and how to go back; declined, it is not said again."""
    assert coach("today", "--reminders", "keep").code == 1
    for day in range(1, 20):
        at(f"2026-11-{day:02}T09:00+09:00")
        coach("check-in", "--rest", "0", "--walking", "0" if day > 2 else "2", "--during", "0", "--none-of-the-signs")
    assert "--reminders weekly" in coach("today").out
    ran = coach("today", "--reminders", "weekly")
    assert "Thu at 20:00" in ran.out
    assert "coach today --reminders daily" in ran.out
    assert [one.id for one in home.profile.reminders or () if not one.enabled] == ["check-in", "routine"]
    assert coach("today", "--reminders", "daily").code == 0
    assert all(one.enabled and one.id != "weekly" for one in home.profile.reminders or ())
    kept = coach("today", "--reminders", "keep").out
    assert "month" in kept
    assert "--reminders" not in kept  # whoever just chose is not asked again at once
    assert "--reminders" not in coach("today").out


@pytest.mark.parametrize("verb", ["today", "status", "hurts", "history", "reminders list", "reminders log"])
def test_every_time_has_its_offset_in_digits(coach: Coach, at: At, verb: str) -> None:
    """Also where the machine keeps universal time: a script reads one form of time everywhere."""
    at("2026-11-23T09:00:00+00:00")
    coach("setup", "--yes")
    coach("check-in", "--rest", "1", "--walking", "7", "--none-of-the-signs")
    coach("ice", "start", "10", "--none-of-the-conditions")
    at("2026-11-23T12:00:00+00:00")
    times = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', coach(*verb.split(), "--json").out)
    assert times
    assert [one for one in times if not re.search(r"[+-]\d\d:\d\d$", one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_prints_the_call_and_nothing_beside_it(coach: Coach, at: At, language: str) -> None:
    """No ice, no reminder and no way back: the document alone still holds all of them."""
    at("2026-11-23T09:00+09:00")
    words = Words(language)
    coach("--lang", language, "check-in", "--walking", "6", "--sign", "chest-or-breath=yes", "--none-of-the-signs")
    said = coach("--lang", language, "today")
    assert said.code == 0
    assert words("decision.headline.emergency") in said.out
    assert words("plan.back") not in said.out
    assert beginning("plan.ice", language) not in said.out
    assert beginning("plan.reminder", language) not in said.out
    document = coach("today", "--json").json()
    assert document["ice"]["allowed"] is False
    assert document["next_reminder"]
    assert document["pause"]["back_when"]
