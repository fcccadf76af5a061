"""Damaged files of every kind: nothing stops the program, what is good is kept, and the person is told."""

import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.domain.status.history import CheckIn, Hurt, Session
from coach.domain.triage.answers import Answers, Pain
from coach.home import Home
from coach.places import Places
from coach.records import Records

START = datetime.fromisoformat("2026-11-01T08:00+09:00")
SHAPES = (
    b"",
    b"[]",
    b"42",
    b"null",
    b"{}",
    b'"x"',
    b'{"schema":1}',
    b'{"schema":1,"days":[]}',
    b"\xff\xfe{}",
    b"[" * 5000,
)
STRANGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "\x1b[31m",
    "99:99",
    "0001-01-01T00:00:00+14:00",
    [],
    {},
    [[]],
    {"id": 3},
)

Damage = Callable[[random.Random, bytes], bytes]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def empty(chance: random.Random, data: bytes) -> bytes:
    return b""


def nuls(chance: random.Random, data: bytes) -> bytes:
    start = chance.choice([0, chance.randrange(len(data))])
    return data[:start] + b"\0" * (len(data) - start)


def shape(chance: random.Random, data: bytes) -> bytes:
    return chance.choice(SHAPES)


def noise(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randrange(1, 40)) + data[start + chance.randrange(40) :]


def hole(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 200) :]


def newer(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b'"schema":1', b'"schema":99', 1).replace(b'"schema": 1', b'"schema": 99', 1)


def by_hand(chance: random.Random, data: bytes) -> bytes:
    """Put something strange at a random place of the document."""
    document = msgspec.json.decode(data)
    inner: Any = document
    while True:
        keys = list(inner if isinstance(inner, dict) else range(len(inner)))
        key = chance.choice(keys)
        if not isinstance(inner[key], dict | list) or not inner[key] or chance.random() < 0.2:
            inner[key] = chance.choice(STRANGE)
            return json.dumps(document).encode()
        inner = inner[key]


ALWAYS_SEEN: tuple[Damage, ...] = (cut, empty, nuls, newer)
"""Damage that leaves nothing that could pass for a good file."""
SOMETIMES_SEEN: tuple[Damage, ...] = (shape, noise, hole, by_hand)
FILES = ("records-2026-11.json", "profile.json", "state.json", "reminders-2026-11.json")


@pytest.fixture(scope="module")
def good() -> Iterator[Path]:
    """Return a home in memory, where this system has such a place, with some of everything."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        records = door(Path(folder) / "good")
        for number in range(6):
            at = START + timedelta(days=number)
            answers = Answers(pain=Pain(rest=1, walking=3), signs={"locked-knee": "no"})
            records.add(CheckIn(id=f"c{number}", at=at, answers=answers, note="膝の裏が [痛い] 🦵"))
            records.add(Session(id=f"s{number}", at=at, routine="evening", seconds=300))
        records.change_profile(
            lambda profile: msgspec.structs.replace(profile, set_up=True, region="jp", contexts=("blood-thinner",))
        )
        records.keep_state("session", {"step": 2})
        records.delivery_log().put({"id": "r", "due": START.isoformat(), "outcome": "shown"})
        yield Path(folder) / "good"


def door(folder: Path) -> Records:
    return Records(Places(data=folder, config=folder, cache=folder / "cache", logs=folder))


IDS = {f"{kind}{number}" for kind in "cs" for number in range(6)}


def ids(records: Records) -> set[str]:
    history = records.history()
    return {one.id for one in history.check_ins} | {one.id for one in history.sessions}


HEAVY = [pytest.param(range(first, first + 2_500), marks=pytest.mark.heavy) for first in range(0, 10_000, 2_500)]


@pytest.mark.parametrize("seeds", [range(500), *HEAVY], ids=lambda seeds: f"{seeds.start}-{seeds.stop}")
def test_damaged_files_stop_nothing_and_lose_nothing_good(good: Path, seeds: range) -> None:
    """Reading and writing go on; what was set aside is what was there; no copy's record and no condition is lost."""
    for seed in seeds:
        chance = random.Random(seed)
        folder = good.parent / "damaged"
        shutil.copytree(good, folder)
        name = chance.choice(FILES)
        damage = chance.choice(ALWAYS_SEEN + SOMETIMES_SEEN)
        before = (folder / name).read_bytes()
        after = damage(chance, before)
        (folder / name).write_bytes(after)
        try:
            _live_on(folder, name, after, surely=damage in ALWAYS_SEEN and after.strip() != before.strip())
        except Exception as error:  # noqa: BLE001 -- whatever it was, the seed is what one needs
            pytest.fail(f"seed {seed}, {name}, {damage.__name__}: {error!r}")
        shutil.rmtree(folder)


def _live_on(folder: Path, name: str, damaged: bytes, *, surely: bool) -> None:
    records = door(folder)
    read = ids(records), records.profile(), records.state("session"), records.delivery_log().entries()
    told = {one.file for one in records.damage()}
    if surely:
        assert told >= {name}
    if name in told:
        assert read[0] == IDS
        assert read[1].contexts == ("blood-thinner",) or not read[1].contexts_known
        assert [path.read_bytes() for path in folder.glob(f"{name}.damaged-*")] == [damaged]
    records.damage_told()
    _write(records, name)
    assert records.recent(30, START) is not None
    assert not {one.file for one in records.damage()} & set(FILES)


def _write(records: Records, name: str) -> None:
    """Write to what was damaged, and read it back."""
    if name == "profile.json":
        records.change_profile(lambda profile: msgspec.structs.replace(profile, language="ja"))
        assert records.profile().language == "ja"
    elif name == "state.json":
        records.keep_state("new", {"step": 3})
        assert records.state("new") == {"step": 3}
    elif name.startswith("reminders"):
        assert records.delivery_log().claim({"id": "new", "due": START.isoformat()})
        assert "new" in {entry["id"] for entry in records.delivery_log().entries()}
    else:
        records.add(Hurt(id="new", at=START))
        assert "new" in {hurt.id for hurt in records.history().hurts}


def test_without_a_copy_every_whole_entry_before_a_cut_is_kept(good: Path) -> None:
    """The copy may be gone too: what can still be read in the damaged file is not thrown away."""
    for seed in range(100):
        folder = good.parent / "cut"
        shutil.copytree(good, folder)
        (folder / "records-2026-11.json.bak").unlink()
        path = folder / "records-2026-11.json"
        rest = cut(random.Random(seed), path.read_bytes())
        path.write_bytes(rest)
        whole = {name for name in IDS if f'"id":"{name}"'.encode() in rest.rpartition(b"},\n")[0]}
        assert ids(door(folder)) >= whole
        shutil.rmtree(folder)


def test_a_file_that_is_gone_comes_back_from_its_copy(home: Home) -> None:
    """An empty start in silence would hide that months are missing."""
    home.records.add(Hurt(id="a", at=START))
    (home.places.data / "records-2026-11.json").unlink()
    assert home.records.history(date(2026, 1, 1)).hurts
    assert [damage.what for damage in home.records.damage()] == ["missing"]


@pytest.mark.parametrize("place", ["folder", "link", "pipe"])
def test_what_is_no_file_is_moved_aside_and_not_followed(home: Home, tmp_path: Path, place: str) -> None:
    """A folder, a link out of the folder or a pipe where a file should be: neither obeyed nor destroyed."""
    home.records.add(Hurt(id="a", at=START))
    path = home.places.data / "records-2026-11.json"
    victim = tmp_path / "victim.json"
    victim.write_bytes(path.read_bytes().replace(b'"a"', b'"v"'))
    path.unlink()
    make: dict[str, Callable[[], None]] = {
        "folder": path.mkdir,
        "link": lambda: path.symlink_to(victim),
        "pipe": lambda: os.mkfifo(path),
    }
    make[place]()
    before = victim.read_bytes()
    home.records.add(Hurt(id="b", at=START))
    assert {hurt.id for hurt in home.records.history().hurts} == {"a", "b"}
    assert victim.read_bytes() == before
    assert [damage.what for damage in home.records.damage()] == ["damaged"]


def test_lost_conditions_are_unknown_and_not_none(home: Home) -> None:
    """Neither the file nor its copy can be read: the program is careful until it is told again."""
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, contexts=("blood-thinner",)))
    for path in home.places.config.glob("profile.json*"):
        path.write_bytes(b"\0")
    assert not home.profile.contexts_known
    assert home.profile.contexts == ()


def test_one_wrong_setting_does_not_cost_the_others(home: Home) -> None:
    """A slip in a file edited by hand: that field comes from the copy, all others stay as edited."""
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, daily_at="07:30"))
    path = home.places.profile()
    text = path.read_text().replace('"07:30"', '"half past"').replace('"other"', '"jp"')
    path.write_text(text)
    assert (home.profile.daily_at, home.profile.region, home.profile.contexts_known) == ("07:30", "jp", True)
