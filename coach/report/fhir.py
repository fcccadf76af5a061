"""The page for a doctor as a FHIR R4 Bundle: each pain number an Observation, each check-in a QuestionnaireResponse.

The Bundle is a transaction of PUTs: a server that takes it twice, or takes a longer one later, has each entry once.
LOINC 72514-3 is "Pain severity - 0-10 verbal numeric rating [Score] - Reported". The link ids are our own and are the
paths of the answers document (``pain.walking``, ``signs.locked-knee``).
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

import msgspec

from coach.domain.status.history import CheckIn, History
from coach.domain.trends import VIEWS, View, effective_check_ins, within
from coach.domain.triage.rules import RuleBook
from coach.report.data import SummaryData
from coach.report.sections import side_name
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
_LINE_BREAKS = "\t\r\n"
"""The only control characters that a FHIR string may hold."""

Resource = dict[str, Any]


class Entry(msgspec.Struct, frozen=True):
    """One check-in, with what it said before it was corrected."""

    id: str
    """Of its first record, which a correction does not change."""
    current: CheckIn
    earlier: tuple[CheckIn, ...]

    def number(self, view: View) -> int | None:
        """Return the pain of a view, as it is now."""
        number: int | None = getattr(self.current.answers.pain, view)
        return number


def entries(data: SummaryData, history: History) -> Iterator[Entry]:
    """Yield the check-ins of the period."""
    records = {check_in.id: check_in for check_in in history.check_ins}
    current = {check_in.id for check_in in effective_check_ins(history)}
    for check_in in within(history, data.first, data.last):
        versions = [check_in]
        while (before := records.get(versions[-1].corrects or "")) and before.id not in current:
            versions.append(before)
        yield Entry(versions[-1].id, check_in, tuple(versions[1:]))


def bundle(data: SummaryData, history: History, person: str, book: RuleBook, words: Words) -> Resource:
    """Return the check-ins of a period, with the person's own words only where ``data`` has them.

    ``person`` is the random id of this person, so that no other one is taken for them.
    """
    writer = _Writer(data, book, words, _id("person", person))
    resources = [writer.patient(), *(made for entry in entries(data, history) for made in writer.resources(entry))]
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

    def resources(self, entry: Entry) -> Iterator[Resource]:
        """Yield the Observations of a check-in, one a pain number, and its QuestionnaireResponse."""
        for view in VIEWS:
            number = entry.number(view)
            before = [getattr(check_in.answers.pain, view) for check_in in entry.earlier]
            if number is not None:
                yield self._observation(entry, view, number, "corrected" if entry.earlier else "final")
            elif taken_back := [value for value in before if value is not None]:
                yield self._observation(entry, view, taken_back[0], "entered-in-error")
        yield self._response(entry)

    def _observation(self, entry: Entry, view: View, number: int, status: str) -> Resource:
        text = self.words(f"report.view.{view}")
        own = {"system": _ANSWERS, "code": f"pain.{view}", "display": text}
        return {
            "resourceType": "Observation",
            "id": _id(entry.id, view),
            "language": self.words.language,
            "status": status,
            "category": [{"coding": [_SURVEY]}],
            "code": {"coding": [_PAIN_SCORE, own], "text": self.words("report.fhir.pain", view=text)},
            "subject": self._subject(),
            "effectiveDateTime": entry.current.at.isoformat(timespec="seconds"),
            "valueQuantity": {
                "value": number,
                "unit": "{score}",
                "system": "http://unitsofmeasure.org",
                "code": "{score}",
            },
            "bodySite": {"text": self.words("report.fhir.site", side=side_name(self.data.side, self.words))},
        }

    def _response(self, entry: Entry) -> Resource:
        return {
            "resourceType": "QuestionnaireResponse",
            "id": _id(entry.id, "answers"),
            "language": self.words.language,
            "questionnaire": _QUESTIONNAIRE,
            "status": "amended" if entry.earlier else "completed",
            "subject": self._subject(),
            "authored": entry.current.at.isoformat(timespec="seconds"),
            "item": list(self._items(entry)),
        }

    def _subject(self) -> Resource:
        return {"reference": f"Patient/{self.patient_id}"}

    def _items(self, entry: Entry) -> Iterator[Resource]:
        """Yield what was answered this time; a sign that was carried over from an earlier day is not among it."""
        answers = entry.current.answers
        for view in VIEWS:
            if (number := entry.number(view)) is not None:
                yield _item(f"pain.{view}", self.words(f"report.view.{view}"), {"valueInteger": number})
        for name, choices in (("quality", answers.quality), ("when", answers.when)):
            if choices:
                coded = [self._coded(choice, f"report.{name}.{choice}") for choice in choices]
                yield _item(name, self.words(f"report.fhir.{name}"), *coded)
        for name, answer in (("sharp", answers.sharp), ("hot", answers.hot)):
            if answer:
                coded_answer = self._coded(answer, f"report.fhir.answer.{answer}")
                yield _item(name, self.words(f"report.fhir.{name}"), coded_answer)
        for sign in entry.current.asked:
            text = self.words.pick(self.book.signs[sign].text) if sign in self.book.signs else sign
            tri = answers.sign(sign)
            yield _item(f"signs.{sign}", text, self._coded(tri, f"report.fhir.answer.{tri}"))
        note = entry.current.note
        if note and note.strip() and self.data.notes:
            yield _item("note", self.words("report.fhir.note"), {"valueString": note})

    def _coded(self, code: str, key: str) -> Resource:
        return {"valueCoding": {"system": _ANSWERS, "code": code, "display": self.words(key)}}


def _item(link: str, text: str, *answers: Resource) -> Resource:
    return {"linkId": link, "text": text, "answer": list(answers)}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, "/".join(parts)))
