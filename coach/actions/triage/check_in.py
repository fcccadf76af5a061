"""A check-in: new answers, completed from profile and records, decided on, and saved."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import convert
from msgspec.structs import asdict, replace

from coach.actions.status.background import changed_background
from coach.actions.status.current import recent
from coach.domain.goals import tidy
from coach.domain.profile import Profile
from coach.domain.status.asking import yearly_asked
from coach.domain.status.carried_answers import CORRECTABLE, EffectiveCheckIn, corrected
from coach.domain.status.diary import there_now
from coach.domain.status.history import CheckIn, History, Told
from coach.domain.status.status import Status, conditions, current_status
from coach.domain.status.symptom_course import symptom_course
from coach.domain.triage.answers import (
    Answers,
    Context,
    Course,
    Knees,
    Pain,
    Points,
    Quality,
    Sharp,
    Side,
    Tri,
    When,
    side_of,
)
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.what_if import WouldChange, would_change
from coach.errors import CoachError
from coach.home import Home, exclusive
from coach.records import REACH

if TYPE_CHECKING:
    from coach.content import Content
    from coach.domain.triage.own_words import Suggestion

REMEMBERED = 3
"""Painkillers that are offered by name."""
HOT_ASKS = "hot-red-knee-or-fever"
"""The sign that ``hot: yes`` always asks."""


class NewAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answered this time; what is absent was not answered."""

    pain: Pain = Pain()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: dict[str, Tri] = {}
    other_signs: Literal["no", "unsure"] | None = None
    """The answer given to every sign not named; None: those were not asked, and keep their last answers."""
    none_of_the_signs: bool = False
    """No to every sign not named but those of once a year, and to hot and sharp where they were not answered."""
    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    context: tuple[Context, ...] | None = None
    """Conditions beside those of the profile, which a check-in never drops: they are changed in the settings."""
    course: dict[str, Any] = {}
    """Fields of ``Course`` that were answered; the others are worked out from the records."""
    side: Side | None = None
    """Which knee it is about; None: the one whose number was told, else that of the profile."""
    knees: Knees = Knees()
    """What was told of each knee by itself."""
    note: str | None = None
    """The person's own words, as written."""
    medicine: str | None = None
    """The painkiller that the numbers were told under; empty: none."""
    goals: dict[str, Points] = {}
    """What can be done of each goal, by its id."""
    from_words: tuple[str, ...] = ()
    """Emergency and same-day signs that the note names, and that were not answered by their own name."""
    corrects: str | None = None
    """The id of a check-in of the last 24 hours that this one corrects."""
    day: date | None = None
    """The day that it tells of; None: today, or that of the check-in that it corrects."""

    def with_(self, **answers: Any) -> "NewAnswers":
        """Return this with some more answers."""
        return replace(self, **answers)


class CheckInBasis(msgspec.Struct, frozen=True):
    """Profile, records and status before a check-in; read once, so that a decision can follow every key."""

    status: Status
    profile: Profile
    book: RuleBook
    history: History
    now: datetime
    corrects: CheckIn | None = None
    """The check-in that this one corrects; ``status`` and ``history`` are without it."""

    @property
    def medicines(self) -> tuple[str, ...]:
        """The painkillers of late, the last one first."""
        names: dict[str, str] = {}
        for check_in in reversed(self.history.check_ins):
            if check_in.medicine:
                names.setdefault(check_in.medicine.casefold(), check_in.medicine)
        return tuple(names.values())[:REMEMBERED]

    def complete(self, new: NewAnswers) -> Answers:
        """Return the whole answers document: the new answers, and the rest from profile and records.

        In a correction what is not named stays as it was.
        """
        if new.none_of_the_signs:
            new = replace(new, other_signs="no", sharp=new.sharp or "no", hot=new.hot or "no")
        signs = {sign: answer for sign, answer in self.status.signs.items() if sign in self.book.signs}
        if new.other_signs:
            signs |= dict.fromkeys(self._listed(new.other_signs), new.other_signs)
        answers = Answers(
            pain=replace(new.pain, baseline=_lower(new.pain.baseline, self.profile.baseline)),
            quality=new.quality,
            when=new.when,
            sharp=new.sharp,
            hot=new.hot,
            signs={**signs, **dict.fromkeys(self.unsure_by_words(new), "unsure"), **new.signs},
            other_signs=new.other_signs or "unsure",
            context=tuple(dict.fromkeys((*self._conditions(), *(new.context or ())))),
            side=new.side or side_of(new.knees),
            knees=new.knees,
        )
        if self.corrects is None:
            answers = replace(answers, side=answers.side or self.profile.side)
        else:
            named = {sign: answers.signs[sign] for sign in self.asked(new)}
            answers = corrected(self.corrects.answers, replace(answers, signs=named), frozenset(named))
            answers = replace(answers, side=new.side or side_of(answers.knees) or answers.side)
        if self.other_day(new):  # what is so today was not therefore so then
            told = {*self.asked(new), *(self.corrects.asked if self.corrects else ())}
            signs = {sign: answer for sign, answer in answers.signs.items() if sign in told}
            return replace(answers, signs=signs, course=convert(new.course, Course))
        course = symptom_course(self.status.pause_state, self.history, self.profile, self.now, telling=answers)
        return replace(answers, course=replace(course, **new.course))

    def other_day(self, new: NewAnswers) -> date | None:
        """Return the day that the answers tell of, where that is not today."""
        day = new.day or (self.corrects.day if self.corrects else None)
        made_on = (self.corrects.at if self.corrects else self.now).date()
        return day if day != made_on else None

    def _conditions(self) -> tuple[Context, ...]:
        """Return those of the settings and the records; where the settings were lost, all that was told last."""
        if not self.profile.contexts_known:
            return self.status.answers.context
        return conditions(self.history, self.profile, self.now)

    def asked(self, new: NewAnswers) -> tuple[str, ...]:
        """Return the signs that were answered this time."""
        answer = "no" if new.none_of_the_signs else new.other_signs
        listed = self._listed(answer) if answer else ()
        return tuple(dict.fromkeys((*listed, *self.unsure_by_words(new), *new.signs)))

    def _listed(self, answer: Tri) -> tuple[str, ...]:
        """Return the signs that one answer for all speaks of: a no does not tell the age, or an illness of the past."""
        return tuple(sign for sign in self.book.signs if answer != "no" or sign not in self.book.yearly)

    def unsure_by_words(self, new: NewAnswers) -> tuple[str, ...]:
        """Return the signs of the note that count as unsure; an earlier yes that was not asked again stays a yes."""
        before = self.corrects.answers.signs if self.corrects else self.status.signs
        carried = {} if new.none_of_the_signs or new.other_signs else before
        return tuple(sign for sign in new.from_words if carried.get(sign) != "yes")

    def decide(self, new: NewAnswers) -> Decision:
        """Return the decision on the new answers."""
        return self.decide_upon(self.complete(new))

    def decide_upon(self, answers: Answers) -> Decision:
        """Return the decision on a whole answers document."""
        return decide(answers, self.book, asked_only=True, cleared=self.cleared(answers))

    def would_change(self, answers: Answers, decision: Decision) -> WouldChange:
        """Return the nearest changes of the decision on a whole answers document."""
        return would_change(answers, self.book, decision, asked_only=True, cleared=self.cleared(answers))

    def record_of(self, new: NewAnswers, answers: Answers) -> CheckIn:
        """Return the record of the new answers, completed to ``answers``."""
        from coach.records import new_id

        return CheckIn(
            id=new_id(),
            at=self.now,
            answers=answers,
            asked=self.asked(new),
            note=new.note,
            medicine=None if new.medicine is None else tidy(new.medicine),
            goals=new.goals,
            corrects=new.corrects,
            day=self.other_day(new) or (new.day if new.corrects else None),
        )

    def status_with(self, new: NewAnswers) -> Status:
        """Return the status as the new answers would leave it: what waits for a visit stands whatever they say."""
        record = self.record_of(new, self.complete(new))
        after = replace(self.history, check_ins=(*self.history.check_ins, record))
        return current_status(after, self.profile, self.book, self.now)

    def carried_paths(self, new: NewAnswers) -> frozenset[str]:
        """Return the paths of the signs that keep an earlier answer."""
        return frozenset(f"signs.{sign}" for sign in self.status.signs.keys() - set(self.asked(new)))

    def also_asks(self, new: NewAnswers) -> str | None:
        """Return the sign that a hot knee asks as well, where it is still open."""
        open_still = new.hot == "yes" and HOT_ASKS not in self.asked(new)
        return HOT_ASKS if open_still else None

    def cleared(self, answers: Answers) -> AbstractSet[str]:
        """Return the rules that a clearance cancels, as far as nothing has changed in ``answers``."""
        return self.status.pause_state.cleared.of(answers, self.book)


class Saved(msgspec.Struct, frozen=True):
    """A saved check-in and the decision on it."""

    new: NewAnswers
    """What was answered, with the signs that the note names."""
    record: CheckIn
    decision: Decision
    """On the answers alone."""
    change: WouldChange
    basis: CheckInBasis
    status: Status
    """The status with it: an open pause is stricter than the answers of one day."""


def check_in_basis(home: Home, now: datetime, corrects: str | None = None) -> CheckInBasis:
    """Return the basis of a check-in, without the record that it ``corrects``; CoachError where that cannot be."""
    history = recent(home, now)
    profile, book = home.profile, home.content.rules
    chain = _correctable(history, corrects, now) if corrects else None
    if chain:
        history = replace(history, check_ins=tuple(c for c in history.check_ins if c.id not in chain.ids))
    status = current_status(history, profile, book, now)
    return CheckInBasis(status, profile, book, history, now, replace(chain.check_in, at=chain.at) if chain else None)


def read_note(note: str | None, content: "Content") -> "Suggestion | None":
    """Return what the person's own words suggest; None where there are none, which costs no reading of phrases."""
    return content.own_words.read(note) if note and not note.isspace() else None


def with_own_words(new: NewAnswers, content: "Content") -> NewAnswers:
    """Return ``new`` with the emergency and same-day signs that its note names and that it does not answer."""
    return new.with_(from_words=tuple(sign for sign in content.urgent_in(new.note) if sign not in new.signs))


@exclusive
def save(home: Home, new: NewAnswers, now: datetime) -> Saved:
    """Save the check-in; on return it is durable."""
    new = with_own_words(new, home.content)
    basis = check_in_basis(home, now, new.corrects)
    answers = basis.complete(new)
    decision = basis.decide_upon(answers)
    record = basis.record_of(new, answers)
    # The status with the record itself, over everything: a correction counts together with what it corrects.
    history = recent(home, now) if new.corrects else basis.history  # nobody else writes meanwhile
    after = replace(history, check_ins=(*history.check_ins, record))
    status = current_status(after, basis.profile, basis.book, now)
    if not basis.other_day(new):  # on a day gone by, nothing was told
        record = replace(record, told=Told(status.activity, status.advice, status.headline, status.seated_only))
    yearly = yearly_asked(status.pause_state, after, basis.book)
    background = changed_background(after, basis.profile, status.pause_state, basis.book, now, yearly)
    home.records.add(*((background,) if background else ()), record)
    if home.records.state(REACH) and status.pause is None and not status.seated_only:
        home.records.clear_state(REACH)
    return Saved(new, record, decision, basis.would_change(answers, decision), basis, status)


def new_answers_of(document: dict[str, Any], answers: Answers) -> NewAnswers:
    """Return what a checked document names as new answers; what it leaves out was not answered."""
    course = {name: value for name, value in asdict(answers.course).items() if name in document.get("course", {})}
    return NewAnswers(
        pain=answers.pain,
        sharp=answers.sharp,
        hot=answers.hot,
        signs=answers.signs,
        other_signs=answers.other_signs if "other_signs" in document else None,
        quality=answers.quality,
        when=answers.when,
        side=answers.side,
        knees=answers.knees,
        context=answers.context if "context" in document else None,
        course=course,
    )


def _lower(new: int | None, old: int | None) -> int | None:
    """Return the lower of two baselines, as only a visit raises it."""
    return min((baseline for baseline in (new, old) if baseline is not None), default=None)


def _correctable(history: History, named: str, now: datetime) -> EffectiveCheckIn:
    """Return the chain of corrections that the check-in ``named`` belongs to; CoachError where it is too old."""
    chain = next((chain for chain in there_now(history, now) if named in chain.ids), None)
    if chain is None:
        raise CoachError("diary.error.no-such", id=named)
    if now - chain.at > CORRECTABLE:
        raise CoachError("answers.too-late-to-correct", id=named)
    return chain
