"""Records after ten years beside the first day, and beside one insert into a stock TinyDB of the same content."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB

from coach import clock
from coach.domain.status.history import CheckIn
from coach.domain.triage.answers import Answers, Pain
from coach.places import Places
from coach.records import Records, new_id
from tests.bench.measure import Row, command, in_turn_ms, median_ms
from tests.bench.years import fill, records_of, saving

YEARS = 10
CHECK_IN = ["check-in", "--walking", "2", "--none-of-the-signs"]


def rows() -> Iterator[Row]:
    """Yield what the records cost inside one process, then whole commands."""
    with tempfile.TemporaryDirectory() as new, tempfile.TemporaryDirectory() as old:
        fill(old, YEARS)
        yield from _inside(new, old)
        for name, words in (("today", ["today"]), ("status", ["status"]), ("check-in", CHECK_IN)):
            measured, yardstick = in_turn_ms(*(command(["-m", "coach", *words], home) for home in (old, new)))
            yield Row(f"coach {name}, {YEARS} years", measured, yardstick, "ms", "≤ 1.5", "first day")


def _inside(new: str, old: str) -> Iterator[Row]:
    now = clock.now()
    add, first = in_turn_ms(lambda: _records(old).add(_check_in(now)), lambda: _records(new).add(_check_in(now)))
    yield Row(f"add a check-in, {YEARS} years", add, first, "ms", "", "first day")
    stock = _stock_ms(now)
    yield Row(f"add a check-in, {YEARS} years", add, stock, "ms", "≤ 0.05", "stock TinyDB insert")
    yield Row(f"decide and add, {YEARS} years", median_ms(saving(old)), stock, "ms", "≤ 0.05", "stock TinyDB insert")
    read, first = in_turn_ms(lambda: _records(old).recent(90, now), lambda: _records(new).recent(90, now))
    yield Row(f"read the last 90 days, {YEARS} years", read, first, "ms", "", "first day")


def _stock_ms(now: datetime) -> float:
    """Time one insert into a TinyDB as it comes, with every record of ten years in it."""
    with tempfile.TemporaryDirectory() as folder:
        stock = TinyDB(Path(folder) / "stock.json", encoding="utf-8")
        stock.insert_multiple(_plain(record) for record in records_of(YEARS, now))
        return median_ms(lambda: stock.insert(_plain(_check_in(now))), 5)


def _plain(record: object) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain


def _check_in(now: datetime) -> CheckIn:
    return CheckIn(id=new_id(), at=now, answers=Answers(pain=Pain(rest=0, walking=2), other_signs="no"))


def _records(home: str) -> Records:
    root = Path(home)
    return Records(Places(data=root, config=root, cache=root / "cache", logs=root))
