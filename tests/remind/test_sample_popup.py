"""``coach reminders test`` and the self-test: a popup is shown now, and what became of it is told truly."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from coach.agent.status import AgentStatus
from coach.domain.reminders.reminder import CHANNELS
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, claim
from coach.remind import sample_popup
from coach.remind.channels import Popup, ShowResult
from coach.remind.channels.plyer import PlyerChannel
from coach.remind.sample_popup import PopupTest, prove_popup, show_sample
from coach.words import Words
from tests.remind.bus_daemon import Daemon, NotificationServer

WORDS = Words("en")
Plyer = Callable[[ShowResult], None]


@pytest.fixture
def plyer(monkeypatch: pytest.MonkeyPatch) -> Plyer:
    """Return what sets the answer of the second channel; at first it delivers nothing."""

    def answer(result: ShowResult) -> None:
        monkeypatch.setattr(PlyerChannel, "show", lambda self, popup: result)

    answer(ShowResult(why="not-delivered", detail="no notify-send"))
    return answer


def says(key: str, **values: object) -> str:
    return WORDS(key, **values)


def test_a_sample_is_shown_by_the_channel_of_the_settings(home: Home, bus: Daemon, plyer: Plyer) -> None:
    """With the buttons that reminders have; held where the desktop is set not to disturb."""
    server = NotificationServer()
    bus.add(server)
    assert show_sample(home, WORDS) == PopupTest("desktop", None)
    assert server.titles == [says("popup.test")]
    assert "start" in server.popups[0]["buttons"]
    server.properties["Inhibited"] = ("b", True)
    assert show_sample(home, WORDS) == PopupTest(None, says("reminders.why.do-not-disturb"))
    assert len(server.popups) == 1


def test_one_channel_alone_is_tried_where_it_is_named(
    home: Home, bus: Daemon, plyer: Plyer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the caller, or by the settings; the reason is told with what the channel said."""
    bus.add(NotificationServer())
    told = f"{says('reminders.why.not-delivered')} (plyer: no notify-send)"
    assert show_sample(home, WORDS, only="plyer") == PopupTest(None, told)
    assert show_sample(home, WORDS, only="desktop").channel == "desktop"
    home.records.change_profile(lambda profile: replace(profile, notify="plyer"))
    assert show_sample(home, WORDS) == PopupTest(None, told)
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    assert show_sample(home, WORDS).channel == "desktop"


def test_an_open_terminal_shows_it_itself(home: Home, bus: Daemon, plyer: Plyer) -> None:
    """Where the desktop cannot."""
    rung: list[Popup] = []

    def ring(popup: Popup) -> bool:
        rung.append(popup)
        return True

    assert show_sample(home, WORDS, ring) == PopupTest("terminal", None)
    assert [popup.title for popup in rung] == [says("popup.test")]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ({"test_channel": "desktop"}, PopupTest("desktop", None)),
        (
            {"test_why": "not-delivered", "trouble": "no session bus"},
            PopupTest(None, f"{WORDS('reminders.why.not-delivered')} (no session bus)"),
        ),
        (
            {"test_why": "do-not-disturb", "trouble": "do-not-disturb"},
            PopupTest(None, WORDS("reminders.why.do-not-disturb")),
        ),
        ({"test_why": "no-answer"}, PopupTest(None, WORDS("reminders.why.no-answer"))),
        ({"trouble": "records.error.no-space"}, PopupTest(None, f"({WORDS('records.error.no-space')})")),
        ({}, PopupTest(None, "")),
        (
            {"test_channel": "desktop", "test_why": "handed-over", "trouble": "x"},
            PopupTest("desktop", WORDS("reminders.why.handed-over")),
        ),
    ],
)  # fmt: skip
def test_the_agent_that_runs_shows_it_and_says_why_not(
    home: Home, bus: Daemon, monkeypatch: pytest.MonkeyPatch, status: dict[str, Any], told: PopupTest
) -> None:
    """Whether its own connection to the desktop works is what matters."""
    asked: list[str] = []

    def ask(places: object, wanted: str) -> AgentStatus:
        asked.append(wanted)
        return AgentStatus(running=True, **status)

    monkeypatch.setattr(sample_popup, "ask_agent", ask)
    assert show_sample(home, WORDS) == told
    assert asked == ["show"]
    monkeypatch.setenv("COACH_NOTIFY", "desktop")
    show_sample(home, WORDS)
    assert asked == ["show"]
    lock = claim(home.places.agent_lock(), "agent", "now")
    assert isinstance(lock, FileLock)
    monkeypatch.delenv("COACH_NOTIFY")
    if told.channel:
        key = "selftest.popup.handed" if told.why else "selftest.popup.ok"
        assert prove_popup(home, WORDS) == says(key, channel="desktop", why=told.why)
    else:
        with pytest.raises(CoachError) as raised:
            prove_popup(home, WORDS)
        assert raised.value.values["why"] == (told.why or "?")
    lock.release()


def test_the_self_test_passes_no_channel_over() -> None:
    """All are tried but the terminal, which is open or not whatever else works."""
    assert {*sample_popup.WITHOUT_TERMINAL, "terminal"} == set(CHANNELS)


def test_the_self_test_tries_each_channel_and_tells_of_each(
    home: Home, bus: Daemon, plyer: Plyer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that works is enough; what does not is named with its reason."""
    monkeypatch.setattr(sample_popup, "WITHOUT_TERMINAL", ("desktop", "plyer"))
    with pytest.raises(CoachError) as raised:
        prove_popup(home, WORDS)
    assert raised.value.key == "selftest.popup.none"
    assert "provided" in str(raised.value.values["why"])
    bus.add(NotificationServer())
    why = f"{says('reminders.why.not-delivered')} (plyer: no notify-send)"
    ok, fails = says("selftest.popup.ok", channel="desktop"), says("selftest.popup.not", channel="plyer", why=why)
    assert prove_popup(home, WORDS) == f"{ok} {fails}"
    plyer(ShowResult(channel="plyer"))
    assert prove_popup(home, WORDS) == says("selftest.popup.ok", channel="desktop, plyer")
    plyer(ShowResult(channel="plyer", why="handed-over"))
    cannot_know = says("selftest.popup.handed", channel="plyer", why=says("reminders.why.handed-over"))
    assert prove_popup(home, WORDS) == f"{ok} {cannot_know}"
    plyer(ShowResult(channel="plyer"))
    home.records.change_profile(lambda profile: replace(profile, notify="plyer"))
    assert prove_popup(home, WORDS) == says("selftest.popup.ok", channel="plyer")
    home.records.change_profile(lambda profile: replace(profile, notify="terminal"))
    with pytest.raises(CoachError) as raised:
        prove_popup(home, WORDS)
    assert "no open terminal" in str(raised.value.values["why"])


@pytest.mark.parametrize(
    ("test", "key"),
    [
        (PopupTest("desktop", None), "delivered"),
        (PopupTest("desktop", "handed"), "handed"),
        (PopupTest(None, "no bus"), "failed"),
    ],
)
def test_what_became_of_it_is_told_truly(test: PopupTest, key: str) -> None:
    """What the desktop took, and may never have shown, is not called shown."""
    said = sample_popup.told(test, WORDS)
    assert said == says(f"reminders.test.{key}", channel=says("reminders.channel.desktop"), why=test.why)
