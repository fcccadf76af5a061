"""``coach seen``: a professional has seen it, and perhaps cleared something."""

import argparse

from coach.actions.seen import cleared_now, seen
from coach.actions.stands import how_it_stands
from coach.cli.desk import Desk
from coach.cli.setup import points
from coach.domain.clearance import SURGERY
from coach.words import Words
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take who has seen it, and what they cleared."""
    parser.add_argument("--by", required=True, metavar="TEXT", help=words("pause.help.by"))
    parser.add_argument("--cleared", action="append", default=[], metavar="SIGN", help=words("pause.help.cleared"))
    parser.add_argument("--baseline", metavar="N", help=words("pause.help.baseline"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Keep it, and say what follows."""
    from coach.words.decision import headline_lines

    words, book, now = desk.words, desk.home.content.rules, desk.now()
    before = how_it_stands(desk.home, now)
    baseline = points(args.baseline) if args.baseline is not None else None
    record = seen(desk.home, args.by, tuple(args.cleared), baseline, now=now)
    desk.say(words("pause.seen.saved", by=shown(record.by)))
    for rule, outcome in cleared_now(record, before, book):
        desk.say(words(f"pause.seen.{outcome}", what=_what(rule, desk)))
    if baseline is not None:
        desk.say(words("pause.seen.baseline", n=baseline))
    stands = how_it_stands(desk.home, now)
    desk.say(words("pause.seen.next", headline=" ".join(headline_lines(stands, words))))
    return 0


def _what(rule: str, desk: Desk) -> str:
    book = desk.home.content.rules
    known = book.signs[rule].short if rule in book.signs else book.contexts[SURGERY].short
    return desk.words.pick(known)
