"""What each command answers, in the language of keys: its lines, its document, its exit status."""

import io
import os
import queue
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from coach import clock
from coach.actions.triage.check_in import NewAnswers, save
from coach.cli import main
from coach.cli.context import CommandContext
from coach.cli.plain import Plain
from coach.domain.goals import LONGEST
from coach.domain.status.history import HabitChoice, HabitDay
from coach.domain.triage.answers import Pain
from coach.home import Home
from tests.drawn.frames import NOW, Fill, ago, alarmed, lived_in, nothing, paused
from tests.helpers import Keys

CALM = "check-in --walking 1 --rest 0 --none-of-the-signs"
"""A check-in of an ordinary day."""

READ = """
status | status --json | today | today --json | history --days 5 | history --days 2 --json | goals | goals --json
habit | ice | ice --json | reminders list | reminders next | reminders log | reminders list --json
reminders next --json | reminders log --json | summary --format md | routines list | routines show evening
routines show wall-calf
"""
"""What changes nothing."""
USED = """
ice start 12 --none-of-the-conditions | ice start 3 | ice start 12 | ice | ice start | ice stop | ice stop
ice start 10 | habit yes --day yesterday | habit no | habit choose | habit choose gone | habit choose stance | habit
habit choose none | habit yes | goals add swim | goals add fly | goals rename 1 run | goals rename 9 x
goals end 2 | goals add LONG
goals end 7 | goals | check-in --left 2 --right 1 --none-of-the-signs --goal 1=4 --medicine x | check-in --walking 11
check-in --walking 4 --day yesterday | check-in --walking 5 --sharp repeats --json | today --why-not forgot
today --weekly well | today --reminders weekly | seen --by me --cleared gives-way --baseline 9 | hurts | hurts --json
today | status | snooze 20m | snooze nonsense | pause 1h | resume | skip
reminders add --kind custom --at 10:00 --text tea | reminders add --kind custom --at 10:00 | reminders remove gone
reminders remove posture | reminders list | history --days 2
setup --yes --side both --baseline 4 --work 08:00-17:00 --days mon-thu --region us | reminders next | today
check-in --walking 8 --rest 7 --sign locked-knee | seen --by me | start --plain | break
history --days 1 | check-in --sign chest-or-breath | status | ice start | today
"""
"""What a person may type in a row."""
RUNS: dict[str, tuple[Fill, str]] = {
    "read": (lived_in, READ),
    "used": (lived_in, USED),
    "paused": (paused, "status | today | today --json | ice | history --days 3 | start --plain | goals | habit"),
    "alarmed": (alarmed, "status | today | today --json | ice | hurts | seen --by me"),
    "fresh": (nothing, f"status | today | history | habit | ice | goals | start --plain | {CALM} | today | check-in"),
}


def weeks(home: Home) -> None:
    """Fill six weeks in which it settled, the last two with a habit."""
    home.records.add(HabitChoice(id="c", at=ago(15), habit="shoes"))
    for back in range(42, 0, -1):
        kept = bool(back % 3)
        save(home, NewAnswers(pain=Pain(walking=0 if kept else 1, rest=0), none_of_the_signs=True), ago(back))
        if 1 <= back <= 15:
            home.records.add(HabitDay(id=f"d{back}", at=ago(back), habit="shoes", day=ago(back).date(), kept=kept))


def settled(home: Home) -> None:
    """Fill days of pain, and two weeks without."""
    for back in range(20, 0, -1):
        points = 2 if back > 16 else 0
        save(home, NewAnswers(pain=Pain(walking=points, rest=0), none_of_the_signs=True), ago(back))


RUNS["weeks"] = weeks, "habit | today | today --weekly well | history --days 2"
RUNS["settled"] = settled, "today | today --weekly not-well | today --weekly well | today"


def session_in_lines() -> Iterator[tuple[str, str]]:
    """Yield sessions that are led in lines: to the end, stopped, and with what a person types on the way."""
    typed: dict[str, dict[int, str]] = {
        "to the end": {},
        "it hurts, six": {20: "h", 24: "6"},
        "it hurts, no number": {20: "h", 24: "x", 40: "", 60: ""},
        "it hurts a little": {20: "h", 24: "2", 30: "1"},
        "paused, on, stopped": {20: "p", 26: "1", 40: "q"},
        "further and back": {12: "n", 20: "b", 26: "\u3042", 40: "q"},
    }
    for name, lines in typed.items():
        with _home(lived_in) as (home, _):
            out = io.StringIO()
            with redirect_stdout(out):
                status = _led(home, lines)
            yield name, f"{out.getvalue()}= {status}"


def _led(home: Home, lines: dict[int, str]) -> int:
    """Lead a session whose clock goes on while it waits, and to which ``lines`` are typed at their seconds."""
    now, left = [0.0], dict(lines)

    def wait(seconds: float) -> None:
        now[0] += seconds
        for second in [second for second in left if second <= now[0]]:
            plain._typed.put(left.pop(second))

    class Answers:
        """What is typed: a question has its answer at once."""

        def __init__(self) -> None:
            self.lines: list[str] = []

        def put(self, line: str) -> None:
            self.lines.append(line)

        def get_nowait(self) -> str:
            if not self.lines:
                raise queue.Empty
            return self.lines.pop(0)

        def get(self) -> str:
            if not self.lines and left:
                self.put(left.pop(min(left)))
            return self.get_nowait() if self.lines else "skip"

    plain = Plain(CommandContext(home, Keys()), "desk-toe-pull", ticks=lambda: now[0], wait=wait)
    plain._typed = Answers()  # type: ignore[assignment]
    plain.asks = True
    plain._listen = lambda: None  # type: ignore[method-assign]
    return plain.run()


ID = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{8,16}\b")
"""What is made anew at each run."""


@contextmanager
def _home(fill: Fill) -> Iterator[tuple[Home, list[datetime]]]:
    """Give a home of its own, and the moment that it is."""
    at = [NOW]
    with tempfile.TemporaryDirectory() as folder, chdir(folder), ExitStack() as stack:
        for each in (
            patch.dict(os.environ, {"COACH_HOME": folder, "LC_ALL": "en_GB.UTF-8", "COLUMNS": "100"}),
            patch.object(clock, "now", lambda: at[0]),
            patch("coach.cli.context.Words", Keys),
            patch("coach.cli.setup.Words", Keys),
            patch("coach.report.formats.Words", Keys),
            patch("coach.agent.launch.launch", lambda: b"not in a test"),
        ):
            stack.enter_context(each)
        home = Home()
        home.records.change_profile(lambda old: replace(old, set_up=True, region="jp", side="right", baseline=3))
        fill(home)
        yield home, at


def run(name: str) -> Iterator[tuple[str, str]]:
    """Yield what each command of a row answers."""
    fill, row = RUNS[name]
    with _home(fill) as (_, at):
        for command in re.split(r" *[|\n] *", row.strip()):
            at[0] += timedelta(seconds=10)
            words = command.replace("LONG", "x" * (LONGEST + 1)).split()
            yield command, _answer(words, Path.cwd())


def _answer(words: list[str], folder: Path) -> str:
    """Return what a command writes, and how it ends."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status: object = main(words)
        except SystemExit as left:
            status = left.code
    text = "".join(f"! {line}\n" for line in err.getvalue().splitlines())
    return ID.sub("ID", f"{out.getvalue()}{text}= {status}").replace(str(folder), "HOME")
