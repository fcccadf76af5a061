"""The words of the page for a doctor: the same sections, in one language, for every format that people read.

Each section is bounded, whatever the length of a history, so that the page stays one page. What must not be missed,
a sign that asks for being seen today, is never among what is shortened.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from coach.domain.status.history import Side
from coach.domain.trends import PeriodChange, Strength, StretchComfort, each_of
from coach.report.data import Named, Note, PauseLine, SeenLine, SignLine, StretchLine, SummaryData
from coach.words import Words
from coach.words.dates import long_day, short_day, some_days
from coach.words.shown import shown


class Room(msgspec.Struct, frozen=True):
    """How much of each list a page has room for; what is left is counted, and whole in the export."""

    stretches: int = 4
    habits: int = 2
    seen: int = 2
    pauses: int = 3
    signs: int = 6
    """Signs that ask for no visit the same day, a line each; 0: all signs as a list with their last day."""
    listed: int = 40
    """Of that list, those that ask for no visit the same day; the rest are counted."""
    notes: int = 3
    days: int = 3
    letters: int = 120
    """Of a person's own words."""


AMPLE = Room()
BRIEF = Room(stretches=1, habits=1, seen=1, pauses=1, signs=0, listed=5, notes=1, days=1, letters=36)


class Section(msgspec.Struct, frozen=True):
    """One heading with its lines, in one language; ``key`` is the same in every language."""

    key: str
    title: str
    lines: tuple[str, ...]


def sections(data: SummaryData, words: Words, room: Room = AMPLE) -> tuple[Section, ...]:
    """Return all sections, in the order of the page: the four that a consultation asks first."""
    found = {
        "since": _since(data, words),
        "movement": _movement(data, words, room),
        "strength": _strength(data, words),
        "tried": _tried(data, words, room),
        "signs": _signs(data, words, room),
        "pauses": _pauses(data, words, room),
        "notes": _notes(data, words, room),
        "not-asked": _not_asked(data, words),
        "limits": _limits(data, words),
    }
    made = (Section(key, words(f"report.{key}.title"), tuple(lines)) for key, lines in found.items())
    return tuple(section for section in made if section.lines)


def title(words: Words) -> str:
    """Return the title of the page."""
    return words("report.title")


def period(data: SummaryData, words: Words) -> str:
    """Return the period and how many of its days have a number."""
    first, last = long_day(data.first, words), long_day(data.last, words)
    return words("report.period", first=first, last=last, noted=data.noted, days=data.days)


def side_name(side: Side, words: Words) -> str:
    """Return the side in words."""
    return words(f"report.side.{side}")


def _since(data: SummaryData, words: Words) -> Iterator[str]:
    if data.onset:
        gone = (data.last - data.onset).days
        yield words("report.since.onset", date=long_day(data.onset, words), n=gone)
    else:
        yield words("report.since.no-onset")
    if data.first_note:
        yield words("report.since.first-note", date=long_day(data.first_note, words))
    yield words("report.since.side", side=side_name(data.side, words))
    yield _contexts(data, words)


def _contexts(data: SummaryData, words: Words) -> str:
    if not data.contexts_known:
        return words("report.since.contexts-lost")
    if not data.contexts:
        return words("report.since.no-contexts")
    return words("report.since.contexts", list=_texts(data.contexts, words))


def _movement(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    if data.movements:
        named = (_times(words(f"report.when.{when}"), n, words) for when, n in data.movements)
        yield words("report.movement.named", list=_list(named, words), n=data.check_ins)
    else:
        yield words("report.movement.none")
    if data.qualities:
        felt = (_times(words(f"report.quality.{quality}"), n, words) for quality, n in data.qualities)
        yield words("report.movement.felt", list=_list(felt, words))
    for kind, days in data.sharp.items():
        if days:
            yield words(f"report.movement.sharp.{kind}", days=some_days(days, words, room.days))
    if data.hot:
        yield words("report.movement.hot", days=some_days(data.hot, words, room.days))


def _times(name: str, n: int, words: Words) -> str:
    return words("report.times", name=name, n=n)


def _strength(data: SummaryData, words: Words) -> Iterator[str]:
    for one in data.strengths:
        yield strength_line(one, words)
    if not data.strengths:
        yield words("report.strength.none")
    if data.baseline is not None:
        yield words("report.strength.baseline", n=data.baseline)
    told = [one for one in data.changes if one.before is not None or one.after is not None]
    yield from (change_line(compared, words) for compared in told)
    if data.strengths and each_of(data.pain) > 1:
        yield words("report.strength.by-week")


def strength_line(one: Strength, words: Words) -> str:
    """Return the numbers of one view: the last, the range, the middle, and the days that they rest on."""
    return words(
        "report.strength.line",
        view=words(f"report.view.{one.view}"),
        last=one.last,
        day=short_day(one.last_day, words),
        lowest=one.lowest,
        highest=one.highest,
        middle=points(one.middle),
        n=one.days,
    )


def change_line(one: PeriodChange, words: Words) -> str:
    """Return the comparison of the two halves, or that there are too few days for one."""
    return words(
        f"report.strength.{'change' if one.tells else 'too-few'}",
        view=words(f"report.view.{one.view}"),
        before=points(one.before),
        after=points(one.after),
        days_before=one.days_before,
        days_after=one.days_after,
    )


def points(value: float | None) -> str:
    """Return a number of points, with a half where it has one."""
    return "-" if value is None else f"{value:g}"


def _tried(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    tried = data.tried
    if tried.sessions:
        yield words("report.tried.sessions", n=tried.sessions, days=tried.days, minutes=tried.minutes)
    if tried.stopped:
        yield words("report.tried.stopped", n=tried.stopped)
    if tried.hurts:
        yield words("report.tried.hurts", n=tried.hurts)
    yield from (_stretch_line(one, words) for one in tried.stretches[: room.stretches])
    yield from _more(tried.stretches, room.stretches, "report.tried.more-stretches", words)
    if tried.ices:
        yield words("report.tried.ices", n=tried.ices, days=tried.ice_days)
    for habit in tried.habits[-room.habits :]:
        name = words.pick(habit.habit.text)
        yield words("report.tried.habit", name=name, kept=habit.kept, all=habit.kept + habit.not_kept)
    yield from (_seen_line(one, words, room) for one in tried.seen[-room.seen :])
    yield from _more(tried.seen, room.seen, "report.tried.more-seen", words)
    if not (tried.sessions or tried.hurts or tried.ices or tried.habits or tried.seen):
        yield words("report.tried.none")


def _stretch_line(one: StretchLine, words: Words) -> str:
    return stretch_text(words.pick(one.stretch.text), one, words)


def stretch_text(name: str, one: StretchLine | StretchComfort, words: Words) -> str:
    """Return how often a stretch was done and how it felt."""
    felt = [
        words(f"report.comfort.{kind}", n=n)
        for kind in ("pleasant", "neutral", "uncomfortable", "hurt")
        if (n := getattr(one, kind))
    ]
    said = _list(felt, words) or words("report.comfort.unsaid")
    return words("report.tried.stretch" if one.times else "report.tried.only-hurt", name=name, n=one.times, felt=said)


def _seen_line(one: SeenLine, words: Words, room: Room) -> str:
    day = long_day(one.day, words)
    seen = words("report.tried.seen-by", day=day, by=shorten(one.by, room.letters // 2)) if one.by else ""
    seen = seen or words("report.tried.seen", day=day)
    if not one.cleared:
        return seen
    return seen + words("report.tried.cleared", list=_texts(one.cleared, words))


def _signs(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    if not data.signs_asked:
        yield words("report.signs.none-asked")
        return
    if not data.signs:
        yield words("report.signs.none", n=data.signs_asked)
        return
    if not room.signs:
        yield from _signs_listed(data, words, room)
        return
    urgent, others = _by_urgency(data)
    yield from (_sign_line(one, words, room) for one in (*urgent, *others[: room.signs]))
    if left := others[room.signs :]:
        yield words("report.signs.more", list=_texts((one.sign for one in left), words))


def _signs_listed(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    """Yield every urgent sign by the stronger of its answers with its last day, and so many of the others."""
    urgent, others = _by_urgency(data)
    shown = (*urgent, *others[: room.listed])
    for kind in ("yes", "unsure"):
        found = [_with_last_day(one, words) for one in shown if ("yes" if one.yes else "unsure") == kind]
        if found:
            yield words(f"report.signs.all-{kind}", list=words("report.between").join(found))
    yield from _more(others, room.listed, "report.signs.uncounted", words)


def _by_urgency(data: SummaryData) -> tuple[list[SignLine], list[SignLine]]:
    """Return the signs that ask for being seen the same day, and the others."""
    urgent = [one for one in data.signs if one.group in ("emergency", "today")]
    return urgent, [one for one in data.signs if one not in urgent]


def _with_last_day(one: SignLine, words: Words) -> str:
    day = short_day((one.yes or one.unsure)[-1], words)
    return words("report.signs.with-day", sign=words.pick(one.sign.text), day=day)


def _sign_line(one: SignLine, words: Words, room: Room) -> str:
    said = [
        words(f"report.signs.{kind}", days=some_days(days, words, room.days))
        for kind, days in (("yes", one.yes), ("unsure", one.unsure))
        if days
    ]
    return words(
        "report.signs.line",
        sign=words.pick(one.sign.text),
        said=words("report.then").join(said),
        last=words(f"report.signs.answer.{one.last}"),
    )


def _pauses(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    if not data.pauses:
        yield words("report.pauses.none")
    yield from (_pause_line(one, words) for one in data.pauses[-room.pauses :])
    yield from _more(data.pauses, room.pauses, "report.pauses.more", words)


def _pause_line(one: PauseLine, words: Words) -> str:
    reasons = _texts(one.reasons[:2], words)
    if one.last is None:
        return words("report.pauses.open", first=short_day(one.first, words), reasons=reasons)
    return words(
        "report.pauses.line", first=short_day(one.first, words), last=short_day(one.last, words), reasons=reasons
    )


def _notes(data: SummaryData, words: Words, room: Room) -> Iterator[str]:
    yield from (_note_line(one, words, room) for one in data.notes[-room.notes :])
    yield from _more(data.notes, room.notes, "report.notes.more", words)


def _note_line(one: Note, words: Words, room: Room) -> str:
    return words("report.notes.line", day=short_day(one.day, words), text=shorten(one.text, room.letters))


def _not_asked(data: SummaryData, words: Words) -> Iterator[str]:
    if signs := data.not_asked.signs:
        yield words("report.not-asked.signs", list=_texts(signs, words))
    if views := data.not_asked.views:
        yield words("report.not-asked.views", list=_list((words(f"report.view.{view}") for view in views), words))
    yield words("report.not-asked.never")


def _limits(data: SummaryData, words: Words) -> Iterator[str]:
    yield words("report.limits.own-words")
    yield words("report.limits.proposals")
    if data.notes_left_out:
        yield words("report.limits.left-out", n=data.notes_left_out)


def _more(all_of_them: Sequence[object], shown: int, key: str, words: Words) -> Iterator[str]:
    if (left := len(all_of_them) - shown) > 0:
        yield words(key, n=left)


def _list(parts: Iterator[str] | list[str], words: Words) -> str:
    return words("report.and").join(parts)


def _texts(items: Iterable[Named], words: Words) -> str:
    """Return texts of the content as a list; they hold commas of their own."""
    return words("report.between").join(words.pick(one.text) for one in items)


def shorten(text: str, most: int) -> str:
    """Return a person's text on one line of at most ``most`` letters, control characters as signs."""
    line = shown(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
