"""``coach status``: one line for a status bar, quick enough to be asked every few seconds."""

import argparse
from datetime import datetime
from typing import Any

from coach import clock
from coach.actions.status_cache import StatusSummary, status_summary
from coach.cli.context import CommandContext
from coach.words import Words
from coach.words.moments import moment


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Say it in one line."""
    now = clock.now()
    seen = status_summary(context.home, now)
    if args.json:
        due = seen.due.astimezone(now.tzinfo) if seen.due else None
        context.say_json(
            {
                "headline": seen.headline,
                "activity": seen.activity,
                "advice": seen.advice,
                "asked": seen.asked,
                "pause": _pause(seen, now),
                "next_reminder": {"id": seen.reminder, "kind": seen.kind, "due": due} if seen.reminder else None,
            }
        )
    else:
        context.say(
            context.words("status.line", state=state(seen, context.words, now), next=coming(seen, context.words, now))
        )
    return 0


def _pause(seen: StatusSummary, now: datetime) -> dict[str, Any] | None:
    """Return the pause for safety; where there is none, the one of the reminders that the person asked for."""
    if seen.reason is None and seen.rests is None:
        return None
    until = seen.until if seen.reason else seen.rests
    return {"reason": seen.reason or "reminders", "until": until.astimezone(now.tzinfo) if until else None}


def state(seen: StatusSummary, words: Words, now: datetime) -> str:
    """Return how it stands in a word or two, and until when a pause lasts."""
    if not seen.asked and seen.headline == "gentle":
        return words("status.unknown")
    state_text = words(f"status.{seen.headline}")
    if seen.until and seen.until > now:
        return words("status.until", state=state_text, moment=moment(seen.until, words, now))
    return state_text


def coming(seen: StatusSummary, words: Words, now: datetime) -> str:
    """Return the next reminder in a few words, and until when all of them rest."""
    if seen.rests:
        rests = words("status.rests", moment=moment(seen.rests, words, now))
        return words("status.line", state=rests, next=_next(seen, words, now))
    return _next(seen, words, now)


def _next(seen: StatusSummary, words: Words, now: datetime) -> str:
    if seen.due is None:
        return words("status.none")
    called = "snooze" if seen.reminder == "snooze" else seen.kind
    return words("status.next", moment=moment(seen.due, words, now), kind=words(f"kind.{called}"))
