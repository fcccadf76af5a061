"""One reminder a week once it has settled: offered, never done unasked, and undone in one step."""

from datetime import datetime, timedelta

import pytest

from coach.actions.reminders import settings
from coach.actions.reminders.frequency import accept, decline
from coach.actions.reminders.schedule import upcoming
from coach.actions.today import today
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Pain
from coach.errors import CoachError
from coach.home import Home
from coach.words import Words

NOW = datetime.fromisoformat("2026-11-22T09:12+09:00")
EN = Words("en")


def note(home: Home, walking: int, at: datetime) -> None:
    """Note a pain in walking."""
    save(home, NewAnswers(pain=Pain(rest=0, walking=walking, during=0), none_of_the_signs=True), at)


def switched(home: Home) -> dict[str, bool]:
    """Return the reminders by id, and whether they come."""
    return {one.id: one.enabled for one in settings.all_reminders(home)}


@pytest.fixture
def settled(home: Home) -> Home:
    """Return a home with pain at first, and 17 days at 0 up to now."""
    for back in range(20, -1, -1):
        note(home, 2 if back > 16 else 0, NOW - timedelta(days=back))
    return home


def test_settled_it_offers_one_a_week_and_changes_nothing_by_itself(settled: Home) -> None:
    """An offer alone: every reminder still comes."""
    before = settings.all_reminders(settled)
    assert today(settled, NOW).frequency == "weekly"
    assert settings.all_reminders(settled) == before


def test_while_there_is_pain_nothing_is_offered(home: Home) -> None:
    """The daily round stays as it is."""
    note(home, 2, NOW)
    assert today(home, NOW).frequency is None


def test_accepted_one_comes_a_week_and_the_desk_breaks_stay(settled: Home) -> None:
    """At the routine's time, in words of its own; nothing is removed, so that the list shows what rests."""
    mine = settings.add(settled, Reminder(id="tea", kind="custom", at="15:00", text="tea"), NOW)
    settings.edit(settled, "routine", NOW, at="21:10")
    accept(settled, "weekly", EN, NOW)
    assert switched(settled) == {
        "desk-break": True, "posture": True, "check-in": False, "routine": False, mine.id: True, "weekly": True,
    }  # fmt: skip
    coming = [one for one in upcoming(settled, NOW, 120) if one.id in ("weekly", "routine", "check-in")]
    assert {(one.id, f"{one.due:%a %H:%M}") for one in coming} == {("weekly", "Sun 21:10")}
    assert settings.all_reminders(settled)[-1].text == EN("frequency.reminder")
    assert today(settled, NOW).frequency is None


def test_when_pain_comes_back_the_daily_ones_are_offered_back(settled: Home) -> None:
    """Accepted, all is as it was; one that the person had switched off by themselves stays off."""
    settings.edit(settled, "check-in", NOW, enabled=False)
    before = switched(settled)
    accept(settled, "weekly", EN, NOW)
    later = NOW + timedelta(days=7)
    note(settled, 0, later)
    assert today(settled, later).frequency is None
    note(settled, 3, later + timedelta(days=1))
    assert today(settled, later + timedelta(days=1)).frequency == "daily"
    accept(settled, "daily", EN, later + timedelta(days=1))
    assert switched(settled) == before
    assert today(settled, later + timedelta(days=1)).frequency is None


def test_a_week_without_a_note_is_no_pain(settled: Home) -> None:
    """Nobody is told that it is worse for having been away."""
    accept(settled, "weekly", EN, NOW)
    assert today(settled, NOW + timedelta(days=12)).frequency is None


def test_it_can_be_taken_back_at_any_time(settled: Home) -> None:
    """Also while all is quiet; a second time there is nothing to take back."""
    before = switched(settled)
    accept(settled, "weekly", EN, NOW)
    accept(settled, "daily", EN, NOW)
    assert switched(settled) == before
    with pytest.raises(CoachError):
        accept(settled, "daily", EN, NOW)


def test_declined_it_is_not_asked_again_for_a_month(settled: Home) -> None:
    """And nothing is changed; after the month the offer may come again."""
    before = settings.all_reminders(settled)
    decline(settled, "weekly", NOW)
    assert settings.all_reminders(settled) == before
    for days in range(35):
        note(settled, 0, NOW + timedelta(days=days))
        assert (today(settled, NOW + timedelta(days=days)).frequency == "weekly") == (days >= 30)


def test_nothing_is_offered_where_no_daily_one_comes(settled: Home) -> None:
    """One who switched them off already is left alone."""
    for name in ("routine", "check-in"):
        settings.edit(settled, name, NOW, enabled=False)
    assert today(settled, NOW).frequency is None
    with pytest.raises(CoachError):
        accept(settled, "weekly", EN, NOW)
