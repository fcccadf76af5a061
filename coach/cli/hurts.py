"""``coach hurts``: stops a running session, notes it, and says what comes next."""

import argparse

from coach.actions.hurt import hurts
from coach.cli.desk import Desk
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Note it and say what comes next."""
    done = hurts(desk.home, desk.now())
    if args.json:
        stands = done.standing
        desk.say_json(
            {
                "id": done.record.id,
                "at": done.record.at,
                "stopped_session": done.stopped,
                "activity": stands.activity,
                "advice": stands.advice,
                "headline": stands.headline,
                "until": stands.pause.until if stands.pause else None,
                "next": "check-in",
            }
        )
        return 0
    for key in ("saved", *(("stopped",) if done.stopped else ()), "today", "next"):
        desk.say(desk.words(f"pause.hurts.{key}"))
    return 0
