"""Reads the pages to learn from: Markdown with a short head of TOML between two lines of ``+++``."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from coach.content.read import convert, problem, read_text
from coach.domain.guidance import Page, Tip

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


def with_tips(page: Page, tips: Iterable[Tip], language: str) -> Page:
    """Return ``page`` with the tips of each topic where ``{topic}`` stands; a heading with none under it goes."""
    listed: dict[str, list[str]] = {}
    for tip in tips:
        listed.setdefault(tip.topic, []).append(f"- {tip.text.get(language) or next(iter(tip.text.values()))}")

    def section(found: re.Match[str]) -> str:
        lines = listed.get(found["topic"])
        return "\n".join((found["heading"], "", *lines, "")) if lines else ""

    return msgspec.structs.replace(page, text=_SECTION.sub(section, page.text).rstrip() + "\n")


_SECTION = re.compile(r"(?P<heading>## [^\n]+)\n\n\{(?P<topic>[a-z]+)\}\n?")


def read_pages(folder: Path) -> tuple[Page, ...]:
    """Return the pages of one language in their order."""
    return tuple(sorted((read_page(path) for path in folder.glob("*.md")), key=lambda page: (page.order, page.id)))
