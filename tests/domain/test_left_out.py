"""What a file leaves out means the same for good: settings and records of earlier years are read as they were meant."""

from typing import Any

import msgspec
import pytest

from coach.domain.exercise.stretch import Dose, Routine, Stretch
from coach.domain.goals import Goal
from coach.domain.guidance import Figure, Tip
from coach.domain.habit import Habit
from coach.domain.profile import Profile
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import WEEKDAYS, Reminder
from coach.domain.status.history import DoneStep, Session, Told
from coach.domain.triage.answers import Answers, Course
from coach.domain.triage.phrase_book import BodyPart, Finding, MeaningCue

AT = "2026-11-22T08:00:00+09:00"
SAID = {"en": "x"}
STRETCH = {
    "id": "s", "position": "seated", "name": SAID, "short": SAID, "how": [SAID], "feel": SAID, "targets": ["calf"],
    "source": ["proposal"],
}  # fmt: skip
ROUTINE = {"id": "r", "slot": "evening", "name": SAID, "about": SAID, "stretches": ["s"], "source": ["proposal"]}
HABIT = {
    "id": "h", "name": SAID, "why": SAID, "how": SAID, "nudge": SAID, "ask": SAID, "source": ["proposal"],
}  # fmt: skip
LEFT_OUT: list[tuple[type, dict[str, Any], dict[str, Any]]] = [
    (
        Profile,
        {},
        {
            "schema": 1, "set_up": False, "region": "other", "side": "both", "contexts_known": True,
            "work": {"start": "09:00", "end": "18:00"}, "work_days": list(WEEKDAYS[:5]),
            "daily_at": "20:00", "slot": "evening", "popups": "neutral", "notify": "auto", "away_min": 5,
            "announce_breaks": False, "hold_busy": True, "snooze_min": 10, "sound": True, "voice": False,
            "motion": True, "large_text": False,
        },
    ),
    (Reminder, {"id": "r", "kind": "custom"}, {"enabled": True, "days": list(WEEKDAYS)}),
    (
        Delivery,
        {"id": "d", "reminder": "r", "kind": "custom", "due": AT, "noted": AT, "outcome": "shown"},
        {"count": 1, "number": 0, "server": "", "snoozes": 0, "brought_back": False, "calls": 0},
    ),
    (Told, {"activity": "go", "advice": "none", "headline": "go"}, {"way_back": False}),
    (DoneStep, {"stretch": "s", "side": "left", "hold_s": 20, "reps": 2}, {"done": True}),
    (Session, {"id": "s", "at": AT, "routine": "r", "kind": "session"}, {"seconds": 0, "outcome": "done", "by": "ui"}),
    (Answers, {}, {"other_signs": "unsure", "quality": [], "when": [], "context": []}),
    (Course, {}, {"symptom_days": 0, "rest_days": 0, "paused_days": 0, "pauses_14d": 0, "week": "same"}),
    (Goal, {"id": "g", "text": "x", "since": AT, "changed": AT}, {"ended": False}),
    (
        Dose,
        {},
        {
            "ready_s": 5, "ease_in_s": 10, "hold_s": 20, "ease_out_s": 5, "change_s": 10, "reps": 2, "grow_to_s": 30,
            "grow_by_s": 5,
        },
    ),
    (
        Stretch,
        STRETCH,
        {"kind": "stretch", "sides": "each", "desk": False, "beyond": False, "own": False, "side": "both"},
    ),
    (Routine, ROUTINE, {"pace": "easy", "beyond": False, "own": False, "side": "both"}),
    (Figure, {"poses": {"ready": {}}}, {"view": "side", "squeeze": False}),
    (Tip, {"id": "t", "topic": "rest", "text": SAID, "source": ["proposal"]}, {"beyond": False, "own": False}),
    (Habit, HABIT, {"beyond": False}),
    (BodyPart, {"words": {}}, {"it": True}),
    (Finding, {"words": {}}, {"reach": "part", "lasting": False}),
    (MeaningCue, {"means": "denied", "language": "en", "words": "no"}, {"stands": "before", "opens": False}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "means"), LEFT_OUT, ids=lambda each: getattr(each, "__name__", ""))
def test_what_a_file_leaves_out_means_what_it_always_meant(
    kind: type, written: dict[str, Any], means: dict[str, Any]
) -> None:
    """A default that changed would change what people told in earlier years."""
    read = msgspec.json.decode(msgspec.json.encode(msgspec.convert(written, kind)))
    assert {name: read[name] for name in means} == means
