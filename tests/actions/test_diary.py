"""A diary over several machines and years: changes merge to the same, and what an old entry begins is read on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from coach.actions import diary
from coach.actions.export import exported, merge
from coach.actions.reminders.done import done_days
from coach.actions.setup import set_up
from coach.actions.status.current import status_now
from coach.actions.status.seen import seen
from coach.actions.status_cache import status_summary
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.diary import shown
from coach.domain.status.history import CheckIn, Hurt
from coach.domain.triage.answers import KneePain, Knees, Pain
from coach.home import Home
from coach.places import Places
from coach.words import Words

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
DAY = timedelta(days=1)
QUIET = NewAnswers(pain=Pain(walking=1, rest=0), none_of_the_signs=True)
SIGN = NewAnswers(signs={"locked-knee": "yes"})


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.clock.now", lambda: NOW)


def machine(folder: Path) -> Home:
    """Return the home of one machine."""
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def test_changes_of_two_machines_merge_to_the_same(tmp_path: Path) -> None:
    """A number changed here, a note and an entry taken out there: both show the same, also once it is brought back."""
    one, other = machine(tmp_path / "one"), machine(tmp_path / "other")
    first = save(one, QUIET, NOW - 9 * DAY).record.id
    second = save(one, QUIET, NOW - 8 * DAY).record.id
    merge(other, exported(one, NOW)[0], NOW, Words("en"))
    diary.edit(one, first, NewAnswers(pain=Pain(walking=5)), (), NOW - 3 * DAY)
    diary.edit(other, first, NewAnswers(note="stairs"), ("rest",), NOW - 4 * DAY)
    diary.delete(other, second, NOW - 2 * DAY)
    documents = [exported(home, NOW)[0] for home in (one, other)]
    merge(one, documents[1], NOW, Words("en"))
    merge(other, documents[0], NOW, Words("en"))
    diaries = [shown(home.records.history()) for home in (one, other)]
    assert diaries[0] == diaries[1]
    (entry,) = diaries[0].check_ins
    assert (entry.answers.pain.walking, entry.answers.pain.rest, entry.note) == (5, None, "stairs")
    assert status_now(one, NOW) == status_now(other, NOW)
    diary.undo(other, second, NOW)
    merge(one, exported(other, NOW)[0], NOW, Words("en"))
    assert len(shown(one.records.history()).check_ins) == 2


def test_an_old_entry_s_sign_is_not_forgotten(home: Home) -> None:
    """An entry of last year changed for the worse waits for a visit, also on all days after."""
    old = save(home, QUIET, NOW - 300 * DAY).record.id
    save(home, QUIET, NOW - DAY)
    changed = diary.edit(home, old, SIGN, (), NOW)
    assert (changed.status.activity, changed.status.advice) == ("pause", "today")
    for later in (1, 30, 120):
        assert status_now(home, NOW + later * DAY).advice == "today"


def test_the_status_line_sees_every_change(home: Home) -> None:
    """What is cached for a status bar is worked out anew."""
    save(home, QUIET, NOW - DAY / 2)
    home.records.add(Hurt(id="h", at=NOW - DAY / 24))
    assert status_summary(home, NOW).activity == "pause"
    changed = diary.delete(home, "h", NOW)
    assert status_summary(home, NOW).activity == "go"
    diary.undo(home, changed.record.id, NOW)
    assert status_summary(home, NOW).activity == "pause"


def test_a_check_in_of_yesterday_is_not_that_of_today(home: Home) -> None:
    """The reminder of today's check-in still comes."""
    save(home, QUIET.with_(day=NOW.date() - DAY), NOW)
    assert NOW.tzinfo is not None
    assert done_days(home, NOW, NOW.tzinfo)["check-in"] == {NOW.date() - DAY}


def test_a_check_in_of_yesterday_is_corrected_like_any_other(home: Home) -> None:
    """The correction is of yesterday too, and can name another day; nothing of it is told of today."""
    slip = save(home, QUIET.with_(day=NOW.date() - DAY), NOW).record.id
    save(home, NewAnswers(pain=Pain(walking=4), corrects=slip), NOW + DAY / 24)
    (entry,) = shown(home.records.history()).check_ins
    assert (entry.at.date(), entry.answers.pain.walking) == (NOW.date() - DAY, 4)
    save(home, NewAnswers(corrects=slip, day=NOW.date()), NOW + DAY / 12)
    (entry,) = shown(home.records.history()).check_ins
    assert entry.at.date() == NOW.date()
    assert status_now(home, NOW + DAY / 12).last is not None


@pytest.mark.parametrize(
    ("before", "change", "side"),
    [
        (NewAnswers(side="left"), NewAnswers(), "left"),
        (NewAnswers(side="left"), NewAnswers(side="right"), "right"),
        (NewAnswers(side="left"), NewAnswers(knees=Knees(KneePain(2), KneePain(3))), "both"),
        (NewAnswers(knees=Knees(KneePain(2), KneePain(3))), NewAnswers(), "both"),
    ],
)
def test_a_correction_keeps_which_knee_it_is(home: Home, before: NewAnswers, change: NewAnswers, side: str) -> None:
    """A number mended does not move to the other knee; a knee named anew does. Years later as within the hour."""
    set_up(home, NOW - DAY, side="right")
    slip = save(home, before.with_(pain=Pain(walking=2)), NOW).record.id
    edited = diary.edit(home, slip, change.with_(pain=Pain(rest=1)), (), NOW + 400 * DAY)
    assert isinstance(edited.entry, CheckIn)
    assert edited.entry.answers.side == side
    diary.undo(home, slip, NOW + 400 * DAY)
    mended = save(home, change.with_(pain=Pain(rest=1), corrects=slip), NOW + DAY / 24)
    assert mended.record.answers.side == side


def test_the_entries_of_a_day_list_what_was_taken_out(home: Home) -> None:
    """So that it can be brought back years later."""
    entry = save(home, QUIET, NOW - 400 * DAY).record
    diary.delete(home, entry.id, NOW)
    (listed,) = diary.day_entries(home, entry.at.date())
    assert (listed.id, listed.deleted) == (entry.id, True)


def test_a_visit_taken_out_takes_back_the_usual_pain_that_it_raised(home: Home) -> None:
    """Only a visit raises it; one that never was has not."""
    set_up(home, NOW - 9 * DAY, baseline=2)
    save(home, QUIET, NOW - 9 * DAY)
    visit = seen(home, "Dr Sato", baseline=5, now=NOW - 2 * DAY)
    assert home.profile.baseline == 5
    diary.delete(home, visit.id, NOW)
    assert home.profile.baseline == 2
    diary.undo(home, visit.id, NOW)
    assert home.profile.baseline == 5
