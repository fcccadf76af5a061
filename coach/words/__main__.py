"""``python -m coach.words [LANGUAGE …]``: the sentences that a language still lacks, or has in English, one key a line.

For translators. A key that a language lacks is said in English; one that English lacks is no sentence of the program.
"""

import re
import sys

from coach.words import FALLBACK, FOLDER, LANGUAGES, area


def areas(language: str) -> list[str]:
    """Return the names of the areas that a language has."""
    return sorted(path.stem for path in (FOLDER / language).glob("*.toml"))


def missing(language: str) -> list[str]:
    """Return every key of English that ``language`` has no sentence for."""
    return [
        f"{name}.{key}" for name in areas(FALLBACK) for key in area(FALLBACK, name) if key not in area(language, name)
    ]


def untranslated(language: str) -> list[str]:
    """Return every key whose sentence, of two words or more, is still that of English."""
    if language == FALLBACK:
        return []
    return [
        f"{name}.{key}"
        for name in areas(FALLBACK)
        for key, said in area(FALLBACK, name).items()
        if area(language, name).get(key) == said and _has_words(str(said))
    ]


def _has_words(said: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{[^}]*\}|`[^`]*`", "", said))) > 1


def main(languages: list[str]) -> int:
    """Print what each language lacks, or still says in English; 1 where one lacks anything."""
    lacks = {language: missing(language) for language in languages or LANGUAGES}
    for language, keys in lacks.items():
        for key in keys:
            print(f"{language}: {key}")  # noqa: T201 -- a tool of the translator's terminal
        for key in untranslated(language):
            print(f"{language}: {key} (still in English)")  # noqa: T201
    return int(any(lacks.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
