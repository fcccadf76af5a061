"""The settings as questions: the same at first run and on the settings screen, read and checked in one place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from textual.widget import Widget

from coach.content import Content
from coach.domain.goals import MOST, open_goals
from coach.domain.profile import LEAST_AWAY_MIN, MOST_AWAY_MIN, REGIONS, Profile, regions_for
from coach.domain.reminders.due import LONGEST_SNOOZE_MIN
from coach.domain.reminders.reminder import CHANNELS, WEEKDAYS, Between
from coach.domain.reminders.time_text import clock, days, hours, minutes, since
from coach.ui.themes import SETTINGS, setting_of, theme_name
from coach.ui.widgets.field import Field, MultiChoice, PainScale
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.text_input import Label, TextInput
from coach.words import LANGUAGES, Words, locale_territory
from coach.words.time_text import length_named

WORK_DAYS = {"mon-fri": WEEKDAYS[:5], "mon-sat": WEEKDAYS[:6], "daily": WEEKDAYS}
NONE = "none"
GOAL = "goal-"
"""What the ids of the fields of goals begin with."""


class ProfileForm(msgspec.Struct, frozen=True):
    """Makes the questions of a profile, and reads their answers."""

    profile: Profile
    words: Words
    content: Content
    today: date

    def choice(self, name: str, options: Iterable[str], value: str | None, note: str = "") -> Field:
        """Return a question with one answer, named in the catalogue as ``settings.NAME-is.VALUE``."""
        named = [(option, self.words(f"settings.{name}-is.{option}")) for option in options]
        return Field(name, self.words(f"settings.{name}"), named, value, note=note)

    def typed(self, name: str, value: str, hint: str = "") -> Iterable[Widget]:
        """Yield a question that is typed."""
        yield Label(self.words(f"settings.{name}"), name)
        yield TextInput(value, placeholder=self.words(hint) if hint else "", id=name)

    def language(self) -> Field:
        """Ask the language."""
        options = [(language, self.words(f"settings.language-is.{language}")) for language in LANGUAGES]
        return Field("language", self.words("settings.language"), options, self.words.language)

    def region(self) -> Field:
        """Ask the region, which decides whom to call."""
        value = self.profile.region if self.profile.region in REGIONS else "eu"
        return self.choice("region", regions_for(locale_territory()), value, self.words("settings.region-note"))

    def side(self) -> Field:
        """Ask the side."""
        return self.choice("side", ("left", "right", "both"), self.profile.side)

    def baseline(self) -> PainScale:
        """Ask the usual worst in walking."""
        return PainScale("baseline", self.words("settings.baseline"), self.profile.baseline)

    def onset(self) -> Iterable[Widget]:
        """Ask since when."""
        onset = self.profile.onset
        return self.typed("onset", onset.isoformat() if onset else "", "settings.onset-hint")

    def goals(self) -> Iterable[Widget]:
        """Ask what the person wants to do again: a line a goal; an empty line ends it."""
        texts = [goal.text for goal in open_goals(self.profile.goals)]
        texts += [""] * (MOST - len(texts))
        yield Paragraphs(self.words("settings.goals-note"), "muted", above=1)
        for number, text in enumerate(texts, start=1):
            yield Label(self.words("settings.goal", n=number), f"{GOAL}{number}")
            yield TextInput(text, placeholder=self.words("settings.goal-hint"), id=f"{GOAL}{number}")

    def contexts(self) -> MultiChoice:
        """Ask the conditions that a person lives with."""
        options = [(context, self.words.pick(info.short)) for context, info in self.content.rules.contexts.items()]
        return MultiChoice("contexts", self.words("settings.contexts"), options, self.profile.contexts)

    def ice_conditions(self) -> MultiChoice:
        """Ask the conditions for which ice waits for a professional; none of them is an answer too."""
        asked = self.profile.ice_conditions
        options = [(condition.id, self.words.pick(condition.text)) for condition in self.content.icing.conditions]
        chosen = [condition for condition, answer in (asked or {}).items() if answer != "no"]
        if asked is not None and not chosen:
            chosen = [NONE]
        none = (NONE, self.words("settings.none-of-these"))
        return MultiChoice(
            "ice_conditions", self.words("settings.ice_conditions"), [none, *options], chosen, alone=NONE
        )

    def work(self) -> Iterable[Widget]:
        """Ask the working hours and days."""
        yield from self.typed("work", f"{self.profile.work.start}-{self.profile.work.end}")
        chosen = next((name for name, week in WORK_DAYS.items() if week == self.profile.work_days), None)
        yield self.choice("work_days", WORK_DAYS, chosen)

    def daily(self) -> Iterable[Widget]:
        """Ask the time of the daily routine."""
        return self.typed("daily_at", self.profile.daily_at)

    def popups(self) -> Field:
        """Ask the wording of popups."""
        return self.choice("popups", ("neutral", "plain"), self.profile.popups, self.words("settings.popups-note"))

    def slot(self) -> Field:
        """Ask which routine the day has."""
        return self.choice("slot", ("morning", "break", "evening"), self.profile.slot)

    def quiet(self) -> Iterable[Widget]:
        """Ask the quiet hours."""
        quiet = self.profile.quiet
        return self.typed("quiet", f"{quiet.start}-{quiet.end}" if quiet else "", "settings.quiet-hint")

    def notify(self) -> Field:
        """Ask the channel of popups."""
        return self.choice("notify", ("auto", *CHANNELS), self.profile.notify)

    def waits(self) -> Iterable[Widget]:
        """Ask what reminders wait for, from when one is away, and how long a popup is put off."""
        yield self.switch("hold_busy")
        yield self.switch("announce_breaks")
        away, later = self.profile.away_min, self.profile.snooze_min
        yield from self.typed("away_min", length_named(away, self.words) if away else "", "settings.away_min-hint")
        yield from self.typed("snooze_min", length_named(later, self.words), "settings.snooze_min-hint")

    def theme(self) -> Field:
        """Ask the colours."""
        keys = {name: f"settings.theme-is.{name}" for name in SETTINGS}
        named = [(name, self.words(key) if self.words.has(key) else name) for name, key in keys.items()]
        return Field("theme", self.words("settings.theme"), named, setting_of(theme_name(self.profile.theme)))

    def switch(self, name: str) -> Field:
        """Ask yes or no."""
        on = bool(getattr(self.profile, name))
        return Field(name, self.words(f"settings.{name}"), self.yes_no(), "yes" if on else "no")

    def yes_no(self) -> list[tuple[str, str]]:
        """Return yes and no with their names."""
        return [(answer, self.words(f"common.answer.{answer}")) for answer in ("yes", "no")]

    def read(self, name: str, value: Any) -> dict[str, Any]:
        """Return the profile fields of one answer; ValueError where it means nothing."""
        if name in _TYPED:
            return {name: _TYPED[name](str(value), self.today)}
        if name == "work_days":
            return {name: WORK_DAYS[value]} if value in WORK_DAYS else {}
        if name == "contexts":
            return {name: tuple(value), "contexts_known": True}
        if name in _SWITCHES:
            return {name: value == "yes"}
        if name == "baseline":
            return {name: self._lower(value)}
        if name == "ice_conditions":
            return {name: self._ice(value)}
        return {name: value}

    def _lower(self, value: str | None) -> int | None:
        """Return the baseline; only having been seen raises it."""
        number = None if value is None else int(value)
        if number is not None and self.profile.baseline is not None and number > self.profile.baseline:
            raise ValueError(value)
        return number

    def _ice(self, chosen: tuple[str, ...]) -> Mapping[str, str] | None:
        if not chosen:
            return None
        return {condition.id: "yes" if condition.id in chosen else "no" for condition in self.content.icing.conditions}


_SWITCHES = ("sound", "voice", "motion", "large_text", "hold_busy", "announce_breaks")


def _away(text: str, today: date) -> int:
    """Return from how many minutes one is away, 0 for never: an absence counts from five minutes on."""
    length = minutes(text) if text.strip() else 0
    if not (length == 0 or LEAST_AWAY_MIN <= length <= MOST_AWAY_MIN):
        raise ValueError(text)
    return length


def _later(text: str, today: date) -> int:
    length = minutes(text)
    if not 1 <= length <= LONGEST_SNOOZE_MIN:
        raise ValueError(text)
    return length


def _onset(text: str, today: date) -> date | None:
    return since(text, today) if text.strip() else None


def _quiet(text: str, today: date) -> Between | None:
    return hours(text) if text.strip() else None


_TYPED: dict[str, Callable[[str, date], Any]] = {
    "onset": _onset,
    "work": lambda text, _: hours(text),
    "daily_at": lambda text, _: clock(text),
    "quiet": _quiet,
    "away_min": _away,
    "snooze_min": _later,
    "days": lambda text, _: days(text),
}
"""How each typed answer is read."""


def answer_of(widget: Widget) -> Any:
    """Return the answer in a field, as it is."""
    if isinstance(widget, TextInput | MultiChoice):
        return widget.value if isinstance(widget, TextInput) else widget.values
    assert isinstance(widget, Field)
    return widget.value
