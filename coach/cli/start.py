"""``coach start``: the guided session, on the screen or, with ``--plain``, a line at a time."""

import argparse

from coach.actions.session import refusal
from coach.cli.desk import Desk
from coach.errors import CoachError, UsageError
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take a routine, and ``--plain``."""
    parser.add_argument("routine", nargs="?", metavar="ROUTINE", help=words("start.help.routine"))
    parser.add_argument("--plain", action="store_true", help=words("start.help.plain"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Lead a session; refuse with the reason where none may begin."""
    known = desk.home.content.routines
    if args.routine is not None and args.routine not in known:
        raise UsageError("session.error.no-routine", routine=args.routine, known=", ".join(known))
    if not args.plain:
        return _on_screen(args.routine, desk)
    if not _may_start(desk):
        return CoachError.exit_code
    from coach.cli.plain import Plain

    return Plain(desk, args.routine).run()


def _on_screen(routine: str | None, desk: Desk) -> int:
    if not desk.at_terminal():
        desk.complain(desk.words("start.no-terminal"))
        return UsageError.exit_code
    from coach.ui import run as open_ui

    language = desk.words.language if desk.language_given else None
    return open_ui(desk.home, language, opens=("session", {"routine": routine}))


def _may_start(desk: Desk) -> bool:
    """Tell whether a session may begin; ask the list of signs first where it is due, or say how to answer it."""
    from coach.actions.stands import how_it_stands
    from coach.words.standing import standing_lines

    stands = how_it_stands(desk.home, desk.now())
    if not stands.may_start and stands.activity != "pause" and desk.at_terminal():
        from coach.cli.questions import ask_signs, show_emergency

        show_emergency(desk)
        try:
            ask_signs(desk)
        except EOFError:
            return False
        stands = how_it_stands(desk.home, desk.now())
    if stands.may_start:
        return True
    if stands.activity == "pause":
        for line in standing_lines(stands, desk.words, desk.home.content.rules, desk.home.profile.region, desk.now()):
            desk.complain(line)
    desk.complain(desk.words("start.signs" if stands.activity != "pause" else refusal(stands)))
    return False
