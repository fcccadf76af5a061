"""What is said after a session: what was done, and what it changed; the same on the screen and in plain lines."""

from collections.abc import Iterator, Mapping, Sequence

from coach.actions.exercise.session import Guided, Tomorrow
from coach.domain.exercise.stretch import Stretch
from coach.words import Words


def closing(
    words: Words, stretches: Mapping[str, Stretch], guided: Guided, changes: Sequence[Tomorrow], cause: str
) -> Iterator[str]:
    """Yield a sentence a line; ``cause`` is ``done``, ``stopped`` or ``paused``."""
    if cause == "paused":
        yield words("session.after.paused")
        yield words("session.after.see-today")
    elif not guided.run.done_steps():
        yield words("session.after.nothing")
    elif guided.hurt:
        yield from (words(f"session.after.{one}") for one in ("part", "rest", "see-today"))
    else:
        minutes = round(guided.run.spent / 60)
        if minutes:
            yield words("session.after.done", n=minutes)
        if cause == "stopped" or not minutes:
            yield words("session.after.part")
        yield from _tomorrow(words, stretches, changes)


def _tomorrow(words: Words, stretches: Mapping[str, Stretch], changes: Sequence[Tomorrow]) -> Iterator[str]:
    """Yield what is other tomorrow, stretch by stretch; one line where all stays."""
    other = [one for one in changes if one.next_s != one.hold_s]
    for one in other:
        kind = "more" if one.next_s > one.hold_s else "less"
        yield words(f"session.after.{kind}", stretch=words.pick(stretches[one.stretch].name), n=one.next_s)
    held = {one.next_s for one in changes if stretches[one.stretch].kind == "stretch"}
    if not other and changes:
        yield words("session.after.same", n=held.pop()) if len(held) == 1 else words("session.after.as-today")
