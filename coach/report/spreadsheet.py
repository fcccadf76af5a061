"""The records as a table for a spreadsheet: one row an entry, headings and answers in the person's words."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from coach.actions.export import REMINDER
from coach.content import Content
from coach.domain.goals import Goal
from coach.domain.guidance import Localized
from coach.domain.status import diary
from coach.domain.status.history import CheckIn, History
from coach.domain.trends.period import with_side
from coach.plain import plain
from coach.words import Words
from coach.words.dates import clock_time
from coach.words.shown import shown

BYTE_ORDER_MARK = "\ufeff"
"""Without it, a spreadsheet reads UTF-8 as the code page of its machine, and Japanese is lost."""
FIRST = (
    "day", "time", "kind", "side", "pain.walking", "knees.left.walking", "knees.right.walking", "medicine",
    "pain.rest", "pain.morning", "pain.during", "hot", "sharp",
    "quality", "when", "note", "told.headline", "routine", "steps", "seconds", "comfort", "outcome", "stretch",
    "pain", "where", "minutes", "habit", "kept", "by", "cleared",
)  # fmt: skip
"""The columns that are read most; then come the signs, then the rest by name."""
LAST = ("corrects", "id")
HIDDEN = frozenset({
    "at", "kind", "asked", "other_signs", "told.activity", "told.advice", "told.way_back",
})  # fmt: skip
"""What the program worked out, or what another column says; the JSON has it."""
ANSWERS = {
    "hot": "common.answer", "sharp": "common.answer", "quality": "common.answer", "when": "common.answer",
    "side": "report.side", "comfort": "common.comfort", "outcome": "common.outcome",
    "told.headline": "common.headline",
}  # fmt: skip
"""Where the words of a column's answers are."""
FORMULA = frozenset("=+-@")
"""What begins a formula in one spreadsheet or another."""

Record = Mapping[str, Any]


def entries(records: Iterable[Record], history: History) -> list[Record]:
    """Return the records that have a row, as the diary shows them: one for each entry.

    Those are not the log of reminders, what was corrected since or taken out, nor the changes themselves. Every
    check-in has its side as far as that is known.
    """
    by_id = {check_in.id: check_in for check_in in history.check_ins}
    current = {}
    for entry in diary.entries(history):
        last = max((by_id[name] for name in entry.ids if name in by_id), key=lambda told: (told.at, told.id))
        current[last.id] = None if entry.deleted else with_side(entry.current, history)
    there = {record.id for record in diary.shown(history).records()}
    hidden = {record.id for record in history.records()} - there - current.keys()
    hidden |= {check_in_id for check_in_id, check_in in current.items() if check_in is None}
    hidden |= by_id.keys() - current.keys()
    rows = (record for record in records if record["kind"] != REMINDER and record["id"] not in hidden)
    return [_whole(record, current.get(record["id"])) for record in rows]


def _whole(record: Record, check_in: CheckIn | None) -> Record:
    if check_in is None:
        return record
    changeable = ("answers", "asked", "note", "medicine", "goals", "day")
    return {**record, **{name: plain(getattr(check_in, name)) for name in changeable}}


def spreadsheet(records: Iterable[Record], content: Content, words: Words, goals: Iterable[Goal] = ()) -> str:
    """Return the table as CSV, with a byte-order mark; nothing in it runs as a formula."""
    table = _Table(content, words, goals)
    rows = [dict(table.cells(record)) for record in records]
    columns = table.in_order({column for row in rows for column in row})
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(_text_only(table.heading(column)) for column in columns)
    writer.writerows([_text_only(row.get(column, "")) for column in columns] for row in rows)
    return text.getvalue()


class _Table:
    """Says records in one language."""

    def __init__(self, content: Content, words: Words, goals: Iterable[Goal]) -> None:
        self.content, self.words = content, words
        self.goals = {f"goals.{goal.id}": goal.text for goal in goals}
        """The person's words for each column of a goal."""
        rules = content.rules
        contexts = {str(context.id): context.short for context in rules.contexts.values()}
        self.names: dict[str, dict[str, Localized]] = {
            "stretch": {stretch.id: stretch.name for stretch in content.stretches.values()},
            "routine": {routine.id: routine.name for routine in content.routines.values()},
            "habit": {habit.id: habit.name for habit in content.habits.values()},
            "context": contexts,
            "cleared": {sign.id: sign.short for sign in rules.signs.values()} | contexts,
        }
        """Of each column whose values are ids of the content."""

    def cells(self, record: Record) -> Iterator[tuple[str, object]]:
        """Yield the column and the value of everything that an entry says; a sign only where it was asked that day."""
        at = datetime.fromisoformat(record["at"])
        yield "day", at.date().isoformat()
        # What was told later of another day has no time on it.
        yield "time", clock_time(at) if record.get("day") in (None, at.date().isoformat()) else ""
        kind = record["kind"]
        yield "kind", self._word(f"report.spreadsheet.kind.{kind}", kind)
        for path, value in _flat(record):
            column = path.removeprefix("answers.")
            is_internal = column in HIDDEN or column.startswith("course.") or (column == "by" and kind != "seen")
            if not is_internal and not _is_carried(column, record):
                yield column, self._value(column, value)

    def heading(self, column: str) -> str:
        """Return a column's name; its path where a newer version made it."""
        if column.startswith("goals."):
            text = shown(self.goals.get(column, self.words("goals.unnamed")))
            return self.words("report.spreadsheet.goal", text=text)
        if sign := self.content.rules.signs.get(column.removeprefix("signs.")):
            return self.words.pick(sign.short)
        return self._word(f"report.spreadsheet.column.{column.replace('.', '-')}", column)

    def in_order(self, columns: set[str]) -> list[str]:
        """Return the columns in the order of the table."""
        signs = [f"signs.{sign}" for sign in self.content.rules.signs]
        order = {column: place for place, column in enumerate((*FIRST, *signs))}
        middle = sorted(columns - set(LAST), key=lambda column: (order.get(column, len(order)), column))
        return [*middle, *(column for column in LAST if column in columns)]

    def _value(self, column: str, value: Any) -> object:
        if isinstance(value, list):
            return self.words("report.between").join(str(self._value(column, part)) for part in value)
        if isinstance(value, dict):
            return self._step(value) if column == "steps" else _json(value)
        if isinstance(value, bool):
            return self.words("common.answer.yes" if value else "common.answer.no")
        if not isinstance(value, str):
            return value
        area = "common.answer" if column.startswith("signs.") else ANSWERS.get(column, "")
        return self._word(f"{area}.{value}", self._name(column, value)) if area else self._name(column, value)

    def _step(self, step: Record) -> str:
        side = self._word(f"report.side.{step.get('side')}", "")
        return f"{self._name('stretch', str(step.get('stretch')))} ({side})"

    def _name(self, column: str, value: str) -> str:
        """Return the name of something of the content; other texts as they are."""
        name = self.names.get(column, {}).get(value)
        return self.words.pick(name) if name else shown(value, keep="\n\t")

    def _word(self, key: str, otherwise: str) -> str:
        return self.words(key) if self.words.has(key) else otherwise


def _is_carried(column: str, record: Record) -> bool:
    """Tell whether a sign was not asked in this entry, and only kept its earlier answer."""
    asked = record.get("asked")
    return column.startswith("signs.") and asked is not None and column.removeprefix("signs.") not in asked


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    elif value not in (None, [], ""):
        yield path, value


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _text_only(value: object) -> object:
    """Return a value as a cell that no spreadsheet runs as a formula.

    Some skip blanks before the sign, and take a full-width one for its narrow form; an apostrophe marks a text as text.
    """
    if not isinstance(value, str):
        return value
    seen = (letter for letter in unicodedata.normalize("NFKC", value) if not _is_blank(letter))
    return f"'{value}" if next(seen, "") in FORMULA else value


def _is_blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter).startswith("C")
