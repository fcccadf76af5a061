"""The short form of a person's own content, written out in full.

It may say ``name = "…"`` in one language, and ``hold``, ``repetitions``, ``days = 3`` where the content that ships has
tables. ``like`` takes over from a stretch that ships.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from coach.content.read import convert, problem
from coach.domain.exercise.stretch import Hold, Reps, Routine, Stretch
from coach.domain.guidance import Tip
from coach.domain.reminders.reminder import WEEKDAYS
from coach.errors import DataError
from coach.validation import Key

OwnItem = Stretch | Routine | Tip
KINDS: Mapping[str, type[OwnItem]] = {
    "stretch": Stretch, "mobility": Stretch, "strength": Stretch, "routine": Routine, "tip": Tip
}  # fmt: skip
SOURCE = "own"
"""The source of what a person brought themselves."""
ANY = "any"
"""The language of a text that was written in one language only."""

_DOSE: Mapping[str, tuple[str, Any]] = {"hold": ("hold_s", Hold), "repetitions": ("reps", Reps)}
"""How a dose is written short, what that is in the full form, and of which type."""
_TEXTS = ("name", "about", "short", "feel", "text")
_LISTS = ("how", "cautions", "never")
_SPREAD = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 5), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5), 7: ()}
"""So many days a week, spread out; all of them is every day."""
_CAREFUL = {"signs": ("bulge-or-pressure",)}
"""What every stretch is left out for, whoever wrote it."""


class OwnSheet(NamedTuple):
    """One file as it was written."""

    path: Path
    text: str
    document: dict[str, Any]

    def wrong(self, reason: str, *keys: Key, **values: object) -> DataError:
        """Return the error of what stands at ``keys``."""
        return problem(self.path, self.text, reason, keys, **values)


def full(sheet: OwnSheet, kind: str, shipped: Mapping[str, Stretch]) -> dict[str, Any]:
    """Return what ``sheet`` says, in the form of what ships."""
    item = {key: _in_every_language(key, value) for key, value in sheet.document.items() if key not in _DOSE}
    item |= {"own": True, "source": sheet.document.get("source", [SOURCE])}
    if "days" in item:
        item["days"] = _days(sheet)
    if KINDS[kind] is Stretch:
        return _stretch(sheet, item, shipped)
    del item["kind"]
    if kind == "tip":
        return {"topic": "own", **item}
    return {"slot": "evening", "about": {ANY: ""}, **item, **_dose(sheet)}


def _stretch(sheet: OwnSheet, item: dict[str, Any], shipped: Mapping[str, Stretch]) -> dict[str, Any]:
    base = _model(sheet, shipped)
    if "name" in item:
        item.setdefault("short", item["name"])
    item["dose"] = _whole_dose(base, item.get("dose", {}), _dose(sheet))
    item["avoid"] = _more_careful(base["avoid"], item.get("avoid", {}))
    return {**base, **item}


def _model(sheet: OwnSheet, shipped: Mapping[str, Stretch]) -> dict[str, Any]:
    """Return what is taken over: from the stretch it is ``like``, else the little that every stretch has."""
    like = sheet.document.get("like")
    if like is None:
        return {"targets": [], "feel": {ANY: ""}, "avoid": _CAREFUL}
    if not isinstance(like, str) or like not in shipped:
        raise sheet.wrong("no-such", "like", got=repr(like))
    model = shipped[like]
    names = ("kind", "position", "sides", "how", "feel", "cautions", "targets", "easier", "figure", "desk")
    taken = {name: getattr(model, name) for name in names}
    return taken | {"dose": msgspec.structs.asdict(model.dose), "avoid": msgspec.structs.asdict(model.avoid)}


def _whole_dose(base: dict[str, Any], written: Any, short: dict[str, int]) -> Any:
    """Return the dose; a hold that the therapist wrote does not grow beyond it."""
    if not isinstance(written, dict):
        return written
    written = {**written, **short}
    dose = {**base.get("dose", {}), **written}
    if "grow_to_s" not in written and ("hold_s" in written or "dose" not in base):
        dose["grow_to_s"] = dose.get("hold_s", 20)
    return dose


def _more_careful(base: Mapping[str, Any], written: Any) -> Any:
    """Return what to leave it out for: a file can add to that, and take nothing away."""
    if not isinstance(written, dict):
        return written
    added = {key: [*base.get(key, ()), *value] for key, value in written.items() if isinstance(value, list)}
    return {**base, **written, **added}


def _dose(sheet: OwnSheet) -> dict[str, int]:
    """Return ``hold`` and ``repetitions`` under the names that the full form has for them."""
    return {
        long: convert(sheet.path, sheet.text, sheet.document[short], kind, (short,))
        for short, (long, kind) in _DOSE.items()
        if short in sheet.document
    }


def _days(sheet: OwnSheet) -> Any:
    """Return days of the week; a number of days is spread over it."""
    days = sheet.document["days"]
    if isinstance(days, bool) or not isinstance(days, int):
        return days
    if days not in _SPREAD:
        raise sheet.wrong("days", "days", got=days)
    return [WEEKDAYS[day] for day in _SPREAD[days]]


def _in_every_language(key: str, value: Any) -> Any:
    """Return a text of one language as one of every language."""
    if key in _LISTS and isinstance(value, list):
        return [_any(text) for text in value]
    return _any(value) if key in _TEXTS else value


def _any(text: Any) -> Any:
    return {ANY: text} if isinstance(text, str) else text
