"""``coach goals``: what the person wants to do again, and how far it is."""

import argparse

from coach.actions.goals import add, courses, end, rename
from coach.cli.context import CommandContext
from coach.errors import UsageError
from coach.full_width import narrow
from coach.words import Words
from coach.words.goals import course_lines, courses_document
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``list``, ``add TEXT``, ``rename N TEXT`` and ``end N``."""
    parser.add_argument(
        "do", metavar="list|add|rename|end", choices=("list", "add", "rename", "end"), nargs="?", default="list"
    )
    parser.add_argument("what", nargs="*", metavar="N|TEXT", help=words("goals.help.what"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Change the goals, or say how they have gone; their scores are told in the check-in."""
    home, now = context.home, context.now()
    match args.do, args.what:
        case "add", [text]:
            add(home, text, now)
        case "rename", [number, text]:
            rename(home, _number(number), text, now)
        case "end", [number]:
            ended = end(home, _number(number), now)
            if not args.json:
                context.say(context.words("goals.ended", text=shown(ended.text)))
        case "list", []:
            pass
        case _:
            raise UsageError("goals.error.usage")
    gone = courses(home, now)
    if args.json:
        context.say_json(courses_document(gone, (goal for goal in home.profile.goals if goal.ended)))
        return 0
    for line in course_lines(gone, context.words):
        context.say(line)
    context.say(context.words("goals.how" if gone else "goals.none"))
    return 0


def _number(word: str) -> int:
    word = narrow(word)
    if not (word.isascii() and word.isdigit()):
        raise UsageError("goals.error.number", value=shown(word))
    return int(word[:9])
