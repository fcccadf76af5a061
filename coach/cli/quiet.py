"""``snooze``, ``skip``, ``pause`` and ``resume``: they act on reminders alone."""

import argparse

from coach import clock
from coach.actions import quiet
from coach.actions.hours import length_of
from coach.cli.desk import Desk
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


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Do the verb."""
    return {"snooze": _snooze, "skip": _skip, "pause": _pause, "resume": _resume}[args.verb](args, desk)


def _snooze(args: argparse.Namespace, desk: Desk) -> int:
    from coach.remind.agent import ensure_agent

    waits = quiet.snooze(desk.home, desk.now(), length_of(args.length))
    desk.say(desk.words("reminders.snoozed", time=f"{waits.due:%H:%M}"))
    if (trouble := ensure_agent(desk.home.places, desk.words)) is not None:
        desk.complain(desk.words("agent.nothing-calls", why=trouble))
    return 0


def _skip(args: argparse.Namespace, desk: Desk) -> int:
    now = desk.now()
    due = quiet.skip(desk.home, now)
    desk.say(desk.words("reminders.skipped", id=due.id, time=moment(due.due, desk.words, now)))
    return 0


def _pause(args: argparse.Namespace, desk: Desk) -> int:
    now = desk.now()
    until = quiet.pause_until(args.until, now, clock.zone())
    quiet.pause(desk.home, now, until)
    desk.say(desk.words("reminders.paused", time=moment(until, desk.words, now)))
    return 0


def _resume(args: argparse.Namespace, desk: Desk) -> int:
    from coach.actions.stands import how_it_stands

    now = desk.now()
    ended = quiet.resume(desk.home, now)
    desk.say(desk.words("reminders.resumed" if ended else "reminders.not-paused"))
    if (pause := how_it_stands(desk.home, now).pause) is not None:
        from coach.words.standing import pause_lines

        for line in (desk.words("reminders.safety-stays"), *pause_lines(pause, desk.words, now)):
            desk.say(line)
    return 0
