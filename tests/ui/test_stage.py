"""The picture of a session at every moment, size and language: nothing cut off, no name of the code in sight."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from coach.content import Content as Guidance
from coach.domain.exercise.dose import Step
from coach.domain.exercise.phases import seconds
from coach.domain.exercise.session import SessionRun
from coach.domain.exercise.stretch import Pace
from coach.domain.triage.answers import Side
from coach.ui.stage import Stage, Style, skyline
from coach.words import Words
from tests.helpers import examples

STRETCHES = Guidance.open().stretches
NAMES = ("seated-toe-pull", "wall-calf", "lying-towel-hamstring", "ankle-pumps")
SIDES: tuple[Side, ...] = ("right", "left")
PLAN = [Step(name, side, 20, 2) for name in NAMES for side in SIDES]
RUN = SessionRun.of(PLAN, STRETCHES).start(0.0)
SIZES = ((36, 10), (36, 14), (56, 16), (76, 20), (96, 28), (112, 32))


def as_text(lines: list[Content]) -> str:
    """Return lines without their roles."""
    return "\n".join(line.plain.rstrip() for line in lines)


def at(second: float) -> tuple[SessionRun, float]:
    run = RUN
    for step in range(int(second * 2)):
        run = run.tick(step / 2)
    return run, max(int(second * 2) - 1, 0) / 2


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("style", [Style(), Style(motion=False), Style(plain=True), Style(large=True)])
def test_every_moment_fits_its_room(language: str, size: tuple[int, int], style: Style) -> None:
    """No line is wider than the room, none too many, and the name of the phase always stands."""
    stage = Stage(Words(language), STRETCHES, style)
    width, height = size
    for second in (0, 8, 17, 30, 37, 41, 80, 170, 480):
        run, now = at(second)
        lines = stage.lines(run, now, width, height)
        here = run.look(now)
        assert here is not None
        assert len(lines) == height
        assert max(line.cell_length for line in lines) <= width
        assert stage.phase_text(run, here)[0] in as_text(lines)
        assert not re.search(r"session\.[a-z]", as_text(lines))


@pytest.mark.parametrize("language", ["en", "ja"])
@given(width=st.integers(36, 116), height=st.integers(8, 36))
@examples(30)
def test_what_to_stop_for_is_never_cut_off(language: str, width: int, height: int) -> None:
    """While it eases out, the whole sentence stands at any size."""
    stage = Stage(Words(language), STRETCHES, Style())
    run, now = at(20)
    run = run.hurt(now)
    text = "".join(as_text(stage.lines(run, now, width, height)).split())
    sentence = Words(language)("session.phase.easing.line")
    words = sentence.split() if language == "en" else [sentence]
    assert all(letters in re.sub("[\u2800-\u28ff]", "", text) for letters in words)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_getting_ready_names_the_stretch_and_the_position(language: str) -> None:
    """At 80 by 24, before each stretch, its name and the first two things to do stand beside the figure."""
    words = Words(language)
    stage = Stage(words, STRETCHES, Style())
    for step, name in enumerate(NAMES):
        run = SessionRun.of(PLAN[step * 2 :], STRETCHES).start(0.0)
        drawn = re.sub("[\u2800-\u28ff\\s]", "", as_text(stage.lines(run, 1.0, 76, 20)))
        stretch = STRETCHES[name]
        assert any("".join(words.pick(one).split()) in drawn for one in (stretch.name, stretch.short))
        for one in stretch.how[:2]:
            assert "".join(words.pick(one).split()) in drawn


def test_seconds_and_breath_are_drawn_large() -> None:
    """Large digits and a disc beside them, whose size follows the breath."""
    stage = Stage(Words("en"), STRETCHES, Style())
    run, now = at(8)
    early, late = (as_text(stage.lines(run, now + more, 76, 20)) for more in (0.0, 2.0))
    assert early != late
    assert "⣿" in early


@pytest.mark.parametrize("pace", ["slow", "easy", "light"])
@pytest.mark.parametrize(("language", "inward", "outward"), [("en", "breathe in", "breathe out"), ("ja", "吸", "吐")])
def test_the_sentence_and_the_disc_tell_the_same_breath(language: str, inward: str, outward: str, pace: Pace) -> None:
    """Whoever follows the sentence breathes as whoever follows the disc, at every moment and pace."""
    stage = Stage(Words(language), STRETCHES, Style())
    run = SessionRun.of(PLAN, STRETCHES, pace).start(0.0)
    told = set()
    for half_second in range(int(2 * seconds(run.phases))):
        run = run.tick(half_second / 2)
        if (here := run.look(half_second / 2)) is None:
            break
        sentence = stage.phase_text(run, here)[1].lower()
        for breath, word in (("in", inward), ("out", outward)):
            if word in sentence:
                assert here.breath.direction == breath, (here.phase.kind, half_second / 2)
                told.add(breath)
    assert told == {"in", "out"}


def test_the_timeline_has_a_plateau_for_every_hold() -> None:
    """Sixteen holds and counted sets are sixteen hills."""
    (hills,) = skyline(RUN.phases, 112)
    high = "".join("x" if char == "⣿" else " " for char in hills)
    holds = sum(phase.works for phase in RUN.phases)
    assert len(high.split()) == holds
