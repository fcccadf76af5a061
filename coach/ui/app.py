"""The app: one home, one language at a time, and the way from screen to screen. It holds no truth of its own."""

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from coach.errors import CoachError
from coach.home import Home
from coach.ui.commands import GLOBAL, Command
from coach.ui.messages import trouble
from coach.ui.screen import CoachScreen
from coach.ui.themes import theme_name, themes
from coach.words import LANGUAGES, Words, locale_language

if TYPE_CHECKING:
    from coach.ui.reminding import Reminding

SCREENS: dict[str, str] = {
    "today": "coach.ui.screens.today:Today",
    "first-run": "coach.ui.screens.first_run:FirstRun",
    "check-in": "coach.ui.screens.check_in:CheckInScreen",
    "decision": "coach.ui.screens.decision:DecisionScreen",
    "seen": "coach.ui.screens.seen:SeenScreen",
    "followup": "coach.ui.screens.followup:Followup",
    "frequency": "coach.ui.screens.frequency:FrequencyScreen",
    "hurts": "coach.ui.screens.hurts:Hurts",
    "settings": "coach.ui.screens.settings:Settings",
    "help": "coach.ui.screens.help:Help",
    "leave": "coach.ui.screens.leave:Leave",
    "session": "coach.ui.screens.session:SessionScreen",
    "ice": "coach.ui.screens.ice:IceScreen",
    "ice-conditions": "coach.ui.screens.ice_conditions:IceConditions",
    "habit": "coach.ui.screens.habit:HabitScreen",
    "reminders": "coach.ui.screens.reminders:RemindersScreen",
    "reminder": "coach.ui.screens.reminder:ReminderScreen",
    "history": "coach.ui.screens.history:HistoryScreen",
    "learn": "coach.ui.screens.learn:Learn",
    "summary": "coach.ui.screens.summary:SummaryScreen",
}
"""Screen name to the class that draws it, imported when it is first opened."""


OPENS: dict[str, str] = {
    "desk-break": "session",
    "posture": "session",
    "custom": "session",
    "routine": "session",
    "check-in": "check-in",
}
"""What the start button of a reminder opens here."""
MAY_HURT = ("check-in", "decision", "seen", "followup", "frequency")
"""Screens in the middle of something over which *it hurts* may open all the same."""
REMIND_AFTER_S = 1.0
"""Seconds between the first frame and taking the reminders over: the first keys are answered before that is loaded."""


class CoachApp(App[int]):
    """The terminal UI of one person."""

    CSS_PATH = "ui.tcss"
    TITLE = "coach"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding(command.key, command.does, show=False) for command in GLOBAL]

    def __init__(
        self, home: Home, language: str | None = None, opens: tuple[str, dict[str, Any]] | None = None
    ) -> None:
        """Open nothing yet; ``language`` wins over the profile's, which wins over the locale's.

        ``opens`` names a screen, with its arguments, that opens over Today.
        """
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._opens = opens
        self.home = home
        self.reminds = False
        """Whether to keep the reminders while the screen is open."""
        self._reminding: Reminding | None = None
        profile = home.profile
        self.words = Words(language or profile.language or locale_language())
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.use_theme(profile.theme)

    def use_theme(self, chosen: str | None) -> None:
        """Use the colours of a setting; without colours, the terminal's own letters on its own ground."""
        self.theme = theme_name(None if self.no_color else chosen)

    def get_default_screen(self) -> CoachScreen:
        """Return Today, over which all others open."""
        return self.make("today")

    def on_mount(self) -> None:
        """Open what was asked for, and the questions of the first run before anything."""
        if self._opens is not None:
            self.push_screen(self.make(self._opens[0], **self._opens[1]))
        elif not self.home.profile.set_up:
            self.push_screen(self.make("first-run"))

    def on_ready(self) -> None:
        """Look for rubbish again, now that the first frame is drawn; what was imported stays, and is not looked at."""
        gc.freeze()
        gc.enable()
        if self.reminds:
            self.set_timer(REMIND_AFTER_S, self.keep_reminders)

    @property
    def open_screens(self) -> list[CoachScreen]:
        """The screens that are open, the one in front last."""
        return [screen for screen in self.screen_stack if isinstance(screen, CoachScreen)]

    def make(self, name: str, **arguments: Any) -> CoachScreen:
        """Return a new screen by its name."""
        module, _, kind = SCREENS[name].partition(":")
        screen = getattr(import_module(module), kind)(**arguments)
        assert isinstance(screen, CoachScreen)
        return screen

    def go(self, name: str, **arguments: Any) -> None:
        """Open a screen: over Today, or over one that is in the middle of something."""
        front = self.screen
        if isinstance(front, CoachScreen) and name == front.NAME and arguments == front.again():
            return
        if name == "today":
            self.to_today()
        elif len(self.open_screens) > 1 and isinstance(front, CoachScreen) and front.ROAMING and name != "help":
            self.switch_screen(self.make(name, **arguments))
        else:
            self.push_screen(self.make(name, **arguments))

    def to_today(self) -> None:
        """Close everything down to Today."""
        for _ in self.open_screens[1:]:
            self.pop_screen()

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

    def back(self) -> None:
        """Close this screen; the first stays."""
        if len(self.open_screens) > 1:
            self.pop_screen()

    async def perform(self, command: Command) -> None:
        """Do what a command does, as its key would on the screen that is open."""
        await self.run_action(command.does, self.screen)

    def speak(self, language: str) -> None:
        """Go on in another language: Today is worked out anew, and every screen over it is made anew."""
        wanted = [(screen.NAME, screen.again()) for screen in self.open_screens[1:]]
        self.words = Words(language)
        self.to_today()
        self.open_screens[0].redraw()
        for name, arguments in wanted:
            self.push_screen(self.make(name, **arguments))

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
            return isinstance(screen, CoachScreen) and not screen.STAYS
        if not isinstance(screen, CoachScreen) or action not in ("go", "next_language", "hurts"):
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

    def action_next_language(self) -> None:
        """Speak the next language, and keep it."""
        following = LANGUAGES[(LANGUAGES.index(self.words.language) + 1) % len(LANGUAGES)]
        if self.home.profile.set_up:
            self.home.records.change_profile(lambda old: replace(old, language=following))
        self.speak(following)

    def action_leave(self) -> None:
        """Leave the UI; where the reminders come from it, say so first."""
        if self.owns_reminders() and self.open_screens and self.open_screens[-1].NAME != "leave":
            self.push_screen(self.make("leave"))
        else:
            self.exit(0)

    def owns_reminders(self) -> bool:
        """Whether the reminders come from this program now."""
        return self._reminding is not None and self._reminding.owns

    def keep_reminders(self) -> None:
        """Keep the reminders while the screen is open, if nobody does."""
        from coach.ui.reminding import Reminding

        self._reminding = self._reminding or Reminding(self)
        self._reminding.begin()

    def end_reminders(self) -> None:
        """Let the reminders go: the screen closes, or an agent takes over."""
        if self._reminding is not None:
            self._reminding.end()

    def hand_over(self) -> None:
        """Let the background agent go on with the reminders."""
        from coach.agent.control import start_agent

        self.end_reminders()
        start_agent(self.home.places)

    def call_out(self, text: str, sequence: str) -> None:
        """Show a reminder in this terminal: a line above the footer, and what makes the terminal call."""
        if self._driver is not None:
            self._driver.write(sequence)
        self.say(text)

    def open_for(self, kind: str) -> bool:
        """Open what a reminder is about; False where the person is in the middle of something."""
        if not self.open_screens or not self.open_screens[-1].ROAMING or kind not in OPENS:
            return False
        from coach import clock
        from coach.remind.popup_break import desk_routine

        short = OPENS[kind] == "session" and kind != "routine"
        try:
            self.go(OPENS[kind], **({"routine": desk_routine(self.home, clock.now())} if short else {}))
        except (CoachError, OSError) as error:
            self.say(trouble(error, self.words, "ui.not-read"), "alert")
        return True
