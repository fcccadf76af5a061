"""Drives the app as a person does: presses keys, clicks on words, and reads the frame as text."""

from typing import Any

from textual.pilot import Pilot

from coach.ui.app import CoachApp
from coach.ui.screen import CoachScreen
from coach.ui.text import width_of


class Screen:
    """The app while it runs."""

    def __init__(self, app: CoachApp, pilot: Pilot[Any]) -> None:
        """Drive ``app``."""
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait until all is drawn."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text into the field that has the focus, as a paste-free keyboard would."""
        await self.press(*(_key(letter) for letter in text))

    async def click(self, words: str) -> None:
        """Click on the first place where ``words`` stand."""
        for y, line in enumerate(self.lines()):
            if words in line:
                x = width_of(line[: line.index(words)])
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
        return self.app.open_screens[-1]

    def lines(self) -> list[str]:
        """Return the frame as lines of text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def colours_of(self, line: int) -> frozenset[str]:
        """Return the colours of a line that are not the terminal's own."""
        strip = self.app.screen._compositor.render_strips()[line]
        found = [colour for one in strip if one.style for colour in (one.style.color, one.style.bgcolor)]
        return frozenset(colour.name for colour in found if colour is not None and not colour.is_default)

    def text(self) -> str:
        """Return the frame as one text."""
        return "\n".join(line.rstrip() for line in self.lines())


def _key(letter: str) -> str:
    names = {" ": "space", ":": "colon", "-": "minus", "[": "left_square_bracket", "]": "right_square_bracket"}
    return names.get(letter, letter)
