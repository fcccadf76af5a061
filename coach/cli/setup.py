"""``coach setup``: profile and default reminders, by flags or by a few questions."""

import argparse
from collections.abc import Callable
from typing import Any, get_args

from coach.actions.setup import set_up
from coach.cli.context import CommandContext
from coach.domain.profile import Profile
from coach.domain.reminders import time_text
from coach.domain.reminders.reminder import Between, Weekday
from coach.domain.status.history import Side
from coach.domain.triage.answers import MOST_POINTS, Context
from coach.errors import UsageError
from coach.words import LANGUAGES, Words
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take each answer as an option; ``--yes`` asks nothing."""
    parser.add_argument("--yes", action="store_true", help=words("setup.help.yes"))
    parser.add_argument("--context", action="append", default=[], metavar="ID", help=words("setup.help.context"))
    parser.add_argument("--baseline", metavar="N", help=words("setup.help.baseline"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words("cli.lang"))
    parser.add_argument("--side", choices=get_args(Side), help=words("setup.help.side"))
    parser.add_argument("--work", metavar="09:00-18:00", help=words("setup.help.work"))
    parser.add_argument("--days", metavar="mon-fri", help=words("setup.help.days"))
    parser.add_argument("--region", metavar="jp", help=words("setup.help.region"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Keep the answers; nothing is kept where one is wrong."""
    given = _given(args, context)
    if not args.yes and context.at_terminal():
        from coach.cli.questions import ask

        context, given = ask(context, given)
    kept = set_up(context.home, context.now(), **given)
    for line in _summary(kept, given, context):
        context.say(line)
    return 0


def _given(args: argparse.Namespace, context: CommandContext) -> dict[str, Any]:
    """Return the fields of the profile that the options give."""
    readers: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "contexts": (args.context or None, contexts),
        "baseline": (args.baseline, points),
        "language": (args.lang, str),
        "side": (args.side, str),
        "work": (args.work, work),
        "work_days": (args.days, work_days),
        "region": (args.region, lambda word: region(word, context)),
    }
    return {name: read(word) for name, (word, read) in readers.items() if word is not None}


def contexts(words: list[str]) -> tuple[Context, ...]:
    """Return the conditions named, several in one word with commas; ``none`` is none."""
    named = [one.strip() for word in words for one in word.split(",")]
    known = get_args(Context)
    for one in named:
        if one not in (*known, "none"):
            raise UsageError("setup.error.context", value=shown(one), known=", ".join((*known, "none")))
    found: list[Context] = [one for one in known if one in named]
    return tuple(found)


def points(word: str) -> int:
    """Return a pain number."""
    if not (word.isascii() and word.isdigit() and int(word[:4]) <= MOST_POINTS):
        raise UsageError("setup.error.baseline", value=shown(word))
    return int(word)


def work(word: str) -> Between:
    """Return working hours."""
    try:
        return time_text.hours(word)
    except ValueError:
        raise UsageError("setup.error.work", value=shown(word)) from None


def work_days(word: str) -> tuple[Weekday, ...]:
    """Return working days."""
    try:
        return time_text.days(word)
    except ValueError:
        raise UsageError("setup.error.days", value=shown(word)) from None


def region(word: str, context: CommandContext) -> str:
    """Return a region code that the care-lines know."""
    code = word.strip().casefold()
    known = [one for place in context.home.content.care_lines.values() for one in place.codes]
    if code not in known:
        raise UsageError("setup.error.region", value=shown(word), known=", ".join(known))
    return code


def _summary(kept: Profile, given: dict[str, Any], context: CommandContext) -> list[str]:
    words = Words(kept.language) if "language" in given and kept.language else context.words
    lines = [words("setup.done")]
    asked = given.get("baseline")
    if asked is not None and asked != kept.baseline:
        lines.append(words("setup.baseline-stays", n=kept.baseline, asked=asked))
    if kept.contexts:
        names = (words.pick(context.home.content.rules.contexts[one].short) for one in kept.contexts)
        lines.append(words("setup.contexts", names=words("dates.and").join(names)))
    if not kept.contexts_known:
        lines.append(words("pause.reason.contexts-lost"))
    return [*lines, words("setup.next")]
