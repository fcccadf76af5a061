"""``coach status``: one line for a status bar, quick enough to be asked every few seconds."""

import argparse
from datetime import datetime

from coach.actions.day import Soon, how_it_stands, next_reminder
from coach.cli.desk import Desk
from coach.domain.lifecycle import Standing
from coach.words import Words
from coach.words.moments import moment


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Say it in one line."""
    now = desk.now()
    stands, soon = how_it_stands(desk.home, now), next_reminder(desk.home, now)
    if args.json:
        pause = stands.pause and {"reason": stands.pause.reason, "until": stands.pause.until}
        desk.say_json(
            {
                "headline": stands.headline,
                "activity": stands.activity,
                "advice": stands.advice,
                "asked": stands.ask_why != "never",
                "pause": pause,
                "next_reminder": soon,
            }
        )
    else:
        desk.say(
            desk.words("plan.status.line", state=state(stands, desk.words, now), next=coming(soon, desk.words, now))
        )
    return 0


def state(stands: Standing, words: Words, now: datetime) -> str:
    """Return how it stands in a word or two, and until when a pause lasts."""
    if stands.ask_why == "never" and stands.headline == "gentle":
        return words("plan.status.unknown")
    said = words(f"plan.status.{stands.headline}")
    if stands.pause and stands.pause.until and stands.pause.until > now:
        return words("plan.status.until", state=said, moment=moment(stands.pause.until, words, now))
    return said


def coming(soon: Soon | None, words: Words, now: datetime) -> str:
    """Return the next reminder in a few words."""
    if soon is None:
        return words("plan.status.none")
    return words("plan.status.next", moment=moment(soon.due, words, now), kind=words(f"plan.kind.{soon.kind}"))
