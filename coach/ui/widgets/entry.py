"""A field for a line of text, plain: what is typed is data, and is kept as written."""

from typing import ClassVar

from textual.widgets import Input


class Entry(Input):
    """Textual's input with its look, none of its surprises: no validation while typing, no markup, no select-all."""

    TAKES_LETTERS: ClassVar[bool] = True

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        """Begin with ``value``."""
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)
