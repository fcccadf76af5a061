"""The still pages of a session: before it, after *it hurts*, and after it; as lines, from plain data."""

from collections.abc import Callable, Sequence
from math import ceil

from textual.content import Content

from coach.actions.exercise.session import may_go_on
from coach.actions.exercise.session_flow import Choice, Flow
from coach.domain.exercise.phases import seconds
from coach.domain.exercise.session import GuidedSession, Tomorrow
from coach.ui.stage import Stage, fitted
from coach.ui.text import BLANK, columns, hang, joined, styled, wrap
from coach.ui.widgets.page import MARK
from coach.words import Words
from coach.words.session_end import closing

LEAST = 30
"""Cells that the words beside a drawing need."""
LEAST_HILLS, HILLS = 2, 6
"""Rows of the hills of a session at least and at most."""


Room = tuple[int, int]
"""Width and height in cells."""


def beside(
    stage: Stage, guided: GuidedSession, into: float, text: Callable[[int, int], list[Content]], room: Room
) -> list[Content]:
    """Return the body at rest, or as it will be, beside words made for what is left of the room."""
    width, height = room
    drawn = min(34 + max(width - 76, 0) // 2, height * 3, width - LEAST - 4)
    if drawn < 20 or height < 10:
        return text(width, height)
    phase = guided.run.phases[min(guided.run.at, len(guided.run.phases) - 1)]
    figure = stage.figure(phase.stretch, phase.side, into, 0.0, drawn, min(height, drawn // 2))
    return columns(figure, text(width - drawn - 4, height), drawn)


def choices(options: Sequence[Choice], marked: int, width: int) -> list[Content]:
    """Return the options below each other, each whole."""
    lines: list[Content] = []
    for index, option in enumerate(options):
        act = f"screen.choose('{option.id}')"
        head = joined(styled(MARK if index == marked else "  ", "mark"), styled(f"{option.key}  ", "key", act))
        name = wrap(option.text, width - head.cell_length, "chosen" if index == marked else "", action=act)
        lines += hang(head, name)
    return lines


def before(stage: Stage, guided: GuidedSession, name: str, room: Room, never: Sequence[str] = ()) -> list[Content]:
    """Return what comes, how to hold it, and how to begin; the first stretch drawn beside it.

    ``never`` is what a therapist said never to do; it is shown whatever the room.
    """
    return beside(stage, guided, 1.0, lambda width, height: _before(stage, guided, name, width, height, never), room)


def _before(
    stage: Stage, guided: GuidedSession, name: str, width: int, height: int, never: Sequence[str]
) -> list[Content]:
    """Return the words before a session; where room is short, what can be read later goes first."""
    words = stage.words
    minutes = max(1, ceil(seconds(guided.run.phases) / 60))
    first = stage.stretches[guided.run.phases[guided.run.at].stretch]
    how = [line for text in first.how[:2] for line in wrap(words.pick(text), width, "muted")]
    names = [line for text in _names(stage, guided) for line in wrap(text, width, indent=2)]
    blocks: list[tuple[int, list[Content]]] = [
        (0, [*wrap(name, width, "title"), styled(words("session.intro.length", n=minutes), "muted")]),
        (2, [BLANK]),
        (1, names),
        (2, [BLANK]),
        (0, wrap(words("session.intro.stop-for"), width, "strong")),
        (0, [line for text in never for line in wrap(text, width, "strong")]),
        (3, wrap(words("session.intro.pleasant"), width)),
        (2, [BLANK]),
        (4, [*how, BLANK]),
        (0, wrap(words("session.intro.begin"), width, "accent", action="screen.go_on")),
    ]
    lines = fitted(blocks, height)
    return [*lines, *_whole(stage, guided, width, height - len(lines))]


def _whole(stage: Stage, guided: GuidedSession, width: int, room: int) -> list[Content]:
    """Return the whole session as hills, what is behind coloured, where ``room`` is left for it."""
    text = wrap(stage.words("session.intro.whole"), width, "muted")
    rows = min(room - len(text) - 2, HILLS)
    return [BLANK, BLANK, *stage.hills(guided.run, width, rows), *text] if rows >= LEAST_HILLS else []


def _names(stage: Stage, guided: GuidedSession) -> list[str]:
    words = stage.words
    stretches = dict.fromkeys(phase.stretch for phase in guided.run.phases)
    return [words("session.intro.item", stretch=words.pick(stage.stretches[name].name)) for name in stretches]


def refused(words: Words, flow: Flow, width: int) -> list[Content]:
    """Return why no session begins now."""
    reasons = [line for reason in flow.reasons for line in wrap(reason, width, indent=2 if reason[:1] in "-・" else 0)]
    return [
        *wrap(words("session.refused.title"), width, "title"),
        BLANK,
        *wrap(flow.refusal, width),
        *([BLANK] if reasons else []),
        *reasons,
    ]


def question(stage: Stage, flow: Flow, width: int, height: int) -> list[Content]:
    """Return a page that asks for one of a few choices; where one may go on, with how far it went."""
    title, texts = _asked(stage, flow)
    lines = [line for text in texts for line in wrap(text, width)]
    asked = [*wrap(title, width, "title"), BLANK, *lines, BLANK, *choices(flow.options(), flow.marked, width)]
    if flow.mode != "offer" or flow.guided is None:
        return asked
    return [*asked, *_whole(stage, flow.guided, width, height - len(asked))]


def _asked(stage: Stage, flow: Flow) -> tuple[str, list[str]]:
    words = stage.words
    match flow.mode:
        case "offer":
            assert flow.guided is not None
            phase = flow.guided.run.phases[flow.guided.run.at]
            place = {"stretch": stage.name(phase.stretch), "side": words(f"session.side.{phase.side}")}
            return words("session.offer.title"), [words("session.offer.about", **place), words("session.offer.kept")]
        case "comfort":
            return words("session.after.title"), [words("session.after.question")]
        case "where":
            return words("session.hurt.title"), [words("session.hurt.where")]
        case _:
            rest = [] if may_go_on(flow.pain) else [words("session.hurt.rest")]
            return words("session.hurt.title"), [*rest, words("session.hurt.what-now")]


def pain(words: Words, typed: str, width: int, height: int) -> list[Content]:
    """Return the question how much it hurts, with the number as typed so far, and all numbers to click."""
    numbers = [
        styled(f" {points} ", "focus" if typed == str(points) else "key", f"screen.choose('{points}')")
        for points in range(11)
    ]
    scale = [joined(*numbers)] if width >= 36 else [joined(*numbers[:6]), joined(*numbers[6:])]
    blocks: list[tuple[int, list[Content]]] = [
        (2, [*wrap(words("session.hurt.title"), width, "title"), BLANK]),
        (1, [*wrap(words("session.hurt.noted"), width), BLANK]),
        (0, wrap(words("hurts.how-much"), width, "strong")),
        (3, [*wrap(words("session.hurt.scale"), width, "muted"), BLANK]),
        (0, scale),
    ]
    return fitted(blocks, height)


def after(stage: Stage, guided: GuidedSession, changes: Sequence[Tomorrow], cause: str, width: int) -> list[Content]:
    """Return the closing page: what was done, and what it changed."""
    words = stage.words
    texts = closing(words, stage.stretches, guided, changes, cause)
    lines = [line for text in texts for line in wrap(text, width)]
    close = wrap(words("session.after.close"), width, "muted", action="screen.go_on")
    whole = cause == "done" and guided.outcome == "done" and guided.run.done_steps()
    title = words("session.after.title" if whole else "session.after.stopped")
    return [*wrap(title, width, "title"), BLANK, *lines, BLANK, *close]
