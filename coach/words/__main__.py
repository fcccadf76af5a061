"""``python -m coach.words [LANGUAGE …]``: the sentences that a language still lacks, one key a line.

For translators. A key that a language lacks is said in English; one that English lacks is no sentence of the program.
"""

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


def main(languages: list[str]) -> int:
    """Print what each language lacks; 1 where one lacks anything."""
    lacks = {language: missing(language) for language in languages or LANGUAGES}
    for language, keys in lacks.items():
        for key in keys:
            print(f"{language}: {key}")  # noqa: T201 -- a tool of the translator's terminal
    return int(any(lacks.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
