"""The pages as HTML, from the templates beside this file; no command but those that write a page loads jinja2."""

from pathlib import Path
from typing import Any


def render(template: str, **values: Any) -> str:
    """Return a template filled in; every value but ``Markup`` is text, whatever stands in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(values)
