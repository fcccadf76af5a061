"""A damaged file never stops a command: work goes on, and the person is told once."""

from collections.abc import Callable

import msgspec
import pytest

from coach.cli import main
from coach.cli.context import CommandContext
from coach.home import Home
from coach.words import Words
from tests.helpers import Furnish, Ran, beginning


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for any verb that reads the settings."""

    def run(given: list[str], desk: CommandContext) -> int:
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


VERBS = (
    ("today", "--json"),
    ("status", "--json"),
    ("history", "--json"),
    ("check-in", "--walking", "2", "--none-of-the-signs", "--json"),
    ("reminders", "next", "--json"),
    ("reminders", "log", "--json"),
    ("summary", "--format", "json"),
    ("export", "-"),
)
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "nuls": lambda data: b"\0" * len(data),
    "no JSON": lambda data: b"hello {",
    "another shape": lambda data: b"[1, 2]",
    "empty object": lambda data: b"{}",
    "newer": lambda data: data.replace(b'"schema":1', b'"schema":99').replace(b'"schema": 1', b'"schema": 99'),
    beginning("records.error.letters"): lambda data: data.replace(b"jp", b"\xff\xfe").replace(b"kept", b"\xff"),
    "by hand": lambda data: data.replace(b'"walking":3', b'"walking":"three"').replace(b'"jp"', b"[]"),
    "wild dates": lambda data: data.replace(b"2026-11-22", b"9999-12-31").replace(b"2026-11-21", b"0001-01-01"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb[:2]))
def test_no_damage_stops_a_command(
    coach: Callable[..., Ran], at: Callable[[str], object], furnish: Furnish, verb: tuple[str, ...], damage: str
) -> None:
    """Every file damaged at once: exit 0, one good document on stdout, whole lines on stderr, and told once."""

    def make() -> None:
        at("2026-11-21T09:00+09:00")
        coach("setup", "--yes", "--region", "jp", "--context", "blood-thinner")
        coach("check-in", "--walking", "3", "--none-of-the-signs")
        Home().records.delivery_log().put(
            {"id": "desk-break@x", "due": "2026-11-21T09:50:00+09:00", "outcome": "shown", "why": "kept"}
        )
        at("2026-11-22T10:00+09:00")
        coach("check-in", "--walking", "3", "--none-of-the-signs")

    home = furnish("two days", make)
    at("2026-11-22T10:00+09:00")
    for path in home.places.data.glob("*.json"):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    first = coach(*verb)
    assert first.code == 0, first.err
    first.json()
    again = coach(*verb)
    assert again.code == 0, again.err
    assert not home.records.damage() or verb[0] == "status"
