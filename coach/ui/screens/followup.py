"""The small questions of Today that may be left out: why not yesterday, the goals, and how one of four things goes."""

from collections.abc import Iterable
from typing import ClassVar, get_args

from textual.widget import Widget

from coach.actions.followups import answer_weekly, routine_reminder, why_not
from coach.actions.goals import score
from coach.actions.today import Day, today
from coach.domain.followups import Fit
from coach.domain.status.history import Why
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.widgets.field import ActionRow, Field, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.pain_weeks import PainWeeks
from coach.words.goals import course_text
from coach.words.shown import shown

PREFIX = "goal-"
"""What the ids of the fields of goals begin with."""


class Followup(FormScreen):
    """One question with a few answers; an answer is followed by what fits it."""

    NAME = "followup"
    OFFERS = (Command("note", "enter", area="followup"), *FIELD_KEYS)
    ASIDE_BELOW: ClassVar[bool] = True
    WEEKLY: ClassVar[tuple[str, ...]] = ("well", "not-well")

    def __init__(self) -> None:
        """Look at what is asked when it is shown."""
        super().__init__()
        self._day: Day | None = None
        self._fit: Fit = "nothing"

    def prepare(self) -> None:
        """Read the day."""
        self.day  # noqa: B018 -- keeps it

    @property
    def day(self) -> Day:
        """Today, as of opening."""
        if self._day is None:
            self._day = today(self.home, self.now())
        return self._day

    def questions(self) -> Iterable[Widget]:
        """Ask what is open, the missed day first."""
        if self.day.why_not:
            yield Paragraphs(self.words("followup.missed"))
            yield self._question("why", get_args(Why))
        elif self.day.goals_due:
            yield Paragraphs(self.words("followup.goals"))
            for place, goal in enumerate(self.day.goals_due):  # an id may hold what no widget's name can
                scale = PainScale(f"{PREFIX}{place}", shown(goal.text), note=self.words("followup.goal-scale"))
                yield scale.classed("apart")
        elif self.day.weekly:
            yield Paragraphs(self.words(f"plan.weekly.ask.{self.day.weekly}"))
            yield self._question("weekly", self.WEEKLY)
        else:
            yield Paragraphs(self.words("followup.nothing"))
        yield ActionRow("noted", self.app.key_name("enter"), self.words("followup.note"), "screen.note").classed(
            "apart"
        )

    def aside(self) -> Iterable[Widget]:
        """Yield the pain of the last two weeks, which goes with how things go."""
        yield PainWeeks(self.words, lambda: self.day.chart, id="aside")

    def _question(self, name: str, answers: Iterable[str]) -> Field:
        options = [(answer, self.words(f"followup.{name}-is.{answer}")) for answer in answers]
        question = Field(name, self.words(f"followup.{name}"), options)
        question.classed("apart")
        return question

    def action_note(self) -> None:
        """Keep the answer and say what fits it; without one, nothing is kept and nothing is asked."""
        told = self.attempt(self._noted)
        if told is None:
            return
        self.app.to_today()
        moved = routine_reminder(self.home) if self._fit == "move-reminder" else None
        if moved:
            self.app.push_screen(self.app.make("reminder", reminder=moved))
        self.app.say(told)

    def _noted(self) -> str:
        why = next((reason for reason in get_args(Why) if reason == self.value("why")), None)
        if why:
            # The day that was asked about, also where midnight has passed since.
            self._fit = why_not(self.home, why, self.now(), self.day.why_not)
            return self._fitting("fit", self._fit)
        scores = zip(self.day.goals_due, self.form.query(PainScale), strict=False)
        if told := {goal.id: scale.number for goal, scale in scores if scale.number is not None}:
            courses = [course for course in score(self.home, told, self.now()) if course.goal.id in told]
            lines = (course_text(course, self.words, shown(course.goal.text)) for course in courses)
            return self.words("report.next-sentence").join([self.words("followup.scored"), *lines])
        if weekly := self.value("weekly"):
            record = answer_weekly(self.home, self.now(), well=weekly == "well")
            return self.words("plan.weekly.well") if record.well else self._fitting("slipping", record.topic)
        return ""

    def _fitting(self, group: str, name: str) -> str:
        """Return what is said here, with keys in place of commands where there is such a sentence."""
        here = f"followup.{group}.{name}"
        return self.words(here if self.words.has(here) else f"plan.{group}.{name}")
