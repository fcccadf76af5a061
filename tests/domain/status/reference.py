"""The lifecycle a second time, as an oracle: from the rules in words alone, slow and plain.

Nothing is folded and nothing is remembered: each question is answered from all records anew, by its definition. Only
``decide``, which has proofs of its own, is shared with the program. Where the words leave something open, the reading
taken is written beside it, and the program has to agree.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from msgspec.structs import asdict, replace

from coach.domain.profile import Profile
from coach.domain.status.history import Background, CheckIn, History, Hurt, Record, Screening, Seen, Session
from coach.domain.triage.answers import TRI, WEEK, Answers, Course, Pain, Tri
from coach.domain.triage.decision import Decision, decide
from coach.domain.triage.levels import ACTIVITIES, ADVICES, Activity, Advice, headline
from coach.domain.triage.rules import RuleBook

DAY, WEEK_LONG, CLEARED, OPERATION = (timedelta(days=days) for days in (1, 7, 90, 84))
COUNTS = {"rested-3-days", "days-14", "days-21", "paused-7-days", "three-pauses"}
NO_PAIN_RULE = {"rest-8"}
"""Gives *today* by a number: it ends like any pause by numbers."""
FOLLOWING = {"with-soon", "with-today", "no-advice"}


class Expected(NamedTuple):
    """What must be so at one moment."""

    activity: Activity
    advice: Advice
    headline: str
    seated_only: bool
    may_start: bool
    until: datetime | None
    back_when: frozenset[str]
    causes: frozenset[str]
    """The rules that pause, or *hurt*: each has to be named, and the pause's own reason is one of them."""


class Entry(NamedTuple):
    """What was told at one time: a check-in with its corrections, or the list of signs."""

    at: datetime
    said_at: datetime
    id: str
    answers: Answers
    asked: frozenset[str]
    is_check_in: bool
    ahead: bool
    medicine: str = ""


class Reference:
    """All questions about one history at one moment."""

    def __init__(self, history: History, profile: Profile, book: RuleBook, now: datetime) -> None:
        self.profile, self.book, self.now, self.lost_at = profile, book, now, history.lost_at
        self.records = sorted(history.records(), key=lambda record: (record.at, record.id))
        self.ahead = {record.id for record in self.records if record.at > now} | history.dated_ahead
        every = self.entries()
        self.told = [entry for entry in every if not entry.ahead]
        self.told_ahead = [entry for entry in every if entry.ahead]
        self.settings = [entry for record in self.past(Background) for entry in self.new_conditions(record)]
        self.hard = book.ids("emergency", "today")

    # What was told ------------------------------------------------------------------------------------------------

    def past(self, kind: type) -> list[Any]:
        """Return the records of a kind that may soften: none dated ahead, none that was when it came."""
        return [record for record in self.records if isinstance(record, kind) and record.id not in self.ahead]

    def root(self, record: CheckIn, seen: tuple[str, ...] = ()) -> CheckIn:
        """Return the first record of a chain of corrections, each within 24 hours of that first one."""
        before = next((each for each in self.records if isinstance(each, CheckIn) and each.id == record.corrects), None)
        if before is None or record.id in self.ahead or record.id in seen:
            return record
        root = self.root(before, (*seen, record.id))
        early = root.id in self.ahead and record.at < root.at
        late = (before.at, before.id) < (record.at, record.id) and record.at - root.at <= DAY
        return root if root.id != record.id and (early or late) else record

    def entries(self) -> list[Entry]:
        """Return what was told, oldest first."""
        entries: list[Entry] = []
        for record in self.records:
            ahead = record.id in self.ahead
            if isinstance(record, Screening):
                blank = Answers(signs=record.signs)
                entries.append(Entry(record.at, record.at, record.id, blank, frozenset(record.signs), False, ahead))
            elif isinstance(record, CheckIn) and self.root(record) is record:
                entries.append(self.corrected(record, ahead=ahead))
        return sorted(entries, key=lambda entry: (entry.at, entry.id))

    def corrected(self, first: CheckIn, *, ahead: bool) -> Entry:
        """Return a check-in with its corrections: what they do not name stays as it was."""
        answers, asked, said_at, at = first.answers, set(first.asked), first.at, first.at
        medicine = first.medicine
        for record in self.records:
            if not isinstance(record, CheckIn) or record is first or self.root(record) is not first:
                continue
            ahead = False
            new, old = record.answers, answers
            numbers = {name: value for name, value in asdict(new.pain).items() if value is not None}
            answers = replace(
                new,
                pain=replace(old.pain, **numbers),
                sharp=new.sharp or old.sharp,
                hot=new.hot or old.hot,
                quality=new.quality or old.quality,
                signs={**old.signs, **{sign: new.signs[sign] for sign in record.asked}},
                context=tuple(dict.fromkeys((*old.context, *new.context))),  # no check-in takes a condition back
            )
            at = min(at, record.at)
            asked |= set(record.asked)
            medicine = medicine if record.medicine is None else record.medicine
            if replace(answers, course=old.course) != old:
                said_at = record.at
        return Entry(at, said_at, first.id, answers, frozenset(asked), True, ahead, medicine or "")

    def signs(self, until: Entry | None, entries: Sequence[Entry]) -> dict[str, Tri]:
        """Return each sign's last answer, up to and with an entry (None: all)."""
        last: dict[str, Tri] = {}
        for entry in entries:
            for sign, answer in entry.answers.signs.items():
                if sign in entry.asked or sign not in last:
                    last[sign] = answer
                elif not entry.asked:  # it does not say what it asked: the worse of both
                    last[sign] = max(last[sign], answer, key=TRI.index)
            if entry is until:
                break
        return last

    def answers(self, entry: Entry) -> Answers:
        """Return the whole answers after an entry: a list of signs leaves the numbers as they were."""
        entries = [each for each in self.told if each is entry or not entry.ahead] if not entry.ahead else [entry]
        before = [each for each in entries if (each.at, each.id) <= (entry.at, entry.id) and each.is_check_in]
        base = before[-1].answers if before else Answers()
        if entry.ahead:
            entries = [each for each in self.told if each.at <= entry.at] + [entry]
        if entry in self.settings:  # they say nothing of pain, so that its pause is not said anew
            entries = [each for each in entries if each.at <= entry.at]
            base = replace(base, pain=Pain(baseline=base.pain.baseline), sharp="no")
            base = replace(base, context=(*base.context, *entry.answers.context))
            return replace(base, signs=self.signs(None, entries))
        return replace(base, signs=self.signs(entry, entries))

    def new_conditions(self, note: Background) -> list[Entry]:
        """Return the conditions that the settings tell anew, as something told: they may make an old answer urgent."""
        before = [record for record in self.records if (record.at, record.id) < (note.at, note.id)]
        check_ins = [entry for entry in self.told if entry.is_check_in and entry.at <= note.at]
        had = {c for c in note.contexts if self.there_since(c, note.at, before)}
        had |= set(check_ins[-1].answers.context if check_ins else ())
        new = tuple(context for context in note.contexts if context not in had)
        told = any(entry.at <= note.at for entry in self.told)
        told &= all(entry.at != note.at for entry in (*self.told, *self.told_ahead) if entry.is_check_in)
        answers = Answers(context=new)
        return [Entry(note.at, note.at, note.id, answers, frozenset(), False, False)] if new and told else []

    # Conditions and clearances ------------------------------------------------------------------------------------

    def there_since(self, context: str, at: datetime, records: Sequence[Record] | None = None) -> datetime | None:
        """Return since when a condition is there, by the records that list the conditions; None: it is not."""
        since: datetime | None = None
        for record in self.records if records is None else records:
            if record.at <= at and record.id not in self.ahead and isinstance(record, CheckIn | Background):
                listed = record.answers.context if isinstance(record, CheckIn) else record.contexts
                since = (since or record.at) if context in listed else None
        return since

    def began(self, context: str, after: datetime, until: datetime) -> bool:
        """Tell whether a condition came, or came again, between two moments."""
        times = [record.at for record in self.records if after < record.at <= until]
        return any(self.there_since(context, at) == at for at in times)

    def cleared(self, answers: Answers, at: datetime) -> frozenset[str]:
        """Return the rules and conditions that a clearance cancels at a moment, on answers."""
        cancelled: set[str] = set()
        for visit in self.past(Seen):
            if visit.at > at:
                continue
            if at - visit.at < CLEARED and answers.course.week != "worse":
                cancelled |= COUNTS
            for name in visit.cleared:
                if self.there_since(name, visit.at) and not self.began(name, visit.at, at):
                    lasting = name == "recent-surgery"
                    if lasting or (name in ("diabetes", "osteoporosis", "weak-immune") and at - visit.at < CLEARED):
                        cancelled.add(name)
                elif name in self.book.ids("soon") and at - visit.at < CLEARED and self.unchanged(name, visit, at):
                    cancelled.add(name)
        return frozenset(cancelled)

    def unchanged(self, sign: str, visit: Seen, at: datetime) -> bool:
        """Tell whether a sign is as it was at a visit, ever since."""
        then = self.signs(None, [entry for entry in self.told if entry.at <= visit.at]).get(sign, "no")
        later = [entry for entry in self.told if visit.at < entry.at <= at]
        since = [self.signs(entry, self.told).get(sign, "no") for entry in later]
        return then != "no" and all(answer != "no" and TRI.index(answer) <= TRI.index(then) for answer in since)

    def healed(self, at: datetime) -> bool:
        """Tell whether the operation was cleared, and lies more than 12 weeks back."""
        since = self.there_since("recent-surgery", at)
        visits = [visit for visit in self.past(Seen) if visit.at <= at and "recent-surgery" in visit.cleared]
        return since is not None and at - since >= OPERATION and any(visit.at >= since for visit in visits)

    def decision(self, answers: Answers, at: datetime, *, sure: bool = False, operated: bool = True) -> Decision:
        """Decide on answers at a moment; ``sure`` takes each unsure for a no."""
        cleared = self.cleared(answers, at) | (frozenset() if operated else {"recent-surgery"})
        if self.healed(at):
            answers = replace(answers, context=tuple(each for each in answers.context if each != "recent-surgery"))
        if sure:
            signs: dict[str, Tri] = {sign: "no" if tri == "unsure" else tri for sign, tri in answers.signs.items()}
            answers = replace(answers, signs=signs, hot="no" if answers.hot == "unsure" else answers.hot)
        return decide(answers, self.book, asked_only=True, cleared=cleared)

    # Pauses ---------------------------------------------------------------------------------------------------------

    def urgent(self, answers: Answers, at: datetime) -> dict[str, tuple[Advice, dict[str, Any]]]:
        """Return the rules that a *yes* fires for today or an emergency, with the answers that fire them."""
        reasons = self.decision(answers, at, sure=True).reasons
        return {
            reason.rule: (reason.level, reason.because)
            for reason in reasons
            if reason.answer == "advice"
            and reason.level in ("today", "emergency")
            and reason.rule not in NO_PAIN_RULE | FOLLOWING
        }

    def new_since(self, because: dict[str, Any], visit: datetime, entry: Entry) -> bool:
        """Tell whether any answer that fires a rule was told after a visit."""
        later = [each for each in (*self.told, *self.told_ahead) if visit < each.said_at and each.at <= entry.at]
        signs = {path.removeprefix("signs.") for path in because}
        if any(signs & each.asked or ("course.rest_days" in because and each.is_check_in) for each in later):
            return True
        if "hot" in because and any(each.answers.hot == "yes" for each in later):
            return True
        contexts: Iterable[str] = because.get("context", ())
        since = [self.there_since(context, entry.at) for context in contexts]
        return any(each is not None and each > visit for each in since)

    def awaits_visit(self, at: datetime) -> dict[str, Advice]:
        """Return the rules that wait for a visit: a yes for today or an emergency not seen since it was said."""
        waiting: dict[str, Advice] = {}
        visits = [visit.at for visit in self.past(Seen) if visit.at <= at]
        for entry in (*self.told, *self.settings, *self.told_ahead):
            if entry.at > at and not entry.ahead:
                continue
            for rule, (advice, because) in self.urgent(self.answers(entry), entry.at).items():
                after = any(visit >= entry.said_at for visit in visits)
                before = [visit for visit in visits if visit < entry.said_at]
                if not after and not (before and not self.new_since(because, max(before), entry)):
                    waiting[rule] = max(advice, waiting.get(rule, "none"), key=ADVICES.index)
        return waiting

    def flares(self) -> list[tuple[Entry, datetime, list[str]]]:
        """Return the entries that pause by themselves, each with its least end and its rule."""
        flares = []
        for entry in sorted((*self.told, *self.settings, *self.told_ahead), key=lambda entry: (entry.at, entry.id)):
            answers = self.answers(entry)
            if not entry.is_check_in and entry not in self.settings:  # the list says nothing of numbers
                answers = replace(answers, pain=Pain(), sharp="no", hot="no")
            decision = self.decision(answers, entry.at, sure=True, operated=False)
            if decision.activity == "pause":
                numbers = (answers.pain.rest, answers.pain.walking, answers.pain.during, answers.pain.morning)
                long = any((number or 0) >= 6 for number in numbers)
                flares.append((entry, entry.said_at + DAY * (2 if long else 1), pausing(decision)))
        return flares

    def calm(self, entry: Entry) -> bool | None:
        """Tell whether a check-in is calm; None where it left something open and nothing speaks against it."""
        answers, pain = entry.answers, entry.answers.pain
        usual = [number for number in (pain.baseline, self.profile.baseline) if number is not None]
        most = max(3, min(usual, default=0))
        checks: list[bool | None] = [
            None if pain.rest is None else pain.rest <= 2,
            None if pain.walking is None else pain.walking <= most,
            None if answers.sharp is None else answers.sharp == "no",
            None if answers.hot is None else answers.hot == "no",
        ]
        return False if False in checks else None if None in checks else True

    def has_way_back(self, last: Entry, at: datetime) -> bool:
        """Tell whether there were two calm check-ins a day apart, none restless between, after the last flare."""
        row: list[datetime] = []
        for entry in self.told:
            if entry.is_check_in and (last.at, last.id) < (entry.at, entry.id) and entry.at <= at:
                calm = self.calm(entry)
                visits = [visit.at for visit in self.past(Seen) if visit.at <= entry.at <= visit.at + CLEARED]
                if calm and entry.medicine and not visits:
                    calm = None  # what a painkiller hides is not told
                row = [] if calm is False else [*row, entry.at] if calm else row
        return bool(row) and row[-1] - row[0] >= DAY

    def runs(self) -> list[tuple[datetime, datetime | None]]:
        """Return each pause by itself: its begin, and its end where it ended."""
        runs: list[tuple[datetime, datetime | None]] = []
        flares = self.flares()
        moments = sorted(
            {entry.at for entry in self.told}
            | {visit.at for visit in self.past(Seen)}
            | {until for _, until, _ in flares}
            | {self.now}
        )
        while flares:
            begin, end = flares[0][0].at, None
            for moment in moments:
                own = [flare for flare in flares if flare[0].at <= moment]
                if moment > self.now or moment < begin:
                    continue
                if (
                    own
                    and moment >= max(until for _, until, _ in own)
                    and self.has_way_back(own[-1][0], moment)
                    and not self.awaits_visit(moment)
                ):
                    end = moment
                    break
            runs.append((begin, end))
            flares = [flare for flare in flares if end is not None and flare[0].at > end]
        return runs

    def open_flares(self) -> list[tuple[Entry, datetime, list[str]]]:
        """Return the flares of the pause that lasts now."""
        runs = self.runs()
        if not runs or runs[-1][1] is not None:
            return []
        return [flare for flare in self.flares() if flare[0].at >= runs[-1][0]]

    def comfortable_in_a_row(self, since: datetime) -> int:
        """Return how many comfortable sessions there were since, after the last uncomfortable one."""
        count = 0
        for session in [each for each in self.records if isinstance(each, Session | Hurt) and each.at <= self.now]:
            if session.at >= since and (isinstance(session, Hurt) or session.id not in self.ahead):
                if isinstance(session, Hurt) or session.outcome == "hurt" or session.comfort == "uncomfortable":
                    count = 0  # two in a row, nothing that hurt between them
                elif comfortable(session):
                    count += 1
                if count == 2:
                    break
        return count

    def episodes(self) -> list[tuple[datetime, datetime | None]]:
        """Return the times in which a decision paused, whatever the cause."""
        runs = self.runs()
        paused: list[tuple[datetime, datetime | None]] = []
        entries = sorted((*self.told, *self.settings, *self.told_ahead), key=lambda entry: (entry.at, entry.id))
        moments = sorted(
            {entry.at for entry in entries} | {end for _, end in runs if end} | {v.at for v in self.past(Seen)}
        )
        for moment in moments:
            by_flare = any(begin <= moment and (end is None or moment < end) for begin, end in runs)
            last = [entry for entry in entries if entry.at <= moment]
            now = by_flare or bool(last and self.decision(self.answers(last[-1]), moment).activity == "pause")
            if now and (not paused or paused[-1][1] is not None):
                paused.append((moment, None))
            elif not now and paused and paused[-1][1] is None:
                paused[-1] = (paused[-1][0], moment)
        return paused

    # How it has gone ------------------------------------------------------------------------------------------------

    def day(self, at: datetime) -> date:
        """Return the day of a moment, where one is now."""
        return at.astimezone(self.now.tzinfo).date()

    def worst_by_day(self) -> dict[date, int]:
        """Return the worst number of each day that was told of."""
        worst: dict[date, int] = {}
        for entry in self.told:
            pain = entry.answers.pain
            numbers = [each for each in (pain.rest, pain.walking, pain.during, pain.morning) if each is not None]
            if entry.is_check_in and numbers:
                day = self.day(entry.at)
                worst[day] = max(worst.get(day, 0), *numbers)
        return dict(sorted(worst.items()))

    def lasted(self, since: date, days: Sequence[date]) -> int:
        """Return for how many days up to the last one told of something was told: a silence of over a week is none."""
        total, before = 0, since
        for number, day in enumerate(day for day in days if day >= since):
            total += (day - before).days if number == 0 or (day - before).days <= 7 else 0
            before = day
        return total

    def paused_days(self, since: datetime | None, days: Sequence[date]) -> int:
        """Return the days of the open pause up to the last one told of."""
        if since is None:
            return 0
        begin = self.day(since)
        return self.lasted(begin, [begin, *(day for day in days if day >= begin)])

    def onset(self, worst: dict[date, int]) -> date | None:
        """Return the day on which it began: as told, else the first pain; anew after 14 days at 0."""
        first = next(iter(entry for entry in self.told if entry.is_check_in), None)
        begin = self.profile.onset
        if begin is None and first is not None and first.answers.course.symptom_days:
            begin = self.day(first.at) - timedelta(days=min(first.answers.course.symptom_days, 30_000))
        zero_from: date | None = None
        last: date | None = None
        zeroed: date | None = None
        for day, points in worst.items():
            if points == 0:
                zero_from = zero_from if zero_from and last and (day - last).days <= 7 else day
                if (day - zero_from).days >= 13:
                    zeroed = day
            else:
                zero_from = None
            last = day
        pains = [day for day, points in worst.items() if points and (zeroed is None or day > zeroed)]
        if zeroed is not None and (begin is None or begin <= zeroed):
            return pains[0] if pains else None
        return min([*pains[:1], *([begin] if begin else [])], default=None)

    def rest_days(self, worst: dict[date, int]) -> int:
        """Return the days told of in a row with pain and without exercise, up to now."""
        sessions = {self.day(session.at) for session in self.past(Session) if exercised(session)}
        row: list[date] = []
        for day, points in worst.items():
            if row and (day - row[-1]).days > 7:
                row = []
            row = [*row, day] if points else []
        if row and (self.day(self.now) - row[-1]).days > 7:
            return 0
        return sum(1 for day in row if not any(session >= day for session in sessions))

    def course(self) -> Course:
        """Return the course by the records, or as it was told, whichever is worse."""
        worst, today = self.worst_by_day(), self.day(self.now)
        days = list(worst)
        onset, episodes = self.onset(worst), self.episodes()
        open_since = episodes[-1][0] if episodes and episodes[-1][1] is None else None
        lately = [points for day, points in worst.items() if 0 <= (today - day).days < 7]
        before = [points for day, points in worst.items() if 7 <= (today - day).days < 14]
        enough = len(lately) >= 3 and len(before) >= 3
        change = median(lately) - median(before) if enough else 0
        told = [entry.answers.course for entry in self.told if entry.is_check_in][-1:] or [Course()]
        return Course(
            symptom_days=max(told[0].symptom_days, self.lasted(onset, days) if onset else 0),
            rest_days=max(told[0].rest_days, self.rest_days(worst)),
            paused_days=max(told[0].paused_days, self.paused_days(open_since, days)),
            pauses_14d=max(told[0].pauses_14d, sum(1 for begin, _ in episodes if self.now - begin < 14 * DAY)),
            week=max(told[0].week, "worse" if change >= 1 else "same", key=WEEK.index),
        )

    # Now --------------------------------------------------------------------------------------------------------------

    def contexts(self) -> tuple[Any, ...]:
        """Return the conditions of now: of the settings, the last check-in and the last note of the settings."""
        ahead = [record for record in self.records if isinstance(record, Background) and record.id in self.ahead]
        notes = [*self.past(Background)[-1:], *ahead]  # one dated ahead may add a condition, and takes none away
        noted = [context for note in notes for context in note.contexts]
        last = [entry for entry in self.told if entry.is_check_in][-1:]
        told = [
            c for entry in last for c in entry.answers.context if c != "recent-surgery" or not self.healed(entry.at)
        ]
        return tuple(dict.fromkeys((*self.profile.contexts, *told, *noted)))

    def hurt(self) -> tuple[datetime | None, bool]:
        """Return until when *it hurts* rests (None: it does not), and whether the day after it is gentle."""
        until, gentle = None, False
        for record in self.records:
            is_hurt = isinstance(record, Hurt) or (isinstance(record, Session) and record.outcome == "hurt")
            if not is_hurt:
                continue
            at = min(record.at, self.now)  # one of the future counts as one of now
            at = at.astimezone(self.now.tzinfo)
            rest = max(midnight(at), at + timedelta(hours=8))
            if self.now < rest:
                until = max(until or rest, rest)
            gentle |= self.now < midnight(rest)
        return until, gentle

    def last_asked(self, sign: str) -> datetime | None:
        """Return when a sign was asked last."""
        return max((entry.said_at for entry in self.told if sign in entry.asked), default=None)

    def answered_at(self) -> list[datetime]:
        """Return when anything was answered; a correction is an answer of its own time."""
        return [
            record.at
            for record in self.records
            if isinstance(record, CheckIn | Screening) and record.id not in self.ahead
        ]

    def owes_list(self) -> bool:
        """Tell whether the emergency and same-day list has to be answered before a session."""
        signs = self.signs(None, self.told)
        if not all(sign in signs for sign in self.hard):
            return True
        asked = [self.last_asked(sign) for sign in self.hard]
        since = None if None in asked else min(at for at in asked if at is not None)
        if self.lost_at is not None and self.lost_at <= self.now and (since is None or since < self.lost_at):
            return True
        times = self.answered_at()
        gaps = [(a, b) for a, b in zip(times, [*times[1:], self.now], strict=False) if b - a >= 28 * DAY]
        return bool(gaps) and (since is None or since < gaps[-1][1] or since <= gaps[-1][0])

    def away(self) -> bool:
        """Tell whether nothing was noted for a week, and no comfortable session was done since the return."""
        kinds = CheckIn | Screening | Session
        times = [r.at for r in self.records if isinstance(r, kinds) and r.id not in self.ahead]
        for early, late in zip(times, [*times[1:], self.now], strict=False):
            if late - early >= WEEK_LONG and not any(s.at >= late and comfortable(s) for s in self.past(Session)):
                return True
        # Sessions are presence, but tell nothing of the signs: after 28 days without an answer it begins gently too.
        times = self.answered_at()
        for early, late in zip(times, [*times[1:], self.now], strict=False):
            if late - early >= 28 * DAY and not any(s.at >= late and comfortable(s) for s in self.past(Session)):
                return True
        return False

    def expected(self) -> Expected:
        """Return what must be so now."""
        base = self.answers(self.told[-1]) if self.told else Answers()
        answers = replace(base, context=self.contexts(), course=self.course())
        rests = [entry.answers.pain.rest for entry in self.told if entry.answers.pain.rest is not None]
        if answers.pain.rest is None and rests and rests[-1] >= 8:  # stays until a lower one is told
            answers = replace(answers, pain=replace(answers.pain, rest=rests[-1]))
        decision = self.decision(answers, self.now)
        waiting, flares = self.awaits_visit(self.now), self.open_flares()
        rest_until, hurt_gentle = self.hurt()
        runs = self.runs()
        on_way_back = bool(runs and runs[-1][1] and self.comfortable_in_a_row(runs[-1][1]) < 2)

        activities: list[Activity] = [decision.activity]
        advices: list[Advice] = [decision.advice, *waiting.values()]
        standing = [answers]
        for entry in self.told_ahead:
            if not any(each.at > entry.at and each.is_check_in for each in self.told):  # only later answers answer it
                standing.append(self.answers(entry))
                ahead = self.decision(self.answers(entry), self.now)
                advices.append(ahead.advice)
                activities.append(ahead.activity)
        advice = max(advices, key=ADVICES.index)
        if waiting or flares or rest_until or advice in ("today", "emergency"):
            activities.append("pause")
        unknown = not self.profile.contexts_known or (self.lost_at is not None and self.owes_list())
        if on_way_back or hurt_gentle or unknown or self.away() or advice == "soon":
            activities.append("gentle")
        activity = max(activities, key=ACTIVITIES.index)

        operated = any("recent-surgery" in pausing(self.decision(each, self.now)) for each in standing)
        unsure = any(
            set(pausing(self.decision(each, self.now))) - set(pausing(self.decision(each, self.now, sure=True)))
            for each in standing
        )
        back: set[str] = set()
        until = max((until for _, until, _ in flares), default=None)
        if waiting:
            back.add("seen")
        if flares:
            back |= set() if self.has_way_back(flares[-1][0], self.now) else {"two-calm"}
            back |= {"least-time"} if until and self.now < until else set()
        if unsure:
            back.add("answer")
        if operated:
            back.add("cleared")
        if rest_until:
            back.add("tomorrow")
            until = max(until or rest_until, rest_until)
        if (
            not flares
            and not waiting
            and self.decision(answers, self.now, sure=True, operated=False).activity == "pause"
        ):
            back.add("calmer")
        if back & {"seen", "answer", "cleared", "calmer"}:
            until = None
        lasting = [rules for _, end, rules in flares[:-1] if self.now < end] + [rules for _, _, rules in flares[-1:]]
        causes = {*waiting, *(rule for rules in lasting for rule in rules)}
        decisions = [self.decision(each, self.now) for each in standing]  # of now, and of what is dated ahead
        causes |= {rule for each in decisions if each.activity == "pause" for rule in pausing(each)}
        causes |= {"hurt"} if rest_until else set()
        paused = activity == "pause"
        return Expected(
            activity=activity,
            advice=advice,
            headline=headline(activity, advice),
            seated_only=on_way_back and not paused,
            may_start=not paused and not self.owes_list(),
            until=until if paused else None,
            back_when=frozenset(back) if paused else frozenset(),
            causes=frozenset(causes) - FOLLOWING,
        )


def pausing(decision: Decision) -> list[str]:
    """Return the rules of a decision that pause, the strictest first."""
    rules = [reason.rule for reason in decision.reasons if reason.level == "pause" and reason.rule not in FOLLOWING]
    urgent = [reason.rule for reason in decision.reasons if reason.level in ("today", "emergency")]
    return [rule for rule in dict.fromkeys((*urgent, *rules)) if rule not in FOLLOWING]


def exercised(session: Session) -> bool:
    """Tell whether any hold was done; a record without steps says nothing against it."""
    return not session.steps or any(step.reps for step in session.steps)


def comfortable(session: Session) -> bool:
    """Tell whether a session was done and not said to be otherwise; left early or unasked, only where it was said."""
    asked = session.comfort is not None or (session.outcome == "done" and session.by != "popup")
    return (
        asked
        and session.outcome != "hurt"
        and session.comfort != "uncomfortable"
        and any(step.done for step in session.steps)
    )


def midnight(at: datetime) -> datetime:
    """Return the next midnight after a moment."""
    return (at + DAY).replace(hour=0, minute=0, second=0, microsecond=0)


def expected(history: History, profile: Profile, book: RuleBook, now: datetime) -> Expected:
    """Return what must be so at ``now``."""
    return Reference(history, profile, book, now).expected()
