"""Dies while it writes, on purpose: ``python -m tests.records.crash kills|steps|copies FOLDER [N]``.

A process of its own, so that it can fork cheaply. Its children write check-ins and say each id as soon as it is
acknowledged; they die at a random moment, or right before or after each call into the system in turn. With ``copies``
they merge what another machine's copy holds. At the end it prints one JSON document: how many died, which ids were
acknowledged, and what was found wrong after each death.
"""

import io
import os
import random
import shutil
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Answers, Pain
from coach.home import Home
from coach.places import Places
from coach.records import Records, new_id

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")
SAME_PACE = 50
"""How many children live for at most the time that two writes took when last tried: others use this machine too."""


def main(mode: str, folder: str, count: int = 1000) -> None:
    """Let children die, look at what they left, and print what was found."""
    records = Records(Places(data=Path(folder), config=Path(folder), cache=Path(folder), logs=Path(folder)))
    if mode == "copies":
        found = _merges(Path(folder))
    else:
        found = _kills(records, count) if mode == "kills" else _steps(records)
    print(msgspec.json.encode(found).decode())  # noqa: T201 -- the answer to the test


def _kills(records: Records, count: int) -> dict[str, Any]:
    chance = random.Random(count)
    acknowledged: list[str] = []
    wrong: list[str] = []
    longest_s = 0.0
    for number in range(count):
        if number % SAME_PACE == 0:
            longest_s = _two_writes_s(records)
        pid, told = _child(records)
        time.sleep(chance.random() * longest_s)
        os.kill(pid, signal.SIGKILL)
        acknowledged += _end(pid, told)[1]
        if number % 20 == 0:
            wrong += _look(records, acknowledged)
    return {"died": count, "acknowledged": len(acknowledged), "wrong": wrong + _look(records, acknowledged)}


def _two_writes_s(records: Records) -> float:
    """Return how long a child takes just now to begin and to write twice."""
    began = time.monotonic()
    pid, told = _child(records)
    said = b""
    while said.count(b"\n") < 2:
        said += os.read(told, 100)
    os.kill(pid, signal.SIGKILL)
    _end(pid, told)
    return time.monotonic() - began


def _steps(records: Records) -> dict[str, Any]:
    acknowledged: list[str] = []
    wrong: list[str] = []
    died = 0
    for event in ("c_call", "c_return"):
        step = 0
        while True:
            pid, told = _child(records, event, step)
            killed, ids = _end(pid, told)
            acknowledged += ids
            if not killed:
                break
            died += 1
            step += 1
            wrong += _look(records, acknowledged)
    return {"died": died, "acknowledged": len(acknowledged), "wrong": wrong}


def _merges(folder: Path) -> dict[str, Any]:
    """Die at each step of merging a copy that alone tells of a sign, long ago, which nobody has cleared."""
    calm, told, here = (_home(folder / name) for name in ("calm", "told", "here"))
    for days in range(0, 100, 5):  # without a gap: after one, older records are read anyway
        save(calm, NewAnswers(pain=Pain(rest=0, walking=1), none_of_the_signs=True), NOW - timedelta(days=days))
    long_ago = NOW - timedelta(days=200)
    save(told, NewAnswers(pain=Pain(walking=1), signs={"locked-knee": "yes"}, none_of_the_signs=True), long_ago)
    (copied,) = told.places.data.glob("records-*.json")
    wrong: list[str] = []
    died = 0
    step = 0
    while True:
        shutil.rmtree(here.places.data, ignore_errors=True)
        shutil.copytree(calm.places.data, here.places.data)
        shutil.copyfile(copied, here.places.data / f"{copied.stem} (conflicted copy 2026-11-20).json")
        pid = os.fork()
        if not pid:
            _die_at("c_return", step)  # right before the next call is the same place
            _home(here.places.data).records.take_in_copies()
            sys.setprofile(None)
            os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        status = status_now(_home(here.places.data), NOW)
        if (status.advice, status.activity) != ("today", "pause"):
            wrong.append(f"{step}: {status.advice}, {status.activity}")
        if not killed:
            break
        died += 1
        step += 1
    return {"died": died, "acknowledged": 0, "wrong": wrong}


def _home(folder: Path) -> Home:
    return Home(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


def _child(records: Records, event: str = "", step: int = 0) -> tuple[int, int]:
    """Fork a writer; return its process number and where it says what was acknowledged."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell)
        return pid, told
    if event:
        _die_at(event, step)
    for _ in range(1 if event else 1000):
        check_in = CheckIn(id=new_id(), at=NOW, answers=Answers(pain=Pain(walking=3)))
        records.add(check_in)
        os.write(tell, f"{check_in.id}\n".encode())
    sys.setprofile(None)
    os._exit(0)


def _die_at(event: str, step: int) -> None:
    """Be killed right before (``c_call``) or after (``c_return``) the call number ``step`` into the system."""
    left = step

    def watch(frame: Any, happened: str, function: Any) -> None:
        nonlocal left
        if happened == event and _is_system(function):
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.setprofile(watch)


def _is_system(function: Any) -> bool:
    return function.__module__ in ("posix", "fcntl") or isinstance(getattr(function, "__self__", None), io.FileIO)


def _end(pid: int, told: int) -> tuple[bool, list[str]]:
    """Wait for the child; return whether it was killed, and the ids that it had said whole."""
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status), said.split("\n")[:-1]


def _look(records: Records, acknowledged: list[str]) -> list[str]:
    """Return what is wrong now: an acknowledged record that is gone, a file set aside, a leftover after a write."""
    wrong = [f"lost {name}" for name in set(acknowledged) - {one.id for one in records.history().check_ins}]
    wrong += [f"damaged {damage}" for damage in records.damage()]
    records.add(CheckIn(id=new_id(), at=NOW, answers=Answers()))
    return wrong + [f"left {path}" for path in records.where.data.iterdir() if path.name.endswith(".tmp")]


main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
