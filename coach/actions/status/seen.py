"""*Seen*: a professional has seen it, and perhaps cleared something."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from coach.actions.status.background import note_background
from coach.domain.guidance import Localized
from coach.domain.status.clearance import can_clear
from coach.domain.status.history import Seen
from coach.domain.status.status import Status
from coach.domain.triage.rules import RuleBook
from coach.errors import UsageError
from coach.home import Home
from coach.words.shown import shown

LONGEST = 200
"""Characters of a name."""


def seen(home: Home, by: str, cleared: tuple[str, ...] = (), baseline: int | None = None, *, now: datetime) -> Seen:
    """Note who has seen it and what they cleared (ids of signs and conditions); nothing is saved where that is wrong.

    ``baseline`` is the new usual worst when walking: only a visit raises it.
    """
    from coach.records import new_id

    _check(home.content.rules, by, cleared)
    record = Seen(id=new_id(), at=now, by=by.strip(), cleared=tuple(dict.fromkeys(cleared)), baseline=baseline)
    if baseline is not None:
        home.records.change_profile(lambda old: replace(old, baseline=baseline))
    # A clearance counts for the conditions that are in the records at its time; older records may not have them yet.
    note_background(home, now)
    home.records.add(record)
    return record


def _check(book: RuleBook, by: str, cleared: tuple[str, ...]) -> None:
    if not by.strip():
        raise UsageError("pause.error.no-name")
    if len(by) > LONGEST:
        raise UsageError("pause.error.too-long", n=len(by))
    for name in cleared:
        if name not in book.signs and name not in book.contexts:
            raise UsageError("pause.error.no-such-sign", what=shown(name))


def cleared_now(
    record: Seen, before: Status, book: RuleBook
) -> Iterator[tuple[str, Literal["cleared", "lasting", "not-noted", "never-cleared"]]]:
    """Yield what became of each sign and condition that was named, by the status ``before``."""
    for name in record.cleared:
        if not can_clear(name, book):
            yield name, "never-cleared"
        elif name not in before.answers.context and before.signs.get(name, "no") == "no":
            yield name, "not-noted"
        elif name in book.contexts and book.contexts[name].clearance == "lasting":
            yield name, "lasting"
        else:
            yield name, "cleared"


def clearable(status: Status, book: RuleBook) -> tuple[str, ...]:
    """Return the signs and conditions there are now that a professional can clear."""
    signs = (sign for sign, answer in status.signs.items() if answer != "no")
    return tuple(name for name in (*signs, *status.answers.context) if can_clear(name, book))


def cleared_name(name: str, book: RuleBook) -> Localized:
    """Return what a sign or a condition is called in a few words."""
    return book.signs[name].short if name in book.signs else book.contexts[name].short
