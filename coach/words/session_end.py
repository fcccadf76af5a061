"""What is said after a session: what was done, and what it changed; the same on the screen and in plain lines."""

from collections.abc import Iterator, Mapping, Sequence

from coach.domain.exercise.session import GuidedSession, Tomorrow
from coach.domain.exercise.stretch import Stretch
from coach.words import Words


def closing(
    words: Words, stretches: Mapping[str, Stretch], guided: GuidedSession, changes: Sequence[Tomorrow], cause: str
) -> Iterator[str]:
    """Yield a sentence a line; ``cause`` is ``done``, ``stopped`` or ``paused``."""
    if cause == "paused":
        yield words("session.after.paused")
        yield words("session.after.see-today")
    elif not guided.run.done_steps():
        yield words("session.after.nothing")
    elif guided.hurt:
        yield from (words(f"session.after.{part}") for part in ("part", "rest", "see-today"))
    else:
        minutes = round(guided.run.spent / 60)
        if minutes and guided.run.held:
            yield words("session.after.done", n=minutes)
        if guided.outcome == "stopped" or not minutes:
            yield words("session.after.part")
        yield from _tomorrow(words, stretches, changes)


def _tomorrow(words: Words, stretches: Mapping[str, Stretch], changes: Sequence[Tomorrow]) -> Iterator[str]:
    """Yield what is other tomorrow, stretch by stretch; one line where all stays."""
    other = [change for change in changes if change.next_s != change.hold_s]
    for change in other:
        kind = "more" if change.next_s > change.hold_s else "less"
        yield words(f"session.after.{kind}", stretch=words.pick(stretches[change.stretch].name), n=change.next_s)
    held = {change.next_s for change in changes if stretches[change.stretch].kind == "stretch"}
    if not other and changes:
        yield words("session.after.same", n=held.pop()) if len(held) == 1 else words("session.after.as-today")
