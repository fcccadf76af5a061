"""Summary: the page for a doctor, seen before it is saved."""

from itertools import zip_longest
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

from textual.content import Content

from coach.errors import CoachError
from coach.report.data import SummaryData
from coach.report.formats import ENDINGS, FORMATS, PageRequest, page
from coach.report.gather import DAYS, summary
from coach.report.sections import Section, period, sections, title
from coach.ui import charts
from coach.ui.areas import Area, Placed, frame_for, place
from coach.ui.commands import Command
from coach.ui.opener import open_file
from coach.ui.screen import BoardScreen
from coach.ui.text import BLANK, columns, hang, joined, styled, wrap
from coach.words import LANGUAGES, Words
from coach.words.system import error_text

PERIODS = (14, DAYS, 91, 364)
TWO_COLUMNS = 100
"""Cells from which two languages stand beside each other."""

T = TypeVar("T")
Choice = Literal["language", "days", "notes", "form"]


class SummaryScreen(BoardScreen):
    """What will be on the page, and what will not, is chosen while one reads it."""

    NAME = "summary"
    AREA = "summary"
    AREAS: ClassVar[tuple[str, ...]] = ("choices", "page", "other")
    OFFERS = (
        Command("save", "enter", area="summary"),
        Command("open", "o", area="summary"),
        Command("language", "g", "screen.turn('language')", area="summary"),
        Command("days", "p", "screen.turn('days')", area="summary"),
        Command("notes", "w", "screen.turn('notes')", area="summary"),
        Command("form", "f", "screen.turn('form')", area="summary"),
    )

    def __init__(self, asked: PageRequest | None = None, saved: Path | None = None) -> None:
        """Show the page as ``asked``, in the language that is spoken where it is not."""
        super().__init__()
        self._asked = asked
        self._saved = saved
        self.data: SummaryData
        """The facts of the page, gathered once for each choice."""
        self._region: str

    def again(self) -> dict[str, Any]:
        """Keep the choices."""
        return {"asked": self._asked, "saved": self._saved}

    @property
    def asked(self) -> PageRequest:
        """What the page is asked to be."""
        return self._asked or PageRequest(language=self.words.language)

    def prepare(self) -> None:
        """Gather the facts of the page."""
        self._gather(self.asked)

    def _gather(self, asked: PageRequest) -> None:
        data = summary(self.home, self.now(), asked.days, notes=asked.notes)
        self.data, self._region = data, self.home.profile.region

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open only what was saved."""
        return self._saved is not None if action == "open" else True

    def areas(self, width: int, height: int) -> list[Placed]:
        """Return the choices, and the page as it will be; two languages beside each other where there is room."""
        frame = frame_for(width, height)
        inner = width - frame.sides
        choices = Area("choices", self.words("summary.choices"), [*self._kept(inner), *self._choices(inner)])
        languages = self.asked.languages(self._region)
        if len(languages) > 1 and width >= TWO_COLUMNS:
            return place([[(width, [choices])], [(width, [Area("page", "", self._beside(languages, inner))])]], frame)
        if width >= TWO_COLUMNS:
            row = Area("choices", choices.title, [*self._kept(inner), *self._choice_row()])
            page = Area("page", "", self._spread(languages[0], inner))
            return place([[(width, [row])], [(width, [page])]], frame)
        pages = [line for words in languages for line in (*self._page(words, min(inner, NARROW)), BLANK)]
        return place([[(width, [choices])], [(width, [Area("page", "", pages)])]], frame)

    def _kept(self, width: int) -> list[Content]:
        """Return where the page was saved."""
        if not self._saved:
            return []
        return [*wrap(self.words("report.saved", path=self._saved), width, "strong"), BLANK]

    def _choices(self, width: int) -> list[Content]:
        """Return each choice with what it is now, a line each."""
        lines: list[Content] = []
        for choice, value in self._named().items():
            act = f"screen.turn('{choice}')"
            lines += hang(styled(f"{KEYS[choice]}  ", "key", act), wrap(value, width - 3, action=act))
        return lines

    def _choice_row(self) -> list[Content]:
        """Return the choices beside each other."""
        named = self._named().items()
        keyed = (
            styled(f"{KEYS[choice]} ", "key", f"screen.turn('{choice}')")
            + styled(value, "", f"screen.turn('{choice}')")
            for choice, value in named
        )
        return [Content("   ").join(keyed)]

    def _named(self) -> dict[Choice, str]:
        """Return what each choice is now."""
        asked = self.asked
        return {
            "language": self.words(f"summary.language.{asked.language}"),
            "days": self.words("summary.days", n=asked.days),
            "notes": self.words(f"summary.notes.{'shown' if asked.notes else 'hidden'}"),
            "form": self.words(f"summary.form.{asked.form}"),
        }

    def _chart(self, width: int) -> list[Content]:
        """Return the course of pain, as the page will draw it finer; nothing where none was noted."""
        if not self.data.strengths:
            return wrap(self.words("report.strength.none"), width, "muted")
        tops = {0: "10", charts.ROWS - 1: " 0"}
        chart = charts.pain_chart(self.data.pain, width - 4)
        named = self.words("common.and").join(
            self.words(f"report.chart.view.{curve.view}")
            for curve in charts.CURVES
            if any(point.view == curve.view for point in self.data.strengths)
        )
        drawn = [joined(styled(f"{tops.get(n, ''):>2}  ", "muted"), line) for n, line in enumerate(chart)]
        return [
            *drawn,
            *wrap(
                f"    {self.words('report.chart.title')}{self.words('report.colon')}{named}", width, "muted", indent=4
            ),
        ]

    def _page(self, words: Words, width: int) -> list[Content]:
        """Return the page in one language: what it is, the course of pain, then the four points and the rest."""
        head = [*self._head(words, width), BLANK, *self._chart(width)]
        return [*head, *(line for section in sections(self.data, words) for line in _section(section, width))]

    def _spread(self, words: Words, width: int) -> list[Content]:
        """Return the page in one language, its sections in two columns of about the same height."""
        half = (width - 4) // 2
        blocks = [_section(section, half) for section in sections(self.data, words)]
        heights = [len(block) for block in blocks]
        middle = min(range(len(blocks) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
        left, right = ([line for block in part for line in block] for part in (blocks[:middle], blocks[middle:]))
        return [*self._head(words, width), BLANK, *self._chart(width), *columns(left, right, half)]

    def _head(self, words: Words, width: int) -> list[Content]:
        return [*wrap(title(words), width, "title"), *wrap(period(self.data, words), width, "muted")]

    def _beside(self, languages: tuple[Words, ...], width: int) -> list[Content]:
        """Return two languages beside each other, section by section."""
        half = (width - 4) // 2
        left_head, right_head = (self._head(words, half) for words in languages)
        blocks = [[_section(section, half) for section in sections(self.data, words)] for words in languages]
        beside = (columns(left, right, half) for left, right in zip_longest(*blocks, fillvalue=[]))
        return [
            *columns(left_head, right_head, half),
            BLANK,
            *self._chart(min(width, NARROW)),
            *(line for rows in beside for line in rows),
        ]

    def action_turn(self, choice: Choice) -> None:
        """Turn one choice to the next."""
        asked = self.asked
        turned = PageRequest(
            form=_next(FORMATS, asked.form) if choice == "form" else asked.form,
            language=_next((*LANGUAGES, "both"), asked.language) if choice == "language" else asked.language,
            days=_next(PERIODS, asked.days) if choice == "days" else asked.days,
            notes=not asked.notes if choice == "notes" else asked.notes,
        )
        self._gather(turned)
        self._asked, self._saved = turned, None
        self.redraw()

    def action_save(self) -> None:
        """Save the page where documents are kept, readable by its owner alone, and say where."""
        from coach.actions.named_file import write_named

        path = folder() / f"{self.words('summary.file')}-{self.now():%Y-%m-%d}{ENDINGS[self.asked.form]}"
        try:
            write_named(self.home.places, path, page(self.home, self.now(), self.asked).encode())
        except CoachError as error:
            self.say(error_text(error, self.words), "alert")
            return
        self._saved = path
        self.redraw()
        self.page.scroll_home(animate=False)

    def action_open(self) -> None:
        """Open what was saved in the browser."""
        assert self._saved is not None
        if not open_file(self._saved):
            self.say(self.words("summary.no-browser", path=self._saved))


NARROW = 78
"""Cells that a line of the page takes at most."""
KEYS: dict[Choice, str] = {"language": "g", "days": "p", "notes": "w", "form": "f"}


def folder() -> Path:
    """Return where a person keeps documents: their folder for them, else their home."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def _next(choices: tuple[T, ...], now: T) -> T:
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]


def _section(section: Section, width: int) -> list[Content]:
    head = wrap(section.title, width, "strong")
    return [BLANK, *head, *(line for text in section.lines for line in wrap(f"- {text}", width, indent=2))]
