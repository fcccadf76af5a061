"""Gathers the facts of the page for a doctor from the records: profile + history + content → ``SummaryData``."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coach.actions.goals import courses, ended_courses
from coach.actions.status.current import reaching
from coach.content import Content
from coach.domain.ice import icings
from coach.domain.profile import Profile
from coach.domain.status.carried_answers import carried_answers
from coach.domain.status.diary import shown
from coach.domain.status.history import History
from coach.domain.status.pause_machine import pause_state
from coach.domain.status.pauses import PauseEpisode, PauseState
from coach.domain.trends.care import care_days, stretch_comfort
from coach.domain.trends.chart import day_states
from coach.domain.trends.pain import (
    BY_KNEE,
    COMPARED,
    VIEWS,
    Strength,
    View,
    noted_days,
    pain_days,
    pain_strength,
    period_change,
    views_of,
    walking_views,
)
from coach.domain.trends.period import check_ins_within, effective_check_ins, last_day, paused_days
from coach.domain.trends.symptoms import SignNote, hot_days, medicine_days, movements, qualities, sharp_days, sign_notes
from coach.domain.triage.answers import KNEES, Side
from coach.domain.triage.rules import GROUPS, RuleBook
from coach.home import Home
from coach.report.data import (
    ContentItem,
    HabitLine,
    NotAsked,
    OwnWords,
    PauseLine,
    SeenLine,
    SelfCare,
    SignLine,
    StretchLine,
    SummaryData,
)
from coach.words import LANGUAGES, Words

if TYPE_CHECKING:
    from coach.words.decision import Teller

DAYS = 28
"""Days that the page looks back unless told otherwise: four weeks show a course, and fit a chart."""
LONGEST = 3660


def summary(
    home: Home, now: datetime, days: int = DAYS, *, notes: bool = False, name: str | None = None
) -> SummaryData:
    """Return the facts of the last ``days`` days.

    No note that the person wrote is in it unless ``notes``, and their name only where given; their goals and the
    painkillers that they named are part of the numbers.
    """
    noted = reaching(home, now.date() - timedelta(days - 1))
    history = shown(noted)
    profile, content = home.profile, home.content
    last = last_day(history, now)
    first = last - timedelta(days - 1)
    book = content.rules
    check_ins = check_ins_within(history, first, last)
    series = pain_days(history, first, last)
    walking = walking_views(series, profile.side)
    views = views_of(walking)
    strengths = tuple(strength for view in views if (strength := pain_strength(series, view)))
    pause_history = pause_state(noted, book, now, profile.baseline)
    signs_asked = sign_notes(carried_answers(history, book, now), first, last)
    own_words = tuple(_own_words(history, first, last))
    return SummaryData(
        made_at=now, first=first, last=last, days=days, name=name, first_note=home.records.first_day(),
        side=_side(profile, walking), walking=walking,
        goals=courses(home, now), goals_ended=ended_courses(home, first, last), medicines=medicine_days(check_ins),
        onset=profile.onset, baseline=profile.baseline, contexts_known=profile.contexts_known,
        contexts=tuple(ContentItem(context, book.contexts[context].short) for context in profile.contexts),
        check_ins=len(check_ins), noted=noted_days(series), pain=series, strengths=strengths,
        changes=tuple(period_change(series, view) for view in views_of(walking, COMPARED)),
        care=care_days(history, first, last, paused_days(pause_history.episodes, last)),
        states={day: state for day, state in day_states(history, now).items() if first <= day <= last},
        movements=movements(check_ins), qualities=qualities(check_ins),
        sharp=sharp_days(check_ins), hot=hot_days(check_ins),
        signs_asked=len(signs_asked), signs=tuple(_signs(signs_asked, book)),
        pauses=pauses(pause_history, first, last, book),
        tried=_self_care(history, first, last, content, notes=notes),
        not_asked=_not_asked(signs_asked, strengths, book),
        notes=own_words if notes else (), notes_left_out=0 if notes else len(own_words),
    )  # fmt: skip


def _side(profile: Profile, walking: Iterable[View]) -> Side | None:
    """Return which knees the page is about: the one of the settings, and those of which the period tells.

    Without either it is None: what a new profile holds was answered by nobody.
    """
    knees = {view for view in walking if view in KNEES}
    if not knees and not profile.set_up and profile.side == "both":
        return None
    return profile.side if knees <= {profile.side} else "both"


def _signs(asked: Mapping[str, SignNote], book: RuleBook) -> Iterator[SignLine]:
    """Yield the signs that were answered yes or unsure, in the order of the rule book: the most urgent group first."""
    for sign in sorted(book.signs.values(), key=lambda sign: GROUPS.index(sign.group)):
        answers = asked.get(sign.id)
        if answers and (answers.yes or answers.unsure):
            yield SignLine(ContentItem(sign.id, sign.short), sign.group, answers.yes, answers.unsure, answers.last)


def _not_asked(asked: Mapping[str, SignNote], strengths: Iterable[Strength], book: RuleBook) -> NotAsked:
    noted = {"walking" if strength.view in BY_KNEE else strength.view for strength in strengths}
    return NotAsked(
        signs=tuple(ContentItem(sign.id, sign.short) for sign in book.signs.values() if sign.id not in asked),
        views=tuple(view for view in VIEWS if view not in noted),
    )


def pauses(state: PauseState, first: date, last: date, book: RuleBook) -> tuple[PauseLine, ...]:
    """Return the pauses that reach into a period, with the answers that began each."""
    from coach.words.decision import Teller

    tellers = {code: Teller(Words(code), book) for code in LANGUAGES}
    return tuple(
        PauseLine(
            episode.since.date(),
            episode.ended.date() if episode.ended else None,
            tuple(_reasons(episode, state, tellers)),
        )
        for episode in state.episodes
        if episode.since.date() <= last and (episode.ended is None or episode.ended.date() >= first)
    )


def _reasons(episode: PauseEpisode, state: PauseState, tellers: dict[str, "Teller"]) -> Iterator[ContentItem]:
    """Yield the answers that began a pause, each once: a doctor reads them faster than our rule."""
    decided = (*state.decided, *state.ahead)
    decisions = (answers.decision for answers in decided if answers.carried.at == episode.since)
    beginning = next((decision for decision in decisions if decision.activity == "pause"), None)
    told: list[dict[str, object]] = []
    for reason in beginning.reasons if beginning else ():
        if reason.answer == "activity" and reason.level == "pause" and reason.because not in told:
            told.append(reason.because)
            answers = {code: teller.answers(reason.because) for code, teller in tellers.items()}
            yield ContentItem(reason.rule, answers if reason.because else reason.text)


def _self_care(history: History, first: date, last: date, content: Content, *, notes: bool) -> SelfCare:
    sessions = [session for session in history.sessions if session.exercised and first <= session.at.date() <= last]
    ice_days = [icing.at.date() for icing in icings(history) if first <= icing.at.date() <= last]
    return SelfCare(
        sessions=len(sessions),
        days=len({session.at.date() for session in sessions}),
        minutes=round(sum(session.seconds for session in sessions) / 60),
        stopped=sum(session.outcome != "done" for session in sessions),
        hurts=sum(first <= hurt.at.date() <= last for hurt in history.hurts),
        ices=len(ice_days),
        ice_days=len(set(ice_days)),
        stretches=tuple(_stretches(history, first, last, content, notes=notes)),
        habits=tuple(_habits(history, first, last, content)),
        seen=tuple(_visits(history, first, last, content.rules, notes=notes)),
    )


def _stretches(history: History, first: date, last: date, content: Content, *, notes: bool) -> Iterator[StretchLine]:
    for comfort in stretch_comfort(history, first, last):
        yield StretchLine(
            stretch_name(comfort.stretch, content, own=notes),
            comfort.times,
            comfort.pleasant,
            comfort.neutral,
            comfort.uncomfortable,
            comfort.hurt,
        )


def stretch_name(stretch_id: str, content: Content, *, own: bool) -> ContentItem:
    """Return a stretch with its name; one from the person's own file keeps its wording only where ``own``."""
    stretch = content.stretches.get(stretch_id)
    if stretch is None or (stretch.own and not own):
        return ContentItem(stretch_id, {code: Words(code)("report.tried.own-stretch") for code in LANGUAGES})
    return ContentItem(stretch_id, stretch.name)


def _habits(history: History, first: date, last: date, content: Content) -> Iterator[HabitLine]:
    evenings = {answer.day: answer for answer in history.habit_days if first <= answer.day <= last}  # the last counts
    yes = Counter(answer.habit for answer in evenings.values() if answer.kept)
    for habit_id, answers in Counter(answer.habit for answer in evenings.values()).items():
        habit = content.habits.get(habit_id)
        name = habit.name if habit else {"en": habit_id, "ja": habit_id}
        yield HabitLine(ContentItem(habit_id, name), yes[habit_id], answers - yes[habit_id])


def _visits(history: History, first: date, last: date, book: RuleBook, *, notes: bool) -> Iterator[SeenLine]:
    for visit in history.seens:
        if first <= visit.at.date() <= last:
            cleared = tuple(_clearable(item, book) for item in visit.cleared)
            yield SeenLine(visit.at.date(), visit.by if notes else None, cleared)


def _clearable(item: str, book: RuleBook) -> ContentItem:
    """Return a sign, or a condition such as the operation, with its short text."""
    texts = {sign.id: sign.short for sign in book.signs.values()}
    texts |= {str(context.id): context.short for context in book.contexts.values()}
    return ContentItem(item, texts.get(item, {"en": item, "ja": item}))


def _own_words(history: History, first: date, last: date) -> Iterator[OwnWords]:
    """Yield the person's own words of the period, in order; a note that was corrected since is not among them."""
    texts = [(check_in.at, check_in.note) for check_in in effective_check_ins(history)]
    texts += [(hurt.at, hurt.where) for hurt in history.hurts]
    for at, text in sorted(texts, key=lambda dated: dated[0]):
        if text and text.strip() and first <= at.date() <= last:
            yield OwnWords(at.date(), text)
