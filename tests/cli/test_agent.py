"""``coach agent``: what a person and a script learn of who keeps the reminders, and whether a popup would come."""

from collections.abc import Callable

import msgspec
import pytest

from coach.agent import control, status
from coach.agent.status import AgentStatus
from coach.records.lock import Holder
from coach.words import Words
from tests.helpers import Ran

Coach = Callable[..., Ran]
WORDS = Words("en")
ON = AgentStatus(running=True, pid=4711, by="agent", since="2026-11-22T08:00:00+09:00")


def said(key: str, **values: object) -> str:
    return WORDS(f"agent.{key}", **values)


def channel(name: str) -> str:
    return WORDS(f"reminders.channel.{name}")


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"running": False}, [said("none")]),
        ({}, [said("running", pid=4711), said("reaches-nobody")]),
        ({"pid": None}, [said("running", pid="?"), said("reaches-nobody")]),
        ({"by": "ui", "reaches": "desktop"}, [
            said("running-ui", pid=4711), said("reaches", channel=channel("desktop")),
        ]),
        ({"reaches": "plyer", "channel": "desktop"}, [
            said("running", pid=4711), said("reaches", channel=channel("plyer")),
            said("channel", channel=channel("desktop")),
        ]),
        ({"reaches": "desktop", "held": "do-not-disturb"}, [
            said("running", pid=4711), said("reaches-held", why=WORDS("reminders.why.do-not-disturb")),
        ]),
        ({"held": "do-not-disturb", "trouble": "agent.no-answer"}, [
            said("running", pid=4711), said("reaches-nobody"), said("trouble", why=said("no-answer")),
        ]),
        ({"reaches": "desktop", "trouble": "no \x1b[31mbus"}, [
            said("running", pid=4711), said("reaches", channel=channel("desktop")), said("trouble", why="no ␛[31mbus"),
        ]),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_the_status_says_who_calls_by_what_and_what_troubles_it(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], lines: list[str]
) -> None:
    """A line a thing, and the same as one document; exit 0 whatever it is."""
    told = msgspec.structs.replace(ON, **changes)
    monkeypatch.setattr(status, "ask_agent", lambda places: told)
    ran = coach("agent", "status")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == lines
    ran = coach("agent", "status", "--json")
    assert (ran.code, ran.json()) == (0, msgspec.to_builtins(told))


def test_starting_and_stopping_say_which_process(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number; where none runs, that."""
    monkeypatch.setattr(control, "start_agent", lambda places: Holder(4711, "agent"))
    assert coach("agent", "start").out.splitlines() == [said("started", pid=4711)]
    stopped: list[Holder | None] = [Holder(4711, "agent"), None]
    monkeypatch.setattr(control, "stop_agent", lambda places: stopped.pop(0))
    assert coach("agent", "stop").out.splitlines() == [said("stopped", pid=4711)]
    ran = coach("agent", "stop")
    assert (ran.code, ran.out.splitlines()) == (0, [said("none")])
