"""A check-in: what a person answered now, completed from what is known, decided upon, and kept."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import asdict, replace

from coach.actions.status.current import REACH, recent
from coach.domain.profile import Profile
from coach.domain.status.carried_answers import CORRECTABLE
from coach.domain.status.elapsed import apart
from coach.domain.status.history import CheckIn, History, Told
from coach.domain.status.status import Status, current_status
from coach.domain.status.symptom_course import symptom_course
from coach.domain.triage.answers import Answers, Context, Course, Pain, Quality, Sharp, Tri, When
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.what_if import WouldChange, would_change
from coach.errors import CoachError
from coach.home import Home

HOT_ASKS = "hot-red-knee-or-fever"
"""The sign that ``hot: yes`` always asks."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answered this time; what is absent was not answered."""

    pain: Pain = Pain()
    sharp: Sharp | None = None
    hot: Tri | None = None
    signs: dict[str, Tri] = {}
    other_signs: Literal["no", "unsure"] | None = None
    """The answer given to every sign not named; None: those were not asked, and keep their last answers."""
    none_of_the_signs: bool = False
    """No to every sign not named, and to hot and sharp where they were not answered."""
    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    context: tuple[Context, ...] | None = None
    """Conditions beside those of the profile, which a check-in never drops: they are changed in the settings."""
    course: dict[str, Any] = {}
    """Fields of ``Course`` that were answered; the others are worked out from the records."""
    note: str | None = None
    """The person's own words, as written."""
    corrects: str | None = None
    """The id of a check-in of the last 24 hours that this one corrects."""

    def with_(self, **answers: Any) -> "Given":
        """Return this with some more answers."""
        return replace(self, **answers)


class Before(msgspec.Struct, frozen=True):
    """What is known before a check-in; read once, so that a decision can follow every key."""

    status: Status
    profile: Profile
    course: Course
    book: RuleBook
    history: History

    def complete(self, given: Given) -> Answers:
        """Return the whole answers document: what was given, and the rest from profile and records."""
        if given.none_of_the_signs:
            given = replace(given, other_signs="no", sharp=given.sharp or "no", hot=given.hot or "no")
        signs = {sign: answer for sign, answer in self.status.signs.items() if sign in self.book.signs}
        if given.other_signs:
            signs = dict.fromkeys(self.book.signs, given.other_signs)
        return Answers(
            pain=replace(given.pain, baseline=_lower(given.pain.baseline, self.profile.baseline)),
            quality=given.quality,
            when=given.when,
            sharp=given.sharp,
            hot=given.hot,
            signs={**signs, **given.signs},
            other_signs=given.other_signs or "unsure",
            context=tuple(dict.fromkeys((*self._conditions(), *(given.context or ())))),
            course=replace(self.course, **given.course),
        )

    def _conditions(self) -> tuple[Context, ...]:
        """Return those of the profile; where they were lost, those that the last check-in had stand too."""
        last = None if self.profile.contexts_known else self.status.last
        return (*self.profile.contexts, *(last.answers.context if last else ()))

    def asked(self, given: Given) -> tuple[str, ...]:
        """Return the signs that were answered this time."""
        return tuple(self.book.signs) if given.none_of_the_signs or given.other_signs else tuple(given.signs)

    def decide(self, given: Given) -> Decision:
        """Return the decision upon what was given."""
        answers = self.complete(given)
        return decide(answers, self.book, asked_only=True, cleared=self.cleared(answers))

    def would_change(self, given: Given) -> WouldChange:
        """Return the nearest changes of that decision."""
        answers = self.complete(given)
        return would_change(answers, self.book, self.decide(given), asked_only=True, cleared=self.cleared(answers))

    def kept(self, given: Given) -> frozenset[str]:
        """Return the paths of the signs that keep an earlier answer."""
        return frozenset(f"signs.{sign}" for sign in self.status.signs.keys() - set(self.asked(given)))

    def also_asks(self, given: Given) -> str | None:
        """Return the sign that this check-in must ask as well: a hot knee always asks one."""
        open_still = given.hot == "yes" and HOT_ASKS not in self.asked(given)
        return HOT_ASKS if open_still else None

    def cleared(self, answers: Answers) -> AbstractSet[str]:
        """Return the rules that a professional's word answers, as far as nothing has changed in ``answers``."""
        return self.status.pause_state.cleared.of(answers, self.book)


class Saved(msgspec.Struct, frozen=True):
    """A check-in as it was kept, and what was decided upon it."""

    record: CheckIn
    decision: Decision
    """Upon the answers alone."""
    change: WouldChange
    before: Before
    status: Status
    """How it stands with it: a pause that stands is stricter than the answers of one day."""


def before(home: Home, now: datetime, corrects: str | None = None) -> Before:
    """Return what is known before a check-in, without the one that it ``corrects``; CoachError where it cannot."""
    history = recent(home, now)
    profile, book = home.profile, home.content.rules
    status = current_status(_without(history, corrects, now) if corrects else history, profile, book, now)
    return Before(status, profile, symptom_course(status.pause_state, profile, now), book, history)


def save(home: Home, given: Given, now: datetime) -> Saved:
    """Keep the check-in; on return it is durable."""
    from coach.records import new_id

    known = before(home, now, given.corrects)
    decision = known.decide(given)
    record = CheckIn(
        id=new_id(),
        at=now,
        answers=known.complete(given),
        asked=known.asked(given),
        note=given.note,
        corrects=given.corrects,
    )
    check_ins = (*known.history.check_ins, record)
    after = current_status(replace(known.history, check_ins=check_ins), known.profile, known.book, now)
    record = replace(record, told=Told(after.activity, after.advice, after.headline, after.seated_only))
    home.records.add(record)
    if home.records.state(REACH) and after.pause is None and not after.seated_only:
        home.records.clear_state(REACH)
    return Saved(record, decision, known.would_change(given), known, after)


def given_of(document: dict[str, Any], answers: Answers) -> Given:
    """Return as given what a checked document names; what it leaves out was not given."""
    course = {name: value for name, value in asdict(answers.course).items() if name in document.get("course", {})}
    return Given(
        pain=answers.pain,
        sharp=answers.sharp,
        hot=answers.hot,
        signs=answers.signs,
        other_signs=answers.other_signs if "other_signs" in document else None,
        quality=answers.quality,
        when=answers.when,
        context=answers.context if "context" in document else None,
        course=course,
    )


def _lower(given: int | None, known: int | None) -> int | None:
    """Return the baseline: only having been seen raises it, so of two the lower one."""
    return min((one for one in (given, known) if one is not None), default=None)


def _without(history: History, corrected: str, now: datetime) -> History:
    found = next((one for one in history.check_ins if one.id == corrected), None)
    if found is None:
        raise CoachError("answers.nothing-to-correct", id=corrected)
    if apart(found.at, now) > CORRECTABLE:
        raise CoachError("answers.too-late-to-correct", id=corrected)
    return replace(history, check_ins=tuple(one for one in history.check_ins if one is not found))
