"""A therapist's own stretch, routine or tip: one small TOML file, written short, read into the same types.

It may say ``name = "…"`` in one language, and ``hold``, ``repetitions``, ``side``, ``days``, ``until``, ``never``
where the content that ships has tables. The full form of a stretch that ships is read as well.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from coach.content.lines import Key, line_of
from coach.content.read import convert, problem, read_text, read_toml
from coach.domain.guidance import Tip
from coach.domain.profile import WEEKDAYS
from coach.domain.stretch import Routine, Stretch
from coach.errors import DataError

OwnItem = Stretch | Routine | Tip

SOURCE = "own"
"""The source of what a person brought themselves."""
MOST_LETTERS = 600
"""No sentence is longer."""
MOST_PARTS = 20
"""No list is longer."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPREAD = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 5), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5), 7: ()}
"""So many days a week, spread out; all of them is every day."""
_LONG = {"hold": ("dose", "hold_s"), "repetitions": ("dose", "reps")}
_KINDS: Mapping[str, type[OwnItem]] = {
    "stretch": Stretch, "mobility": Stretch, "strength": Stretch, "routine": Routine, "tip": Tip
}  # fmt: skip


def read_own(path: Path, shipped: Mapping[str, Stretch]) -> OwnItem:
    """Return what ``path`` holds; DataError names line, key and reason. ``like`` takes over from ``shipped``."""
    text, found = read_toml(path)
    kind = found.get("kind", "stretch")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise problem(path, text, "choice", ("kind",), got=repr(kind), allowed=", ".join(_KINDS))
    _check_texts(path, text, found)
    _check_id(path, text, found)
    if "own" in found:
        raise problem(path, text, "unknown", ("own",))
    return convert(path, text, _long(path, text, kind, found, shipped), _KINDS[kind])


def read_folder(folder: Path, shipped: Mapping[str, Stretch]) -> tuple[tuple[OwnItem, ...], tuple[DataError, ...]]:
    """Return what ``folder`` holds, and what of it could not be read: one bad file does not take the others along."""
    items: dict[Path, OwnItem] = {}
    problems: list[DataError] = []
    for path in sorted(folder.glob("*.toml")):
        with _gathered(problems):
            items[path] = read_own(path, shipped)
    known = {*shipped, *(one.id for one in items.values() if isinstance(one, Stretch))}
    for path, item in tuple(items.items()):
        with _gathered(problems):
            del items[path]
            check_references(path, item, known)
            items[path] = item
    return tuple(items.values()), tuple(problems)


@contextmanager
def _gathered(problems: list[DataError]) -> Iterator[None]:
    try:
        yield
    except DataError as error:
        problems.append(error)


def check_references(path: Path, item: OwnItem, known: Container[str]) -> None:
    """Refuse an item that names a stretch which is not ``known``."""
    for keys, stretch_id in _references(item):
        if stretch_id not in known:
            raise problem(path, read_text(path), "no-such", keys, got=repr(stretch_id))


def _references(item: OwnItem) -> Iterator[tuple[tuple[Key, ...], str]]:
    if isinstance(item, Routine):
        yield from ((("stretches", index), one) for index, one in enumerate(item.stretches))
    if isinstance(item, Stretch) and item.easier:
        yield ("easier",), item.easier
    if isinstance(item, Stretch) and item.avoid.instead:
        yield ("avoid", "instead"), item.avoid.instead


def _long(path: Path, text: str, kind: str, found: dict[str, Any], shipped: Mapping[str, Stretch]) -> dict[str, Any]:
    """Return the short form written out in full."""
    full = {key: value for key, value in found.items() if key not in _LONG and not (key == "kind" and kind in _BARE)}
    full["own"] = True
    for key in ("name", "about", "short", "feel", "text"):
        if isinstance(full.get(key), str):
            full[key] = _said(full[key])
    for key in ("how", "cautions", "never"):
        if isinstance(full.get(key), list):
            full[key] = [_said(one) for one in full[key]]
    full["days"] = _days(path, text, found.get("days", []))
    full.setdefault("source", [SOURCE])
    if kind == "tip":
        return {"topic": "own", **{key: value for key, value in full.items() if key != "days" or value}}
    if kind == "routine":
        return {"slot": "evening", "about": full.get("name"), **_dosed(full, found, "hold_s", "reps")}
    return _stretch(path, text, full, found, shipped)


_BARE = ("routine", "tip")
"""Kinds that say what the file is, and are no field of its type."""


def _stretch(
    path: Path, text: str, full: dict[str, Any], found: dict[str, Any], shipped: Mapping[str, Stretch]
) -> dict[str, Any]:
    like = found.get("like")
    if like is not None and like not in shipped:
        raise problem(path, text, "no-such", ("like",), got=repr(like))
    base = _taken_over(shipped[like]) if like else {"targets": [], "feel": _said(""), "avoid": _CAREFUL}
    full["dose"] = _dose(base, found)
    full["avoid"] = _more_careful(base["avoid"], found.get("avoid", {}))
    return {**base, **_named(full)}


_CAREFUL = {"signs": ("bulge-or-pressure",)}
"""What every stretch is left out for, whoever wrote it."""


def _taken_over(stretch: Stretch) -> dict[str, Any]:
    """Return what one's own stretch takes over from the one that it is like."""
    names = ("kind", "position", "sides", "how", "feel", "cautions", "targets", "easier", "figure", "desk")
    taken = {name: getattr(stretch, name) for name in names}
    return taken | {"dose": msgspec.structs.asdict(stretch.dose), "avoid": msgspec.structs.asdict(stretch.avoid)}


def _dose(base: dict[str, Any], found: dict[str, Any]) -> Any:
    """Return the dose; a hold that the therapist wrote does not grow beyond it."""
    written = found.get("dose", {})
    if not isinstance(written, dict):
        return written
    written = _dosed(dict(written), found, "hold_s", "reps")
    dose = {**base.get("dose", {}), **written}
    if "grow_to_s" not in written and ("hold_s" in written or "dose" not in base):
        dose["grow_to_s"] = dose.get("hold_s", 20)
    return dose


def _more_careful(base: Mapping[str, Any], written: Any) -> Any:
    """Return what to leave it out for: a file can add to that, and take nothing away."""
    if not isinstance(written, dict):
        return written
    lists = {key: [*base.get(key, ()), *written.get(key, ())] for key in ("contexts", "signs", "when")}
    return {**base, **written, **lists}


def _named(full: dict[str, Any]) -> dict[str, Any]:
    return {"short": full["name"], **full} if "name" in full else full


def _dosed(into: dict[str, Any], found: dict[str, Any], hold: str, reps: str) -> dict[str, Any]:
    """Put ``hold`` and ``repetitions`` where the full form has them."""
    for short, long in (("hold", hold), ("repetitions", reps)):
        if short in found:
            into[long] = found[short]
    return into


def _said(text: Any) -> Any:
    """Return a text of one language as one of every language."""
    return {"any": text} if isinstance(text, str) else text


def _days(path: Path, text: str, days: Any) -> Any:
    """Return days of the week; a number of days is spread over it."""
    if isinstance(days, bool) or not isinstance(days, int):
        return days
    if days not in _SPREAD:
        raise problem(path, text, "days", ("days",), got=days)
    return [WEEKDAYS[day] for day in _SPREAD[days]]


def _check_id(path: Path, text: str, found: dict[str, Any]) -> None:
    own_id = found.get("id")
    if own_id is None:
        raise problem(path, text, "missing", ("id",))
    if not isinstance(own_id, str) or len(own_id) > 40 or not _ID.fullmatch(own_id):
        raise problem(path, text, "id", ("id",), got=repr(own_id)[:60])


def _check_texts(path: Path, text: str, found: Any) -> None:
    """Refuse control characters, endless sentences and endless lists, wherever they stand."""
    for keys, value in _leaves(found):
        if isinstance(value, list) and len(value) > MOST_PARTS:
            raise problem(path, text, "too-many", keys, most=MOST_PARTS)
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise problem(path, text, "too-long", keys, most=MOST_LETTERS)
        if isinstance(value, str) and any(unicodedata.category(letter) in ("Cc", "Cf") for letter in value):
            raise problem(path, line_of(text, keys), "control", keys)


def _leaves(found: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield every value with its path, lists before what they hold."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _leaves(value, (*keys, key))
        return
    yield keys, found
    if isinstance(found, list):
        for index, value in enumerate(found):
            yield from _leaves(value, (*keys, index))
