"""The screen of a check-in: from stage to stage, deciding on what is answered while one answers.

What was answered lives in the screen until it is kept, so that a save that fails loses nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from coach.actions import diary
from coach.actions.today import today
from coach.actions.triage.check_in import (
    CheckInBasis,
    NewAnswers,
    Saved,
    check_in_basis,
    read_note,
    save,
)
from coach.domain.status.status import Status, is_stricter
from coach.domain.triage.levels import Headline
from coach.domain.triage.own_words import Suggestion
from coach.domain.triage.state import state_of
from coach.ui.commands import Command
from coach.ui.figure_lines import anatomy, row_of_figures
from coach.ui.form import ALONE, BELOW, FIELD_KEYS, LATE, FormRoom, FormScreen
from coach.ui.messages import live
from coach.ui.screens.check_in.draft import MEDICINE, Draft, new_answers, values_of
from coach.ui.screens.check_in.questions import Questions
from coach.ui.signs import FIRST, PREFIX
from coach.ui.widgets.field import ActionRow, Field, MultiChoice
from coach.ui.widgets.lines import Lines
from coach.ui.widgets.pain_weeks import PainWeeks
from coach.ui.widgets.text_input import TextInput
from coach.words.dates import week_day

PARTS = (*FIRST, "number")


class CheckInScreen(FormScreen):
    """How is it? What was answered is decided on while one answers."""

    NAME = "check-in"
    AREA = "checkin"
    HINT: ClassVar[str] = "checkin.of-day-hint"
    """What stands under answers that are not of now, from which no decision follows."""
    OFFERS = (
        Command("save", "enter", area="checkin"),
        Command("keep", "enter", area="checkin"),
        Command("more", "m", area="checkin"),
        Command("day-before", "minus", "screen.other_day(-1)", area="checkin"),
        Command("day-after", "plus", "screen.other_day(1)", area="checkin"),
        Command("medicine", "p", area="checkin"),
        Command("correct", "e", area="checkin"),
        Command("take", "f3", area="checkin"),
        Command("none-of-these", "n", area="checkin"),
        *FIELD_KEYS,
    )

    def __init__(
        self,
        stage: str = "",
        draft: Draft | None = None,
        corrects: str | None = None,
        *,
        day: date | None = None,
    ) -> None:
        """Begin, or go on with ``draft`` at ``stage`` in another language.

        ``day`` is that which is told of, where it is not today.
        """
        super().__init__()
        self._stage = stage
        self._draft = draft or Draft()
        self._corrects = corrects
        self._day = day
        self._background: CheckInBasis | None = None
        self._suggested = Suggestion()
        self._rest_asked = False
        """Whether Enter went to the pain at rest once; left open again, the rest is saved without it."""

    def prepare(self) -> None:
        """Read what was known before."""
        self.background  # noqa: B018 -- keeps it

    @property
    def background(self) -> CheckInBasis:
        """What was known when the screen was opened, read once."""
        if self._background is None:
            self._background = self._read_basis()
            lists_first = self._day is None and self._background.status.ask_signs
            self._stage = self._stage or (FIRST[0] if lists_first else "number")
        return self._background

    def _read_basis(self) -> CheckInBasis:
        return check_in_basis(self.home, self.now(), self._corrects)

    @property
    def _now_and_new(self) -> bool:
        """Whether it is how the knee is now that is told, and not of a day gone by."""
        return self._day is None

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        self._draft.read(self.form)
        return {
            "stage": self._stage,
            "draft": self._draft,
            "corrects": self._corrects,
            "day": self._day,
        }

    def heading(self) -> tuple[str, str]:
        """Return the title, and which part of how many where the lists of signs come first."""
        if self._day is not None:
            return self.words("checkin.of-day", day=week_day(self._day, self.words)), ""
        lists_first = self.background.status.ask_signs and self._stage in PARTS
        part = self.words("checkin.part", n=PARTS.index(self._stage) + 1, all=len(PARTS)) if lists_first else ""
        return self.words("checkin.correcting" if self._corrects else "checkin.title"), part

    def aside(self) -> Iterable[Widget]:
        """Yield the two weeks that the number of today follows; before the first, where it can hurt."""
        if self.background.status.last is not None:
            yield PainWeeks(self.words, lambda: today(self.home, self.now()).chart, id="aside")
            return
        picture = Lines(partial(anatomy, self.words), id="aside", classes=LATE)
        picture.border_title = Content(self.words("gallery.anatomy"))
        yield picture

    def below(self) -> Iterable[Widget]:
        """Yield a few stretches, which stand under the first list of signs: they are what it is asked for."""
        if self.background.status.last is None:
            draw = partial(row_of_figures, list(self.home.content.stretches.values()), self.words)
            picture = Lines(draw, id="below")
            picture.border_title = Content(self.words("firstrun.stretches"))
            yield picture

    def questions(self) -> Iterable[Widget]:
        """Return the questions of this stage."""
        questions = self._questions
        return questions.of(self._stage)

    @property
    def _questions(self) -> Questions:
        basis = self.background  # the stage is settled with it
        of_today = self._now_and_new
        return Questions(self.words, self.app.key_name, basis, self._draft.values, self.now(), of_today=of_today)

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.begin()

    def begin(self) -> None:
        """Show what follows from what is answered as it opens."""
        self._suggest()
        self._show_decision()

    @on(Field.Changed)
    @on(TextInput.Changed)
    def taken(self) -> None:
        """Decide on what is answered now."""
        self._draft.read(self.form)
        self._suggest()
        self._show_medicine()
        self._show_decision()
        self.redraw()

    def _suggest(self) -> None:
        """Show what the person's own words suggest; nothing is answered by it."""
        rows = self.form.query("#suggested")
        if not rows:
            return
        self._suggested = read_note(self._draft.values.get("note"), self.home.content) or Suggestion()
        line = rows.first(ActionRow)
        named = self._questions.suggested_names(self._suggested)
        line.display = bool(named)
        line.say(self.words("checkin.suggested", answers=self.words("common.and").join(named)))

    def answering(self, focused: Widget) -> Iterable[Widget]:
        """Return the line under the note that tells which signs it names."""
        return [line for line in self.form.query("#suggested") if line.display and focused.id == "note"]

    def action_take(self) -> None:
        """Take over the answers that the words suggest; a sign is asked, not answered."""
        suggestion, form = self._suggested, self.form
        for name in ("quality", "when"):
            many = form.query_one(f"#{name}", MultiChoice)
            many.take((*many.values, *getattr(suggestion, name)))
        for name in ("hot", "sharp"):
            if (answer := getattr(suggestion, name)) is not None:
                form.query_one(f"#{name}", Field).choose(answer)
        for sign in suggestion.signs:
            form.query_one(f"#{PREFIX}{sign}", Field).remark(self.words("checkin.from-your-words"))
        if suggestion.signs:
            self.focus_field(PREFIX + suggestion.signs[0])

    def answers(self) -> NewAnswers:
        """Return what was answered; on the short page, nothing new is said of hot, sharp and the signs."""
        new = new_answers(self._draft.values, self.background).with_(corrects=self._corrects, day=self._day)
        if self._stage == "number":
            quiet = dict.fromkeys(self._questions.quiet_signs(), "no")
            new = new.with_(hot=new.hot or "no", sharp=new.sharp or "no", signs={**quiet, **new.signs})
        return self._draft.with_own_words(new, self.home.content)

    def _show_decision(self) -> None:
        if self._stage in FIRST and not set(self._draft.values["signs"].values()) - {"no"}:
            self._with_pictures(on=True)
            self.foot("")
            return
        self._with_pictures(on=False)
        if not self._now_and_new:
            self.foot(self.words(self.HINT))
            return
        text, headline = self._answer(self.answers())
        self.foot(text, state_of(headline), headline)

    def _with_pictures(self, *, on: bool) -> None:
        """Show what stands below a list of signs, as long as none is answered but with no.

        Beside whom to call for one stands no picture.
        """
        self.query_one(FormRoom).set_class(on and bool(self.query("#below")), BELOW)
        self.query_one("#beside").set_class(self._stage in FIRST, ALONE)

    def _answer(self, new: NewAnswers) -> tuple[str, Headline]:
        """Return what follows from the answers beside what stands: two orders at once would have to be read twice."""
        decision, words, home = self.background.decide(new), self.words, self.home
        region = self.background.profile.region
        status = self.background.status_with(new) if self.background.status.activity == "pause" else None
        if status is None or not is_stricter(status, decision):
            return live(decision, words, home.content, region), decision.headline
        if status.activity == "pause" and status.advice not in ("today", "emergency"):
            if (decision.headline, decision.advice) == ("go", "none"):
                return words("answers.calm-in-rest"), status.headline
            if decision.headline not in ("go", status.headline):
                alone = live(decision, words, home.content, region)
                return f"{words('checkin.pause-stands')}\n{alone}", status.headline
        return live(decision, words, home.content, region, under=status), status.headline

    async def action_more(self) -> None:
        """Ask everything."""
        self._draft.read(self.form)
        self._stage = "all"
        await self.rebuild()
        self._suggest()

    async def action_medicine(self) -> None:
        """Say that a painkiller was taken: the one of the last time, another of late, one that is typed, or none."""
        self._draft.read(self.form)
        fields = self.form.query(f"#{MEDICINE}")
        choices = ["", *self.background.medicines, MEDICINE]
        now = MEDICINE if fields else self._draft.values.get("medicine") or ""
        chosen = choices[(choices.index(now) + 1) % len(choices)]
        await fields.remove()
        self._draft.values["medicine"] = "" if chosen == MEDICINE else chosen
        if chosen == MEDICINE:
            await self.form.mount(self._questions.medicine_field(), after="#medicine")
            self.focus_field(MEDICINE)
        self._show_medicine()

    def _show_medicine(self) -> None:
        for row in self.form.query("#medicine").results(ActionRow):
            row.say(self._questions.medicine_label())

    def action_none_of_these(self) -> None:
        """Answer no to what is still open of the emergency and same-day signs, and go on to the numbers."""
        for sign in self.background.book.ids(*FIRST):
            field = self.form.query_one(f"#{PREFIX}{sign}", Field)
            if field.value is None:
                field.choose("no")
                self._draft.no_by_list((sign,))
        self.focus_field(self._questions.first_number)

    async def action_correct(self) -> None:
        """Correct the last check-in instead of adding one."""
        last = self.background.status.last
        if last is not None:
            self._corrects, self._background = last.id, None
            self._draft.values = values_of(last)
            self._stage = "all"
            await self.rebuild(self._questions.first_number)
            self._suggest()

    async def action_other_day(self, days: int) -> None:
        """Tell of the day before or after instead; the numbers go along, and signs that are no longer asked do not."""
        self._draft.read(self.form)
        if self._stage != "all":
            self._draft.forget_signs()
        day, today = self._day_after(days), self.now().date()
        self._day = None if day == today else day
        if self._day is None and self.background.status.ask_signs:
            self._stage = FIRST[0]
        elif self._stage in FIRST:
            self._stage = "number"
        await self.rebuild("" if self._stage in FIRST else self._questions.first_number)
        self._suggest()
        self._show_decision()

    def _day_after(self, days: int) -> date:
        return (self._day or self.now().date()) + timedelta(days)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All questions are asked once, after the signs; only a check-in of the last day is corrected."""
        if action in ("save", "keep"):
            return (action == "save") == (self._stage in FIRST)
        if action == "more":
            return self._stage == "number"
        if action == "medicine":
            return self._stage in ("number", "all")
        if action == "none_of_these":
            return self._stage == "all"
        if action == "other_day":
            back = self.now().date() - self._day_after(int(str(parameters[0])))
            within = timedelta(0) <= back <= timedelta(days=diary.DAYS_BACK)
            return within and self._corrects is None
        if action == "take":
            return self._stage == "all" and self._suggested != Suggestion()
        if action == "correct":
            fits = self._stage in ("number", "all") and not self._corrects and self._now_and_new
            return fits and self._correctable()
        return True

    def _correctable(self) -> bool:
        from coach.domain.status.carried_answers import CORRECTABLE

        last = self.background.status.last
        return last is not None and self.now() - last.at < CORRECTABLE

    async def action_save(self) -> None:
        """Go on: past a list of signs, or keep the check-in."""
        self._draft.read(self.form)
        if self._stage in FIRST:
            await self._past_signs()
        elif self._now_and_new and self._asks_rest():
            self._rest_asked = True
            self.focus_field("rest")
            self.say(self.words("checkin.rest-first"))
        elif self._now_and_new and self._draft.has_risen(self.background.status.last, self.background.book):
            self._stage = FIRST[0]
            await self.rebuild()
            self.say(self.words("checkin.ask.rise"))
        elif named := self.answers().from_words:
            await self._ask_named(named)
        elif asks := self.background.also_asks(self.answers()):
            await self._ask_also(asks, "checkin.asks-also")
        else:
            self._save()

    action_keep = action_save

    async def _ask_also(self, sign: str, why: str) -> None:
        if self._stage != "all":
            await self.action_more()
        self.focus_field(PREFIX + sign)
        self.say(self.words(why))

    async def _ask_named(self, signs: Sequence[str]) -> None:
        """Ask the signs that the person's own words name, before anything is kept."""
        self._draft.reopen(signs)
        await self._ask_also(signs[0], "checkin.asks-words")
        for sign in signs:
            field = self.form.query_one(f"#{PREFIX}{sign}", Field)
            field.choose(None)
            field.remark(self.words("checkin.from-your-words"))

    async def _past_signs(self) -> None:
        form = self.form
        if form.scroll_offset.y < form.max_scroll_y:
            form.scroll_page_down(animate=False)
            return
        group = FIRST[0] if self._stage == FIRST[0] else FIRST[1]
        self._draft.answer_list(group, self.background.book)
        if "yes" in self._draft.values["signs"].values() and group == FIRST[0]:
            self._save()
            return
        self._stage = FIRST[1] if group == FIRST[0] else "number"
        await self.rebuild()
        self._show_decision()

    def _asks_rest(self) -> bool:
        """Whether the pain at rest is to be asked before the way back goes without it."""
        return self._stage == "number" and self._questions.in_pause and not self._rest_asked and self._draft.lacks_rest

    def _save(self) -> None:
        saved = self.attempt(lambda: save(self.home, self.answers(), self.now()))
        if saved is not None:
            self._after(saved)

    def after_change(self, status: Status, text: str) -> None:
        """Go back to the day; where today asks to see someone, show that first."""
        before = self.background.status
        self.app.back()
        if status.advice in ("today", "emergency") and status.advice != before.advice:
            self.app.to_today()
            self.app.go("decision")
        else:
            self.app.say(text)

    def _after(self, saved: Saved) -> None:
        if self._day is not None:
            self.after_change(saved.status, self.words("day.added", day=week_day(self._day, self.words)))
            return
        self.app.to_today()
        if saved.decision.advice in ("soon", "today", "emergency"):
            self.app.go("decision")
        else:
            texts = [self.words(f"checkin.saved.{saved.status.activity}")]
            if saved.record.medicine and saved.status.activity == "go":
                texts.append(self.words("decision.under-medicine"))
            self.app.say("\n".join(texts))
