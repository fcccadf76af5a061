"""However long ago it was said, what still stands is read: the records are not looked at for 90 days alone."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.actions.setup import screen
from coach.actions.status.current import recent, status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.history import CheckIn, Told
from coach.domain.status.status import current_status
from coach.domain.triage.answers import Answers, Pain, Tri
from coach.home import Home

NOW = datetime.fromisoformat("2026-05-04T09:00+09:00")
CALM = NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True)


def later(days: float) -> datetime:
    """Return a moment of the story."""
    return NOW + timedelta(days=days)


def test_a_yes_to_the_first_list_stands_though_nobody_ever_checked_in(home: Home) -> None:
    """A hundred days on, answering the list with no does not stand for having been seen."""
    no: dict[str, Tri] = dict.fromkeys(home.content.rules.ids("emergency", "today"), "no")
    screen(home, {**no, "cold-pale-foot": "yes"}, NOW)
    assert status_now(home, later(100)).advice == "emergency"
    screen(home, no, later(100))
    assert "needs-seen" in status_now(home, later(101)).reasons


def test_who_comes_back_after_an_absence_is_screened_whatever_they_note_first(home: Home) -> None:
    """A hundred days away, then numbers alone: the list still comes before a session; absence is not persistence."""
    save(home, replace(CALM, pain=Pain(rest=0, walking=2)), NOW)
    save(home, NewAnswers(pain=Pain(walking=2), sharp="no", hot="no"), later(100))
    for days in (100.1, 111, 130):
        status = status_now(home, later(days))
        assert (status.ask_why, status.may_start) == ("away-28", False)
        assert "days-21" not in status.reasons


def test_the_way_back_is_not_over_by_waiting(home: Home) -> None:
    """A check-in a day for a hundred days and no session: it is still seated, as two comfortable ones end it."""
    save(home, NewAnswers(pain=Pain(rest=7, walking=7), none_of_the_signs=True), NOW)
    for day in (2, 3.5, *range(5, 105)):
        save(home, CALM, later(day))
    assert status_now(home, later(105)).seated_only


def test_a_pause_ninety_days_ago_is_read_whole_and_not_everything_with_it(home: Home) -> None:
    """Three years of check-ins, one bad week: a year before it is read, and it stands as all of them would say."""
    home.records.add(*(_noted(day, 7 if 905 < day < 912 else 1) for day in range(1000)))
    now = later(1000)
    found, every = recent(home, now), home.records.history()
    assert found.check_ins[0].at == later(910 - 365)
    some, whole = (current_status(one, home.profile, home.content.rules, now) for one in (found, every))
    assert some.seated_only
    assert (some.headline, some.reasons, some.pause_state.episodes) == (
        whole.headline,
        whole.reasons,
        whole.pause_state.episodes,
    )


def _noted(day: int, walking: int) -> CheckIn:
    answers = Answers(pain=Pain(rest=0, walking=walking), sharp="no", hot="no", other_signs="no")
    told = Told("pause", "none", "pause") if walking > 6 else Told("go", "none", "go")
    return CheckIn(id=f"c{day}", at=later(day), answers=answers, told=told)
