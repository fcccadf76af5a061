"""The way through a session, led by a clock of the test's own: what each page offers, and what is recorded of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from coach.actions.exercise.session_flow import COMFORTS, PLACES, Flow
from coach.actions.status.hurt import hurts
from coach.domain.status.history import Hurt, Session
from coach.home import Home
from coach.words import Words

MORNING = datetime.fromisoformat("2026-11-23T09:00+09:00")


class Led:
    """A session, and the clock by which it goes."""

    def __init__(self, home: Home, routine: str = "desk-toe-pull") -> None:
        self.home, self.seconds = home, 0.0
        self.flow = Flow(
            home, Words("en"), lambda: MORNING + timedelta(seconds=self.seconds), ticks=lambda: self.seconds,
            wall=lambda: self.seconds, routine=routine,
        )  # fmt: skip

    @property
    def mode(self) -> str:
        return self.flow.mode

    def passes(self, seconds: float) -> None:
        """Let time pass, looked at four times a second."""
        for _ in range(int(seconds * 4)):
            self.seconds += 0.25
            self.flow.beat()

    def begun(self, seconds: float = 20.0) -> "Led":
        """Begin, and be so far in it."""
        self.flow.start()
        self.passes(seconds)
        return self

    def reached(self) -> int:
        """Return the phase that it is in."""
        assert self.flow.run is not None
        return self.flow.run.at

    def choices(self) -> list[str]:
        return [choice.id for choice in self.flow.options()]


@pytest.fixture(autouse=True)
def this_morning(at: Callable[[str], datetime]) -> None:
    """Let it be the morning on which the sessions begin."""
    at(MORNING.isoformat())


@pytest.fixture
def led(calm: Home) -> Led:
    """Return a session of a calm person that has not begun."""
    return Led(calm)


def sessions(home: Home) -> tuple[Session, ...]:
    return home.records.history().sessions


def hurt_notes(home: Home) -> tuple[Hurt, ...]:
    return home.records.history().hurts


def test_done_to_the_end_it_asks_how_it_was_and_keeps_the_answer(led: Led, calm: Home) -> None:
    """The questions come when the last hold is over, and only then is the session a record."""
    led.begun(200)
    assert led.mode == "comfort"
    assert led.choices() == [*COMFORTS, "skip"]
    assert sessions(calm) == ()
    led.flow.choose("pleasant")
    assert led.mode == "closing"
    assert [(session.outcome, session.comfort) for session in sessions(calm)] == [("done", "pleasant")]


def test_the_question_can_be_left_open(led: Led, calm: Home) -> None:
    """Nobody has to say how it was: the mark on *skip*, or leaving, keeps the session without."""
    led.begun(200)
    led.flow.mark(9)
    led.flow.take()
    assert [(session.outcome, session.comfort) for session in sessions(calm)] == [("done", None)]


@pytest.mark.parametrize("place", [*PLACES, "skip"])
def test_it_hurts_eases_out_first_and_asks_where_after(led: Led, calm: Home, place: str) -> None:
    """The questions wait until the leg is back; the number and the place are kept as they were given."""
    led.begun()
    led.flow.hurt()
    assert led.mode == "run"
    led.passes(6)
    assert led.mode == "pain"
    led.flow.type("4")
    led.flow.take()
    assert (led.mode, led.choices()) == ("where", [*PLACES, "skip"])
    led.flow.choose(place)
    assert [(note.pain, note.where) for note in hurt_notes(calm)] == [(4, None if place == "skip" else place)]


@pytest.mark.parametrize("page", ["pain", "where"])
def test_leaving_in_the_middle_of_the_questions_notes_that_it_hurt(led: Led, calm: Home, page: str) -> None:
    """What was felt is on record, though the person had no mind to say more."""
    led.begun()
    led.flow.hurt()
    led.passes(6)
    if page == "where":
        led.flow.choose("6")
    assert led.mode == page
    assert led.flow.stop() is False
    assert [note.pain for note in hurt_notes(calm)] == [6 if page == "where" else None]
    assert [session.outcome for session in sessions(calm)] == ["hurt"]
    assert led.mode == "closing"
    assert led.flow.stop() is True


@pytest.mark.parametrize(("digits", "number"), [("1", 1), ("10", 10), ("11", 1), ("07", 7), ("103", 3), ("0", 0)])
def test_digits_make_a_number_of_nought_to_ten(led: Led, digits: str, number: int) -> None:
    """A digit that would make none of these begins anew."""
    led.begun()
    led.flow.hurt()
    led.passes(6)
    for digit in digits:
        led.flow.type(digit)
    led.flow.take()
    assert led.flow.pain == number


@pytest.mark.parametrize(("pain", "goes_on"), [("2", True), ("9", False)])
def test_after_much_pain_nothing_is_offered_but_the_end(calm: Home, pain: str, goes_on: bool) -> None:
    """A little leaves a gentler way; a lot leaves one."""
    led = Led(calm, "evening").begun()
    led.flow.hurt()
    led.passes(6)
    led.flow.choose(pain)
    led.flow.choose("calf")
    assert led.mode == "choose"
    assert (led.choices() != ["end"]) == goes_on
    assert led.choices()[-1] == "end"
    led.flow.choose("end")
    assert [session.outcome for session in sessions(calm)] == ["hurt"]


def test_without_what_hurt_the_rest_goes_on(calm: Home) -> None:
    """The stretch that hurt is left out; the others are led to the end, and no comfort is asked for."""
    led = Led(calm, "evening").begun()
    stretch = led.flow.guided and led.flow.guided.stretch
    led.flow.hurt()
    led.passes(6)
    led.flow.choose("2")
    led.flow.choose("thigh")
    led.flow.choose("without")
    assert led.mode == "run"
    led.passes(900)
    assert led.mode == "closing"
    (session,) = sessions(calm)
    assert session.outcome == "hurt"
    assert stretch not in {step.stretch for step in session.steps if step.done}
    assert any(step.done for step in session.steps)


def test_standing_still_takes_nothing_from_the_hold(led: Led) -> None:
    """Paused, no time passes; gone on with, it is where it was."""
    led.begun(15)
    before = led.reached()
    led.flow.pause()
    led.passes(120)
    assert led.reached() == before
    led.flow.pause()
    led.passes(20)
    assert led.reached() > before


def test_pain_noted_elsewhere_ends_it_kindly(led: Led, calm: Home) -> None:
    """``coach hurts`` in another window: it eases out, and the session is told as stopped by a rest."""
    led.begun()
    hurts(calm, MORNING)
    assert led.flow.noticed()
    led.flow.follow(led.flow.decision_of_now())
    led.passes(6)
    assert led.mode == "closing"
    assert led.flow.cause == "paused"
    assert len(sessions(calm)) == 1


def test_before_it_began_leaving_keeps_nothing(led: Led, calm: Home) -> None:
    """The page before a session is left without a trace."""
    assert led.mode == "intro"
    assert led.flow.stop() is True
    assert sessions(calm) == ()
