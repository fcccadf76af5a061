"""``coach history``: what was noted, newest last: check-ins singly, sessions, icing, pauses; and to change it."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from coach.actions import diary
from coach.actions.reminders.breaks import totals
from coach.cli.context import CommandContext
from coach.domain.ice import Icing, icings
from coach.domain.status.diary import entries, moment_of, shown, tells_of_another_day
from coach.domain.status.history import CheckIn, PainName, Record
from coach.domain.status.history import History as Noted
from coach.domain.status.pause_machine import pause_state
from coach.domain.status.pauses import PauseEpisode
from coach.domain.status.wall_clock import local, local_day
from coach.domain.trends.period import with_side
from coach.errors import UsageError
from coach.plain import plain
from coach.words import Words
from coach.words.dates import clock_time
from coach.words.diary import NO_TIME, EntryTexts
from coach.words.shown import shown as printable

DAYS = 14
_BREAK, _BESIDE = "\n", " " * 18
"""The lines of a note stand below each other, beside the time."""
NONE = "none"
"""What takes back a number that was never meant."""
NAMES: tuple[PainName, ...] = get_args(PainName)
Line = tuple[datetime, str, bool]
"""When it was, what it was, and whether the time of that day is known."""


class ListedEntry(msgspec.Struct, frozen=True):
    """A check-in as the list has it: each correction singly, with what was changed since."""

    check_in: CheckIn
    moment: datetime
    """The moment that it tells of."""
    edited: bool


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take how many days, and ``--json``; and what changes an entry."""
    from coach.cli.check_in import answer_options

    parser.add_argument("--days", metavar="N", help=words("plan.help.days", n=DAYS))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    verbs = parser.add_subparsers(dest="what", metavar="edit|delete|undo")
    for name in _VERBS:
        about = words(f"diary.help.{name}")
        verb = verbs.add_parser(name, help=about, description=about, words=words)
        verb.add_argument("id", metavar="ID", help=words("diary.help.id"))
        verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=words("cli.json"))
        if name == "edit":
            answer_options(verb, words)


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Say what was noted in the last days, today included; or change an entry."""
    if args.what:
        return _VERBS[args.what](args, context)
    days, now = _days(args.days), context.now()
    first = _first(now.date(), days)
    before = timedelta(days=diary.READ_BEFORE)
    since = None if first - date.min < before else first - before
    noted = context.home.records.history(since=since)
    episodes = _episodes(context, now, first)
    history = _within(shown(noted), first, now)
    check_ins = [listed for listed in _listed(noted) if _day(listed, now) >= first]
    if args.json:
        context.say_json({**document(check_ins, history, episodes), "breaks": totals(context.home, first)})
        return 0
    lines = sorted(_lines(check_ins, history, episodes, context, now))
    for at, text, timed in lines:
        shown_at = local(at, now) if timed else at  # a day that was named stays that day
        time = clock_time(shown_at) if timed else NO_TIME
        context.say(f"{shown_at.date()} {time}  {text.replace(_BREAK, _BREAK + _BESIDE)}")
    if not lines:
        context.say(context.words("plan.history.none", n=days))
    for week in totals(context.home, first):
        counts = {"taken": week.taken, "snoozed": week.snoozed, "skipped": week.skipped, "held": week.held}
        context.say(context.words("plan.history.breaks", week=f"{week.week:%Y-%m-%d}", **counts))
    return 0


def _edit(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.cli.check_in import entry_of

    # A number that is taken back is no number that is read.
    taken_back = tuple(name for name in NAMES if getattr(args, name) == NONE)
    for name in taken_back:
        setattr(args, name, None)
    earliest = diary.find(context.home, args.id).at.date() - timedelta(days=diary.DAYS_BACK)
    changed = diary.edit(context.home, args.id, entry_of(args, context, earliest), taken_back, context.now())
    return _say_changed("changed", changed, args, context)


def _delete(args: argparse.Namespace, context: CommandContext) -> int:
    return _say_changed("deleted", diary.delete(context.home, args.id, context.now()), args, context)


def _undo(args: argparse.Namespace, context: CommandContext) -> int:
    return _say_changed("undone", diary.undo(context.home, args.id, context.now()), args, context)


_VERBS = {"edit": _edit, "delete": _delete, "undo": _undo}


def _say_changed(done: str, changed: diary.DiaryChange, args: argparse.Namespace, context: CommandContext) -> int:
    """Say what was done, and how things stand with it: a change is no way out of a pause."""
    from coach.cli.check_in import from_words_lines, status_lines
    from coach.words.decision import Teller

    home, words, status = context.home, context.words, changed.status
    for line in from_words_lines(changed.from_words, Teller(words, home.content.rules, home.profile.region), words):
        context.complain(line)
    if args.json:
        today = {name: getattr(status, name) for name in ("activity", "advice", "headline")}
        record, entry = changed.record, changed.entry
        document = {"id": record.id, "at": record.at, "of": record.of, "from_words": changed.from_words}
        shown_now = plain(entry) if entry else None
        context.say_json({**plain(document), "entry": shown_now, "today": today})
        return 0
    if isinstance(changed.entry, CheckIn):
        listed = ListedEntry(changed.entry, moment_of(changed.entry), edited=False)
        context.say(f"{listed.moment:%Y-%m-%d}  {_check_in(listed, _texts(context))}")
    context.say(words(f"diary.{done}", id=args.id))
    for line in status_lines(status, context):
        context.say(line)
    return 0


def _days(word: str | None) -> int:
    if word is None:
        return DAYS
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0):
        raise UsageError("plan.history.days", days=printable(word))
    return int(word[:9])


def _first(today: date, days: int) -> date:
    return date.min if days > (today - date.min).days else today - timedelta(days=days - 1)


def _episodes(context: CommandContext, now: datetime, first: date) -> tuple[PauseEpisode, ...]:
    """Return the pauses that touch the days asked for; a pause may have begun long before them."""
    from coach.actions.status.current import reaching

    history = reaching(context.home, first)
    episodes = pause_state(history, context.home.content.rules, now, context.home.profile.baseline).episodes
    return tuple(episode for episode in episodes if episode.ended is None or local_day(episode.ended, now) >= first)


def _within(history: Noted, first: date, now: datetime) -> Noted:
    """Return what was recorded on or after ``first`` by the days of this place."""
    return Noted.of(record for record in history.records() if local_day(record.at, now) >= first)


def _listed(history: Noted) -> Iterator[ListedEntry]:
    """Yield each check-in that was not taken out, corrected ones too, in order; the last of an entry as changed."""
    by_id = {check_in.id: check_in for check_in in history.check_ins}
    for entry in entries(history):
        if entry.deleted:
            continue
        told = (by_id[name] for name in entry.ids if name in by_id)
        *earlier, last = sorted(told, key=lambda check_in: (check_in.at, check_in.id))
        for check_in in earlier:
            yield ListedEntry(with_side(check_in, history), moment_of(check_in), edited=False)
        now = entry.current
        current = replace(last, answers=now.answers, asked=now.asked, note=now.note, day=now.day)
        current = replace(current, medicine=now.medicine, goals=now.goals)
        yield ListedEntry(with_side(current, history), now.at if now.day else last.at, edited=entry.edited)


def _day(listed: ListedEntry, now: datetime) -> date:
    """Return the day that a check-in is shown on: the one that it names, else that of its moment in this place."""
    return listed.check_in.day or local_day(listed.moment, now)


def document(check_ins: list[ListedEntry], history: Noted, episodes: tuple[PauseEpisode, ...]) -> dict[str, Any]:
    """Return the same as one JSON document: each record as it is kept, a check-in as it is now."""
    return {
        "check_ins": [_told(listed) for listed in sorted(check_ins, key=lambda listed: listed.moment)],
        "screenings": plain(history.screenings),
        "sessions": plain(history.sessions),
        "icing": [{**plain(icing.ice), "ends_at": icing.ends_at} for icing in icings(history)],
        "hurts": plain(history.hurts),
        "seen": plain(history.seens),
        "goals": plain(history.goal_scores),
        "habit_days": plain(history.habit_days),
        "missed": plain(history.missed),
        "pauses": [
            {"reason": episode.reason, "since": episode.since, "until": episode.until, "ended": episode.ended}
            for episode in episodes
        ],
    }


def _told(listed: ListedEntry) -> dict[str, Any]:
    """Return a check-in as it is now, with its day, and the side that it was about; None where that is not known."""
    answers, medicine = listed.check_in.answers, listed.check_in.medicine or None
    knees = {knee: {"walking": answers.knees.walking(knee)} for knee in answers.knees.told}
    beside = {"day": listed.moment.date().isoformat(), "side": answers.side, "knees": knees, "medicine": medicine}
    return {**plain(listed.check_in), **beside, "edited": listed.edited}


def _lines(
    check_ins: list[ListedEntry],
    history: Noted,
    episodes: tuple[PauseEpisode, ...],
    context: CommandContext,
    now: datetime,
) -> Iterator[Line]:
    texts = _texts(context)
    for listed in check_ins:
        yield listed.moment, _check_in(listed, texts), not tells_of_another_day(listed.check_in)
    listing: list[Record | Icing] = [*history.screenings, *history.sessions, *icings(history), *history.hurts]
    listing += [*history.seens, *history.goal_scores]
    for entry in listing:
        yield entry.at, _with_id(texts.of(entry), entry.ice.id if isinstance(entry, Icing) else entry.id), True
    for episode in episodes:
        yield episode.since, _pause(episode, context, now), True


def _texts(context: CommandContext) -> EntryTexts:
    return EntryTexts(context.words, context.home.content, context.home.profile.goals)


def _with_id(text: str, entry_id: str) -> str:
    """Return a line with the id that ``edit`` and ``delete`` take."""
    return f"{text}  [{printable(entry_id)}]"


def _check_in(listed: ListedEntry, texts: EntryTexts) -> str:
    text = texts.of(listed.check_in)
    changed = f"  {texts.words('diary.was-changed')}" if listed.edited else ""
    return _with_id(f"{text}{changed}", listed.check_in.id)


def _pause(episode: PauseEpisode, context: CommandContext, now: datetime) -> str:
    from coach.words.moments import moment
    from coach.words.status import rule_text

    words = context.words
    end = (
        words("plan.history.ended", moment=moment(episode.ended, words, now))
        if episode.ended
        else words("plan.history.running")
    )
    return words("plan.history.pause", reason=rule_text(episode.reason, words, context.home.content.rules), end=end)
