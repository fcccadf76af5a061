"""Several machines, one person: what the others wrote is merged in, then this machine's own file says all of it.

The folder is carried by another program. No file is written by two machines, so that nothing in it can be torn between
them; what a carrier duplicates, delays or brings in another order is merged by id, whatever it is called.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

from coach.actions.export import AHEAD, FORMAT, merge
from coach.actions.sync_document import decoded, document_of
from coach.errors import CoachError, DataError, UsageError
from coach.home import Home
from coach.records.lock import locked
from coach.records.safe_file import DamagedError, system_errors, write_private
from coach.records.sync import (
    TARGETS,
    SyncFolder,
    SyncTarget,
    Waiting,
    machine_id,
    new_file_name,
    read_waiting,
)  # fmt: skip
from coach.regular_file import file_state, read_regular
from coach.words import Words
from coach.words.shown import shown
from coach.words.system import error_text

_KEPT_FILES = ("records-", "profile")
"""What has this machine's file written anew. The log of reminders goes with it, and is no reason of its own."""
RETRY_AFTER = timedelta(hours=1)
"""When a file that could not be taken is tried again though it did not change: it may have been dated ahead."""
WAIT_S = 30.0
"""How long one sync waits for another of this machine, which may read a slow disk."""
_TOUCHES_DECISIONS = ("set_up", "person", "contexts", "contexts_known", "baseline", "onset", "ice_conditions")

Outcome = Literal["merged", "nothing-new", "skipped", "not-ours"]


class Arrival(msgspec.Struct, frozen=True):
    """What became of one file of the folder."""

    file: str
    outcome: Outcome
    new: int = 0
    """How many records were new here, or fuller than before."""
    held: int = 0
    """How many it holds."""
    settings: bool = False
    """Whether the settings here changed: taken over where none were made, else what of the two is stricter."""
    problem: str | None = None
    """Why it was skipped, in one line."""


class _Read(msgspec.Struct, frozen=True):
    """What is remembered of a file, so that it is not read again before it changes."""

    revision: str
    arrival: Arrival
    settings: str = ""
    """A digest of its settings: of those that were merged once, what was taken out here since stays out."""
    at: datetime | None = None


class SyncMemory(msgspec.Struct, frozen=True):
    """What the last sync left, in ``cache/``: without it, all is read again, and nothing changes."""

    folder: str = ""
    at: datetime | None = None
    exported: str = ""
    """The revision of the records that this machine's file was made of."""
    own: str = ""
    """The state of this machine's file after that."""
    read: dict[str, _Read] = {}
    trouble: str | None = None
    """Why the last sync could not be done, as a key of the catalogue."""


class Synced(msgspec.Struct, frozen=True):
    """What one sync did."""

    folder: str
    file: str
    """This machine's own file."""
    wrote: bool
    """Whether that was written anew."""
    files: tuple[Arrival, ...]


def sync_target(home: Home) -> SyncTarget | None:
    """Return where this machine syncs; None where it does not."""
    target = _any_target(home)
    return target if target and target.folder else None


def _any_target(home: Home) -> SyncTarget | None:
    targets = home.records.state(TARGETS) or {}
    with suppress(msgspec.ValidationError):
        return msgspec.convert(targets.get(machine_id()), SyncTarget | None)
    return None


def _keep_target(home: Home, target: SyncTarget) -> None:
    targets = home.records.state(TARGETS) or {}
    home.records.keep_state(TARGETS, {**targets, machine_id(): msgspec.to_builtins(target)})


def begin_sync(home: Home, folder: Path) -> SyncTarget:
    """Have this machine sync with ``folder`` from now on; raises ``CoachError`` where that is no folder.

    The name of its own file stays the same wherever and whenever it syncs.
    """
    place = folder.absolute()
    if not place.is_dir():
        raise CoachError("sync.error.no-folder", path=str(place))
    if any(own.resolve() in (place.resolve(), *place.resolve().parents) for own in home.places.all()):
        raise UsageError("sync.error.own-folder", path=str(place))
    with home.records.locked():
        before = _any_target(home)
        target = SyncTarget(str(place), before.file if before else new_file_name())
        if target != before:
            _keep_target(home, target)
    return target


def stop_sync(home: Home) -> SyncTarget | None:
    """End it for this machine, and return where it was; its file stays, as another may not have read it yet."""
    with home.records.locked():
        before = sync_target(home)
        if before is not None:
            _keep_target(home, msgspec.structs.replace(before, folder=""))
    return before


def sync(home: Home, target: SyncTarget, now: datetime, words: Words, *, only_changes: bool = False) -> Synced | None:
    """Merge what others wrote, then write this machine's file; with ``only_changes``, None where nothing changed.

    A file that is damaged, or not all here yet, is skipped and told in the result. Raises ``CoachError`` where the
    folder is not there, or nothing can be written; what was merged by then is kept.
    """
    folder = SyncFolder(target)
    with locked(home.places.data / "sync.lock", WAIT_S):
        memory = _remembered(home, target)
        waiting = _waiting(home, folder, memory)
        fresh = [file for file in waiting if not only_changes or _is_fresh(file, memory, now)]
        if only_changes and not fresh and memory.trouble is None and _is_exported(home, folder, memory, now):
            return None
        read = {file.path.name: memory.read[file.path.name] for file in waiting if file.path.name in memory.read}
        try:
            for file in fresh:
                read[file.path.name] = _take(home, file, read.get(file.path.name), now, words)
                if file.is_copy and read[file.path.name].arrival.outcome in ("merged", "nothing-new"):
                    with system_errors(file.path):
                        file.path.unlink(missing_ok=True)  # it was this machine's own, and all of it is kept now
            revision = home.revision(_KEPT_FILES)
            data = document_of(home, folder, now)
            with home.records.locked():  # which tells where everything was erased meanwhile
                pass
            wrote = folder.write(data)
        except CoachError as error:
            _remember(home, msgspec.structs.replace(memory, read=read, trouble=error.key))
            raise
        _remember(home, SyncMemory(target.folder, now, revision, _state(folder.own), read))
    arrivals = [read[file.path.name].arrival for file in fresh if file.path.name in read]
    here = [*(arrival for arrival in arrivals if arrival.outcome != "not-ours"), *_not_here(folder, words)]
    return Synced(target.folder, target.file, wrote, tuple(here))


def _waiting(home: Home, folder: SyncFolder, memory: SyncMemory) -> list[Waiting]:
    """Return the files of the folder; where it is not there, note so for whoever asks later, and raise."""
    try:
        folder.check()
        return folder.waiting()
    except CoachError as error:
        if memory.trouble != error.key:
            _remember(home, msgspec.structs.replace(memory, trouble=error.key))
        raise


def lines_of(synced: Synced, words: Words) -> list[str]:
    """Return what came, a line a file, and what was written."""
    lines = [
        words(f"sync.{arrival.outcome}", file=shown(arrival.file), n=arrival.new, held=arrival.held)
        for arrival in synced.files
        if not arrival.problem
    ]
    if not synced.files:
        lines.append(words("sync.alone", folder=synced.folder))
    if any(arrival.settings for arrival in synced.files):
        lines.append(words("sync.settings"))
    return [*lines, words("sync.wrote" if synced.wrote else "sync.up-to-date", file=synced.file, folder=synced.folder)]


def problems_of(synced: Synced, words: Words) -> list[str]:
    """Return why files were skipped, a line each."""
    return [
        words("sync.skipped", file=shown(arrival.file), problem=shown(arrival.problem))
        for arrival in synced.files
        if arrival.problem
    ]


def last_sync(home: Home, target: SyncTarget) -> SyncMemory:
    """Return what the last sync with the folder of ``target`` left."""
    return _remembered(home, target)


def _not_here(folder: SyncFolder, words: Words) -> Iterator[Arrival]:
    for name in folder.not_here():
        yield Arrival(name, "skipped", problem=words("sync.problem.not-here"))


def _take(home: Home, file: Waiting, before: _Read | None, now: datetime, words: Words) -> _Read:
    """Merge one file in; CoachError alone where nothing can be kept here."""
    name = file.path.name
    try:
        data = read_waiting(file)
    except DamagedError:
        return _skipped(file, now, words("sync.problem.not-plain")) if file.is_ours else _not_ours(file)
    except CoachError as error:
        return _skipped(file, now, error_text(error, words))
    document, held_here = decoded(home, data or b"")
    if document is None:
        return _skipped(file, now, words("sync.problem.not-whole")) if file.is_ours else _not_ours(file)
    if document.get("format") != FORMAT:
        return _skipped(file, now, words("sync.problem.foreign")) if file.is_ours else _not_ours(file)
    settings = _digest_of_settings(document.get("profile"))
    if before and before.settings == settings:
        document["profile"] = None
    profile = home.profile
    try:
        merged = merge(home, document, now, words)
    except DataError as error:
        first, *others = error.problems
        problem = words("sync.problem.wrong", problem=first, n=len(others)) if others else first
        return _skipped(file, now, problem, settings=before.settings if before else "")
    changed = home.profile != profile
    outcome: Outcome = "merged" if merged.changed or changed else "nothing-new"
    arrival = Arrival(name, outcome, merged.changed, merged.held + held_here, changed)
    return _Read(file.revision, arrival, settings)


def _skipped(file: Waiting, now: datetime, problem: str, settings: str = "") -> _Read:
    return _Read(file.revision, Arrival(file.path.name, "skipped", problem=problem), settings, now)


def _not_ours(file: Waiting) -> _Read:
    return _Read(file.revision, Arrival(file.path.name, "not-ours"))


def _digest_of_settings(profile: Any) -> str:
    """Return what is another text once another machine's settings say something else that decisions rest on."""
    if not isinstance(profile, dict):
        return ""
    values = {name: profile.get(name) for name in _TOUCHES_DECISIONS}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _is_fresh(file: Waiting, memory: SyncMemory, now: datetime) -> bool:
    before = memory.read.get(file.path.name)
    if before is None or before.revision != file.revision:
        return True
    return before.at is not None and abs(now - before.at) >= RETRY_AFTER


def _is_exported(home: Home, folder: SyncFolder, memory: SyncMemory, now: datetime) -> bool:
    """Tell whether this machine's file is as it was left, and made of the records as they are.

    Not once the clock went on by a day or was put back: what is dated ahead leaves the file then, or belongs into it.
    """
    if memory.at is None or abs(now - memory.at) > AHEAD:
        return False
    return memory.exported == home.revision(_KEPT_FILES) and memory.own == _state(folder.own)


def _state(path: Path) -> str:
    try:
        return file_state(path.lstat())
    except OSError:
        return "-"


def _remembered(home: Home, target: SyncTarget) -> SyncMemory:
    with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        memory = msgspec.json.decode(read_regular(_memory_path(home)), type=SyncMemory)
        if memory.folder == target.folder:
            return memory
    return SyncMemory(target.folder)


def _remember(home: Home, memory: SyncMemory) -> None:
    with suppress(OSError, CoachError):  # what can be made again does not fail what was done
        write_private(_memory_path(home), msgspec.json.encode(memory), durable=False)


def _memory_path(home: Home) -> Path:
    return home.places.cache / f"sync-{machine_id()}.json"
