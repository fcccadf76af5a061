"""Whole numbers as people type them."""


def up_to(most: int, word: str) -> int | None:
    """Return the number that ``word`` writes in decimal digits; None where it writes none, or more than ``most``.

    Noughts in front change nothing, and however many digits there are, no more are read than ``most`` has.
    """
    if not (word.isascii() and word.isdigit()):
        return None
    digits = word.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(most)) and int(digits) <= most else None
