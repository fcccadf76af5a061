"""A home with three weeks of notes, as the program itself would keep them."""

from datetime import date, datetime, timedelta

import pytest

from coach.domain.status.history import CheckIn, DoneStep, HabitDay, Hurt, Ice, Seen, Session, Told
from coach.domain.triage.answers import Answers, Pain
from coach.home import Home

NOW = datetime.fromisoformat("2026-11-22T21:00:00+09:00")
NOTE = "stabs on the [b]stairs[/b] <script>alert('膝')</script> \x1b[31mred"
DOCTOR = "Dr Sato, Hill Clinic"


def moment(days_ago: int, hour: int = 20) -> datetime:
    """Return an hour of a day before today."""
    return (NOW - timedelta(days_ago)).replace(hour=hour)


def noted(days_ago: int, walking: int) -> CheckIn:
    """Return a check-in of an evening; on the first, a sign was answered yes, with a note."""
    first = days_ago == 20
    return CheckIn(
        id=f"c{days_ago}",
        at=moment(days_ago),
        answers=Answers(
            pain=Pain(walking=walking, rest=min(walking, 2)),
            when=("stairs-down",),
            quality=("tight",),
            hot="no",
            sharp="one-movement" if first else "no",
            signs={"stuck-feeling": "yes" if first else "no"},
        ),
        asked=("stuck-feeling",) if first or days_ago == 1 else (),
        note=NOTE if first else None,
        told=Told("pause", "none", "pause") if walking >= 6 else Told("gentle", "none", "gentle"),
    )


@pytest.fixture
def three_weeks(home: Home) -> Home:
    """Return a home with notes, sessions, icing, a habit, a hurt and a visit."""
    course = [6, 6, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2]
    home.records.add(
        *(noted(20 - n, walking) for n, walking in enumerate(course)),
        noted(1, 2),
        Session(
            id="s1",
            at=moment(10),
            routine="evening-seated",
            seconds=240,
            comfort="pleasant",
            steps=(DoneStep("seated-toe-pull", "right", 20, 2), DoneStep("seated-toe-pull", "left", 20, 2)),
        ),
        Hurt(id="h1", at=moment(9), stretch="seated-toe-pull", pain=4, where=None),
        Ice(id="i1", at=moment(9, 21), minutes=15),
        Seen(id="v1", at=moment(5, 11), by=DOCTOR, cleared=("stuck-feeling",)),
        HabitDay(id="d1", at=moment(3), habit="one-leg", day=date(2026, 11, 19), kept=True),
    )
    return home
