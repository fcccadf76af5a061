"""What a session says: each milestone once, in both languages, enough to follow with closed eyes."""

import pytest

from coach.content import Content
from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import SessionRun
from coach.words import Words
from coach.words.guide import Guide, Milestone

STRETCHES = Content.open().stretches
PLAN = [
    Step("seated-toe-pull", "right", 20, 2),
    Step("seated-toe-pull", "left", 20, 2),
    Step("ankle-pumps", "right", 2, 10),
]


def told(guide: Guide, run: SessionRun, seconds: float, start: float = 0.0) -> tuple[list[Milestone], SessionRun]:
    found = guide.follow(run, start)
    for step in range(1, int(seconds * 4) + 1):
        run = run.tick(start + step / 4)
        found += guide.follow(run, start + step / 4)
    return found, run


def test_every_milestone_of_a_session_is_told_once_and_in_order() -> None:
    """Both holds of both sides, the halves, the change, the counted set, and the end."""
    found, run = told(Guide(Words("en"), STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    assert run.state == "over"
    once = ["in", "hold", "half", "out"]
    assert [one.kind for one in found] == [
        "begin", *once, "rest", *once, "change", *once, "rest", *once, "begin", "hold", "half", "end",
    ]  # fmt: skip


def test_what_to_stop_for_is_spoken_once_before_anything_else() -> None:
    """It opens the first sentence and never comes again."""
    words = Words("en")
    found, _ = told(Guide(words, STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    warning = words("session.intro.stop-for")
    assert found[0].text.startswith(warning)
    assert sum(warning in one.text for one in found) == 1


def test_closed_eyes_hear_every_step_but_the_last_of_each_stretch_once() -> None:
    """Taking the position, then the movement: both are spoken the first time, and not again on the other side."""
    found, _ = told(Guide(Words("en"), STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    said = " ".join(one.text for one in found)
    for name in dict.fromkeys(step.stretch for step in PLAN):
        for how in STRETCHES[name].how[:3]:
            assert said.count(how["en"]) == 1


def test_what_was_introduced_is_not_said_again() -> None:
    """Heard at leisure before the clock runs, it does not fill the five seconds after it."""
    guide = Guide(Words("en"), STRETCHES)
    before = [*guide.warning(), *guide.introduce([PLAN[0].stretch])]
    found, _ = told(guide, SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    assert before[0] == Words("en")("session.intro.stop-for")
    said = " ".join(one.text for one in found)
    for one in (before[0], *before[2:]):
        assert one not in said


def test_a_change_says_the_side() -> None:
    """Who cannot see the screen knows which leg it is."""
    found, _ = told(Guide(Words("en"), STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    assert "Right leg" in found[0].text
    assert "Left leg" in next(one.text for one in found if one.kind == "change")


def test_a_pause_and_its_end_are_told_but_not_the_phase_again() -> None:
    """Going on is one word, not the whole of it once more."""
    guide, run = Guide(Words("en"), STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0)
    _, run = told(guide, run, 20)
    run = run.pause(20.0)
    assert [one.text for one in guide.follow(run, 20.0)] == ["Paused."]
    run = run.resume(30.0)
    assert [one.text for one in guide.follow(run, 30.0)] == [Words("en")("session.said.resumed")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_hurts_is_answered_at_once(language: str) -> None:
    """The very next thing that is said is to let go."""
    words = Words(language)
    guide, run = Guide(words, STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0)
    _, run = told(guide, run, 20)
    assert guide.follow(run.hurt(20.0), 20.0) == [Milestone("out", words("session.said.easing"))]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_of_it_is_in_the_language_that_was_asked_for(language: str) -> None:
    """No name of the catalogue is ever spoken, and no English in Japanese."""
    found, _ = told(Guide(Words(language), STRETCHES), SessionRun.of(PLAN, STRETCHES).start(0.0), 400)
    for one in found:
        assert "session." not in one.text
        assert language == "en" or not any(letter.isascii() and letter.isalpha() for letter in one.text)
