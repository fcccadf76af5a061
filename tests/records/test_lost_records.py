"""Where records are lost for good, the plan is careful until the person has told again what matters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.actions.reminders.settings import add
from coach.actions.setup import set_up
from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Reminder
from coach.domain.triage.answers import Context, Pain
from coach.home import Home
from coach.words import LANGUAGES, Words
from coach.words.damage import LOSSES, damage_text

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
ALL_CLEAR = NewAnswers(pain=Pain(rest=0, walking=0), none_of_the_signs=True)


@pytest.fixture(autouse=True)
def noted(home: Home, at: Callable[[str], datetime]) -> None:
    """Have three calm check-ins, the last of which reads go."""
    for days in (3, 2, 1):
        save(home, ALL_CLEAR, NOW - timedelta(days=days))
    at(NOW.isoformat())
    assert status_now(home, NOW).activity == "go"


def test_a_part_that_is_lost_makes_it_gentle_and_asks_the_signs_again(home: Home) -> None:
    """The file is cut and its copy is gone: what was lost may have been a sign. Answering the list settles it."""
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes()[:-200])
    (home.places.data / "records-2026-11.json.bak").unlink()
    status = status_now(home, NOW)
    assert (status.activity, status.ask_why) == ("gentle", "lost")
    assert "records-lost" in status.reasons
    home.records.damage_told()
    assert status_now(home, NOW).activity == "gentle"
    save(home, ALL_CLEAR, NOW + timedelta(minutes=1))
    status = status_now(home, NOW + timedelta(minutes=2))
    assert (status.activity, status.ask_why) == ("go", "")


def test_a_record_that_cannot_be_read_is_as_unknown_as_a_lost_one(home: Home) -> None:
    """An answer that no version writes may have been a sign: gentle, until the list was answered again."""
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes().replace(b'"sharp":"no"', b'"sharp":"perhaps"', 1))
    status = status_now(home, NOW)
    assert (status.activity, status.ask_why) == ("gentle", "lost")
    save(home, ALL_CLEAR, NOW + timedelta(minutes=1))
    assert status_now(home, NOW + timedelta(minutes=2)).activity == "go"


def test_a_condition_that_is_lost_with_the_settings_stands_in_every_later_check_in(home: Home) -> None:
    """A blood thinner that only the records still know makes a new bulge a matter for today, not for soon."""
    home.records.change_profile(lambda profile: replace(profile, contexts=("blood-thinner",)))
    save(home, ALL_CLEAR, NOW - timedelta(minutes=3))
    home.places.profile().write_bytes(b"")
    home.places.profile().with_name("profile.json.bak").unlink()
    assert not home.profile.contexts_known
    save(home, NewAnswers(pain=Pain(walking=1), sharp="no", hot="no"), NOW - timedelta(minutes=2))
    later = save(home, NewAnswers(pain=Pain(walking=1), signs={"bulge-or-pressure": "yes"}), NOW - timedelta(minutes=1))
    assert (later.decision.advice, later.status.advice) == ("today", "today")


def test_no_session_begins_before_the_list_was_answered_again(home: Home) -> None:
    """What was lost may have been a sign that forbids it."""
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes()[:-200])
    (home.places.data / "records-2026-11.json.bak").unlink()
    assert not status_now(home, NOW).may_start
    save(home, ALL_CLEAR, NOW + timedelta(minutes=1))
    assert status_now(home, NOW + timedelta(minutes=2)).may_start


def test_answers_under_an_unknown_kind_are_as_unknown_as_lost_ones(home: Home) -> None:
    """A newer version's record of something else is no loss; one that holds answers may hold a sign."""
    newer = {"id": "new", "kind": "step-count", "at": NOW.isoformat(), "steps": 4000}
    home.records.merge([newer])
    assert status_now(home, NOW).may_start
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes().replace(b'"kind":"check-in"', b'"kind":"check-inn"', 1))
    assert not status_now(home, NOW).may_start


def test_a_file_that_is_gone_with_its_copy_is_missed(home: Home, at: Callable[[str], datetime]) -> None:
    """A month of records cannot vanish unnoticed: told once, gentle, and the list first."""
    save(home, ALL_CLEAR, NOW + timedelta(days=20))
    at((NOW + timedelta(days=20, minutes=1)).isoformat())
    for path in home.places.data.glob("records-2026-11.json*"):
        path.unlink()
    later = NOW + timedelta(days=20, minutes=1)
    status = status_now(home, later)
    assert (status.activity, status.may_start, status.ask_why) == ("gentle", False, "lost")
    assert [(damage.file, damage.what) for damage in home.records.damage()] == [("records-2026-11.json", "gone")]
    home.records.damage_told()
    assert not status_now(home, later).may_start
    assert not home.records.damage()
    save(home, ALL_CLEAR, later)
    assert status_now(home, later + timedelta(minutes=1)).may_start


@pytest.mark.parametrize("left", [None, b"{}", b"", b'{"language": "en"}'], ids=["gone", "empty", "cut", "emptied"])
@pytest.mark.parametrize("context", ["blood-thinner", "recent-surgery", "weak-immune"])
def test_settings_that_are_gone_are_lost_and_not_default(home: Home, context: Context, left: bytes | None) -> None:
    """The conditions are in the records too; nothing begins before the list and the conditions were answered again."""
    set_up(home, NOW, contexts=(context,), baseline=3)
    path = home.places.profile()
    path.with_name("profile.json.bak").unlink()
    path.write_bytes(left) if left is not None else path.unlink()
    status = status_now(home, NOW)
    assert context in status.answers.context
    assert status.activity == ("pause" if context == "recent-surgery" else "gentle")
    assert not status.may_start
    assert not home.profile.contexts_known
    assert home.profile.baseline in (3, None)
    (damage,) = home.records.damage()
    assert damage.kept == 0
    set_up(home, NOW, language="en")
    assert context in status_now(home, NOW).answers.context, "another setting is no answer to the conditions"
    set_up(home, NOW, contexts=())
    assert home.profile.contexts_known


def test_settings_that_were_never_made_are_no_loss(home: Home) -> None:
    """Every command works before set-up."""
    assert home.profile.contexts_known
    assert not home.records.damage()


def test_nothing_lost_changes_nothing(home: Home) -> None:
    """With a whole copy the plan is what it was."""
    (home.places.data / "records-2026-11.json").write_bytes(b"")
    status = status_now(home, NOW)
    assert (status.activity, status.ask_why) == ("go", "")
    assert home.records.damage()


def test_settings_with_a_whole_copy_lose_nothing(home: Home) -> None:
    """The file alone is cut: told, and nothing is asked again."""
    set_up(home, NOW, contexts=("blood-thinner",))
    save(home, ALL_CLEAR, NOW - timedelta(minutes=1))
    home.places.profile().write_bytes(b"{")
    assert home.profile.contexts == ("blood-thinner",)
    (damage,) = home.records.damage()
    assert (damage.what, damage.kept, damage.lost) == ("damaged", 1, ())
    assert home.records.history().lost_at is None
    assert status_now(home, NOW).ask_why != "lost"


def test_of_settings_that_can_be_read_only_what_is_wrong_is_lost(home: Home) -> None:
    """One field that is no time of day, and no copy: that field is told, and none that was never set."""
    set_up(home, NOW, contexts=("diabetes",))
    path = home.places.profile()
    path.with_name("profile.json.bak").unlink()
    path.write_bytes(
        path.read_bytes().replace(b'"daily_at": "20:00"', b'"daily_at": "99:99"').replace(b'"theme": null,', b"")
    )
    assert (home.profile.daily_at, home.profile.contexts) == ("20:00", ("diabetes",))
    (damage,) = home.records.damage()
    assert (damage.what, damage.kept, damage.lost) == ("damaged", 1, ("daily_at",))


def own_settings(home: Home) -> Path:
    """Keep settings of every kind; return their file."""
    set_up(home, NOW, contexts=("blood-thinner",), baseline=3, side="left", region="jp", language="ja")
    for text in ("Drink", "Stand", "Look out of the window"):
        add(home, Reminder(id="", kind="custom", at="11:00", text=text), NOW)
    return home.places.profile()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_lost_with_both_copies_is_named(home: Home, share: float, language: str) -> None:
    """Own reminders were gone, and only the health answers were named: each setting is there, or told to be lost."""
    path = own_settings(home)
    before, data = home.profile, path.read_bytes()
    for file in (path, path.with_name("profile.json.bak")):
        file.write_bytes(data[: int(len(data) * share)])
    after = home.profile
    (damage,) = home.records.damage()
    changed = {name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)}
    assert changed <= {"contexts", "contexts_known", "schema", "set_up", *damage.lost}
    words = Words(language)
    text = damage_text(damage, words)
    for loss, fields in LOSSES.items():
        assert (words(f"records.lost.{loss}") in text) == bool(set(fields) & set(damage.lost))
    if changed & {"contexts"}:
        assert not after.contexts_known


def test_what_stands_before_the_break_is_in_use(home: Home) -> None:
    """Both copies break off in the middle of the own reminders: those before are kept, and a loss is told."""
    path = own_settings(home)
    data = path.read_bytes()
    for file in (path, path.with_name("profile.json.bak")):
        file.write_bytes(data[: data.index(b"window")])
    assert [reminder.text for reminder in home.profile.reminders or ()][-2:] == ["Drink", "Stand"]
    assert (home.profile.side, home.profile.contexts, home.profile.contexts_known) == ("left", ("blood-thinner",), True)
    assert "reminders" in home.records.damage()[0].lost


def test_a_whole_copy_is_better_than_half_a_list(home: Home) -> None:
    """The file alone breaks off: every reminder comes from the copy, and nothing is lost."""
    path = own_settings(home)
    before, data = home.profile, path.read_bytes()
    path.write_bytes(data[: data.index(b"Stand")])
    assert home.profile == before
    assert home.records.damage()[0].lost == ()
