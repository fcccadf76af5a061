"""A script learns from the exit status alone that a command did what it was asked to: every verb of a life."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.words import LANGUAGES
from tests.helpers import ROOT, Ran

LIFE = (
    "setup --yes --region jp --side right", "today", "check-in --rest 0 --walking 2 --none-of-the-signs",
    "check-in --rest 0 --walking 1 --json", "assess document.json", "assess document.json --json", "status",
    "status --json", "reminders list", "reminders next --count 3",
    "reminders add --kind custom --at 23:00 --id tea --text Tea", "reminders edit tea --at 23:10",
    "reminders log", "reminders log --json", "reminders away 15m", "reminders away", "reminders busy on",
    "reminders busy", "reminders notice on", "reminders notice", "reminders later 20m",
    "reminders export reminders.ics", "reminders remove tea", "skip",
    "pause 1h", "resume", "snooze", "habit", "habit choose", "habit choose one-leg-standing", "habit yes", "habit no",
    "habit choose none", "ice status", "ice start 15 --none-of-the-conditions", "ice status --json", "ice stop",
    "history", "history --days 3 --json", "summary --format md", "summary -o page.html", "routines list",
    "routines show rules", "routines show evening", "routines show seated-toe-pull",
    "routines validate stretch.toml", "agent status", "autostart status", "hurts", "seen --by Mori",
    "export all.json", "import all.json", "erase --yes",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_that_did_its_work_exits_with_zero(
    coach: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """In each language; none needs a screen, a person or a bus."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "document.json").write_text('{"pain": {"walking": 2}, "other_signs": "no"}')
    shipped = (ROOT / "routines" / "stretches" / "wall-calf.toml").read_text(encoding="utf-8")
    (tmp_path / "stretch.toml").write_text(shipped.replace('"wall-calf"', '"my-calf"'), encoding="utf-8")
    for line in LIFE:
        ran = coach("--lang", language, *line.split())
        assert ran.code == 0, (line, ran.err)
