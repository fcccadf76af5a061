"""Facts for the page: an ordinary fortnight, an empty one, and the fullest that can be."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from coach.domain.goals import LONGEST, GoalCourse, GoalScore, course, with_texts
from coach.domain.trends.care import CareDay
from coach.domain.trends.pain import (
    BY_KNEE,
    COMPARED,
    VIEWS,
    PainDay,
    View,
    noted_days,
    pain_strength,
    period_change,
    views_of,
)
from coach.domain.trends.period import days_between
from coach.domain.triage.rules import Group
from coach.domain.triage.state import STATES
from coach.report.data import (
    ContentItem,
    HabitLine,
    NotAsked,
    OwnWords,
    PauseLine,
    SeenLine,
    SelfCare,
    SignLine,
    StretchLine,
    SummaryData,
)

URGENT = ("emergency", "today")
GROUPS: list[Group] = [*["emergency"] * 5, *["today"] * 9, *["soon"] * 14, *["watch"] * 6]  # type: ignore[list-item]
MADE = datetime.fromisoformat("2026-11-22T21:00:00+09:00")
LAST = date(2026, 11, 22)


def named(number: int, long: int = 1) -> ContentItem:
    """Return something of the content, of ordinary or of great length."""
    return ContentItem(
        f"thing-{number}",
        {
            "en": f"swelling or pressure number {number}" + " that goes on" * (long - 1),
            "ja": f"{number}番のはれや圧迫" + "が続く" * (long - 1),
        },
    )


def pain(first: date, last: date) -> tuple[PainDay, ...]:
    """Return a course that eases, with days that were not noted."""
    series = []
    for n, day in enumerate(days_between(first, last)):
        if n % 5 == 3:
            series.append(PainDay(day))
            continue
        ease = n / max(1, (last - first).days)
        series.append(PainDay(day, round(5 - 3 * ease) + n % 2, round(2 - 2 * ease), None, (n + 1) % 3 or None))
    return tuple(series)


def care(first: date, last: date) -> tuple[CareDay, ...]:
    """Return days with sessions, some icing, a pause and a day of *it hurts*."""
    return tuple(
        CareDay(day, n % 3, 240.0 * (n % 3), int(n % 6 == 1), int(n == 4), None if n < 3 else n % 2 == 0, 2 <= n <= 4)
        for n, day in enumerate(days_between(first, last))
    )


def ordinary(days: int = 14) -> SummaryData:
    """Return a usual period of so many days."""
    first = LAST - timedelta(days - 1)
    series = pain(first, LAST)
    return SummaryData(
        made_at=MADE,
        first=first,
        last=LAST,
        days=days,
        noted=noted_days(series),
        side="right",
        onset=date(2026, 10, 20),
        first_note=date(2026, 11, 1),
        contexts=(named(40),),
        baseline=3,
        check_ins=12,
        pain=series,
        strengths=tuple(strength for view in VIEWS if (strength := pain_strength(series, view))),
        changes=tuple(period_change(series, view) for view in ("walking", "rest")),
        care=care(first, LAST),
        states={day.day: STATES[n % 4] for n, day in enumerate(series) if day.noted},
        movements=(("first-steps", 8), ("stairs-down", 3)),
        qualities=(("tight", 9), ("dull", 2)),
        sharp={"one-movement": (date(2026, 11, 12),), "repeats": ()},
        signs_asked=23,
        signs=(SignLine(named(1), "soon", (date(2026, 11, 11), date(2026, 11, 13)), (), "no"),),
        pauses=(PauseLine(date(2026, 11, 11), date(2026, 11, 13), (named(2, 2),)),),
        tried=SelfCare(
            sessions=14,
            days=9,
            minutes=56,
            stopped=1,
            hurts=1,
            ices=3,
            ice_days=3,
            stretches=(StretchLine(named(3), 12, 8, 3, 1, 0), StretchLine(named(4), 9, 2, 6, 0, 1)),
            habits=(HabitLine(named(5), 6, 3),),
            seen=(SeenLine(date(2026, 11, 15), None, (named(6),)),),
        ),
        not_asked=NotAsked(tuple(named(n) for n in range(7, 12)), ("during",)),
        notes_left_out=2,
    )


def empty() -> SummaryData:
    """Return a period of which nothing was noted."""
    first = LAST - timedelta(13)
    return SummaryData(
        made_at=MADE,
        first=first,
        last=LAST,
        days=14,
        noted=0,
        pain=tuple(PainDay(day) for day in days_between(first, LAST)),
        care=tuple(CareDay(day) for day in days_between(first, LAST)),
        not_asked=NotAsked(tuple(named(n) for n in range(34)), VIEWS),
    )


def two_knees(series: tuple[PainDay, ...]) -> tuple[PainDay, ...]:
    """Return a course of which most days tell each knee by itself, half of them under a painkiller."""
    return tuple(
        replace(
            day,
            left=None if n % 7 == 6 else day.walking,
            right=None if n % 7 == 6 or day.walking is None else max(0, day.walking - 2),
            either=day.walking if n % 7 == 6 else None,
            medicines=("ibuprofen 400 mg",) if n % 2 and day.walking is not None else (),
        )
        for n, day in enumerate(series)
    )


def goal_courses(last: date) -> tuple[GoalCourse, ...]:
    """Return three goals in as many letters as there may be, scored twice."""
    now = datetime.combine(last, MADE.time(), MADE.tzinfo)
    texts = (
        "walk to the station and back without a rest " * 3,
        "もう一度、孫と一緒に公園まで歩いて行きたい。" * 6,
        "stairs",
    )
    goals = with_texts((), [text[:LONGEST].strip() for text in texts], now - timedelta(60))
    return tuple(
        course(goal, [GoalScore(now - timedelta(50), 2), GoalScore(now, 2 + 3 * n)]) for n, goal in enumerate(goals)
    )


def fullest(days: int = 365) -> SummaryData:
    """Return a long period in which everything that can be noted was, in long words."""
    base = ordinary(days)
    series = two_knees(base.pain)
    walking: tuple[View, ...] = BY_KNEE
    many = tuple(LAST - timedelta(n) for n in range(40, 0, -1))
    return SummaryData(
        **{name: getattr(base, name) for name in ("made_at", "first", "last", "days", "noted", "onset", "first_note")},
        name="Hanako <b>Yamada</b> 山田花子" * 2,
        side="both",
        contexts=tuple(named(n) for n in range(40, 46)),
        baseline=10,
        check_ins=999,
        pain=series,
        walking=walking,
        goals=goal_courses(LAST),
        goals_ended=goal_courses(LAST),
        medicines=tuple((f"{n} loxoprofen sodium hydrate 60 mg, taken after breakfast", 99) for n in range(5)),
        strengths=tuple(one for view in views_of(walking) if (one := pain_strength(series, view))),
        changes=tuple(period_change(series, view) for view in views_of(walking, COMPARED)),
        care=base.care,
        movements=tuple(
            (when, 999)
            for when in (
                "first-steps",
                "stairs-down",
                "deep-bend",
                "morning",
                "after-exercise",
                "after-sitting",
                "long-walk",
                "rainy-day",
            )
        ),
        qualities=(("tight", 999), ("sharp", 999), ("dull", 999)),
        sharp={"one-movement": many, "repeats": many},
        hot=many,
        signs_asked=35,
        signs=tuple(SignLine(named(n), group, many, many, "unsure") for n, group in enumerate(GROUPS)),
        pauses=tuple(PauseLine(day, None, (named(n, 3), named(n + 1, 3))) for n, day in enumerate(many)),
        tried=SelfCare(
            sessions=3650,
            days=365,
            minutes=14600,
            stopped=999,
            hurts=999,
            ices=999,
            ice_days=300,
            stretches=tuple(StretchLine(named(n, 2), 999, 333, 333, 333, 99) for n in range(12)),
            habits=tuple(HabitLine(named(n, 2), 14, 14) for n in range(7)),
            seen=tuple(SeenLine(day, "Dr " + "long " * 40, (named(1), named(2), named(3))) for day in many),
        ),
        not_asked=NotAsked((), ("morning",)),
        notes=tuple(OwnWords(day, "わたしの膝は[b]<i>" * 60) for day in many),
    )
