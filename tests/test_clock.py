"""The clock: this moment, in the zone in which the machine stands now."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from coach import clock
from tests.helpers import ZONES


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows reads its zone by itself")
def test_a_journey_is_noticed_by_a_program_that_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever flies with the screen open reads the time of the place, not the one of the departure."""
    offsets = []
    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        offsets.append(clock.now().utcoffset())
    assert len(set(offsets)) == len(ZONES)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("zone", ["XXX-25", "XXX-13:37:59", "nosuch/zone", ""])
def test_in_a_zone_made_by_hand_there_is_a_moment(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """It is this moment, with an offset of whole minutes, and other moments can be told from it."""
    monkeypatch.setenv("TZ", zone)
    now = clock.now()
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
    for at in (
        now,
        datetime(2, 1, 1, tzinfo=UTC),
        datetime(1890, 1, 1, tzinfo=UTC),
        datetime(9998, 12, 31, tzinfo=UTC),
    ):
        here = at.astimezone(UTC).astimezone(now.tzinfo)
        assert here == at
        assert not (here.utcoffset() or timedelta()).seconds % 60
    monkeypatch.undo()
    time.tzset()
