"""The schema number of a file, and the way from an older schema to this version's."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from coach.records.safe_file import write_private

SCHEMA = 1
"""The schema that this version writes, in each file; one that is higher was written by a newer version."""

Values = dict[str, Any]
Step = Callable[[Values], Values]
"""From the content of a file in one schema to its content in the next."""

DAY_STEPS: dict[int, Step] = {}
SHEET_STEPS: dict[int, Step] = {}
"""By the schema that a step begins with; ``tests/records/kept`` holds files of each schema there ever was."""


class DamagedError(Exception):
    """The content is not what this program writes."""


class NewerError(DamagedError):
    """A newer version of the program wrote it."""


def brought_up(values: Values, schema: object, steps: Mapping[int, Step]) -> Values:
    """Return ``values``, written in ``schema``, as this version writes them; raises ``DamagedError``."""
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise DamagedError("no schema number")
    if schema > SCHEMA:
        raise NewerError(f"schema {schema}")
    for number in range(schema, SCHEMA):
        values = steps[number](values)
    return stamped(values)


def stamped(values: Values) -> Values:
    """Return ``values`` with this version's schema number in front."""
    return {"schema": SCHEMA, **{key: value for key, value in values.items() if key != "schema"}}


class Older:
    """Remembers a file that an older version wrote, to keep it beside the new one before that is first written."""

    def __init__(self, path: Path) -> None:
        """Remember nothing yet of the file at ``path``."""
        self._path = path
        self._data: bytes | None = None
        self._schema = SCHEMA

    def saw(self, data: bytes, schema: object) -> None:
        """Remember ``data`` where its ``schema`` is an older one."""
        if isinstance(schema, int) and schema < SCHEMA:
            self._data, self._schema = data, schema

    def keep(self) -> None:
        """Write what is remembered to ``NAME.schema-N.bak``, for good."""
        if self._data is not None:
            write_private(self._path.with_name(f"{self._path.name}.schema-{self._schema}.bak"), self._data)
            self._data = None
