"""The reminders while the screen is open: kept by a thread of this program, unless an agent keeps them already."""

import threading
from collections.abc import Callable
from functools import partial

from coach import clock
from coach.agent.screen import ScreenRequests
from coach.errors import CoachError
from coach.home import Home
from coach.records.lock import FileLock, claim
from coach.remind.channels import Action, Popup
from coach.remind.channels.terminal import sequence
from coach.remind.popup_break import desk_routine
from coach.remind.service import Service
from coach.ui.messages import trouble
from coach.ui.navigator import Navigator

OPENS: dict[str, str] = {
    "desk-break": "session",
    "posture": "session",
    "custom": "session",
    "routine": "session",
    "check-in": "check-in",
}
"""What the start button of a reminder opens here."""
LOOK_S = 0.5
"""How often to look whether an agent asks for something to be opened."""
STOP_S = 3.0
"""How long leaving waits for the thread; a notification server that hangs must not hold a person up."""


class ReminderThread:
    """The thread, and the lock that makes this program the one owner of reminders."""

    def __init__(self, app: Navigator) -> None:
        """Serve the person of ``app``; nothing runs before ``begin``."""
        self._app = app
        self._held: FileLock | None = None
        self._service: Service | None = None
        self._thread: threading.Thread | None = None
        self._requests: ScreenRequests | None = None

    @property
    def owns(self) -> bool:
        """Whether the reminders come from here now."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Take over, if nobody keeps the reminders; where the folder lets nobody, say so and go on without."""
        if self.owns:
            return
        try:
            held = claim(self._app.home.places.agent_lock(), "ui", clock.now().isoformat())
        except (OSError, CoachError):
            self._app.say(self._app.words("ui.no-reminders", folder=str(self._app.home.places.data)))
            return
        if not isinstance(held, FileLock):
            self._watch()
            return
        self._held = held
        home = Home(self._app.home.places, language=lambda: self._app.words.language)
        self._service = Service(home, "ui", ring=self.ring, open_screen=self._open_screen, holds_lock=held.in_place)
        self._thread = threading.Thread(target=self._service.run, name="reminders", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        """Be the screen on which an agent opens what its popups are about, as it keeps the reminders itself."""
        if self._requests is None:
            self._requests = ScreenRequests(self._app.home.places)
            self._app.set_interval(LOOK_S, self._serve)

    def _serve(self) -> None:
        if self._requests is not None:
            self._requests.serve(lambda kind: open_for(self._app, kind))

    def end(self) -> None:
        """Stop, and let another own the reminders."""
        if self._requests is not None:
            self._requests.close()
            self._requests = None
        if self._service and self._thread:
            self._service.stop()
            self._thread.join(STOP_S)
        if self._held:
            self._held.release()
        self._service = self._thread = self._held = None

    def ring(self, popup: Popup) -> bool:
        """Show a popup in this terminal."""
        return show_popup(self._app, popup, self._answer)

    def _answer(self, popup: Popup, action: Action) -> None:
        if self._service is not None:
            self._service.answer(popup.slot, action)

    def _open_screen(self, kind: str) -> bool:
        """Open what a reminder is about, where the person is not in the middle of something."""
        return bool(self._app.call_from_thread(open_for, self._app, kind))


def show_popup(app: Navigator, popup: Popup, answer: Callable[[Popup, Action], None] | None = None) -> bool:
    """From another thread, show a popup on the screen, and let the terminal call.

    With ``answer`` it comes with a key for each button, where the person is not in the middle of something.
    """
    app.call_from_thread(_call_out, app, popup, answer)
    return True


def _call_out(app: Navigator, popup: Popup, answer: Callable[[Popup, Action], None] | None) -> None:
    if app._driver is not None:  # noqa: SLF001 -- Textual offers no way to send a terminal a sequence of its own
        app._driver.write(sequence(popup))  # noqa: SLF001
    front = app.open_screens[-1] if app.open_screens else None
    if answer is not None and popup.slot and popup.buttons and front is not None and front.ROAMING:
        app.push_screen(app.make("reminder-call", popup=popup, answer=partial(answer, popup)))
    else:
        app.say(f"{popup.title}\n{popup.body}".strip())


def open_for(app: Navigator, kind: str) -> bool:
    """Open what a reminder is about; False where the person is in the middle of something."""
    if not app.open_screens or not app.open_screens[-1].ROAMING or kind not in OPENS:
        return False
    short = OPENS[kind] == "session" and kind != "routine"
    try:
        app.go(OPENS[kind], **({"routine": desk_routine(app.home, clock.now())} if short else {}))
    except (CoachError, OSError) as error:
        app.say(trouble(error, app.words, "ui.not-read"), "alert")
    return True
