"""The wall clock that a person will read at a moment, whatever the clocks do until then."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.clock import SystemZone
from coach.domain.status.wall_clock import local, local_day, resolve
from tests.helpers import ZONES, examples, heavy_but, in_zone

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


@pytest.mark.parametrize("name", ZONES)
@examples(200)
@given(now=MOMENTS, at=MOMENTS)
def test_a_moment_is_named_as_the_wall_clock_shows_it_then(name: str, now: datetime, at: datetime) -> None:
    """Beyond a change of the clocks the offset of that time counts, not the one of now."""
    with in_zone(name):
        here = now.astimezone(SystemZone())
        wall = at.astimezone(ZoneInfo(name))
        assert local(at, here).isoformat() == wall.isoformat()
        assert local(here + (at - now), here).isoformat() == wall.isoformat()  # one that was counted from now
        assert local_day(at, here) == wall.date()


@pytest.mark.parametrize("name", ZONES)
@examples(200)
@given(now=MOMENTS, at=MOMENTS)
def test_between_two_moments_lies_the_time_that_passed(name: str, now: datetime, at: datetime) -> None:
    """A pause of 24 hours has 24 hours, also in the night in which the clocks change."""
    with in_zone(name):
        here, there = now.astimezone(SystemZone()), at.astimezone(SystemZone())
        assert here - there == now - at
        assert (here < there) is (now < at)
        assert (here + timedelta(hours=24)).astimezone(UTC) == now + timedelta(hours=24)


@pytest.mark.parametrize("name", heavy_but(ZONES[:1], ZONES))
@examples(200)
@given(now=MOMENTS, wall=st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31)))
def test_a_time_of_day_is_looked_up_in_the_zone_of_now(name: str, now: datetime, wall: datetime) -> None:
    """The zone that ``now`` carries finds the same moment as the zone by its name, of whatever hour."""
    with in_zone(name):
        here = resolve(wall, now.astimezone(SystemZone()).tzinfo)
        assert here.isoformat() == resolve(wall, ZoneInfo(name)).isoformat()
        assert here.replace(tzinfo=None) >= wall


def test_clocks_that_change_at_one_minute_past_midnight_do_so() -> None:
    """Newfoundland's clocks went back at 00:01 until 2011: what was looked up just before is not used just after."""
    with in_zone("America/St_Johns"):
        here = datetime(2010, 11, 7, 2, 0, tzinfo=UTC).astimezone(SystemZone())
        just_before = datetime(2010, 11, 7, 2, 30, 59, tzinfo=UTC)
        assert f"{local(just_before, here):%d %H:%M:%S}" == "07 00:00:59"
        assert f"{local(just_before + timedelta(seconds=1), here):%d %H:%M:%S}" == "06 23:01:00"
