"""A break that popups lead, and a session elsewhere: one at a time."""

import pytest

from coach import clock
from coach.actions.exercise.session_flow import Flow
from coach.actions.exercise.session_lock import session_owner
from coach.domain.reminders.due import Delivery
from coach.home import Home
from coach.remind.buttons import Buttons
from coach.remind.channels import Popup
from coach.remind.delivery import PopupDelivery
from coach.remind.popup_break import Break
from coach.remind.sounds import Sounds
from coach.words import Words


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the terminal is told, in order."""
    monkeypatch.setenv("COACH_NOTIFY", "terminal")
    return []


@pytest.fixture
def buttons(calm: Home, said: list[str]) -> Buttons:
    """Return the buttons of a calm person's popups."""

    def ring(popup: Popup) -> bool:
        said.append(popup.title)
        return True

    return Buttons(PopupDelivery(calm, ring), Sounds(calm))


def led(buttons: Buttons) -> Break | None:
    """Return the break under way now."""
    return buttons.led_break


def start(buttons: Buttons) -> None:
    """Press *Start* on a popup of the desk break."""
    now = clock.now()
    buttons.delivery.on_screen[7] = Delivery(
        id="desk-break@x", reminder="desk-break", kind="desk-break", due=now, noted=now, outcome="shown", number=7
    )
    buttons.pressed(7, "start", 0.0)


def test_a_break_leaves_a_session_alone(home: Home, buttons: Buttons, said: list[str]) -> None:
    """With a session under way the popup says so, and leads nothing."""
    session = Flow(home, Words("en"), clock.now)
    session.start()
    start(buttons)
    assert led(buttons) is None
    assert said[-1] == Words("en")("popup.after.under-way")
    session.close()


def test_a_session_waits_for_a_break_and_may_begin_when_it_is_over(home: Home, buttons: Buttons) -> None:
    """While popups lead, a session says that they do; *It hurts*, and the end, let go."""
    start(buttons)
    assert led(buttons) is not None
    assert (
        Words("en")("session.error.under-way.popup", time="").split("{")[0][:30]
        in Flow(home, Words("en"), clock.now).refusal
    )
    while led(buttons) is not None:
        buttons.tick(buttons.next_at() or 0.0)
    assert session_owner(home) is None
    start(buttons)
    under_way = led(buttons)
    assert under_way is not None
    buttons.pressed(under_way.number, "hurts", 0.0)
    assert session_owner(home) is None


def test_a_break_that_hurt_lasted_as_long_as_it_did(home: Home, buttons: Buttons) -> None:
    """The page for a doctor adds up what was done, and not what was meant to be."""
    start(buttons)
    under_way = led(buttons)
    assert under_way is not None
    buttons.pressed(under_way.number, "hurts", 12.5)
    assert [(one.outcome, one.seconds) for one in home.records.history().sessions] == [("stopped", 12.5)]


def test_a_session_that_broke_off_while_it_hurt_rests_the_break(home: Home, buttons: Buttons, said: list[str]) -> None:
    """The terminal was closed right after *it hurts*: the popup leads nothing, and what hurt is noted."""
    session = Flow(home, Words("en"), clock.now)
    session.start()
    session.hurt()
    session.close()
    start(buttons)
    assert led(buttons) is None
    assert said[-1] == Words("en")("popup.after.not-now")
    assert len(home.records.history().hurts) == 1
    assert session_owner(home) is None
