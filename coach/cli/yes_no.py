"""A yes or a no as people type it, whatever language the question was asked in."""

from coach.words import LANGUAGES, Words


def yes_or_no(typed: str) -> bool | None:
    """Return what somebody typed as an answer; None for anything else, an empty line too.

    Each language's own word counts in every language: who reads English may type 「はい」, with the input method on.
    """
    word = typed.strip().casefold()
    for words in map(Words, LANGUAGES):
        if word in words("common.typed.yes").split():
            return True
        if word in words("common.typed.no").split():
            return False
    return None
