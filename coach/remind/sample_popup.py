"""One popup now, to prove by which channel popups really come here."""

import msgspec

from coach.domain.reminders.reminder import ChannelName
from coach.home import Home
from coach.remind.channels import show_by
from coach.remind.channels.terminal import Ring
from coach.remind.delivery import Showing, setting
from coach.remind.wording import sample_popup
from coach.words import Words


class Tried(msgspec.Struct, frozen=True):
    """By which channel a popup was delivered, None with the reason where by none."""

    channel: ChannelName | None
    why: str | None


def show_one(home: Home, words: Words, ring: Ring | None = None, only: ChannelName | None = None) -> Tried:
    """Show one popup now, by ``only`` or by the channel of the settings."""
    showing = Showing(home, ring)
    shown = show_by(showing.channels, only or setting(home), sample_popup(home, words))
    why = words(f"reminders.why.{shown.why}") if shown.why else None
    return Tried(shown.channel, f"{why} ({shown.detail})" if why and shown.detail else why)
