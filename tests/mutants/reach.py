"""A plugin of pytest that notes which functions of the program each test reaches: ``-p tests.mutants.reach``."""

import json
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

FOLDER = "MUTANTS_REACH"
"""Names the folder of the notes in the environment."""
CODE = str(Path(__file__).parents[2] / "coach") + os.sep


class Reach:
    """What one process notes: a line a test, with its seconds and the functions by file and line.

    ``seconds`` are those of the processor, which are the same however much else the machine does; ``wall`` are those
    of the clock, which are more where a test waits.
    """

    def __init__(self, folder: Path) -> None:
        self._notes = (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8")
        self._on_import: dict[str, set[CodeType]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, Any, Any]:
        with watched() as reached:
            report = yield
        if isinstance(collector, pytest.Module):
            self._on_import[collector.nodeid] = reached
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        seconds, wall = worked(), time.monotonic()
        with watched() as reached:
            ran = yield
        seconds, wall = worked() - seconds, time.monotonic() - wall
        reached |= self._on_import.get(item.nodeid.partition("::")[0], set())
        places = sorted({(code.co_filename.removeprefix(CODE), code.co_firstlineno) for code in reached})
        note = {"test": item.nodeid, "seconds": round(seconds, 3), "wall": round(wall, 3), "reaches": places}
        self._notes.write(json.dumps(note) + "\n")
        self._notes.flush()
        return ran


def worked() -> float:
    """Return the seconds that this process and those it has waited for have kept a processor busy."""
    return sum(os.times()[:4])


@contextmanager
def watched() -> Iterator[set[CodeType]]:
    """Give the functions of the program that are called meanwhile, in any thread of this process."""
    reached: set[CodeType] = set()
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        called.add(frame.f_code)

    sys.settrace(note)
    threading.settrace(note)
    try:
        yield reached
    finally:
        sys.settrace(None)
        threading.settrace(None)
        reached |= {code for code in called if code.co_filename.startswith(CODE)}


def pytest_configure(config: pytest.Config) -> None:
    """Watch where it was asked for."""
    if FOLDER in os.environ:
        config.pluginmanager.register(Reach(Path(os.environ[FOLDER])))
