"""README's pictures show the program as it is."""

import time

import pytest

from tests.pictures.draw import FOLDER, PICTURES, draw, words_of


@pytest.mark.parametrize("name", PICTURES)
async def test_the_picture_is_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What README shows is what a person will see; `python -m tests.pictures` draws it anew."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert "@font-face" not in kept
    assert words_of(kept) == words_of(await draw(name))
