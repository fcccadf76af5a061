"""``coach agent``: the background reminder service."""

import argparse
import sys

import msgspec

from coach.agent.liveness import liveness
from coach.cli import output
from coach.cli.context import CommandContext
from coach.home import Home
from coach.words import Words
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Declare the verbs under ``agent``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="run|start|stop|status")
    parsers = {}
    for name in ("run", "start", "stop", "status"):
        about = words(f"agent.help.{name}")
        parsers[name] = verbs.add_parser(name, help=about, description=about, words=words)
    parsers["run"].add_argument("--detached", action="store_true", help=argparse.SUPPRESS)
    parsers["status"].add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Do the verb."""
    return {"run": _run, "start": _start, "stop": _stop, "status": _status}[args.what](args, context)


def nobody_calls(context: CommandContext) -> str | None:
    """Return the sentence that nothing would call, None where something would."""
    who = liveness(context.home.places)
    return None if who.calls else context.words("agent.no-popup" if who.agent else "agent.none")


def _run(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.control import make_way
    from coach.agent.launch import let_go
    from coach.remind.run_agent import run_agent

    home = Home(context.home.places, lambda: context.words.language if context.language_given else None)
    if args.detached:
        make_way(context.home.places)  # begun with the desktop: an agent of the session before may still be there
        run_agent(home, tell=lambda _: let_go())
        return 0
    ring = _ring if sys.stdout.isatty() else None
    run_agent(home, ring, tell=lambda _: context.complain(context.words("agent.up")))
    return 0


def _ring(popup: object) -> bool:
    """Show a popup in the terminal in which the agent runs."""
    from coach.remind.channels import Popup
    from coach.remind.channels.terminal import sequence

    assert isinstance(popup, Popup)
    output.ring(sequence(popup), "\n".join(text for text in (popup.title, popup.body) if text))
    return True


def _start(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.control import start_agent

    agent = start_agent(context.home.places)
    context.say(context.words("agent.started", pid=agent.pid))
    return 0


def _stop(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.control import stop_agent

    stopped = stop_agent(context.home.places)
    context.say(context.words("agent.stopped", pid=stopped.pid) if stopped else context.words("agent.none"))
    return 0


def _status(args: argparse.Namespace, context: CommandContext) -> int:
    from coach.agent.status import ask_agent

    status = ask_agent(context.home.places)
    if args.json:
        context.say_json(msgspec.to_builtins(status))
        return 0
    if not status.running:
        context.say(context.words("agent.none"))
        return 0
    context.say(context.words("agent.running-ui" if status.by == "ui" else "agent.running", pid=status.pid or "?"))
    if status.calls and status.held is None:
        context.say(context.words("agent.reaches", channel=context.words(f"reminders.channel.{status.reaches}")))
    elif status.calls:
        context.say(context.words("agent.reaches-held", why=context.words(f"reminders.why.{status.held}")))
    else:
        context.say(context.words("agent.reaches-nobody"))
    if status.channel:
        context.say(context.words("agent.channel", channel=context.words(f"reminders.channel.{status.channel}")))
    if status.trouble:
        # The key of a sentence, or what a library said, which is data.
        has_sentence = context.words.has(status.trouble)
        why = context.words(status.trouble) if has_sentence else shown(status.trouble)
        context.say(context.words("agent.trouble", why=why))
    return 0
