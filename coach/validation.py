"""What keeps data from a file from being what it should be: every problem, with its path.

One way for answers, exports and content. msgspec decides whether data fits a type, but stops at the first problem and
does not tell the keys of a table, so that a second look is taken here where it says no.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import msgspec

Key = str | int
T = TypeVar("T")
_LONGEST = 80
"""Characters of a wrong value that are shown."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong."""

    keys: tuple[Key, ...]
    """Where: names of tables and fields, numbers (from 0) in lists."""
    reason: str
    """``missing``, ``unknown``, ``choice``, ``bound``, ``size``, ``unclear``, or ``type-`` and the type that is
    expected there: ``text``, ``number``, ``list``, ``table``, ``bool``, ``date``, ``moment`` or ``other``."""
    value: Any = None
    """What stands there."""
    allowed: tuple[str, ...] = ()
    """The values that may stand there, or the keys that there are."""
    bounds: tuple[int | float | None, int | float | None] = (None, None)
    """The least and the most, both included."""
    detail: str = ""
    """What msgspec says, for what is ``unclear``."""

    @property
    def bound(self) -> str:
        """The bound that is broken: ``<= 10``."""
        low, high = self.bounds
        size = self.value if isinstance(self.value, int | float) else len(self.value)
        return f"<= {high}" if high is not None and size > high else f">= {low}"

    def texts(self) -> dict[str, str]:
        """Return the values for a sentence of the catalogue about this reason."""
        if self.reason == "choice":
            return {"got": _short(repr(self.value)), "allowed": ", ".join(self.allowed)}
        if self.reason == "bound":
            return {"bound": self.bound}
        if self.reason == "size":
            return {"n": str(self.bounds[0])}
        return {"detail": self.detail}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def convert(value: Any, kind: type[T], refuse: Callable[[list[Problem]], Exception]) -> T:
    """Return ``value`` as a ``kind``; where it is none, raise what ``refuse`` makes of the problems."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, OverflowError, RecursionError, UnicodeEncodeError) as error:
        from msgspec import inspect  # here, as most data is right: 5 ms

        problems = [*_Search(inspect).problems(value, inspect.type_info(kind), ())]
        raise refuse(problems or [Problem((), "unclear", value, detail=str(error))]) from error


def problems_of(value: Any, kind: type) -> list[Problem]:
    """Return all that keeps ``value`` from being a ``kind``, in the order of the data; empty where it is one."""
    try:
        convert(value, kind, _Refused)
    except _Refused as refused:
        return refused.problems
    return []


class _Refused(Exception):  # noqa: N818 -- never leaves this module
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems


class _Search:
    """Walks through data beside the type that it should have."""

    def __init__(self, types: Any) -> None:
        """Know the kinds of type (``msgspec.inspect``), which are loaded only here."""
        self._types = types
        self._leaves: Mapping[type, tuple[str, tuple[type, ...]]] = {
            types.StrType: ("text", (str,)),
            types.IntType: ("number", (int,)),
            types.FloatType: ("other", (int, float)),
            types.BoolType: ("bool", (bool,)),
            types.DateType: ("date", (date,)),
            types.DateTimeType: ("moment", (datetime,)),
        }

    def problems(self, value: Any, kind: Any, keys: tuple[Key, ...]) -> Iterator[Problem]:
        types = self._types
        if isinstance(kind, types.Metadata):
            kind = kind.type
        if isinstance(kind, types.UnionType):
            yield from self._union(value, kind.types, keys)
        elif isinstance(kind, types.StructType):
            yield from self._struct(value, kind, keys)
        elif isinstance(kind, types.DictType):
            yield from self._dict(value, kind, keys)
        elif isinstance(kind, types.LiteralType):
            yield from self._literal(value, kind.values, keys)
        elif hasattr(kind, "item_type"):
            yield from self._list(value, kind, keys)
        elif isinstance(kind, types.TupleType):
            yield from self._row(value, kind.item_types, keys)
        elif type(kind) in self._leaves:
            yield from self._leaf(value, kind, keys)

    def _union(self, value: Any, kinds: Sequence[Any], keys: tuple[Key, ...]) -> Iterator[Problem]:
        """Compare with the member that is meant: for tables the one of the tag, else the first that is like it."""
        types = self._types
        if value is None and any(isinstance(kind, types.NoneType) for kind in kinds):
            return
        kinds = [kind for kind in kinds if not isinstance(kind, types.NoneType)]
        tagged = {kind.tag: kind for kind in kinds if isinstance(kind, types.StructType) and kind.tag is not None}
        if isinstance(value, dict) and len(tagged) > 1:
            field = next(iter(tagged.values())).tag_field
            if field not in value:
                yield Problem((*keys, field), "missing")
            elif value[field] not in tagged:
                yield Problem((*keys, field), "choice", value[field], tuple(map(str, tagged)))
            else:
                yield from self._struct(value, tagged[value[field]], keys)
            return
        by_member = [list(self.problems(value, kind, keys)) for kind in kinds]
        if all(by_member):
            alike = (problems for problems in by_member if not problems[0].reason.startswith("type-"))
            yield from next(alike, by_member[0])

    def _struct(self, value: Any, kind: Any, keys: tuple[Key, ...]) -> Iterator[Problem]:
        if isinstance(value, kind.cls):
            return  # taken over from content that was read before
        if not isinstance(value, dict):
            yield Problem(keys, "type-table", value)
            return
        fields = {field.encode_name: field for field in kind.fields}
        for name, inner in value.items():
            if name in fields:
                yield from self.problems(inner, fields[name].type, (*keys, name))
            elif kind.forbid_unknown_fields and name != kind.tag_field:
                yield Problem((*keys, name), "unknown", inner, tuple(fields))
        yield from (
            Problem((*keys, name), "missing") for name, field in fields.items() if field.required and name not in value
        )

    def _dict(self, value: Any, kind: Any, keys: tuple[Key, ...]) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(keys, "type-table", value)
            return
        if len(value) < (kind.min_length or 0):
            yield Problem(keys, "missing", value)
        names = kind.key_type.values if isinstance(kind.key_type, self._types.LiteralType) else None
        for name, inner in value.items():
            if names is not None and name not in names:
                yield Problem((*keys, name), "unknown", inner, tuple(map(str, names)))
            else:
                yield from self.problems(inner, kind.value_type, (*keys, name))

    def _list(self, value: Any, kind: Any, keys: tuple[Key, ...]) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield Problem(keys, "type-list", value)
            return
        yield from _out_of(value, len(value), kind.min_length, kind.max_length, keys)
        for index, inner in enumerate(value):
            yield from self.problems(inner, kind.item_type, (*keys, index))

    def _row(self, value: Any, kinds: Sequence[Any], keys: tuple[Key, ...]) -> Iterator[Problem]:
        """Compare with a list of so many values, each of its own kind."""
        if not isinstance(value, list | tuple):
            yield Problem(keys, "type-list", value)
        elif len(value) != len(kinds):
            yield Problem(keys, "size", value, bounds=(len(kinds), len(kinds)))
        else:
            for index, (inner, kind) in enumerate(zip(value, kinds, strict=True)):
                yield from self.problems(inner, kind, (*keys, index))

    def _literal(self, value: Any, allowed: tuple[Any, ...], keys: tuple[Key, ...]) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(keys, "type-text", value, allowed)
        elif value not in allowed:
            yield Problem(keys, "choice", value, allowed)

    def _leaf(self, value: Any, kind: Any, keys: tuple[Key, ...]) -> Iterator[Problem]:
        name, types = self._leaves[type(kind)]
        fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
        if name == "moment":
            fits = _converts(value, Annotated[datetime, msgspec.Meta(tz=kind.tz)])
        elif name == "date":
            fits = _converts(value, date)
        if not fits:
            yield Problem(keys, f"type-{name}", value)
        elif name == "text":
            yield from _out_of(value, len(value), kind.min_length, kind.max_length, keys)
        elif name in ("number", "other"):
            yield from _out_of(value, value, kind.ge, kind.le, keys)


def _out_of(value: Any, size: float, low: float | None, high: float | None, keys: tuple[Key, ...]) -> Iterator[Problem]:
    if (low is not None and size < low) or (high is not None and size > high):
        yield Problem(keys, "bound", value, bounds=(low, high))


def _converts(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
