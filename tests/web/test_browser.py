"""The screen in a real Chromium, by the mouse alone: set-up, a check-in, a session that moves and is gone on with."""

import re
import time
from pathlib import Path

import pytest

from coach.home import Home
from coach.words import Words
from tests.browser import AGAIN_S, PATIENCE_S, Browser, Tab
from tests.web.conftest import Serve, interrupt, wait_for

pytestmark = pytest.mark.desktop
WIDE, HIGH = 1200, 1800
"""Pixels in which the longest page of questions is seen whole."""
LAPTOP = (1366, 768)


def beginning(words: Words, key: str, **values: object) -> str:
    """Return a pattern of how a sentence begins: a long one is broken into lines."""
    return re.escape(words(key, **values)[:12].rstrip())


def set_up(tab: Tab, words: Words) -> None:
    """Answer the first questions, and open Today."""
    none = beginning(words, "checkin.none-of-these")
    for part in (1, 2):
        tab.wait_for(re.escape(words("checkin.part", n=part, all=4)))
        tab.click(none, then=re.escape(words("checkin.part", n=part + 1, all=4)))
    tab.click(beginning(words, "firstrun.done"), then=beginning(words, "firstrun.open"))
    tab.click(beginning(words, "firstrun.open"), then=f"c {beginning(words, 'ui.command.check-in.name')}")


def check_in(tab: Tab, words: Words) -> None:
    """Note a 1, and nothing new."""
    nothing = beginning(words, "checkin.nothing")
    tab.click(f"c {beginning(words, 'ui.command.check-in.name')}", then=nothing)
    tab.click("1   2   3   4", then="‹1›")
    tab.click(nothing, then=beginning(words, "today.command.start.name"))


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en", "ja"])
def test_by_the_mouse_alone(serve: Serve, browser: Browser, home: Home, language: str, tmp_path: Path) -> None:
    """From the first question into a session; the tab is closed, and the next one offers to go on."""
    words = Words(language)
    served = serve("--lang", language, "--no-browser")
    tab = browser.tab()
    tab.resize(WIDE, HIGH)
    tab.load(served.address)
    set_up(tab, words)
    tab.resize(*LAPTOP)
    check_in(tab, words)
    go_on = f"Enter {beginning(words, 'session.command.go-on.name')}"
    tab.click(f"Enter {beginning(words, 'today.command.start.name')}", then=go_on)
    moments = [tab.click(go_on, then=f"h {beginning(words, 'session.command.it-hurts.name')}")]
    until = time.monotonic() + 30
    while len(set(moments)) < 8 and time.monotonic() < until:
        moments.append(tab.text())
    assert len(set(moments)) == 8, "nothing moves"
    assert len(tab.picture()) > 10_000
    tab.close()
    wait_for(lambda: not served.tabs())

    again = browser.tab()
    again.resize(*LAPTOP)
    again.load(served.address)
    again.click(f"Enter {beginning(words, 'today.command.go-on.name')}", then=beginning(words, "session.offer.go-on"))
    assert home.records.history().check_ins[-1].answers.pain.walking == 1
    for each in (tab, again):
        assert {address.partition("//")[2].partition("/")[0] for address in each.requests()} == {
            f"127.0.0.1:{served.port}"
        }
        assert not [complaint for complaint in each.complaints() if "software WebGL" not in complaint]
    assert interrupt(served.process) == 0


def test_a_tab_says_when_its_screen_is_closed(serve: Serve, browser: Browser) -> None:
    """Who leaves, or whose server has ended, is told so, and can open it again."""
    served = serve("--no-browser")
    tab = browser.tab()
    tab.resize(WIDE, HIGH)
    tab.load(served.address)
    words = Words("en")
    tab.wait_for(beginning(words, "checkin.none-of-these"))
    leave = f"q {beginning(words, 'ui.command.leave.name')}"
    tab.wait_for(leave)
    until, again = time.monotonic() + PATIENCE_S, 0.0
    while not tab.value("document.body.classList.contains('-closed')"):
        assert time.monotonic() < until
        if time.monotonic() > again:  # what moves away as one presses is missed
            tab.press(leave)
            again = time.monotonic() + AGAIN_S
        time.sleep(0.05)
    shown = "getComputedStyle(document.getElementById('closed')).display"
    assert tab.value(shown) == "flex"
    assert tab.value("document.getElementById('again').innerText") == words("web.page.again")
    tab.value("document.getElementById('again').click()")
    tab.wait_for(beginning(words, "checkin.none-of-these"))
