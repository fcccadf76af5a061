"""Gathers the facts of the page for a doctor from the records: profile + history + content → ``SummaryData``."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from coach.actions.status.current import reaching
from coach.content import Content
from coach.domain import trends
from coach.domain.status.history import History, Session
from coach.domain.status.pauses import PauseEpisode, PauseState, pause_state
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

    Nothing that the person wrote in words of their own is in it unless ``notes``; their name only where given.
    """
    history = reaching(home, now.date() - timedelta(days - 1))
    profile, content = home.profile, home.content
    last = trends.last_day(history, now)
    first = last - timedelta(days - 1)
    book = content.rules
    check_ins = trends.within(history, first, last)
    series = trends.pain(history, first, last)
    strengths = tuple(one for view in trends.VIEWS if (one := trends.strength(series, view)))
    gone = pause_state(history, book, now, profile.baseline)
    asked = trends.signs((one.carried for one in gone.decided), first, last)
    own_words = tuple(_notes(history, first, last))
    return SummaryData(
        made_at=now, first=first, last=last, days=days, name=name, first_note=home.records.first_day(),
        side=profile.side, onset=profile.onset, baseline=profile.baseline, contexts_known=profile.contexts_known,
        contexts=tuple(ContentItem(one, book.contexts[one].short) for one in profile.contexts),
        check_ins=len(check_ins), noted=trends.noted(series), pain=series, strengths=strengths,
        changes=tuple(trends.change(series, view) for view in trends.COMPARED),
        care=trends.care(history, first, last, trends.paused_days(gone.episodes, last)),
        movements=trends.movements(check_ins), qualities=trends.qualities(check_ins),
        sharp=trends.sharp_days(check_ins), hot=trends.hot_days(check_ins),
        signs_asked=len(asked), signs=tuple(_signs(asked.values(), book)),
        pauses=pauses(gone, first, last, book),
        tried=_tried(history, first, last, content, notes=notes),
        not_asked=_not_asked(asked, strengths, book),
        notes=own_words if notes else (), notes_left_out=0 if notes else len(own_words),
    )  # fmt: skip


def _signs(asked: Iterable[trends.SignNote], book: RuleBook) -> Iterator[SignLine]:
    """Yield the signs that were answered yes or unsure, in the order of the rule book: the most urgent group first."""
    said = {one.sign: one for one in asked if one.yes or one.unsure}
    for sign in sorted(book.signs.values(), key=lambda one: GROUPS.index(one.group)):
        if note := said.get(sign.id):
            yield SignLine(ContentItem(sign.id, sign.short), sign.group, note.yes, note.unsure, note.last)


def _not_asked(asked: dict[str, trends.SignNote], strengths: Iterable[trends.Strength], book: RuleBook) -> NotAsked:
    numbers = {one.view for one in strengths}
    return NotAsked(
        signs=tuple(ContentItem(sign.id, sign.short) for sign in book.signs.values() if sign.id not in asked),
        views=tuple(view for view in trends.VIEWS if view not in numbers),
    )


def pauses(gone: PauseState, first: date, last: date, book: RuleBook) -> tuple[PauseLine, ...]:
    """Return the pauses that reach into a period, with the answers that began each."""
    from coach.words.decision import Teller

    tellers = {code: Teller(Words(code), book) for code in LANGUAGES}
    return tuple(
        PauseLine(
            episode.since.date(),
            episode.ended.date() if episode.ended else None,
            tuple(_reasons(episode, gone, tellers)),
        )
        for episode in gone.episodes
        if episode.since.date() <= last and (episode.ended is None or episode.ended.date() >= first)
    )


def _reasons(episode: PauseEpisode, gone: PauseState, tellers: dict[str, "Teller"]) -> Iterator[ContentItem]:
    """Yield the answers that began a pause, each once: a doctor reads them faster than our rule."""
    decided = (one.decision for one in gone.decided if one.carried.at == episode.since)
    began = next((one for one in decided if one.activity == "pause"), None)
    seen: list[dict[str, object]] = []
    for reason in began.reasons if began else ():
        if reason.answer == "activity" and reason.level == "pause" and reason.because not in seen:
            seen.append(reason.because)
            said = {code: teller.answers(reason.because) for code, teller in tellers.items()}
            yield ContentItem(reason.rule, said if reason.because else reason.text)


def _tried(history: History, first: date, last: date, content: Content, *, notes: bool) -> SelfCare:
    sessions = [one for one in history.sessions if first <= one.at.date() <= last]
    ices = [one.at.date() for one in history.ices if first <= one.at.date() <= last]
    return SelfCare(
        sessions=len(sessions),
        days=len({one.at.date() for one in sessions}),
        minutes=_minutes(sessions),
        stopped=sum(one.outcome != "done" for one in sessions),
        hurts=sum(first <= one.at.date() <= last for one in history.hurts),
        ices=len(ices),
        ice_days=len(set(ices)),
        stretches=tuple(_stretches(history, first, last, content, notes=notes)),
        habits=tuple(_habits(history, first, last, content)),
        seen=tuple(_seen(history, first, last, content.rules, notes=notes)),
    )


def _minutes(sessions: Iterable[Session]) -> int:
    return round(sum(one.seconds for one in sessions) / 60)


def _stretches(history: History, first: date, last: date, content: Content, *, notes: bool) -> Iterator[StretchLine]:
    for one in trends.comfort(history, first, last):
        yield StretchLine(
            stretch_name(one.stretch, content, own=notes),
            one.times,
            one.pleasant,
            one.neutral,
            one.uncomfortable,
            one.hurt,
        )


def stretch_name(stretch: str, content: Content, *, own: bool) -> ContentItem:
    """Return a stretch with its name; one from the person's own file keeps its wording only where ``own``."""
    found = content.stretches.get(stretch)
    if found is None or (found.own and not own):
        return ContentItem(stretch, {code: Words(code)("report.tried.own-stretch") for code in LANGUAGES})
    return ContentItem(stretch, found.name)


def _habits(history: History, first: date, last: date, content: Content) -> Iterator[HabitLine]:
    evenings = {one.day: one for one in history.habit_days if first <= one.day <= last}
    kept = Counter(one.habit for one in evenings.values() if one.kept)
    said = Counter(one.habit for one in evenings.values())
    for habit, n in said.items():
        known = content.habits.get(habit)
        name = known.name if known else {"en": habit, "ja": habit}
        yield HabitLine(ContentItem(habit, name), kept[habit], n - kept[habit])


def _seen(history: History, first: date, last: date, book: RuleBook, *, notes: bool) -> Iterator[SeenLine]:
    for one in history.seens:
        if first <= one.at.date() <= last:
            cleared = tuple(_clearable(item, book) for item in one.cleared)
            yield SeenLine(one.at.date(), one.by if notes else None, cleared)


def _clearable(item: str, book: RuleBook) -> ContentItem:
    """Return a sign, or the operation, with its short text."""
    signs = {one.id: one.short for one in book.signs.values()}
    known = signs | {str(one.id): one.short for one in book.contexts.values()}
    return ContentItem(item, known.get(item, {"en": item, "ja": item}))


def _notes(history: History, first: date, last: date) -> Iterator[OwnWords]:
    """Yield the person's own words of the period, in order."""
    written = [(one.at, one.note) for one in history.check_ins] + [(one.at, one.where) for one in history.hurts]
    for at, text in sorted(written, key=lambda one: one[0]):
        if text and text.strip() and first <= at.date() <= last:
            yield OwnWords(at.date(), text)
