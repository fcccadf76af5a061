"""``coach hurts``: stops a running session, notes it, and says what comes next."""

import argparse

from coach.actions.status.hurt import hurts
from coach.cli.context import CommandContext
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Note it and say what comes next."""
    from coach.words.status import headline_and_care

    region = context.home.profile.region
    done = hurts(context.home, context.now())
    if args.json:
        status = done.status
        context.say_json(
            {
                "id": done.record.id,
                "at": done.record.at,
                "stopped_session": done.stopped,
                "activity": status.activity,
                "advice": status.advice,
                "headline": status.headline,
                "until": status.pause.until if status.pause else None,
                "next": "check-in",
            }
        )
        return 0
    lines = [context.words(f"pause.hurts.{key}") for key in ("saved", *(("stopped",) if done.stopped else ()))]
    if done.status.advice in ("today", "emergency"):
        # Whoever should be seen is told so first, and asked nothing more.
        lines = [*headline_and_care(done.status, context.words, context.home.content.rules, region), *lines]
    else:
        lines += [context.words(f"pause.hurts.{key}") for key in ("today", "next")]
    for line in lines:
        context.say(line)
    return 0
