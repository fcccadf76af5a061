"""What is written and drawn for a doctor and for paper, in the language of keys: which sentence, with which values."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from coach.content import Content
from coach.domain.trends.pain import BY_KNEE, pain_strength, views_of
from coach.figure.svg import anatomy_svg, svg
from coach.report.chart import chart
from coach.report.data import SummaryData
from coach.report.limits import AMPLE, BRIEF, SHORT, TIGHT, ListLimits
from coach.report.markdown import markdown
from coach.report.page import html
from coach.report.paper import fit, paper
from coach.report.sections import sections
from tests.drawn.figures import figures
from tests.helpers import Keys
from tests.report import samples

LIMITS = {"ample": AMPLE, "short": SHORT, "brief": BRIEF, "tight": TIGHT}


def knees(days: int) -> SummaryData:
    """Return a period in which each knee was told of."""
    data = samples.ordinary(days)
    series = samples.two_knees(data.pain)
    strengths = tuple(each for view in views_of(BY_KNEE) if (each := pain_strength(series, view)))
    medicines = (("ibuprofen", 3), ("x<y", 1))
    return replace(
        data,
        pain=series,
        walking=BY_KNEE,
        strengths=strengths,
        medicines=medicines,
        goals=samples.goal_courses(data.last),
    )


def doctor() -> Iterator[tuple[str, str]]:
    """Yield the page for a doctor: as a text, and as its sections at each limit."""
    for name, data in (("ordinary", samples.ordinary()), ("empty", samples.empty()), ("each knee", knees(20))):
        yield name, markdown(data, [Keys()])
    full = samples.fullest(60)
    for name, limits in LIMITS.items():
        yield f"fullest, {name}", "\n".join(_lines(full, limits))


def _lines(data: SummaryData, limits: ListLimits) -> Iterator[str]:
    for section in sections(data, Keys(), limits):
        yield f"{section.key}{' (run in)' if section.run_in else ''}: {section.title}"
        yield from (f"  {line}" for line in section.lines)


def printed() -> Iterator[tuple[str, str]]:
    """Yield the printed pages without their pictures: sizes of type and figures, and what stands where."""
    known, words = Content.open(), Keys()
    for name in ("evening", "strength"):
        yield name, _without_pictures(paper(known.routines[name], known.stretches, [words]))
    yield "a stretch", _without_pictures(paper(known.stretches["wall-calf"], known.stretches, [words]))
    both = [words, words]
    sizes = [fit([*known.stretches.values()][:number], None, both) for number in range(1, 16)]
    yield "sizes of routines", "\n".join(f"{size} {'brief' if brief else 'whole'}" for size, brief in sizes)
    for name, data in (("ordinary", samples.ordinary()), ("each knee", knees(20))):
        yield f"a page for a doctor, {name}", _without_pictures(html(data, [words]))


def _without_pictures(page: str) -> str:
    return re.sub(r"<svg.*?</svg>", "<svg/>", page, flags=re.DOTALL)


def chart_of() -> Iterator[tuple[str, str]]:
    """Yield the chart of the page: of days with marks, of days without, of weeks, and of nothing."""
    periods: Sequence[tuple[str, SummaryData]] = (
        ("a fortnight", samples.ordinary(14)),
        ("each knee", knees(14)),
        ("two months", samples.ordinary(63)),
        ("a quarter", samples.ordinary(98)),
        ("nothing", samples.empty()),
    )
    for name, data in periods:
        yield name, _elements(chart(data, [Keys()]))


def pictures() -> Iterator[tuple[str, str]]:
    """Yield pictures for paper: a stretch from either side, and the back of the knee."""
    yield "a stretch", _elements(svg(figures()["seated-towel-pull"], label="a <stretch>"))
    yield "from the left, at ease", _elements(svg(figures()["heel-raise"], 0.0, facing="left"))
    names = {"hamstrings": ("H", "h"), "popliteus": ("P",), "gastrocnemius": ("G", "g")}
    yield "the back of the knee", _elements(anatomy_svg(names, label="knee"))  # type: ignore[arg-type]


def _elements(document: str) -> str:
    """Return a drawing with an element a line."""
    return document.replace("><", ">\n<")
