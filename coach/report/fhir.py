"""The page for a doctor as a FHIR R4 Bundle: each pain number an Observation, each check-in a QuestionnaireResponse.

LOINC 72514-3 is "Pain severity - 0-10 verbal numeric rating [Score] - Reported". The link ids are our own and are the
paths of the answers document (``pain.walking``, ``signs.locked-knee``).
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from coach.domain.status.history import CheckIn
from coach.domain.trends import VIEWS
from coach.domain.triage.rules import RuleBook
from coach.report.data import SummaryData
from coach.report.sections import side_name
from coach.words import Words

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

Resource = dict[str, Any]


def bundle(data: SummaryData, check_ins: Iterable[CheckIn], book: RuleBook, words: Words) -> Resource:
    """Return the check-ins of a period as a collection, with the person's own words only where ``data`` has them."""
    patient = _patient(data)
    writer = _Writer(data, book, words, _url(patient["id"]))
    resources = [patient, *(made for check_in in check_ins for made in writer.resources(check_in))]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": data.made_at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": _url(one["id"]), "resource": one} for one in resources],
    }


def _patient(data: SummaryData) -> Resource:
    """Return the one whom all is about, so that the parts hold together; without a name unless one was given."""
    person: Resource = {"resourceType": "Patient", "id": _id("person", str(data.first_note))}
    return person | ({"name": [{"text": data.name}]} if data.name else {})


class _Writer:
    """Writes the resources of one check-in after the other."""

    def __init__(self, data: SummaryData, book: RuleBook, words: Words, person: str) -> None:
        self.data, self.book, self.words, self.person = data, book, words, person

    def resources(self, check_in: CheckIn) -> Iterator[Resource]:
        """Yield the Observations of a check-in, one a pain number, and its QuestionnaireResponse."""
        for view in VIEWS:
            if (value := getattr(check_in.answers.pain, view)) is not None:
                yield self._observation(check_in, view, value)
        yield self._response(check_in)

    def _observation(self, check_in: CheckIn, view: str, value: int) -> Resource:
        text = self.words(f"report.view.{view}")
        own = {"system": _ANSWERS, "code": f"pain.{view}", "display": text}
        return {
            "resourceType": "Observation",
            "id": _id(check_in.id, view),
            "language": self.words.language,
            "status": "final",
            "category": [{"coding": [_SURVEY]}],
            "code": {"coding": [_PAIN_SCORE, own], "text": self.words("report.fhir.pain", view=text)},
            "subject": {"reference": self.person},
            "effectiveDateTime": check_in.at.isoformat(timespec="seconds"),
            "valueQuantity": {
                "value": value,
                "unit": "{score}",
                "system": "http://unitsofmeasure.org",
                "code": "{score}",
            },
            "bodySite": {"text": self.words("report.fhir.site", side=side_name(self.data.side, self.words))},
        }

    def _response(self, check_in: CheckIn) -> Resource:
        return {
            "resourceType": "QuestionnaireResponse",
            "id": _id(check_in.id, "answers"),
            "language": self.words.language,
            "questionnaire": _QUESTIONNAIRE,
            "status": "completed",
            "subject": {"reference": self.person},
            "authored": check_in.at.isoformat(timespec="seconds"),
            "item": list(self._items(check_in)),
        }

    def _items(self, check_in: CheckIn) -> Iterator[Resource]:
        """Yield what was answered this time; a sign that was carried over from an earlier day is not among it."""
        answers = check_in.answers
        for view in VIEWS:
            if (value := getattr(answers.pain, view)) is not None:
                yield _item(f"pain.{view}", self.words(f"report.view.{view}"), {"valueInteger": value})
        for name, given in (("quality", answers.quality), ("when", answers.when)):
            if given:
                coded = [self._coded(one, f"report.{name}.{one}") for one in given]
                yield _item(name, self.words(f"report.fhir.{name}"), *coded)
        for name, answer in (("sharp", answers.sharp), ("hot", answers.hot)):
            if answer:
                yield _item(
                    name, self.words(f"report.fhir.{name}"), self._coded(answer, f"report.fhir.answer.{answer}")
                )
        for sign in check_in.asked:
            text = self.words.pick(self.book.signs[sign].text) if sign in self.book.signs else sign
            said = answers.sign(sign)
            yield _item(f"signs.{sign}", text, self._coded(said, f"report.fhir.answer.{said}"))
        if check_in.note and self.data.notes:
            yield _item("note", self.words("report.fhir.note"), {"valueString": check_in.note})

    def _coded(self, code: str, key: str) -> Resource:
        return {"valueCoding": {"system": _ANSWERS, "code": code, "display": self.words(key)}}


def _item(link: str, text: str, *answers: Resource) -> Resource:
    return {"linkId": link, "text": text, "answer": list(answers)}


def _id(*parts: str) -> str:
    return str(uuid5(_SPACE, "/".join(parts)))


def _url(resource_id: str) -> str:
    return f"urn:uuid:{resource_id}"
