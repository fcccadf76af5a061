"""Where another machine over the same carried home calls, this one shows the end of ice alone."""

from datetime import timedelta

import msgspec

from coach.agent.status import agent_status
from coach.domain.reminders.caller import Lease
from coach.domain.status.history import Ice
from tests.remind.conftest import Desk


def other_agent(desk: Desk) -> None:
    """Leave the lease of another machine, which began before this one and is there now."""
    lease = Lease(machine="f" * 16, since=desk.wall - timedelta(hours=3), renewed=desk.wall)
    (desk.home.places.data / f"agent-{'f' * 16}.json").write_bytes(msgspec.json.encode(lease))


def test_a_slot_is_left_to_the_machine_that_calls(desk: Desk) -> None:
    """It is neither shown nor logged here; once the other has gone silent, this one calls, within the grace."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:00")
    other_agent(desk)
    desk.at("10:00:01")
    desk.passed(30)
    assert (desk.server.titles, desk.rows()) == ([], [])
    desk.at("10:14:30")
    assert desk.server.titles == ["Tea"]


def test_somebody_who_sits_here_is_called_here(desk: Desk) -> None:
    """The other machine cannot tell that anybody sits there."""
    desk.idle_s = 3.0
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:58:00")
    other_agent(desk)
    desk.at("10:00:01")
    desk.passed(60)
    assert desk.server.titles == ["Tea"]


def test_the_end_of_ice_is_called_on_every_machine(desk: Desk) -> None:
    """Ice that stays on does harm: nothing holds its end."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("09:59:00")
    desk.home.records.add(Ice(id="i", at=desk.wall, minutes=10))
    other_agent(desk)
    desk.passed(60)
    other_agent(desk)
    desk.passed(9 * 60 + 2)
    assert len(desk.server.titles) == 1
    assert "Tea" not in desk.server.titles


def test_status_says_that_another_machine_calls(desk: Desk) -> None:
    """Whoever wonders why nothing pops up here is told."""
    desk.at("09:59:00")
    other_agent(desk)
    desk.passed(30)
    desk.passed(2)
    assert desk.service._reporter._held() == "other-machine"
    assert agent_status(desk.home.places) is not None
