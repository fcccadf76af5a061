"""Checks one file of content by what it is: a person's own, or one that ships (for whoever edits ``routines/``)."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.content.figures import figure_problems
from coach.content.own import check_references, read_own
from coach.content.read import problem, raise_all, read, read_list, read_text, read_toml
from coach.content.references import missing_references
from coach.content.short import OwnItem
from coach.domain.exercise.stretch import Routine, Stretch
from coach.domain.guidance import Article, Source, Tip
from coach.domain.habit import Habit
from coach.domain.ice import IceGuidance
from coach.domain.triage.care_lines import Region
from coach.errors import DataError

if TYPE_CHECKING:
    from coach.content import Content

_LISTS: dict[str, type[Any]] = {"routines": Routine, "habits": Habit, "sources": Source, "tips": Tip, "regions": Region}
_SINGLE: dict[str, type[Any]] = {"icing.toml": IceGuidance, "article.toml": Article}
_BOOK = ("signs.toml", "rules.toml", "contexts.toml")


def check_file(path: Path, content: "Content", beside: Collection[str] = ()) -> None:
    """Read ``path`` as what it is; DataError names file, line, key and reason, and holds all else that is wrong.

    ``beside`` are stretches of files that are checked together with it.
    """
    table = "regions" if path.name == "care-lines.toml" else path.stem
    if path.suffix == ".md":
        _check_page(path, content)
    elif path.name in _BOOK:
        from coach.content.rules import read_rules

        read_rules(path.parent, content.sources, content.care_lines)
    elif path.name == "freewords.toml":
        _check_own_words(path, content)
    elif path.name in _SINGLE:
        read(path, _SINGLE[path.name])
    elif table in _LISTS:
        read_list(path, table, _LISTS[table])
    elif path.resolve().parent == (content.folder / "stretches").resolve():
        _check_stretch(path, content)
    else:
        check_own(path, content, beside)
        return
    if path.suffix == ".toml":
        raise_all(missing_references(path, *read_toml(path), content))


def _check_stretch(path: Path, content: "Content") -> None:
    """Read a stretch that ships: it has its file's name, and is drawn at ease and in the hold."""
    stretch, text = read(path, Stretch), read_text(path)
    if stretch.id != path.stem:
        raise problem(path, text, "not-its-name", ("id",), got=stretch.id)
    check_references(path, stretch, content.stretches)
    poses = stretch.figure.poses if stretch.figure else {}
    missing = [name for name in ("ready", "hold") if name not in poses]
    raise_all(problem(path, text, "missing", ("figure", "poses", name)) for name in missing)
    if stretch.figure:
        raise_all(figure_problems(path, text, stretch.figure))


def _check_own_words(path: Path, content: "Content") -> None:
    """Read the phrases; without cues of its own, a language would take what is denied for told."""
    from coach.content.own_words import read_own_words

    read_own_words(path)
    text, document = read_toml(path)
    with_cues = {cue.get("language", "en") for cue in document["cues"]}
    raise_all(
        problem(path, text, "no-cue", ("cues",), language=language)
        for language in sorted(content.languages - with_cues)
    )


def _check_page(path: Path, content: "Content") -> None:
    from coach.content.learn import read_page

    head = {"sources": list(read_page(path).sources)}
    raise_all(missing_references(path, read_text(path), head, content))


def check_own(path: Path, content: "Content", beside: Collection[str] = ()) -> OwnItem:
    """Return a person's own item, which takes no id that ships and names no stretch or sign that is not known."""
    item = read_own(path, content.shipped_stretches, content.shipped_ids)
    check_references(path, item, {*content.stretches, *beside})
    raise_all(missing_references(path, *read_toml(path), content, own=True))
    return item


def own_stretches(paths: Iterable[Path], content: "Content") -> set[str]:
    """Return the ids of the stretches of one's own that stand in ``paths``; what cannot be read has none."""
    ids = set()
    for path in paths:
        with suppress(DataError):
            item = read_own(path, content.shipped_stretches, content.shipped_ids)
            ids |= {item.id} if isinstance(item, Stretch) else set()
    return ids
