"""``coach break``: a break now, led where something can lead it, after which the count begins afresh."""

import argparse

from coach.actions.reminders.breaks import next_break, take_break
from coach.cli.context import CommandContext
from coach.words import Words
from coach.words.desk_break import noted_text
from coach.words.moments import moment


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Note the break, have it led by popups or in the open screen, and say when the next one comes."""
    from coach.actions.status.current import status_now
    from coach.agent.screen import open_on_screen
    from coach.agent.status import ask_agent

    home, now = context.home, context.now()
    take_break(home, now)
    status = status_now(home, now)
    led_by = None
    if status.may_start:
        led_by = "screen" if open_on_screen(home.places, "desk-break") else ask_agent(home.places, "break").led_by
    coming = next_break(home, now)
    if args.json:
        context.say_json({"led_by": led_by, "next": coming and coming.due})
        return 0
    context.say(context.words(f"reminders.break.{led_by}") if led_by else noted_text(status, context.words))
    if coming:
        context.say(context.words("reminders.break.next", time=moment(coming.due, context.words, now)))
    return 0
