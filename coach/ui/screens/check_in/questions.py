"""The fields of a check-in, stage by stage: one of the lists of signs, the short page, or all questions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import get_args

from textual.widget import Widget

from coach.actions.triage.check_in import CheckInBasis
from coach.domain.triage.answers import KNEES, Knee, Quality, When
from coach.domain.triage.own_words import Suggestion
from coach.domain.triage.rules import Group
from coach.ui.screens.check_in.draft import MEDICINE, MORE_PAIN, FieldValues, asks_each_knee
from coach.ui.signs import FIRST, first_group, sign_question, sign_questions, tri_options
from coach.ui.widgets.field import ActionRow, Field, MultiChoice, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.text_input import Label, NoteInput, TextInput
from coach.words import Words
from coach.words.moments import moment
from coach.words.shown import shown

MORE_SIGNS: tuple[Group, ...] = ("soon", "watch")


class Questions:
    """Makes the fields from what is known and what was answered."""

    def __init__(
        self,
        words: Words,
        key_name: Callable[[str], str],
        basis: CheckInBasis,
        values: FieldValues,
        now: datetime,
        *,
        of_today: bool = True,
    ) -> None:
        """Ask in ``words``; ``key_name`` says a key. What is not ``of_today`` answers nothing that is asked yearly."""
        self.of_today = of_today
        self.words = words
        self.key_name = key_name
        self.basis = basis
        self.values = values
        self.now = now

    def of(self, stage: str) -> Iterable[Widget]:
        """Return the fields of a stage."""
        if group := first_group(stage):
            return self._sign_list(group)
        return self._short() if stage == "number" else self._all()

    @property
    def first_number(self) -> str:
        """The id of the first number that is asked."""
        return KNEES[0] if asks_each_knee(self.basis) else "walking"

    @property
    def in_pause(self) -> bool:
        """Whether the way back needs to know the pain at rest."""
        return self.basis.status.activity == "pause"

    def _sign_list(self, group: Group) -> Iterator[Widget]:
        why = f"checkin.ask.{self.basis.status.ask_why}"
        if group == FIRST[0] and self.words.has(why):
            yield Paragraphs(self.words(why))
            yield Paragraphs(" ")
        yield from self._signs_of(group)
        none = self.words("checkin.none-of-these")
        yield ActionRow("none", self.key_name("enter"), none, "screen.save").classed("apart")

    def _signs_of(self, group: Group) -> Iterable[Widget]:
        return sign_questions(group, self.basis.book, self.words, self.values["signs"], self.basis.status.signs)

    def _short(self) -> Iterator[Widget]:
        yield from self._walking()
        yield from self._medicine()
        if self.in_pause:
            yield self._pain("rest", note=self.words("checkin.rest-counts"))
        if self.of_today:
            yield from self._once_a_year()
        yield from self._nothing_new()

    def _once_a_year(self) -> Iterator[Widget]:
        """Ask what a blanket no never answers, where it was not asked for a year."""
        for sign in self.basis.status.ask_yearly:
            yield sign_question(self.basis.book.signs[sign], self.words, self.values["signs"], self.basis.status.signs)

    def _walking(self) -> Iterator[PainScale]:
        """Ask the worst when walking: one number, or one a knee."""
        if not asks_each_knee(self.basis):
            yield self._pain("walking", note=self._last_time())
            return
        for knee in KNEES:
            label, value = self._label(knee), self.values["knees"].get(knee)
            scale = PainScale(knee, label, value, note=self._last_time(knee))
            yield scale if knee == KNEES[0] else scale.classed("apart")

    def _last_time(self, knee: Knee | None = None) -> str:
        """Return what was told the last time, of one knee or of both; how the scale goes where nothing was."""
        last = self.basis.status.last
        if last is None:
            return self.words("checkin.scale")
        points = last.answers.walking_of(knee) if knee else last.answers.pain.walking
        if points is None:
            return self.words("checkin.scale")
        return self.words("checkin.last", n=points, moment=moment(last.at, self.words, self.now))

    def _pain(self, name: str, note: str = "") -> PainScale:
        return PainScale(name, self._label(name), self.values["pain"].get(name), note=note)

    def _label(self, name: str) -> str:
        """Return how a number is asked: of a day gone by, or the first time, not "since your last check-in"."""
        when = "-then" if not self.of_today else "" if self.basis.status.last else "-first"
        key = f"checkin.{name}{when}"
        return self.words(key if self.words.has(key) else f"checkin.{name}")

    def _nothing_new(self) -> Iterator[Widget]:
        words, book = self.words, self.basis.book
        shorts = [words.pick(book.signs[sign].short) for sign in self.quiet_signs()]
        note = words("checkin.new-would-be", signs=words("common.and").join(shorts))
        label = words("checkin.nothing")
        yield ActionRow("nothing", self.key_name("enter"), label, "screen.keep", note=note).classed("apart")
        yield ActionRow("all", "m", words("checkin.more"), "screen.more").classed("apart")
        answers = {**self.basis.status.signs, **dict.fromkeys(self.values["signs"], "no")}
        present = [sign for sign, answer in answers.items() if answer != "no" and sign in book.signs]
        if present:
            names = words("common.and").join(words.pick(book.signs[sign].short) for sign in present)
            yield Paragraphs(words("checkin.standing", signs=names), above=1)

    def quiet_signs(self) -> list[str]:
        """Return the signs that "nothing new" answers with no: those worth a talk that were not there before."""
        last, book = self.basis.status.signs, self.basis.book
        return [sign for sign in book.ids("soon") if last.get(sign, "no") == "no" and sign not in book.yearly]

    def _medicine(self) -> Iterator[Widget]:
        """Yield the line that one key turns on and off, and the field in which another name is typed."""
        yield ActionRow("medicine", "p", self.medicine_label(), "screen.medicine")
        medicine = self.values.get("medicine")
        if medicine and medicine not in self.basis.medicines:
            yield self.medicine_field()

    def medicine_label(self) -> str:
        """Return whether the numbers were told under a painkiller."""
        medicine = self.values.get("medicine")
        return self.words("checkin.medicine", name=shown(medicine)) if medicine else self.words("checkin.no-medicine")

    def medicine_field(self) -> TextInput:
        """Return the field in which a painkiller is typed."""
        value = self.values.get("medicine") or ""
        return TextInput(value, placeholder=self.words("checkin.medicine-hint"), id=MEDICINE)

    def _all(self) -> Iterator[Widget]:
        words, values = self.words, self.values
        for group in FIRST:
            yield from self._signs_of(group)
            yield Paragraphs(" ")
        none = words("checkin.none-of-these")
        yield ActionRow("none", "n", none, "screen.none_of_these")
        for scale in self._walking():
            yield scale.classed("apart")
        for name in MORE_PAIN:
            yield self._pain(name).classed("apart")
        yield from self._medicine()
        yield Field("hot", words("checkin.hot"), tri_options(words), values.get("hot")).classed("apart")
        sharp = [(option, words(f"common.answer.{option}")) for option in ("no", "one-movement", "repeats")]
        yield Field("sharp", words("checkin.sharp"), sharp, values.get("sharp")).classed("apart")
        for feature, kind in (("quality", Quality), ("when", When)):
            options = [(option, words(f"common.answer.{option}")) for option in get_args(kind)]
            yield MultiChoice(feature, words(f"checkin.{feature}"), options, values.get(feature, ())).classed("apart")
        yield Label(words("checkin.note"), "note")
        yield NoteInput(values.get("note") or "", placeholder=words("checkin.note-hint"), id="note")
        yield ActionRow("suggested", self.key_name("f3"), "", "screen.take")
        for group in MORE_SIGNS:
            yield Paragraphs(" ")
            yield from self._signs_of(group)
        yield ActionRow("keep", self.key_name("enter"), words("checkin.keep"), "screen.keep").classed("apart")

    def suggested_names(self, suggestion: Suggestion) -> list[str]:
        """Return in words what the person's own words suggest."""
        words = self.words
        names = [words(f"common.answer.{value}") for value in suggestion.quality]
        names += [words(f"common.answer.{value}") for value in suggestion.when]
        if suggestion.sharp:
            names.append(f"{words('checkin.sharp')} {words(f'common.answer.{suggestion.sharp}')}")
        if suggestion.hot:
            names.append(f"{words('checkin.hot')} {words(f'common.answer.{suggestion.hot}')}")
        return names + [words.pick(self.basis.book.signs[value].short) for value in suggestion.signs]
