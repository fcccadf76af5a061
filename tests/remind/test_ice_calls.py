"""The end of an icing is called until somebody sees it, whatever the desktop is set to."""

from collections.abc import Callable

import pytest

from coach.actions.ice import answer_conditions, ice, start_ice, stop_ice
from coach.words import Words
from tests.remind.conftest import Desk

Heard = Callable[[], list[str]]


def begin(desk: Desk) -> None:
    """Begin an icing of 15 minutes at nine o'clock, at a desk with nothing else to call."""
    desk.only("tea", at="23:00", text="Tea")
    answer_conditions(desk.home, "no")
    start_ice(desk.home, 15, now=desk.wall)
    desk.passed(0)


def test_do_not_disturb_does_not_hold_it(desk: Desk, heard: Heard) -> None:
    """An urgent popup all the same, and a tone, as whether the popup was seen cannot be known."""
    desk.server.properties["Inhibited"] = ("b", True)
    begin(desk)
    desk.at("09:15:01")
    (popup,) = [popup for popup in desk.server.popups if popup["buttons"]]
    assert popup["hints"]["urgency"] == ("y", 2)
    assert popup["buttons"] == {"done": Words("en")("popup.off")}
    row = desk.rows()[-1]
    assert (row.outcome, row.why, row.calls) == ("shown", "handed-over", 1)
    desk.until(lambda: heard() == ["end"])


def test_nothing_else_calls_by_a_tone_of_ours(desk: Desk, heard: Heard) -> None:
    """The look at the skin, and a reminder of one's own: their popups have the desktop's own sound."""
    begin(desk)
    desk.only("tea", at="09:10", text="Tea")
    desk.at("09:05:01")
    desk.at("09:10:01")
    assert len(desk.server.popups) == 3
    assert desk.service._sounds._tones is None
    assert heard() == []


def test_without_a_bus_a_tone_calls(desk: Desk, heard: Heard) -> None:
    """Nothing can be shown: the tone is all there is, every minute, ten times at most."""
    begin(desk)
    desk.bus.stop()
    for minute in range(15, 40):
        desk.at(f"09:{minute}:02")
        desk.until(lambda: desk.service._sounds._tones is None or desk.service._sounds._tones._child._process is None)
    desk.until(lambda: len(heard()) == 10)
    assert (desk.rows()[-1].outcome, desk.rows()[-1].calls, desk.rows()[-1].retry_at) == ("failed", 10, None)
    desk.bus.start_again()


def test_it_calls_every_minute_until_it_is_seen(desk: Desk) -> None:
    """The popup that the person closes, or answers, was the last; the ice counts as off."""
    begin(desk)
    desk.at("09:15:01")
    desk.at("09:16:02")
    desk.at("09:17:03")
    called = [popup["number"] for popup in desk.server.popups if popup["buttons"]]
    assert len(called) == 3
    desk.until(lambda: desk.server.closed[-2:] == called[:2])  # each in place of the one before
    assert ice(desk.home, desk.wall).overdue
    desk.server.close(called[-1])
    desk.until(lambda: ice(desk.home, desk.wall).overdue is None)
    desk.at("09:20:00")
    assert len(desk.server.popups) == len(called)
    assert desk.rows()[-1].outcome == "acted"


def test_a_popup_that_expires_was_not_seen(desk: Desk) -> None:
    """Only the person's own closing ends the calls."""
    begin(desk)
    desk.at("09:15:01")
    desk.server.close(reason=1)
    desk.at("09:16:02")
    assert len([popup for popup in desk.server.popups if popup["buttons"]]) == 2


@pytest.mark.parametrize("by", ["button", "command"])
def test_who_took_it_off_is_not_called_again(desk: Desk, by: str) -> None:
    """By the button of the popup, or elsewhere: then the popup goes too."""
    begin(desk)
    desk.at("09:15:01")
    number = desk.server.popups[-1]["number"]
    desk.passed(10)
    desk.service._delivery.check()
    assert number not in desk.server.closed  # it stays until then
    if by == "button":
        desk.server.press("done")
        desk.until(lambda: desk.home.records.history().ice_ends)
    else:
        stop_ice(desk.home, desk.wall)
        desk.passed(2)
        desk.until(lambda: number in desk.server.closed)
    popups = len(desk.server.popups)
    desk.at("09:20:00")
    assert len(desk.server.popups) == popups
    assert ice(desk.home, desk.wall).overdue is None
