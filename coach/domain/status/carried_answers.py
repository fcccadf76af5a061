"""The answers in order of time: corrections applied, and each sign carried on with its last answer."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from operator import itemgetter

import msgspec
from msgspec.structs import asdict, replace

from coach.domain.status.history import CheckIn, Edited, History, Screening
from coach.domain.status.wall_clock import local_day
from coach.domain.triage.answers import KNEES, TRI, Answers, Knees, Pain, Tri, side_of
from coach.domain.triage.rules import RuleBook

CORRECTABLE = timedelta(hours=24)
"""A slip is corrected within this time of the first record of its chain; to the second, as 24 hours were promised."""
Signs = dict[str, Tri]
_NONE: frozenset[str] = frozenset()


class CarriedAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers after one check-in or one screening."""

    at: datetime
    said_at: datetime
    """When the answers were said: later than ``at`` where a correction changed them."""
    answers: Answers
    """The check-in's answers; every sign holds its last answer."""
    asked: frozenset[str]
    """The signs that were answered this time."""
    check_in: CheckIn | None = None
    ahead: bool = False
    """Whether the record is, or was when it came, dated in the future."""
    only_stricter: bool = False
    """Whether it was said later of an earlier day, or taken out later: it counts only where it makes it stricter."""


class EffectiveCheckIn(msgspec.Struct, frozen=True):
    """A check-in with the corrections of it applied."""

    at: datetime
    """The moment that it is about: that of the first record of the chain."""
    said_at: datetime
    """When the last record of the chain that changed an answer was made."""
    check_in: CheckIn
    """The last record of the chain; what no correction named is as the first had it."""
    ids: frozenset[str]
    """The ids of all records of the chain."""
    root: str
    """The id of the first record: a correction does not move what it corrects among notes of the same second."""


def carried_answers(history: History, book: RuleBook, now: datetime | None = None) -> tuple[CarriedAnswers, ...]:
    """Return the answers after each check-in and screening, in order of time."""
    carried: list[CarriedAnswers] = []
    previous = Answers()
    told_signs = _ToldSigns(book)
    for event in _events(history, now):
        ahead = is_ahead(event, history.dated_ahead, now)
        if isinstance(event, Screening):
            after = _from_screening(event, previous, ahead=ahead)
        else:
            after = _from_check_in(event, previous, told_signs, ahead=ahead)
        if only_stricter := _id(event) in history.only_stricter:
            after = replace(after, only_stricter=True)
        carried.append(after)
        if only_stricter and not ahead:
            # The others are not answered by what only tightens.
            previous = replace(previous, signs={**previous.signs, **worse_signs(previous.signs, after)})
        elif not ahead:  # what is dated ahead is carried no further: its "no" must not answer a sign that is there now
            previous = after.answers
    return tuple(carried)


def worse_signs(signs: Signs, told: CarriedAnswers) -> Signs:
    """Return the signs that were answered worse than in ``signs``."""
    return {
        sign: answer
        for sign, answer in told.answers.signs.items()
        if sign in told.asked and TRI.index(answer) > TRI.index(signs.get(sign, "no"))
    }


def _events(history: History, now: datetime | None) -> list[EffectiveCheckIn | Screening]:
    check_ins = effective(history.check_ins, now, history.dated_ahead, history.edits)
    # What only tightens comes after what it changes, which has the same moment.
    later = history.only_stricter
    placed: list[tuple[datetime, bool, str, EffectiveCheckIn | Screening]] = [
        *((listed.at, listed.id in later, listed.id, listed) for listed in history.screenings),
        *((event.at, event.check_in.id in later, event.root, event) for event in check_ins),
    ]
    return [event for *_, event in sorted(placed, key=itemgetter(0, 1, 2))]


def _id(event: EffectiveCheckIn | Screening) -> str:
    return event.id if isinstance(event, Screening) else event.check_in.id


def is_ahead(event: EffectiveCheckIn | Screening, dated_ahead: AbstractSet[str], now: datetime | None) -> bool:
    """Tell whether an event is dated after ``now``, or was so when it came."""
    return _id(event) in dated_ahead or (now is not None and event.at > now)


Chain = list[CheckIn | Edited]
"""A check-in, and what corrects or changes it, in order."""


def chains(
    check_ins: Iterable[CheckIn],
    now: datetime | None = None,
    dated_ahead: AbstractSet[str] = _NONE,
    edits: Iterable[Edited] = (),
) -> dict[str, Chain]:
    """Return each check-in that corrects no other with its corrections and ``edits``, by its id."""
    by_id = {check_in.id: check_in for check_in in check_ins}
    roots = _Roots(by_id, now, dated_ahead)
    by_root: dict[str, Chain] = {}
    for check_in in by_id.values():
        root = roots.of(check_in) if check_in.corrects else check_in
        by_root.setdefault(root.id, []).append(check_in)
    for edit in edits:
        if edit.of in by_id:
            by_root[roots.of(by_id[edit.of]).id].append(edit)
    for root_id, chain in by_root.items():
        if len(chain) > 1:
            # The root first: a slip dated in the future is corrected by a record with an earlier date.
            chain.sort(key=lambda record: (record.id != root_id, record.at, record.id))
    return by_root


def effective(
    check_ins: Iterable[CheckIn],
    now: datetime | None = None,
    dated_ahead: AbstractSet[str] = _NONE,
    edits: Iterable[Edited] = (),
) -> Iterator[EffectiveCheckIn]:
    """Yield the check-ins that no later one corrects, each with the chain of corrections and ``edits`` applied."""
    return map(applied, chains(check_ins, now, dated_ahead, edits).values())


def worst_walking(check_ins: Iterable[CheckIn], now: datetime) -> dict[date, int]:
    """Return the worst walking pain of each day that has one, by the days of this place; a slip counts as mended."""
    worst: dict[date, int] = {}
    for event in effective(check_ins):
        if (walking := event.check_in.answers.pain.walking) is not None:
            day = event.check_in.day or local_day(event.at, now)
            worst[day] = max(walking, worst.get(day, 0))
    return worst


def late_corrections(check_ins: Iterable[CheckIn], now: datetime | None = None) -> tuple[CheckIn, ...]:
    """Return the corrections that came too late, or name themselves: both records count."""
    by_id = {check_in.id: check_in for check_in in check_ins}
    roots = _Roots(by_id, now, _NONE)
    return tuple(
        check_in for check_in in by_id.values() if check_in.corrects in by_id and roots.of(check_in) is check_in
    )


class _Roots:
    """Finds the first record of the chain of corrections that a check-in belongs to."""

    def __init__(self, by_id: dict[str, CheckIn], now: datetime | None, dated_ahead: AbstractSet[str]) -> None:
        self._by_id = by_id
        self._now = now
        self._dated_ahead = dated_ahead
        self._roots: dict[str, CheckIn] = {}

    def of(self, check_in: CheckIn) -> CheckIn:
        """Return the first record of the chain: the check-in itself, where it corrects none."""
        if check_in.id not in self._roots:
            self._roots[check_in.id] = check_in  # also what ends a ring, as a hand-edited file may hold
            named = self._by_id.get(check_in.corrects or "")
            if named is not None:
                root = self.of(named)
                if root is not check_in and self._in_time(check_in, named, root):
                    self._roots[check_in.id] = root
        return self._roots[check_in.id]

    def _in_time(self, correction: CheckIn, named: CheckIn, root: CheckIn) -> bool:
        if self._is_ahead(correction):
            return False  # a record of the future must not mend what is there now
        if self._is_ahead(root) and correction.at < root.at:
            return True  # a slip with a wrong date can be mended before its time, so that nobody is locked out
        follows = (named.at, named.id) < (correction.at, correction.id)
        return follows and timedelta(0) <= correction.at - root.at <= CORRECTABLE

    def _is_ahead(self, check_in: CheckIn) -> bool:
        return check_in.id in self._dated_ahead or (self._now is not None and check_in.at > self._now)


def applied(chain: Chain) -> EffectiveCheckIn:
    """Return a check-in with the corrections and changes that follow it."""
    first = chain[0]
    assert isinstance(first, CheckIn)  # nothing is changed before it is there
    if len(chain) == 1:
        return EffectiveCheckIn(first.at, first.at, first, frozenset((first.id,)), first.id)
    merged, said_at = first, first.at
    for change in chain[1:]:
        before = merged
        merged = _edited(merged, change) if isinstance(change, Edited) else _corrected_by(merged, change)
        if _decisive(merged.answers) != _decisive(before.answers):
            said_at = change.at
    at = min(record.at for record in chain)
    return EffectiveCheckIn(at, said_at, merged, frozenset(record.id for record in chain), first.id)


def _corrected_by(before: CheckIn, correction: CheckIn) -> CheckIn:
    return replace(
        correction,
        answers=corrected(before.answers, correction.answers, frozenset(correction.asked)),
        asked=tuple(dict.fromkeys((*before.asked, *correction.asked))),
        note=correction.note or before.note,
        medicine=before.medicine if correction.medicine is None else correction.medicine,
        goals={**before.goals, **correction.goals},
        day=correction.day or before.day,
    )


def _edited(before: CheckIn, edit: Edited) -> CheckIn:
    """Return a check-in as an edit, which says only what it changes, has it."""
    answers = corrected(before.answers, edit.answers, frozenset(edit.asked))
    # The worst when walking follows from the knees: taken back alone, it would come back with them.
    answers = replace(answers, knees=Knees() if "walking" in edit.taken_back else answers.knees)
    never_meant = dict.fromkeys(edit.taken_back)
    return replace(
        before,
        answers=replace(
            answers,
            pain=replace(answers.pain, **never_meant),
            side=side_of(answers.knees) or answers.side,
            other_signs=before.answers.other_signs,
            course=before.answers.course,
        ),
        asked=tuple(dict.fromkeys((*before.asked, *edit.asked))),
        note=before.note if edit.note is None else edit.note or None,
        medicine=before.medicine if edit.medicine is None else edit.medicine,
        goals={**before.goals, **edit.goals},
        day=edit.day or before.day,
    )


def corrected(before: Answers, after: Answers, asked: frozenset[str]) -> Answers:
    """Return the answers ``before`` as a correction has them; ``asked`` are the signs that it names.

    What the correction does not name stays as it was: a pain mended is no sign taken back.
    """
    pain = {name: points for name, points in asdict(after.pain).items() if points is not None}
    signs = _latest_signs(before.signs, after.signs, asked)
    return replace(
        after,
        pain=replace(before.pain, **pain),
        quality=after.quality or before.quality,
        when=after.when or before.when,
        sharp=after.sharp or before.sharp,
        hot=after.hot or before.hot,
        signs=signs,
        context=tuple(dict.fromkeys((*before.context, *after.context))),
        side=after.side or before.side,
        knees=_corrected_knees(before, after),
    )


def _corrected_knees(before: Answers, after: Answers) -> Knees:
    """Return each knee as a correction has it; one number alone, told anew, is no longer of one knee or the other."""
    if not after.knees.told:
        return before.knees if after.pain.walking is None else after.knees
    return Knees(**{knee: getattr(after.knees if knee in after.knees.told else before.knees, knee) for knee in KNEES})


def _decisive(answers: Answers) -> tuple[object, ...]:
    # A note or a painkiller that is added later begins no least time anew.
    pain = answers.pain
    return pain.rest, pain.walking, pain.during, pain.morning, answers.sharp, answers.hot, answers.signs


def _from_screening(screening: Screening, previous: Answers, *, ahead: bool) -> CarriedAnswers:
    """Return the answers after a screening; it asks for no numbers, so those of the last check-in are not repeated."""
    answers = Answers(
        pain=Pain(baseline=previous.pain.baseline),
        sharp="no",
        hot="no",
        signs={**previous.signs, **screening.signs},
        context=previous.context,
        course=previous.course,
    )
    asked = frozenset(screening.signs)
    return CarriedAnswers(at=screening.at, said_at=screening.at, answers=answers, asked=asked, ahead=ahead)


class _ToldSigns:
    """What each check-in tells of the signs; most say the same as the one before, and are worked out with it."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._told: tuple[Signs, str, tuple[str, ...]] = {}, "", ()
        self._asked = _NONE
        self._signs: Signs = {}

    def after(self, check_in: CheckIn, previous: Signs) -> tuple[Signs, frozenset[str]]:
        """Return the last answer of every sign after a check-in, and the signs that were asked in it."""
        told = check_in.answers.signs, check_in.answers.other_signs, check_in.asked
        # By identity: to compare the answers to all signs would cost what this saves.
        if told != self._told or previous is not self._signs:
            self._told = told
            answers, self._asked = self._answered(*told)
            self._signs = _latest_signs(previous, answers, self._asked)
        return self._signs, self._asked

    def _answered(self, answers: Signs, other: str, asked: tuple[str, ...]) -> tuple[Signs, frozenset[str]]:
        if other != "no":
            return answers, frozenset(asked)
        # A blanket no is no answer to a fact that is asked once a year, such as the age.
        no = self._book.blanket_no
        return {**no, **answers}, frozenset((*asked, *(no.keys() - answers.keys())))


def _from_check_in(
    event: EffectiveCheckIn, previous: Answers, told_signs: _ToldSigns, *, ahead: bool
) -> CarriedAnswers:
    check_in = event.check_in
    signs, asked = told_signs.after(check_in, previous.signs)
    return CarriedAnswers(
        at=event.at,
        said_at=event.said_at,
        answers=replace(check_in.answers, signs=signs),
        asked=asked,
        check_in=check_in,
        ahead=ahead,
    )


def _latest_signs(previous: Signs, answers: Signs, asked: frozenset[str]) -> Signs:
    """Return the last answer of every sign.

    Where a record does not say what was asked, the worse of both answers counts: what is unknown never softens.
    """
    if asked >= answers.keys():
        return {**answers, **previous, **answers}
    signs = {**answers, **previous}
    for sign, answer in answers.items():
        if sign in asked or (not asked and TRI.index(answer) > TRI.index(signs[sign])):
            signs[sign] = answer
    return signs
