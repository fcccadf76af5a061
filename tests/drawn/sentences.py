"""What is said of whom, in the language of keys: which sentences, in which order, with which values."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import SessionRun
from coach.domain.goals import Goal
from coach.domain.ice import IceState, Icing
from coach.domain.reminders.frequency import FrequencyChange
from coach.domain.reminders.reminder import WEEKDAYS, Reminder
from coach.domain.status.history import (
    DoneStep,
    GoalScores,
    HabitDay,
    Hurt,
    Ice,
    Missed,
    Record,
    Screening,
    Seen,
    Session,
)
from coach.domain.triage.what_if import would_change
from coach.records import Damage
from coach.words import Words
from coach.words.damage import LOSSES, damage_text
from coach.words.dates import long_day, month, short_day, some_days, week_day
from coach.words.decision import Teller
from coach.words.diary import EntryTexts
from coach.words.frequency import change_text
from coach.words.goals import course_lines, course_text
from coach.words.guide import Guide
from coach.words.ice import ice_line
from coach.words.moments import moment as moment_text
from coach.words.rule_book import rule_book
from coach.words.state import states_text
from coach.words.status import emergency_lines, status_lines, untold_lines
from coach.words.stretch import routine_lines, stretch_lines
from coach.words.time_text import days_named, length_named
from tests.domain.status.stories import Story, book, content, moment
from tests.domain.triage.documents import STORIES, answers_of, decided
from tests.helpers import Keys
from tests.report.samples import LAST, goal_courses

Said = Iterator[tuple[str, str]]
EVERY = 3
"""Of the stories of people, each so many-th."""


def decisions() -> Said:
    """Yield what is said of people's stories, and what would change it."""
    teller = Teller(Keys(), book(), "jp")
    for name in list(STORIES)[::EVERY]:
        answers = answers_of(STORIES[name]["answers"])
        decision = decided(STORIES[name]["answers"])
        carried = frozenset(list(decision.reasons[0].because)[:1]) if decision.reasons else frozenset()
        yield name, teller.text(decision, would_change(answers, book(), decision), carried)


STATUSES: dict[str, tuple[Story, float]] = {
    "calm": (Story().note(0), 0),
    "nothing yet": (Story(), 0),
    "a seven": (Story().note(0, walking=7), 1),
    "a seven, calm once": (Story().note(0, walking=7).note(3), 3),
    "a seven, back": (Story().note(0, walking=7).note(3).note(5), 5),
    "rest and walking": (Story().note(0, rest=6, walking=8).note(1, walking=5), 1),
    "it hurt": (Story().note(0).hurt(0), 0),
    "it hurt yesterday": (Story().note(0).hurt(0).note(1), 1),
    "a locked knee": (Story().note(0, signs={"locked-knee": "yes"}), 0),
    "a locked knee, seen": (Story().note(0, signs={"locked-knee": "yes"}).seen(1, cleared=("locked-knee",)).note(2), 2),
    "short of breath": (Story().note(0, signs={"chest-or-breath": "yes"}), 0),
    "away a week": (Story().note(0), 8),
    "away a month": (Story().note(0).session(0), 30),
    "not asked": (Story().note(0, asked=()), 0),
    "twice paused": (Story().note(0, walking=7).note(3).note(5).note(8, walking=7), 8),
}


def statuses() -> Said:
    """Yield what is said of how things stand."""
    for name, (story, day) in STATUSES.items():
        status, now = story.status(day, 3), moment(day, 3)
        lines = [states_text(status, Keys()), *status_lines(status, Keys(), book(), "jp", now)]
        if status.advice == "emergency":
            lines += emergency_lines(status, Keys(), book(), "gb")
        if status.pause:
            lines += untold_lines(status.pause, Keys())
        yield name, "\n".join(lines)


def rules() -> Said:
    """Yield the printed rule book."""
    yield "rules", rule_book(Keys(), book())


def stretches() -> Said:
    """Yield stretches and routines in full, those that ship and one of one's own; and what a session says aloud."""
    known, words = content(), Keys()
    for name in ("wall-calf", "ankle-pumps", "seated-toe-pull-soft"):
        yield name, "\n".join(stretch_lines(known.stretches[name], words, known))
    for routine in known.routines.values():
        yield routine.id, "\n".join(routine_lines(routine, words, known))
    own = replace(
        known.stretches["wall-calf"],
        own=True,
        days=("mon", "fri"),
        until=date(2026, 12, 24),
        never=({"en": "no hops"},),
    )
    yield "of one's own", "\n".join(stretch_lines(own, words, known))
    plan = [
        Step("seated-toe-pull", "right", 20, 2),
        Step("wall-calf", "left", 10, 1),
        Step("ankle-pumps", "right", 2, 4),
    ]
    guide, run = Guide(words, known.stretches), SessionRun.of(plan, known.stretches).start(0.0)
    milestones = []
    for quarter in range(4 * 240):
        run = run.tick(quarter / 4)
        milestones += [f"{quarter / 4:g} {told.kind} {told.text}" for told in guide.follow(run, quarter / 4)]
    yield "a session aloud", "\n".join(milestones)


GOAL = Goal(id="g", text="stairs", since=moment(0), changed=moment(0))


def entries() -> Said:
    """Yield what the diary says of each kind of entry."""
    texts = EntryTexts(Keys(), content(), [GOAL])
    story = (
        Story().note(0, walking=3, rest=1).note(1, walking=None, rest=None).note(2, corrects="r001", note="a\n[b]")
        .note(3, medicine="x\x07", goals={"g": 4, "gone": 2}).note(4, of_day=2)
        .note(5, medicine="", morning=2, during=1)
    )  # fmt: skip
    at = moment(6)
    step = DoneStep("wall-calf", "left", 20, 1)
    others: list[Record | Icing] = [
        Session(id="1", at=at, routine="evening", steps=(step,), seconds=100),
        Session(id="2", at=at, routine="gone", seconds=20, outcome="stopped"),
        Icing(Ice(id="3", at=at, minutes=15), at + timedelta(minutes=15)),
        Hurt(id="4", at=at), Hurt(id="5", at=at, stretch="wall-calf"), Hurt(id="6", at=at, stretch="gone"),
        Seen(id="7", at=at, by="Dr [b]"), Screening(id="8", at=at, signs={}),
        GoalScores(id="9", at=at, goals={"g": 7}),
        HabitDay(id="10", at=at, habit="crossed-legs", day=at.date(), kept=True),
        HabitDay(id="11", at=at, habit="gone", day=at.date(), kept=False),
        Missed(id="12", at=at, day=at.date(), why="no-time"),
    ]  # fmt: skip
    yield "entries", "\n".join(map(texts.of, (*story.records, *others)))


def small_things() -> Said:
    """Yield goals, ice, rhythm, damage, days and lengths of time."""
    words, courses = Keys(), goal_courses(LAST)
    short = [course_text(course, words, "text", short=True) for course in courses]
    alone = [replace(courses[0], first=None, last=None), replace(courses[1], last=courses[1].first, times=1)]
    yield "goals", "\n".join([*course_lines(courses, words), *short, *course_lines(alone, words)])
    now = moment(0)
    icing = Icing(Ice(id="3", at=now, minutes=15), now + timedelta(minutes=15))
    states = [
        IceState(allowed=True, today=0), IceState(allowed=False, today=1, running=icing, why="running"),
        IceState(allowed=False, today=1, overdue=icing, why="running"), IceState(allowed=False, today=0, why="numb"),
        IceState(allowed=False, today=4, why="enough-today", next_at=moment(1)),
        IceState(allowed=False, today=1, why="too-soon", next_at=moment(0, 2)),
        IceState(allowed=False, today=0, why="sign", sign=book().signs["one-leg-swollen-warm"]),
    ]  # fmt: skip
    yield "ice", "\n".join(ice_line(state, words, now) for state in states)
    reminders = (Reminder(id="r", kind="routine", at="20:00"), Reminder(id="d", kind="desk-break"))
    weekly = Reminder(id="w", kind="check-in", at="09:30", days=("sun",))
    changes = (FrequencyChange("weekly", reminders, weekly), FrequencyChange("daily", reminders[:1]))
    yield "rhythm", "\n".join(change_text(change, words, "offer") for change in changes)
    files = ("profile.json", "state.json", "records-2026-11.json")
    kinds = ("damaged", "gone", "missing", "newer")
    losses = ((), ("onset",), tuple(field for fields in LOSSES.values() for field in fields))
    damages = [
        Damage(file, kind, now, aside, kept, lost)  # type: ignore[arg-type]
        for file in files for kind in kinds for aside, kept, lost in ((None, 0, losses[0]), ("x", 2, losses[1]))
    ]  # fmt: skip
    damages.append(Damage(files[0], "damaged", now, "x", 1, losses[2]))
    yield "damage", "\n".join(damage_text(damage, words) for damage in damages)
    day = date(2026, 2, 1)
    yield (
        "days",
        "\n".join(
            [
                f"{name(day, Words('en', region))}"
                for name in (long_day, short_day, week_day, month)
                for region in ("gb", "us")
            ]
            + [some_days([day + timedelta(n) for n in range(count)], words) for count in (1, 2, 3, 4)]
            + [moment_text(moment(0, hours), words, now) for hours in (0, 15, 16, -9)]
        ),
    )
    runs = [WEEKDAYS, WEEKDAYS[:5], WEEKDAYS[1:3], (WEEKDAYS[0], WEEKDAYS[2], WEEKDAYS[4]), WEEKDAYS[4:7]]
    lengths = [length_named(minutes, words) for minutes in (0, 5, 59, 60, 61, 90, 120)]
    yield "lengths", "\n".join([*lengths, *(days_named(days, words) for days in runs)])
