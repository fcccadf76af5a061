"""What was answered in a check-in, as its fields hold it, until it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from textual.widget import Widget

from coach.actions.triage.check_in import CheckInBasis, NewAnswers, with_own_words
from coach.content import Content
from coach.domain.status.asking import RISE
from coach.domain.status.history import CheckIn, PainName
from coach.domain.triage.answers import KNEES, KneePain, Knees, Pain
from coach.domain.triage.rules import Group, RuleBook
from coach.ui.signs import FIRST, all_answered, answered
from coach.ui.widgets.field import Field, MultiChoice, PainScale
from coach.ui.widgets.text_input import NoteInput, TextInput

MORE_PAIN: tuple[PainName, ...] = ("rest", "during", "morning")
MEDICINE = "medicine-name"
"""The id of the field in which a painkiller is typed."""
FieldValues = dict[str, Any]
"""``pain`` and ``knees`` by name, ``signs`` by id, and every other answer by its name."""


class Draft:
    """The answers so far, of all stages, and how each sign was answered."""

    def __init__(self) -> None:
        """Begin with nothing answered."""
        self.values: FieldValues = {"signs": {}, "pain": {}, "knees": {}}
        self._by_list: set[str] = set()
        """Signs answered no with all others of their list, not by their own name: a person's words open them again."""

    def read(self, form: Widget) -> None:
        """Read the fields that are there; what was answered on another stage stays."""
        values = self.values
        for scale in form.query(PainScale):
            values["knees" if scale.id in KNEES else "pain"][str(scale.id)] = scale.number
        values["signs"] |= answered(form.query(Field))
        self._by_list -= {sign for sign, answer in values["signs"].items() if answer != "no"}
        values |= {str(many.id): many.values for many in form.query(MultiChoice)}
        for name in ("hot", "sharp"):
            if field := form.query(f"#{name}"):
                values[name] = field.first(Field).value
        for entry in form.query(TextInput):
            if entry.id == MEDICINE:
                values["medicine"] = entry.value.strip()
            elif isinstance(entry, NoteInput):
                values["note"] = entry.text.strip() or None

    def no_by_list(self, signs: Iterable[str]) -> None:
        """Take note that these were answered no with their list."""
        self._by_list.update(signs)

    def answer_list(self, group: Group, book: RuleBook) -> None:
        """Answer no to what is still open of a list that was shown and passed as a whole."""
        signs = all_answered(group, book, self.values["signs"])
        self.no_by_list(signs.keys() - self.values["signs"].keys())
        self.values["signs"] |= signs

    def reopen(self, signs: Iterable[str]) -> None:
        """Forget the answers to these signs: they are asked by their own names."""
        for sign in signs:
            self.values["signs"].pop(sign, None)
            self._by_list.discard(sign)

    def forget_signs(self) -> None:
        """Forget the answers to all signs."""
        self.values["signs"] = {}
        self._by_list.clear()

    @property
    def lacks_rest(self) -> bool:
        """Whether the worst when walking was told, and the pain at rest was not."""
        return worst_walking(self.values) is not None and self.values["pain"].get("rest") is None

    def has_risen(self, last: CheckIn | None, book: RuleBook) -> bool:
        """Tell whether the number has risen so far that the lists of signs are to be answered first."""
        was, now = last.answers.pain.walking if last else None, worst_walking(self.values)
        all_asked = set(book.ids(*FIRST)) <= set(self.values["signs"])
        return was is not None and now is not None and now - was >= RISE and not all_asked

    def with_own_words(self, new: NewAnswers, content: Content) -> NewAnswers:
        """Return ``new`` with the signs that the note names, which a no to the whole list does not answer."""
        by_name = {sign: answer for sign, answer in new.signs.items() if sign not in self._by_list}
        named = with_own_words(new.with_(signs=by_name), content).from_words
        signs = {sign: answer for sign, answer in new.signs.items() if sign not in named}
        return new.with_(signs=signs, from_words=named)


def values_of(check_in: CheckIn) -> FieldValues:
    """Return what a check-in answered, to be corrected."""
    answers = check_in.answers
    pain = {name: getattr(answers.pain, name) for name in ("walking", *MORE_PAIN)}
    knees = {knee: answers.knees.walking(knee) for knee in KNEES}
    signs = {sign: answers.sign(sign) for sign in check_in.asked}
    same = {name: getattr(answers, name) for name in ("hot", "sharp", "quality", "when")}
    texts = {"note": check_in.note, "medicine": check_in.medicine}
    return {"pain": pain, "knees": knees, "signs": signs, **texts, **same}


def changes_of(
    before: FieldValues, values: FieldValues, basis: CheckInBasis
) -> tuple[NewAnswers, tuple[PainName, ...]]:
    """Return what differs from ``before``, and the pain numbers that were taken away."""
    changed: FieldValues = {key: value for key, value in values.items() if value != before.get(key)}
    for key in ("pain", "knees", "signs"):
        changed[key] = {name: value for name, value in values[key].items() if value != before[key].get(name)}
    if values.get("note") is None and before.get("note"):
        changed["note"] = ""
    names: tuple[PainName, ...] = ("walking", *MORE_PAIN)
    taken_back = [name for name in names if name in changed["pain"] and changed["pain"][name] is None]
    if changed["knees"] and worst_walking(values) is None:
        taken_back.append("walking")
    return new_answers(changed, basis), tuple(dict.fromkeys(taken_back))


def asks_each_knee(basis: CheckInBasis) -> bool:
    """Tell whether each knee is asked by itself; a correction asks what the check-in told."""
    corrected = basis.corrects
    if corrected is None or corrected.answers.pain.walking is None:
        return basis.profile.side == "both"
    return bool(corrected.answers.knees.told)


def worst_walking(values: FieldValues) -> int | None:
    """Return the worst when walking, of one knee or the other."""
    numbers = (values["pain"].get("walking"), *values["knees"].values())
    return max((points for points in numbers if points is not None), default=None)


def new_answers(values: Mapping[str, Any], basis: CheckInBasis) -> NewAnswers:
    """Return what was answered."""
    told = {key: value for key, value in values.items() if value not in (None, ())}
    pain, knees = told["pain"], {knee: KneePain(points) for knee, points in told["knees"].items()}
    if asks_each_knee(basis):
        pain = {**pain, "walking": None}  # it follows from the knees
    return NewAnswers(**{**told, "pain": Pain(**pain), "knees": Knees(**knees)})
