"""Reads the pages to learn from: Markdown with a short head of TOML between two lines of ``+++``."""

import tomllib
from pathlib import Path

import msgspec

from coach.content.read import convert, problem, read_text
from coach.domain.guidance import Page

FENCE = "+++"


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above a page."""

    id: str
    title: str
    order: int
    sources: tuple[str, ...]
    beyond: bool = False


def read_page(path: Path) -> Page:
    """Return one page; DataError names the line where its head is wrong."""
    text = read_text(path)
    parts = text.split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise problem(path, 1, "no-head", fence=FENCE)
    try:
        found = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise problem(path, 2, "syntax", detail=str(error)) from error
    head = convert(path, f"\n{parts[1]}", found, Head)
    return Page(**msgspec.structs.asdict(head), text=parts[2].strip() + "\n")


def read_pages(folder: Path) -> tuple[Page, ...]:
    """Return the pages of one language in their order."""
    return tuple(sorted((read_page(path) for path in folder.glob("*.md")), key=lambda page: (page.order, page.id)))
