"""Settings: every answer is kept as it is given; nonsense is answered under its field, and what was there stays."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from coach.actions.goals import keep_line
from coach.actions.named_file import named_path
from coach.actions.reminders.schedule import day_and_week
from coach.actions.setup import change_settings
from coach.actions.sync import begin_sync, last_sync, stop_sync, sync_target
from coach.domain.goals import open_goals
from coach.domain.triage.state import STATES
from coach.errors import CoachError, UsageError
from coach.ui.app import CoachApp
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.messages import trouble
from coach.ui.profile_form import GOAL, ProfileForm, answer_of
from coach.ui.text import BLANK, styled, wrap
from coach.ui.widgets.field import Field
from coach.ui.widgets.lines import Lines, Paragraphs, if_readable, where_readable
from coach.ui.widgets.text_input import TextInput
from coach.ui.widgets.time_line import line_of_day
from coach.ui.widgets.week_ahead import week_lines
from coach.words.care import care_text
from coach.words.moments import moment
from coach.words.state import state_text
from coach.words.system import error_text

WEEK = 9
"""Rows of the days ahead: seven, their hours, and what the marks mean."""


class Settings(FormScreen):
    """Everything in the profile."""

    NAME = "settings"
    ROAMING: ClassVar[bool] = True
    app: CoachApp
    OFFERS = (Command("keep", "enter", area="settings"), *FIELD_KEYS)

    def __init__(self, at: str = "") -> None:
        """Begin at a question."""
        super().__init__()
        self._at = at
        self._goals: dict[str, str | None] = {}
        """The id of the goal in each line; an id may hold what no widget's name can."""

    def again(self) -> dict[str, Any]:
        """Keep the place."""
        return {"at": (self.focused.id if self.focused else "") or ""}

    def prepare(self) -> None:
        """Read the settings."""
        self.home.profile  # noqa: B018 -- reads it

    def _form(self) -> ProfileForm:
        return ProfileForm(self.home.profile, self.words, self.home.content, self.now().date())

    def questions(self) -> Iterable[Widget]:
        """Yield every setting, in four groups."""
        form = self._form()
        yield self._head("you")
        yield from (form.language(), form.region(), form.side(), form.baseline().classed("apart"))
        yield from form.onset()
        yield from (form.contexts().classed("apart"), form.ice_conditions().classed("apart"))
        yield self._head("goals")
        goals = enumerate(open_goals(form.profile.goals), start=1)
        self._goals = {f"{GOAL}{number}": goal.id for number, goal in goals}
        yield from form.goals()
        yield self._head("day")
        yield from (*form.work(), *form.daily(), form.slot(), *form.quiet())
        yield self._head("popups")
        yield from (form.popups(), form.notify(), *form.waits(), self._autostart())
        yield self._head("sync")
        yield from form.typed("sync", self._sync_folder(), "settings.sync-hint")
        yield Paragraphs(self._last_sync(), "muted", id="sync-last", classes="inner")
        yield self._head("screen")
        yield form.theme()
        yield from (form.switch(name) for name in ("sound", "voice", "motion", "large_text"))

    def aside(self) -> Iterable[Widget]:
        """Yield what the settings come to: the reminders, whom to call, and the states in their colours."""
        seen = Lines(self._come_to, id="aside")
        seen.border_title = Content(self.words("settings.come-to"))
        yield seen

    def _come_to(self, width: int, height: int) -> list[Content]:
        words, home, now = self.words, self.home, self.now()
        days = cache(lambda: day_and_week(home, now))
        parts: dict[str, Callable[[], list[Content]]] = {
            "day": lambda: line_of_day(days()[0], width, hours=True),
            "ahead": lambda: week_lines(days()[1], width, WEEK, words),
            "call": lambda: wrap(care_text("emergency", home.profile.region, words, home.content), width),
            "states": lambda: [styled(state_text(state, words), state) for state in STATES],
        }
        drawn = {name: where_readable(draw) for name, draw in parts.items()}  # whom to call stands without a log too
        return [
            line for name, lines in drawn.items() if lines
            for line in (styled(words(f"settings.shown-{name}"), "muted"), *lines, BLANK)
        ]  # fmt: skip

    def _head(self, group: str) -> Paragraphs:
        return Paragraphs(self.words(f"settings.group-{group}"), "title", above=1)

    def _autostart(self) -> Field:
        return Field("autostart", self.words("settings.autostart"), self._form().yes_no(), _autostart(self))

    def _sync_folder(self) -> str:
        target = sync_target(self.home)
        return target.folder if target else ""

    def _last_sync(self) -> str:
        """Return how the last sync went; where there is none, what it is for."""
        target = sync_target(self.home)
        if target is None:
            return self.words("settings.sync-note")
        memory = last_sync(self.home, target)
        skipped = [read.arrival for read in memory.read.values() if read.arrival.problem]
        lines = [self.words("sync.skipped", file=each.file, problem=each.problem or "") for each in skipped]
        if memory.trouble:
            lines.append(self.words("sync.trouble"))
        if memory.at:
            lines.append(self.words("sync.last", when=moment(memory.at, self.words, self.now())))
        return "\n".join(lines) or self.words("sync.never")

    def _keep_sync(self, value: str) -> bool:
        """Sync with a folder from now on, or no longer with any."""
        folder = value.strip()
        try:
            if folder == self._sync_folder():
                return self.wrong("sync", "")
            if folder:
                begin_sync(self.home, named_path(folder))
                self.app.action_sync_now()
            elif target := stop_sync(self.home):
                self.say(self.words("sync.stopped", folder=target.folder, file=target.file))
        except (CoachError, OSError) as error:
            return self.wrong("sync", trouble(error, self.words))
        self.redraw()
        return self.wrong("sync", "")

    def redraw(self) -> None:
        """Draw what changed, how the last sync went too."""
        super().redraw()
        for last in self.query("#sync-last").results(Paragraphs):
            last.say(if_readable(self._last_sync) or last.text, "muted")

    def on_mount(self) -> None:
        """Go where one was."""
        if self._at:
            self.call_after_refresh(self.focus_field, self._at)

    @on(Field.Changed)
    def changed(self, event: Field.Changed) -> None:
        """Keep an answer that was chosen."""
        self._keep(str(event.field.id), answer_of(event.field))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Keep what was typed when its field is left."""
        if isinstance(event.widget, TextInput):
            self._keep(str(event.widget.id), event.widget.value)

    def action_keep(self) -> None:
        """Keep this answer and go on."""
        if isinstance(self.focused, TextInput) and not self._keep(str(self.focused.id), self.focused.value):
            return
        self.action_to_field(1)

    def _keep(self, name: str, value: Any) -> bool:
        """Keep one answer; False where it means nothing or could not be kept, which is said under its field."""
        if name == "sync":
            return self._keep_sync(value)
        try:
            if name == "autostart":
                _set_autostart(self, value == "yes")
                return self.wrong(name, "")
            if name.startswith(GOAL):
                return self._keep_goal(name, str(value))
            fields = self._form().read(name, value)
        except ValueError:
            return self.wrong(name, self.words(f"settings.wrong.{name}"))
        except Exception as error:  # noqa: BLE001 -- the desktop may refuse in its own way
            return self.wrong(name, f"{self.words(f'settings.wrong.{name}')} {trouble(error, self.words)}")
        changed = self.attempt(lambda: change_settings(self.home, **fields))
        if changed is None:
            return False
        self.words.region = self.home.profile.region  # first: it decides how the days beside are written
        if changed:
            self.say(self.words("settings.kept"))
            self.query_one("#aside", Lines).redraw()
        self.wrong(name, "")
        self._use(name, value)
        return True

    def _keep_goal(self, name: str, value: str) -> bool:
        """Keep the goal of a line; False where it is too long, or one too many."""
        before = self.home.profile.goals
        try:
            self._goals[name] = keep_line(self.home, self._goals.get(name), value, self.now())
        except UsageError as error:
            return self.wrong(name, error_text(error, self.words))
        if self.home.profile.goals != before:
            self.say(self.words("settings.kept"))
        return self.wrong(name, "")

    def _use(self, name: str, value: Any) -> None:
        """Let what concerns this screen be seen at once."""
        if name == "theme":
            self.app.use_theme(value)
        elif name == "language" and value != self.words.language:
            self.app.speak(value)


def _autostart(screen: Settings) -> str:
    from coach.agent.autostart import enabled

    return "yes" if enabled() else "no"


def _set_autostart(screen: Settings, on_: bool) -> None:
    from coach.agent import autostart

    (autostart.enable if on_ else autostart.disable)()
