"""Today: one still page. It is worked out anew when something was noted, or when a time that it shows has passed."""

from datetime import datetime, time, timedelta
from typing import ClassVar

from msgspec.structs import replace

from coach import clock
from coach.actions.exercise.interrupted import interrupted
from coach.actions.today import today
from coach.domain.profile import Profile
from coach.domain.reminders.time_line import TimeLine
from coach.domain.status.status import Status
from coach.domain.status.wall_clock import resolve
from coach.errors import CoachError
from coach.ui.areas import Placed, whole_page
from coach.ui.commands import Command
from coach.ui.messages import trouble
from coach.ui.screen import BoardScreen
from coach.ui.screens.today_lines import NextReminder, TodayLines
from coach.ui.screens.today_page import AREAS, HIGH, WIDE, TodayPage
from coach.ui.text import wrap
from coach.words.damage import damage_text
from coach.words.dates import week_day

LOOK_EVERY = 2.0
"""Seconds between two looks at the files; a look costs a few system calls and paints nothing."""
SHOWN_REMINDERS = 12
LEADS_OUT = ("why", "check-in", "seen", "help", "leave")
"""Commands in the footer in an emergency: why, a slip to mend, a visit to note."""


class Today(BoardScreen):
    """How it is going, the routine, what comes next, ice, the one habit, and two weeks of pain."""

    NAME = "today"
    STAYS: ClassVar[bool] = True
    AREAS: ClassVar[tuple[str, ...]] = AREAS
    OFFERS = (
        Command("go-on", "enter", area="today"),
        Command("start", "enter", area="today"),
        Command("answer", "enter", area="today"),
        Command("why", "w", area="today"),
        Command("followup", "a", area="today"),
        Command("frequency", "m", area="today"),
        Command("break", "k", area="today", footer=False),
    )

    def __init__(self) -> None:
        """Work nothing out yet."""
        super().__init__()
        self._drawn: TodayPage | None = None
        self._profile: Profile
        """Read with the page."""
        self._trouble = ""
        self._told = False
        self._revision: object = None
        self._valid_until: datetime | None = None
        self._pictured = False

    def on_mount(self) -> None:
        """Begin to look; draw what the first frame did not wait for."""
        self.set_interval(LOOK_EVERY, self.look)
        self.call_after_refresh(self._picture)

    def _picture(self) -> None:
        """Draw the picture of the first stretch, where there is room for it."""
        self._pictured = True
        if self._drawn is not None:
            self._drawn = replace(self._drawn, pictured=True)
            if self.size.width >= WIDE and self.size.height >= HIGH:
                self.redraw()

    def on_screen_resume(self) -> None:
        """Come back to the front."""
        if self._drawn is not None:
            self.look()

    def look(self) -> None:
        """Work the page out anew if a file changed or a time has passed; it is painted only if a line differs."""
        if self.is_active and (self._revision != self._read_from() or self._passed()):
            self._drawn = None
            self.redraw()

    def _read_from(self) -> object:
        """Return what is another one once a file was written, or the machine's zone was set anew: after a journey."""
        return self.home.revision(), clock.zone_revision()

    def _passed(self) -> bool:
        return self._valid_until is not None and self.now() >= self._valid_until

    def page_or_none(self) -> TodayPage | None:
        """Return the page, or None where something of it cannot be read: what and where is then shown in its place."""
        try:
            return self.page_now()
        except (CoachError, OSError) as error:
            self._revision = self._read_from()
            self._trouble = trouble(error, self.words, "ui.not-read")
            return None

    def page_now(self) -> TodayPage:
        """Return the page as it is, worked out once in a language."""
        if self._drawn is None or self._drawn.text.words is not self.words:
            self._revision = self._read_from()
            now, self._profile = self.now(), self.home.profile
            day = today(self.home, now)
            coming, line = self._ahead(now, day.status)
            left = interrupted(self.home, now)
            text = TodayLines(day, coming, self.words, self.home.content, self._profile.region, now, left)
            self._drawn = TodayPage(text, line, self._pictured)
            self._valid_until = _next_change(self._drawn, now)
            self.call_after_refresh(self._tell_damage)
        return self._drawn

    def _tell_damage(self) -> None:
        """Say once what was found damaged, or is wrong in the person's own content, and what to do."""
        messages = [damage_text(problem, self.words) for problem in self.home.records.damage()]
        if messages:
            self.home.records.damage_told()
        if not self._told:
            self._told = True
            messages += [trouble(problem, self.words) for problem in self.home.content.problems_met()]
        if messages:
            self.say("\n".join(messages), "alert")

    def _ahead(self, now: datetime, status: Status) -> tuple[tuple[NextReminder, ...], TimeLine]:
        """Return the next reminders, and the waking day as a line."""
        from coach.actions.reminders.schedule import outlook
        from coach.actions.reminders.settings import all_reminders

        own = {reminder.id: reminder.text for reminder in all_reminders(self.home)}
        slots, line = outlook(self.home, now, SHOWN_REMINDERS, status)
        coming = (NextReminder(slot.due, slot.called, own.get(slot.id) or "") for slot in slots)
        return tuple(coming), line

    def heading(self) -> tuple[str, str]:
        """Return the title and the day."""
        page = self.page_or_none()
        return ("", "") if page and page.alarms else (self.words("today.title"), week_day(self.now(), self.words))

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the areas of the page."""
        page = self.page_or_none()
        if page is not None and not page.alarms:
            return page.areas(width, height)
        if page is None:
            lines = wrap(self._trouble, width, "alert")
        else:
            from coach.ui.emergency import emergency_page

            lines = emergency_page(self._profile, self.words, self.home.content, width, height)
        return whole_page(lines, width, height)

    def in_footer(self, command: Command) -> bool:
        """Whether a command stands in the footer: in an emergency only what leads out of it."""
        page = self.page_or_none()
        return command.id in LEADS_OUT if page and page.alarms else super().in_footer(command)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Start only where a session may begin; answer first where the list of signs was never answered."""
        if action not in ("go_on", "start", "answer", "followup", "frequency", "break"):
            return True
        day = page.day if (page := self.page_or_none()) else None
        if action == "break":
            return page is not None and not page.alarms
        if day is None or action == "followup":
            return day is not None and bool(day.why_not or day.goals_due or day.weekly)
        if action == "frequency":
            return day.frequency is not None
        status = day.status
        may = status.may_start and day.plan.routine is not None
        if action == "go_on":
            return may and self.page_now().text.interrupted is not None
        return may if action == "start" else (not may and status.ask_signs)

    def action_go_on(self) -> None:
        """Go on with the session that broke off."""
        self.app.go("session")

    def action_why(self) -> None:
        """Show the reasons; in an emergency they stand behind its page."""
        page = self.page_or_none()
        self.app.go("decision", whole=page is not None and page.alarms)

    def action_start(self) -> None:
        """Begin the routine."""
        self.app.go("session")

    def action_followup(self) -> None:
        """Answer the small question."""
        self.app.go("followup")

    def action_frequency(self) -> None:
        """Choose how often to be called."""
        self.app.go("frequency")

    def action_break(self) -> None:
        """Take a break now: the count begins afresh, and the minute is led where a session may begin."""
        from coach.actions.reminders.breaks import next_break, take_break
        from coach.ui.reminder_thread import open_for
        from coach.words.desk_break import noted_text
        from coach.words.moments import moment

        now = self.now()
        try:
            take_break(self.home, now)
        except (CoachError, OSError) as error:
            self.say(trouble(error, self.words), "alert")
            return
        status = self.page_now().day.status
        if status.may_start and open_for(self.app, "desk-break"):
            return
        coming = next_break(self.home, now)
        after = [self.words("reminders.break.next", time=moment(coming.due, self.words, now))] if coming else []
        self.say("\n".join([noted_text(status, self.words), *after]))

    def action_answer(self) -> None:
        """Look at the signs first."""
        self.app.go("check-in")


def _next_change(page: TodayPage, now: datetime) -> datetime:
    """Return the next moment at which something on the page becomes otherwise."""
    midnight = resolve(datetime.combine(now.date() + timedelta(days=1), time()), now.tzinfo)
    day = page.day
    times = [midnight, *(reminder.due for reminder in page.text.coming[:1])]
    times += [at for at in (day.ice.next_at, day.status.pause and day.status.pause.until) if at]
    times += [day.ice.running.ends_at] if day.ice.running else []
    return min((at for at in times if at > now), default=midnight)
