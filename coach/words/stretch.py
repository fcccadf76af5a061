"""Says a stretch and a routine in full: the same lines for ``coach routines show``, for a screen and for paper."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.domain.exercise.dose import Step
from coach.domain.exercise.stretch import Dose, Prescribed, Routine, Stretch
from coach.domain.guidance import Localized
from coach.domain.reminders.reminder import WEEKDAYS
from coach.words import Words
from coach.words.dates import long_day

if TYPE_CHECKING:
    from coach.content import Content


def title(item: Stretch | Routine, words: Words) -> str:
    """Return its name, and that it is one's own; where the rest comes from is a footnote of its sources."""
    name = words.pick(item.name)
    return words("content.marked", name=name, mark=words("content.own")) if item.own else name


def stretch_lines(stretch: Stretch, words: Words, content: "Content") -> list[str]:
    """Return everything there is to know of a stretch, a line a thought."""
    return [
        title(stretch, words),
        words("common.and").join([facts(stretch, words), *growth_text(stretch, words)]),
        *_under("content.how", stretch.how, words),
        *_under("content.feel", (stretch.feel,), words),
        *_under("content.never", stretch.never, words),
        *_under("content.cautions", stretch.cautions, words),
        *(["", words("content.easier", text=words.pick(stretch.easier_note))] if stretch.easier_note else []),
        *source_lines(stretch.source, words, content),
    ]


def routine_lines(routine: Routine, words: Words, content: "Content") -> list[str]:
    """Return a routine and its stretches in order."""
    shown_stretches = [
        content.stretches[stretch_id] for stretch_id in routine.stretches if stretch_id in content.stretches
    ]
    return [
        title(routine, words),
        *filter(None, [words.pick(routine.about)]),
        *_term(routine, words),
        *_under("content.never", routine.never, words),
        *(
            words("content.step", name=title(stretch, words), facts=facts(stretch, words, routine))
            for stretch in shown_stretches
        ),
        *source_lines(routine.source, words, content),
    ]


def nevers(stretches: Iterable[str], routine: str, words: Words, content: "Content") -> list[str]:
    """Return what a therapist said never to do in these ``stretches`` and this ``routine``, a sentence each."""
    prescribed: list[Prescribed] = [
        content.stretches[stretch_id] for stretch_id in dict.fromkeys(stretches) if stretch_id in content.stretches
    ]
    if routine in content.routines:
        prescribed.append(content.routines[routine])
    return [words("content.never-this", text=words.pick(never)) for item in prescribed for never in item.never]


def facts(stretch: Stretch, words: Words, routine: Routine | None = None) -> str:
    """Return kind, position, side and dose in one line; a ``routine`` may hold the dose down."""
    side = "together" if stretch.sides == "together" else stretch.side
    dose = dose_text(stretch, words, routine)
    parts = (words(f"content.position.{stretch.position}"), words(f"content.side.{side}"), dose, *_term(stretch, words))
    return words("common.and").join(parts)


def dose_text(stretch: Stretch, words: Words, routine: Routine | None = None) -> str:
    """Return how long and how often: seconds for what is held, a number for what is counted."""
    hold, reps = _least(stretch.dose, routine)
    times = words("common.times", n=reps)
    if stretch.kind != "stretch":
        return words("content.counted", reps=times)
    return words("content.held", hold=hold, reps=times)


def step_dose(step: Step, words: Words, content: "Content") -> str:
    """Return how long and how often a step of today: seconds for what is held, a number alone for what is counted."""
    stretch = content.stretches.get(step.stretch)
    times = words("common.times", n=step.reps)
    held = stretch is None or stretch.kind == "stretch"
    return words("common.dose", hold=step.hold_s, times=times) if held else times


def growth_text(stretch: Stretch, words: Words) -> list[str]:
    """Return how far the hold may grow; nothing where it does not."""
    most = stretch.dose.grow_to_s
    return [words("content.grows", most=most)] if stretch.kind == "stretch" and most > stretch.dose.hold_s else []


def source_lines(sources: Iterable[str], words: Words, content: "Content") -> list[str]:
    """Return the sources in a line; where a footnote sign stands beside one, its legend in another."""
    titles = source_titles(sources, words, content)
    return [words("content.source", sources=words("content.between-sources").join(titles)), *legend(titles, words)]


def source_titles(sources: Iterable[str], words: Words, content: "Content") -> list[str]:
    """Return the title of each source once; what does not come from the source article has a footnote sign."""
    titles = []
    for source in sources:
        if source.startswith("article:"):
            titles.append(words("common.article"))
        elif source in content.sources:
            titles.append(words("content.footnote", text=words.pick(content.sources[source].title)))
        else:
            titles.append(words("content.own"))
    return list(dict.fromkeys(titles))


def legend(texts: Iterable[str], words: Words) -> list[str]:
    """Return what the footnote sign means, where one of ``texts`` has it."""
    sign = words("content.footnote", text="")
    return [words("content.legend")] if any(text.endswith(sign) for text in texts) else []


def _least(dose: Dose, routine: Routine | None) -> tuple[int, int]:
    if routine is None:
        return dose.hold_s, dose.reps
    return min(dose.hold_s, routine.hold_s or dose.hold_s), min(dose.reps, routine.reps or dose.reps)


def _term(item: Prescribed, words: Words) -> list[str]:
    """Return until when and on which days, of one's own."""
    terms = []
    if item.days:
        names = (words(f"dates.weekday.{WEEKDAYS.index(day) + 1}") for day in item.days)
        terms.append(words("content.on-days", days=words("common.and").join(names)))
    if item.until:
        terms.append(words("content.until", day=long_day(item.until, words)))
    return terms


def _under(heading: str, texts: Iterable[Localized], words: Words) -> list[str]:
    """Return ``texts`` as a list under its heading; nothing where there are none."""
    sentences = [text for text in (words.pick(text) for text in texts) if text]
    return ["", words(heading), *(words("common.bullet", text=text) for text in sentences)] if sentences else []
