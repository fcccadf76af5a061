"""``coach assess``: answers in, one decision out, and every problem of a document named with its path."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]

EXAMPLE: dict[str, Any] = {
    "pain": {"rest": 0, "walking": 3, "during": None, "morning": None, "baseline": 2},
    "quality": ["tight"],
    "when": ["first-steps"],
    "sharp": "no",
    "hot": "no",
    "signs": {"locked-knee": "no"},
    "other_signs": "no",
    "context": [],
    "course": {"symptom_days": 10, "rest_days": 0, "paused_days": 0, "pauses_14d": 0, "week": "same"},
}


@pytest.fixture
def assess(coach: Coach, tmp_path: Path) -> Callable[..., Ran]:
    """Return ``coach assess`` of a document, or of text as it stands."""

    def run(document: Any, *options: str) -> Ran:
        file = tmp_path / "answers.json"
        text = document if isinstance(document, str) else json.dumps(document)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        return coach("assess", str(file), *options)

    return run


def test_a_document_of_a_million_bytes_is_the_largest(assess: Callable[..., Ran], coach: Coach, tmp_path: Path) -> None:
    """One more and it is no document of answers: it is said to be too large, and not read as one that breaks off."""
    text = json.dumps(EXAMPLE)
    for size, code in ((1_000_000, 0), (1_000_001, 1)):
        for ran in (
            assess(text.ljust(size), "--json"),
            assess(text.ljust(size) + "\n" if code else text.ljust(size - 1) + "\n", "--jsonl"),
            coach("check-in", "--answers", str(tmp_path / "answers.json")),
        ):
            assert ran.code == code, ran.err
            assert ("1000000" in ran.err.replace(",", "")) is bool(code)


def test_the_documented_example_gives_the_documented_decision(assess: Callable[..., Ran]) -> None:
    """The document that the interface shows has exactly the decision that it shows."""
    said = assess(EXAMPLE, "--json").json()
    assert (said["activity"], said["advice"], said["headline"]) == ("gentle", "none", "gentle")
    assert said["reasons"][0]["because"] == {"pain.walking": 3}
    assert said["reasons"][0]["source"] == ["article:selfcare.stretch.with-pain"]
    assert said["would_change"] == {
        "milder": {"change": {"pain.walking": 2}, "to": "go"},
        "stronger": {"change": {"sharp": "repeats"}, "to": "pause"},
    }


def test_an_empty_document_is_unsure_throughout(assess: Callable[..., Ran]) -> None:
    """Nothing answered is never taken for nothing wrong."""
    said = assess({}, "--json").json()
    assert (said["activity"], said["advice"], said["headline"]) == ("pause", "today", "today")
    assert said["would_change"]["milder"] is None


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ({"pain": {"walking": 11}}, "pain.walking: 11 is not between 0 and 10"),
        ({"pain": {"walking": -1}}, "pain.walking: -1 is not between 0 and 10"),
        ({"pain": {"walking": 3.0}}, "pain.walking: 3.0 is not a whole number"),
        ({"pain": {"walking": True}}, "pain.walking: true is not a whole number"),
        ({"pain": {"walking": "3"}}, 'pain.walking: "3" is not a whole number'),
        ('{"pain": {"rest": NaN}}', "pain.rest: NaN is not a whole number"),
        ({"pain": {"rest": 10**30}}, f"pain.rest: {10**30} is not between 0 and 10"),
        ({"pain": []}, "pain: [] is not an object"),
        ({"course": {"symptom_days": None}}, "course.symptom_days: null is not a whole number"),
        ({"course": {"week": "bad"}}, 'course.week: "bad" is not one of better, same, worse'),
        ({"sharp": "yes"}, 'sharp: "yes" is not one of no, one-movement, repeats'),
        ({"hot": None}, "hot: null is not one of no, unsure, yes"),
        ({"other_signs": "yes"}, 'other_signs: "yes" is not one of no, unsure'),
        ({"signs": {"locked-kne": "no"}}, "signs.locked-kne: there is no such sign; did you mean locked-knee?"),
        ({"signs": {"locked-knee": 1}}, "signs.locked-knee: 1 is not one of no, unsure, yes"),
        ({"context": ["old"]}, 'context[0]: "old" is not one of clot-risk, '),
        ({"quality": "tight"}, 'quality: "tight" is not a list'),
        ({"when": [["morning"]]}, 'when[0]: ["morning"] is not one of '),
        ({"pains": {}}, "pains: there is no such key; did you mean pain?"),
        ('{"hot": "yes", "hot": "no"}', "hot: this is given twice"),
        ([], "the document: [] is not an object"),
        ("", beginning("answers.empty")),
        ("{]", "line 1, column 2: this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ({"a\u001b[31m\n": 1}, "a\\x1b[31m\\n: there is no such key"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_path(assess: Callable[..., Ran], document: Any, line: str) -> None:
    """Each problem is said where it is and what it is, and nothing reaches stdout."""
    ran = assess(document, "--json")
    assert (ran.code, ran.out) == (65, "")
    assert line in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_is_read_in_the_encoding_that_an_editor_gave_it(
    coach: Callable[..., Ran], tmp_path: Path, encoding: str
) -> None:
    """A shell of Windows writes UTF-16 where one sends text to a file."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(EXAMPLE), encoding=encoding)
    assert coach("assess", str(file), "--json").json()["headline"] == "gentle"
    file.write_bytes(b"\xff\xfe{")
    assert coach("assess", str(file)).code == 65


def test_all_problems_are_told_at_once(assess: Callable[..., Ran]) -> None:
    """A person mends a document in one go, not a line a try."""
    ran = assess({"pain": {"rest": 12, "walking": "x"}, "hot": "maybe", "signs": {"x": "no"}})
    assert ran.code == 65
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["pain.rest", "pain.walking", "hot", "signs.x"]


def test_a_bad_line_is_answered_on_its_line_and_the_rest_goes_on(assess: Callable[..., Ran]) -> None:
    """In a stream of documents one slip costs one line, and the exit status tells of it."""
    good = json.dumps(EXAMPLE)
    ran = assess(f'{good}\n\nnot json\n{{"pain": {{"walking": 11}}}}\n{good}\n', "--jsonl")
    said = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 65
    assert [one.get("headline") for one in said] == ["gentle", None, None, "gentle"]
    assert said[2] == {"error": "pain.walking: 11 is not between 0 and 10"}


def test_brief_leaves_out_texts_and_changes(assess: Callable[..., Ran]) -> None:
    """A script that wants the decision alone gets it alone."""
    said = assess(json.dumps(EXAMPLE), "--jsonl", "--brief").json()
    assert set(said) == {"activity", "advice", "headline", "reasons"}


def test_nothing_is_kept_and_nothing_else_is_read(assess: Callable[..., Ran], home_folder: Path) -> None:
    """Assessing leaves no trace."""
    assert assess(EXAMPLE).code == 0
    assert not home_folder.exists()


def test_a_file_that_is_not_there_is_one_line(coach: Coach, tmp_path: Path) -> None:
    """A wrong name is said, with its name."""
    ran = coach("assess", str(tmp_path / "nowhere.json"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "nowhere.json" in ran.err


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_emergency_says_whom_to_call_first_and_nothing_that_reassures(
    coach: Coach, tmp_path: Path, language: str
) -> None:
    """The number comes in the first two lines, whole, and no low pain number is put beside it."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({**EXAMPLE, "pain": {"walking": 1}, "signs": {"chest-or-breath": "yes"}}))
    lines = coach("--lang", language, "assess", str(file), "--region", "jp").out.splitlines()
    assert "119" in lines[1]
    assert not any("pain-low" in line for line in lines)


def test_an_unknown_region_is_given_no_number(coach: Coach, tmp_path: Path) -> None:
    """A number that is not this country's is worse than none."""
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({**EXAMPLE, "signs": {"chest-or-breath": "yes"}}))
    ran = coach("--lang", "ja", "assess", str(file), "--region", "atlantis")
    assert not any(number in ran.out for number in ("119", "911", "112", "999"))


def test_a_closed_or_empty_standard_input_is_one_line(monkeypatch: pytest.MonkeyPatch, coach: Coach) -> None:
    """Started with nothing on standard input, it says what it waits for."""
    monkeypatch.setattr("sys.stdin", None)
    ran = coach("assess")
    assert (ran.code, ran.err.count("\n")) == (65, 1)
    assert beginning("answers.empty") in ran.err
