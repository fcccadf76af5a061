"""Each call into the system fails once: what is kept is said to be kept, and what is not is not."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.home import Home
from coach.words import Words
from tests.helpers import Ran, heavy_but

Coach = Callable[..., Ran]
CALLS = (
    "open", "close", "read", "write", "fsync", "replace", "rename", "link", "unlink", "fchmod", "chmod", "mkdir",
    "stat", "lstat", "fstat", "listdir", "scandir", "lseek", "access", "rmdir",
)  # fmt: skip


class Injector:
    """Counts the calls into the system that concern one folder, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._folder = str(folder)
        self._opened: set[int] = set()
        self._left = -1
        self._code = errno.EIO
        self.count = 0
        for name in CALLS:
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name), name))
        monkeypatch.setattr(fcntl, "flock", self._wrapped(fcntl.flock, "flock"))
        fdopen = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda opened, *args, **values: self._file(fdopen(opened, *args, **values)))

    def fail_at(self, number: int, code: int) -> None:
        """Let the call ``number`` (from 1) fail with ``code``."""
        self._left, self._code, self.count = number, code, 0

    def _wrapped(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(target: Any = ".", *args: Any, **values: Any) -> Any:
            if self._concerns(target):
                if name == "close":
                    self._opened.discard(target)
                    real(target)  # the system closes it, whatever it then says
                    self._hit(name)
                    return None
                self._hit(name)
            result = real(target, *args, **values)
            if name == "open" and self._concerns(target):
                self._opened.add(result)
            return result

        return call

    def _file(self, file: Any) -> Any:
        injector = self

        class Failing:
            """The file, whose writes and reads are counted too."""

            def __enter__(self) -> Any:
                file.__enter__()
                return self

            def __exit__(self, *args: object) -> None:
                file.__exit__(*args)

            def write(self, data: Any) -> Any:
                injector._hit("file.write")
                return file.write(data)

            def read(self, *args: Any) -> Any:
                injector._hit("file.read")
                return file.read(*args)

        return Failing()

    def _concerns(self, target: Any) -> bool:
        if isinstance(target, int):
            return target in self._opened
        return isinstance(target, str | os.PathLike) and os.fspath(target).startswith(self._folder)

    def _hit(self, name: str) -> None:
        self.count += 1
        if self.count == self._left:
            raise OSError(self._code, f"{os.strerror(self._code)} ({name})", self._folder)


COMMANDS: dict[str, tuple[tuple[str, ...], Callable[[Home], int]]] = {
    "check-in": (
        ("check-in", "--walking", "2", "--none-of-the-signs"), lambda home: len(home.records.history().check_ins)
    ),
    "seen": (("seen", "--by", "Dr Mori"), lambda home: len(home.records.history().seens)),
    "setup": (("setup", "--yes", "--region", "jp"), lambda home: int(home.profile.set_up)),
}  # fmt: skip


@pytest.mark.parametrize("code", [errno.EIO, pytest.param(errno.ENOSPC, marks=pytest.mark.heavy)], ids=["io", "full"])
@pytest.mark.parametrize("name", heavy_but(["check-in"], COMMANDS))
def test_what_is_said_is_what_is(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, code: int
) -> None:
    """What is kept is said to be kept, and what is not is not, whichever call fails; and the next try works."""
    words, kept = COMMANDS[name]
    wrong = []
    number = 1
    while True:
        folder = tmp_path / str(number)
        monkeypatch.setenv("COACH_HOME", str(folder))
        with monkeypatch.context() as patches:
            injector = Injector(patches, folder)
            injector.fail_at(number, code)
            ran = coach(*words)
            reached = injector.count >= number
        is_kept = kept(Home()) == 1
        says_kept = ran.code == 0 or Words("en")("records.kept") in ran.err
        if says_kept != is_kept or ran.code not in (0, 1) or "Traceback" in ran.err:
            wrong.append((number, ran.code, is_kept, ran.err))
        if not reached:
            break
        assert coach(*words).code == 0
        number += 1
    assert not wrong
    assert number > 30
