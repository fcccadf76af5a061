"""``coach start``: the guided session, on the screen or, with ``--plain``, a line at a time."""

import argparse

from coach.actions.exercise.session import refusal
from coach.cli.context import CommandContext
from coach.errors import CoachError, UsageError
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take a routine, and ``--plain``."""
    parser.add_argument("routine", nargs="?", metavar="ROUTINE", help=words("start.help.routine"))
    parser.add_argument("--plain", action="store_true", help=words("start.help.plain"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Lead a session; refuse with the reason where none may begin."""
    routines = context.home.content.routines
    if args.routine is not None and args.routine not in routines:
        raise UsageError("session.error.no-routine", routine=args.routine, known=", ".join(routines))
    if not args.plain:
        return _on_screen(args.routine, context)
    if not _may_start(context):
        return CoachError.exit_code
    from coach.cli.plain import Plain

    return Plain(context, args.routine).run()


def _on_screen(routine: str | None, context: CommandContext) -> int:
    if not context.has_screen():
        context.complain(context.words("start.no-terminal"))
        return UsageError.exit_code
    from coach.ui import run as open_ui

    language = context.words.language if context.language_given else None
    return open_ui(context.home, language, opens=("session", {"routine": routine}))


def _may_start(context: CommandContext) -> bool:
    """Tell whether a session may begin; ask the list of signs first where it is due, or say how to answer it."""
    from coach.actions.status.current import status_now
    from coach.words.status import status_lines

    status = status_now(context.home, context.now())
    if not status.may_start and status.activity != "pause" and context.at_terminal():
        from coach.cli.questions import ask_signs, show_emergency

        show_emergency(context)
        try:
            ask_signs(context)
        except EOFError:
            return False
        status = status_now(context.home, context.now())
    if status.may_start:
        return True
    if status.activity == "pause":
        for line in status_lines(
            status, context.words, context.home.content.rules, context.home.profile.region, context.now()
        ):
            context.complain(line)
    context.complain(context.words("start.signs" if status.activity != "pause" else refusal(status)))
    return False
