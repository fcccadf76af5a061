"""A damaged file never stops a command: work goes on, and the person is told once."""

import msgspec
import pytest

from coach.cli import main
from coach.cli.desk import Desk
from coach.home import Home
from coach.words import Words


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for any verb that reads the settings."""

    def run(given: list[str], desk: Desk) -> int:
        desk.say(str(desk.home.profile.contexts_known))
        return 0

    monkeypatch.setattr("coach.cli._dispatch", run)


def said(capsys: pytest.CaptureFixture[str], verb: str = "today") -> tuple[str, str]:
    assert main([verb]) == 0
    out, err = capsys.readouterr()
    return out.strip(), err


@pytest.mark.usefixtures("verb")
def test_damaged_settings_come_from_their_copy_and_are_told_once(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first command says it, on stderr; the second has nothing to say; a status bar does not use it up."""
    home.records.change_profile(lambda profile: msgspec.structs.replace(profile, contexts=("blood-thinner",)))
    home.places.profile().write_bytes(b"\0" * 99)
    assert said(capsys, "status") == ("True", "")
    out, err = said(capsys)
    assert out == "True"
    assert err.count("\n") == 1
    assert "profile.json.damaged-" in err
    assert said(capsys) == ("True", "")
    assert home.profile.contexts == ("blood-thinner",)


@pytest.mark.usefixtures("verb")
def test_settings_lost_for_good_leave_the_conditions_unknown(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A lost blood-thinner must never soften a decision: the conditions are unknown, and one is asked to tell them."""
    home.places.data.mkdir()
    home.places.profile().write_text("{")
    out, err = said(capsys)
    assert out == "False"
    assert "coach setup" in err


def test_every_damage_has_its_sentence_in_both_languages() -> None:
    """Nobody is shown the key of a sentence."""
    for language in ("en", "ja"):
        for key in ("damaged", "newer", "missing", "unfit", "state", "settings", "settings-lost"):
            assert Words(language).has(f"records.damage.{key}")
