"""The errors that reach a person, as one small tree.

::

    CoachError           could not be done        exit 1
    ├── UsageError       asked for wrongly        exit 2
    └── DataError        wrong data, with paths   exit 65

An error holds a key of the catalogue and values, not a sentence: it is said in the person's language where it is
shown (``coach.words``).
"""


class CoachError(Exception):
    """Something could not be done; ``key`` names the sentence that says what, where, and what to do next."""

    exit_code = 1

    def __init__(self, key: str, **values: object) -> None:
        """Keep the catalogue ``key`` and the ``values`` that its sentence names."""
        super().__init__(key, values)
        self.key = key
        self.values = values


class UsageError(CoachError):
    """The words of a command or the content of a field are off."""

    exit_code = 2


class DataError(CoachError):
    """Data from a file or from stdin is wrong.

    ``problems`` are whole lines, one a problem, each with its path, such as
    ``pain.walking: 11 is not between 0 and 10``. Where they are empty, ``key`` and ``values`` say it, and ``more``
    holds what else is wrong in the same file.
    """

    exit_code = 65

    def __init__(self, key: str = "error.data", problems: tuple[str, ...] = (), **values: object) -> None:
        """Keep the ``problems`` beside the key and values."""
        super().__init__(key, **values)
        self.problems = problems
        self.more: tuple[DataError, ...] = ()
