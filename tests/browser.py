"""A real Chromium without a window, told what to do in its DevTools protocol, over two pipes."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE_S = 60.0
AGAIN_S = 8.0
_ON_PIPES = """
import fcntl, os, sys
commands, answers = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 5) for number in sys.argv[1:3])
os.dup2(commands, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads commands from descriptor 3 and answers on 4, whichever these are here."""
_KEEP_THE_TERMINAL = """
Object.defineProperty(Object.prototype, "_terminal", {configurable: true, set(terminal) {
  window.terminal = terminal;
  Object.defineProperty(this, "_terminal", {value: terminal, writable: true, configurable: true});
}});
"""
"""The page shows its terminal to nobody; an add-on of it is handed it, and sets it."""
_TEXT = """(() => {
  const lines = [], buffer = window.terminal?.buffer.active;
  for (let row = 0; buffer && row < window.terminal.rows; row++) lines.push(buffer.getLine(row).translateToString());
  return lines.join("\\n");
})()"""
_CELL_OF = """(() => {
  const {width, height} = window.terminal._core._renderService.dimensions.css.cell;
  const buffer = window.terminal.buffer.active;
  const box = document.querySelector(".xterm-screen").getBoundingClientRect(), pattern = new RegExp(%s);
  for (let row = 0; row < window.terminal.rows; row++) {
    const line = buffer.getLine(row), match = pattern.exec(line.translateToString());
    if (!match) continue;
    for (let column = 0, at = 0; column < window.terminal.cols; column++) {
      at += line.getCell(column).getChars().length || (line.getCell(column).getWidth() ? 1 : 0);
      if (at > match.index) return [box.x + (column + 1.0) * width, box.y + (row + 0.5) * height];
    }
  }
  return null;
})()"""
"""The middle of the first two cells of what a pattern finds, in pixels."""


class Browser:
    """One Chromium with a profile of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        """Start it; keep what it keeps in ``folder``."""
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", _ON_PIPES, str(commands), str(answers)),
                *(str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"),
                f"--user-data-dir={folder / 'profile'}",
            ],
            pass_fds=(commands, answers), stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})},
        )  # fmt: skip
        os.close(commands)
        os.close(answers)
        self._number = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []
        """What the browser told without being asked."""

    def tab(self) -> "Tab":
        """Open an empty tab."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        return Tab(self, target, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def close(self) -> None:
        """End it."""
        os.close(self._commands)
        os.close(self._answers)
        self._process.kill()
        self._process.wait()

    def ask(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Have something done, and return the answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        command |= {"sessionId": session} if session else {}
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        answer = self.until(lambda message: message.get("id") == self._number)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first message from now on that is wanted."""
        while True:
            while b"\0" in self._rest:
                message, _, self._rest = self._rest.partition(b"\0")
                document: dict[str, Any] = json.loads(message)
                if "method" in document:
                    self.events.append(document)
                if wanted(document):
                    return document
            part = os.read(self._answers, 1 << 20)
            assert part, "the browser ended"
            self._rest += part


class Tab:
    """One page of a browser."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        """Be the tab that the browser calls ``target``."""
        self._browser, self._target, self._session = browser, target, session
        for method in ("Page.enable", "Network.enable", "Runtime.enable", "Log.enable"):
            self.ask(method)
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=_KEEP_THE_TERMINAL)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Have the browser do something with this tab."""
        return self._browser.ask(method, self._session, **parameters)

    def load(self, address: str) -> None:
        """Go to an address, and wait until it is loaded."""
        self.ask("Page.navigate", url=address)
        self._browser.until(lambda message: message.get("method") == "Page.loadEventFired")

    def resize(self, width: int, height: int) -> None:
        """Show so many pixels."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def value(self, expression: str) -> Any:
        """Return what a script gives."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def text(self) -> str:
        """Return what the terminal in the page shows."""
        return str(self.value(_TEXT))

    def wait_for(self, *patterns: str) -> str:
        """Return the text once all ``patterns`` are found in it."""
        until = time.monotonic() + PATIENCE_S
        while not all(re.search(pattern, text := self.text()) for pattern in patterns):
            assert time.monotonic() < until, f"{patterns} not in\n{text}"
            time.sleep(0.1)
        return text

    def click(self, pattern: str, then: str) -> str:
        """Press the mouse on the first place of a text, once it is there, until ``then`` is; return the whole text.

        Again after a while: what moves away as one presses is missed, as by a person.
        """
        until = time.monotonic() + PATIENCE_S
        self.wait_for(pattern)
        while True:
            self.press(pattern)
            again = min(until, time.monotonic() + AGAIN_S)
            while time.monotonic() < again:
                if re.search(then, text := self.text()):
                    return text
                time.sleep(0.05)
            assert time.monotonic() < until, f"{then} not in\n{text}"

    def press(self, pattern: str) -> None:
        """Press the mouse on the first place of a text, if it is there."""
        x, y = self.value(_CELL_OF % json.dumps(pattern)) or (0, 0)
        for kind, buttons in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)):
            pressed: dict[str, Any] = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=buttons, **pressed)

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            self.ask("Input.dispatchKeyEvent", type="char", text=letter)

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def pdf(self) -> bytes:
        """Return the page as printed, on the paper that its style sheet names."""
        return b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def close(self) -> None:
        """Close it, as a person does."""
        self._browser.ask("Target.closeTarget", targetId=self._target)

    def requests(self) -> list[str]:
        """Return every address that was asked for."""
        names = {"Network.requestWillBeSent": "request", "Network.webSocketCreated": ""}
        mine = (event for event in self._browser.events if event.get("sessionId") == self._session)
        return [
            str((event["params"][names[event["method"]]] if names[event["method"]] else event["params"])["url"])
            for event in mine
            if event["method"] in names
        ]

    def complaints(self) -> list[str]:
        """Return what the browser or a script complained of, such as something that the page's policy refused."""
        return [str(event["params"]) for event in self._browser.events if event["method"] in (
            "Log.entryAdded", "Runtime.exceptionThrown") and event.get("sessionId") == self._session]  # fmt: skip
