"""The words of the page for a doctor: the same sections, in one language, for every format that people read.

How much of each list is shown is bounded by ``ListLimits``, whatever the length of a history. A sign that asks for
being seen the same day is never among what is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from coach.domain.goals import GoalCourse
from coach.domain.trends.care import StretchComfort
from coach.domain.trends.chart import each_of
from coach.domain.trends.pain import PeriodChange, Strength
from coach.domain.triage.answers import Side
from coach.report.data import ContentItem, OwnWords, PauseLine, SeenLine, SelfCare, SignLine, StretchLine, SummaryData
from coach.report.limits import ALL, AMPLE, ListLimits
from coach.words import Words
from coach.words.dates import long_day, short_day, some_days
from coach.words.goals import course_text, mean_text
from coach.words.shown import shown

Entry = TypeVar("Entry")


class Section(msgspec.Struct, frozen=True):
    """One heading with its lines, in one language; ``key`` is the same in every language."""

    key: str
    title: str
    lines: tuple[str, ...]
    run_in: bool = False
    """Whether the lines are short sentences that are set as one paragraph."""


RUN_IN = frozenset({"since", "not-asked", "limits"})


def sections(data: SummaryData, words: Words, limits: ListLimits = AMPLE) -> tuple[Section, ...]:
    """Return all sections in the order of the page: warning signs, goals, the four that a consultation asks first."""
    lines_of = {
        "signs": _signs(data, words, limits),
        "goals": _goals(data, words, limits),
        "since": _since(data, words),
        "movement": _movement(data, words, limits),
        "strength": _strength(data, words, limits),
        "tried": _tried(data, words, limits),
        "pauses": _pauses(data, words, limits),
        "notes": _notes(data, words, limits),
        "not-asked": _not_asked(data, words),
        "limits": _limits(data, words, limits),
    }
    made = (
        Section(key, words(f"report.{key}.title"), tuple(lines), run_in=limits.packed or key in RUN_IN)
        for key, lines in lines_of.items()
    )
    return tuple(section for section in made if section.lines)


def title(words: Words) -> str:
    """Return the title of the page."""
    return words("report.title")


def period(data: SummaryData, words: Words) -> str:
    """Return the period and how many of its days have a number."""
    first, last = long_day(data.first, words), long_day(data.last, words)
    return words("report.period", first=first, last=last, noted=data.noted, days=data.days)


def side_name(side: Side | None, words: Words) -> str:
    """Return the side in words, or that nobody told it."""
    return words(f"report.side.{side or 'unknown'}")


def _goals(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    for course in data.goals[: limits.goals]:
        yield course_text(course, words, shorten(course.goal.text, limits.letters), short=limits.short)
    if mean := mean_text(data.goals, words):
        yield mean
    yield from _more(data.goals, limits.goals, "report.goals.more", words)
    yield from _goals_ended(data.goals_ended, words, limits)


def _goals_ended(courses: Sequence[GoalCourse], words: Words, limits: ListLimits) -> Iterator[str]:
    """Yield the goals that are over on one line; where there is no room for it, how many they are."""
    named = courses[: limits.goals_ended]
    texts = [course_text(each, words, shorten(each.goal.text, limits.goal_letters), short=True) for each in named]
    if texts:
        yield words("report.goals.ended", list=words("report.between").join(texts))
    yield from _more(courses, limits.goals_ended, "report.goals.ended-more", words)


def _since(data: SummaryData, words: Words) -> Iterator[str]:
    if data.onset:
        yield words("report.since.onset", date=long_day(data.onset, words), n=(data.last - data.onset).days)
    else:
        yield words("report.since.no-onset")
    yield words("report.since.side", side=side_name(data.side, words))
    if data.first_note:
        yield words("report.since.first-note", date=long_day(data.first_note, words))
    yield _contexts(data, words)


def _contexts(data: SummaryData, words: Words) -> str:
    if not data.contexts_known:
        return words("report.since.contexts-lost")
    if not data.contexts:
        return words("report.since.no-contexts")
    return words("report.since.contexts", list=_texts(data.contexts, words))


def _movement(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    if data.movements:
        movements = (_times(words(f"common.answer.{when}"), n, words) for when, n in data.movements[: limits.movements])
        yield words("report.movement.named", list=_list(movements, words), n=data.check_ins)
    else:
        yield words("report.movement.none")
    if data.qualities:
        qualities = (_times(words(f"common.answer.{quality}"), n, words) for quality, n in data.qualities)
        yield words("report.movement.felt", list=_list(qualities, words))
    for kind, days in data.sharp.items():
        if days:
            yield words(f"report.movement.sharp.{kind}", days=some_days(days, words, limits.days))
    if data.hot:
        yield words("report.movement.hot", days=some_days(data.hot, words, limits.days))


def _times(name: str, n: int, words: Words) -> str:
    return words("report.times", name=name, n=n)


def _strength(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    if limits.short:
        yield from _short_strength(data, words)
    else:
        yield from (strength_line(strength, words) for strength in data.strengths)
        yield from change_lines(data.changes, words)
    if not data.strengths:
        yield words("report.strength.none")
    if data.baseline is not None:
        yield words("report.strength.usual" if limits.short else "report.strength.baseline", n=data.baseline)
    if data.medicines:
        yield _medicines(data, words, limits)
    if data.strengths and each_of(data.pain) > 1:
        yield words("report.strength.weekly" if limits.short else "report.strength.by-week")


def _medicines(data: SummaryData, words: Words, limits: ListLimits) -> str:
    """Return how many days have numbers that were told under a painkiller, and under which."""
    named = data.medicines[: limits.medicines]
    each = [_times(shorten(name, max(12, limits.letters // 3)), n, words) for name, n in named]
    each += _more(data.medicines, limits.medicines, "report.strength.more-medicines", words)
    days = sum(bool(day.medicines) for day in data.pain)
    return words("report.strength.medicine", list=_list(each, words), n=days)


def _short_strength(data: SummaryData, words: Words) -> Iterator[str]:
    """Yield the numbers of all views in a sentence: last, range, days, and the medians of both halves."""
    told = {change.view: change for change in data.changes if change.tells}
    each = []
    for strength in data.strengths:
        span = {"last": strength.last, "lowest": strength.lowest, "highest": strength.highest, "n": strength.days}
        text = words("report.strength.short-view", view=words(f"report.chart.view.{strength.view}"), **span)
        if change := told.get(strength.view):
            text += words("report.strength.short-change", before=points(change.before), after=points(change.after))
        each.append(text)
    if each:
        yield words(
            "report.strength.short-changed" if told else "report.strength.short",
            list=words("report.between").join(each),
        )


def strength_line(strength: Strength, words: Words) -> str:
    """Return the numbers of one view: the last, the range, the middle, and the days that they rest on."""
    return words(
        "report.strength.line",
        view=words(f"report.view.{strength.view}"),
        last=strength.last,
        day=short_day(strength.last_day, words),
        lowest=strength.lowest,
        highest=strength.highest,
        middle=points(strength.middle),
        n=strength.days,
    )


def change_lines(changes: Iterable[PeriodChange], words: Words) -> Iterator[str]:
    """Yield the comparison of the two halves of the days noted, then the views with too few days for one."""
    noted = [change for change in changes if change.days_before + change.days_after]
    if compared := [_change(change, words) for change in noted if change.tells]:
        yield words("report.strength.change", list=words("report.between").join(compared))
    if too_few := [words(f"report.view.{change.view}") for change in noted if not change.tells]:
        yield words("report.strength.too-few", list=words("report.between").join(too_few))


def _change(change: PeriodChange, words: Words) -> str:
    view = words(f"report.view.{change.view}")
    return words("report.strength.from-to", view=view, before=points(change.before), after=points(change.after))


def points(value: float | None) -> str:
    """Return a number of points, with a half where it has one."""
    return "-" if value is None else f"{value:g}"


def _tried(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    tried = data.tried
    if counts := tuple(_counts(tried, words)):
        yield words("report.next-sentence").join(counts)
    yield from (_stretch_line(stretch, words) for stretch in tried.stretches[: limits.stretches])
    for habit in _latest(tried.habits, limits.habits):
        name = words.pick(habit.habit.text)
        yield words("report.tried.habit", name=name, kept=habit.kept, all=habit.kept + habit.not_kept)
    yield from (_visit(visit, words, limits) for visit in _latest(tried.seen, limits.visits))
    lists = {
        "stretches": (tried.stretches, limits.stretches),
        "habits": (tried.habits, limits.habits),
        "visits": (tried.seen, limits.visits),
    }
    left = [
        text for key, (entries, limit) in lists.items() for text in _more(entries, limit, f"report.tried.{key}", words)
    ]
    if left:
        yield words("report.not-listed", list=_list(left, words))
    if not (counts or tried.stretches or tried.habits or tried.seen):
        yield words("report.tried.none")


def _counts(tried: SelfCare, words: Words) -> Iterator[str]:
    if tried.sessions:
        yield words("report.tried.sessions", n=tried.sessions, days=tried.days, minutes=tried.minutes)
    if tried.stopped:
        yield words("report.tried.stopped", n=tried.stopped)
    if tried.hurts:
        yield words("report.tried.hurts", n=tried.hurts)
    if tried.ices:
        yield words("report.tried.ices", n=tried.ices, days=tried.ice_days)


def _stretch_line(stretch: StretchLine, words: Words) -> str:
    return stretch_text(words.pick(stretch.stretch.text), stretch, words)


def stretch_text(name: str, comfort: StretchLine | StretchComfort, words: Words) -> str:
    """Return how often a stretch was done and how it felt."""
    counts = [
        words(f"report.comfort.{kind}", n=n)
        for kind in ("pleasant", "neutral", "uncomfortable", "hurt")
        if (n := getattr(comfort, kind))
    ]
    felt = _list(counts, words) or words("report.comfort.unsaid")
    key = "report.tried.stretch" if comfort.times else "report.tried.only-hurt"
    return words(key, name=name, n=comfort.times, felt=felt)


def _visit(visit: SeenLine, words: Words, limits: ListLimits) -> str:
    day = long_day(visit.day, words)
    if visit.by:
        seen = words("report.tried.seen-by", day=day, by=shorten(visit.by, limits.letters // 2))
    else:
        seen = words("report.tried.seen", day=day)
    if not visit.cleared:
        return seen
    return seen + words("report.tried.cleared", list=_texts(visit.cleared, words))


def _signs(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    if not data.signs_asked:
        yield words("report.signs.none-asked")
        return
    if not data.signs:
        yield words("report.signs.none", n=data.signs_asked)
        return
    if not limits.signs:
        yield from _signs_listed(data, words, limits)
        return
    urgent, others = _by_urgency(data)
    yield from (_sign_line(sign, words, limits) for sign in (*urgent, *others[: limits.signs]))
    if left := others[limits.signs :]:
        yield words("report.signs.more", list=_texts((line.sign for line in left), words))


def _signs_listed(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    """Yield every urgent sign by the stronger of its answers with its last day, and so many of the others."""
    urgent, others = _by_urgency(data)
    listed = (*urgent, *others[: limits.listed])
    for kind in ("yes", "unsure"):
        signs = [_with_last_day(line, words) for line in listed if ("yes" if line.yes else "unsure") == kind]
        if signs:
            yield words(f"report.signs.all-{kind}", list=words("report.between").join(signs))
    yield from _more(others, limits.listed, "report.signs.uncounted", words)


def _by_urgency(data: SummaryData) -> tuple[list[SignLine], list[SignLine]]:
    """Return the signs that ask for being seen the same day, and the others."""
    urgent = [line for line in data.signs if line.group in ("emergency", "today")]
    return urgent, [line for line in data.signs if line not in urgent]


def _with_last_day(line: SignLine, words: Words) -> str:
    day = short_day((line.yes or line.unsure)[-1], words)
    return words("report.signs.with-day", sign=words.pick(line.sign.text), day=day)


def _sign_line(line: SignLine, words: Words, limits: ListLimits) -> str:
    answers = [
        words(f"report.signs.{kind}", days=some_days(days, words, limits.days))
        for kind, days in (("yes", line.yes), ("unsure", line.unsure))
        if days
    ]
    return words(
        "report.signs.line",
        sign=words.pick(line.sign.text),
        said=words("report.then").join(answers),
        last=words(f"common.answer.{line.last}"),
    )


def _pauses(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    if not data.pauses:
        yield words("report.pauses.none")
    yield from (_pause_line(pause, words, limits) for pause in _latest(data.pauses, limits.pauses))
    yield from _more(data.pauses, limits.pauses, "report.pauses.more", words)


def _pause_line(pause: PauseLine, words: Words, limits: ListLimits) -> str:
    first, reasons = short_day(pause.first, words), _texts(pause.reasons[: limits.reasons], words)
    if pause.last is None:
        return words("report.pauses.open", first=first, reasons=reasons)
    return words("report.pauses.line", first=first, last=short_day(pause.last, words), reasons=reasons)


def _notes(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    for note in _latest(data.notes, limits.notes):
        yield words("report.notes.line", day=short_day(note.day, words), text=_own_words(note, limits))
    if limits.notes:  # else the limits of the page say that they are not shown
        yield from _more(data.notes, limits.notes, "report.notes.more", words)


def _own_words(note: OwnWords, limits: ListLimits) -> str:
    """Return a note: whole, with its line breaks, where nothing bounds it; else on one line."""
    if limits.letters == ALL:
        return shown("\n".join(note.text.strip().splitlines()), keep="\n")
    return shorten(note.text, limits.letters)


def _not_asked(data: SummaryData, words: Words) -> Iterator[str]:
    if signs := data.not_asked.signs:
        yield words("report.not-asked.signs", list=_texts(signs, words))
    if views := data.not_asked.views:
        yield words("report.not-asked.views", list=_list((words(f"report.view.{view}") for view in views), words))
    yield words("report.not-asked.never")


def _limits(data: SummaryData, words: Words, limits: ListLimits) -> Iterator[str]:
    yield words("report.limits.own-words")
    yield words("report.limits.proposals")
    if left_out := data.notes_left_out or (0 if limits.notes else len(data.notes)):
        yield words("report.limits.left-out", n=left_out)


def _latest(entries: Sequence[Entry], limit: int) -> Sequence[Entry]:
    return entries[max(0, len(entries) - limit) :]


def _more(entries: Sequence[object], limit: int, key: str, words: Words) -> Iterator[str]:
    if (left := len(entries) - limit) > 0:
        yield words(key, n=left)


def _list(parts: Iterable[str], words: Words) -> str:
    return words("common.and").join(parts)


def _texts(items: Iterable[ContentItem], words: Words) -> str:
    """Return texts of the content as a list; they hold commas of their own."""
    return words("report.between").join(words.pick(item.text) for item in items)


def shorten(text: str, most: int) -> str:
    """Return a person's text on one line of at most ``most`` letters, control characters as signs."""
    line = shown(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
