"""What was noted on one day, in words: a line for each thing that was done, with its time."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coach.content import Content
from coach.domain.goals import Goal
from coach.domain.ice import Icing
from coach.domain.status.history import CheckIn, GoalScores, Hurt, Seen, Session
from coach.domain.trends.pain import View, pain_numbers, views_of
from coach.domain.triage.answers import KNEES
from coach.report.gather import stretch_name
from coach.report.look_back import Event
from coach.words import Words
from coach.words.dates import clock_time
from coach.words.diary import NO_TIME
from coach.words.goals import scores_text
from coach.words.shown import shown


class EventTexts:
    """Says what was noted in one language, shorter than the list of the entries does (``words.diary``)."""

    def __init__(self, words: Words, content: Content, goals: Sequence[Goal]) -> None:
        """Name stretches as ``content`` has them, and the goals of the person."""
        self.words, self.content, self.goals = words, content, goals

    def lines(self, events: Sequence[Event]) -> Iterator[str]:
        """Yield each event as a line with its time; the same thing done again and again is one line."""
        for text, same in groupby(events, self.of):
            # What was told later of the day has no time; the list of the day's entries says so, too.
            times = [NO_TIME if isinstance(event, CheckIn) and event.day else clock_time(event.at) for event in same]
            often = self.words("history.event.times", n=len(times), last=times[-1]) if len(times) > 1 else ""
            yield f"{times[0]}  {text}{often}"

    def of(self, event: Event) -> str:
        """Return one event in words, the person's own as written."""
        if isinstance(event, CheckIn):
            return self._check_in(event)
        if isinstance(event, Session):
            return self._session(event)
        if isinstance(event, Icing):
            return self.words("history.event.ice", n=event.minutes)
        if isinstance(event, Hurt):
            return self._hurt(event)
        if isinstance(event, Seen):
            return self.words("history.event.seen", by=event.by)
        if isinstance(event, GoalScores):
            return scores_text(event.goals, self.goals, self.words)
        return self.words(f"history.event.missed.{event.why}")

    def _check_in(self, event: CheckIn) -> str:
        told_numbers = pain_numbers(event.answers)
        walking: list[View] = [knee for knee in KNEES if knee in told_numbers]
        texts = [
            self.words("history.event.number", view=self.words(f"history.row.{view}"), n=told_numbers[view])
            for view in views_of(walking or ["walking"])
            if view in told_numbers
        ]
        if event.medicine:
            texts.append(self.words("history.event.medicine", name=shown(event.medicine)))
        if event.goals:
            texts.append(scores_text(event.goals, self.goals, self.words))
        told = [self.words(f"common.headline.{event.told.headline}")] if event.told else []
        noted_so = self.words("history.event.check-in", list=self.words("common.and").join([*texts, *told]))
        return noted_so + self.words("history.event.note", text=event.note) if event.note else noted_so

    def _session(self, event: Session) -> str:
        content = self.content
        names = [
            self.words.pick(stretch_name(stretch, content, own=True).text)
            for stretch in dict.fromkeys(step.stretch for step in event.steps if step.done)
        ]
        minutes = max(1, round(event.seconds / 60))
        felt = self.words(f"common.comfort.{event.comfort}") if event.comfort else ""
        stopped = self.words(f"common.outcome.{event.outcome}") if event.outcome != "done" else ""
        parts = [part for part in (self.words("common.and").join(names), felt, stopped) if part]
        return self.words("history.event.session", n=minutes, list=self.words("report.then").join(parts))

    def _hurt(self, event: Hurt) -> str:
        stretch = event.stretch and self.words.pick(stretch_name(event.stretch, self.content, own=True).text)
        parts = [stretch, str(event.pain) if event.pain is not None else None, event.where]
        told = self.words("common.and").join(part for part in parts if part)
        return self.words("history.event.hurt-in" if told else "history.event.hurt", list=told)
