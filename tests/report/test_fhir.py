"""The FHIR Bundle: what another program reads is valid R4, with pain as numbers."""

import json
from typing import Any

import pytest
from fhirclient.models.bundle import Bundle

from coach.home import Home
from coach.report.formats import PageRequest, page
from tests.report.conftest import NOTE, NOW


def made(home: Home, language: str = "en", *, notes: bool = False) -> Any:
    """Return the bundle as another program reads it."""
    return json.loads(page(home, NOW, PageRequest(form="fhir", language=language, notes=notes)))


def resources(bundle: Any, kind: str) -> list[Any]:
    """Return the resources of one kind."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


@pytest.mark.parametrize("language", ["en", "ja", "both"])
def test_a_fhir_library_takes_it_as_r4(three_weeks: Home, language: str) -> None:
    """A library of models made from the R4 definitions reads all of it, and gives back the same."""
    found = made(three_weeks, language, notes=True)
    assert Bundle(found).as_json() == found


def test_an_empty_home_gives_a_valid_bundle(home: Home) -> None:
    """Nobody's pain is invented."""
    found = made(home)
    Bundle(found)
    assert resources(found, "Observation") == []


def test_pain_is_a_number_under_the_loinc_code(three_weeks: Home) -> None:
    """One Observation a number, with its time and its offset, told apart by our own code beside LOINC's."""
    found = resources(made(three_weeks), "Observation")
    first = found[0]
    assert {"system": "http://loinc.org", "code": "72514-3"}.items() <= first["code"]["coding"][0].items()
    assert first["valueQuantity"]["value"] == 6
    assert first["effectiveDateTime"] == "2026-11-02T20:00:00+09:00"
    assert {one["code"]["coding"][1]["code"] for one in found} == {"pain.walking", "pain.rest"}


def test_only_what_was_answered_that_day_is_in_a_response(three_weeks: Home) -> None:
    """A sign carried over from an earlier day is not told as asked again; link ids are the paths of the answers."""
    first, second, *_ = resources(made(three_weeks), "QuestionnaireResponse")
    links = {item["linkId"] for item in first["item"]}
    assert {"pain.walking", "pain.rest", "when", "quality", "sharp", "hot", "signs.stuck-feeling"} == links
    assert "signs.stuck-feeling" not in {item["linkId"] for item in second["item"]}


def test_the_person_s_own_words_only_where_chosen(three_weeks: Home) -> None:
    """The note is an item of its own, as written."""
    assert "note" not in {
        item["linkId"] for one in resources(made(three_weeks), "QuestionnaireResponse") for item in one["item"]
    }
    first = resources(made(three_weeks, notes=True), "QuestionnaireResponse")[0]
    assert [item["answer"][0]["valueString"] for item in first["item"] if item["linkId"] == "note"] == [NOTE]


def test_the_same_record_has_the_same_id_in_every_bundle(three_weeks: Home) -> None:
    """What is taken in twice is known to be the same; every reference points into the bundle."""
    one, two = made(three_weeks), made(three_weeks, "ja")
    assert [entry["fullUrl"] for entry in one["entry"]] == [entry["fullUrl"] for entry in two["entry"]]
    urls = {entry["fullUrl"] for entry in one["entry"]}
    assert all(found["subject"]["reference"] in urls for found in resources(one, "Observation"))
    assert len(urls) == len(one["entry"])
