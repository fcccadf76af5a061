"""The records' promises in everyday use."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from coach.domain.profile import Profile
from coach.domain.reminders.reminder import Between
from coach.domain.status.history import Background, CheckIn, Hurt, Seen
from coach.domain.triage.answers import Answers, Pain
from coach.errors import UsageError
from coach.home import Home
from coach.records import Records, new_id

MORNING = datetime.fromisoformat("2026-11-22T08:00+09:00")


def check_in(at: datetime = MORNING, walking: int = 3) -> CheckIn:
    return CheckIn(id=new_id(), at=at, answers=Answers(pain=Pain(walking=walking)))


def test_what_was_added_is_there_for_a_program_that_starts_later(home: Home) -> None:
    """A record comes back as it was, in order of time, from a new door to the same files."""
    evening = Hurt(id="b", at=MORNING.replace(hour=20), pain=4, where="behind [the] knee 🦵")
    morning = check_in()
    home.records.add(evening, morning)
    history = Records(home.places).history()
    assert history.check_ins == (morning,)
    assert history.hurts == (evening,)


def test_history_since_a_day_leaves_older_years_unread(home: Home) -> None:
    """``since`` is a day, its own records included."""
    old, new = check_in(MORNING.replace(year=2024)), check_in()
    home.records.add(old, new)
    assert home.records.history(date(2026, 11, 22)).check_ins == (new,)
    assert home.records.history().check_ins == (old, new)


def test_the_settings_keep_what_a_newer_version_put_beside_them(home: Home) -> None:
    """A field that this version does not know goes through a change untouched."""
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, region="jp"))
    path = home.places.profile()
    path.write_bytes(path.read_bytes().replace(b'"region"', b'"garden": {"roses": 3}, "region"'))
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, language="ja"))
    kept = msgspec.json.decode(path.read_bytes())
    assert (kept["garden"], kept["region"], kept["language"]) == ({"roses": 3}, "jp", "ja")


def test_small_documents_are_kept_and_let_go(home: Home) -> None:
    """A session in progress outlives its process, and is gone when it is cleared."""
    home.records.keep_state("session", {"step": 2})
    home.records.keep_state("quiet", {"until": "2026-11-22T12:00+09:00"})
    assert Records(home.places).state("session") == {"step": 2}
    home.records.clear_state("session")
    assert home.records.state("session") is None
    assert home.records.state("quiet")


def test_a_small_document_of_another_kind_is_none(home: Home) -> None:
    """Made by hand, or by a newer version: as if it had never been kept."""
    home.records.keep_state("quiet", {"start": "09:00", "end": "18:00"})
    assert home.records.state_as("quiet", Between) == Between("09:00", "18:00")
    home.records.keep_state("quiet", {"start": 9})
    assert home.records.state_as("quiet", Between) is None
    assert home.records.state_as("never", Between) is None


def test_where_nothing_can_be_written_what_is_good_is_read_and_the_damage_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the day asked for and later; it is mended another time, and nothing on the disk changes."""
    old, new = check_in(MORNING.replace(day=3)), check_in()
    home.records.add(old, new)
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes()[:-30])
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    records = Records(home.places)
    assert records.history().check_ins == (old, new)
    assert records.history(date(2026, 11, 22)).check_ins == (new,)
    assert records.history(date(2026, 11, 23)).check_ins == ()
    assert {(damage.file, damage.what, damage.kept) for damage in records.damage()} == {(path.name, "unmended", 2)}
    assert path.read_bytes() == before


def test_a_slot_is_claimed_once(home: Home) -> None:
    """Of two that claim a slot one wins, and what is put later is laid over it."""
    entry = {"id": "desk@09:50", "due": "2026-11-22T09:50:00+09:00", "outcome": "shown"}
    ledger, other = home.records.delivery_log(), Records(home.places).delivery_log()
    assert ledger.claim(entry)
    assert not other.claim({**entry, "outcome": "missed"})
    other.put({"id": "desk@09:50", "due": entry["due"], "outcome": "acted"})
    earlier = {"id": "a", "due": "2026-10-31T23:50:00+09:00", "outcome": "missed"}
    ledger.put(earlier)
    assert ledger.entries() == [earlier, {**entry, "outcome": "acted"}]
    assert ledger.entries(MORNING) == [{**entry, "outcome": "acted"}]


def test_a_slot_that_was_claimed_stays_so_where_the_log_is_damaged(home: Home) -> None:
    """Mended first: a popup that was shown does not come a second time, and a new one comes."""
    entry = {"id": "desk@09:50", "due": "2026-11-22T09:50:00+09:00", "outcome": "shown"}
    log = home.records.delivery_log()
    log.put(entry)
    path = home.places.data / "reminders-2026-11.json"
    for new, claimed in ((entry, False), ({**entry, "id": "desk@10:40"}, True)):
        path.write_bytes(path.read_bytes()[:-9])
        assert log.claim(new) is claimed
    assert {each["id"] for each in log.entries()} == {"desk@09:50", "desk@10:40"}


def test_a_damaged_month_is_mended_and_told_once(home: Home) -> None:
    """Cut in the middle: nothing is lost that the copy has, the cut file is set aside, and one is told once."""
    kept = [check_in(MORNING.replace(day=day)) for day in range(1, 20)]
    home.records.add(*kept)
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes()[:700])
    records = Records(home.places)
    assert records.history() == home.records.history()
    assert records.history().check_ins == tuple(kept)
    (damage,) = records.damage()
    assert (damage.file, damage.what, damage.kept) == ("records-2026-11.json", "damaged", 19)
    records.damage_told()
    assert not home.records.damage()
    assert len(list(home.places.data.glob("*.damaged-*"))) == 1


def test_a_record_of_an_unknown_kind_is_left_alone(home: Home) -> None:
    """A newer version's record stays through writes beside it."""
    home.records.add(check_in())
    path = home.places.data / "records-2026-11.json"
    strange = b'{"kind":"dream","id":"z","at":"2026-11-22T03:00:00+09:00","of":"stairs"}'
    path.write_bytes(path.read_bytes().replace(b'"items":[', b'"items":[' + strange + b","))
    home.records.add(Seen(id="s", at=MORNING, by="Dr. Mori"))
    assert strange in path.read_bytes()
    assert len(home.records.history().check_ins) == len(home.records.history().seens) == 1
    assert not home.records.damage()


def test_a_record_that_cannot_be_read_stays_on_the_disk_and_is_told_once(home: Home) -> None:
    """Somebody wrote a number that is none: the rest counts, the entry stays as it is, and one is told once."""
    home.records.add(check_in(), check_in(walking=9))
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes().replace(b'"walking":9', b'"walking":"nine"'))
    assert len(home.records.history().check_ins) == 1
    (damage,) = home.records.damage()
    assert (damage.file, damage.what, damage.kept) == ("records", "unfit", 1)
    assert home.records.history().lost_at == damage.at, "it may have been a sign"
    home.records.damage_told()
    home.records.add(check_in())
    assert len(home.records.history().check_ins) == 2
    assert not home.records.damage()
    assert b'"walking":"nine"' in path.read_bytes()


def test_an_absence_does_not_hide_what_was_said_before_it(home: Home) -> None:
    """After half a year away the last check-in is still known, with the days before it."""
    last = check_in(MORNING.replace(month=5))
    home.records.add(check_in(MORNING.replace(year=2025)), check_in(MORNING.replace(month=4)), last)
    recent = home.records.recent(90, MORNING)
    assert recent.check_ins[-1] == last
    assert len(recent.check_ins) == 2


def test_bytes_that_are_no_letters_are_refused_in_words(home: Home) -> None:
    """A terminal in another encoding hands over what no file can hold: it is said, and the files stay whole."""
    for keep in (
        lambda: home.records.add(Hurt(id="a", at=MORNING, where="\udcff")),
        lambda: home.records.keep_state("session", {"note": "\udcff"}),
        lambda: home.records.change_profile(lambda profile: msgspec.structs.replace(profile, theme="\udcff")),
    ):
        with pytest.raises(UsageError):
            keep()
    assert not list(home.places.data.glob("*.json*"))


def test_whether_there_are_records_as_old_as_a_day(home: Home) -> None:
    """By the month: the file of that month, or of one before it."""
    assert not home.records.reach_to(date(2026, 11, 1))
    home.records.add(check_in(MORNING.replace(month=3)), check_in())
    days = {date(2026, 2, 28): False, date(2026, 3, 1): True, date(2026, 4, 1): True, date(2027, 1, 1): True}
    assert {day: home.records.reach_to(day) for day in days} == days


def test_a_month_that_is_gone_with_its_copy_is_told_once(home: Home) -> None:
    """By its name; when it was found to be gone counts for good, and the other months stay."""
    home.records.add(check_in(MORNING.replace(month=10)), check_in())
    for path in home.places.data.glob("records-2026-10.json*"):
        path.unlink()
    records = Records(home.places)
    for _ in range(2):
        history = records.history()
        assert len(history.check_ins) == 1
        (damage,) = records.damage()
        assert (damage.file, damage.what, damage.kept) == ("records-2026-10.json", "gone", 0)
        assert history.lost_at == damage.at
    records.damage_told()
    assert Records(home.places).history().lost_at == damage.at
    assert not home.records.damage()
    home.records.add(check_in(MORNING.replace(month=10)))
    assert len(home.records.history().check_ins) == 2
    assert not home.records.damage()


def test_settings_that_are_gone_come_back_as_the_records_know_them(home: Home) -> None:
    """The conditions, the usual pain and the knee; all else is told to be lost, once."""
    known = Background(id="b", at=MORNING, contexts=("diabetes",), baseline=2, side="left")
    for record, restored in (
        (known, {"contexts", "baseline", "side"}),
        (replace(known, side=None), {"contexts", "baseline"}),
    ):
        home.records.add(replace(record, id=new_id(), at=MORNING + timedelta(days=len(restored) == 2)))
        for path in home.places.config.glob("profile.json*"):
            path.unlink()
        for _ in range(2):
            profile = Records(home.places).profile()
            side = record.side or "both"
            assert (profile.contexts, profile.baseline, profile.side) == (("diabetes",), 2, side)
            assert not profile.contexts_known
        (damage,) = home.records.damage()
        assert (damage.file, damage.what, damage.kept) == ("profile.json", "gone", 0)
        assert set(damage.lost) == set(Profile.__struct_fields__) - restored
        assert home.records.history().lost_at == damage.at
        home.records.damage_told()


def test_each_loss_is_told_also_where_another_is_untold(home: Home) -> None:
    """A month was damaged, and before anybody was told of that, the settings are gone."""
    home.records.add(check_in(), Background(id="b", at=MORNING, contexts=("diabetes",)))
    path = home.places.data / "records-2026-11.json"
    path.write_bytes(path.read_bytes()[:-5])
    assert len(home.records.history().check_ins) == 1
    for settings in home.places.config.glob("profile.json*"):
        settings.unlink()
    Records(home.places).profile()
    assert {(damage.file, damage.what) for damage in home.records.damage()} == {
        (path.name, "damaged"), ("profile.json", "gone"),
    }  # fmt: skip


def test_settings_whose_copy_is_no_file_are_mended_all_the_same(home: Home) -> None:
    """A folder stands at the one or the other name: what the other file says counts."""
    for name in ("profile.json", "profile.json.bak"):
        home.records.change_profile(lambda profile: msgspec.structs.replace(profile, region="jp"))
        path = home.places.profile()
        path.with_name(name).unlink()
        path.with_name(name).mkdir()
        if name != path.name:
            path.write_bytes(path.read_bytes()[:-3])
        assert Records(home.places).profile().region == "jp"
        assert [damage.file for damage in home.records.damage()] == [path.name]
        home.records.damage_told()


def test_the_first_day_is_that_of_the_first_check_in(home: Home) -> None:
    """Across the files of several years, whatever was kept first."""
    assert home.records.first_day() is None
    for day in ("2026-03-02", "2024-05-06", "2025-01-01"):
        home.records.add(check_in(datetime.fromisoformat(f"{day}T09:00:00+09:00")))
    assert str(home.records.first_day()) == "2024-05-06"


def test_whatever_was_written_is_another_revision(home: Home) -> None:
    """Screen, agent and status bar see each record, setting and own stretch, and nothing where nothing happened."""
    seen = [home.revision()]
    home.records.add(Seen(id="s", at=MORNING, by="Dr. Mori"))
    seen.append(home.revision())
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, region="jp"))
    seen.append(home.revision())
    home.places.own_content().mkdir()
    (home.places.own_content() / "mine.toml").write_text("id = 'mine'", encoding="utf-8")
    seen.append(home.revision())
    (home.places.own_content() / "mine.toml").write_text("id = 'mind'", encoding="utf-8")
    seen.append(home.revision())
    assert len(set(seen)) == len(seen)
    assert home.revision() == seen[-1]


def test_a_session_sees_the_records_of_others_and_not_its_own_progress(home: Home) -> None:
    """It is kept every few seconds, which must not make it read everything again."""
    before = home.revision("records-")
    home.records.keep_state("session", {"step": 2})
    assert home.revision("records-") == before
    home.records.add(Seen(id="s", at=MORNING, by="Dr. Mori"))
    assert home.revision("records-") != before
