"""``coach ice`` and ``coach habit`` as a person meets them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from coach.home import Home
from coach.words import Words
from coach.words.care import care_text
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
At = Callable[[str], datetime]


def test_ice_is_refused_until_the_conditions_were_answered_once(coach: Coach, home: Home) -> None:
    """Exit 1 with what to do; answered once, it is not asked again."""
    refused = coach("ice", "start")
    assert refused.code == 1
    assert "--none-of-the-conditions" in refused.err
    assert home.records.history().ices == ()
    assert "Raynaud" in coach("ice", "status").out
    assert coach("ice", "start", "--none-of-the-conditions").code == 0
    assert home.records.history().ices[0].minutes == 15


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *(("1", 1), ("20", 20), ("０5", 5), ("0000015", 15)),
        *((word, None) for word in ("0", "21", "0000200", "x", "²", "9" * 5000)),
    ],
    ids=lambda value: str(value)[:9],
)
def test_ice_lies_for_twenty_minutes_at_most(coach: Coach, home: Home, typed: str, minutes: int | None) -> None:
    """However it is typed; for more, no time to take it off is named either."""
    ran = coach("ice", "start", typed, "--none-of-the-conditions")
    assert (ran.code, ran.out != "") == ((2, False) if minutes is None else (0, True))
    assert [icing.minutes for icing in home.records.history().ices] == ([] if minutes is None else [minutes])


@pytest.mark.parametrize("verb", [(), ("status",), ("stop",)])
@pytest.mark.parametrize("typed", [("--none-of-the-conditions",), ("10", "--none-of-the-conditions"), ("10",)])
def test_what_goes_with_start_is_not_taken_in_silence(
    coach: Coach, home: Home, verb: tuple[str, ...], typed: tuple[str, ...]
) -> None:
    """Nobody is left to believe that they had answered, or that the timer ran."""
    if not verb and typed[0] == "10":
        verb = ("status",)  # a number is no verb, and is refused as one
    ran = coach("ice", *verb, *typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"coach ice start {' '.join(typed)}" in ran.err
    assert home.profile.ice_conditions is None


def test_too_soon_is_refused_with_the_time(coach: Coach, at: At) -> None:
    """Two hours after the end of the last one."""
    at("2026-11-23T09:00+09:00")
    coach("ice", "start", "10", "--none-of-the-conditions")
    at("2026-11-23T10:00+09:00")
    refused = coach("ice", "start")
    assert refused.code == 1
    assert "11:10" in refused.err
    assert coach("ice", "status", "--json").json()["next_at"] == "2026-11-23T11:10:00+09:00"
    at("2026-11-23T11:10+09:00")
    assert coach("ice", "start").code == 0


def test_the_end_and_the_looks_at_the_skin_are_told(coach: Coach, at: At) -> None:
    """Fifteen minutes, a look at 5 and at 10, a cloth, and when to take it off at once."""
    at("2026-11-23T09:00+09:00")
    said = coach("ice", "start", "--none-of-the-conditions").out
    assert all(time in said for time in ("09:05", "09:10", "09:15"))
    assert "cloth" in said
    assert beginning("ice.end-call.nobody") in said


def test_stopping_ends_it(coach: Coach, at: At) -> None:
    """Stopped once; a second stop has nothing to stop. A status bar shows it while it is on, and when it is late."""
    at("2026-11-23T09:00+09:00")
    assert coach("status", "--json").json()["ice"] is None
    coach("ice", "start", "--none-of-the-conditions")
    ends = "2026-11-23T09:15:00+09:00"
    assert coach("status", "--json").json()["ice"] == {"ends_at": ends, "take_off": False}
    at(ends)
    assert coach("status", "--json").json()["ice"] == {"ends_at": ends, "take_off": True}
    assert Words("en")("kind.ice-end") in coach("status").out
    at("2026-11-23T09:01+09:00")
    assert coach("ice", "status", "--json").json()["running"]["ends_at"] == "2026-11-23T09:15:00+09:00"
    assert coach("ice", "stop").code == 0
    assert coach("ice", "status", "--json").json()["running"] is None
    assert coach("status", "--json").json()["ice"] is None
    assert coach("ice", "stop").code == 1


def test_a_check_in_that_forbids_ice_has_it_taken_off(coach: Coach, at: At) -> None:
    """At once, with the sign; a calm one leaves it on."""
    at("2026-11-23T09:00+09:00")
    assert coach("ice", "start", "--none-of-the-conditions").code == 0
    take_off = beginning("ice.take-off-now")
    assert take_off not in coach("check-in", "--walking", "2", "--none-of-the-signs").out
    assert take_off in coach("check-in", "--walking", "2", "--sign", "one-leg-swollen-warm").out
    assert take_off in coach("ice", "status").out
    assert take_off in coach("today").out
    document = coach("ice", "status", "--json").json()
    assert document["take_off"] == document["running"]
    assert document["take_off"]["ends_at"] == "2026-11-23T09:15:00+09:00"


@pytest.mark.parametrize("before", [2, 7], ids=["on a calm day", "in a pause"])
@pytest.mark.parametrize("sign", ["one-leg-swollen-warm", "cold-pale-foot", "numb-or-spreading"])
def test_that_ice_comes_off_stands_directly_under_whom_to_see(
    coach: Coach, home: Home, at: At, sign: str, before: int
) -> None:
    """It is what to do now; the reasons, however long, come after it. Where nobody is to be seen, it comes first."""
    at("2026-11-23T09:00+09:00")
    coach("check-in", "--walking", str(before), "--none-of-the-signs")
    at("2026-11-23T09:05+09:00")
    coach("ice", "start", "--none-of-the-conditions")
    lines = coach("check-in", "--walking", "2", "--sign", sign, "--none-of-the-signs").out.splitlines()
    advice = coach("status", "--json").json()["advice"]
    care = care_text(advice, home.profile.region, Words("en"), home.content)
    assert lines[lines.index(care) + 1 if care else 0].startswith(beginning("ice.take-off-now"))
    assert sum(line.startswith(beginning("ice.take-off-now")) for line in lines) == 1


def test_numb_today_means_no_ice(coach: Coach) -> None:
    """Whatever the conditions say."""
    coach("check-in", "--walking", "2", "--sign", "numb-or-spreading=unsure", "--none-of-the-signs")
    assert coach("ice", "start", "--none-of-the-conditions").code == 1


def test_one_habit_at_a_time(coach: Coach, at: At) -> None:
    """Chosen, answered in the evening, put down."""
    at("2026-11-23T09:00+09:00")
    assert coach("habit", "yes").code == 1
    assert "shoes" in coach("habit").out
    assert coach("habit", "choose", "shoes").code == 0
    assert coach("today", "--json").json()["habit"] == "shoes"
    at("2026-11-23T20:00+09:00")
    assert coach("habit", "no").code == 0
    assert coach("habit", "choose", "none").out.strip()
    assert coach("today", "--json").json()["habit"] is None


def test_after_two_weeks_it_says_what_it_can_and_asks_what_next(coach: Coach, at: At) -> None:
    """With three answers there are too few days to tell, and it says so."""
    at("2026-11-02T09:00+09:00")
    coach("habit", "choose", "shoes")
    for day in (2, 3, 4):
        at(f"2026-11-{day:02}T20:00+09:00")
        coach("habit", "yes")
    at("2026-11-16T09:00+09:00")
    said = coach("habit").out
    assert "Too few days" in said
    assert "coach habit choose" in said


def test_until_four_an_evening_is_answered_for_yesterday(coach: Coach, home: Home, at: At) -> None:
    """After midnight the answer is still of the evening before, says so, and leaves today's own evening open."""
    at("2026-11-23T09:00+09:00")
    coach("habit", "choose", "shoes")
    at("2026-11-24T00:30+09:00")
    assert "Mon 23 Nov" in coach("habit", "yes").out
    at("2026-11-24T21:00+09:00")
    assert "Tue 24 Nov" in coach("habit", "no").out
    at("2026-11-25T00:10+09:00")
    coach("habit", "yes")
    days = [(answer.day.day, answer.kept) for answer in home.records.history().habit_days]
    assert days == [(23, True), (24, False), (24, True)]


def test_an_answer_may_name_its_day(coach: Coach, home: Home, at: At) -> None:
    """An evening forgotten is answered in the morning; a day before the habit, or to come, is none."""
    at("2026-11-23T09:00+09:00")
    coach("habit", "choose", "shoes")
    at("2026-11-24T09:00+09:00")
    assert coach("habit", "yes", "--day", "yesterday").code == 0
    assert [answer.day.day for answer in home.records.history().habit_days] == [23]
    for day in ("2026-11-22", "2026-11-25", "soon"):
        assert coach("habit", "yes", "--day", day).code == 2
    assert coach("habit", "--day", "yesterday").code == 2
    assert len(home.records.history().habit_days) == 1
