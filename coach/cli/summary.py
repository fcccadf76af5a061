"""``coach summary``: the page for a doctor."""

import argparse
from typing import cast

from coach.cli import output
from coach.cli.context import CommandContext
from coach.errors import UsageError
from coach.report.formats import ENDINGS, FORMATS, Format, PageRequest, page
from coach.report.gather import DAYS, LONGEST
from coach.words import LANGUAGES, Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take the form, the language, the period, and what may be shown."""
    parser.add_argument("-o", "--output", metavar="FILE", help=words("report.cli.output"))
    parser.add_argument("--format", choices=FORMATS, help=words("report.cli.format"))
    parser.add_argument("--lang", choices=(*LANGUAGES, "both"), help=words("report.cli.lang"))
    parser.add_argument("--days", type=int, default=DAYS, metavar="N", help=words("report.cli.days", n=DAYS))
    parser.add_argument("--notes", action="store_true", help=words("report.cli.notes"))
    parser.add_argument("--name", metavar="TEXT", help=words("report.cli.name"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Write the page to the file, or to stdout where none is named."""
    if not 1 <= args.days <= LONGEST:
        raise UsageError("report.error.days", days=args.days, most=LONGEST)
    language = args.lang or context.words.language
    request = PageRequest(
        form=_format(args), language=language, days=args.days, notes=args.notes, name=context.text_of(args.name)
    )
    text = page(context.home, context.now(), request)
    if args.output is None or args.output == "-":
        print_text = output.say_json_text if request.form in ("json", "fhir") else output.say
        print_text(text.rstrip("\n"))
        return 0
    from coach.actions.named_file import named_path, write_named

    path = named_path(args.output)
    write_named(context.home.places, path, text.encode())
    context.complain(context.words("report.saved", path=path.absolute()))
    return 0


def _format(args: argparse.Namespace) -> Format:
    """Return the format asked for, else the one that the file's ending names, else HTML."""
    if args.format:
        return cast("Format", args.format)
    name = (args.output or "").lower()
    forms = [form for form, ending in ENDINGS.items() if name.endswith(ending)]
    return forms[-1] if forms else "html"  # ``.fhir.json`` ends in ``.json`` too, and stands after it
