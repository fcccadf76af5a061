"""Pauses and the ways back from them, as a state machine run over the records: after a restart the answer is the same.

::

    free ──a decision pauses──▶ paused ──time, and two calm check-ins──▶ way back ──two comfortable sessions──▶ free
                                  └─ after a yes that gave today or emergency: and only once it was seen

A record dated after *now* (a clock that was set back, another machine) can make the status stricter, never softer.
"""

from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from coach.domain.status.calm import has_two_calm, highest_pain, is_calm, is_comfortable, is_masked
from coach.domain.status.carried_answers import CarriedAnswers, carried_answers
from coach.domain.status.clearance import SURGERY, Clearances
from coach.domain.status.diary import deciding
from coach.domain.status.elapsed import minute
from coach.domain.status.history import Background, History, Hurt, Seen, Session
from coach.domain.status.pauses import (
    LEAST,
    LEAST_FROM_6,
    SESSIONS_BACK,
    DecidedAnswers,
    Flare,
    PauseEpisode,
    PauseKind,
    PauseState,
    UnclearedSign,
    pausing_rule,
    pausing_rules,
    unsure_as_no,
    without_contexts,
)
from coach.domain.triage.answers import Answers, Pain, Tri
from coach.domain.triage.conditions import Because
from coach.domain.triage.decision import Decision, Reason, decide
from coach.domain.triage.levels import ADVICES
from coach.domain.triage.rules import RuleBook

MOST_REMEMBERED = 2_000
"""How many decisions are kept in mind: those of 90 days, with ten check-ins a day, twice over."""
Event = CarriedAnswers | Seen | Session | Hurt | Background


def pause_state(history: History, book: RuleBook, now: datetime, baseline: int | None = None) -> PauseState:
    """Return the state of the pauses by the stricter reading of ``history``.

    ``baseline`` is the profile's, which a document cannot raise.
    """
    records = deciding(history, now)
    as_told = run_pauses(records.as_told, book, now, baseline)
    if records.cautious is None:
        return as_told
    return max(as_told, run_pauses(records.cautious, book, now, baseline), key=_strictness)


def _strictness(state: PauseState) -> tuple[bool, bool, bool]:
    # What waits for a visit outlasts any pause, and a pause the way back from it.
    return bool(state.uncleared), state.open is not None, state.return_sessions is not None


def run_pauses(history: History, book: RuleBook, now: datetime, baseline: int | None = None) -> PauseState:
    """Run the state machine over records that decide."""
    machine = _PauseMachine(book, baseline)
    events = _in_order(history, book, now)
    machine.check_in_times = {event.at for event in events if isinstance(event, CarriedAnswers) and event.check_in}
    past = [event for event in events if event.at <= now]
    for event in past:
        if _is_only_stricter(event, history):
            machine.take_only_stricter(event)
        elif not _is_ahead(event, history):
            machine.take(event)
        elif isinstance(event, CarriedAnswers):
            machine.take_ahead(event)
    # Time alone may have ended it since the last record.
    machine.end_flare_if_due(now)
    # What is still to come is last: it may tighten today, but must not end what lasts now.
    for event in events[len(past) :]:
        if isinstance(event, CarriedAnswers):
            machine.take_ahead(event)
    return machine.result(now)


def _in_order(history: History, book: RuleBook, now: datetime) -> list[Event]:
    # Backgrounds first: what a visit clears, or a check-in tells, rests on the conditions of that moment.
    events: list[Event] = [
        *history.backgrounds,
        *carried_answers(history, book, now),
        *history.seens,
        *history.sessions,
        *history.hurts,
    ]
    return sorted(events, key=attrgetter("at"))


def _is_ahead(event: Event, history: History) -> bool:
    if isinstance(event, CarriedAnswers):
        return event.ahead
    # *It hurts* can only tighten, whatever its date.
    return event.id in history.dated_ahead and not isinstance(event, Hurt)


def _is_only_stricter(event: Event, history: History) -> bool:
    if isinstance(event, CarriedAnswers):
        return event.only_stricter
    return event.id in history.only_stricter


class _PauseMachine:
    """The state machine under way."""

    def __init__(self, book: RuleBook, baseline: int | None) -> None:
        self.book = book
        self.baseline = baseline
        self.clearances = Clearances(book)
        self.check_in_times: set[datetime] = set()
        """The settings that are noted with a check-in are decided on with its answers."""
        self.decided: list[DecidedAnswers] = []
        self.ahead: list[CarriedAnswers] = []
        self.episodes: list[PauseEpisode] = []
        self.flare: Flare | None = None
        self.uncleared: dict[str, UnclearedSign] = {}
        self.seen_at: datetime | None = None
        self.return_sessions: int | None = None
        self.told_since_visit: list[CarriedAnswers] = []
        """What was told since the last visit."""
        self._signs: Mapping[str, Tri] = {}
        """The signs that were decided on last: most check-ins say of them what the one before said."""
        self._encoded_signs = b""
        self.answers_pause = False
        """Whether the last decision pauses."""

    def result(self, now: datetime) -> PauseState:
        """Return the state after all events."""
        return PauseState(
            decided=tuple(self.decided),
            ahead=tuple(DecidedAnswers(carried, self._decide_at(carried.answers, now)) for carried in self.ahead),
            episodes=tuple(self.episodes),
            flare=self.flare,
            uncleared=tuple(sorted(self.uncleared.values(), key=lambda sign: ADVICES.index(sign.advice), reverse=True)),
            return_sessions=self.return_sessions,
            cleared=self.clearances.at(now),
            seen_at=self.seen_at,
        )

    def take(self, event: Event) -> None:
        """Take in one event of the past."""
        # A flare whose time ran out between two events has to end before the second one is judged.
        self.end_flare_if_due(event.at)
        if isinstance(event, CarriedAnswers):
            self._take_answers(event)
        elif isinstance(event, Seen):
            self._take_visit(event)
        elif isinstance(event, Background):
            self._take_background(event)
        elif self.return_sessions is not None:
            self.return_sessions = self._return_sessions_after(event)

    def take_ahead(self, carried: CarriedAnswers) -> None:
        """Take in answers that are dated ahead, as far as they make the status stricter."""
        self.ahead.append(carried)
        # Whoever saw the knee up to now cannot have known of it.
        self.told_since_visit.append(carried)
        decision = self._decide_at(carried.answers, carried.at)
        if decision.activity == "pause":
            self._take_pausing(carried)
            self._note_episode(decision, carried.at)

    def take_only_stricter(self, event: Event) -> None:
        """Take in what was said or taken out later, as far as it makes the status stricter."""
        self.end_flare_if_due(event.at)
        if isinstance(event, CarriedAnswers):
            self._take_stricter_answers(event)
        elif isinstance(event, Session | Hurt) and self.return_sessions and self._return_sessions_after(event) == 0:
            self.return_sessions = 0

    def _take_stricter_answers(self, carried: CarriedAnswers) -> None:
        self.clearances.drop_changed(carried.answers.signs)
        self.take_ahead(carried)
        if self.flare is not None and is_calm(carried.answers, self.baseline) is False:
            self.flare = replace(self.flare, calm=())

    def end_flare_if_due(self, at: datetime) -> None:
        """End the flare where all its conditions were met by ``at``."""
        flare = self.flare
        if flare is None or self.uncleared or not has_two_calm(flare.calm):
            return
        episode = self._open_episode()
        if episode is None:
            return
        seen = self.seen_at if self.seen_at and self.seen_at > episode.since else episode.since
        end = max(flare.until, flare.calm[-1], seen)
        if minute(end) > minute(at):
            return
        self.flare = None
        self.return_sessions = 0
        if self.answers_pause:
            # The operation or the unsure answer goes on pausing; it has no least time.
            self.episodes[-1] = replace(episode, until=None)
        else:
            self.episodes[-1] = replace(episode, ended=min(end, at))

    def _decide(self, answers: Answers, cleared: frozenset[str] = frozenset()) -> Decision:
        # To save one check-in, the days before it are folded twice; and one says what others of its day said.
        if answers.signs is not self._signs:
            self._signs, self._encoded_signs = answers.signs, msgspec.json.encode(answers.signs)
        key = msgspec.json.encode(replace(answers, signs={})), self._encoded_signs, cleared
        decision: Decision | None = self.book.remembered.get(key)
        if decision is None:
            if len(self.book.remembered) >= MOST_REMEMBERED:
                self.book.remembered.clear()
            decision = decide(answers, self.book, asked_only=True, cleared=cleared)
            self.book.remembered[key] = decision
        return decision

    def _decide_at(self, answers: Answers, at: datetime) -> Decision:
        cleared = self.clearances.at(at)
        answers = without_contexts(answers, cleared.healed)
        return self._decide(answers, cleared.of(answers, self.book))

    def _without_healed(self, answers: Answers, at: datetime) -> Answers:
        return without_contexts(answers, self.clearances.at(at).healed)

    def _open_episode(self) -> PauseEpisode | None:
        return self.episodes[-1] if self.episodes and self.episodes[-1].ended is None else None

    def _return_sessions_after(self, event: Session | Hurt) -> int | None:
        """Return the comfortable sessions of the way back after one more session, or after it hurt."""
        if isinstance(event, Hurt) or event.outcome == "hurt" or event.comfort == "uncomfortable":
            return 0
        done = (self.return_sessions or 0) + is_comfortable(event)
        return None if done >= SESSIONS_BACK else done

    def _take_background(self, background: Background) -> None:
        """Take in the conditions of the settings: one that is new may make an old answer a matter for today."""
        before = self.clearances.told_since.keys()
        self.clearances.take_background(background)
        if not self.decided:
            return
        check_ins = [decided.carried.answers for decided in self.decided if decided.carried.check_in]
        last = check_ins[-1] if check_ins else Answers()
        new = tuple(context for context in background.contexts if context not in {*before, *last.context})
        if not new or background.at in self.check_in_times:
            return
        # The settings tell nothing of pain: what paused by its numbers is not said anew.
        pain, signs = Pain(baseline=last.pain.baseline), self.decided[-1].carried.answers.signs
        answers = replace(last, pain=pain, sharp="no", signs=signs, context=(*last.context, *new))
        at = background.at
        carried = CarriedAnswers(at=at, said_at=at, answers=answers, asked=frozenset())
        decision = self._decide_at(answers, at)
        if decision.activity == "pause":
            self._take_pausing(carried)
            self._note_episode(decision, at)

    def _take_visit(self, visit: Seen) -> None:
        self.uncleared, self.seen_at, self.told_since_visit = {}, visit.at, []
        if not self.decided:
            self.clearances.take_visit(visit, {})
            return
        latest = self.decided[-1]
        self.clearances.take_visit(visit, latest.carried.answers.signs, latest.carried.answers.context)
        # With what the settings told since the last check-in: a visit that clears no condition ends no pause of it.
        answers = latest.carried.answers
        context = tuple(dict.fromkeys((*answers.context, *self.clearances.present)))
        self._note_episode(self._decide_at(replace(answers, context=context), visit.at), visit.at)

    def _take_answers(self, carried: CarriedAnswers) -> None:
        self.told_since_visit.append(carried)
        if carried.check_in is not None:
            self.clearances.take_contexts(carried.answers.context, carried.at)
        self.clearances.drop_changed(carried.answers.signs)
        cleared = self.clearances.at(carried.at)
        answers = without_contexts(carried.answers, cleared.healed)
        if answers is not carried.answers:
            carried = replace(carried, answers=answers)
        decision = self._decide(answers, cleared.of(answers, self.book))
        self.decided.append(DecidedAnswers(carried, decision))
        flares = decision.activity == "pause" and self._take_pausing(carried)
        if self.flare is not None and carried.check_in is not None and not flares:
            self.flare = self._with_calm(self.flare, carried)
        self._note_episode(decision, carried.at)
        self.end_flare_if_due(carried.at)

    def _take_pausing(self, carried: CarriedAnswers) -> bool:
        """Take in answers that pause; tell whether they are a flare.

        What an unsure answer alone gave is lifted by answering it, so the decision is made again without those.
        """
        firm = unsure_as_no(carried.answers)
        for reason in self._decide_at(firm, carried.at).reasons:
            # A number, however high, ends with calm check-ins; only an answer "yes" waits for a visit.
            level = reason.level
            by_yes = "yes" in reason.because.values() and self._is_since_visit(reason)
            if by_yes and (level == "today" or level == "emergency"):  # noqa: PLR1714 -- mypy
                self.uncleared.setdefault(reason.rule, UnclearedSign(carried.at, reason.rule, level))
        flare = self._decide(self._without_healed(firm, carried.at), frozenset((SURGERY,)))
        if flare.activity != "pause":
            return False
        # From when it was said: yesterday's number mended today begins its least time today.
        until = carried.said_at + (LEAST_FROM_6 if highest_pain(firm) >= 6 else LEAST)
        before = self.flare.ends if self.flare else {}
        rules = pausing_rules(flare)
        self.flare = Flare({**before, **{rule: max(until, before.get(rule, until)) for rule in rules}}, rules)
        self.return_sessions = None  # a new pause on the way back starts over
        return True

    def _with_calm(self, flare: Flare, carried: CarriedAnswers) -> Flare:
        """Count a calm check-in towards the end of a flare; one that is not calm begins the count anew."""
        calm = is_calm(carried.answers, self.baseline)
        # Left open, or low under a painkiller: it neither counts nor begins the count anew.
        if calm is None or (calm and is_masked(carried, self.seen_at)):
            return flare
        return replace(flare, calm=(*flare.calm, carried.at) if calm else ())

    def _note_episode(self, decision: Decision, at: datetime) -> None:
        """Open, go on with, or end the pause of the history, after a decision."""
        self.answers_pause = decision.activity == "pause"
        episode = self._open_episode()
        if self.flare is not None:
            now = PauseEpisode(since=at, until=self.flare.until, reason=self.flare.last[0], kind="flare")
        elif decision.activity == "pause":
            surgery = any(reason.rule == SURGERY for reason in decision.reasons)
            kind: PauseKind = "surgery" if surgery else "unsure"
            now = PauseEpisode(since=at, until=None, reason=pausing_rule(decision), kind=kind)
        else:
            if episode is not None:  # it waited for an answer or a clearance alone, and here it is
                self.episodes[-1] = replace(episode, ended=at)
            return
        if episode is None:
            self.episodes.append(now)
        else:
            # Several things may pause in turn: to the person it is one pause, from the first of them on.
            self.episodes[-1] = replace(now, since=episode.since)

    def _is_since_visit(self, reason: Reason) -> bool:
        """Tell whether anything that makes a rule fire was told since the last visit.

        Each sign is asked as *new, or changed since you were last seen for it*; a condition that came after the visit
        makes an old answer a new matter.
        """
        if self.seen_at is None or any(_tells(carried, reason.because) for carried in self.told_since_visit):
            return True
        told_since = self.clearances.told_since
        return any(
            told_since.get(context, self.seen_at) > self.seen_at for context in reason.because.get("context", ())
        )


def _tells(carried: CarriedAnswers, because: Because) -> bool:
    """Tell whether any of these answers, by their paths, was told anew.

    A check-in tells of the heat and of one more day, too.
    """
    if carried.check_in is not None and not because.keys().isdisjoint(("hot", "course.rest_days")):
        return True
    return any(path.startswith("signs.") and path[6:] in carried.asked for path in because)
