"""The emergency page: the number to call as large as the window allows, and one sentence; nothing else."""

from textual.content import Content

from coach.content import Content as Guidance
from coach.domain.profile import Profile
from coach.figure.forms import digit_width, letters
from coach.ui.text import BLANK, styled, wrap
from coach.words import Words
from coach.words.care import care_line

LEAST_HEIGHT = 3
"""Rows below which large digits cannot be told apart."""


def emergency_page(profile: Profile, words: Words, content: Guidance, width: int, height: int) -> list[Content]:
    """Return the page in the middle of ``width`` by ``height`` cells.

    Without a region the sentence names the number of each instead of a guessed one.
    """
    line = care_line("emergency", profile.region, content)
    number = line.number if line else None
    sentence = wrap(sentence_of(number, profile, words, content), width, "strong")
    digits = digits_of(number, width, height - len(sentence) - 1) if number else []
    page = [*digits, *([BLANK] if digits else []), *sentence]
    page = [row.pad_left((width - row.cell_length) // 2) for row in page]
    return [*[BLANK] * ((height - len(page)) // 2), *page]


def sentence_of(number: str | None, profile: Profile, words: Words, content: Guidance) -> str:
    """Return the one sentence: whom to call."""
    if number:
        return words("emergency.call", number=number)
    if profile.set_up:
        return words("emergency.call-local")
    return words("emergency.call-one-of", numbers=numbers_of_regions(words, content))


def numbers_of_regions(words: Words, content: Guidance) -> str:
    """Return the emergency number of every region: for a person whose region was not asked yet."""
    regions = [region for region in content.care_lines.values() if region.emergency]
    return words("common.and").join(f"{words.pick(region.name)} {region.emergency}" for region in regions)


def digits_of(number: str, width: int, height: int) -> list[Content]:
    """Return the number in the largest digits that fit; nothing where there is no room for large ones."""
    heights = (rows for rows in range(height, LEAST_HEIGHT - 1, -1) if len(number) * digit_width(rows) <= width)
    rows = next(heights, 0)
    return [styled(row, "alert") for row in letters(number, rows)] if rows else []
