"""The buttons of popups: what each kind offers, and that nothing of pain is noted before it was asked back."""

from datetime import timedelta

import pytest

from coach.actions.exercise.session_lock import session_owner
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.reminders.reminder import Between
from coach.domain.triage.answers import Pain
from coach.remind.channels import Popup
from coach.words import Words
from tests.remind.bus_daemon import NotificationServer
from tests.remind.conftest import Desk


def test_a_reminder_of_ones_own_offers_nothing_to_start_and_nothing_that_hurts(desk: Desk) -> None:
    """*Drink a glass of water*: in ten minutes, or done; a click on its body begins no stretch."""
    desk.only("water", at="10:00", text="Drink a glass of water")
    desk.at("10:00:01")
    assert desk.server.popups[0]["buttons"] == {"later": "In 10 minutes", "done": "Done"}
    desk.server.press("default")
    desk.passed(2)
    desk.server.press("done")
    desk.until(lambda: desk.outcomes() == [("10:00", "acted", None)])
    assert len(desk.server.popups) == 1
    assert not list(desk.home.records.history().records())


def test_a_button_counts_also_where_the_popup_goes_with_it(desk: Desk) -> None:
    """A server that takes the popup away tells of both at once, one that leaves it there is told to."""
    desk.only("tea", at="10:00", text="Tea")
    desk.at("10:00:01")
    desk.server.press("done")
    desk.server.close(reason=3)
    desk.until(lambda: 1 in desk.server.closed)
    assert desk.outcomes() == [("10:00", "acted", None)]


def test_pain_is_noted_only_after_a_yes(desk: Desk) -> None:
    """The third button asks first; no changes nothing, yes rests today."""
    desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    desk.at("10:00:01")
    assert desk.server.popups[0]["buttons"]["hurts"] == "Stop exercises today"
    desk.server.press("hurts")
    desk.until(lambda: len(desk.server.popups) == 2)
    assert not desk.home.records.history().hurts
    assert list(desk.server.popups[1]["buttons"]) == ["yes", "no"]
    desk.server.press("no")
    desk.until(lambda: 2 in desk.server.closed)
    assert not desk.home.records.history().hurts
    desk.at("11:00:01")
    desk.server.press("hurts")
    desk.until(lambda: len(desk.server.popups) == 4)
    desk.server.press("yes")
    desk.until(lambda: desk.home.records.history().hurts)
    assert desk.server.titles[-1] == "Stopped for today"


def test_a_break_stops_at_once_and_asks_then(desk: Desk) -> None:
    """Whoever presses the button in a stretch is out of it; what it was is noted with their yes."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    desk.at("10:00:01")
    desk.server.press("start")
    desk.until(lambda: desk.service._buttons.led_break)
    desk.passed(5)
    number = desk.server.popups[-1]["number"]
    desk.server.press("hurts")
    desk.until(lambda: desk.service._buttons.led_break is None)
    desk.until(lambda: number in desk.server.closed)
    assert [session.outcome for session in desk.home.records.history().sessions] == ["stopped"]
    desk.server.press("yes")
    desk.until(lambda: desk.home.records.history().hurts)
    assert desk.home.records.history().hurts[0].stretch


def test_a_break_ends_where_a_decision_changed_under_it(desk: Desk) -> None:
    """A sign is told of in another window: no further step is shown, what was done counts, and others may begin."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    desk.at("10:00:01")
    desk.server.press("start")
    desk.until(lambda: desk.service._buttons.led_break)
    step = desk.server.popups[-1]
    desk.passed(4)
    save(desk.home, NewAnswers(signs={"one-leg-swollen-warm": "yes"}), desk.wall)
    desk.passed((desk.service._buttons.next_at() or 0.0) - desk.monotonic)
    assert desk.service._buttons.led_break is None
    assert session_owner(desk.home) is None
    last = desk.server.popups[-1]
    assert (last["title"], last["number"], last["buttons"]) == (Words("en")("popup.after.not-now"), step["number"], {})
    (session,) = desk.home.records.history().sessions
    assert session.outcome == "stopped"
    assert 0 < session.seconds < 60


def test_without_buttons_the_text_says_how_to_start(bare_desk: Desk) -> None:
    """A server that shows none: the line that a button would be."""
    bare_desk.server = NotificationServer("body")
    bare_desk.bus.add(bare_desk.server)
    bare_desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    bare_desk.at("10:00:01")
    assert bare_desk.server.popups[0]["buttons"] == {}
    assert "To start: `coach break`" in bare_desk.server.popups[0]["body"]


def test_whoever_never_answered_is_asked_first(desk: Desk) -> None:
    """A stretch begins no earlier than the list of signs was gone through: the popup says where."""
    desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    desk.at("10:00:01")
    desk.server.press("start")
    desk.until(lambda: len(desk.server.popups) == 2)
    assert desk.server.titles[-1] == Words("en")("popup.after.first")
    assert desk.service._buttons.led_break is None
    assert session_owner(desk.home) is None


def test_a_check_in_is_answered_in_a_terminal(desk: Desk) -> None:
    """Numbers need a keyboard: the button says where, and leads no break."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    desk.only("check-in", "check-in", at="10:00")
    desk.wall += timedelta(days=1)
    desk.at("10:00:01")
    desk.server.press("start")
    desk.until(lambda: len(desk.server.popups) == 2)
    assert desk.server.titles[-1] == Words("en")("popup.after.open")
    assert desk.server.popups[-1]["body"] == Words("en")("popup.after.open-body")
    assert desk.service._buttons.led_break is None


@pytest.mark.parametrize("takes", [True, False])
def test_an_open_screen_takes_the_start(desk: Desk, takes: bool) -> None:
    """What is begun there is not led by popups, too; one that is in the middle of something leaves it to them."""
    save(desk.home, NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True), desk.wall)
    opened: list[str] = []

    def open_screen(kind: str) -> bool:
        opened.append(kind)
        return takes

    desk.made["open_screen"] = open_screen
    desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    desk.at("10:00:01")
    desk.server.press("start")
    desk.until(lambda: opened)
    desk.passed(0)
    assert opened == ["desk-break"]
    assert (desk.service._buttons.led_break is None) is takes


def test_in_a_terminal_the_same_answers_are_taken(bare_desk: Desk) -> None:
    """Where no desktop can show it the open screen does: put off, and asked back before pain is noted."""
    rung: list[Popup] = []

    def ring(popup: Popup) -> bool:
        rung.append(popup)
        return True

    bare_desk.made["ring"] = ring
    bare_desk.only("up", "desk-break", every_min=60, between=Between("09:00", "18:00"))
    bare_desk.at("10:00:01")
    assert [action for action, _ in rung[0].buttons] == ["start", "later", "hurts"]
    assert [(row.channel, row.number) for row in bare_desk.rows()] == [("terminal", 0)]
    assert bare_desk.service._delivery.on_screen == {}  # a number would be that of another program's popup
    bare_desk.service.answer(rung[0].slot, "hurts")
    bare_desk.passed(2)
    bare_desk.service.answer(rung[1].slot, "yes")
    bare_desk.passed(2)
    assert bare_desk.home.records.history().hurts
    assert rung[2].title == "Stopped for today"
    bare_desk.service.answer(rung[0].slot, "later")
    bare_desk.passed(2)
    assert [outcome for _, outcome, _ in bare_desk.outcomes()] == ["acted"]
