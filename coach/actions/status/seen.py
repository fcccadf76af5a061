"""*Seen*: a professional has seen it, and perhaps cleared something."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from coach.domain.status.clearance import SURGERY, can_clear
from coach.domain.status.history import Seen
from coach.domain.status.status import Status
from coach.domain.triage.rules import RuleBook
from coach.errors import UsageError
from coach.home import Home
from coach.words.shown import shown

LONGEST = 200
"""Characters of a name."""


def seen(home: Home, by: str, cleared: tuple[str, ...] = (), baseline: int | None = None, *, now: datetime) -> Seen:
    """Note who has seen it and what they cleared (sign ids, or ``recent-surgery``); nothing is kept where it is off.

    ``baseline`` is the new usual worst in walking: only a visit raises it.
    """
    from coach.records import new_id

    _check(home.content.rules, by, cleared)
    record = Seen(id=new_id(), at=now, by=by.strip(), cleared=tuple(dict.fromkeys(cleared)), baseline=baseline)
    home.records.add(record)
    if baseline is not None:
        home.records.change_profile(lambda old: replace(old, baseline=baseline))
    return record


def _check(book: RuleBook, by: str, cleared: tuple[str, ...]) -> None:
    if not by.strip():
        raise UsageError("pause.error.no-name")
    if len(by) > LONGEST:
        raise UsageError("pause.error.too-long", n=len(by))
    for rule in cleared:
        if rule != SURGERY and rule not in book.signs:
            raise UsageError("pause.error.no-such-sign", what=shown(rule))


def cleared_now(
    record: Seen, before: Status, book: RuleBook
) -> Iterator[tuple[str, Literal["cleared", "not-noted", "never-cleared"]]]:
    """Yield what became of each sign that was named, by the status ``before``."""
    for rule in record.cleared:
        if not can_clear(rule, book):
            yield rule, "never-cleared"
        elif rule != SURGERY and before.signs.get(rule, "no") == "no":
            yield rule, "not-noted"
        else:
            yield rule, "cleared"
