"""How the owner of reminders tells what it can do: asked by others, and looked at by itself now and then."""

from coach.agent.lease import SharedHome
from coach.agent.status import LedBy, StatusDocument, StatusFile
from coach.home import Home
from coach.remind.buttons import Buttons
from coach.remind.channels import ShowResult
from coach.remind.delivery import PopupDelivery
from coach.remind.sounds import Sounds
from coach.remind.wording import sample_popup, words_of

CHECK_EVERY_S = 600.0
"""How often to ask whether a popup would come, where nothing else asks."""
CHECK_LOST_EVERY_S = 10.0


class StatusReporter:
    """Answers whoever asks whether a popup would come now, and writes how the service is."""

    def __init__(
        self, home: Home, delivery: PopupDelivery, buttons: Buttons, sounds: Sounds, shared: SharedHome
    ) -> None:  # fmt: skip
        """Tell of ``delivery`` and ``sounds``, and of whether this machine is the one that calls."""
        self._home = home
        self._delivery = delivery
        self._buttons = buttons
        self._sounds = sounds
        self._shared = shared
        self._file = StatusFile(home.places)
        self._next_check = 0.0
        """On the monotonic clock."""
        self._reach = ShowResult()
        """What would become of a popup, as it was last asked."""
        self._test = ShowResult()
        """What became of the popup that somebody asked for."""
        self._led_by: LedBy | None = None
        """Where the break is led that somebody asked for."""
        self._plays = False
        """Whether a tone can be played."""

    def check_soon(self) -> None:
        """Look at the next heartbeat whether a popup would come: what was known of it is over."""
        self._next_check = 0.0

    def look(self, monotonic: float) -> None:
        """Do what somebody asks, and answer; look by oneself now and then, and after trouble."""
        asked = self._file.asked()
        if not asked and monotonic < self._next_check:
            return
        self._next_check = monotonic + (CHECK_LOST_EVERY_S if self._delivery.desktop.lost else CHECK_EVERY_S)
        self._reach = self._delivery.check()
        if asked == "show":
            self._test = self._delivery.send(sample_popup(self._home, words_of(self._home)))
        if asked == "break":
            self._led_by = self._buttons.lead_break(monotonic)
        self._plays = self._sounds.possible()
        self.write()

    def write(self, trouble: str | None = None) -> None:
        """Write how the service is, and ``trouble`` in place of that of the last popup."""
        self._file.write(
            StatusDocument(
                trouble=trouble or self._delivery.trouble,
                channel=self._delivery.last_channel,
                reaches=self._reach.channel,
                held=self._held(),
                test_channel=self._test.channel,
                test_why=self._test.why,
                sound=self._plays,
                led_by=self._led_by,
            )
        )

    def _held(self) -> str | None:
        """Return why popups are held back now."""
        if not self._shared.calls:
            return "other-machine"
        return self._reach.why if self._reach.channel else None
