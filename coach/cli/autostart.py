"""``coach autostart``: start the reminders with the desktop session."""

import argparse

from coach.cli.context import CommandContext
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the three verbs."""
    verbs = ("enable", "disable", "status")
    about = "; ".join(f"{verb}: {words(f'agent.autostart.help.{verb}')}" for verb in verbs)
    parser.add_argument("what", choices=verbs, help=about)


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do it, and say whether the reminders start with the desktop."""
    from coach.agent import autostart

    if args.what == "enable":
        context.say(context.words("agent.autostart.enabled", path=autostart.enable()))
    elif args.what == "disable":
        autostart.disable()
        context.say(context.words("agent.autostart.disabled"))
    else:
        path = autostart.file_of()
        if obstacle := autostart.obstacle():
            why = context.words(f"agent.autostart.{obstacle}")
            context.say(context.words("agent.autostart.broken", path=path, why=why))
        else:
            context.say(context.words(f"agent.autostart.{'is-on' if autostart.enabled() else 'is-off'}", path=path))
    return 0
