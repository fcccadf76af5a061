"""What was acknowledged survives: kills at any moment, and at every call into the system in turn."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks its writers")


def died(*words: str) -> Any:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.records.crash", *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=800,
    )
    return msgspec.json.decode(ran.stdout)


@pytest.mark.parametrize("times", [100, pytest.param(1000, marks=pytest.mark.heavy)])
def test_a_writer_killed_at_random_moments_loses_nothing(tmp_path: Path, times: int) -> None:
    """No acknowledged record is lost, no file unreadable, no temporary file there for good."""
    found = died("kills", str(tmp_path / "home"), str(times))
    assert found["died"] == times
    assert found["acknowledged"] > times / 20
    assert found["wrong"] == []


def test_a_writer_killed_before_and_after_each_call_into_the_system_loses_nothing(tmp_path: Path) -> None:
    """Every step of a write in turn: open, write, flush, rename, flush of the folder, copy, and the lock."""
    found = died("steps", str(tmp_path / "home"))
    assert found["died"] > 40
    assert found["wrong"] == []


@pytest.mark.heavy
def test_a_merge_killed_before_and_after_each_call_into_the_system_hides_no_sign(tmp_path: Path) -> None:
    """A sign of long ago that a copy alone tells of rests today, wherever the merging of that copy broke off."""
    found = died("copies", str(tmp_path))
    assert found["died"] > 40
    assert found["wrong"] == []
