"""``snooze``, ``skip``, ``pause`` and ``resume``: they act on reminders alone."""

import argparse

from coach import clock
from coach.actions.reminders.pause import pause, pause_end, resume
from coach.actions.reminders.snooze import skip, snooze, unskip
from coach.actions.reminders.time_text import length_of
from coach.cli.agent import nobody_calls
from coach.cli.context import CommandContext
from coach.words import Words
from coach.words.moments import moment
from coach.words.system import error_text


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what follows each of the verbs."""
    match parser.get_default("verb"):
        case "snooze":
            parser.add_argument("length", nargs="?", help=words("reminders.help.snooze"))
        case "skip":
            parser.add_argument("--undo", action="store_true", help=words("reminders.help.undo"))
        case "pause":
            metavar = "2h|3d|today|tomorrow|until HH:MM|until DATE"
            parser.add_argument("until", nargs="+", metavar=metavar, help=words("reminders.help.pause"))
        case _:
            pass


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do the verb."""
    return {"snooze": _snooze, "skip": _skip, "pause": _pause, "resume": _resume}[args.verb](args, context)


def _snooze(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.control import ensure_agent

    now = context.now()
    waiting = snooze(context.home, now, length_of(args.length) if args.length else None)
    context.say(context.words("reminders.snoozed", time=moment(waiting.due, context.words, now)))
    if (error := ensure_agent(context.home.places)) is not None:
        context.complain(context.words("agent.nothing-calls", why=error_text(error, context.words)))
    elif sentence := nobody_calls(context):
        context.complain(sentence)
    return 0


def _skip(args: argparse.Namespace, context: CommandContext) -> int:
    now = context.now()
    coming = unskip(context.home, now) if args.undo else skip(context.home, now)
    key = "reminders.unskipped" if args.undo else "reminders.skipped"
    name = coming.id if coming.called == "custom" else context.words(f"kind.{coming.called}")
    context.say(context.words(key, id=name, time=moment(coming.due, context.words, now)))
    return 0


def _pause(args: argparse.Namespace, context: CommandContext) -> int:
    now = context.now()
    until = pause_end(context.home, args.until, now, clock.zone())
    pause(context.home, now, until)
    context.say(context.words("reminders.paused", time=moment(until, context.words, now)))
    return 0


def _resume(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.actions.status.current import status_now

    now = context.now()
    ended = resume(context.home, now)
    context.say(context.words("reminders.resumed" if ended else "reminders.not-paused"))
    if (safety_pause := status_now(context.home, now).pause) is not None:
        from coach.words.status import pause_lines

        for line in (context.words("reminders.safety-stays"), *pause_lines(safety_pause, context.words, now)):
            context.say(line)
    return 0
