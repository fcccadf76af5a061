"""One popup now, to prove by which channel popups really come here."""

import os
from collections.abc import Iterator

import msgspec

from coach.agent.status import AgentStatus, ask_agent
from coach.domain.reminders.reminder import CHANNELS, ChannelName
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import holder_of
from coach.remind.channels import show_by
from coach.remind.channels.terminal import Ring
from coach.remind.delivery import PopupDelivery, channel_setting
from coach.remind.wording import sample_popup
from coach.words import Words
from coach.words.shown import shown

WITHOUT_TERMINAL: tuple[ChannelName, ...] = tuple(name for name in CHANNELS if name != "terminal")
"""The channels that need no open terminal."""


class PopupTest(msgspec.Struct, frozen=True):
    """By which channel a popup was delivered, None with the reason where by none."""

    channel: ChannelName | None
    why: str | None
    """Beside a channel: why it cannot be known whether the popup was seen."""


def show_sample(home: Home, words: Words, ring: Ring | None = None, only: ChannelName | None = None) -> PopupTest:
    """Show one popup now, by ``only`` or by the channel of the settings.

    Where an agent runs, it shows it: whether its own connection to the desktop works is what matters.
    """
    if only is None and ring is None and "COACH_NOTIFY" not in os.environ:
        agent = ask_agent(home.places, "show")
        if agent.running:
            return PopupTest(agent.test_channel, _why_not(agent, words))
    delivery = PopupDelivery(home, ring)
    result = show_by(delivery.channels, only or channel_setting(home), sample_popup(home, words))
    delivery.desktop.disconnect()
    why = words(f"reminders.why.{result.why}") if result.why else None
    return PopupTest(result.channel, f"{why} ({result.detail})" if why and result.detail else why)


def _why_not(agent: AgentStatus, words: Words) -> str | None:
    """Return why the agent could not show one, or cannot know whether it did; None where it did."""
    if agent.test_channel and not agent.test_why:
        return None
    why = words(f"reminders.why.{agent.test_why}") if agent.test_why else ""
    if agent.test_channel:
        return why
    trouble = words(agent.trouble) if agent.trouble and words.has(agent.trouble) else agent.trouble
    return " ".join(part for part in (why, f"({trouble})" if trouble and trouble != agent.test_why else "") if part)


def told(test: PopupTest, words: Words) -> str:
    """Return by which channel one was shown, what of that cannot be known, or why none was."""
    if test.channel is None:
        return words("reminders.test.failed", why=shown(test.why or ""))
    key = "reminders.test.handed" if test.why else "reminders.test.delivered"
    return words(key, channel=words(f"reminders.channel.{test.channel}"), why=shown(test.why or ""))


def prove_popup(home: Home, words: Words) -> str:
    """Show one by each channel of this machine, or by the one that is set; ``CoachError`` where none delivered."""
    chosen = channel_setting(home)
    if holder_of(home.places.agent_lock()) is not None:
        test = show_sample(home, words)
        if test.channel is None:
            raise CoachError("selftest.popup.none", why=test.why or "?")
        return " ".join(_told({test.channel: test}, words))
    tests = {name: show_sample(home, words, only=name) for name in WITHOUT_TERMINAL if chosen in ("auto", name)}
    if not any(test.channel for test in tests.values()):
        first = next(iter(tests.values()), None) or show_sample(home, words)
        raise CoachError("selftest.popup.none", why=first.why or "?")
    return " ".join(_told(tests, words))


def _told(tests: dict[ChannelName, PopupTest], words: Words) -> Iterator[str]:
    """Yield a sentence of those that showed one, and one of each other: it did not, or cannot know."""
    if works := [name for name, test in tests.items() if test.channel and not test.why]:
        yield words("selftest.popup.ok", channel=", ".join(works))
    for name, test in tests.items():
        if test.why:
            yield words(f"selftest.popup.{'handed' if test.channel else 'not'}", channel=name, why=shown(test.why))
