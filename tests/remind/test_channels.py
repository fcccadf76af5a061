"""The ways of showing a popup: in order, honest about what they did, and harmless to a terminal."""

import pytest

from coach.domain.reminders.reminder import ChannelName
from coach.remind.channels import Channel, Popup, ShowResult, channel_order, escape_markup, show_by
from coach.remind.channels.plyer import WINDOWS_BODY, WINDOWS_TITLE, document
from coach.remind.channels.terminal import TerminalChannel, sequence

POPUP = Popup(title="Time for a short break", body="One minute.")


class Way:
    """A channel that does as it is told."""

    def __init__(self, name: ChannelName, shown: ShowResult) -> None:
        self.name: ChannelName = name
        self.shown = shown
        self.asked = 0

    def show(self, popup: Popup) -> ShowResult:
        self.asked += 1
        return self.shown

    def check(self) -> ShowResult:
        return self.shown


def ways(**given: ShowResult) -> dict[ChannelName, Way]:
    names: tuple[ChannelName, ...] = ("desktop", "plyer", "terminal")
    return {name: Way(name, given[name]) for name in names if name in given}


def by(found: dict[ChannelName, Way], setting: str = "auto") -> ShowResult:
    channels: dict[ChannelName, Channel] = {name: way for name, way in found.items()}  # noqa: C416 -- widens the type
    return show_by(channels, setting, POPUP)


NOT = ShowResult(why="not-delivered", detail="no bus")


def test_a_channel_that_failed_falls_to_the_next() -> None:
    """The desktop failed, plyer delivered: it is plyer's."""
    assert by(ways(desktop=NOT, plyer=ShowResult(channel="plyer"))).channel == "plyer"


def test_where_none_delivers_each_reason_is_told() -> None:
    """Nothing is called delivered, and whoever looks for the fault finds what each said."""
    shown = by(ways(desktop=NOT, plyer=ShowResult(why="not-delivered", detail="exit 1")))
    assert (shown.channel, shown.detail) == (None, "desktop: no bus; plyer: exit 1")


@pytest.mark.parametrize("why", ["do-not-disturb", "no-answer"])
def test_what_may_still_come_is_not_shown_another_way(why: str) -> None:
    """Held back, or taken without an answer: a second channel would make it two."""
    held = ShowResult(why="do-not-disturb") if why == "do-not-disturb" else ShowResult(why="no-answer")
    found = ways(desktop=held, plyer=ShowResult(channel="plyer"))
    assert by(found).why == why
    assert found["plyer"].asked == 0


def test_a_named_channel_is_the_only_one() -> None:
    """Who chose the terminal gets the terminal, or the truth."""
    found = ways(desktop=ShowResult(channel="desktop"), terminal=NOT)
    assert by(found, "terminal").channel is None
    assert found["desktop"].asked == 0
    assert channel_order("plyer") == ("plyer",)


def test_windows_takes_so_much_and_no_more() -> None:
    """Long and Japanese texts, and letters beyond the first plane, are cut where Windows would raise."""
    said = document(Popup(title="膝" * 90, body="🦵" * 200), markup=False, system="win32")
    assert len(said["title"].encode("utf-16-le")) // 2 < WINDOWS_TITLE
    assert len(said["message"].encode("utf-16-le")) // 2 < WINDOWS_BODY
    assert said["title"].endswith("…")


def test_other_systems_get_the_whole_text() -> None:
    """Nothing is cut where nothing needs to be; control characters are visible."""
    said = document(Popup(title="膝" * 90, body="a\x1bb"), markup=False, system="darwin")
    assert said == {"title": "膝" * 90, "message": "a␛b"}


def test_markup_is_text() -> None:
    """What looks like markup reaches a server that reads markup as what it is."""
    assert escape_markup("<b>&</b>") == "&lt;b&gt;&amp;&lt;/b&gt;"


@pytest.mark.parametrize(
    ("environ", "start"),
    [
        ({"TERM": "xterm-kitty"}, "\x1b]99;"),
        ({"VTE_VERSION": "7000"}, "\x1b]777;notify;"),
        ({"TERM": "foot"}, "\x1b]777;notify;"),
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;"),
        ({"WT_SESSION": "1"}, "\x1b]9;"),
        ({"TERM": "xterm-256color"}, "\a"),
        ({"TERM": "xterm-kitty", "TMUX": "1"}, "\a"),
    ],
)
def test_each_terminal_is_called_in_its_own_way(environ: dict[str, str], start: str) -> None:
    """One notification of the kind that it understands, and the bell; never two."""
    said = sequence(POPUP, environ)
    assert said.startswith(start)
    assert said.endswith("\a")
    assert said.count("\x1b]") <= 2


@pytest.mark.parametrize(
    ("environ", "body", "said"),
    [
        ({"KITTY_WINDOW_ID": "1"}, "b", "\x1b]99;i=coach:d=0;Tea\x1b\\\x1b]99;i=coach:p=body;b\x1b\\"),
        ({"VTE_VERSION": "1"}, "b", "\x1b]777;notify;Tea;b\x1b\\"),
        ({"WT_SESSION": "1"}, "b", "\x1b]9;Tea: b\x1b\\"),
        ({"WT_SESSION": "1"}, "", "\x1b]9;Tea\x1b\\"),
        ({"STY": "1", "VTE_VERSION": "1"}, "b", ""),
        ({}, "b", ""),
    ],
    ids=["kitty", "vte", "windows", "title alone", "screen", "none"],
)
@pytest.mark.parametrize("sound", [True, False])
def test_a_terminal_is_told_title_and_text(environ: dict[str, str], body: str, said: str, sound: bool) -> None:
    """In its own way; the bell rings only where sounds are on."""
    assert sequence(Popup(title="Tea", body=body, sound=sound), environ) == said + ("\a" if sound else "")


def test_a_persons_text_cannot_break_out_of_the_sequence() -> None:
    """A text with escape codes, separators and bells is text within the notification."""
    said = sequence(Popup(title="x\x1b\\\x07;y", body="\x9b31m"), {"VTE_VERSION": "1"})
    assert said.count("\x1b") == 2
    assert said.count(";") == 3
    assert "\x9b" not in said


def test_without_an_open_terminal_nothing_is_claimed() -> None:
    """No terminal, a terminal that broke, and one that said no: not delivered."""

    def broken(popup: Popup) -> bool:
        raise OSError("gone")

    assert TerminalChannel(None).show(POPUP).channel is None
    assert TerminalChannel(broken).show(POPUP).detail == "gone"
    assert TerminalChannel(lambda popup: False).show(POPUP).channel is None
    assert TerminalChannel(lambda popup: True).show(POPUP).channel == "terminal"
    assert TerminalChannel(None).check() == TerminalChannel(None).show(POPUP)
    assert TerminalChannel(broken).check().channel == "terminal"
