"""What all tests share: a home of one's own, the command in process, and the command as a real process."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.cli import main
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.words import Words
from tests.helpers import ROOT, Furnish, Ran, in_zone, mounted

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
"""Keep what Python compiled, also where a container says not to: else each of the many programs that tests start would
compile all of ``coach`` anew, which takes it longer than its work, and each run of the tests the tests."""

settings.register_profile("plain", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("heavy", settings.get_profile("plain"), max_examples=1000)
settings.load_profile("plain")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use one process for single files and tests: starting the workers takes longer than they save.

    Else one more than there are cores: many tests wait for another program, and some core would wait with them.
    """
    if any("::" in name or name.endswith(".py") for name in config.args):
        return 0
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the heavy proofs out unless they are asked for, by ``-m`` or by their names."""
    if "heavy" in config.option.markexpr or any("::" in name for name in config.args):
        return
    heavy = [item for item in items if item.get_closest_marker("heavy")]
    config.hook.pytest_deselected(items=heavy)
    items[:] = [item for item in items if item not in heavy]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let no desktop test be skipped in CI, for whatever reason: what it needs is to be named in ``.ci/run``."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and item.get_closest_marker("desktop") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr[-1] if isinstance(report.longrepr, tuple) else ''}"
    return report


@pytest.fixture(autouse=True, scope="session")
def one_zone() -> Iterator[None]:
    """Run all tests in one zone, wherever this machine stands; those about zones name theirs."""
    with pytest.MonkeyPatch.context() as given:
        given.setenv("TZ", "UTC")
        if hasattr(time, "tzset"):
            time.tzset()
        yield


@pytest.fixture(autouse=True, scope="session")
def no_key_for_a_sentence() -> Iterator[None]:
    """Fail whatever asks for a sentence that no language has; a person would read its key, and work on."""
    find = Words._find

    def find_or_fail(words: Words, key: str) -> Any:
        sentence = find(words, key)
        assert sentence is not None, f"no language has {key}"
        return sentence

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Words, "_find", find_or_fail)
        patched.setattr(Words, "has", lambda words, key: find(words, key) is not None)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_wait_for_the_disk() -> Iterator[None]:
    """Keep files as always but for the wait until the disk has them: nobody pulls the plug on a test.

    That is some milliseconds a record, and most of the time of many tests. Real processes wait, and
    ``tests/records/test_disk.py`` holds what has to be waited for.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda opened: os.fstat(opened) and None)
        if hasattr(os, "sync"):
            patched.setattr(os, "sync", lambda: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def interruptible() -> None:
    """Let programs end by Ctrl-C also where the tests run in the background, which hands down that it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty home, in English, so that none can reach a person's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("COACH_HOME", str(folder))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "en_GB.UTF-8")
    monkeypatch.delenv("COACH_NOTIFY", raising=False)
    return folder


@pytest.fixture(autouse=True)
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no command that runs in this process leave an agent behind it."""
    monkeypatch.setattr("coach.agent.launch.launch", lambda: b"not in a test")


@pytest.fixture
def home(home_folder: Path) -> Home:
    """Return the home of this test."""
    return Home()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a real disk of 64 kB; skips where this person may not mount one."""
    with mounted(tmp_path / "disk", "64k") as folder:
        yield folder


@pytest.fixture(scope="session")
def homes_made() -> dict[str, Path]:
    """Return the homes that were made once and are copied ever after, by name."""
    return {}


@pytest.fixture
def furnish(home_folder: Path, homes_made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Furnish:
    """Return a function that fills the home of this test: ``furnish("two weeks", make)``.

    ``make`` is called the first time only, so it must do the same each time and leave nothing but files.
    """

    def fill(name: str, make: Callable[[], object]) -> Home:
        if name in homes_made:
            shutil.copytree(homes_made[name], home_folder)
        else:
            make()
            homes_made[name] = tmp_path_factory.mktemp("made") / "home"
            shutil.copytree(home_folder, homes_made[name])
        return Home()

    return fill


@pytest.fixture
def calm(home: Home) -> Home:
    """Return a home with a calm check-in a minute ago."""
    save(
        home,
        NewAnswers(pain=Pain(rest=0, walking=1, during=0), none_of_the_signs=True),
        clock.now() - timedelta(minutes=1),
    )
    return home


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Return a function that sets the program's clock: ``at("2026-11-23T09:00+09:00")``."""

    def set_clock(moment: str) -> datetime:
        when = datetime.fromisoformat(moment)
        monkeypatch.setattr(clock, "now", lambda: when)
        return when

    return set_clock


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], datetime]]:
    """Return a function that has this machine stand in a zone at a local time: ``evening("Asia/Tokyo", "…T20:00")``."""
    with ExitStack() as zones:

        def stand(zone: str, wall: str) -> datetime:
            zones.enter_context(in_zone(zone))
            when = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(clock.SystemZone())
            monkeypatch.setattr(clock, "now", lambda: when)
            return when

        yield stand


@pytest.fixture
def coach(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return the command, run in this process: ``coach("today", "--json").json()``."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(list(words))
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        out, err = capsys.readouterr()
        return Ran(code=code, out=out, err=err)

    return run


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return the command as a real process, ended with the test: ``spawn("agent", "run", env={…})``."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "coach", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=options.pop("stderr", subprocess.PIPE),
            text=True,
            **options,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()
