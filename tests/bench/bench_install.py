"""What ``pip install hizaura`` puts on a machine: the number of packages, and what each weighs."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.bench.measure import Row
from tests.helpers import ROOT

MB = 1_000_000


def rows() -> Iterator[Row]:
    """Weigh this program, and what it needs and what that needs, as installed here and without compiled modules."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed: dict[str, float] = {}
    for line in project["dependencies"]:
        _take(Requirement(line), needed)
    sizes = {"hizaura itself": _size([*ROOT.glob("coach/**/*"), *ROOT.glob("routines/**/*")]), **needed}
    total = sum(sizes.values())
    yield Row("packages installed", len(sizes), 1, "", "", "itself")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1]):
        yield Row(f"size of {name}", size, total, "MB", "", "of all")


def _take(wanted: Requirement, found: dict[str, float]) -> None:
    """Add ``wanted`` and all that it needs, where this system needs it."""
    if wanted.name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ",".join(wanted.extras)})):
        return
    known = distribution(wanted.name)
    found[wanted.name] = _size(Path(str(file.locate())) for file in known.files or ())
    for line in known.requires or ():
        one = Requirement(line)
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            _take(one, found)


def _size(files: Iterator[Path] | list[Path]) -> float:
    kept = (file for file in files if "__pycache__" not in file.parts and file.is_file())
    return sum(file.stat().st_size for file in kept) / MB
