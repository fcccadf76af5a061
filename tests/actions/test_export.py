"""Taking it along: everything comes back, twice changes nothing, and the order of two machines does not matter."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.actions.export import exported, merge
from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.history import CheckIn, Ice, Seen, Told
from coach.domain.triage.answers import Answers, Pain, Tri
from coach.errors import DataError
from coach.home import Home
from coach.places import Places
from coach.records import Records
from coach.words import Words
from tests.helpers import examples

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
WORDS = Words("en")
ICE = {"id": "i", "kind": "ice", "at": "2026-11-22T07:00:00+09:00", "minutes": 15}


def machine(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def document(*records: Any, **others: Any) -> dict[str, Any]:
    return {"format": "hizaura", "version": 1, "records": list(records), **others}


def test_a_new_machine_has_all_that_the_old_one_had(tmp_path: Path) -> None:
    """Records, settings, the log of reminders, and what a newer version had kept: all of it arrives as it was."""
    old, new = machine(tmp_path / "old"), machine(tmp_path / "new")
    check_in = CheckIn(id="c", at=NOW, answers=Answers(pain=Pain(walking=3)), note="[/b] =1+1\n🦵")
    old.records.add(check_in, Ice(id="i", at=NOW.replace(year=2019), minutes=15))
    old.records.change_profile(lambda profile: msgspec.structs.replace(profile, set_up=True, region="jp"))
    old.records.delivery_log().put({"id": "s", "due": NOW.isoformat(), "outcome": "shown", "kind": "desk-break"})
    old.records.merge([{"id": "d", "kind": "dream", "at": NOW.isoformat(), "of": {"stairs": [1, None]}}])
    took = msgspec.json.decode(msgspec.json.encode(exported(old, NOW)[0]))
    merged = merge(new, took, NOW, WORDS)
    assert (merged.changed, merged.settings) == (4, True)
    assert exported(new, NOW) == exported(old, NOW) == (took, 0)
    assert new.records.history() == old.records.history()
    assert new.profile == old.profile
    assert merge(new, took, NOW, WORDS).changed == 0


def test_whoever_looks_while_records_come_in_forgets_no_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A yes of four months ago comes from another machine; another process works out the status at that moment."""
    calm = Answers(pain=Pain(rest=0, walking=1), sharp="no", hot="no", other_signs="no")
    signs: dict[str, Tri] = {"locked-knee": "yes"}
    old = CheckIn(id="old", at=NOW - timedelta(days=120), answers=replace(calm, signs=signs), asked=("locked-knee",))
    here, looking = machine(tmp_path), machine(tmp_path)
    told = Told("go", "none", "go")
    days = ((f"day{day}", NOW - timedelta(days=day)) for day in range(100))
    here.records.add(*(CheckIn(id=name, at=at, answers=calm, told=told) for name, at in days))
    look = threading.Thread(target=status_now, args=(looking, NOW))
    merge_records = Records.merge

    def merge_late(records: Records, items: Any) -> int:
        look.start()
        look.join(0.5)
        return merge_records(records, items)

    monkeypatch.setattr(Records, "merge", merge_late)
    merge(here, document(msgspec.to_builtins(old)), NOW, WORDS)
    look.join()
    assert status_now(here, NOW).activity == "pause"


def test_settings_that_were_made_here_stay(tmp_path: Path) -> None:
    """Another machine's hours do not replace one's own."""
    here = machine(tmp_path)
    here.records.change_profile(lambda profile: msgspec.structs.replace(profile, set_up=True, region="jp"))
    assert not merge(here, document(profile={"set_up": True, "region": "gb"}), NOW, WORDS).settings
    assert here.profile.region == "jp"


@pytest.mark.parametrize("set_up", [True, False])
def test_of_what_decisions_rest_on_the_stricter_counts(tmp_path: Path, set_up: bool) -> None:
    """A blood thinner of one machine outlives the settings of another, and the lower usual pain stays."""
    here = machine(tmp_path)
    told = msgspec.structs.replace(
        here.profile, set_up=set_up, contexts=("blood-thinner",), baseline=2, ice_conditions={"raynaud": "no"}
    )
    here.records.change_profile(lambda _: told)
    other = {"set_up": True, "contexts": ["diabetes"], "baseline": 6, "ice_conditions": {"raynaud": "unsure"}}
    merge(here, document(profile=other), NOW, WORDS)
    profile = here.profile
    assert set(profile.contexts) == {"blood-thinner", "diabetes"}
    assert (profile.baseline, profile.ice_conditions) == (2, {"raynaud": "unsure"})
    assert set(here.records.history().backgrounds[-1].contexts) == {"blood-thinner", "diabetes"}


def test_what_was_dated_ahead_when_it_came_lifts_no_alarm_later(tmp_path: Path, at: Callable[[str], datetime]) -> None:
    """A calm day and a visit of tomorrow, from a clock that was wrong: when tomorrow has come, nobody has been seen."""
    here = machine(tmp_path)
    at(NOW.isoformat())
    save(here, NewAnswers(pain=Pain(walking=1), signs={"chest-or-breath": "yes"}, none_of_the_signs=True), NOW)
    later = [NOW + timedelta(hours=hours) for hours in (20, 22)]
    calm = Answers(pain=Pain(rest=0, walking=0), sharp="no", hot="no", other_signs="no")
    records = [
        *(CheckIn(id=f"calm{at.hour}", at=at, answers=calm) for at in later),
        Seen(id="seen", at=later[1], by="Dr Sato"),
    ]
    merge(here, document(*(msgspec.to_builtins(record) for record in records)), NOW, WORDS)
    for days in (1, 3, 30):
        at((NOW + timedelta(days=days)).isoformat())
        assert status_now(here, NOW + timedelta(days=days)).headline == "emergency"
    at((NOW + timedelta(days=33)).isoformat())
    here.records.add(Seen(id="really", at=NOW + timedelta(days=31), by="Dr Sato"))
    save(here, NewAnswers(pain=Pain(rest=0, walking=0), none_of_the_signs=True), NOW + timedelta(days=32))
    save(here, NewAnswers(pain=Pain(rest=0, walking=0), none_of_the_signs=True), NOW + timedelta(days=33))
    assert status_now(here, NOW + timedelta(days=33)).activity == "gentle"


def test_settings_nobody_made_are_not_taken_over(tmp_path: Path) -> None:
    """A machine that was never set up has nothing to hand on."""
    took, _ = exported(machine(tmp_path / "old"), NOW)
    assert not merge(machine(tmp_path / "new"), msgspec.json.decode(msgspec.json.encode(took)), NOW, WORDS).settings


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from("abc"),
            "kind": st.sampled_from(["dream", "ice"]),
            "at": st.sampled_from(["2025-12-31T23:00:00+09:00", "2026-01-01T00:10:00Z", "2026-11-21T09:00:00+01:00"]),
            "minutes": st.integers(1, 3),
        }
    ),
    max_size=6,
)
REMINDERS = st.lists(
    st.builds(
        lambda name, outcome: {
            "id": name,
            "kind": "reminder",
            "at": "2026-11-21T09:50:00+01:00",
            "entry": {"id": name, "due": "2026-11-21T09:50:00+01:00", "outcome": outcome},
        },
        st.sampled_from("xy"),
        st.sampled_from(["missed", "shown", "acted"]),
    ),
    max_size=3,
)


@given(one=RECORDS, two=RECORDS, log_one=REMINDERS, log_two=REMINDERS)
@settings(examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_two_machines_come_to_the_same_in_either_order(
    tmp_path_factory: pytest.TempPathFactory, one: Any, two: Any, log_one: Any, log_two: Any
) -> None:
    """Also where both have a record of one id with another content, day or year: there is one of it, and the same."""
    documents = document(*one, *log_one), document(*two, *log_two)
    ends = []
    for order in (documents, documents[::-1], (documents[0], documents[1], documents[0])):
        home = machine(tmp_path_factory.mktemp("machine") / "home")
        for each in order:
            merge(home, each, NOW, WORDS)
        ends.append(exported(home, NOW)[0]["records"])
    assert ends[0] == ends[1] == ends[2]
    assert len(ends[0]) == len({(record["kind"] == "reminder", record["id"]) for record in ends[0]})


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ([], "format: "),
        (document(format="wger"), "format: "),
        (document(version=2), "version: "),
        (document(version=True), "version: "),
        (document(records={}), "records: "),
        (document(3), "records.0: "),
        (document({**ICE, "id": 3}), "records.0.id: "),
        (document({**ICE, "id": "x" * 201}), "records.0.id: "),
        (document({**ICE, "kind": ""}), "records.0.kind: "),
        (document({**ICE, "at": "yesterday"}), "records.0.at: "),
        (document({**ICE, "at": "2026-11-22T07:00:00"}), "records.0.at: "),
        (document({**ICE, "at": "0001-01-01T00:00:00Z"}), "records.0.at: "),
        (document({**ICE, "at": "9999-12-31T23:59:59-12:00"}), "records.0.at: "),
        (document({**ICE, "at": (NOW + timedelta(days=2)).isoformat()}), "records.0.at: "),
        (document({**ICE, "minutes": "15"}), "records.0.minutes: "),
        (document({**ICE, "minutes": 10**40}), "records.0.minutes: "),
        (
            document(ICE, {**ICE, "kind": "check-in", "answers": {"pain": {"rest": 11}}}),
            "records.1.answers.pain.rest: ",
        ),
        (document({**ICE, "kind": "reminder"}), "records.0.entry: "),
        (document(profile=7), "profile: "),
        (document(profile={"side": "middle"}), "profile.side: middle is not among: both, left, right"),
        (document(profile={"daily_at": "25:00"}), "profile: "),
    ],
)
def test_a_wrong_document_is_refused_whole_with_the_place_of_each_problem(home: Home, wrong: Any, line: str) -> None:
    """Nothing of it is kept, and every line begins with a path and says it in words."""
    with pytest.raises(DataError) as raised:
        merge(home, wrong, NOW, WORDS)
    assert raised.value.exit_code == 65
    (problem,) = raised.value.problems
    assert problem.replace("'", "").startswith(line)
    assert "keep." not in problem
    assert not home.places.data.exists()


def test_a_reference_to_a_record_that_is_not_there_is_fine(home: Home) -> None:
    """A correction may arrive before what it corrects, from another machine."""
    lonely = {"id": "n", "kind": "check-in", "at": ICE["at"], "answers": {}, "corrects": "gone"}
    assert merge(home, document(lonely), NOW, WORDS).changed == 1
    assert home.records.history().check_ins[0].corrects == "gone"


def test_the_sentences_for_problems_are_there_in_both_languages() -> None:
    """A person is never shown the key of a sentence, whatever is wrong with the file."""
    for language in ("en", "ja"):
        for reason in (
            "bound",
            "choice",
            "missing",
            "unknown",
            "unclear",
            "type-text",
            "type-moment",
            "type-other",
            "far",
            "times",
        ):
            assert Words(language).has(f"keep.problem.{reason}")
