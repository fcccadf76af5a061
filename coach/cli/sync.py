"""``coach sync``: the same records on several machines, over a folder that another program carries."""

import argparse

from coach.actions.named_file import named_path
from coach.actions.sync import begin_sync, lines_of, problems_of, stop_sync, sync, sync_target
from coach.cli.context import CommandContext
from coach.errors import UsageError
from coach.plain import plain
from coach.words import Words


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take the folder, ``--stop`` and ``--json``."""
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help=words("sync.help.folder"))
    parser.add_argument("--stop", action="store_true", help=words("sync.help.stop"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.epilog = words("sync.help.more")


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Sync now, and from now on; or end it."""
    if args.stop:
        return _stop(args, context)
    before = sync_target(context.home)
    if args.folder is not None:
        target = begin_sync(context.home, named_path(args.folder))
    elif before is not None:
        target = before
    else:
        raise UsageError("sync.error.no-target")
    synced = sync(context.home, target, context.now(), context.words)
    assert synced is not None
    if args.json:
        context.say_json(plain(synced))
    else:
        for line in lines_of(synced, context.words):
            context.say(line)
        if target != before:
            context.say(context.words("sync.from-now-on"))
    for line in problems_of(synced, context.words):
        context.complain(line)
    return 0


def _stop(args: argparse.Namespace, context: CommandContext) -> int:
    if args.folder is not None:
        raise UsageError("sync.error.stop-alone")
    target = stop_sync(context.home)
    if args.json:
        context.say_json({"folder": None, "file": target.file if target else None, "wrote": False, "files": []})
    elif target is None:
        context.say(context.words("sync.was-none"))
    else:
        context.say(context.words("sync.stopped", folder=target.folder, file=target.file))
    return 0
