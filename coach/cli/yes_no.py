"""A yes or a no as people type it, whatever language the question was asked in."""

from coach.words import LANGUAGES, area


def yes_or_no(typed: str) -> bool | None:
    """Return what somebody typed as an answer; None for anything else, an empty line too.

    Each language's own word counts in every language: who reads English may type 「はい」, with the input method on.
    """
    word = typed.strip().casefold()
    for key, answer in (("typed.yes", True), ("typed.no", False)):
        if any(word in str(area(language, "common")[key]).split() for language in LANGUAGES):
            return answer
    return None
