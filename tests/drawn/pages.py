"""Everything that is drawn, as it was looked at and found right, a page each.

A picture that is a little wrong sends a body the wrong way, or shows a bad week as a good one, and no rule can tell a
good drawing from a bad one: a person has looked at these. ``python -m tests.drawn`` draws them anew.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from tests.drawn import commands, figures, frames, layouts, paper, screens, sentences

FOLDER = Path(__file__).parent / "seen"

PAGES: Mapping[str, Callable[[], Iterable[tuple[str, str]]]] = {
    **{f"figure-{name}": partial(figures.figure, name) for name in figures.figures()},
    "forms": figures.forms,
    "bars": screens.bars,
    "curves": screens.curves,
    "years": screens.years,
    "shapes": screens.shapes,
    "stage": screens.stage,
    "fields": layouts.fields,
    "texts": layouts.texts,
    "edges": layouts.edges,
    "around-a-session": layouts.around,
    "doctor": paper.doctor,
    "doctor-chart": paper.chart_of,
    "pictures": paper.pictures,
    "printed": paper.printed,
    **{
        f"said-{name}": getattr(sentences, name)
        for name in ("decisions", "statuses", "rules", "stretches", "entries", "small_things")
    },
    "session-in-lines": commands.session_in_lines,
    **{f"commands-{name}": partial(commands.run, name) for name in commands.RUNS},
    **{f"screens-{name}": partial(frames.frames, name) for name in frames.SCREENS},
    "screens-today": frames.today,
    "screens-forms": frames.forms,
    "screens-narrow": partial(frames.frames, "lived-in", frames.NARROW),
}


def page(name: str) -> str:
    """Return what a page holds: each drawing below its name."""
    parts = (line for title, drawn in PAGES[name]() for line in (f"== {title}", *drawn.splitlines()))
    return "".join(f"{line.rstrip()}\n" for line in parts)
