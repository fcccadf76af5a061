"""``coach history``: what was noted, newest last: check-ins singly, sessions, icing, pauses."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from coach.cli.context import CommandContext
from coach.domain.ice import Icing, all_icings
from coach.domain.status.history import CheckIn, Hurt, Seen, Session
from coach.domain.status.history import History as Noted
from coach.domain.status.pauses import PauseEpisode, pause_state
from coach.domain.triage.answers import Pain
from coach.errors import UsageError
from coach.plain import plain
from coach.words import Words
from coach.words.shown import shown

DAYS = 14
Line = tuple[datetime, str]


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take how many days, and ``--json``."""
    parser.add_argument("--days", metavar="N", help=words("plan.help.days", n=DAYS))
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Say what was noted in the last days, today included."""
    days, now = _days(args.days), context.now()
    first = _first(now.date(), days)
    history = context.home.records.history(since=None if first == date.min else first - timedelta(days=1))
    episodes = _spells(context, now, first)
    shown = _within(history, first, now)
    if args.json:
        context.say_json(document(shown, episodes))
        return 0
    lines = sorted(_lines(shown, episodes, context, now))
    for at, text in lines:
        context.say(f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}  {text}")
    if not lines:
        context.say(context.words("plan.history.none", n=days))
    return 0


def _days(word: str | None) -> int:
    if word is None:
        return DAYS
    if not (word.isascii() and word.isdigit() and int(word[:9]) > 0):
        raise UsageError("plan.history.days", days=shown(word))
    return int(word[:9])


def _first(today: date, days: int) -> date:
    return date.min if days > (today - date.min).days else today - timedelta(days=days - 1)


def _spells(context: CommandContext, now: datetime, first: date) -> tuple[PauseEpisode, ...]:
    """Return the pauses that touch the days asked for; a pause may have begun long before them."""
    from coach.actions.status.current import reaching

    history = reaching(context.home, first)
    found = pause_state(history, context.home.content.rules, now, context.home.profile.baseline).episodes
    return tuple(one for one in found if one.ended is None or one.ended.astimezone(now.tzinfo).date() >= first)


def _within(history: Noted, first: date, now: datetime) -> Noted:
    """Return what was recorded on or after ``first`` by the days of this place."""
    return Noted.of(one for one in history.records() if one.at.astimezone(now.tzinfo).date() >= first)


def document(history: Noted, episodes: tuple[PauseEpisode, ...]) -> dict[str, Any]:
    """Return the same as one JSON document: each record as it is kept."""
    return {
        "check_ins": [_plain(one) for one in history.check_ins],
        "sessions": [_plain(one) for one in history.sessions],
        "icing": [{**_plain(one.ice), "ends_at": one.ends_at} for one in all_icings(history)],
        "hurts": [_plain(one) for one in history.hurts],
        "seen": [_plain(one) for one in history.seens],
        "pauses": [
            {"reason": one.reason, "since": one.since, "until": one.until, "ended": one.ended} for one in episodes
        ],
    }


def _plain(record: object) -> Any:
    return plain(record)


def _lines(
    history: Noted, episodes: tuple[PauseEpisode, ...], context: CommandContext, now: datetime
) -> Iterator[Line]:
    for one in history.check_ins:
        yield one.at, _check_in(one, context)
    for screening in history.screenings:
        yield screening.at, context.words("plan.history.screening")
    for session in history.sessions:
        yield session.at, _session(session, context)
    for ice in all_icings(history):
        yield ice.at, _ice(ice, context)
    for hurt in history.hurts:
        yield hurt.at, _hurt(hurt, context)
    for seen in history.seens:
        yield seen.at, _seen(seen, context)
    for episode in episodes:
        yield episode.since, _pause(episode, context, now)


def _check_in(one: CheckIn, context: CommandContext) -> str:
    told = context.words(f"status.{one.told.headline}") if one.told else ""
    said = [context.words("plan.history.check-in", numbers=_numbers(one.answers.pain, context.words), headline=told)]
    if one.note:
        said.append(context.words("plan.history.note", text=shown(one.note)))
    if one.corrects:
        said.append(context.words("plan.history.corrects"))
    return "  ".join([*said, f"[{one.id}]"])


def _numbers(pain: Pain, words: Words) -> str:
    known = [(name, getattr(pain, name)) for name in ("rest", "walking", "during", "morning")]
    said = [words(f"plan.history.number.{name}", n=n) for name, n in known if n is not None]
    return words("dates.and").join(said) or words("plan.history.no-numbers")


def _session(one: Session, context: CommandContext) -> str:
    known = context.home.content.routines.get(one.routine)
    name = context.words.pick(known.name) if known else one.routine
    outcome = context.words(f"plan.history.outcome.{one.outcome}")
    return context.words("plan.history.session", routine=name, n=round(one.seconds / 60), outcome=outcome)


def _ice(one: Icing, context: CommandContext) -> str:
    return context.words("plan.history.ice", n=one.minutes)


def _hurt(one: Hurt, context: CommandContext) -> str:
    known = context.home.content.stretches.get(one.stretch) if one.stretch else None
    if known is None:
        return context.words("plan.history.hurt")
    return context.words("plan.history.hurt-in", stretch=context.words.pick(known.name))


def _seen(one: Seen, context: CommandContext) -> str:
    return context.words("plan.history.seen", by=shown(one.by))


def _pause(one: PauseEpisode, context: CommandContext, now: datetime) -> str:
    from coach.words.moments import moment
    from coach.words.status import rule_text

    words = context.words
    end = (
        words("plan.history.ended", moment=moment(one.ended, words, now))
        if one.ended
        else words("plan.history.running")
    )
    return words("plan.history.pause", reason=rule_text(one.reason, words, context.home.content.rules), end=end)
