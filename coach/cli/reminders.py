"""``coach reminders``: list, change, test, export and explain the reminders."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

from coach import clock
from coach.actions.named_file import named_path
from coach.actions.reminders import settings
from coach.actions.reminders.log import outcomes
from coach.actions.reminders.schedule import next_each, upcoming
from coach.actions.reminders.time_text import (
    coming_day_of,
    days_of,
    days_text,
    hours_of,
    hours_text,
    length_of,
    length_text,
    time_of,
)
from coach.cli.agent import nobody_calls
from coach.cli.context import CommandContext
from coach.cli.number import up_to
from coach.domain.profile import LEAST_AWAY_MIN, MOST_AWAY_MIN
from coach.domain.reminders.due import LONGEST_SNOOZE_MIN, Delivery
from coach.domain.reminders.reminder import Reminder, ReminderKind
from coach.errors import UsageError
from coach.words import Words
from coach.words.outcome import why_text
from coach.words.shown import shown

KINDS = get_args(ReminderKind)
MOST_NEXT = 10_000


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the verbs under ``reminders`` and their options."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="|".join(_VERBS))

    def verb(name: str) -> argparse.ArgumentParser:
        about = words(f"reminders.help.{name}")
        return verbs.add_parser(name, help=about, description=about, words=words)

    listing, following, logged, shown_now = verb("list"), verb("next"), verb("log"), verb("test")
    for with_json in (listing, following, logged, shown_now):
        with_json.add_argument("--json", action="store_true", help=words("cli.json"))
    following.add_argument("--count", default="5", help=words("reminders.help.count"))
    logged.add_argument("--since", help=words("reminders.help.since"))
    added, edited = verb("add"), verb("edit")
    added.add_argument("--id", help=words("reminders.help.id"))
    added.add_argument("--on", metavar="DATE", help=words("reminders.help.on-date"))
    added.add_argument("--kind", required=True, choices=KINDS, help=words("reminders.help.kind"))
    edited.add_argument("id", metavar="ID")
    edited.add_argument("--kind", choices=KINDS, help=words("reminders.help.kind"))
    edited.add_argument("--on", nargs="?", const=True, metavar="DATE", help=words("reminders.help.on"))
    edited.add_argument("--off", action="store_true", help=words("reminders.help.off"))
    for setting in (added, edited):
        for option in ("every", "between", "at", "days", "text"):
            setting.add_argument(f"--{option}", help=words(f"reminders.help.{option}"))
    verb("remove").add_argument("id", metavar="ID")
    verb("away").add_argument("length", nargs="?", metavar="5m|15m|off")
    verb("busy").add_argument("hold", nargs="?", choices=("on", "off"))
    verb("notice").add_argument("announce", nargs="?", choices=("on", "off"))
    verb("later").add_argument("length", nargs="?", metavar="10m")
    exported = verb("export")
    exported.add_argument("file", metavar="FILE.ics")
    exported.add_argument("--cancel-paused", action="store_true", help=words("reminders.help.cancel-paused"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do the verb."""
    return _VERBS[args.what](args, context)


def _list(args: argparse.Namespace, context: CommandContext) -> int:
    due = next_each(context.home, context.now())
    reminders = settings.all_reminders(context.home)
    if args.json:
        context.say_json([_document(reminder, due.get(reminder.id)) for reminder in reminders])
    else:
        for reminder in reminders:
            context.say(_line(reminder, due.get(reminder.id), context.words))
    if due and (sentence := nobody_calls(context)):
        context.complain(sentence)
    return 0


def _line(reminder: Reminder, due: datetime | None, words: Words) -> str:
    """Return a reminder as one line: the id that other verbs take, then all of it in words."""
    from coach.words.time_text import days_named, length_named

    name = shown(reminder.text) if reminder.text else words(f"kind.{reminder.kind}")
    between = hours_text(reminder.between) if reminder.between else ""
    every = length_named(reminder.every_min or 0, words)
    when = reminder.at or words("reminders.every", every=every, between=between)
    coming = f"{due:%Y-%m-%d %H:%M}" if due else "-"
    off = "" if reminder.enabled else words("reminders.off")
    days = f"{reminder.on}" if reminder.on else days_named(reminder.days, words)
    parts = (reminder.id, name, when, days, coming, off)
    return "  ".join(part for part in parts if part)


def _document(reminder: Reminder, due: datetime | None) -> dict[str, Any]:
    when = {"at": reminder.at} if reminder.at else {"every": length_text(reminder.every_min or 0)}
    return {
        "id": reminder.id, "kind": reminder.kind, **when,
        "between": reminder.between and hours_text(reminder.between), "days": days_text(reminder.days),
        "enabled": reminder.enabled, "next": due and due.isoformat(), "text": reminder.text,
        **({"on": reminder.on.isoformat()} if reminder.on else {}),
    }  # fmt: skip


def _fields(args: argparse.Namespace, today: date) -> dict[str, Any]:
    """Return the settings that were typed as fields of a reminder."""
    if args.at is not None and (args.every is not None or args.between is not None):
        raise UsageError("reminders.error.when")
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "every": ("every_min", length_of), "between": ("between", hours_of), "at": ("at", time_of),
        "days": ("days", days_of), "text": ("text", str),
    }  # fmt: skip
    typed = vars(args)
    if isinstance(args.on, str):
        if args.every is not None or args.between is not None:
            raise UsageError("reminders.error.on-at")
        readers["on"] = ("on", lambda text: coming_day_of(text, today))
        typed = {**typed, "on": args.on}
    else:
        readers.pop("on", None)
    return {field: read(typed[name]) for name, (field, read) in readers.items() if typed[name] is not None}


def _add(args: argparse.Namespace, context: CommandContext) -> int:
    reminder = Reminder(
        id=args.id if args.id is not None else "", kind=args.kind, **_fields(args, context.now().date())
    )
    if args.id == "":  # typed as nothing: only an id that was not named at all is chosen here
        raise UsageError("reminders.error.id")
    added = settings.add(context.home, reminder, context.now())
    context.say(context.words("reminders.added", id=added.id))
    return 0


def _edit(args: argparse.Namespace, context: CommandContext) -> int:
    fields = _fields(args, context.now().date()) | ({"kind": args.kind} if args.kind else {})
    if args.on or args.off:
        fields["enabled"] = bool(args.on)
    if not fields or (args.on and args.off):
        raise UsageError("reminders.error.nothing-given")
    settings.edit(context.home, args.id, context.now(), **fields)
    context.say(context.words("reminders.changed", id=args.id))
    return 0


def _remove(args: argparse.Namespace, context: CommandContext) -> int:
    settings.remove(context.home, args.id)
    context.say(context.words("reminders.removed", id=args.id))
    return 0


def _next(args: argparse.Namespace, context: CommandContext) -> int:
    if not (count := up_to(MOST_NEXT, args.count)):
        raise UsageError("reminders.error.count", given=shown(args.count)[:60], most=MOST_NEXT)
    reminders = upcoming(context.home, context.now(), count)
    if args.json:
        context.say_json([{"id": coming.id, "due": coming.due.isoformat()} for coming in reminders])
        return 0
    for coming in reminders:
        context.say(f"{coming.due:%Y-%m-%d %H:%M}  {coming.id}")
    return 0


def _log(args: argparse.Namespace, context: CommandContext) -> int:
    rows = outcomes(context.home, context.now(), _since(args.since) if args.since is not None else None)
    if args.json:
        context.say_json([_row_document(row, context.words) for row in rows])
        return 0
    for row in rows:
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


def _row_document(row: Delivery, words: Words) -> dict[str, Any]:
    return {
        "id": row.reminder, "due": row.due.isoformat(), "shown_at": row.shown_at and row.shown_at.isoformat(),
        "channel": row.channel, "outcome": row.outcome, "why": _why(row, words),
    }  # fmt: skip


def _why(row: Delivery, words: Words) -> str | None:
    """Return why a slot did not come as it should, None where it did."""
    if row.why is None:
        return None
    why = why_text(row.why, row.count, words)
    return f"{why} ({shown(row.detail)})" if row.detail else why


def _test(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.remind.sample_popup import show_sample, told

    test = show_sample(context.home, context.words)
    if args.json:
        context.say_json({"delivered": test.channel is not None, "channel": test.channel, "why": test.why})
    elif test.channel:
        context.say(told(test, context.words))
    if test.channel is None:
        context.complain(told(test, context.words))
    return 0 if test.channel else 1


def _export(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.report.calendar import export

    path = named_path(args.file).absolute()
    export(context.home, path, context.now(), context.words, cancel_resting=args.cancel_paused)
    context.say(context.words("reminders.exported", file=shown(args.file)))
    return 0


def _away(args: argparse.Namespace, context: CommandContext) -> int:
    """Set from when one counts as away, or say it."""
    if args.length is not None:
        minutes = 0 if args.length == "off" else length_of(args.length, most=MOST_AWAY_MIN)
        if 0 < minutes < LEAST_AWAY_MIN:
            raise UsageError("reminders.error.away", given=shown(args.length)[:60])
        settings.adjust(context.home, away_min=minutes)
    minutes = context.home.profile.away_min
    length = context.words("common.minutes", n=minutes)
    context.say(context.words("reminders.away" if minutes else "reminders.away-off", length=length))
    return 0


def _busy(args: argparse.Namespace, context: CommandContext) -> int:
    """Set whether breaks wait for the end of a call, or say it."""
    if args.hold is not None:
        settings.adjust(context.home, hold_busy=args.hold == "on")
    context.say(context.words(f"reminders.busy-{'on' if context.home.profile.hold_busy else 'off'}"))
    return 0


def _notice(args: argparse.Namespace, context: CommandContext) -> int:
    """Set whether a break is announced half a minute before, or say it."""
    if args.announce is not None:
        settings.adjust(context.home, announce_breaks=args.announce == "on")
    context.say(context.words(f"reminders.notice-{'on' if context.home.profile.announce_breaks else 'off'}"))
    return 0


def _later(args: argparse.Namespace, context: CommandContext) -> int:
    """Set how long the button of a popup puts it off, or say it."""
    if args.length is not None:
        minutes = length_of(args.length, most=LONGEST_SNOOZE_MIN)
        settings.adjust(context.home, snooze_min=minutes)
    length = context.words("common.minutes", n=context.home.profile.snooze_min)
    context.say(context.words("reminders.later", length=length))
    return 0


_VERBS = {
    "list": _list, "add": _add, "edit": _edit, "remove": _remove,
    "next": _next, "log": _log, "test": _test, "export": _export, "away": _away, "busy": _busy,
    "notice": _notice, "later": _later,
}  # fmt: skip
