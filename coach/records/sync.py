"""A folder that another program carries between machines: each machine writes one file of its own, and reads all.

Nothing here knows what the files say; what comes is merged by ``coach.actions.sync``, by the one way of importing.
"""

import os
import platform
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import msgspec

from coach.errors import CoachError
from coach.records.conflict_copy import original_name
from coach.records.safe_file import DamagedError, read_private, system_errors, write_private
from coach.regular_file import file_state

TARGETS = "sync"
"""The small document with where each machine syncs: a home that is carried as a whole is that of several."""
PREFIX = "hizaura-"
"""How each machine's file begins, so that a person knows it among others."""
MAX_BYTES = 200_000_000
"""Ten times ten busy years, as for an import."""


class SyncTarget(msgspec.Struct, frozen=True):
    """Where this machine syncs: the folder, and the name of its own file there."""

    folder: str
    """Empty where this machine has stopped."""
    file: str


def machine_id() -> str:
    """Return what is the same for as long as this system is installed, and another on every other machine.

    A home may be carried as a whole: what stands in its files is the same on all machines, so this is none of it.
    """
    names = [platform.node()]
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            names.append(Path(path).read_text("ascii").strip())
            break
        except (OSError, UnicodeDecodeError):
            continue
    # Only a digest is kept: the number itself names a machine to whoever reads the file.
    return _sha256("\n".join(names).encode())[:16]


def _sha256(data: bytes) -> str:
    """Return a digest by the interpreter's own code, where it has one: OpenSSL takes 4 MB of every agent."""
    for name in ("_sha2", "_sha256"):  # of Python 3.12, and of 3.11
        with suppress(ImportError):
            return str(import_module(name).sha256(data).hexdigest())
    import hashlib

    return hashlib.sha256(data).hexdigest()


def new_file_name() -> str:
    """Return a name for this machine's file that no other has, by which a person recognises the machine."""
    host = re.sub(r"[^a-z0-9]+", "-", platform.node().lower().partition(".")[0]).strip("-")[:20] or "machine"
    return f"{PREFIX}{host}-{os.urandom(4).hex()}.json"


class Waiting(msgspec.Struct, frozen=True):
    """A file of another machine, as it stands in the folder now."""

    path: Path
    revision: str
    """Another text once the file was written to."""
    is_ours: bool
    """Whether its name is one that this program gives."""
    is_copy: bool
    """Whether it is a second copy of this machine's own file."""


class SyncFolder:
    """The folder, as this machine sees it."""

    def __init__(self, target: SyncTarget) -> None:
        """Open nothing yet."""
        self.folder = Path(target.folder)
        self.own = self.folder / target.file

    def check(self) -> None:
        """Raise ``CoachError`` where there is no such folder now: a drive that is not there must not be made up."""
        with system_errors(self.folder):
            if not self.folder.is_dir():
                raise CoachError("sync.error.no-folder", path=str(self.folder))

    def waiting(self) -> list[Waiting]:
        """Return every file that another machine may have written, second copies of one's own among them."""
        with system_errors(self.folder), os.scandir(self.folder) as entries:
            return sorted(self._waiting(entries), key=lambda file: file.path)

    def _waiting(self, entries: Iterator[os.DirEntry[str]]) -> Iterator[Waiting]:
        for entry in entries:
            # A dot or a tilde begins the name of what a carrier is still writing.
            if entry.name == self.own.name or not entry.name.endswith(".json") or entry.name[0] in ".~":
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            revision = file_state(status)
            is_copy = original_name(entry.name) == self.own.name
            yield Waiting(Path(entry.path), revision, entry.name.startswith(PREFIX), is_copy)

    def not_here(self) -> list[str]:
        """Return the names of files that iCloud has listed and not brought yet."""
        with system_errors(self.folder):
            names = os.listdir(self.folder)
        return sorted(name[1:-7] for name in names if name.startswith(f".{PREFIX}") and name.endswith(".json.icloud"))

    def own_copies(self) -> list[Path]:
        """Return the second copies of this machine's own file."""
        return [file.path for file in self.waiting() if file.is_copy]

    def lines(self) -> list[bytes]:
        """Return what this machine's file holds, line by line; raises ``CoachError`` where it is no plain file."""
        return (self._held() or b"").split(b"\n")

    def _held(self) -> bytes | None:
        try:
            return read_private(self.own)
        except DamagedError as error:
            raise CoachError("sync.error.not-plain", path=str(self.own)) from error

    def write(self, data: bytes) -> bool:
        """Have this machine's file hold ``data``, whole and for its owner alone; tell whether it was written."""
        self.check()
        if self._held() == data:
            return False
        write_private(self.own, data)
        return True


def read_waiting(file: Waiting) -> bytes | None:
    """Return what a file holds; None where it is gone. Raises ``DamagedError`` for what is no plain file."""
    with system_errors(file.path):
        try:
            status = file.path.lstat()
        except FileNotFoundError:
            return None
        if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
            raise CoachError("keep.error.too-large", path=str(file.path), most=MAX_BYTES)
    return read_private(file.path)
