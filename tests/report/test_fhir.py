"""The FHIR Bundle: another program takes it, knows what it had already, and reads pain as numbers."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from coach.actions import goals
from coach.actions.export import exported, merge
from coach.actions.setup import set_up
from coach.domain.status.history import CheckIn, Deleted, Edited, GoalScores, Undone
from coach.domain.triage.answers import Answers, KneePain, Knees, Pain, side_of
from coach.home import Home
from coach.places import Places
from coach.report.formats import PageRequest, page
from coach.words import Words
from tests.report.conftest import NOW, moment

Document = dict[str, Any]


def bundle_of(home: Home, language: str = "en", *, notes: bool = False) -> Document:
    """Return the bundle as another program reads it."""
    document: Document = json.loads(page(home, NOW, PageRequest(form="fhir", language=language, notes=notes)))
    return document


def resources(bundle: Document, kind: str) -> list[Document]:
    """Return the resources of one kind."""
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def link_ids(response: Document) -> set[str]:
    """Return what a response answers."""
    return {item["linkId"] for item in response.get("item", ())}


def check_in(check_in_id: str, walking: int | None, *, corrects: str | None = None, note: str | None = None) -> CheckIn:
    """Return a check-in of yesterday, an hour later where it corrects another."""
    at = moment(1, 9 if corrects else 8)
    return CheckIn(id=check_in_id, at=at, answers=Answers(pain=Pain(walking=walking)), corrects=corrects, note=note)


@pytest.fixture
def other_home(tmp_path: Path) -> Home:
    """Return the home of somebody else, or of another machine."""
    folder = tmp_path / "other"
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


@pytest.mark.parametrize("language", ["en", "ja", "both"])
def test_a_fhir_library_takes_it_as_r4(three_weeks: Home, language: str) -> None:
    """A library of strict models made from the definitions reads all of it."""
    document = bundle_of(three_weeks, language, notes=True)
    assert len(Bundle.model_validate(document).entry or ()) == len(document["entry"])


def test_a_home_without_a_check_in_gives_a_valid_bundle(home: Home) -> None:
    """Nobody's pain is invented."""
    document = bundle_of(home)
    Bundle.model_validate(document)
    assert [entry["resource"]["resourceType"] for entry in document["entry"]] == ["Patient"]


def test_every_entry_is_put_under_its_own_id(three_weeks: Home) -> None:
    """A server that takes it twice has each entry once; all of them are about the one patient."""
    document = bundle_of(three_weeks)
    assert document["type"] == "transaction"
    for entry in document["entry"]:
        resource = entry["resource"]
        assert entry["request"] == {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}
    (patient,) = resources(document, "Patient")
    others = [*resources(document, "Observation"), *resources(document, "QuestionnaireResponse")]
    assert {resource["subject"]["reference"] for resource in others} == {f"Patient/{patient['id']}"}
    assert len({resource["id"] for resource in others}) == len(others)


def test_the_same_record_has_the_same_id_in_every_bundle(three_weeks: Home) -> None:
    """In another language, on another day: what was taken is known again."""
    ids = [[entry["resource"]["id"] for entry in bundle_of(three_weeks, code)["entry"]] for code in ("en", "ja")]
    assert ids[0] == ids[1]


def test_two_people_are_two_patients(three_weeks: Home, other_home: Home) -> None:
    """Also where both began on the same day."""
    other_home.records.add(*three_weeks.records.history().check_ins)
    patients = [resources(bundle_of(home), "Patient")[0]["id"] for home in (three_weeks, other_home)]
    assert patients[0] != patients[1]


def test_one_person_on_two_machines_is_one_patient(three_weeks: Home, other_home: Home) -> None:
    """The id travels with the export, and two machines that each made one agree on one."""
    for home in (three_weeks, other_home):
        bundle_of(home)
    documents = {home: exported(home, NOW)[0] for home in (three_weeks, other_home)}
    merge(other_home, documents[three_weeks], NOW, Words("en"))
    merge(three_weeks, documents[other_home], NOW, Words("en"))
    patients = {resources(bundle_of(home), "Patient")[0]["id"] for home in (three_weeks, other_home)}
    assert len(patients) == 1


def test_pain_is_a_number_under_the_loinc_code(three_weeks: Home) -> None:
    """One Observation a number, with its time and its offset, told apart by our own code beside LOINC's."""
    observations = resources(bundle_of(three_weeks), "Observation")
    first = observations[0]
    assert {"system": "http://loinc.org", "code": "72514-3"}.items() <= first["code"]["coding"][0].items()
    assert first["valueQuantity"]["value"] == 6
    assert first["effectiveDateTime"] == "2026-11-02T20:00:00+09:00"
    assert first["status"] == "final"
    own_codes = {observation["code"]["coding"][1]["code"] for observation in observations}
    assert own_codes == {"pain.walking", "pain.rest"}


def test_a_corrected_number_keeps_its_id_and_says_so(home: Home) -> None:
    """A server that had the 8 has the 3 in its place."""
    home.records.add(check_in("slip", 8))
    (before,) = resources(bundle_of(home), "Observation")
    home.records.add(check_in("mended", 3, corrects="slip"))
    (after,) = resources(bundle_of(home), "Observation")
    assert (before["id"], before["status"], before["valueQuantity"]["value"]) == (after["id"], "final", 8)
    assert (after["status"], after["valueQuantity"]["value"]) == ("corrected", 3)
    assert [response["status"] for response in resources(bundle_of(home), "QuestionnaireResponse")] == ["amended"]


def test_a_number_that_a_correction_does_not_name_stays(home: Home) -> None:
    """What a correction leaves out is not taken back."""
    home.records.add(check_in("slip", 8), check_in("mended", None, corrects="slip"))
    (observation,) = resources(bundle_of(home), "Observation")
    assert observation["status"] == "corrected"
    assert "8" in str(observation)


def test_an_edited_entry_keeps_its_ids_and_says_so(home: Home) -> None:
    """However late the change, and also where it was taken back since: a server has the number of now."""
    home.records.add(check_in("a", 8))
    (before,) = resources(bundle_of(home), "Observation")
    home.records.add(Edited(id="e", at=moment(0), of="a", answers=Answers(pain=Pain(walking=3, rest=1))))
    walking, rest = resources(bundle_of(home), "Observation")
    assert (walking["id"], walking["status"], walking["valueQuantity"]["value"]) == (before["id"], "corrected", 3)
    assert rest["status"] == "corrected"
    home.records.add(Undone(id="u", at=NOW, of="e"))
    walking, rest = resources(bundle_of(home), "Observation")
    assert (walking["status"], walking["valueQuantity"]["value"]) == ("corrected", 8)
    assert rest["status"] == "entered-in-error"


def test_a_number_taken_back_is_entered_in_error(home: Home) -> None:
    """The seven that was typed into the wrong field is not a seven at rest in anybody's chart."""
    home.records.add(check_in("a", 7))
    change = Edited(id="e", at=moment(0), of="a", answers=Answers(pain=Pain(rest=7)), taken_back=("walking",))
    home.records.add(change)
    walking, rest = resources(bundle_of(home), "Observation")
    assert (walking["status"], rest["status"]) == ("entered-in-error", "corrected")


def test_a_deleted_entry_is_entered_in_error(home: Home) -> None:
    """All of it: the numbers, the painkiller, the answers and the score of a goal; brought back, it is there again."""
    goals.add(home, "walk to the station", moment(9))
    (goal,) = home.profile.goals
    told = CheckIn(
        id="a", at=moment(8), answers=Answers(pain=Pain(walking=3)), medicine="ibuprofen", goals={goal.id: 4}
    )
    home.records.add(told)
    ids = {entry["resource"]["id"] for entry in bundle_of(home)["entry"]}
    home.records.add(Deleted(id="d", at=moment(5), of="a"))
    document = bundle_of(home)
    Bundle.model_validate(document)
    assert {entry["resource"]["id"] for entry in document["entry"]} == ids
    kinds = ("Observation", "QuestionnaireResponse", "MedicationStatement")
    assert [each["status"] for kind in kinds for each in resources(document, kind)] == ["entered-in-error"] * 4
    home.records.add(Undone(id="u", at=moment(4), of="d"))
    assert "entered-in-error" not in str(bundle_of(home))


def test_another_day_has_no_time(home: Home) -> None:
    """Told on Tuesday of Sunday: of Sunday, without an hour that nobody knows; and written on Tuesday."""
    day = moment(7).date()
    home.records.add(
        CheckIn(id="a", at=moment(5), answers=Answers(pain=Pain(walking=3)), medicine="ibuprofen", day=day)
    )
    document = bundle_of(home)
    Bundle.model_validate(document)
    (observation,) = resources(document, "Observation")
    (response,) = resources(document, "QuestionnaireResponse")
    assert observation["effectiveDateTime"] == day.isoformat()
    assert response["authored"] == moment(5).isoformat()


def test_only_what_was_answered_that_day_is_in_a_response(three_weeks: Home) -> None:
    """A sign carried over from an earlier day is not told as asked again; link ids are the paths of the answers."""
    first, second, *_ = resources(bundle_of(three_weeks), "QuestionnaireResponse")
    assert link_ids(first) == {
        "pain.walking", "pain.rest", "when", "quality", "sharp", "hot", "signs.stuck-feeling"
    }  # fmt: skip
    assert "signs.stuck-feeling" not in link_ids(second)


def test_the_person_s_own_words_only_where_chosen(three_weeks: Home) -> None:
    """The note is an item of its own, as written, but for control characters, which FHIR forbids."""
    assert not any(
        "note" in link_ids(response) for response in resources(bundle_of(three_weeks), "QuestionnaireResponse")
    )
    first = resources(bundle_of(three_weeks, notes=True), "QuestionnaireResponse")[0]
    notes = [item["answer"][0]["valueString"] for item in first["item"] if item["linkId"] == "note"]
    assert notes == ["stabs on the [b]stairs[/b] <script>alert('膝')</script> ␛[31mred"]


def test_nothing_is_empty_and_no_text_has_a_control_character(home: Home) -> None:
    """A check-in without any answer, a note of blanks and one of control characters: FHIR forbids all three."""
    home.records.add(
        CheckIn(id="bare", at=moment(2), answers=Answers(), note=" \n "),
        check_in("odd", None, note="one\x00\ntwo\x1b\ttab\ud800".encode("utf-8", "replace").decode()),
    )
    document = bundle_of(home, notes=True)
    Bundle.model_validate(document)
    bare, odd = resources(document, "QuestionnaireResponse")
    assert "item" not in bare
    assert odd["item"][0]["answer"][0]["valueString"] == "one␀\ntwo␛\ttab?"


def two_knees(check_in_id: str, left: int, right: int | None, **more: Any) -> CheckIn:
    """Return a check-in of yesterday that tells each knee by itself."""
    knees = Knees(KneePain(left), KneePain(right))
    answers = Answers(knees=knees, side=side_of(knees))
    return CheckIn(id=check_in_id, at=moment(1, 9 if more.get("corrects") else 8), answers=answers, **more)


def test_each_number_has_the_knee_it_was_told_of_as_its_site(home: Home) -> None:
    """Whatever the settings say today; of a number that was told of neither knee no site is given."""
    home.records.add(
        two_knees("both", 4, 1),
        CheckIn(id="left", at=moment(2), answers=Answers(pain=Pain(walking=3), side="left")),
        CheckIn(id="older", at=moment(3), answers=Answers(pain=Pain(walking=2))),
    )
    set_up(home, NOW, side="right")
    document = bundle_of(home)
    Bundle.model_validate(document)
    sites = {one["valueQuantity"]["value"]: one.get("bodySite") for one in resources(document, "Observation")}
    codes = {points: site["coding"][0]["code"] if site else None for points, site in sites.items()}
    assert codes == {4: "82169009", 1: "6757004", 3: "82169009", 2: None}
    assert sites[4] is not None
    assert sites[4]["text"] == "left knee, at the back"


def test_a_knee_that_a_correction_takes_back_is_said_to_be_an_error(home: Home) -> None:
    """A server that had two numbers knows which of them is none."""
    home.records.add(two_knees("slip", 8, 2))
    before = resources(bundle_of(home), "Observation")
    home.records.add(check_in("mended", 3, corrects="slip"))
    after = {one["id"]: one for one in resources(bundle_of(home), "Observation")}
    assert [after[one["id"]]["status"] for one in before] == ["entered-in-error", "entered-in-error"]
    assert [one["valueQuantity"]["value"] for one in after.values() if one["status"] == "corrected"] == [3]


def test_a_painkiller_is_a_medication_statement_of_its_numbers(home: Home) -> None:
    """It names the numbers told under it, and one that was never taken is said to be an error."""
    home.records.add(two_knees("a", 4, None, medicine="ibuprofen\x1b 400"))
    document = bundle_of(home)
    Bundle.model_validate(document)
    (statement,) = resources(document, "MedicationStatement")
    assert statement["medicationCodeableConcept"] == {"text": "ibuprofen␛ 400"}
    assert statement["status"] == "completed"
    (number,) = resources(document, "Observation")
    assert statement["reasonReference"] == [{"reference": f"Observation/{number['id']}"}]
    home.records.add(two_knees("b", 4, None, corrects="a", medicine=""))
    (taken_back,) = resources(bundle_of(home), "MedicationStatement")
    assert (taken_back["id"], taken_back["status"]) == (statement["id"], "entered-in-error")


def test_goals_and_their_scores_refer_to_each_other(home: Home) -> None:
    """A goal has its words, how it stands and its scores of the period; renamed, it is the same goal."""
    goals.add(home, "stairs", moment(20))
    (goal,) = home.profile.goals
    home.records.add(
        CheckIn(id="a", at=moment(10), answers=Answers(), goals={goal.id: 2}),
        GoalScores(id="b", at=moment(2), goals={goal.id: 7}),
    )
    document = bundle_of(home)
    Bundle.model_validate(document)
    (told,) = resources(document, "Goal")
    assert told["achievementStatus"]["coding"][0]["code"] == "improving"
    scored = resources(document, "Observation")
    assert [one["valueQuantity"]["value"] for one in scored] == [2, 7]
    assert told["outcomeReference"] == [{"reference": f"Observation/{one['id']}"} for one in scored]
    assert {one["focus"][0]["reference"] for one in scored} == {f"Goal/{told['id']}"}
    goals.rename(home, 1, "stairs down", moment(1))
    (renamed,) = resources(bundle_of(home), "Goal")
    assert (renamed["id"], renamed["description"]) == (told["id"], {"text": "stairs down"})
    goals.end(home, 1, moment(0))
    ended = bundle_of(home)
    Bundle.model_validate(ended)
    (over,) = resources(ended, "Goal")  # a server that holds it as active would do so for ever
    assert (over["id"], over["lifecycleStatus"], told["lifecycleStatus"]) == (told["id"], "completed", "active")
    assert resources(ended, "Observation") == scored


@pytest.fixture
def server() -> Path:
    """Return where the FHIR server's own code is; skip where it is not."""
    folder = Path(os.environ.get("FHIR_SERVER", "/none"))
    if not shutil.which("node") or not (folder / "node_modules" / "@medplum" / "fhir-router").exists():
        pytest.skip("needs node, and FHIR_SERVER naming a folder where npm installed what .ci/run names")
    return folder


@pytest.mark.desktop
def test_a_server_takes_it_again_and_again(home: Home, three_weeks: Home, server: Path, tmp_path: Path) -> None:
    """Medplum's validator finds nothing, and its router has each entry once, in its last version, of one patient."""
    files = [tmp_path / "first.json", tmp_path / "again.json", tmp_path / "corrected.json"]
    goals.add(home, "stairs\x00 " * 3, moment(20))
    (goal,) = home.profile.goals
    three_weeks.records.add(
        check_in("slip", 8),
        two_knees("two", 4, 1, medicine="ibuprofen"),
        GoalScores(id="g", at=moment(2), goals={goal.id: 4}),
    )
    for file in files[:2]:
        file.write_text(json.dumps(bundle_of(home, notes=True)), encoding="utf-8")
    three_weeks.records.add(check_in("mended", 3, corrects="slip"))
    document = bundle_of(home, notes=True)
    files[2].write_text(json.dumps(document), encoding="utf-8")

    script = Path(__file__).parent / "fhir_server.cjs"
    run = subprocess.run(["node", script, server, *files], check=True, capture_output=True, text=True, timeout=600)
    told = json.loads(run.stdout)
    assert told["issues"] == []
    assert {status for answer in told["answers"] for status in answer} <= {"200", "201"}
    for kind in ("Patient", "Observation", "QuestionnaireResponse", "MedicationStatement", "Goal"):
        assert resources(document, kind)
        stored = {resource["id"]: {**resource, "meta": None} for resource in told["stored"][kind]}
        assert stored == {resource["id"]: {**resource, "meta": None} for resource in resources(document, kind)}
