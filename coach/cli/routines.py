"""``coach routines list | show ID | validate FILE… | add FILE``: the content, one's own included."""

import argparse
from pathlib import Path

from coach.actions.named_file import named_path, write_named
from coach.cli.context import CommandContext
from coach.domain.exercise.stretch import Routine, Stretch
from coach.errors import CoachError, DataError
from coach.words import LANGUAGES, Words
from coach.words.shown import shown
from coach.words.stretch import dose_text, routine_lines, stretch_lines, title
from coach.words.system import error_text

BOOKS = ("rules", "signs")
"""What ``show`` takes beside ids: the whole rule book, and its signs alone."""
COLUMN = 22
"""Letters kept for an id in the list."""
WIDTH, HEIGHT = 44, 16
"""Cells of a figure."""


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take one of four things to do."""
    does = parser.add_subparsers(
        dest="do", required=True, metavar="list|show|validate|add", help=words("content.help.do")
    )
    listing = does.add_parser("list", help=words("content.help.list"))
    listing.add_argument("--json", action="store_true", help=words("cli.json"))
    show = does.add_parser("show", help=words("content.help.show"))
    show.add_argument("id", metavar="ID", help=words("content.help.id"))
    show.add_argument("-o", "--output", metavar="FILE", help=words("content.help.out"))
    validate = does.add_parser("validate", help=words("content.help.validate"))
    validate.add_argument("files", nargs="+", metavar="FILE", help=words("content.help.file"))
    about = words("content.help.add")
    add = does.add_parser("add", help=about, description=about, epilog=words("content.help.sample"), words=words)
    add.add_argument("file", metavar="FILE", help=words("content.help.file"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do what was asked for."""
    return {"list": _list, "show": _show, "validate": _validate, "add": _add}[args.do](args, context)


def _list(args: argparse.Namespace, context: CommandContext) -> int:
    content, words = context.home.content, context.words
    if args.json:
        context.say_json({"routines": [*content.routines.values()], "stretches": [*content.stretches.values()]})
        return 0
    context.say(words("content.list.routines"))
    for routine in content.routines.values():
        slot = words(f"content.slot.{routine.slot}")
        context.say(words("content.listed", id=f"{routine.id:<{COLUMN}}", name=title(routine, words), facts=slot))
    context.say()
    context.say(words("content.list.stretches"))
    for stretch in content.stretches.values():
        dose = dose_text(stretch, words)
        context.say(words("content.listed", id=f"{stretch.id:<{COLUMN}}", name=title(stretch, words), facts=dose))
    return 0


def _show(args: argparse.Namespace, context: CommandContext) -> int:
    content = context.home.content
    if args.id in BOOKS:
        from coach.words.rule_book import rule_book, sign_book

        context.say((rule_book if args.id == "rules" else sign_book)(context.words, content.rules))
        return 0
    item = content.stretches.get(args.id) or content.routines.get(args.id)
    if item is None:
        raise CoachError("content.no-such-id", id=shown(args.id))
    if args.output is not None:
        return _on_paper(item, named_path(args.output), context)
    lines = (
        stretch_lines(item, context.words, content)
        if isinstance(item, Stretch)
        else routine_lines(item, context.words, content)
    )
    context.say("\n".join([*lines, *_drawn(item)]))
    return 0


def _on_paper(item: Stretch | Routine, path: Path, context: CommandContext) -> int:
    """Write it on one page to print, the person's language first."""
    from coach.report.paper import paper

    languages = sorted(LANGUAGES, key=lambda code: code != context.words.language)
    page = paper(item, context.home.content.stretches, [Words(code, context.words.region) for code in languages])
    write_named(context.home.places, path, page.encode())
    context.complain(context.words("report.saved", path=shown(str(path.absolute()))))
    return 0


def _drawn(item: Stretch | Routine) -> list[str]:
    """Return the figure in its hold; nothing for what has none."""
    if not isinstance(item, Stretch) or item.figure is None:
        return []
    from coach.figure import braille, text

    return ["", text(braille(item.figure, 1.0, WIDTH, HEIGHT, plain=True)).strip("\n")]


def _validate(args: argparse.Namespace, context: CommandContext) -> int:
    """Check each file; one line a file, and 65 where anything is wrong, 1 where all that is wrong is a missing file."""
    from coach.content.check import check_file, own_stretches

    status = 0
    beside = own_stretches(map(named_path, args.files), context.home.content)
    for name, path in zip(args.files, map(named_path, args.files), strict=True):
        try:
            _need(path)
            check_file(path, context.home.content, beside)
            context.say(context.words("content.well", file=shown(name)))
        except CoachError as error:
            for wrong in (error, *error.more) if isinstance(error, DataError) else (error,):
                context.complain(_sentence(wrong, context))
            status = max(status, error.exit_code)
    return status


def _need(path: Path) -> None:
    if not path.exists():
        raise CoachError("keep.error.no-file", path=shown(str(path)))


def _add(args: argparse.Namespace, context: CommandContext) -> int:
    """Keep a checked file among the person's own, under its id."""
    from coach.content.check import check_own
    from coach.records import write_private

    path = named_path(args.file)
    _need(path)
    item = check_own(path, context.home.content)
    target = context.home.places.own_content() / f"{item.id}.toml"
    replaced = target.exists()
    write_private(target, path.read_bytes())
    name = item.id if not isinstance(item, Stretch | Routine) else context.words.pick(item.name)
    context.say(context.words("content.replaced" if replaced else "content.kept", name=name))
    return 0


def _sentence(error: CoachError, context: CommandContext) -> str:
    lines = error.problems if isinstance(error, DataError) else ()
    return shown("; ".join(lines) or error_text(error, context.words))
