"""``snooze``, ``skip``, ``pause`` and ``resume``: they act on reminders alone."""

import argparse

from coach import clock
from coach.actions.reminders.pause import pause, pause_end, resume
from coach.actions.reminders.snooze import skip, snooze
from coach.actions.reminders.time_text import length_of
from coach.cli.context import CommandContext
from coach.words import Words
from coach.words.moments import moment


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare what follows each of the verbs."""
    match parser.get_default("verb"):
        case "snooze":
            parser.add_argument("length", nargs="?", default="10m", help=words("reminders.help.snooze"))
        case "pause":
            parser.add_argument("until", nargs="+", metavar="2h|today|until HH:MM", help=words("reminders.help.pause"))
        case _:
            pass


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do the verb."""
    return {"snooze": _snooze, "skip": _skip, "pause": _pause, "resume": _resume}[args.verb](args, context)


def _snooze(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.control import ensure_agent

    waiting = snooze(context.home, context.now(), length_of(args.length))
    context.say(context.words("reminders.snoozed", time=f"{waiting.due:%H:%M}"))
    if (error := ensure_agent(context.home.places)) is not None:
        context.complain(context.words("agent.nothing-calls", why=context.words(error.key, **error.values)))
    return 0


def _skip(args: argparse.Namespace, context: CommandContext) -> int:
    now = context.now()
    coming = skip(context.home, now)
    context.say(context.words("reminders.skipped", id=coming.id, time=moment(coming.due, context.words, now)))
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
