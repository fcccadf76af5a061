"""The page for a doctor as a FHIR R4 Bundle: each pain number an Observation, each check-in a QuestionnaireResponse.

A number of one knee has that knee as its body site; one that was told of neither has no side. A painkiller is a
MedicationStatement that gives the numbers told under it as its reason; what the person wants to do again is a Goal, and
each of its scores an Observation.

The Bundle is a transaction of PUTs: a server that takes it twice, or takes a longer one later, has each entry once.
LOINC 72514-3 is "Pain severity - 0-10 verbal numeric rating [Score] - Reported". The link ids are our own and are the
paths of the answers document (``pain.walking``, ``signs.locked-knee``).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from coach.domain.goals import Goal, GoalCourse, GoalScore, scores
from coach.domain.status import diary
from coach.domain.status.history import CheckIn, History
from coach.domain.trends.pain import VIEWS, View
from coach.domain.trends.period import with_side
from coach.domain.triage.answers import KNEES, MOST_POINTS
from coach.domain.triage.rules import RuleBook
from coach.report.data import SummaryData
from coach.words import Words
from coach.words.shown import shown

_SPACE = UUID("6f1f6bd4-3a0c-5a0e-9c1f-6d0f6f2c9d11")
"""The namespace of our resource ids: the same record has the same id in every bundle."""
_ANSWERS = "urn:hizaura:answers"
_QUESTIONNAIRE = "urn:hizaura:check-in|1"
_PAIN_SCORE = {
    "system": "http://loinc.org",
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}
_SURVEY = {
    "system": "http://terminology.hl7.org/CodeSystem/observation-category",
    "code": "survey",
    "display": "Survey",
}
_KNEE_REGION = {
    "left": {"code": "82169009", "display": "Structure of left knee region"},
    "right": {"code": "6757004", "display": "Structure of right knee region"},
}
"""SNOMED CT."""
_ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
ERROR = "entered-in-error"
"""The status of what was taken back."""
_LINE_BREAKS = "\t\r\n"
"""The only control characters that a FHIR string may hold."""

Resource = dict[str, Any]


class BundleEntry(msgspec.Struct, frozen=True):
    """One check-in, with what it said before it was corrected, changed or taken out."""

    id: str
    """Of its first record, which no change alters."""
    made_at: datetime
    current: CheckIn
    earlier: tuple[CheckIn, ...]
    deleted: bool = False

    @property
    def numbers(self) -> dict[View, int]:
        """The pain of each view, as it is now."""
        return _numbers(self.current)

    @property
    def status(self) -> str:
        """The status of what the entry says now."""
        return ERROR if self.deleted else "corrected" if self.earlier else "final"

    @property
    def told_of(self) -> str:
        """The moment that it tells of; a day that was told of later has no time."""
        day = self.current.day
        return day.isoformat() if day else self.current.at.isoformat(timespec="seconds")


def _numbers(check_in: CheckIn) -> dict[View, int]:
    """Return the numbers of a check-in: the worst when walking of each knee, where it was told so, else of the side."""
    answers = check_in.answers
    told: dict[View, int] = {knee: points for knee in KNEES if (points := answers.knees.walking(knee)) is not None}
    views = (view for view in VIEWS if view != "walking" or not told)
    return told | {view: points for view in views if (points := getattr(answers.pain, view)) is not None}


def entries(data: SummaryData, history: History) -> Iterator[BundleEntry]:
    """Yield the check-ins of the period in order, those that were taken out too."""
    for entry in sorted(diary.entries(history), key=lambda entry: (entry.current.at, entry.id)):
        if data.first <= entry.current.at.date() <= data.last:
            current = with_side(entry.current, history)
            yield BundleEntry(entry.id, entry.made_at, current, entry.versions[-2::-1], entry.deleted)


def _taken_out(history: History) -> History:
    """Return the entries with scores that were taken out of the diary."""
    there = {scores.id for scores in diary.shown(history).goal_scores}
    check_ins = (entry.current for entry in diary.entries(history) if entry.deleted)
    return History.of([*check_ins, *(scores for scores in history.goal_scores if scores.id not in there)])


def bundle(data: SummaryData, history: History, person: str, book: RuleBook, words: Words) -> Resource:
    """Return the check-ins of a period, with the person's own words only where ``data`` has them.

    ``person`` is the random id of this person, so that no other one is taken for them.
    """
    writer = _Writer(data, book, words, _id("person", person))
    check_ins = [made for entry in entries(data, history) for made in writer.resources(entry)]
    resources = [writer.patient(), *check_ins, *writer.goals(history)]
    document = {
        "resourceType": "Bundle",
        "type": "transaction",
        "timestamp": data.made_at.isoformat(timespec="seconds"),
        "entry": [_put(resource) for resource in resources],
    }
    cleaned: Resource = _without_empty(document)
    return cleaned


def _put(resource: Resource) -> Resource:
    url = f"{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource, "request": {"method": "PUT", "url": url}}


def _without_empty(value: Any) -> Any:
    """Return a value as FHIR wants it: no empty list, object or text, and no control character in a text."""
    if isinstance(value, dict):
        cleaned = {key: _without_empty(inner) for key, inner in value.items()}
        return {key: inner for key, inner in cleaned.items() if inner not in ([], {}, "")}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value]
    return shown(value, keep=_LINE_BREAKS).strip() if isinstance(value, str) else value


class _Writer:
    """Writes the resources of one check-in after the other."""

    def __init__(self, data: SummaryData, book: RuleBook, words: Words, patient_id: str) -> None:
        self.data, self.book, self.words, self.patient_id = data, book, words, patient_id

    def patient(self) -> Resource:
        """Return the one whom all is about, without a name unless one was given."""
        return {
            "resourceType": "Patient",
            "id": self.patient_id,
            "identifier": [{"system": "urn:hizaura:person", "value": self.patient_id}],
            "name": [{"text": self.data.name}] if self.data.name else [],
        }

    def resources(self, entry: BundleEntry) -> Iterator[Resource]:
        """Yield the Observations of a check-in, one a pain number, and its QuestionnaireResponse."""
        before = [_numbers(check_in) for check_in in entry.earlier]
        for view in (*VIEWS, "left", "right"):
            if view in entry.numbers:
                yield self._observation(entry, view, entry.numbers[view], entry.status)
            elif taken_back := [told[view] for told in before if view in told]:
                yield self._observation(entry, view, taken_back[0], ERROR)
        if medicine := entry.current.medicine:
            yield self._medicine(entry, medicine, ERROR if entry.deleted else "completed")
        elif names := [check_in.medicine for check_in in entry.earlier if check_in.medicine]:
            yield self._medicine(entry, names[0], ERROR)
        yield self._response(entry)

    def _observation(self, entry: BundleEntry, view: View, number: int, status: str) -> Resource:
        text = self.words(f"report.view.{view}")
        own = {"system": _ANSWERS, "code": _link(view), "display": text}
        return {
            "resourceType": "Observation",
            "id": _id(entry.id, view),
            "language": self.words.language,
            "status": status,
            "category": [{"coding": [_SURVEY]}],
            "code": {"coding": [_PAIN_SCORE, own], "text": self.words("report.fhir.pain", view=text)},
            "subject": self._subject(),
            "effectiveDateTime": entry.told_of,
            "valueQuantity": _score(number),
            "bodySite": self._site(view if view in KNEES else entry.current.answers.side),
        }

    def _site(self, side: str | None) -> Resource:
        """Return where it hurts, as far as it was told."""
        coded = [{"system": "http://snomed.info/sct", **_KNEE_REGION[side]}] if side in _KNEE_REGION else []
        return {
            "coding": coded,
            "text": self.words("report.fhir.site", side=self.words(f"report.side.{side}")) if side else "",
        }

    def _medicine(self, entry: BundleEntry, medicine: str, status: str) -> Resource:
        numbers = [{"reference": f"Observation/{_id(entry.id, view)}"} for view in entry.numbers]
        return {
            "resourceType": "MedicationStatement",
            "id": _id(entry.id, "medicine"),
            "language": self.words.language,
            "status": status,
            "medicationCodeableConcept": {"text": medicine},
            "subject": self._subject(),
            "informationSource": self._subject(),
            "effectiveDateTime": entry.told_of,
            "dateAsserted": entry.made_at.isoformat(timespec="seconds"),
            "reasonReference": numbers,
        }

    def goals(self, history: History) -> Iterator[Resource]:
        """Yield each goal under way, and each that has ended since, with its scores of the period."""
        by_goal, taken_out = scores(history), scores(_taken_out(history))
        for course in self._courses:
            observations = [self._goal_score(course.goal, score) for score in self._of_period(course, by_goal)]
            yield self._goal(course, observations)
            yield from observations
            for score in self._of_period(course, taken_out):
                yield {**self._goal_score(course.goal, score), "status": ERROR}

    @property
    def _courses(self) -> tuple[GoalCourse, ...]:
        return (*self.data.goals, *self.data.goals_ended)

    def _of_period(self, course: GoalCourse, by_goal: Mapping[str, Sequence[GoalScore]]) -> Iterator[GoalScore]:
        series = by_goal.get(course.goal.id, ())
        return (score for score in series if self.data.first <= score.at.date() <= self.data.last)

    def _goal(self, course: GoalCourse, observations: Sequence[Resource]) -> Resource:
        goal = course.goal
        return {
            "resourceType": "Goal",
            "id": _id("goal", self.patient_id, goal.id),
            "language": self.words.language,
            "lifecycleStatus": "completed" if goal.ended else "active",  # in FHIR: no longer sought
            "achievementStatus": {"coding": [{"system": _ACHIEVEMENT, "code": _achievement(course)}]},
            "description": {"text": goal.text},
            "subject": self._subject(),
            "startDate": goal.since.date().isoformat(),
            "statusDate": goal.changed.date().isoformat(),
            "expressedBy": self._subject(),
            "target": [{"measure": self._goal_measure(), "detailQuantity": _score(MOST_POINTS)}],
            "outcomeReference": [{"reference": f"Observation/{each['id']}"} for each in observations],
        }

    def _goal_score(self, goal: Goal, score: GoalScore) -> Resource:
        return {
            "resourceType": "Observation",
            "id": _id("goal", self.patient_id, goal.id, score.at.isoformat()),
            "language": self.words.language,
            "status": "final",
            "category": [{"coding": [_SURVEY]}],
            "code": self._goal_measure(),
            "subject": self._subject(),
            "focus": [{"reference": f"Goal/{_id('goal', self.patient_id, goal.id)}"}],
            "effectiveDateTime": score.at.isoformat(timespec="seconds"),
            "valueQuantity": _score(score.points),
        }

    def _goal_measure(self) -> Resource:
        text = self.words("report.fhir.goal")
        return {"coding": [{"system": _ANSWERS, "code": "goal", "display": text}], "text": text}

    def _response(self, entry: BundleEntry) -> Resource:
        return {
            "resourceType": "QuestionnaireResponse",
            "id": _id(entry.id, "answers"),
            "language": self.words.language,
            "questionnaire": _QUESTIONNAIRE,
            "status": ERROR if entry.deleted else "amended" if entry.earlier else "completed",
            "subject": self._subject(),
            "authored": entry.made_at.isoformat(timespec="seconds"),
            "item": list(self._items(entry)),
        }

    def _subject(self) -> Resource:
        return {"reference": f"Patient/{self.patient_id}"}

    def _items(self, entry: BundleEntry) -> Iterator[Resource]:
        """Yield what was answered this time; a sign that was carried over from an earlier day is not among it."""
        answers = entry.current.answers
        for view, number in entry.numbers.items():
            yield _item(_link(view), self.words(f"report.view.{view}"), {"valueInteger": number})
        yield from self._beside(entry.current)
        for name, choices in (("quality", answers.quality), ("when", answers.when)):
            if choices:
                coded = [self._coded(choice, f"common.answer.{choice}") for choice in choices]
                yield _item(name, self.words(f"report.fhir.{name}"), *coded)
        for name, answer in (("sharp", answers.sharp), ("hot", answers.hot)):
            if answer:
                coded_answer = self._coded(answer, f"common.answer.{answer}")
                yield _item(name, self.words(f"report.fhir.{name}"), coded_answer)
        for sign in entry.current.asked:
            text = self.words.pick(self.book.signs[sign].text) if sign in self.book.signs else sign
            tri = answers.sign(sign)
            yield _item(f"signs.{sign}", text, self._coded(tri, f"common.answer.{tri}"))
        note = entry.current.note
        if note and note.strip() and self.data.notes:
            yield _item("note", self.words("report.fhir.note"), {"valueString": note})

    def _beside(self, check_in: CheckIn) -> Iterator[Resource]:
        """Yield what was told beside the answers: the side, a painkiller, the goals."""
        if side := check_in.answers.side:
            yield _item("side", self.words("report.fhir.side"), self._coded(side, f"report.side.{side}"))
        if check_in.medicine:
            yield _item("medicine", self.words("report.fhir.medicine"), {"valueString": check_in.medicine})
        texts = {course.goal.id: course.goal.text for course in self._courses}
        for goal, points in check_in.goals.items():
            if goal in texts:
                yield _item(f"goals.{goal}", texts[goal], {"valueInteger": points})

    def _coded(self, code: str, key: str) -> Resource:
        return {"valueCoding": {"system": _ANSWERS, "code": code, "display": self.words(key)}}


def _link(view: View) -> str:
    """Return the path of a number in the answers document."""
    return f"knees.{view}.walking" if view in KNEES else f"pain.{view}"


def _score(points: int) -> Resource:
    return {"value": points, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"}


def _achievement(course: GoalCourse) -> str:
    """Return how a goal stands, by what its scores can tell."""
    if course.last and course.last.points == MOST_POINTS:
        return "achieved"
    if course.change is None:
        return "in-progress"
    if not course.is_real:
        return "no-change"
    return "improving" if course.change > 0 else "worsening"


def _item(link: str, text: str, *answers: Resource) -> Resource:
    return {"linkId": link, "text": text, "answer": list(answers)}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, "/".join(parts)))
