"""``coach export``, ``coach import``, ``coach erase``: taking it along, merging it in, removing all of it."""

import argparse
import json
from datetime import date
from typing import Any

import msgspec

from coach.actions.named_file import STREAM, named_path, read_named, write_named
from coach.cli import output
from coach.cli.context import CommandContext
from coach.cli.yes_no import yes_or_no
from coach.errors import DataError, UsageError
from coach.plain import plain
from coach.words import Words
from coach.words.system import system_reason


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the words of the three verbs."""
    verb = parser.get_default("verb")
    if verb == "erase":
        parser.add_argument("--yes", action="store_true", help=words("keep.help.yes"))
    else:
        parser.add_argument("file", metavar="FILE", help=words(f"keep.help.{verb}"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do what ``args.verb`` says."""
    if args.verb == "export":
        return _export(args.file, context)
    return _import(args.file, context) if args.verb == "import" else _erase(context, sure=args.yes)


def _export(name: str, context: CommandContext) -> int:
    from coach.actions.export import exported

    path = named_path(name)
    document, stayed = exported(context.home, context.now())
    if stayed:
        context.complain(context.words("keep.stayed", n=stayed))
    records = document["records"]
    if path.suffix.lower() == ".csv":
        from coach.actions.reminders.breaks import totals
        from coach.report.spreadsheet import entries, spreadsheet

        weeks = (
            {"kind": "breaks", "id": f"breaks-{week.week}", "at": f"{week.week}T00:00", **plain(week), "week": None}
            for week in totals(context.home, date.min)
        )
        records = [*entries(records, context.home.records.history()), *weeks]
        text = spreadsheet(records, context.home.content, context.words, context.home.profile.goals)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if name == STREAM:
        output.say_json_text(text.rstrip("\n"))
        return 0
    write_named(context.home.places, path, text.encode(), new_folder=False)
    kind = "table" if path.suffix.lower() == ".csv" else "all"
    context.say(context.words(f"keep.exported.{kind}", n=len(records), path=str(path)))
    if any(context.home.places.own_content().glob("*.toml")):
        context.say(context.words("keep.own", folder=str(context.home.places.own_content())))
    return 0


def _import(name: str, context: CommandContext) -> int:
    from coach.actions.export import merge

    merged = merge(context.home, _read(name, context.words), context.now(), context.words)
    context.say(
        context.words("keep.imported" if merged.changed else "keep.nothing-new", n=merged.changed, held=merged.held)
    )
    if merged.settings:
        context.say(context.words("keep.settings-taken"))
    return 0


def _read(name: str, words: Words) -> Any:
    data = read_named(name)
    try:
        return msgspec.json.decode(data.decode(json.detect_encoding(data)))  # an editor may have saved it in UTF-16
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(problems=(f"{name}: {words('keep.problem.no-json')}",)) from error


def _erase(context: CommandContext, *, sure: bool) -> int:
    from coach.actions.erase import erase

    if not sure and not _confirmed(context):
        return 1
    erased = erase(context.home.places)
    for left in erased.left:
        context.complain(
            context.words("keep.left", path=str(left.path), reason=system_reason(left.reason, context.words))
        )
    if erased.left:
        context.complain(context.words("keep.not-all", n=len(erased.left)))
    else:
        context.say(context.words("keep.erased"))
    if erased.others is not None:
        context.say(context.words("keep.others", folder=str(erased.others)))
    for folder in erased.stays:
        context.say(context.words("keep.stays", folder=str(folder)))
    context.say(context.words("keep.out-of-reach"))
    return 1 if erased.left else 0


def _confirmed(context: CommandContext) -> bool:
    """Ask, with *no* as the answer of an empty line."""
    from coach.actions.erase import roots

    if not context.at_terminal():
        raise UsageError("keep.error.ask")
    context.say(context.words("keep.sure", folders=", ".join(map(str, roots(context.home.places)))))
    try:
        return yes_or_no(output.ask(context.words("keep.prompt"))) is True
    except EOFError:
        return False
