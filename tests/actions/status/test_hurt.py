"""*It hurts*: what is written of where it hurts is read for signs, as a check-in's note is."""

from datetime import datetime, timedelta

import pytest

from coach.actions.setup import screen
from coach.actions.status.current import status_now
from coach.actions.status.hurt import hurts
from coach.domain.triage.answers import Tri
from coach.home import Home

NOW = datetime.fromisoformat("2026-05-04T09:00+09:00")
LATER = NOW + timedelta(minutes=5)


def no_signs(home: Home) -> dict[str, Tri]:
    """Return *no* to the emergency and same-day signs."""
    return dict.fromkeys(home.content.rules.ids("emergency", "today"), "no")


@pytest.mark.parametrize(
    ("where", "sign"),
    [
        ("my chest, and the breath is short", "chest-or-breath"),
        ("腫れて赤いふくらはぎ", "one-leg-swollen-warm"),
    ],
)
def test_a_sign_in_the_words_is_unsure_until_it_is_answered(home: Home, where: str, sign: str) -> None:
    """Nobody says where it hurts in vain: the list is asked at once, and answering it lifts the pause."""
    screen(home, no_signs(home), NOW)
    noted = hurts(home, LATER, where=where)
    assert sign in noted.from_words
    assert (noted.status.signs[sign], noted.status.ask_why) == ("unsure", "unsure")
    assert noted.status.advice in ("soon", "today")
    screen(home, no_signs(home), LATER + timedelta(minutes=1))
    assert status_now(home, LATER + timedelta(minutes=2)).ask_why == ""


def test_words_take_back_no_yes(home: Home) -> None:
    """What was answered yes stays yes, and needs its visit."""
    screen(home, {**no_signs(home), "one-leg-swollen-warm": "yes"}, NOW)
    assert hurts(home, LATER, where="the swollen red calf").status.signs["one-leg-swollen-warm"] == "yes"


def test_an_ordinary_place_asks_nothing(home: Home) -> None:
    """Behind the knee, on the inner side."""
    screen(home, no_signs(home), NOW)
    noted = hurts(home, LATER, where="behind the knee, no swelling")
    assert (noted.from_words, noted.status.ask_why) == ((), "")
