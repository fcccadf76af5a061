"""``coach web``: the screen in a browser of this machine."""

import argparse
import asyncio
from importlib.util import find_spec

from coach.agent.own_command import command
from coach.cli import output
from coach.cli.context import CommandContext
from coach.errors import CoachError, UsageError
from coach.words import Words

EXTRA = "textual_serve"
"""What the extra ``hizaura[web]`` brings."""
LAST_PORT = 65535


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take a port, and when to end."""
    parser.add_argument("--port", type=int, default=0, metavar="N", help=words("web.help.port"))
    parser.add_argument("--no-browser", action="store_true", help=words("web.help.no-browser"))
    parser.add_argument("--until-closed", action="store_true", help=words("web.help.until-closed"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Serve the screen until Ctrl+C, say where, and open a browser on it."""
    if not 0 <= args.port <= LAST_PORT:
        raise UsageError("web.error.port", port=args.port)
    if find_spec(EXTRA) is None:
        _complain_of_missing(context, args.until_closed)
        return CoachError.exit_code
    asyncio.run(_serve(args, context))
    return 0


def _complain_of_missing(context: CommandContext, from_desktop: bool) -> None:
    """Say how to get the extra; to who pressed an entry of the desktop's menu, in a popup."""
    sentence = context.words("web.missing")
    context.complain(sentence)
    if from_desktop:
        from coach.remind.channels import Popup
        from coach.remind.delivery import PopupDelivery

        delivery = PopupDelivery(context.home)
        delivery.send(Popup(title="Hizaura", body=sentence, sound=False))
        delivery.desktop.disconnect()


async def _serve(args: argparse.Namespace, context: CommandContext) -> None:
    from coach.web.server import ScreenServer

    language = ("--lang", context.words.language) if context.language_given else ()
    try:
        server = ScreenServer(command(*language), context.words, args.port, until_closed=args.until_closed)
    except OSError as error:
        raise CoachError("web.error.taken", port=args.port, why=error.strerror) from error

    def ready() -> None:
        context.say(context.words("web.address", address=server.address))
        context.say(context.words("web.end"))
        output.flush()
        if not args.no_browser and not server.open_browser(context.home.places):
            context.say(context.words("web.no-browser"))
            output.flush()

    await server.run(ready)
