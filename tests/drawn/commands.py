"""What each command answers, in the language of keys: its lines, its document, its exit status."""

import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace

from coach import clock
from coach.cli import main
from coach.domain.goals import LONGEST
from coach.home import Home
from tests.drawn.frames import NOW, Fill, alarmed, lived_in, nothing, paused
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
ID = re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{8,16}\b")
"""What is made anew at each run."""


def run(name: str) -> Iterator[tuple[str, str]]:
    """Yield what each command of a row answers."""
    fill, row = RUNS[name]
    at = [NOW]
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        patches = (
            patch.dict(os.environ, {"COACH_HOME": folder, "LC_ALL": "en_GB.UTF-8", "COLUMNS": "100"}),
            patch.object(clock, "now", lambda: at[0]),
            patch("coach.cli.context.Words", Keys),
            patch("coach.cli.setup.Words", Keys),
            patch("coach.report.formats.Words", Keys),
            patch("coach.agent.launch.launch", lambda: b"not in a test"),
        )
        for each in patches:
            each.start()
        try:
            home = Home()
            home.records.change_profile(lambda old: replace(old, set_up=True, region="jp", side="right", baseline=3))
            fill(home)
            for command in re.split(r" *[|\n] *", row.strip()):
                at[0] += timedelta(seconds=10)
                words = command.replace("LONG", "x" * (LONGEST + 1)).split()
                yield command, _answer(words, Path(folder))
        finally:
            for each in patches:
                each.stop()


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
