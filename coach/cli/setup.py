"""``coach setup``: profile and default reminders, by flags or by a few questions."""

import argparse
from collections.abc import Callable
from typing import Any, get_args

from coach.actions.goals import checked
from coach.actions.setup import set_up
from coach.cli.context import CommandContext
from coach.cli.profile_flags import contexts, points, region, work, work_days
from coach.domain.goals import MOST, open_goals
from coach.domain.profile import Profile
from coach.domain.triage.answers import Context, Side
from coach.errors import UsageError
from coach.words import LANGUAGES, Words
from coach.words.goals import goal_lines


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take each answer as an option; ``--yes`` asks nothing."""
    parser.add_argument("--yes", action="store_true", help=words("setup.help.yes"))
    parser.add_argument(
        "--context",
        action="append",
        default=[],
        metavar="ID",
        help=words("setup.help.context", ids=", ".join(get_args(Context))),
    )
    parser.add_argument("--baseline", metavar="N", help=words("setup.help.baseline"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words("cli.lang"))
    parser.add_argument("--side", choices=get_args(Side), help=words("setup.help.side"))
    parser.add_argument("--goal", action="append", metavar="TEXT", help=words("setup.help.goal", n=MOST))
    parser.add_argument("--work", metavar="09:00-18:00", help=words("setup.help.work"))
    parser.add_argument("--days", metavar="mon-fri", help=words("setup.help.days"))
    parser.add_argument("--region", metavar="jp", help=words("setup.help.region"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Keep the answers; nothing is kept where one is wrong."""
    flags = _given(args, context)
    if not args.yes:
        if context.at_terminal():
            from coach.cli.questions import ask

            context, flags = ask(context, flags)
        if not flags:  # nobody was there: what nobody chose is no choice, and no set-up
            raise UsageError("setup.error.nothing-given")
    profile = set_up(context.home, context.now(), **flags)
    if not args.yes and context.at_terminal():
        from coach.cli.questions import offer_link

        offer_link(context)
    for line in _summary(profile, flags, context):
        context.say(line)
    return 0


def _given(args: argparse.Namespace, context: CommandContext) -> dict[str, Any]:
    """Return the fields of the profile that the options give."""
    readers: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "contexts": (args.context or None, contexts),
        "baseline": (args.baseline, points),
        "language": (args.lang, str),
        "side": (args.side, str),
        "goals": (args.goal, checked),
        "work": (args.work, work),
        "work_days": (args.days, work_days),
        "region": (args.region, lambda word: region(word, context)),
    }
    return {name: read(word) for name, (word, read) in readers.items() if word is not None}


def _summary(profile: Profile, flags: dict[str, Any], context: CommandContext) -> list[str]:
    words = Words(profile.language, profile.region) if "language" in flags and profile.language else context.words
    lines = [words("setup.done")]
    asked = flags.get("baseline")
    if asked is not None and asked != profile.baseline:
        lines.append(words("setup.baseline-stays", n=profile.baseline, asked=asked))
    if profile.contexts:
        names = (words.pick(context.home.content.rules.contexts[context_id].short) for context_id in profile.contexts)
        lines.append(words("setup.contexts", names=words("common.and").join(names)))
    lines += goal_lines(open_goals(profile.goals), words)
    if not profile.contexts_known:
        lines.append(words("pause.reason.contexts-lost"))
    return [*lines, words("setup.next")]
