"""``coach reminders``, ``snooze``, ``skip``, ``pause`` and ``resume`` as scripts use them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.actions.reminders import settings
from coach.actions.reminders.facts import recorded_facts, settle
from coach.actions.reminders.log import read_rows, write_rows
from coach.actions.reminders.schedule import upcoming
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Reminder
from coach.domain.reminders.slots import Span
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
At = Callable[[str], datetime]
MORNING = "2026-11-23T08:00:00+00:00"


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch, at: At) -> None:
    monkeypatch.setenv("TZ", "UTC")
    at(MORNING)


def add(coach: Coach, *words: str) -> Ran:
    return coach("reminders", "add", "--kind", "custom", *words)


def test_a_reminder_is_listed_as_it_was_given(coach: Coach) -> None:
    """What one typed is what one finds, with when it comes next."""
    add(coach, "--id", "tea", "--every", "50m", "--between", "09:00-18:00", "--days", "mon-fri", "--text", "Tea [x]")
    found = {one["id"]: one for one in coach("reminders", "list", "--json").json()}
    assert found["tea"] == {
        "id": "tea", "kind": "custom", "every": "50m", "between": "09:00-18:00", "days": "mon-fri",
        "enabled": True, "next": "2026-11-23T09:50:00+00:00", "text": "Tea [x]",
    }  # fmt: skip


def test_every_kind_has_its_default_before_set_up(coach: Coach) -> None:
    """Someone who chose nothing has breaks, a nudge, the check-in and the routine."""
    assert [one["kind"] for one in coach("reminders", "list", "--json").json()] == [
        "desk-break", "posture", "check-in", "routine",
    ]  # fmt: skip


def test_next_counts_through_the_coming_days(coach: Coach) -> None:
    """The next ones are told in order of time, over as many days as it takes."""
    for one in ("desk-break", "posture", "check-in", "routine"):
        coach("reminders", "remove", one)
    add(coach, "--id", "tea", "--at", "09:00", "--days", "mon,wed")
    assert coach("reminders", "next", "--count", "3", "--json").json() == [
        {"id": "tea", "due": "2026-11-23T09:00:00+00:00"},
        {"id": "tea", "due": "2026-11-25T09:00:00+00:00"},
        {"id": "tea", "due": "2026-11-30T09:00:00+00:00"},
    ]
    said = coach("reminders", "next", "--count", "0002").out.splitlines()
    assert said == ["2026-11-23 09:00  tea", "2026-11-25 09:00  tea"]


@pytest.mark.parametrize("count", ["0", "10001", "00000000010001", "1" + "0" * 5000, "²", "x", ""], ids=lambda w: w[:9])
def test_next_tells_of_one_to_ten_thousand(coach: Coach, count: str) -> None:
    """Any other number is a wrong use, however many digits it has."""
    ran = coach("reminders", "next", "--count", count)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "25:00"], ["--at", "9"], ["--at", "09:60"], ["--at", ""],
        ["--every", "0", "--between", "09:00-18:00"], ["--every", "-5m", "--between", "09:00-18:00"],
        ["--every", "soon", "--between", "09:00-18:00"], ["--every", "9h", "--between", "09:00-18:00"],
        ["--every", "50m"], ["--between", "09:00-18:00"], [],
        ["--every", "50m", "--between", "09:00"], ["--every", "50m", "--between", "09:00-09:00"],
        ["--every", "50m", "--between", "09:00-18:00", "--at", "10:00"],
        ["--at", "10:00", "--days", "funday"], ["--at", "10:00", "--days", ""], ["--at", "10:00", "--days", "mon-"],
        ["--at", "10:00", "--id", "no spaces"], ["--at", "10:00", "--id", ""], ["--at", "10:00", "--id", "ice"],
        ["--at", "10:00", "--text", " "], ["--at", "10:00", "--text", "x" * 501], ["--at", "\x1b[31m"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nonsense_is_one_clear_line_and_changes_nothing(coach: Coach, words: list[str], language: str) -> None:
    """Whatever is wrong is said in one line, with exit status 2, and no terminal code gets through."""
    before = coach("reminders", "list", "--json").out
    ran = coach("--lang", language, "reminders", "add", "--kind", "custom", *words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "reminders." not in ran.err
    assert "\x1b" not in ran.err
    assert coach("reminders", "list", "--json").out == before


@pytest.mark.parametrize("beside", [("--every", "50m"), ("--between", "09:00-18:00")])
def test_a_change_has_one_time_or_every_so_often(coach: Coach, beside: tuple[str, str]) -> None:
    """Of the two, neither is left out in silence."""
    add(coach, "--id", "tea", "--at", "10:00")
    before = coach("reminders", "list", "--json").out
    ran = coach("reminders", "edit", "tea", "--at", "11:00", *beside)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{Words('en')('reminders.error.when')}\n")
    assert coach("reminders", "list", "--json").out == before


def test_an_id_is_used_once(coach: Coach) -> None:
    """A second reminder of the same name is refused; without a name, one is found."""
    assert add(coach, "--id", "tea", "--at", "10:00").code == 0
    assert add(coach, "--id", "tea", "--at", "11:00").code == 1
    assert add(coach, "--at", "11:00").code == add(coach, "--at", "12:00").code == 0
    assert [one["id"] for one in coach("reminders", "list", "--json").json()][-3:] == ["tea", "custom", "custom-2"]


def test_a_reminder_changes_from_every_to_at_and_rests(coach: Coach) -> None:
    """Editing replaces when it comes, and switches it off and on."""
    add(coach, "--id", "tea", "--every", "50m", "--between", "09:00-18:00")
    assert coach("reminders", "edit", "tea", "--at", "21:15", "--off").code == 0
    found = coach("reminders", "list", "--json").json()[-1]
    assert (found["at"], found["between"], found["enabled"], found["next"]) == ("21:15", None, False, None)
    assert coach("reminders", "edit", "tea", "--on").code == 0
    assert coach("reminders", "list", "--json").json()[-1]["next"] == "2026-11-23T21:15:00+00:00"
    assert coach("reminders", "edit", "tea").code == 2
    assert coach("reminders", "edit", "nobody", "--on").code == 1


def test_what_nobody_was_there_for_is_in_the_log(coach: Coach, at: At) -> None:
    """With no agent all day, each slot is told as missed, with its reason; those before it was made do not exist."""
    at("2026-11-23T10:00:00+00:00")
    add(coach, "--id", "tea", "--every", "60m", "--between", "08:00-14:00")
    at("2026-11-23T12:20:00+00:00")
    rows = [row for row in coach("reminders", "log", "--json").json() if row["id"] == "tea"]
    assert [(row["due"], row["outcome"], row["shown_at"], row["channel"]) for row in rows] == [
        ("2026-11-23T11:00:00+00:00", "missed", None, None),
        ("2026-11-23T12:00:00+00:00", "missed", None, None),
    ]
    assert all(row["why"] for row in rows)


def test_the_log_from_a_time_on(coach: Coach, at: At) -> None:
    """``--since`` leaves out what is older; a time that is none is one line."""
    add(coach, "--id", "tea", "--every", "60m", "--between", "08:00-14:00")
    at("2026-11-23T13:00:00+00:00")
    rows = coach("reminders", "log", "--json", "--since", "2026-11-23T11:00").json()
    assert {row["due"][11:16] for row in rows if row["id"] == "tea"} == {"11:00", "12:00"}
    assert coach("reminders", "log", "--since", "yesterday-ish").code == 2


def test_a_pause_holds_what_falls_in_it_and_ends_by_itself(coach: Coach, at: At) -> None:
    """During two hours of rest nothing comes; after it, all comes again, and the log says why."""
    add(coach, "--id", "tea", "--every", "60m", "--between", "08:00-14:00")
    assert "10:00" in coach("pause", "2h").out
    assert {one["due"][11:16] for one in coach("reminders", "next", "--count", "2", "--json").json()} == {
        "10:00",
        "10:40",
    }
    at("2026-11-23T11:30:00+00:00")
    rows = {
        row["due"][11:16]: row["outcome"] for row in coach("reminders", "log", "--json").json() if row["id"] == "tea"
    }
    assert rows == {"09:00": "held", "10:00": "missed", "11:00": "missed"}


@pytest.mark.parametrize(
    ("words", "until"),
    [
        (["90m"], "09:30"),
        (["until", "14:30"], "14:30"),
        (["until", "07:00"], "Tue 24 Nov 07:00"),
        (["today"], "Tue 24 Nov 00:00"),
    ],
)
def test_a_pause_says_when_it_ends(coach: Coach, words: list[str], until: str) -> None:
    """However it is asked for, its end is told."""
    assert until in coach("pause", *words).out


@pytest.mark.parametrize(
    "words",
    [
        ["0m"],
        ["61d"],
        ["until", "25:00"],
        ["until", "2027-03-01"],
        ["until", "2026-02-31"],
        ["until"],
        ["1h", "2h"],
        ["forever"],
    ],
)
def test_a_pause_without_an_end_is_refused(coach: Coach, words: list[str]) -> None:
    """Every pause ends by itself: what gives no end is one clear line."""
    ran = coach("pause", *words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_resume_ends_the_persons_own_pause(coach: Coach) -> None:
    """After resuming, what would have rested comes again; resuming twice says that nothing rested."""
    coach("pause", "today")
    assert coach("resume").out == "Reminders are back on.\n"
    assert coach("resume").out == "Reminders weren't paused.\n"
    assert coach("reminders", "next", "--count", "1", "--json").json()[0]["due"] == "2026-11-23T09:50:00+00:00"


def test_skip_leaves_out_the_next_and_then_the_one_after(coach: Coach) -> None:
    """Each skip takes one, and the log says so."""
    assert "09:50" in coach("skip").out
    assert "10:40" in coach("skip").out
    assert [row["outcome"] for row in coach("reminders", "log", "--json").json()] == ["skipped", "skipped"]
    back = coach("skip", "--undo").out
    assert "10:40" in back
    assert back.startswith(beginning("reminders.unskipped"))
    assert coach("skip").out.startswith(beginning("reminders.skipped"))


def test_a_snooze_waits_as_a_slot_of_its_own(home: Home, at: At) -> None:
    """*In 10 minutes* of the last popup comes at that time, under its name, and the popup counts as put off."""
    from coach.actions.reminders.snooze import snooze

    now = at("2026-11-23T10:00:10+00:00")
    row = Delivery(
        id="tea@1", reminder="tea", kind="custom", due=now, noted=now, outcome="shown", shown_at=now, text="Tea"
    )
    write_rows(home, row)
    settings.add(home, Reminder(id="tea", kind="custom", at="10:00", text="Tea"), now)
    waits = snooze(home, now)
    assert read_rows(home)["tea@1"].outcome == "snoozed"
    assert (waits.reminder, waits.due.isoformat()) == ("tea", "2026-11-23T10:10:10+00:00")
    assert upcoming(home, at("2026-11-23T10:05:00+00:00"), 1)[0].due == waits.due


def test_absences_are_kept_for_who_looks_later(home: Home, at: At) -> None:
    """The count that began anew after an absence is the same for every program."""

    now = at("2026-11-23T11:00:00+00:00")
    left, back = at("2026-11-23T10:20:00+00:00"), at("2026-11-23T10:35:00+00:00")
    settle(home, now, [Span(left, back)])
    assert upcoming(home, now, 1)[0].due.isoformat() == "2026-11-23T11:25:00+00:00"


def test_absences_of_long_ago_are_let_go(home: Home, at: At) -> None:
    """After a month of lunches an agent has those of the last two days in mind, as one that was just started."""

    noon, known = at("2026-11-01T13:00:00+00:00"), tuple[Span, ...]()
    for day in range(30):
        back = noon + timedelta(days=day)
        known = settle(home, back, (*known, Span(back - timedelta(hours=1), back)))
    assert [span.end.day for span in known] == [29, 30]
    assert recorded_facts(home, back).absences == known


@pytest.mark.parametrize("verb", ["reminders", "agent", "snooze", "pause"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_help_is_in_both_languages(coach: Coach, verb: str, language: str) -> None:
    """No key of the catalogue shows through in the help of any verb."""
    ran = coach("--lang", language, verb, "--help")
    assert ran.code == 0
    assert ".help." not in ran.out


def test_a_script_is_told_that_a_popup_was_not_delivered(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``test --json`` says why as one document, beside the line for a person."""
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    ran = coach("reminders", "test", "--json")
    document = ran.json()
    assert ran.code == 1
    assert (document["delivered"], document["channel"]) == (False, None)
    assert document["why"]
    assert document["why"] in ran.err


def test_what_rests_in_a_pause_for_safety_is_not_promised(coach: Coach, at: At) -> None:
    """Routine and breaks come no more until calm check-ins end the pause; check-in and posture stay."""
    coach("check-in", "--rest", "0", "--walking", "7", "--none-of-the-signs")
    coming = {one["id"]: one["next"] for one in coach("reminders", "list", "--json").json()}
    assert coming["routine"] is None
    assert coming["desk-break"] is None
    assert coming["check-in"]
    assert coming["posture"]
    told = {one["id"] for one in coach("reminders", "next", "--count", "50", "--json").json()}
    assert told == {"check-in", "posture"}


def test_it_hurts_rests_today_alone(coach: Coach) -> None:
    """Tomorrow's routine is told as the next one."""
    coach("hurts")
    coming = {one["id"]: one["next"] for one in coach("reminders", "list", "--json").json()}
    assert coming["routine"].startswith("2026-11-24T20:00")


def test_slots_count_from_set_up_on(coach: Coach, at: At) -> None:
    """Where no agent ever ran since set-up, the log says so of each slot; before set-up nothing was promised."""
    assert coach("reminders", "log", "--json").json() == []
    coach("setup", "--yes")
    at("2026-11-23T11:00:00+00:00")
    log = coach("reminders", "log", "--json").json()
    assert [(one["due"], one["outcome"]) for one in log] == [
        ("2026-11-23T09:50:00+00:00", "missed"), ("2026-11-23T10:40:00+00:00", "missed"),
    ]  # fmt: skip


def test_resume_says_what_ends_a_pause_for_safety(coach: Coach) -> None:
    """It ends none, and names the time and the two calm check-ins that do."""
    coach("check-in", "--rest", "0", "--walking", "7", "--none-of-the-signs")
    said = coach("resume").out
    assert "08:00" in said
    assert "calm check-ins" in said
    assert coach("today", "--json").json()["activity"] == "pause"


@pytest.mark.parametrize(("language", "says"), [("en", "every 50 minutes"), ("ja", "50分ごと")])
def test_the_list_speaks_the_persons_language(coach: Coach, language: str, says: str) -> None:
    """Each line begins with the id that other verbs take; times and days stand in words, not as options."""
    (line,) = (one for one in coach("--lang", language, "reminders", "list").out.splitlines() if "desk-break" in one)
    assert line.startswith("desk-break  ")
    assert says in line
    assert "50m" not in line
    assert "mon-fri" not in line


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_was_put_off_is_called_once_more(home: Home, coach: Coach, language: str) -> None:
    """A snooze that repeats no reminder is no reminder of one's own."""
    from coach import clock
    from coach.actions.reminders.snooze import snooze

    snooze(home, clock.now())
    words = Words(language)
    assert words("kind.snooze") in coach("--lang", language, "today").out
    assert words("kind.snooze") in coach("--lang", language, "status").out


def test_today_of_a_night_shift_lasts_until_it_ends(coach: Coach, at: At) -> None:
    """*Pause today* at twenty to midnight does not end in the middle of the work."""
    coach("setup", "--yes", "--work", "22:00-06:00")
    at("2026-11-23T23:40+00:00")
    coach("pause", "today")
    assert coach("status", "--json").json()["pause"] == {"reason": "reminders", "until": "2026-11-24T06:00:00+00:00"}


@pytest.mark.parametrize(
    ("words", "until"),
    [
        (["3d"], "2026-11-26T10:00:00+00:00"),
        (["tomorrow"], "2026-11-25T00:00:00+00:00"),
        (["until", "2026-12-24"], "2026-12-24T00:00:00+00:00"),
        (["until", "tomorrow"], "2026-11-24T00:00:00+00:00"),
        (["until", "09:30"], "2026-11-24T09:30:00+00:00"),
    ],
)
def test_a_pause_over_days(coach: Coach, at: At, words: list[str], until: str) -> None:
    """For days, over tomorrow, or until a date, whose reminders come again."""
    at("2026-11-23T10:00+00:00")
    coach("pause", *words)
    assert coach("status", "--json").json()["pause"]["until"] == until


def test_a_reminder_of_one_date_comes_once(coach: Coach, at: At) -> None:
    """On its day at its time, and then it is over; the list and the calendar say the date."""
    at("2026-11-23T10:00+00:00")
    coach(
        "reminders", "add", "--id", "call", "--kind", "custom", "--at", "15:00", "--on", "2026-11-24", "--text", "Call"
    )
    (one,) = [each for each in coach("reminders", "list", "--json").json() if each["id"] == "call"]
    assert (one["on"], one["next"]) == ("2026-11-24", "2026-11-24T15:00:00+00:00")
    assert "2026-11-24" in coach("reminders", "list").out
    at("2026-11-24T15:00:01+00:00")
    (one,) = [each for each in coach("reminders", "list", "--json").json() if each["id"] == "call"]
    assert one["next"] is None
    coach("reminders", "edit", "call", "--on", "tomorrow")
    (one,) = [each for each in coach("reminders", "list", "--json").json() if each["id"] == "call"]
    assert one["next"] == "2026-11-25T15:00:00+00:00"


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "15:00", "--on", "2026-11-22"],
        ["--at", "15:00", "--on", "christmas"],
        ["--every", "50m", "--between", "09:00-18:00", "--on", "2026-11-24"],
        ["--on", "2026-11-24"],
    ],
)
def test_a_date_that_cannot_be_is_refused(coach: Coach, at: At, words: list[str]) -> None:
    """A past day, no day at all, or a date with no time of day: one clear line."""
    at("2026-11-23T10:00+00:00")
    ran = coach("reminders", "add", "--kind", "custom", *words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_what_was_skipped_may_come_after_all(coach: Coach, at: At) -> None:
    """The last one that was left out is next again; where none is, that is said."""
    at("2026-11-23T09:30+00:00")
    assert coach("skip", "--undo").code == 1
    assert Words("en")("kind.desk-break") in coach("skip").out  # as people call it, and not its id
    coach("skip")
    assert "10:40" in coach("skip", "--undo").out
    assert coach("reminders", "next", "--count", "1", "--json").json()[0]["due"].startswith("2026-11-23T10:40")
    assert "09:50" in coach("skip", "--undo").out


def test_two_snoozes_of_one_reminder_are_one(home: Home, coach: Coach, at: At) -> None:
    """Put off twice, it calls once, at the later time; one for the next day names it."""
    now = at("2026-11-23T23:50:00+00:00")
    row = Delivery(id="up@1", reminder="posture", kind="posture", due=now, noted=now, outcome="shown", shown_at=now)
    write_rows(home, row)
    coach("snooze", "10m")
    assert "Tue 24 Nov 00:20" in coach("snooze", "30m").out
    waiting = [row for row in read_rows(home).values() if row.outcome == "waiting"]
    assert [f"{row.due:%H:%M}" for row in waiting] == ["00:20"]


def test_a_snooze_ends_with_its_reminder(home: Home, coach: Coach, at: At) -> None:
    """Removed or switched off, it calls no more; the log says why."""
    now = at("2026-11-23T10:00:00+00:00")
    row = Delivery(id="up@1", reminder="posture", kind="posture", due=now, noted=now, outcome="shown", shown_at=now)
    write_rows(home, row)
    coach("snooze", "10m")
    coach("reminders", "edit", "posture", "--off")
    at("2026-11-23T10:11:00+00:00")
    assert "removed or switched off" in coach("reminders", "log").out


def test_a_break_is_announced_where_the_person_wants_it(coach: Coach, home: Home) -> None:
    """Off until it is set; without a word it says how it is."""
    assert coach("reminders", "notice").out == "A break comes without being announced.\n"
    assert coach("reminders", "notice", "on").out == "A break is announced half a minute before it comes.\n"
    assert home.profile.announce_breaks
    assert coach("reminders", "notice", "off").code == 0
    assert not home.profile.announce_breaks


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("away", {"5m": ("away", 5), "60m": ("away", 60), "off": ("away-off", 0)}),
        ("busy", {"off": ("busy-off", 0), "on": ("busy-on", 0)}),
        ("notice", {"on": ("notice-on", 0), "off": ("notice-off", 0)}),
        ("later", {"15m": ("later", 15), "1h": ("later", 60)}),
    ],
)
def test_a_setting_of_popups_is_kept_and_told(coach: Coach, verb: str, values: dict[str, tuple[str, int]]) -> None:
    """What was set is said at once, and without a word by the next command."""
    words = Words("en")
    for typed, (key, minutes) in values.items():
        sentence = words(f"reminders.{key}", length=words("common.minutes", n=minutes))
        for ran in (coach("reminders", verb, typed), coach("reminders", verb)):
            assert (ran.code, ran.out) == (0, f"{sentence}\n")


@pytest.mark.parametrize("typed", ["4m", "61m", "0m", "soon"])
def test_an_absence_is_five_minutes_to_an_hour(coach: Coach, home: Home, typed: str) -> None:
    """Nothing else is kept."""
    assert coach("reminders", "away", typed).code == 2
    assert home.profile.away_min == 5


def test_the_status_says_in_its_one_line_how_to_take_a_break(coach: Coach) -> None:
    """But not where exercises rest."""
    coach("check-in", "--rest", "0", "--walking", "1", "--none-of-the-signs")
    (line,) = coach("status").out.splitlines()
    assert "`coach break`" in line
    coach("hurts")
    assert "coach break" not in coach("status").out
