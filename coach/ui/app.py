"""The app: one home, its settings, and the reminders while it is open. It holds no truth of its own."""

import gc
from typing import TYPE_CHECKING, Any, ClassVar

from textual.command import CommandPalette
from textual.timer import Timer, TimerCallback

from coach import clock
from coach.errors import CoachError
from coach.home import Home
from coach.ui.hangup import end_on_request
from coach.ui.messages import trouble
from coach.ui.navigator import Navigator
from coach.ui.themes import legible, theme_name, themes
from coach.words import LANGUAGES, locale_language

if TYPE_CHECKING:
    from coach.ui.palette import Commands
    from coach.ui.reminder_thread import ReminderThread

REMIND_AFTER_S = 1.0
"""Seconds between the first frame and taking the reminders over: the first keys are answered before that is loaded."""


def _commands() -> "type[Commands]":
    """Return what the palette finds, loaded with the first palette."""
    from coach.ui.palette import Commands

    return Commands


class CoachApp(Navigator):
    """The terminal UI of one person."""

    CSS_PATH = "ui.tcss"
    TITLE = "coach"
    ENABLE_COMMAND_PALETTE = False  # its key is one of our commands
    COMMANDS: ClassVar[set[Any]] = {_commands}

    def __init__(
        self, home: Home, language: str | None = None, opens: tuple[str, dict[str, Any]] | None = None
    ) -> None:
        """Open nothing yet; ``language`` wins over the profile's, which wins over the locale's.

        ``opens`` names a screen, with its arguments, that opens over Today.
        """
        profile = home.profile
        super().__init__(home, language or profile.language or locale_language())
        self._opens = opens
        self.reminds = False
        """Whether to keep the reminders while the screen is open."""
        self._reminders: ReminderThread | None = None
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.use_theme(profile.theme)
        self._styled = False
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Read all styles again, for another theme; the one that the app began with has them from the first reading."""
        if self._styled:
            super().refresh_css(animate)

    def use_theme(self, chosen: str | None) -> None:
        """Use the colours of a setting; without colours, the terminal's own letters on its own ground."""
        self.theme = theme_name(None if self.no_color else chosen)

    def _fatal_error(self) -> None:
        """Tell where the program broke, for whoever mends it, and not with what: that is what the person wrote."""
        import sys
        import traceback

        from rich.text import Text

        kind, _, trace = sys.exc_info()
        lines = [*traceback.format_tb(trace), kind.__name__ if kind else ""]
        self.bell()
        self._exit_renderables.append(Text("".join(lines)))
        self._close_messages_no_wait()

    def action_command_palette(self) -> None:
        """Find and run a command by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=self.words("help.search")))

    def search_themes(self) -> None:
        """Choose among all themes, with their own palettes."""
        from coach.ui.palette import Themes

        self.push_screen(CommandPalette([Themes], placeholder=self.words("ui.search-themes")))

    def action_choose_theme(self, name: str) -> None:
        """Use a theme, and keep the choice."""
        from coach.actions.setup import change_settings

        change_settings(self.home, theme=name)
        self.use_theme(name)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme: whatever it is, its text can be read, and it has our looks too."""
        self.theme_variables = legible(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def on_mount(self) -> None:
        """Open what was asked for, and the questions of the first run before anything."""
        self._styled = True
        if self._opens is not None:
            self.push_screen(self.make(self._opens[0], **self._opens[1]))
        elif not self.home.profile.set_up:
            self.push_screen(self.make("first-run"))

    def on_ready(self) -> None:
        """Look for rubbish again, now that the first frame is drawn; what was imported stays, and is not looked at."""
        gc.freeze()
        gc.enable()
        if self.reminds:
            end_on_request(lambda status: self.exit(return_code=status))
            self.set_timer(REMIND_AFTER_S, self.keep_reminders)

    def set_timer(
        self, delay: float, callback: TimerCallback | None = None, *, name: str | None = None, pause: bool = False
    ) -> Timer:
        """Call ``callback`` once, however late it has become.

        On a busy machine the library drops a call whose moment passes before its task first runs. It draws a resize
        by such a call, and never again after one was dropped.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # noqa: SLF001 -- it has no other way to be told
        return timer

    def action_next_language(self) -> None:
        """Speak the next language, and keep it."""
        from coach.actions.setup import change_settings

        following = LANGUAGES[(LANGUAGES.index(self.words.language) + 1) % len(LANGUAGES)]
        if self.home.profile.set_up:
            change_settings(self.home, language=following)
        self.speak(following)

    def action_sync_now(self) -> None:
        """Sync with the folder of the settings, and say what came; where there is none, ask for it."""
        from coach.actions.sync import sync_target

        if sync_target(self.home) is None:
            self.go("settings", at="sync")
        else:
            self.run_worker(self._sync, thread=True, exclusive=True, group="sync")

    def _sync(self) -> None:
        """Sync in a thread of its own, as a folder may be slow."""
        from coach.actions.sync import lines_of, problems_of, sync, sync_target

        home = Home(self.home.places)
        try:
            target = sync_target(home)
            synced = sync(home, target, clock.now(), self.words) if target else None
        except (CoachError, OSError) as error:
            self.call_from_thread(self.say, trouble(error, self.words), "alert")
            return
        if synced is not None:
            lines = [*lines_of(synced, self.words), *problems_of(synced, self.words)]
            self.call_from_thread(self.say, "\n".join(lines))
            self.call_from_thread(self.open_screens[-1].read_anew)

    def action_leave(self) -> None:
        """Leave the UI; where the reminders come from it, say so first."""
        if self.owns_reminders() and self.open_screens and self.open_screens[-1].NAME != "leave":
            self.push_screen(self.make("leave"))
        else:
            self.exit(0)

    def owns_reminders(self) -> bool:
        """Whether the reminders come from this program now."""
        return self._reminders is not None and self._reminders.owns

    def keep_reminders(self) -> None:
        """Keep the reminders while the screen is open, if nobody does."""
        from coach.ui.reminder_thread import ReminderThread

        self._reminders = self._reminders or ReminderThread(self)
        self._reminders.begin()

    def end_reminders(self) -> None:
        """Let the reminders go: the screen closes, or an agent takes over."""
        if self._reminders is not None:
            self._reminders.end()

    def hand_over(self) -> None:
        """Let the background agent go on with the reminders."""
        from coach.agent.control import start_agent

        self.end_reminders()
        start_agent(self.home.places)
