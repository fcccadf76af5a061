"""``coach start --plain``: a session in lines, in its own time, and kind however it ends."""

import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

import pytest

from coach import clock
from coach.actions.exercise.session_flow import Flow
from coach.actions.status.hurt import hurts
from coach.actions.triage.check_in import NewAnswers, save
from coach.cli.context import CommandContext
from coach.cli.plain import Plain
from coach.domain.status.history import Session
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
    assert words("start.ctrl-c") in out
    assert words("start.keys") not in out
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


def test_the_records_are_looked_at_once_a_second(calm: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Often enough to hear of a pain in another terminal at once, and no oftener: each look reads the disk."""
    time_, looks = Time(), list[float]()
    monkeypatch.setattr(Flow, "noticed", lambda _: looks.append(time_.now))
    monkeypatch.setattr(Flow, "decision_of_now", lambda _: pytest.fail("nothing new was recorded"))
    assert lead(calm, time_) == 0
    assert looks == [100.0 + second for second in range(1, 63)]


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


class Typed:
    """What is typed meanwhile, and what is answered; a question that nobody answers fails at once."""

    def __init__(self, answers: Iterable[str]) -> None:
        self.answers = list(answers)
        self.lines: list[str] = []

    def get(self) -> str:
        assert self.answers, "a question more than was answered"
        return f"{self.answers.pop(0)}\n"

    def get_nowait(self) -> str:
        if not self.lines:
            raise queue.Empty
        return f"{self.lines.pop(0)}\n"


def typed(
    home: Home, monkeypatch: pytest.MonkeyPatch, lines: Iterable[tuple[float, str]], answers: Iterable[str]
) -> Session:
    """Lead a session at a terminal, type each line at its second, and return what is noted of it."""
    moving, typed = Time(), Typed(answers)
    left = list(lines)

    def wait(seconds: float) -> None:
        moving.wait(seconds)
        while left and moving.now - 100 >= left[0][0]:
            typed.lines.append(left.pop(0)[1])

    plain = Plain(CommandContext(home, Words("en")), "desk-toe-pull", ticks=moving, wait=wait)
    plain.asks = True
    monkeypatch.setattr(plain, "_typed", typed)
    monkeypatch.setattr(plain, "_listen", lambda: None)
    assert plain.run() == 0
    return home.records.history().sessions[-1]


@pytest.mark.parametrize(
    ("answers", "pain", "where"),
    [
        (("7", "1", "1"), 7, "behind-knee"),
        (("１０", "5", "1"), 10, None),
        (("x", "", ""), None, None),
        (("0", "9", "2"), 0, None),
    ],
)
def test_it_hurts_is_asked_about_and_noted(
    calm: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: tuple[str, ...],
    pain: int | None,
    where: str | None,
) -> None:
    """How much, where, and what now; what is no answer leaves the question open, and the session ends."""
    session = typed(calm, monkeypatch, [(30, "h")], answers)
    (hurt,) = calm.records.history().hurts
    assert (hurt.pain, hurt.where, hurt.stretch) == (pain, where, "seated-toe-pull")
    assert session.outcome == "hurt"
    assert session.seconds == pytest.approx(30, abs=1)
    assert [step.done for step in session.steps] == [True, False]
    said = capsys.readouterr().out.splitlines()
    words = Words("en")
    asked = [said.index(words(key)) for key in ("hurts.how-much", "session.hurt.where", "session.hurt.what-now")]
    assert asked == sorted(asked)


def test_after_it_one_is_asked_how_it_felt(calm: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the number of the answer; anything else is no answer."""
    for answer, comfort in (("1", "pleasant"), ("3", "uncomfortable"), ("", None)):
        session = typed(calm, monkeypatch, [], [answer])
        assert (session.outcome, session.comfort) == ("done", comfort)
        assert [(step.side, step.done) for step in session.steps] == [("right", True), ("left", True)]


def test_one_goes_on_and_back_waits_and_ends(
    calm: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a letter, capital or full-width; a pause holds the time until it is typed again, or a line without a word."""
    lines = ((12, "n"), (16, "B"), (20, "p"), (100, ""), (120, "ｐ"), (200, "P"), (210, "q"))
    session = typed(calm, monkeypatch, lines, [""])
    assert session.outcome == "stopped"
    assert session.seconds == pytest.approx(210 - 80 - 80, abs=2)
    words, said = Words("en"), capsys.readouterr().out
    assert words("start.keys") in said
    assert words("start.ctrl-c") not in said
    assert said.count(words("session.said.hold", n=20)) >= 2


@pytest.mark.parametrize("routine", [None, "desk-toe-pull"])
def test_a_calm_day_begins_at_once(
    calm: Home, coach: Coach, monkeypatch: pytest.MonkeyPatch, routine: str | None
) -> None:
    """Nothing is asked: the session that was named, or that of today."""
    led: list[str | None] = []
    monkeypatch.setattr(Plain, "run", lambda self: 0)
    begin = Plain.__init__

    def noted(self: Plain, context: CommandContext, routine: str | None) -> None:
        led.append(routine)
        begin(self, context, routine)

    monkeypatch.setattr(Plain, "__init__", noted)
    ran = coach("start", "--plain", *([routine] if routine else []))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert led == [routine]


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
