"""Drives the app as a person does: presses keys, clicks on words, and reads the frame as text."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from rich.cells import cell_len
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.events import Paste
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.screen import CoachScreen

PATIENCE_S = 120.0
"""How long a screen may take on a machine that is slow or busy."""
CUT = re.compile(r"(?<![. ])\.\.(?!\.)")
"""How ``fit`` marks what it cut."""
MOST_ROUNDS = 50
"""How often to look for a moment in which nothing moves."""


class Screen:
    """The app while it runs."""

    def __init__(self, app: CoachApp, pilot: Pilot[Any]) -> None:
        """Drive ``app``."""
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait after each until all is drawn."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus, as fast as a keyboard can, and wait until all is drawn."""
        await self.pilot.press(*(_key(letter) for letter in text))
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Paste a text where the focus is, as a terminal does, and wait until all is drawn."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def click(self, words: str) -> None:
        """Click on the first place where ``words`` stand."""
        for y, line in enumerate(self.lines()):
            if words in line:
                x = cell_len(line[: line.index(words)])
                await self.pilot.click(offset=(x, y))
                await self.pilot.pause()
                return
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text()}")

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(columns, rows)
        await self.pilot.pause()

    @property
    def front(self) -> CoachScreen:
        """The screen in front."""
        front = self.app.open_screens[-1]
        assert isinstance(front, CoachScreen)
        return front

    def lines(self) -> list[str]:
        """Return the frame as lines of text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def colours_of(self, line: int) -> frozenset[str]:
        """Return the colours of a line that are not the terminal's own."""
        strip = self.app.screen._compositor.render_strips()[line]
        found = [colour for one in strip if one.style for colour in (one.style.color, one.style.bgcolor)]
        return frozenset(colour.name for colour in found if colour is not None and not colour.is_default)

    def cut(self) -> list[str]:
        """Return the lines on which something was cut off."""
        return [line for line in self.lines() if CUT.search(line)]

    def text(self) -> str:
        """Return the frame as one text."""
        return "\n".join(line.rstrip() for line in self.lines())


@contextmanager
def steady(app: CoachApp) -> Iterator[None]:
    """Have every pause of a ``Pilot`` last until ``app`` has nothing left to do.

    Textual's own takes a process that uses no processor for some milliseconds to be idle: on a busy machine that is
    one which is kept waiting. What comes between two keys is no pause: each is only handed on.

    A frame is drawn when a test reads it, and once at the end, whole, as the library draws what it is asked for as a
    picture: to draw for a terminal that is not there whatever changed takes a third of a test. Terminals that are
    there have tests of their own.
    """
    with (
        patch("textual.app.wait_for_idle", _handed_on),
        patch("textual.pilot.wait_for_idle", partial(_settled, app)),
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
        patch.object(Compositor, "render_update", _drawn_when_read),
    ):
        yield


_render_update = Compositor.render_update


def _drawn_when_read(compositor: Compositor, full: bool = False, **options: Any) -> RenderableType | None:
    """Return the frame where all of it is asked for; else note that what changed is to be seen."""
    if full:
        return _render_update(compositor, full, **options)
    compositor._dirty_regions.clear()
    return None


_parse_rules = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parsed_once(sheet: Stylesheet, *source: Any, **options: Any) -> list[RuleSet]:
    """Return the rules of a style sheet, parsed once for all apps of this process, which takes an eighth of a test.

    The library keeps them as long as one app lives, and changes them no more.
    """
    key = (*source, *sorted(options.items()), *sorted(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *source, **options)
    return _parsed[key]


async def _handed_on(*_: float) -> None:
    await asyncio.sleep(0)


async def _settled(app: CoachApp, *_: float) -> None:
    """Wait until all is mounted, resized, handled and drawn.

    Twice in a row, as what is being handled is in no queue; what moves by itself may go on for ever.
    """
    calm = rounds = 0
    while calm < 2 and app.is_running and app.screen_stack and not app._exception:
        await asyncio.sleep(0 if rounds < MOST_ROUNDS else 0.005)
        await Pilot(app)._wait_for_screen(PATIENCE_S)
        if not app.screen_stack:
            break
        app.screen._on_timer_update()
        rounds += 1
        calm = calm + 1 if _whole(app) and (rounds > MOST_ROUNDS or not _busy(app)) else 0


def _pumps(app: CoachApp) -> list[MessagePump]:
    return [app, *(one for screen in app.screen_stack for one in screen.walk_children(with_self=True))]


def _whole(app: CoachApp) -> bool:
    """Tell whether nothing is being mounted, resized or worked out beside the screen."""
    made = all(one._is_mounted for one in _pumps(app))
    return made and app._resize_event is None and all(worker.is_finished for worker in app.workers)


def _busy(app: CoachApp) -> bool:
    """Tell whether a message waits somewhere, or something is still to be drawn."""
    front = app.screen
    waiting = any(one.message_queue_size or one._next_callbacks for one in _pumps(app))
    return bool(waiting or front._callbacks or front._dirty_widgets or front._layout_required)


def _key(letter: str) -> str:
    names = {" ": "space", ":": "colon", "-": "minus", "[": "left_square_bracket", "]": "right_square_bracket"}
    return names.get(letter, letter)
