"""The program behind one tab: begun without a shell, ended with its tab, never left behind."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual_serve.app_service import AppService

from coach.agent.own_command import environment

FRAME_BYTES = 100
"""More than any sequence that sets the terminal up takes, and less than a frame."""
END_S = 5.0
"""How long a tab's program may take to keep what is to be kept; the screen needs a tenth of a second."""


class TabProgram(AppService):
    """One ``coach`` whose screen is a tab."""

    def __init__(self, arguments: Sequence[str], **streams: Any) -> None:
        """Run ``arguments`` when started; ``streams`` lead to the browser."""
        super().__init__("coach", **streams)
        self._arguments = arguments
        self._size: tuple[int, int] | None = None
        self._draws = False

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the program; the library would hand a line to a shell, which stays between and must be quoted for.

        A group of its own: Ctrl+C reaches the server alone, which then ends every tab in order. Where the server is
        killed, the program sees its input hang up and ends by itself (``coach.ui.hangup``).
        """
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True,
            env={**environment(), **self._build_environment(width, height)},
        )  # fmt: skip
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Carry what the program draws to the tab; where it ends, by itself or by a fault, the tab is told."""
        await super().run()
        await self.remote_close()

    async def on_data(self, payload: bytes) -> None:
        """Draw; with nobody to see it any more, the pipe is still emptied, or the program could not end."""
        with suppress(ConnectionError):
            await super().on_data(payload)
        if not self._draws and len(payload) > FRAME_BYTES:
            self._draws = True
            if self._size is not None:
                await super().set_terminal_size(*self._size)

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the size of the tab; the library's driver takes one that comes before its first frame for older."""
        self._size = width, height
        if self._draws:
            await super().set_terminal_size(width, height)

    async def stop(self) -> None:
        """Ask the program to end, as closing a terminal would, and see that it does."""
        if self._process is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), END_S)
        with suppress(TimeoutError):
            if self._process.returncode is None:
                await asyncio.wait_for(self._process.wait(), END_S)
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
