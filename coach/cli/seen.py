"""``coach seen``: a professional has seen it, and perhaps cleared something."""

import argparse

from coach.actions.status.current import status_now
from coach.actions.status.seen import cleared_name, cleared_now, seen
from coach.cli.context import CommandContext
from coach.cli.profile_flags import points
from coach.words import Words
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take who has seen it, and what they cleared."""
    parser.add_argument("--by", required=True, metavar="TEXT", help=words("pause.help.by"))
    parser.add_argument("--cleared", action="append", default=[], metavar="SIGN", help=words("pause.help.cleared"))
    parser.add_argument("--baseline", metavar="N", help=words("pause.help.baseline"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Keep it, and say what follows."""
    from coach.words.decision import headline_lines
    from coach.words.status import is_by_pain

    words, book, now = context.words, context.home.content.rules, context.now()
    before = status_now(context.home, now)
    baseline = points(args.baseline) if args.baseline is not None else None
    record = seen(context.home, context.text_of(args.by) or "", tuple(args.cleared), baseline, now=now)
    context.say(words("pause.seen.saved", by=shown(record.by)))
    for name, outcome in cleared_now(record, before, book):
        context.say(words(f"pause.seen.{outcome}", what=words.pick(cleared_name(name, book))))
    if baseline is not None:
        context.say(words("pause.seen.baseline", n=baseline))
    status = status_now(context.home, now)
    if status.ask_why in ("seen", "unsure") or status.advice in ("today", "emergency"):
        # An urgent answer stands until it is asked anew: nobody is sent back straight after the visit.
        context.say(words("pause.seen.ask-pain" if is_by_pain(status) else "pause.seen.ask"))
    else:
        context.say(
            words("pause.seen.next", headline=words("report.next-sentence").join(headline_lines(status, words)))
        )
    return 0
