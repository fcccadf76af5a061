"""The way from screen to screen: the app as every screen knows it. It imports no screen before it is opened."""

import os
from importlib import import_module
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.widgets import Input

from coach.errors import CoachError
from coach.full_width import narrow
from coach.home import Home
from coach.ui.commands import GLOBAL, Command, describe
from coach.ui.messages import trouble
from coach.words import Words

SCREENS: dict[str, str] = {
    "today": "coach.ui.screens.today:Today",
    "first-run": "coach.ui.screens.first_run:FirstRun",
    "check-in": "coach.ui.screens.check_in:CheckInScreen",
    "edit-check-in": "coach.ui.screens.check_in.edit:EditCheckInScreen",
    "decision": "coach.ui.screens.decision:DecisionScreen",
    "seen": "coach.ui.screens.seen:SeenScreen",
    "followup": "coach.ui.screens.followup:Followup",
    "frequency": "coach.ui.screens.frequency:FrequencyScreen",
    "hurts": "coach.ui.screens.hurts:Hurts",
    "settings": "coach.ui.screens.settings:Settings",
    "help": "coach.ui.screens.help:Help",
    "leave": "coach.ui.screens.leave:Leave",
    "reminder-call": "coach.ui.screens.reminder_call:ReminderCall",
    "session": "coach.ui.screens.session:SessionScreen",
    "ice": "coach.ui.screens.ice:IceScreen",
    "ice-conditions": "coach.ui.screens.ice_conditions:IceConditions",
    "habit": "coach.ui.screens.habit:HabitScreen",
    "reminders": "coach.ui.screens.reminders:RemindersScreen",
    "reminder": "coach.ui.screens.reminder:ReminderScreen",
    "history": "coach.ui.screens.history:HistoryScreen",
    "day": "coach.ui.screens.day:DayScreen",
    "learn": "coach.ui.screens.learn:Learn",
    "gallery": "coach.ui.screens.gallery:Gallery",
    "summary": "coach.ui.screens.summary:SummaryScreen",
}
"""Screen name to the class that draws it, imported when it is first opened."""
MAY_HURT = ("check-in", "edit-check-in", "decision", "seen", "followup", "frequency")
"""Screens in the middle of something over which *it hurts* may open all the same."""


class OpenScreen(Screen[None]):
    """What the way from screen to screen needs to know of one; see ``coach.ui.screen`` for what it looks like."""

    NAME: ClassVar[str] = ""
    """Its name in ``SCREENS`` and its area in the catalogue (where ``AREA`` is empty)."""
    ROAMING: ClassVar[bool] = True
    """Whether the global commands that open other screens work here."""
    STAYS: ClassVar[bool] = False
    """Whether there is no way back from here."""

    def again(self) -> dict[str, Any]:
        """Return the constructor arguments that make this screen anew as it is now."""
        return {}

    def prepare(self) -> None:
        """Read what is shown at any size: nothing is read while it is drawn, where an error would end the program.

        Where it can't be read, the screen stays closed, and the reason is said.
        """

    def read_anew(self) -> None:
        """Read again what is shown, and draw it; where it can't be read, say why, and leave what was shown."""
        raise NotImplementedError

    def offered(self) -> list[Command]:
        """Return the commands that can be used now, the screen's own first."""
        raise NotImplementedError

    def say(self, text: str, role: str = "accent") -> None:
        """Say something in whole lines; an empty text clears it."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw what changed."""
        raise NotImplementedError


class Navigator(App[int]):
    """Opens and closes screens over Today, in one language at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in GLOBAL if command.key]

    def __init__(self, home: Home, language: str) -> None:
        """Open nothing yet."""
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.home = home
        self.words = Words(language, home.profile.region)
        self._told_of_input_method = False
        describe(self._bindings, GLOBAL, self.words)

    def get_default_screen(self) -> OpenScreen:
        """Return Today, over which all others open."""
        return self.make("today")

    @property
    def open_screens(self) -> list[OpenScreen]:
        """The screens that are open, the one in front last."""
        return [screen for screen in self.screen_stack if isinstance(screen, OpenScreen)]

    def make(self, name: str, **arguments: Any) -> OpenScreen:
        """Return a new screen by its name; a CoachError where what it shows can't be read.

        Only here can that be said: an error while the library draws a screen ends the program.
        """
        module, _, kind = SCREENS[name].partition(":")
        try:
            screen = getattr(import_module(module), kind)(**arguments)
            assert isinstance(screen, OpenScreen)
            screen.prepare()
        except OSError as error:
            raise CoachError("ui.not-read", reason=error.strerror or type(error).__name__) from error
        return screen

    def go(self, name: str, **arguments: Any) -> None:
        """Open a screen: over Today, or over one that is in the middle of something."""
        front = self.screen
        if isinstance(front, OpenScreen) and name == front.NAME and arguments == front.again():
            return
        if name == "today":
            self.to_today()
        elif len(self.open_screens) > 1 and isinstance(front, OpenScreen) and front.ROAMING and name != "help":
            self.switch_screen(self.make(name, **arguments))
        else:
            self.push_screen(self.make(name, **arguments))

    def to_today(self) -> None:
        """Close everything down to Today."""
        for _ in self.open_screens[1:]:
            self.pop_screen()

    def back(self) -> None:
        """Close this screen; the first stays."""
        if len(self.open_screens) > 1:
            self.pop_screen()

    def speak(self, language: str) -> None:
        """Go on in another language: Today is worked out anew, and every screen over it is made anew."""
        wanted = [(screen.NAME, screen.again()) for screen in self.open_screens[1:]]
        self.words = Words(language, self.home.profile.region)
        describe(self._bindings, GLOBAL, self.words)
        self.to_today()
        self.open_screens[0].redraw()
        for name, arguments in wanted:
            self.push_screen(self.make(name, **arguments))

    async def on_event(self, event: events.Event) -> None:
        """Take a key in full width for the plain one, but where it is text."""
        if isinstance(event, events.Key) and not event.is_forwarded and not self._takes_letters():
            letter = narrow(event.character or "")
            if letter and letter != event.character:
                event = events.Key(_character_to_key(letter), letter)
        await super().on_event(event)

    def why_nothing(self, event: events.Key) -> str:
        """Return, once, why a key that no field took can do nothing: kana have no plain twin, and are no key."""
        if event.character is None or event.character.isascii() or self._told_of_input_method:
            return ""
        self._told_of_input_method = True
        return self.words("ui.input-method")

    def _takes_letters(self) -> bool:
        """Tell whether a field has the focus in which a letter is text."""
        return isinstance(self.focused, Input) or getattr(self.focused, "TAKES_LETTERS", False) is True

    def say(self, text: str, role: str = "accent") -> None:
        """Say something on the screen in front."""
        if self.open_screens:
            self.open_screens[-1].call_after_refresh(self.open_screens[-1].say, text, role)

    async def run_action(self, *arguments: Any, **options: Any) -> bool:
        """Run an action; where something cannot be read or kept, say so and stay: nothing on the screen is lost."""
        try:
            return await super().run_action(*arguments, **options)
        except (CoachError, OSError) as error:
            self.say(trouble(error, self.words), "alert")
            return True

    async def perform(self, command: Command) -> None:
        """Do what a command does, as its key would on the screen that is open."""
        await self.run_action(command.does, self.screen)

    def keys_of(self, command: Command) -> str:
        """Return the keys of a command, comma between: its own, or those of a keymap (``App.set_keymap``)."""
        return self._keymap.get(command.binding_id, command.key)

    def key_name(self, key: str) -> str:
        """Return what a key is called by people."""
        name = f"ui.key.{key}"
        return self.words(name) if self.words.has(name) else key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether an action is possible on the open screen."""
        return self.allows(action, parameters, self.screen)

    def allows(self, action: str, parameters: tuple[object, ...], screen: Screen[Any]) -> bool:
        """Refuse to leave a screen that is in the middle of something, and to go back where nothing is behind."""
        if action == "back":
            return isinstance(screen, OpenScreen) and not screen.STAYS
        if not isinstance(screen, OpenScreen) or action not in ("go", "next_language", "hurts", "sync_now"):
            return True
        if action == "go" and parameters:
            name = str(parameters[0])
            return name in SCREENS and name != screen.NAME and (screen.ROAMING or name == "help")
        return screen.ROAMING or (action == "hurts" and screen.NAME in MAY_HURT)

    def action_go(self, name: str) -> None:
        """Open a screen by its name."""
        self.go(name)

    async def action_back(self) -> None:
        """Close this screen."""
        self.back()

    def action_hurts(self) -> None:
        """Take note that it hurts."""
        self.go("hurts")
