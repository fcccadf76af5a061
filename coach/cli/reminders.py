"""``coach reminders``: list, change, test, export and explain the reminders."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from coach import clock
from coach.actions.reminders import reminders
from coach.actions.reminders.time_text import days_of, days_text, hours_of, hours_text, length_of, length_text, time_of
from coach.cli.context import CommandContext
from coach.domain.reminders.due import Delivery
from coach.domain.reminders.reminder import Reminder, ReminderKind
from coach.errors import UsageError
from coach.words import Words
from coach.words.shown import shown

KINDS = get_args(ReminderKind)
MOST_NEXT = 10_000


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the verbs under ``reminders`` and their options."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="list|add|edit|remove|next|log|test|export")

    def verb(name: str) -> argparse.ArgumentParser:
        about = words(f"reminders.help.{name}")
        return verbs.add_parser(name, help=about, description=about, words=words)

    listing, following, logged, shown_now = verb("list"), verb("next"), verb("log"), verb("test")
    for one in (listing, following, logged, shown_now):
        one.add_argument("--json", action="store_true", help=words("reminders.help.json"))
    following.add_argument("--count", default="5", help=words("reminders.help.count"))
    logged.add_argument("--since", help=words("reminders.help.since"))
    added, edited = verb("add"), verb("edit")
    added.add_argument("--id", help=words("reminders.help.id"))
    added.add_argument("--kind", required=True, choices=KINDS, help=words("reminders.help.kind"))
    edited.add_argument("id", metavar="ID")
    edited.add_argument("--kind", choices=KINDS, help=words("reminders.help.kind"))
    edited.add_argument("--on", action="store_true", help=words("reminders.help.on"))
    edited.add_argument("--off", action="store_true", help=words("reminders.help.off"))
    for one in (added, edited):
        for option in ("every", "between", "at", "days", "text"):
            one.add_argument(f"--{option}", help=words(f"reminders.help.{option}"))
    verb("remove").add_argument("id", metavar="ID")
    exported = verb("export")
    exported.add_argument("file", metavar="FILE.ics")
    exported.add_argument("--cancel-paused", action="store_true", help=words("reminders.help.cancel-paused"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do the verb."""
    return _VERBS[args.what](args, context)


def _list(args: argparse.Namespace, context: CommandContext) -> int:
    due = reminders.next_each(context.home, context.now())
    if args.json:
        context.say_json([_document(one, due.get(one.id)) for one in reminders.listed(context.home)])
        return 0
    for one in reminders.listed(context.home):
        context.say(_listed(one, due.get(one.id), context.words))
    return 0


def _listed(one: Reminder, coming: datetime | None, words: Words) -> str:
    """Return a reminder as one line: the id that other verbs take, then all of it in words."""
    from coach.words.time_text import days_named, length_named

    called = shown(one.text) if one.text else words(f"kind.{one.kind}")
    between = hours_text(one.between) if one.between else ""
    when = one.at or words("reminders.every", every=length_named(one.every_min or 0, words), between=between)
    soon = f"{coming:%Y-%m-%d %H:%M}" if coming else "-"
    off = "" if one.enabled else words("reminders.off")
    return "  ".join(part for part in (one.id, called, when, days_named(one.days, words), soon, off) if part)


def _document(one: Reminder, coming: datetime | None) -> dict[str, Any]:
    when = {"at": one.at} if one.at else {"every": length_text(one.every_min or 0)}
    return {
        "id": one.id, "kind": one.kind, **when,
        "between": one.between and hours_text(one.between), "days": days_text(one.days),
        "enabled": one.enabled, "next": coming and coming.isoformat(), "text": one.text,
    }  # fmt: skip


def _settings(args: argparse.Namespace) -> dict[str, Any]:
    """Return the given settings as fields of a reminder."""
    if args.at is not None and (args.every is not None or args.between is not None):
        raise UsageError("reminders.error.when")
    read: dict[str, tuple[str, Callable[[str], Any]]] = {
        "every": ("every_min", length_of), "between": ("between", hours_of), "at": ("at", time_of),
        "days": ("days", days_of), "text": ("text", str),
    }  # fmt: skip
    given = vars(args)
    return {field: reader(given[name]) for name, (field, reader) in read.items() if given[name] is not None}


def _add(args: argparse.Namespace, context: CommandContext) -> int:
    made = Reminder(id=args.id if args.id is not None else "", kind=args.kind, **_settings(args))
    if args.id == "":
        raise UsageError("reminders.error.id")
    made = reminders.add(context.home, made, context.now())
    context.say(context.words("reminders.added", id=made.id))
    return 0


def _edit(args: argparse.Namespace, context: CommandContext) -> int:
    fields = _settings(args) | ({"kind": args.kind} if args.kind else {})
    if args.on or args.off:
        fields["enabled"] = args.on
    if not fields or (args.on and args.off):
        raise UsageError("reminders.error.nothing-given")
    reminders.edit(context.home, args.id, context.now(), **fields)
    context.say(context.words("reminders.changed", id=args.id))
    return 0


def _remove(args: argparse.Namespace, context: CommandContext) -> int:
    reminders.remove(context.home, args.id)
    context.say(context.words("reminders.removed", id=args.id))
    return 0


def _next(args: argparse.Namespace, context: CommandContext) -> int:
    if not args.count.isascii() or not args.count.isdigit() or not 1 <= int(args.count[:9]) <= MOST_NEXT:
        raise UsageError("reminders.error.count", given=shown(args.count)[:60], most=MOST_NEXT)
    found = reminders.upcoming(context.home, context.now(), int(args.count))
    if args.json:
        context.say_json([{"id": one.id, "due": one.due.isoformat()} for one in found])
        return 0
    for one in found:
        context.say(f"{one.due:%Y-%m-%d %H:%M}  {one.id}")
    return 0


def _log(args: argparse.Namespace, context: CommandContext) -> int:
    found = reminders.log(context.home, context.now(), _since(args.since) if args.since is not None else None)
    if args.json:
        context.say_json([_logged(row, context.words) for row in found])
        return 0
    for row in found:
        outcome = context.words(f"reminders.outcome.{row.outcome}")
        why = _why(row, context.words) or ""
        context.say("  ".join(part for part in (f"{row.due:%Y-%m-%d %H:%M}", row.reminder, outcome, why) if part))
    return 0


def _since(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError("reminders.error.since", given=shown(text)[:60]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.zone())


def _logged(row: Delivery, words: Words) -> dict[str, Any]:
    return {
        "id": row.reminder, "due": row.due.isoformat(), "shown_at": row.shown_at and row.shown_at.isoformat(),
        "channel": row.channel, "outcome": row.outcome, "why": _why(row, words),
    }  # fmt: skip


def _why(row: Delivery, words: Words) -> str | None:
    """Return why a slot did not come as it should, None where it did."""
    if row.why is None:
        return None
    why = words(f"reminders.why.{row.why}", n=row.count)
    return f"{why} ({shown(row.detail)})" if row.detail else why


def _test(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.remind.sample_popup import show_sample

    tried = show_sample(context.home, context.words)
    if args.json:
        context.say_json({"delivered": tried.channel is not None, "channel": tried.channel, "why": tried.why})
    elif tried.channel:
        context.say(
            context.words("reminders.test.delivered", channel=context.words(f"reminders.channel.{tried.channel}"))
        )
    if tried.channel is None:
        context.complain(context.words("reminders.test.failed", why=shown(tried.why or "")))
    return 0 if tried.channel else 1


def _export(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.report.calendar import export

    path = Path(args.file).expanduser().absolute()
    export(context.home, path, context.now(), context.words, cancel_resting=args.cancel_paused)
    context.say(context.words("reminders.exported", file=shown(args.file)))
    return 0


_VERBS = {
    "list": _list, "add": _add, "edit": _edit, "remove": _remove,
    "next": _next, "log": _log, "test": _test, "export": _export,
}  # fmt: skip
