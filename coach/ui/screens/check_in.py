"""The check-in: a number and Enter on an ordinary day; the lists of signs first where due; all questions one key away.

What was answered lives in the screen until it is kept, so that a save that fails loses nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from textual import on
from textual.widget import Widget

from coach.actions.triage.check_in import (
    CheckInBasis,
    NewAnswers,
    Saved,
    check_in_basis,
    read_note,
    save,
    with_own_words,
)
from coach.domain.status.history import CheckIn
from coach.domain.status.status import RISE
from coach.domain.triage.answers import Pain, Quality, When
from coach.domain.triage.own_words import Suggestion
from coach.domain.triage.rules import Group
from coach.ui.commands import Command
from coach.ui.form import FIELD_KEYS, FormScreen
from coach.ui.messages import live
from coach.ui.signs import (
    FIRST,
    PREFIX,
    all_answered,
    answered,
    first_group,
    sign_question,
    sign_questions,
    tri_options,
)
from coach.ui.widgets.field import ActionRow, Field, MultiChoice, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.text_input import Label, TextInput
from coach.words.moments import moment

MORE_PAIN = ("rest", "during", "morning")
MORE_SIGNS: tuple[Group, ...] = ("soon", "watch")
PARTS = (*FIRST, "number")


class CheckInScreen(FormScreen):
    """How is it? What was answered is decided upon while one answers."""

    NAME = "check-in"
    AREA = "checkin"
    OFFERS = (
        Command("save", "enter", area="checkin"),
        Command("keep", "enter", area="checkin"),
        Command("more", "m", area="checkin"),
        Command("correct", "e", area="checkin"),
        Command("take", "f3", area="checkin"),
        Command("none-of-these", "n", area="checkin"),
        *FIELD_KEYS,
    )

    def __init__(
        self,
        stage: str = "",
        answers: dict[str, Any] | None = None,
        corrects: str | None = None,
        by_list: Iterable[str] = (),
    ) -> None:
        """Begin, or go on with ``answers`` at ``stage`` in another language."""
        super().__init__()
        self._by_list = set(by_list)
        """Signs answered no with all others of their list, not by their own name: a person's words open them again."""
        self._stage = stage
        self._answers: dict[str, Any] = {"signs": {}, "pain": {}, **(answers or {})}
        self._corrects = corrects
        self._background: CheckInBasis | None = None
        self._suggested = Suggestion()
        self._rest_asked = False
        """Whether Enter went to the pain at rest once; left open again, the rest is saved without it."""

    @property
    def background(self) -> CheckInBasis:
        """What was known when the screen was opened, read once."""
        if self._background is None:
            self._background = check_in_basis(self.home, self.now(), self._corrects)
            self._stage = self._stage or (FIRST[0] if self._background.status.ask_signs else "number")
        return self._background

    def again(self) -> dict[str, Any]:
        """Keep what was answered."""
        self._take()
        return {
            "stage": self._stage,
            "answers": self._answers,
            "corrects": self._corrects,
            "by_list": self._by_list,
        }

    def heading(self) -> tuple[str, str]:
        """Return the title, and which part of how many where the lists of signs come first."""
        lists_first = self.background.status.ask_signs and self._stage in PARTS
        part = self.words("checkin.part", n=PARTS.index(self._stage) + 1, all=len(PARTS)) if lists_first else ""
        return self.words("checkin.correcting" if self._corrects else "checkin.title"), part

    def questions(self) -> Iterable[Widget]:
        """Yield the questions of this stage."""
        self.background  # noqa: B018 -- the stage is settled with it
        if group := first_group(self._stage):
            yield from self._sign_list(group)
            return
        if self._stage == "number":
            yield from self._short_questions()
        else:
            yield from self._all_questions()

    def _sign_list(self, group: Group) -> Iterable[Widget]:
        why = f"checkin.ask.{self.background.status.ask_why}"
        if group == FIRST[0] and self.words.has(why):
            yield Paragraphs(self.words(why))
            yield Paragraphs(" ")
        yield from self._signs_of(group)
        none = self.words("checkin.none-of-these")
        yield ActionRow("none", self.app.key_name("enter"), none, "screen.save").classed("apart")

    def _signs_of(self, group: Group) -> Iterable[Widget]:
        background = self.background
        return sign_questions(group, background.book, self.words, self._answers["signs"], background.status.signs)

    def _last(self) -> str:
        last = self.background.status.last
        if last is None or last.answers.pain.walking is None:
            return self.words("checkin.scale")
        return self.words("checkin.last", n=last.answers.pain.walking, moment=moment(last.at, self.words, self.now()))

    def _short_questions(self) -> Iterable[Widget]:
        yield self._walking()
        if self._in_pause:
            yield self._pain("rest", note=self.words("checkin.rest-counts"))
        yield from self._once_a_year()
        yield from self._nothing_new()

    def _once_a_year(self) -> Iterable[Widget]:
        """Ask what a blanket no never answers, where it was not asked for a year."""
        background = self.background
        for sign in background.status.ask_yearly:
            answers, last = self._answers["signs"], background.status.signs
            yield sign_question(background.book.signs[sign], self.words, answers, last)

    def _walking(self) -> PainScale:
        return self._pain("walking", note=self._last())

    def _pain(self, name: str, note: str = "") -> PainScale:
        return PainScale(name, self.words(f"checkin.{name}"), self._answers["pain"].get(name), note=note)

    @property
    def _in_pause(self) -> bool:
        """Whether the way back needs to know the pain at rest."""
        return self.background.status.activity == "pause"

    def _nothing_new(self) -> Iterable[Widget]:
        words, book = self.words, self.background.book
        shorts = [words.pick(book.signs[sign].short) for sign in self._quiet_signs()]
        note = words("checkin.new-would-be", signs=words("today.and").join(shorts))
        label = words("checkin.nothing")
        yield ActionRow("nothing", self.app.key_name("enter"), label, "screen.keep", note=note).classed("apart")
        yield ActionRow("all", "m", words("checkin.more"), "screen.more").classed("apart")
        answers = {**self.background.status.signs, **dict.fromkeys(self._answers["signs"], "no")}
        present = [sign for sign, answer in answers.items() if answer != "no" and sign in book.signs]
        if present:
            names = words("today.and").join(words.pick(book.signs[sign].short) for sign in present)
            yield Paragraphs(words("checkin.standing", signs=names), "muted", above=1)

    def _quiet_signs(self) -> list[str]:
        """Return the signs that "nothing new" answers with no: those worth a talk that were not there before."""
        last, book = self.background.status.signs, self.background.book
        return [sign for sign in book.ids("soon") if last.get(sign, "no") == "no" and sign not in book.yearly]

    def _all_questions(self) -> Iterable[Widget]:
        words, answers = self.words, self._answers
        for group in FIRST:
            yield from self._signs_of(group)
            yield Paragraphs(" ")
        none = words("checkin.none-of-these")
        yield ActionRow("none", "n", none, "screen.none_of_these")
        yield self._walking().classed("apart")
        for name in MORE_PAIN:
            yield self._pain(name).classed("apart")
        yield Field("hot", words("checkin.hot"), tri_options(words), answers.get("hot")).classed("apart")
        sharp = [(option, words(f"checkin.sharp-is.{option}")) for option in ("no", "one-movement", "repeats")]
        yield Field("sharp", words("checkin.sharp"), sharp, answers.get("sharp")).classed("apart")
        for name, kind in (("quality", Quality), ("when", When)):
            options = [(option, words(f"checkin.{name}-is.{option}")) for option in get_args(kind)]
            yield MultiChoice(name, words(f"checkin.{name}"), options, answers.get(name, ())).classed("apart")
        yield Label(words("checkin.note"), "note")
        yield TextInput(answers.get("note") or "", placeholder=words("checkin.note-hint"), id="note")
        yield ActionRow("suggested", self.app.key_name("f3"), "", "screen.take")
        for group in MORE_SIGNS:
            yield Paragraphs(" ")
            yield from self._signs_of(group)
        yield ActionRow("keep", self.app.key_name("enter"), words("checkin.keep"), "screen.keep").classed("apart")

    def on_mount(self) -> None:
        """Begin with the first question."""
        self._suggest()
        self._show_decision()

    @on(Field.Changed)
    @on(TextInput.Changed)
    def taken(self) -> None:
        """Decide upon what is answered now."""
        self._take()
        self._suggest()
        self._show_decision()
        self.redraw()

    def _suggest(self) -> None:
        """Show what the person's own words suggest; nothing is answered by it."""
        rows = self.form.query("#suggested")
        if not rows:
            return
        self._suggested = read_note(self._answers.get("note"), self.home.content) or Suggestion()
        line = rows.first(ActionRow)
        named = self._suggested_names()
        line.display = bool(named)
        line.say(self.words("checkin.suggested", answers=self.words("today.and").join(named)))

    def _suggested_names(self) -> list[str]:
        suggestion, words = self._suggested, self.words
        names = [words(f"checkin.quality-is.{value}") for value in suggestion.quality]
        names += [words(f"checkin.when-is.{value}") for value in suggestion.when]
        names += (
            [f"{words('checkin.sharp')} {words(f'checkin.sharp-is.{suggestion.sharp}')}"] if suggestion.sharp else []
        )
        names += [f"{words('checkin.hot')} {words(f'ui.tri.{suggestion.hot}')}"] if suggestion.hot else []
        return names + [words.pick(self.background.book.signs[value].short) for value in suggestion.signs]

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

    def _take(self) -> None:
        """Read the fields that are there; what was answered on another stage stays."""
        form, answers = self.form, self._answers
        answers["pain"] |= {str(field.id): field.number for field in form.query(PainScale)}
        answers["signs"] |= answered(form.query(Field))
        self._by_list -= {sign for sign, answer in answers["signs"].items() if answer != "no"}
        answers |= {str(many.id): many.values for many in form.query(MultiChoice)}
        for name in ("hot", "sharp"):
            if form.query(f"#{name}"):
                answers[name] = self.value(name)
        for entry in form.query(TextInput):
            answers["note"] = entry.value.strip() or None

    def answers(self) -> NewAnswers:
        """Return what was answered; on the short page, nothing new is said of hot, sharp and the signs."""
        values = {key: value for key, value in self._answers.items() if value not in (None, ())}
        values["pain"] = Pain(**self._answers["pain"])
        if self._stage == "number":
            quiet = dict.fromkeys(self._quiet_signs(), "no")
            values = {"hot": "no", "sharp": "no", **values, "signs": {**quiet, **values["signs"]}}
        return self._with_own_words(NewAnswers(**values, corrects=self._corrects))

    def _with_own_words(self, new: NewAnswers) -> NewAnswers:
        """Return ``new`` with the signs that the note names, which a no to the whole list does not answer."""
        by_name = {sign: answer for sign, answer in new.signs.items() if sign not in self._by_list}
        named = with_own_words(new.with_(signs=by_name), self.home.content).from_words
        signs = {sign: answer for sign, answer in new.signs.items() if sign not in named}
        return new.with_(signs=signs, from_words=named)

    def _show_decision(self) -> None:
        if self._stage in FIRST and not set(self._answers["signs"].values()) - {"no"}:
            self.foot("")
            return
        decision = self.background.decide(self.answers())
        role = "alert" if decision.advice in ("today", "emergency") else "title"
        text = live(decision, self.words, self.home.content)
        if self.background.status.activity == "pause" != decision.activity:
            text = f"{self.words('checkin.pause-stands')}\n{text}"
        self.foot(text, role)

    async def action_more(self) -> None:
        """Ask everything."""
        self._take()
        self._stage = "all"
        await self.rebuild()
        self._suggest()

    def action_none_of_these(self) -> None:
        """Answer no to what is still open of the emergency and same-day signs, and go on to the numbers."""
        for sign in self.background.book.ids(*FIRST):
            field = self.form.query_one(f"#{PREFIX}{sign}", Field)
            if field.value is None:
                field.choose("no")
                self._by_list.add(sign)
        self.focus_field("walking")

    async def action_correct(self) -> None:
        """Correct the last check-in instead of adding one."""
        last = self.background.status.last
        if last is not None:
            self._corrects, self._background = last.id, None
            self._answers = _given_of(last)
            self._stage = "all"
            await self.rebuild("walking")
            self._suggest()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """All questions are asked once, after the signs; only a check-in of the last day is corrected."""
        if action in ("save", "keep"):
            return (action == "save") == (self._stage in FIRST)
        if action == "more":
            return self._stage == "number"
        if action == "none_of_these":
            return self._stage == "all"
        if action == "take":
            return self._stage == "all" and self._suggested != Suggestion()
        if action == "correct":
            return self._stage in ("number", "all") and not self._corrects and self._correctable()
        return True

    def _correctable(self) -> bool:
        from coach.domain.status.carried_answers import CORRECTABLE

        last = self.background.status.last
        return last is not None and self.now() - last.at < CORRECTABLE

    async def action_save(self) -> None:
        """Go on: past a list of signs, or keep the check-in."""
        self._take()
        if self._stage in FIRST:
            await self._past_signs()
        elif self._stage == "number" and self._in_pause and not self._rest_asked and self._rest_open():
            self._rest_asked = True
            self.focus_field("rest")
            self.say(self.words("checkin.rest-first"))
        elif self._rose():
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
        for sign in signs:
            self._answers["signs"].pop(sign, None)
            self._by_list.discard(sign)
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
        all_signs = all_answered(group, self.background.book, self._answers["signs"])
        self._by_list |= all_signs.keys() - self._answers["signs"].keys()
        self._answers["signs"] |= all_signs
        if "yes" in self._answers["signs"].values() and group == FIRST[0]:
            self._save()
            return
        self._stage = FIRST[1] if group == FIRST[0] else "number"
        await self.rebuild()
        self._show_decision()

    def _rest_open(self) -> bool:
        pain = self._answers["pain"]
        return pain.get("walking") is not None and pain.get("rest") is None

    def _rose(self) -> bool:
        """Whether the number has risen so far that the lists of signs are to be answered first."""
        last = self.background.status.last
        was, now = last and last.answers.pain.walking, self._answers["pain"].get("walking")
        all_asked = set(self.background.book.ids(*FIRST)) <= set(self._answers["signs"])
        return was is not None and now is not None and now - was >= RISE and not all_asked

    def _save(self) -> None:
        saved = self.attempt(lambda: save(self.home, self.answers(), self.now()))
        if saved is not None:
            self._after(saved)

    def _after(self, saved: Saved) -> None:
        self.app.to_today()
        if saved.decision.advice in ("soon", "today", "emergency"):
            self.app.go("decision")
        else:
            self.app.say(self.words(f"checkin.saved.{saved.status.activity}"))


def _given_of(last: CheckIn) -> dict[str, Any]:
    """Return what a check-in answered, to be corrected."""
    answers = last.answers
    pain = {name: getattr(answers.pain, name) for name in ("walking", *MORE_PAIN)}
    signs = {sign: answers.sign(sign) for sign in last.asked}
    same = {name: getattr(answers, name) for name in ("hot", "sharp", "quality", "when")}
    return {"pain": pain, "signs": signs, "note": last.note, **same}
