"""The page for a doctor in each of its formats, as text; the command and the screen both come here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from coach.actions.person import person_id
from coach.home import Home
from coach.plain import plain
from coach.report.data import SummaryData
from coach.report.gather import DAYS, summary
from coach.words import LANGUAGES, Words

Format = Literal["html", "md", "json", "fhir"]
FORMATS: tuple[Format, ...] = ("html", "md", "json", "fhir")
ENDINGS: dict[Format, str] = {"html": ".html", "md": ".md", "json": ".json", "fhir": ".fhir.json"}


class PageRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a page was asked to be."""

    form: Format = "html"
    language: str
    """A language, or ``both``."""
    days: int = DAYS
    notes: bool = False
    """Whether the person chose to show what they wrote in their own words."""
    name: str | None = None

    def languages(self, region: str) -> tuple[Words, ...]:
        """Return the languages to write in, with days as in ``region``."""
        return tuple(Words(code, region) for code in (LANGUAGES if self.language == "both" else (self.language,)))


def page(home: Home, now: datetime, request: PageRequest) -> str:
    """Return the page as text."""
    data = summary(home, now, request.days, notes=request.notes, name=request.name)
    languages = request.languages(home.profile.region)
    if request.form == "html":
        from coach.report.page import html

        return html(data, languages)
    if request.form == "md":
        from coach.report.markdown import markdown

        return markdown(data, languages)
    return _json(data if request.form == "json" else _bundle(home, data, languages))


def _bundle(home: Home, data: SummaryData, languages: Sequence[Words]) -> object:
    from coach.report.fhir import bundle

    # a correction may lie in the month before its entry's last version: a day more than the period is read
    # A check-in of the time before may have been moved into these days.
    history = home.records.history(data.first - timedelta(days=90))
    return bundle(data, history, person_id(home), home.content.rules, languages[0])


def _json(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(plain(document)), indent=2).decode() + "\n"
