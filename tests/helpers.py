"""Types and small tools that tests share."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import settings

from coach.content import Content
from coach.domain.triage.rules import RuleBook
from coach.home import Home
from coach.words import Words, area

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
"""What is tested and drawn says `coach`, so it is this one that the name finds."""


def noting(calls: list[str], real: Callable[[Path], T]) -> Callable[[Path], T]:
    """Return what ``real`` does with a file, and note the name of each it was called for."""

    def call(path: Path) -> T:
        calls.append(path.name)
        return real(path)

    return call


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo")
"""Zones whose clocks change by an hour, to either side of the Atlantic, by half an hour, and never."""


NIGHTS = (
    ("Europe/Berlin", "2026-10-24T20:00"),
    ("Europe/Berlin", "2027-03-27T20:00"),
    ("America/New_York", "2026-10-31T20:00"),
    ("America/New_York", "2027-03-13T20:00"),
    ("Australia/Lord_Howe", "2026-10-03T20:00"),
    ("Australia/Lord_Howe", "2027-04-03T20:00"),
    ("Asia/Tokyo", "2026-10-24T20:00"),
)
"""Evenings before a night in which the clocks change, and one of Japan."""


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Have this machine stand in a zone."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


def examples(count: int) -> settings:
    """Return settings for a law: ``count`` examples, ten times as many under ``--hypothesis-profile heavy``."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(profile, max_examples=count * profile.max_examples // 100)


def heavy_but(plain: Container[Any], values: Iterable[Any]) -> list[Any]:
    """Return values to parametrize with: those in ``plain`` are for every run, the others for the heavy proofs."""
    return [value if value in plain else pytest.param(value, marks=pytest.mark.heavy) for value in values]


def beginning(key: str, language: str = "en") -> str:
    """Return how a sentence of the catalogue begins: enough to find it where lines break, up to its first value.

    Three words, or six letters of a language that writes without blanks. Tests ask by key, so that wording is free.
    """
    start = str(area(language, key.partition(".")[0])[key.partition(".")[2]]).partition("{")[0]
    return " ".join(start.split(" ")[:3]).strip() if start.isascii() else start[:6]


class Keys(Words):
    """The language of keys: which sentence is said, with which values, however it is worded."""

    def __init__(self, *_: str) -> None:
        """Speak of what ships; the names of days and months are English."""
        super().__init__("en", "jp")

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the key of a sentence and its values."""
        if key.startswith("dates."):
            return super().__call__(key, **values)
        texts = (self.pick(value) if isinstance(value, dict) else value for value in values.values())
        return f"{key}({', '.join(map(str, texts))})" if values else key

    def pick(self, localized: Mapping[str, str]) -> str:
        """Return where a text of the content stands; one of nowhere as it is."""
        return content_places().get(localized.get("en", ""), "") or super().pick(localized)


@cache
def content_places() -> Mapping[str, str]:
    """Return where each text of the content stands, by its English: ``wall-calf.name``."""
    return {text: ".".join(way[-2:]) for way, text in _texts(Content.open(), ())}


def _texts(value: object, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping) and isinstance(text := value.get("en"), str):
        yield way, text
        return
    parts: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping):
        parts = value.items()
    elif isinstance(value, tuple | list):
        parts = ((getattr(part, "id", n), part) for n, part in enumerate(value))
    elif isinstance(value, RuleBook):
        parts = vars(value).items()
    elif isinstance(value, msgspec.Struct):
        parts = ((name, getattr(value, name)) for name in value.__struct_fields__)
    elif isinstance(value, Content):
        names = ("rules", "stretches", "routines", "habits", "icing", "care_lines", "tips", "sources", "article_facts")
        parts = ((name, getattr(value, name)) for name in names)
    for name, part in parts:
        yield from _texts(part, (*way, str(name)))


Furnish = Callable[[str, Callable[[], object]], Home]
"""Fills the home of a test with what a function makes, once for all tests that ask for it by name."""


class Ran(msgspec.Struct):
    """What one run of the command gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return the one JSON document on stdout."""
        return msgspec.json.decode(self.out)


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount a real disk of ``size`` (``64k``, ``1m``) at ``folder``; skip where this person may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
