"""Years of records as a steady person would leave them: for benchmarks and for looking at full screens."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.history import CheckIn, DoneStep, HabitChoice, HabitDay, Ice, IceEnd, Record, Session, Told
from coach.domain.triage.answers import Answers, Pain
from coach.home import Home
from coach.places import Places
from coach.records import Records

DAYS_A_YEAR = 365


def records_of(years: float, now: datetime) -> Iterator[Record]:
    """Yield ten records a day up to yesterday: check-ins, sessions, desk breaks, ice and the habit's evening."""
    for back in range(int(years * DAYS_A_YEAR), 0, -1):
        day = now.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=back)
        yield from _a_day(day, back)


def _a_day(day: datetime, back: int) -> Iterator[Record]:
    walking = 1 + (back // 9) % 3 - (back % 2)
    answers = Answers(
        pain=Pain(rest=0, walking=max(0, walking), morning=1, baseline=2),
        sharp="no",
        hot="no",
        other_signs="no",
        quality=("tight",),
        when=("first-steps",),
    )
    yield CheckIn(id=f"c{back:08x}", at=day, answers=answers, told=Told("go", "none", "go"))
    step = DoneStep(stretch="seated-toe-pull", side="right", hold_s=20, reps=2)
    for number in range(6):
        yield Session(
            id=f"s{back:08x}{number}",
            at=day + timedelta(hours=1 + number),
            routine="desk-break",
            steps=(step,),
            seconds=80,
            comfort="pleasant",
        )
    yield Ice(id=f"i{back:08x}", at=day + timedelta(hours=9), minutes=15)
    yield IceEnd(id=f"e{back:08x}", at=day + timedelta(hours=9, minutes=15), ice=f"i{back:08x}")
    if back % 14 == 0:
        yield HabitChoice(id=f"h{back:08x}", at=day, habit="crossed-legs")
    yield HabitDay(
        id=f"d{back:08x}", at=day + timedelta(hours=13), habit="crossed-legs", day=day.date(), kept=back % 3 > 0
    )


def often(years: float, now: datetime) -> Iterator[Record]:
    """Yield ten check-ins a day up to yesterday, no two in a row alike."""
    for back in range(int(years * DAYS_A_YEAR), 0, -1):
        day = now.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=back)
        for number in range(10):
            pain = Pain(rest=0, walking=(number * 7 + back) % 3, morning=1, baseline=2)
            answers = Answers(pain=pain, sharp="no", hot="no", other_signs="no")
            at = day + timedelta(hours=number)
            yield CheckIn(id=f"o{back:08x}{number}", at=at, answers=answers, told=Told("go", "none", "go"))


def fill(home: str, years: float, of_years: Callable[[float, datetime], Iterator[Record]] = records_of) -> None:
    """Keep ``years`` of records in the home; none for 0."""
    root = Path(home)
    records = list(of_years(years, clock.now()))
    if records:
        Records(Places(data=root, config=root, cache=root / "cache", logs=root)).add(*records)


def saving(folder: str) -> Callable[[], object]:
    """Return what keeps one more check-in in the home, with all that is worked out for it."""
    root = Path(folder)
    home = Home(Places(data=root, config=root, cache=root / "cache", logs=root))
    given = NewAnswers(pain=Pain(rest=0, walking=2), none_of_the_signs=True)
    return lambda: save(home, given, clock.now())
