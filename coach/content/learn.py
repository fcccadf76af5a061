"""Reads the pages to learn from: Markdown with a short head of TOML between two lines of ``+++``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from coach.content.read import convert, parse_toml, problem, read_text
from coach.domain.guidance import Localized, Page, Tip
from coach.domain.triage.rules import Sign

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
    under_fence = f"\n{parts[1]}"
    head = convert(path, under_fence, parse_toml(path, under_fence), Head)
    return Page(**msgspec.structs.asdict(head), text=parts[2].strip() + "\n")


def with_lists(page: Page, lists: Mapping[str, Sequence[str]]) -> Page:
    """Return ``page`` with a list where a line ``{name}`` stands; a heading with an empty list under it goes."""

    def filled(match: re.Match[str]) -> str:
        lines = lists.get(match["name"], ())
        return (match["heading"] or "") + "".join(f"- {line}\n" for line in lines) if lines else ""

    return msgspec.structs.replace(page, text=_PLACE.sub(filled, page.text).rstrip() + "\n")


_PLACE = re.compile(r"(?P<heading>## [^\n]+\n\n)?^\{(?P<name>[a-z-]+)\}\n?", re.MULTILINE)


def by_topic(tips: Iterable[Tip], language: str) -> dict[str, list[str]]:
    """Return the tips of each topic."""
    listed: dict[str, list[str]] = {}
    for tip in tips:
        listed.setdefault(tip.topic, []).append(_spoken(tip.text, language))
    return listed


def by_basis(signs: Iterable[Sign], language: str) -> dict[str, list[str]]:
    """Return the signs by where they come from: ``signs-article``, ``signs-published``, ``signs-proposal``."""
    listed: dict[str, list[str]] = {}
    for sign in signs:
        article = any(source.startswith("article:") for source in sign.source)
        listed.setdefault(f"signs-{'article' if article else sign.basis}", []).append(_spoken(sign.short, language))
    return listed


def _spoken(localized: Localized, language: str) -> str:
    return localized.get(language) or next(iter(localized.values()))


def read_pages(folder: Path) -> tuple[Page, ...]:
    """Return the pages of one language in their order."""
    return tuple(sorted((read_page(path) for path in folder.glob("*.md")), key=lambda page: (page.order, page.id)))
