"""What is said after a session: only what is true tomorrow."""

import pytest
from msgspec.structs import replace

from coach.clock import now
from coach.content import Content
from coach.domain.exercise.dose import Step
from coach.domain.exercise.session import GuidedSession, SessionRun, Tomorrow
from coach.words import LANGUAGES, Words
from coach.words.session_end import closing

STRETCHES = Content.open().stretches
RUN = SessionRun.of([Step("seated-toe-pull", "right", 20, 1)], STRETCHES).start(0.0)
WHOLE = replace(RUN, spent=130.0, at=len(RUN.phases), held=((0, 1),), state="over")
DONE = GuidedSession(routine="evening", pace="easy", by="ui", started=now(), saved_at=now(), run=WHOLE)


@pytest.mark.parametrize(
    ("changes", "key", "hold"),
    [
        ([Tomorrow("seated-toe-pull", 20, 25)], "more", 25),
        ([Tomorrow("seated-toe-pull", 30, 20)], "less", 20),
        ([Tomorrow("seated-toe-pull", 20, 20), Tomorrow("wall-calf", 20, 20)], "same", 20),
        ([Tomorrow("seated-toe-pull", 20, 20), Tomorrow("wall-calf", 30, 30)], "as-today", 0),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_tomorrow_in_one_line(changes: list[Tomorrow], key: str, hold: int, language: str) -> None:
    """What grows is named with its seconds; where all stays, one line says so."""
    words = Words(language)
    name = words.pick(STRETCHES[changes[0].stretch].name)
    assert list(closing(words, STRETCHES, DONE, changes, "done")) == [
        words("session.after.done", n=2),
        words(f"session.after.{key}", n=hold, stretch=name),
    ]


def test_what_was_left_before_its_first_hold_is_not_called_done() -> None:
    """Two minutes of getting ready are no minutes for the knee."""
    left = replace(DONE, run=replace(RUN, spent=130.0, state="over"))
    lines = list(closing(Words("en"), STRETCHES, left, (), "done"))
    assert lines == [Words("en")("session.after.part")]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("cause", ["done", "stopped", "paused"])
def test_no_page_blames_or_promises(language: str, cause: str) -> None:
    """However it ended there is a sentence, and it is in this language."""
    lines = list(closing(Words(language), STRETCHES, DONE, (), cause))
    assert lines
    assert not any("session." in line for line in lines)
