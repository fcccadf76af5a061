"""README's pictures show the program as it is."""

import time
from collections.abc import Iterator

import pytest

from tests.pictures.draw import FOLDER, PICTURES, draw, words_of


@pytest.fixture(autouse=True)
def in_tokyo() -> Iterator[None]:
    """Draw in the zone of the pictures, and leave no other test in it."""
    with pytest.MonkeyPatch.context() as given:
        given.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("name", PICTURES)
async def test_the_picture_is_current(name: str) -> None:
    """What README shows is what a person will see; `python -m tests.pictures` draws it anew."""
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert "@font-face" not in kept
    assert words_of(kept) == words_of(await draw(name))
