"""``coach ice``: the icing timer. What is on, and its end, are records; the agent calls."""

import argparse
import sys
from typing import Any

from coach.actions.icing import answer_conditions, ice, start_ice, stop_ice, who_calls
from coach.cli.desk import Desk
from coach.domain.history import Ice
from coach.domain.icing import DEFAULT_MINUTES, MOST_MINUTES, IceState, Icing
from coach.errors import CoachError, UsageError
from coach.words import Words
from coach.words.dates import clock_time
from coach.words.ice import ice_line
from coach.words.shown import shown


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take start with minutes, stop, or status."""
    parser.add_argument("do", choices=("start", "stop", "status"), nargs="?", default="status")
    parser.add_argument("minutes", nargs="?", metavar="MIN")
    parser.add_argument("--none-of-the-conditions", action="store_true", help=words("ice.help.none"))
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Start, stop, or say how it is."""
    if args.do == "stop":
        stop_ice(desk.home, desk.now())
        return _say(args, desk, [desk.words("ice.off")])
    if args.do == "status":
        return _say(args, desk, _status(desk))
    return _start(args, desk)


def _start(args: argparse.Namespace, desk: Desk) -> int:
    minutes = _minutes(args.minutes)
    if args.none_of_the_conditions:
        answer_conditions(desk.home, "no")
    elif desk.home.profile.ice_conditions is None and sys.stdin.isatty() and not args.json:
        _ask(desk)
    begun = start_ice(desk.home, minutes, now=desk.now())
    return _say(args, desk, _begun(begun, desk, called=who_calls(desk.home)))


def _minutes(word: str | None) -> int:
    if word is None:
        return DEFAULT_MINUTES
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= MOST_MINUTES):
        raise UsageError("ice.error.minutes", minutes=shown(word), most=MOST_MINUTES)
    return int(word)


def _ask(desk: Desk) -> None:
    """Ask once for the conditions that forbid ice."""
    for line in _conditions(desk):
        desk.say(line)
    answer = input(desk.words("ice.ask")).strip().casefold()
    answer_conditions(desk.home, "no" if answer[:1] == "n" else "yes" if answer[:1] == "y" else "unsure")


def _conditions(desk: Desk) -> list[str]:
    content = desk.home.content.icing
    each = (desk.words("ice.bullet", text=desk.words.pick(one.text)) for one in content.conditions)
    return [desk.words("ice.ask-intro"), *each]


def _begun(begun: Ice, desk: Desk, *, called: bool) -> list[str]:
    words, now = desk.words, desk.now()
    state = ice(desk.home, now).running
    if state is None:
        raise CoachError("ice.none-running")
    end = clock_time(state.ends_at)
    lines = [words("ice.begun", n=begun.minutes, end=end)]
    if looks := state.checks_at():
        lines.append(words("ice.look", times=words("dates.and").join(clock_time(one) for one in looks)))
    lines.append(words("ice.stop-when"))
    lines += [words("ice.bullet", text=words.pick(one.text)) for one in desk.home.content.icing.stop_signs]
    return [*lines, words("ice.called" if called else "ice.nobody-calls", end=end)]


def _status(desk: Desk) -> list[str]:
    state = ice(desk.home, desk.now())
    lines = [ice_line(state, desk.words, desk.now())]
    return [*lines, *_conditions(desk)] if state.why == "not-asked" else lines


def _say(args: argparse.Namespace, desk: Desk, lines: list[str]) -> int:
    if args.json:
        desk.say_json(document(ice(desk.home, desk.now())))
        return 0
    for line in lines:
        desk.say(line)
    return 0


def document(state: IceState) -> dict[str, Any]:
    """Return the state of icing as one JSON document."""
    return {
        "allowed": state.allowed,
        "why": state.why or None,
        "next_at": state.next_at,
        "running": _running(state.running) if state.running else None,
        "last_24h": state.today,
    }


def _running(one: Icing) -> dict[str, Any]:
    looks = one.checks_at()
    return {"id": one.ice.id, "since": one.ice.at, "minutes": one.ice.minutes, "ends_at": one.ends_at, "look_at": looks}
