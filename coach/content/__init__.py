"""Reads ``routines/`` into typed objects, each file only when something of it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from coach.content.read import problem, read, read_list
from coach.domain.exercise.stretch import Routine, Stretch
from coach.domain.guidance import Article, Page, Source, Tip
from coach.domain.habit import Habit
from coach.domain.ice import IceGuidance
from coach.domain.triage.care_lines import Region
from coach.errors import DataError

if TYPE_CHECKING:
    from coach.content.short import OwnItem
    from coach.domain.triage.own_words import OwnWordsReader
    from coach.domain.triage.rules import RuleBook

V = TypeVar("V")
T = TypeVar("T", Routine, Habit, Region, Source, Tip)


def shipped() -> Path:
    """Return the folder of the content that ships: inside the package where installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "routines"
    return installed if installed.is_dir() else package.parent / "routines"


class Shelf(Mapping[str, Stretch]):
    """The stretches by id, one file each, read when first asked for."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._read: dict[str, Stretch] = {}

    def __getitem__(self, stretch_id: str) -> Stretch:
        if stretch_id not in self._read:
            if stretch_id not in self._ids:
                raise KeyError(stretch_id)
            self._read[stretch_id] = self._open(self._folder / f"{stretch_id}.toml")
        return self._read[stretch_id]

    def __contains__(self, stretch_id: object) -> bool:
        return stretch_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    @cached_property
    def _ids(self) -> dict[str, None]:
        return dict.fromkeys(sorted(path.stem for path in self._folder.glob("*.toml")))

    @staticmethod
    def _open(path: Path) -> Stretch:
        stretch = read(path, Stretch)
        if stretch.id != path.stem:
            raise problem(path, path.read_text(encoding="utf-8"), "not-its-name", ("id",), got=stretch.id)
        return stretch


class Both(Mapping[str, Stretch]):
    """The stretches that ship, and the person's own, which are looked for only where they matter."""

    def __init__(self, content: "Content") -> None:
        """Read nothing yet."""
        self._content = content

    def __getitem__(self, stretch_id: str) -> Stretch:
        shelf = self._content.shipped_stretches
        return shelf[stretch_id] if stretch_id in shelf else self._content.own_stretches[stretch_id]

    def __contains__(self, stretch_id: object) -> bool:
        return stretch_id in self._content.shipped_stretches or stretch_id in self._content.own_stretches

    def __iter__(self) -> Iterator[str]:
        yield from self._content.shipped_stretches
        yield from self._content.own_stretches

    def __len__(self) -> int:
        return len(self._content.shipped_stretches) + len(self._content.own_stretches)


class Late(Mapping[str, V]):
    """A table that is read when first looked into: a decision needs no list of sources until it is said."""

    def __init__(self, table: Callable[[], Mapping[str, V]]) -> None:
        """Read nothing yet."""
        self._table = table

    def __getitem__(self, key: str) -> V:
        return self._table()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self._table())


class Content:
    """All content, shipped and the person's own. Errors name the file, the line, the key and the reason."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        """Read nothing yet."""
        self.folder = folder
        self.own = own
        self.shipped_stretches = Shelf(folder / "stretches")
        self.stretches: Mapping[str, Stretch] = Both(self)
        """Every stretch by id, the person's own last."""
        self._pages: dict[str, tuple[Page, ...]] = {}

    @classmethod
    def open(cls, own: Path | None = None) -> "Content":
        """Open the shipped content, and ``own`` beside it."""
        return cls(shipped(), own)

    @cached_property
    def routines(self) -> dict[str, Routine]:
        """Every routine by id, the person's own last; own stretches of no own routine stand at the end of each."""
        own = {routine.id: routine for routine in self._own[0] if isinstance(routine, Routine)}
        placed = {stretch_id for routine in own.values() for stretch_id in routine.stretches}
        loose = tuple(stretch_id for stretch_id in self.own_stretches if stretch_id not in placed)
        every = self._shipped_routines | own
        return {each: _followed(routine, loose) for each, routine in every.items()} if loose else every

    @cached_property
    def habits(self) -> dict[str, Habit]:
        """Every habit by id."""
        return self._listed("habits", Habit)

    @cached_property
    def icing(self) -> IceGuidance:
        """How cold is used, when not, and when to stop."""
        return read(self.folder / "icing.toml", IceGuidance)

    @cached_property
    def care_lines(self) -> dict[str, Region]:
        """Whom to call, by region id; ``other`` is there always."""
        return read_list(self.folder / "care-lines.toml", "regions", Region)

    @cached_property
    def article_facts(self) -> frozenset[str]:
        """The ids of the facts of the article (``article:ID`` as a source)."""
        return frozenset(read(self.folder / "article.toml", Article).ids)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that every text of the content has: those with pages to read."""
        return frozenset(folder.name for folder in (self.folder / "learn").iterdir() if folder.is_dir())

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Where what is beyond the article comes from, by id."""
        return self._listed("sources", Source)

    @cached_property
    def rules(self) -> "RuleBook":
        """The signs, the conditions and the rules that decide."""
        from coach.content.rules import read_rules

        return read_rules(self.folder, Late(lambda: self.sources), Late(lambda: self.care_lines))

    @cached_property
    def tips(self) -> dict[str, Tip]:
        """One sentence each for a spare moment, the person's own last."""
        return self._shipped_tips | {tip.id: tip for tip in self._own[0] if isinstance(tip, Tip)}

    @cached_property
    def own_words(self) -> "OwnWordsReader":
        """The reader of what people write in their own words."""
        from coach.content.own_words import read_own_words

        return read_own_words(self.folder / "freewords.toml")

    def urgent_in(self, words: str | None) -> tuple[str, ...]:
        """Return the emergency and same-day signs that a person's own words name; without words no phrase is read."""
        if not words or words.isspace():
            return ()
        named = self.own_words.read(words).signs
        return tuple(sign for sign in self.rules.ids("emergency", "today") if sign in named)

    def learn(self, language: str) -> tuple[Page, ...]:
        """Return the pages to read, in their order; English where there are none in ``language``."""
        if language not in self._pages:
            self._pages[language] = self._read_pages(language)
        return self._pages[language]

    def _read_pages(self, language: str) -> tuple[Page, ...]:
        from coach.content.learn import by_basis, by_topic, read_pages, with_lists

        spoken = language if (self.folder / "learn" / language).is_dir() else "en"
        lists = by_topic(self.tips.values(), spoken) | by_basis(self.rules.signs.values(), spoken)
        return tuple(with_lists(page, lists) for page in read_pages(self.folder / "learn" / spoken))

    @cached_property
    def own_stretches(self) -> dict[str, Stretch]:
        """The person's own stretches by id."""
        return {stretch.id: stretch for stretch in self._own[0] if isinstance(stretch, Stretch)}

    @property
    def own_problems(self) -> tuple[DataError, ...]:
        """What of the person's own content could not be read, and is left out until it is mended."""
        return self._own[1]

    def problems_met(self) -> tuple[DataError, ...]:
        """Return those problems where the person's own content was read, and nothing where nobody needed it."""
        return self.own_problems if "_own" in vars(self) else ()

    @cached_property
    def _own(self) -> "tuple[tuple[OwnItem, ...], tuple[DataError, ...]]":
        if self.own is None or not self.own.is_dir():
            return (), ()
        from coach.content.own import read_folder

        return read_folder(self.own, self.shipped_stretches, self.shipped_ids)

    @property
    def shipped_ids(self) -> set[str]:
        """The ids of every stretch, routine and tip that ships; one's own cannot have them."""
        return {*self.shipped_stretches, *self._shipped_routines, *self._shipped_tips}

    @cached_property
    def _shipped_routines(self) -> dict[str, Routine]:
        return self._listed("routines", Routine)

    @cached_property
    def _shipped_tips(self) -> dict[str, Tip]:
        return self._listed("tips", Tip)

    def _listed(self, name: str, kind: type[T]) -> dict[str, T]:
        return read_list(self.folder / f"{name}.toml", name, kind)


def _followed(routine: Routine, loose: tuple[str, ...]) -> Routine:
    """Return ``routine`` with a person's own stretches after it, where it is the routine of a time of the day."""
    if routine.slot not in ("morning", "break", "evening"):
        return routine
    return msgspec.structs.replace(routine, stretches=(*routine.stretches, *loose))
