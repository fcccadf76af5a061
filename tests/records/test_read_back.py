"""What was acknowledged can be read again: nothing is kept that the next reader would refuse."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach import clock
from coach.domain.status.history import Hurt, Ice, Record, Session
from coach.errors import CoachError
from coach.home import Home
from tests.helpers import Ran, heavy_but

KEPT = Path(__file__).parent / "kept" / "schema-1"
MORNING = datetime.fromisoformat("2026-11-22T08:00:00+09:00")
ODD = timezone(timedelta(hours=13, minutes=37, seconds=59))
ODD_ZONES = ("XXX-13:37:59", "nosuch/zone", "XXX+23:59:59", "XXX-25", "Africa/Monrovia")
Spawn = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def every_kind(home: Home, tmp_path: Path) -> list[Record]:
    """Return a record of each kind."""
    shutil.copytree(KEPT, home.places.data)
    records = list(home.records.history().records())
    shutil.rmtree(home.places.data)
    home.records.change_profile(lambda profile: profile)  # or the record of the settings would tell that they are gone
    return records


def test_every_kind_of_record_is_read_back_whatever_the_zone(home: Home, every_kind: list[Record]) -> None:
    """An offset with seconds is none that can be written: the moment is the same, and so is all else."""
    odd = [msgspec.structs.replace(record, at=record.at.astimezone(ODD)) for record in every_kind]
    home.records.add(*odd)
    assert {record.id: record for record in home.records.history().records()} == {record.id: record for record in odd}
    assert not home.records.damage()


def test_records_that_an_earlier_version_could_not_read_again_are_there(home: Home, every_kind: list[Record]) -> None:
    """They were acknowledged, with an offset of seconds: they count, and can be taken along."""
    home.records.add(*every_kind)
    for path in home.places.data.glob("records-*.json*"):
        path.write_bytes(re.sub(rb'("at":"[^"]+)"', rb'\1:41"', path.read_bytes()))
    assert {record.id for record in home.records.history().records()} == {record.id for record in every_kind}
    assert all("+09:00:41" not in str(record["at"]) for record in home.records.everything())
    assert not home.records.damage()


@pytest.mark.parametrize("zone", heavy_but(ODD_ZONES[:2], ODD_ZONES))
def test_in_any_zone_a_sign_of_today_still_counts(spawn: Spawn, home: Home, zone: str) -> None:
    """A zone made by hand once made a check-in vanish, and with it the sign that asks for a doctor today."""

    def run(*words: str) -> Ran:
        process = spawn(*words, env={"TZ": zone})
        out, err = process.communicate(timeout=60)
        return Ran(process.returncode, out, err)

    assert run("check-in", "--walking", "2", "--sign", "calf-ache=yes").code == 0
    assert run("hurts").code == 0
    assert run("seen", "--by", "Dr Mori").code == 0
    told = run("today", "--json")
    assert told.code == 0
    assert not home.records.damage()
    history = home.records.history()
    assert [len(kind) for kind in (history.check_ins, history.hurts, history.seens)] == [1, 1, 1]
    assert history.check_ins[0].answers.signs["calf-ache"] == "yes"


@pytest.mark.parametrize(
    "record",
    [
        Ice(id="i", at=MORNING, minutes=500),
        Hurt(id="h", at=MORNING, pain=11),
        Session(id="s", at=MORNING, routine="r", seconds=float("nan")),
        Hurt(id="h", at=MORNING.replace(tzinfo=None)),
        Hurt(id="h", at=MORNING.replace(year=9999)),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_that_nobody_could_read_again_is_refused(home: Home, record: Record) -> None:
    """It is an error to be told, and no record: what was there before stays."""
    with pytest.raises(CoachError) as raised:
        home.records.add(record)
    assert raised.value.key == "records.error.unreadable"
    assert not list(home.places.data.glob("*.json"))


def test_settings_documents_and_reminders_are_read_back_too(home: Home) -> None:
    """Each would otherwise be found damaged by the next command."""
    writes: tuple[Callable[[], Any], ...] = (
        lambda: home.records.change_profile(lambda profile: msgspec.structs.replace(profile, daily_at="25:00")),
        lambda: home.records.keep_state("session", {"seconds": float("inf")}),
        lambda: home.records.delivery_log().put({"id": "a", "due": "2026-11-22T08:00:00", "outcome": "shown"}),
        lambda: home.records.delivery_log().claim({"id": "a", "due": MORNING.isoformat(), "x": float("nan")}),
    )
    for write in writes:
        with pytest.raises(CoachError) as raised:
            write()
        assert raised.value.key == "records.error.unreadable"
    assert home.records.profile().daily_at == "20:00"
    assert not home.records.damage()


def test_the_clock_tells_offsets_that_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment keeps its instant, and loses the seconds of its offset."""
    moment = MORNING.astimezone(ODD)
    assert clock.whole_minutes(moment) == moment
    assert clock.whole_minutes(moment).utcoffset() == timedelta(hours=13, minutes=37)
    assert clock.whole_minutes(MORNING) is MORNING
