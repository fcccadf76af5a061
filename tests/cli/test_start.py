"""``coach start --plain``: a session in lines, in its own time, and kind however it ends."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from coach import clock
from coach.actions.status.hurt import hurts
from coach.actions.triage.check_in import NewAnswers, save
from coach.cli.context import CommandContext
from coach.cli.plain import Plain
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import Ran, beginning

Coach = Callable[..., Ran]
Spawn = Callable[..., "subprocess.Popen[str]"]


class Time:
    """A clock that moves only while the session waits, and may do something at a moment."""

    def __init__(self, at: float = 1e9, do: Callable[[], object] = lambda: None) -> None:
        self.now = 100.0
        self.at = self.now + at
        self.do = do

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        if self.now >= self.at:
            self.at = 1e9
            self.do()


def lead(home: Home, time_: Time, language: str = "en", routine: str | None = "desk-toe-pull") -> int:
    return Plain(CommandContext(home, Words(language)), routine, ticks=time_, wait=time_.wait).run()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_session_in_lines_speaks_at_milestones_alone(
    calm: Home, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """No countdown, no line that rewrites itself, nothing of the code's own names."""
    assert lead(calm, Time(), language) == 0
    out = capsys.readouterr().out
    words = Words(language)
    assert words("session.intro.stop-for") in out
    assert words("session.said.hold", n=20) in out
    assert "\r" not in out
    assert "\x1b" not in out
    assert "session." not in out
    assert len(out.splitlines()) < 25


@pytest.mark.parametrize("language", ["en", "ja"])
def test_whoever_only_listens_hears_the_whole_position_first(
    calm: Home, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """Before the clock runs every step of the stretch is said: there is no figure to copy."""
    lead(calm, Time(), language)
    before, _, _ = capsys.readouterr().out.partition(Words(language)("session.said.ease-in"))
    for how in calm.content.stretches["seated-toe-pull"].how:
        assert how[language] in before


def test_it_is_recorded_as_plain(calm: Home) -> None:
    """The record says how it was led, and what was done."""
    lead(calm, Time())
    (record,) = calm.records.history().sessions
    assert (record.by, record.outcome, [step.side for step in record.steps]) == ("plain", "done", ["right", "left"])


def test_it_takes_the_time_that_it_says(calm: Home) -> None:
    """Both sides whole: the waiting adds up to the phases, within half a second."""
    time_ = Time()
    lead(calm, time_)
    (record,) = calm.records.history().sessions
    assert time_.now - 100.0 == pytest.approx(record.seconds, abs=0.6)
    assert record.seconds == pytest.approx(2.5 + 5 + 20 + 2.5 + 5 + 5 + 20 + 2.5, abs=0.6)


def test_ctrl_c_ends_kindly_and_keeps_what_was_done(calm: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The first side counts; the words are those of stopping, not of an error."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    assert lead(calm, Time(at=35, do=interrupt)) == 0
    out = capsys.readouterr().out
    assert beginning("session.said.stopped") in out
    (record,) = calm.records.history().sessions
    assert [step.done for step in record.steps] == [True, False]


def test_it_hurts_from_another_program_ends_it(calm: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """``coach hurts`` in another terminal stops the lines within two seconds, easing out first."""
    assert lead(calm, Time(at=12, do=lambda: hurts(calm, clock.now()))) == 0
    out = capsys.readouterr().out
    assert "Ease out now" in out
    assert beginning("session.after.paused") in out


def test_a_broken_off_session_is_gone_on_with(calm: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """After a kill in the second side the next start begins there and says so; the first side stays done."""

    def kill() -> None:
        raise SystemError

    with pytest.raises(SystemError):
        lead(calm, Time(at=45, do=kill))
    capsys.readouterr()
    assert lead(Home(), Time()) == 0
    out = capsys.readouterr().out
    assert beginning("start.goes-on") in out
    assert "Right leg" not in out
    (record,) = calm.records.history().sessions
    assert all(step.done for step in record.steps)


def test_before_the_list_of_signs_a_pipe_is_told_how(coach: Coach) -> None:
    """Without a terminal nothing can be asked: exit 1, and the command that answers the list."""
    ran = coach("start", "--plain")
    assert ran.code == 1
    assert "coach check-in --none-of-the-signs" in ran.err
    assert ran.out == ""


def test_a_pause_refuses_with_the_reason(home: Home, coach: Coach) -> None:
    """Exit 1, and why the knee rests."""
    save(home, NewAnswers(pain=Pain(rest=7, walking=7), none_of_the_signs=True), clock.now())
    ran = coach("start", "--plain")
    assert ran.code == 1
    assert "7" in ran.err
    assert ran.out == ""


def test_an_unknown_routine_is_a_wrong_use(calm: Home, coach: Coach) -> None:
    """One line names those that are there."""
    ran = coach("start", "nope", "--plain")
    assert ran.code == 2
    assert "desk-toe-pull" in ran.err


def test_the_screen_needs_a_terminal(calm: Home, coach: Coach) -> None:
    """In a pipe the way without a screen is named."""
    ran = coach("start")
    assert ran.code == 2
    assert "--plain" in ran.err


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_in_a_pipe_each_line_comes_at_its_time(calm: Home, spawn: Spawn, how: signal.Signals) -> None:
    """The real command flushes its first line at once, goes on in real time, and ends kindly when it is asked to."""
    began = time.monotonic()
    process = spawn("start", "desk-toe-pull", "--plain", env={"PYTHONUNBUFFERED": ""})
    assert "toe pull" in first_line(process)
    while "Ease in" not in (line := first_line(process)):
        assert line
    assert time.monotonic() - began > 2.4
    process.send_signal(how)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert beginning("session.said.stopped") in out
    assert [one.outcome for one in calm.records.history().sessions] == ["stopped"]


def test_a_closed_pipe_keeps_what_was_done(calm: Home, spawn: Spawn) -> None:
    """Who stops reading in the middle of ``coach start --plain`` leaves a record and no traceback."""
    process = spawn("start", "desk-toe-pull", "--plain")
    while beginning("session.intro.stop-for") not in (line := first_line(process)):
        assert line
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    assert len(calm.records.history().sessions) == 1
