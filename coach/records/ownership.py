"""Which files are the program's own: a folder of one's own may hold other people's files of the same names.

Nothing of theirs is removed, replaced or set aside. A file with one of the program's names is somebody else's where it
is whole, is not what the program writes there, and has no copy beside it that is. What is in pieces is ours, damaged.
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from coach.domain.profile import Profile
from coach.errors import CoachError
from coach.records.conflict_copy import original_name
from coach.records.lock import is_signature
from coach.regular_file import read_regular

Check = Callable[[bytes], bool]


class ForeignFileError(CoachError):
    """Where the program keeps a file of its own stands one of another program's."""


def has_schema(data: bytes) -> bool:
    """Tell whether a file of records or settings is ours: other JSON is not, what is no JSON is ours and damaged."""
    if _OUR_HEAD.match(data):
        return True
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return True
    # A person may write settings by hand, of ours alone.
    return isinstance(values, dict) and (isinstance(values.get("schema"), int) or values.keys() <= _SETTINGS)


_OUR_HEAD = re.compile(rb'(\xef\xbb\xbf)?\{\s*"schema":\s*\d+\s*[,}]')
"""How nearly all of them begin: the rest of a large file need not be read for it."""
_SETTINGS = frozenset(Profile.__struct_fields__)


def has_keys(*names: str) -> Check:
    """Return a check for an object that has no other keys than ``names``; what is no JSON is ours and damaged."""

    def is_ours(data: bytes) -> bool:
        values: Any = None
        with suppress(ValueError, RecursionError):
            values = json.loads(data)
        return isinstance(values, dict) and values.keys() <= set(names)

    return is_ours


def _is_log(data: bytes) -> bool:
    return not data or bool(re.match(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ ", data))


def always(data: bytes) -> bool:
    """Take a file for ours by its name alone."""
    return True


_SUFFIX = r"(\.bak|\.schema-\d+\.bak)?(\.damaged-\d{8}T\d{6}(-\d+)?)?"
FILES: dict[str, Check] = {
    rf"((records|reminders)-\d{{4}}-\d{{2}}|profile|state)\.json{_SUFFIX}": has_schema,
    r"damage\.json": has_keys("damages", "lost_at", "stays"),
    r"(records|agent|session|ui|sync)\.lock": is_signature,
    r"agent-[0-9a-f]{16}\.json": has_keys("machine", "since", "renewed", "touched"),
    r"agent(\.\d+)?\.log(\.\d+)?": _is_log,
}
"""What the program writes into its folders, and how to tell it from another program's file of the same name."""
CACHED: dict[str, Check] = {
    r"status\.json": has_keys("of", "since", "until", "summary", "glance"),
    r"sync-[0-9a-f]{16}\.json": always,
    r"agent\.json": lambda data: b'"trouble"' in data,
    r"(agent-asked|screen-asked|screen-answered)": always,
}


def check_of(name: str, names: dict[str, Check]) -> Check | None:
    """Return how to tell the program's file of this name, or a second copy of that; None where it is none of ``names``.

    ``names`` are patterns of names, such as ``FILES``.
    """
    for own in (name, original_name(name)):
        for pattern, check in names.items():
            if own and re.fullmatch(pattern, own):
                return check
    return None


def is_foreign(path: Path) -> bool:
    """Tell whether another program's file stands at ``path``, which has one of the names of ``FILES`` or ``CACHED``."""
    check = check_of(path.name, FILES | CACHED)
    if check is None:
        return False
    # Whatever stands here now, our copy beside it says that the name was ours.
    copy = path.with_name(f"{path.name}.bak")
    return _holds(path, lambda data: not check(data)) and not _holds(copy, check)


def refuse_foreign(path: Path) -> None:
    """Raise ``ForeignFileError`` where another program's file stands at ``path``."""
    if is_foreign(path):
        raise ForeignFileError("records.error.foreign", path=str(path))


def _holds(path: Path, check: Check) -> bool:
    """Tell whether there is a plain file at ``path`` whose content passes ``check``."""
    try:
        return check(read_regular(path))
    except OSError:
        return False
