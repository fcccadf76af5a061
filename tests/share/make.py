"""What is made from the program itself and ships beside it.

The manual page and the shells' completions come from the same parsers that run the commands, by libraries made for it.
"""

from pathlib import Path

import shtab
from build_manpages.manpage import Manpage

from coach.cli import VERBS
from coach.cli.parser import Parser, whole
from coach.words import FALLBACK, Words
from tests.helpers import ROOT

SHARE = ROOT / "coach" / "share"


def manual(parser: Parser) -> str:
    """Return the manual page, section 1; it holds no date, so that it changes only with the program."""
    page = Manpage(parser, _data={"project_name": "Hizaura", "manual_section": "1", "manual_title": "Hizaura"})
    page.date = ""
    return "\n".join(line.rstrip() for line in str(page).splitlines()) + "\n"


def shares() -> dict[Path, str]:
    """Return every made file with what it should hold."""
    parser = whole(VERBS, Words(FALLBACK))
    return {
        SHARE / "coach.1": manual(parser),
        SHARE / "coach.bash": shtab.complete(parser, shell="bash"),
        SHARE / "_coach": shtab.complete(parser, shell="zsh"),
    }
