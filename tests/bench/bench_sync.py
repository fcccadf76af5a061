"""A folder over which two machines sync ten busy years: the first time, and when nothing or little is new."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from coach import clock
from coach.actions.export import exported
from coach.actions.sync import begin_sync, sync
from coach.home import Home
from coach.places import Places
from coach.words import Words
from tests.bench.measure import Row
from tests.bench.years import fill, often, saving

YEARS = 10


def rows() -> Iterator[Row]:
    """Measure against an export, which reads all records, checks them and puts them in order."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for part in ("here", "there", "folder"):
            (root / part).mkdir()
        fill(str(root / "here"), YEARS, often)
        took = _took(root, "here")
        began = time.perf_counter()
        exported(_home(root / "here"), clock.now())
        yardstick = (time.perf_counter() - began) * 1000
        for what in ("write all", "nothing new, alone"):
            yield Row(
                f"sync: {what}", took if what == "write all" else _took(root, "here"), yardstick, "ms", "", "export"
            )
        yield Row("sync: take all in", _took(root, "there"), yardstick, "ms", "", "export")
        yield Row("sync: nothing new of another", _took(root, "there"), yardstick, "ms", "≤ 1", "export")
        saving(str(root / "here"))()
        yield Row("sync: write one more", _took(root, "here"), yardstick, "ms", "≤ 1.5", "export")
        yield Row("sync: take one more in", _took(root, "there"), yardstick, "ms", "", "export")
        kept = sum(file.stat().st_size for file in (root / "here").glob("records-*.json"))
        file = next((root / "folder").iterdir()).stat().st_size
        yield Row("sync: a machine's file", file / 1e6, kept / 1e6, "MB", "≤ 1.2", "its records")


def _home(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def _took(root: Path, machine: str) -> float:
    """Return how long one sync of a machine takes, in milliseconds."""
    with mock.patch("coach.actions.sync.machine_id", return_value=machine):
        home = _home(root / machine)
        target = begin_sync(home, root / "folder")
        began = time.perf_counter()
        sync(home, target, clock.now(), Words("en"))
        return (time.perf_counter() - began) * 1000
