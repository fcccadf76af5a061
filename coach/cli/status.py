"""``coach status``: one line for a status bar, quick enough to be asked every few seconds."""

import argparse
from datetime import datetime
from functools import reduce
from typing import Any

from coach import clock
from coach.actions.status_cache import StatusSummary, status_summary
from coach.agent.liveness import Liveness, liveness
from coach.cli.context import CommandContext
from coach.domain.status.wall_clock import local
from coach.domain.triage.state import shape_of
from coach.words import Words
from coach.words.dates import local_time
from coach.words.moments import moment


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Say it in one line."""
    now = clock.now()
    seen, who = status_summary(context.home, now), liveness(context.home.places)
    if args.json:
        due = local(seen.due, now) if seen.due else None
        context.say_json(
            {
                "headline": seen.headline,
                "activity": seen.activity,
                "advice": seen.advice,
                "asked": seen.asked,
                "pause": _pause(seen, now),
                "next_reminder": {"id": seen.reminder, "kind": seen.kind, "due": due} if seen.reminder else None,
                "ice": _ice(seen, now),
                "last": seen.last,
                "agent": who.agent,
                "calls": who.calls,
            }
        )
    else:
        parts = [state(seen, context.words, now), *_ice_text(seen, context.words, now)]
        parts += [coming(seen, context.words, now), *_who_calls(seen, who, context.words)]
        parts += [context.words("status.break")] if seen.activity != "pause" else []
        context.say(reduce(lambda line, part: context.words("status.line", state=line, next=part), parts))
    return 0


def _ice(seen: StatusSummary, now: datetime) -> dict[str, Any] | None:
    """Return when the ice comes off, and whether that is now."""
    if seen.ice_ends is None:
        return None
    return {"ends_at": local(seen.ice_ends, now), "take_off": seen.ice_ends <= now}


def _ice_text(seen: StatusSummary, words: Words, now: datetime) -> list[str]:
    if seen.ice_ends is None:
        return []
    if seen.ice_ends <= now:
        return [words("kind.ice-end")]
    return [words("status.ice", time=local_time(seen.ice_ends, now))]


def _who_calls(seen: StatusSummary, who: Liveness, words: Words) -> list[str]:
    """Return that nobody would call, where something is announced."""
    if who.calls or (seen.due is None and seen.ice_ends is None):
        return []
    return [words("status.no-popup" if who.agent else "status.nobody-calls")]


def _pause(seen: StatusSummary, now: datetime) -> dict[str, Any] | None:
    """Return the pause for safety; where there is none, the one of the reminders that the person asked for."""
    if seen.reason is None and seen.rests is None:
        return None
    until = seen.until if seen.reason else seen.rests
    return {"reason": seen.reason or "reminders", "until": local(until, now) if until else None}


def state(seen: StatusSummary, words: Words, now: datetime) -> str:
    """Return how it stands in a word or two with the shape of its state, and until when a pause lasts."""
    shape = shape_of(seen.headline)
    if not seen.asked and seen.headline == "gentle":
        return f"{shape} {words('status.unknown')}"
    state_text = f"{shape} {words(f'status.{seen.headline}')}"
    if seen.until and seen.until > now:
        key = "status.until" if seen.headline == "pause" else "status.and-rest"
        return words(key, state=state_text, moment=moment(seen.until, words, now))
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
