"""Today in one object: the two weeks of pain are the answers as they stand."""

from coach.actions.today import pain_days
from coach.domain.status.history import CheckIn, History
from coach.domain.triage.answers import Answers, Pain
from tests.domain.status.stories import moment


def check_in(name: str, hour: float, walking: int, corrects: str | None = None) -> CheckIn:
    """Return a check-in of the first day."""
    return CheckIn(id=name, at=moment(0, hour), answers=Answers(pain=Pain(walking=walking)), corrects=corrects)


def test_a_corrected_slip_is_not_shown() -> None:
    """Who typed 8 for 3, and mended it, does not look at an 8 for two weeks."""
    slip, mended = check_in("slip", 1, 8), check_in("mended", 2, 3, corrects="slip")
    shown = pain_days(History(check_ins=(slip, mended)), moment(1))
    assert [day.walking for day in shown[-2:]] == [3, None]


def test_of_two_notes_of_a_day_the_worse_is_shown() -> None:
    """A good evening does not hide a bad morning."""
    shown = pain_days(History(check_ins=(check_in("one", 1, 6), check_in("other", 9, 2))), moment(0, 10))
    assert shown[-1].walking == 6
