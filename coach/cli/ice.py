"""``coach ice``: the icing timer. What is on, and its end, are records; the agent calls."""

import argparse
import sys
from datetime import timedelta
from typing import Any

from coach.actions.ice import IceRefusedError, answer_conditions, how_called, ice, start_ice, stop_ice
from coach.cli import output
from coach.cli.context import CommandContext
from coach.cli.number import up_to
from coach.cli.yes_no import yes_or_no
from coach.domain.ice import DEFAULT_MINUTES, MOST_MINUTES, IceState, Icing
from coach.domain.status.history import Ice
from coach.errors import CoachError, UsageError
from coach.words import Words
from coach.words.dates import local_time
from coach.words.ice import ice_line
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take start with minutes, stop, or status."""
    parser.add_argument(
        "do", metavar="start|stop|status", choices=("start", "stop", "status"), nargs="?", default="status"
    )
    parser.add_argument("minutes", nargs="?", metavar="MIN")
    parser.add_argument("--none-of-the-conditions", action="store_true", help=words("ice.help.none"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Start, stop, or say how it is."""
    if args.do != "start" and (args.none_of_the_conditions or args.minutes is not None):
        # Taken in silence, somebody would believe that they had answered, or that ice was on.
        typed = f" {shown(args.minutes)}" if args.minutes is not None else ""
        option = " --none-of-the-conditions" if args.none_of_the_conditions else ""
        raise UsageError("ice.error.only-start", typed=typed + option)
    if args.do == "stop":
        stop_ice(context.home, context.now())
        return _say(args, context, [context.words("ice.off")])
    if args.do == "status":
        return _say(args, context, _status(context))
    return _start(args, context)


def _start(args: argparse.Namespace, context: CommandContext) -> int:
    minutes = _minutes(args.minutes)
    if args.none_of_the_conditions:
        answer_conditions(context.home, "no")
    elif context.home.profile.ice_conditions is None and sys.stdin.isatty() and not args.json:
        _ask(context)
    now = context.now()
    if not (state := ice(context.home, now)).allowed:
        raise IceRefusedError(state, now)
    # Before the timer starts: whoever counts on a call that cannot come leaves the ice on.
    call = context.words(
        f"ice.end-call.{how_called(context.home)}", end=local_time(now + timedelta(minutes=minutes), now)
    )
    (context.complain if args.json else context.say)(call)
    begun = start_ice(context.home, minutes, now=context.now())
    return _say(args, context, _begun(begun, context))


def _minutes(word: str | None) -> int:
    if word is None:
        return DEFAULT_MINUTES
    if not (minutes := up_to(MOST_MINUTES, word)):
        raise UsageError("ice.error.minutes", minutes=shown(word), most=MOST_MINUTES)
    return minutes


def _ask(context: CommandContext) -> None:
    """Ask once for the conditions that forbid ice."""
    for line in _conditions(context):
        context.say(line)
    answer = yes_or_no(output.ask(context.words("ice.ask")))
    answer_conditions(context.home, "unsure" if answer is None else "yes" if answer else "no")


def _conditions(context: CommandContext) -> list[str]:
    content = context.home.content.icing
    each = (context.words("common.bullet", text=context.words.pick(condition.text)) for condition in content.conditions)
    return [context.words("ice.ask-intro"), *each]


def _begun(begun: Ice, context: CommandContext) -> list[str]:
    words, now = context.words, context.now()
    state = ice(context.home, now).running
    if state is None:
        raise CoachError("ice.none-running")
    end = local_time(state.ends_at, now)
    lines = [words("ice.begun", n=begun.minutes, end=end)]
    if looks := state.checks_at():
        lines.append(words("ice.look", times=words("common.and").join(local_time(look, now) for look in looks)))
    lines.append(words("ice.stop-when"))
    lines += [
        words("common.bullet", text=words.pick(stop_sign.text)) for stop_sign in context.home.content.icing.stop_signs
    ]
    return lines


def _status(context: CommandContext) -> list[str]:
    state = ice(context.home, context.now())
    lines = [ice_line(state, context.words, context.now())]
    return [*lines, *_conditions(context)] if state.why == "not-asked" else lines


def _say(args: argparse.Namespace, context: CommandContext, lines: list[str]) -> int:
    if args.json:
        context.say_json(document(ice(context.home, context.now())))
        return 0
    for line in lines:
        context.say(line)
    return 0


def document(state: IceState) -> dict[str, Any]:
    """Return the state of icing as one JSON document."""
    off = state.running if state.must_come_off else state.overdue
    return {
        "allowed": state.allowed,
        "why": state.why or None,
        "next_at": state.next_at,
        "running": _running(state.running) if state.running else None,
        "take_off": _running(off) if off else None,
        "last_24h": state.today,
    }


def _running(icing: Icing) -> dict[str, Any]:
    looks = icing.checks_at()
    return {
        "id": icing.ice.id,
        "since": icing.ice.at,
        "minutes": icing.ice.minutes,
        "ends_at": icing.ends_at,
        "look_at": looks,
    }
