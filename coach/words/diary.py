"""Each entry of the diary as one line, for the list of the command and the entries of a day on the screen."""

from collections.abc import Sequence

from coach.content import Content
from coach.domain.goals import Goal
from coach.domain.ice import Icing
from coach.domain.status.diary import tells_of_another_day
from coach.domain.status.history import (
    CheckIn,
    GoalScores,
    HabitDay,
    Hurt,
    Missed,
    Record,
    Screening,
    Seen,
    Session,
)
from coach.domain.triage.answers import KNEES
from coach.words import Words
from coach.words.goals import scores_text
from coach.words.habit import habit_name
from coach.words.shown import shown

NO_TIME = "  –  "
"""What stands for the time of what was told of later."""


class EntryTexts:
    """Says entries in one language."""

    def __init__(self, words: Words, content: Content, goals: Sequence[Goal]) -> None:
        """Name stretches, routines and habits as ``content`` has them, and the goals of the person."""
        self.words, self.content, self.goals = words, content, goals

    def of(self, record: Record | Icing) -> str:
        """Return what an entry says, the person's own words as written."""
        if isinstance(record, CheckIn):
            return self._check_in(record)
        if isinstance(record, Session):
            return self._session(record)
        if isinstance(record, Icing):
            return self.words("plan.history.ice", n=record.minutes)
        if isinstance(record, Hurt):
            return self._hurt(record)
        if isinstance(record, Seen):
            return self.words("history.event.seen", by=shown(record.by))
        if isinstance(record, Screening):
            return self.words("plan.history.screening")
        if isinstance(record, GoalScores):
            return scores_text(record.goals, self.goals, self.words)
        if isinstance(record, HabitDay):
            return self._habit(record)
        if isinstance(record, Missed):
            return self.words(f"history.event.missed.{record.why}")
        return self.words("diary.other")

    def _check_in(self, check_in: CheckIn) -> str:
        words = self.words
        told = words(f"common.headline.{check_in.told.headline}") if check_in.told else ""
        parts = [words("plan.history.check-in", numbers=self._numbers(check_in), headline=told).rstrip()]
        if check_in.goals:
            parts.append(scores_text(check_in.goals, self.goals, words))
        if check_in.note:
            parts.append(words("plan.history.note", text=shown(check_in.note, keep="\n")))
        if check_in.corrects:
            parts.append(words("plan.history.corrects"))
        if tells_of_another_day(check_in):
            parts.append(words("diary.told-later"))
        return "  ".join(parts)

    def _numbers(self, check_in: CheckIn) -> str:
        """Return the numbers of a check-in, each knee by itself where it was told so, a painkiller beside them."""
        answers, words = check_in.answers, self.words
        numbers: list[tuple[str, int | None]] = [(knee, answers.walking_of(knee)) for knee in KNEES]
        if all(points is None for _, points in numbers):
            numbers = [("walking", answers.pain.walking)]
        numbers += [(name, getattr(answers.pain, name)) for name in ("rest", "during", "morning")]
        parts = [words(f"plan.history.number.{name}", n=n) for name, n in numbers if n is not None]
        text = words("common.and").join(parts) or words("plan.history.no-numbers")
        if not check_in.medicine:
            return text
        return words("goals.under-medicine", numbers=text, medicine=shown(check_in.medicine))

    def _session(self, session: Session) -> str:
        routine = self.content.routines.get(session.routine)
        name = self.words.pick(routine.name) if routine else session.routine
        outcome = self.words(f"common.outcome.{session.outcome}")
        return self.words("plan.history.session", routine=name, n=round(session.seconds / 60), outcome=outcome)

    def _hurt(self, hurt: Hurt) -> str:
        stretch = self.content.stretches.get(hurt.stretch) if hurt.stretch else None
        if stretch is None:
            return self.words("plan.history.hurt")
        return self.words("plan.history.hurt-in", stretch=self.words.pick(stretch.name))

    def _habit(self, evening: HabitDay) -> str:
        name = habit_name(evening.habit, self.words, self.content)
        return self.words(f"history.event.habit-{'yes' if evening.kept else 'no'}", name=name)
