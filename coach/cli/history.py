"""``coach history``: what was noted, newest last: check-ins singly, sessions, icing, pauses."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from coach.actions.reminders.breaks import totals
from coach.cli.context import CommandContext
from coach.domain.ice import Icing, icings
from coach.domain.status.history import CheckIn, Hurt, Seen, Session
from coach.domain.status.history import History as Noted
from coach.domain.status.pauses import PauseEpisode, pause_state
from coach.domain.trends import with_side
from coach.domain.triage.answers import KNEES
from coach.errors import UsageError
from coach.plain import plain
from coach.words import Words
from coach.words.goals import scores_text
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
        context.say_json({**document(shown, episodes), "breaks": totals(context.home, first)})
        return 0
    lines = sorted(_lines(shown, episodes, context, now))
    for at, text in lines:
        context.say(f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}  {text}")
    if not lines:
        context.say(context.words("plan.history.none", n=days))
    for week in totals(context.home, first):
        counts = {"taken": week.taken, "snoozed": week.snoozed, "skipped": week.skipped, "held": week.held}
        context.say(context.words("plan.history.breaks", week=f"{week.week:%Y-%m-%d}", **counts))
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
    episodes = pause_state(history, context.home.content.rules, now, context.home.profile.baseline).episodes
    return tuple(
        episode for episode in episodes if episode.ended is None or episode.ended.astimezone(now.tzinfo).date() >= first
    )


def _within(history: Noted, first: date, now: datetime) -> Noted:
    """Return what was recorded on or after ``first`` by the days of this place."""
    return Noted.of(record for record in history.records() if record.at.astimezone(now.tzinfo).date() >= first)


def document(history: Noted, episodes: tuple[PauseEpisode, ...]) -> dict[str, Any]:
    """Return the same as one JSON document: each record as it is kept."""
    return {
        "check_ins": [_told(check_in, history) for check_in in history.check_ins],
        "sessions": [_plain(session) for session in history.sessions],
        "icing": [{**_plain(icing.ice), "ends_at": icing.ends_at} for icing in icings(history)],
        "hurts": [_plain(hurt) for hurt in history.hurts],
        "seen": [_plain(seen) for seen in history.seens],
        "goals": [_plain(scores) for scores in history.goal_scores],
        "pauses": [
            {"reason": episode.reason, "since": episode.since, "until": episode.until, "ended": episode.ended}
            for episode in episodes
        ],
    }


def _told(check_in: CheckIn, history: Noted) -> dict[str, Any]:
    """Return a check-in as it is kept, with the side that it was about; None where that is not known."""
    answers = with_side(check_in, history).answers
    knees = {knee: {"walking": answers.knees.walking(knee)} for knee in answers.knees.told}
    return {**_plain(check_in), "side": answers.side, "knees": knees, "medicine": check_in.medicine or None}


def _plain(record: object) -> Any:
    return plain(record)


def _lines(
    history: Noted, episodes: tuple[PauseEpisode, ...], context: CommandContext, now: datetime
) -> Iterator[Line]:
    for check_in in history.check_ins:
        yield check_in.at, _check_in(with_side(check_in, history), context)
    for screening in history.screenings:
        yield screening.at, context.words("plan.history.screening")
    for session in history.sessions:
        yield session.at, _session(session, context)
    for ice in icings(history):
        yield ice.at, _ice(ice, context)
    for hurt in history.hurts:
        yield hurt.at, _hurt(hurt, context)
    for seen in history.seens:
        yield seen.at, _seen(seen, context)
    for scores in history.goal_scores:
        yield scores.at, scores_text(scores.goals, context.home.profile.goals, context.words)
    for episode in episodes:
        yield episode.since, _pause(episode, context, now)


def _check_in(check_in: CheckIn, context: CommandContext) -> str:
    told = context.words(f"status.{check_in.told.headline}") if check_in.told else ""
    parts = [context.words("plan.history.check-in", numbers=_numbers(check_in, context.words), headline=told)]
    if check_in.goals:
        parts.append(scores_text(check_in.goals, context.home.profile.goals, context.words))
    if check_in.note:
        parts.append(context.words("plan.history.note", text=shown(check_in.note)))
    if check_in.corrects:
        parts.append(context.words("plan.history.corrects"))
    return "  ".join([*parts, f"[{check_in.id}]"])


def _numbers(check_in: CheckIn, words: Words) -> str:
    """Return the numbers of a check-in, each knee by itself where it was told so, and a painkiller beside them."""
    answers = check_in.answers
    numbers: list[tuple[str, int | None]] = [(knee, answers.walking_of(knee)) for knee in KNEES]
    if all(points is None for _, points in numbers):
        numbers = [("walking", answers.pain.walking)]
    numbers += [(name, getattr(answers.pain, name)) for name in ("rest", "during", "morning")]
    parts = [words(f"plan.history.number.{name}", n=n) for name, n in numbers if n is not None]
    text = words("dates.and").join(parts) or words("plan.history.no-numbers")
    return words("goals.under-medicine", numbers=text, medicine=shown(check_in.medicine)) if check_in.medicine else text


def _session(session: Session, context: CommandContext) -> str:
    routine = context.home.content.routines.get(session.routine)
    name = context.words.pick(routine.name) if routine else session.routine
    outcome = context.words(f"plan.history.outcome.{session.outcome}")
    return context.words("plan.history.session", routine=name, n=round(session.seconds / 60), outcome=outcome)


def _ice(icing: Icing, context: CommandContext) -> str:
    return context.words("plan.history.ice", n=icing.minutes)


def _hurt(hurt: Hurt, context: CommandContext) -> str:
    stretch = context.home.content.stretches.get(hurt.stretch) if hurt.stretch else None
    if stretch is None:
        return context.words("plan.history.hurt")
    return context.words("plan.history.hurt-in", stretch=context.words.pick(stretch.name))


def _seen(seen: Seen, context: CommandContext) -> str:
    return context.words("plan.history.seen", by=shown(seen.by))


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
