"""What a file of content mentions must be there: sources, signs, and each text in every language.

Types alone do not see that: ``source = ["acms"]`` is a list of texts, and a sign misspelt under ``avoid`` would never
leave its stretch out.
"""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.content.read import problem
from coach.errors import DataError
from coach.validation import Key

if TYPE_CHECKING:
    from coach.content import Content

ARTICLE = "article:"
"""What a source that is a fact of the article begins with."""
_SOURCE_KEYS = ("source", "sources")


def missing_references(
    path: Path, text: str, document: Any, content: "Content", *, own: bool = False
) -> Iterator[DataError]:
    """Yield one error for each thing that ``document`` mentions and nobody knows, in the order of the file.

    A person's ``own`` file names its source freely, and may be written in one language.
    """
    mentioned: Container[str]
    for keys, value in _tables_and_lists(document):
        if keys[-1] == "signs" and keys[:-1] and isinstance(value, list):
            mentioned, reason = content.rules.signs, "no-such-sign"
        elif keys[-1] in _SOURCE_KEYS and isinstance(value, list) and not own:
            mentioned, reason = _Sources(content), "no-such-source"
        elif isinstance(value, dict) and not own:
            for language in _lacking(value, content.languages):
                yield problem(path, text, "no-language", keys, language=language)
            continue
        else:
            continue
        for index, name in enumerate(value):
            if isinstance(name, str) and name not in mentioned:
                yield problem(path, text, reason, (*keys, index), got=repr(name))


class _Sources(Container[str]):
    """Every source that may be cited: the facts of the article, and the entries of ``sources.toml``."""

    def __init__(self, content: "Content") -> None:
        self._content = content

    def __contains__(self, source: object) -> bool:
        name = str(source)
        fact = name.removeprefix(ARTICLE)
        return fact in self._content.article_facts if fact != name else name in self._content.sources


def _lacking(value: dict[str, Any], languages: frozenset[str]) -> list[str]:
    """Return the languages in which a text is missing or blank; none where ``value`` is no text."""
    if not languages & value.keys():
        return []
    return [one for one in sorted(languages) if (text := value.get(one)) is None or not str(text).strip()]


def _tables_and_lists(value: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield every table and list below ``value`` with its path, the outer ones first."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if isinstance(inner, dict | list):
            yield (*keys, key), inner
            yield from _tables_and_lists(inner, (*keys, key))
