"""Full-width letters, digits and signs, which an input method types where a person means the plain ones.

Many people who write Japanese leave it on. Only what has a plain twin is changed: kana and kanji are text.
"""

_PLAIN: dict[int, str] = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


def narrow(text: str) -> str:
    """Return ``text`` with full-width letters, digits, signs and blanks as plain ones."""
    return text if text.isascii() else text.translate(_PLAIN)
