"""The first minute: emergency signs before anything, then one list of short questions, then today's reminders."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from coach.actions.link import link_command
from coach.actions.setup import screen, set_up
from coach.agent.autostart import enable
from coach.domain.profile import Profile
from coach.domain.status.history import Screening
from coach.domain.status.wall_clock import local_day
from coach.domain.triage.rules import Group
from coach.errors import CoachError
from coach.ui.app import CoachApp
from coach.ui.commands import Command
from coach.ui.emergency import numbers_of_regions
from coach.ui.figure_lines import row_of_figures
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.messages import trouble
from coach.ui.profile_form import ProfileForm, answer_of
from coach.ui.signs import FIRST, PREFIX, all_answered, answered, sign_question, sign_questions
from coach.ui.widgets.field import ActionRow, Field, MultiChoice
from coach.ui.widgets.lines import Lines, Paragraphs, where_readable
from coach.ui.widgets.text_input import TextInput
from coach.ui.widgets.week_ahead import week_lines
from coach.way_in import offered_link
from coach.words.care import care_text
from coach.words.dates import local_time

if TYPE_CHECKING:
    from coach.actions.reminders.schedule import Coming

BESIDE = ("autostart", "link")
"""Questions whose answers change the machine and not the profile."""


class FirstRun(FormScreen):
    """Signs, seven questions at most, a look at the day's reminders; then Today."""

    NAME = "first-run"
    AREA = "firstrun"
    STAYS: ClassVar[bool] = True
    app: CoachApp
    OFFERS = (
        Command("next", "enter", area="firstrun"),
        Command("switch", "f2", area="firstrun"),
        *FIELD_KEYS,
    )
    ASIDE_BELOW: ClassVar[bool] = True
    STAGES: ClassVar[tuple[str, ...]] = (*FIRST, "about", "reminders")

    def __init__(self, stage: str = FIRST[0], signs: dict[str, Any] | None = None, **answers: Any) -> None:
        """Begin with the emergency signs, or go on in another language."""
        super().__init__()
        self._stage = stage
        self._signs = dict(signs or {})
        self._answers = answers

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        self._take()
        return {"stage": self._stage, "signs": self._signs, **self._answers}

    def heading(self) -> tuple[str, str]:
        """Return the name of the program, and the part."""
        at = self.STAGES.index(self._stage) + 1
        return self.words(f"firstrun.head.{self._stage}"), self.words("checkin.part", n=at, all=len(self.STAGES))

    def questions(self) -> Iterable[Widget]:
        """Yield the questions of this stage."""
        if self._stage in FIRST:
            return self._sign_list(self._stage)
        return self._about() if self._stage == "about" else self._reminders()

    def _sign_list(self, group: Any) -> Iterable[Widget]:
        if group == FIRST[0]:
            yield Paragraphs(self.words("firstrun.welcome"))
            yield Paragraphs(
                self.words("firstrun.numbers", numbers=numbers_of_regions(self.words, self.home.content)), "alert"
            )
            yield Paragraphs(" ")
        yield from sign_questions(group, self.home.content.rules, self.words, self._signs, {})
        none = self.words("checkin.none-of-these")
        yield ActionRow("none", self.app.key_name("enter"), none, "screen.next").classed("apart")

    def _form(self) -> ProfileForm:
        return ProfileForm(self.home.profile, self.words, self.home.content, self.now().date())

    def _about(self) -> Iterable[Widget]:
        form = self._form()
        yield Paragraphs(self.words("firstrun.about"), "muted")
        asked: list[Widget] = [form.language().classed("apart"), form.region(), form.side()]
        asked += [form.baseline().classed("apart"), *form.onset()]
        asked += [form.contexts().classed("apart"), form.ice_conditions().classed("apart"), *self._yearly()]
        asked += [*form.work(), *form.daily(), form.popups().classed("apart"), self._autostart().classed("apart")]
        asked += self._link()
        yield from map(self._filled, asked)
        enter = self.app.key_name("enter")
        yield ActionRow("done", enter, self.words("firstrun.done"), "screen.next").classed("apart")

    def _yearly(self) -> Iterable[Field]:
        """Ask the facts that are asked once a year; left open, the first check-in asks them."""
        book = self.home.content.rules
        return (sign_question(book.signs[sign], self.words, self._signs, {}) for sign in sorted(book.yearly))

    def _autostart(self) -> Field:
        note = self.words("firstrun.autostart-note")
        return Field("autostart", self.words("settings.autostart"), self._form().yes_no(), "no", note=note)

    def _link(self) -> list[Field]:
        """Offer to make the command's name work, where it does not."""
        if offered_link() is None:
            return []
        note = self.words("firstrun.link-note")
        return [Field("link", self.words("firstrun.link"), self._form().yes_no(), "no", note=note)]

    def _filled(self, widget: Widget) -> Widget:
        """Give a question the answer that it had before the language was changed."""
        if widget.id in self._answers:
            value = self._answers[widget.id]
            if isinstance(widget, MultiChoice):
                widget.values = value
            elif isinstance(widget, TextInput | Field):
                widget.value = value
        return widget

    def _reminders(self) -> Iterable[Widget]:
        from coach.actions.reminders.schedule import upcoming

        yield Paragraphs(self.words("firstrun.reminders"), "strong")
        yield Paragraphs(" ")
        try:
            coming = upcoming(self.home, self.now(), 24)
        except (CoachError, OSError) as error:  # set-up is done all the same
            yield Paragraphs(trouble(error, self.words, "ui.not-read"), "alert")
        else:
            yield from map(Paragraphs, self._times_of_today(coming) or [self.words("firstrun.no-more-today")])
        yield Paragraphs(self.words("firstrun.change-later"), "muted", above=1)
        if not self.app.is_web:
            yield Paragraphs(self.words("firstrun.browser"), "muted", above=1)
        enter = self.app.key_name("enter")
        yield ActionRow("open", enter, self.words("firstrun.open"), "screen.next").classed("apart")

    def _times_of_today(self, coming: "Iterable[Coming]") -> list[str]:
        """Return the reminders that still come today with their times, a line for each kind."""
        now, times = self.now(), dict[str, list[str]]()
        for slot in coming:
            if local_day(slot.due, now) == now.date():
                times.setdefault(self.words(f"kind.{slot.kind}"), []).append(local_time(slot.due, now))
        return [f"{kind}{self.words('report.colon')}{'  '.join(due)}" for kind, due in times.items()]

    def aside(self) -> Iterable[Widget]:
        """Yield what goes with the part: a few stretches as they look, then the days ahead with their reminders."""
        picture = Lines(self._picture, id="aside")
        picture.border_title = self._picture_title()
        yield picture

    def _picture_title(self) -> Content:
        return Content(self.words("remindscreen.week" if self._stage == "reminders" else "firstrun.stretches"))

    def _picture(self, width: int, height: int) -> list[Content]:
        if self._stage == "reminders":
            from coach.actions.reminders.schedule import week_ahead

            return where_readable(lambda: week_lines(week_ahead(self.home, self.now()), width, height, self.words))
        return row_of_figures(self.home.content.stretches.values(), self.words, width, height)

    async def rebuild(self, focus: str = "") -> None:
        """Ask other questions, with what goes with them."""
        await super().rebuild(focus)
        picture = self.query_one("#aside", Lines)
        picture.border_title = self._picture_title()
        picture.redraw()

    @on(Field.Changed)
    def changed(self, event: Field.Changed) -> None:
        """Speak another language at once; answer a sign at once."""
        self._take()
        if event.field.id == "language" and event.field.value not in (None, self.words.language):
            self.app.speak(str(event.field.value))
        elif self._stage in FIRST:
            self._show_urgency()

    def _show_urgency(self) -> None:
        urgent = self._stage == FIRST[0] and "yes" in self._signs.values()
        self.query_one("#aside").display = not urgent
        text = care_text("emergency", self.words.region, self.words, self.home.content)
        self.foot(
            f"{self.words('decision.headline.emergency')}\n{text}" if urgent else "",
            "alert",
            "emergency" if urgent else None,
        )

    def _take(self) -> None:
        self._signs |= answered(self.form.query(Field))
        if self._stage == "about":
            for widget in (*self.form.query(Field), *self.form.query(TextInput)):
                if widget.id and not isinstance(widget, ActionRow) and not widget.id.startswith(PREFIX):
                    self._answers[widget.id] = answer_of(widget)

    async def action_next(self) -> None:
        """Go on."""
        form = self.form
        # What it would go past is shown first: nobody skips a question that they never saw.
        if self._stage in (*FIRST, "about") and form.scroll_offset.y < form.max_scroll_y:
            form.scroll_page_down(animate=False)
            return
        self._take()
        if self._stage in FIRST:
            await self._past_signs()
        elif self._stage == "about":
            await self._past_about()
        else:
            self.app.to_today()

    def action_switch(self) -> None:
        """Speak the next language."""
        self._take()
        self.app.action_next_language()

    async def _past_signs(self) -> None:
        group: Group = FIRST[0] if self._stage == FIRST[0] else FIRST[1]
        self._signs |= all_answered(group, self.home.content.rules, self._signs)
        urgent = group == FIRST[0] and "yes" in self._signs.values()
        if (group == FIRST[1] or urgent) and self.attempt(self._screened) is None:
            return
        if set(self._signs.values()) - {"no"} and (group == FIRST[1] or urgent):
            self._stage = "about"
            await self.rebuild()
            self.app.go("decision")
            return
        self._stage = FIRST[1] if group == FIRST[0] else "about"
        await self.rebuild()

    def _screened(self) -> Screening:
        return screen(self.home, self._signs, self.now())

    async def _past_about(self) -> None:
        form, answers = self._form(), {}
        for name, value in self._answers.items():
            if name in BESIDE:
                continue
            try:
                answers.update(form.read(name, value))
                self.wrong(name, "")
            except ValueError:
                self.wrong(name, self.words(f"settings.wrong.{name}"))
                self.focus_field(name)
                return
        if self.attempt(lambda: self._set_up(answers)) is None:
            return
        self.words.region = self.home.profile.region
        if self._answers.get("autostart") == "yes":
            self._try(enable)
        if self._answers.get("link") == "yes":
            self._try(lambda: link_command(self.home))
        self._stage = "reminders"
        await self.rebuild()

    def _set_up(self, answers: dict[str, Any]) -> Profile:
        """Keep the facts of once a year that were answered, then the profile."""
        facts = {sign: answer for sign, answer in self._signs.items() if sign in self.home.content.rules.yearly}
        if facts:
            screen(self.home, facts, self.now())
        return set_up(self.home, self.now(), **answers)

    def _try(self, act: Callable[[], object]) -> None:
        """Switch something on; where it cannot be, that is said and set-up goes on."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- set-up is done all the same
            self.app.say(trouble(error, self.words))
