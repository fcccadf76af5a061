"""How hard the tests are to fool: ``python -m tests.mutants --sample 200 --seed 1 [--package domain]``.

Changes the program at places chosen by chance, one at a time and in a copy, and runs the tests that reach the changed
function. A change that none of them notices survives: it is a hole, or it makes no difference to anybody.
"""

import argparse
import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.helpers import ROOT
from tests.mutants.mutate import Mutant, mutant, sites
from tests.mutants.reach import FOLDER

CODE = ROOT / "coach"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", "*_cache")
STARTS_S = 180
"""How long a run may take beside four times what its tests took: to start, and for a test to lose its patience."""
BECAME = {0: "survived", 5: "reached by no test", None: "took too long"}
"""By what pytest exits with, None where it was not waited for; whatever else it is, a test noticed."""
NOTICED = ("killed", "took too long")
"""A run without an end is noticed by whoever waits for it, but so may be a machine that is busy: look at each."""


class Test(NamedTuple):
    """One test, how long it works and takes, and the functions that it reaches by file and line."""

    name: str
    seconds: float
    wall: float
    reaches: frozenset[tuple[str, int]]


def main() -> None:
    """Choose, try and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, help="how many changes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--package", action="append", help="only coach/PACKAGE; may be given several times")
    parser.add_argument("--seconds", type=float, default=40.0, help="how long the tests of a change may work")
    parser.add_argument("--tests", action="append", default=[], help="only the tests in this path; may be repeated")
    parser.add_argument("--reach", type=Path, help="keep what each test reaches in this folder, or read it from there")
    args = parser.parse_args()
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # what tests of Ctrl+Z send, a changed program may send to anybody
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tests = reached(args.reach or Path(folder) / "reach", args.tests)
        copied = Path(folder) / "copy"
        shutil.copytree(ROOT, copied, ignore=LEFT_OUT)
        # by the hash of a source, not by its date, a compiled file is known to be stale within a second, too
        _run(copied, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "coach", "tests")
        report(tried(copied, args, tests))


def reached(folder: Path, paths: list[str]) -> list[Test]:
    """Return what each test in ``paths`` reaches, all by default; run them where ``folder`` does not know it yet."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        environment = {**os.environ, FOLDER: str(folder)}
        _run(ROOT, "-m", "pytest", "-q", "-p", "tests.mutants.reach", "-p", "no:cacheprovider", *paths, env=environment)
    notes = (json.loads(line) for file in folder.glob("*.jsonl") for line in file.read_text().splitlines())
    return [Test(note["test"], note["seconds"], note["wall"], frozenset(map(tuple, note["reaches"]))) for note in notes]


def chosen(count: int, chance: random.Random, packages: list[str] | None) -> Iterator[Mutant]:
    """Yield mutants, each place as likely as any other."""
    folders = [CODE / package for package in packages] if packages else [CODE]
    paths = sorted(path for folder in folders for path in (folder.rglob("*.py") if folder.is_dir() else [folder]))
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    places = [(path, site) for path, tree in trees.items() for site in sites(tree)]
    for path, site in chance.sample(places, min(count, len(places))):
        yield mutant(path.relative_to(ROOT), trees[path], site, chance.randrange(6))


def tried(copied: Path, args: argparse.Namespace, tests: list[Test]) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with what became of it."""
    for one in chosen(args.sample, random.Random(args.seed), args.package):
        see = seeing(one, tests)
        names, seconds = within(args.seconds, see)
        source = (copied / one.path).read_text(encoding="utf-8")
        (copied / one.path).write_text(one.source, encoding="utf-8")
        (copied / "chosen").write_text("\n".join(names), encoding="utf-8")
        command = ("-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "@chosen")
        outcome = _run(copied, *command, seconds=STARTS_S + 4 * seconds) if names else 5
        (copied / one.path).write_text(source, encoding="utf-8")
        became = BECAME.get(outcome, "killed")
        asked = f"{len(names)} of {len(see)} tests"
        print(f"{became:9} {one.path}:{one.line}  {one.before}  →  {one.after}  ({asked})", flush=True)
        yield one, became


def seeing(one: Mutant, tests: list[Test]) -> list[Test]:
    """Return the tests that may notice a mutant, the likeliest first.

    Likeliest are those of its own room or of what is drawn, of them those named after the module, then those that
    reach little else. What is no part of a function is seen by whoever reaches a function of that file.
    """
    path = str(one.path.relative_to("coach"))
    rooms = (f"tests/{path.partition('/')[0]}/", "tests/drawn/")
    named = tuple(f"/test_{part}.py" for part in (one.path.stem, one.path.parent.name, "drawn"))
    see = [
        test
        for test in tests
        if ((path, one.owner) in test.reaches if one.owner else any(place[0] == path for place in test.reaches))
    ]
    if not see:  # a cache of an earlier test or a process of its own may have hidden it
        see = [test for test in tests if test.name.startswith((*rooms, "tests/desktop"))]
    see.sort(
        key=lambda test: (
            not test.name.startswith(rooms), not test.name.partition("::")[0].endswith(named), len(test.reaches)
        )
    )  # fmt: skip
    return see


def within(seconds: float, tests: list[Test]) -> tuple[list[str], float]:
    """Return the names of the first tests that work no longer together, and how long they take by the clock."""
    names: list[str] = []
    works = takes = 0.0
    for test in tests:
        if works + test.seconds <= seconds or not names:
            names.append(test.name)
            works += test.seconds
            takes += test.wall
    return names, takes


def report(tried: Iterator[tuple[Mutant, str]]) -> None:
    """Print how many were noticed, by package, and those that were not."""
    by_package: dict[str, list[tuple[Mutant, str]]] = defaultdict(list)
    for one, became in tried:
        by_package[one.path.parts[1]].append((one, became))
    for package, mutants in sorted(by_package.items()):
        killed = sum(became in NOTICED for _, became in mutants)
        print(f"{package:12} {killed} of {len(mutants)} killed: {killed / len(mutants):.0%}")
    for one, became in (found for mutants in by_package.values() for found in mutants):
        if became != "killed":
            print(f"{became}: {one.path}:{one.line}: {one.before}  →  {one.after}")


def _run(folder: Path, *command: str, seconds: float | None = None, env: dict[str, str] | None = None) -> int | None:
    """Run Python in ``folder`` and return its exit status; None where it takes longer than it may."""
    environment = {**(env or os.environ), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        return None


if __name__ == "__main__":
    main()
