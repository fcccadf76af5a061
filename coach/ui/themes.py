"""Colours: the terminal's own by default, so that light and dark follow it; four of ours; and all that Textual has.

How a role of text looks stands in ``ui.tcss``, on variables that every theme has. Four states are told apart by word,
shape and colour: go (success), gently (warning), rest (secondary), see someone (error).
"""

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

ROLES = (
    "strong", "title", "muted", "accent", "mark", "key", "chosen", "alert", "care",
    "go", "gentle", "rest", "see", "muscle",
)  # fmt: skip
"""The looks of text: each is a component class of every screen; ``focus`` is none (``coach.ui.text``)."""
BEHIND = ("band", "grid")
"""What stands behind a chart: seen, never read."""
PREFIX = "coach-"
OWN = f"{PREFIX}terminal"


def _theme(name: str, colours: str, *, dark: bool) -> Theme:
    """Make a theme of ten colours: paper, ink, muted, soft, border, primary, go, gentle, rest, see."""
    paper, ink, muted, soft, border, primary, go, gentle, rest, see = colours.split()
    return Theme(
        f"{PREFIX}{name}",
        primary=primary,
        accent=primary,
        success=go,
        warning=gentle,
        secondary=rest,
        error=see,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=soft,
        dark=dark,
        variables={
            **_texts(primary, go, gentle, rest, see),
            "muted": muted,
            "border-blurred": border,
            "scrollbar": border,
            "scrollbar-background": paper,
            "scrollbar-background-hover": paper,
            "scrollbar-background-active": paper,
            "input-selection-background": soft,
        },
    )


def _texts(primary: str, go: str, gentle: str, rest: str, see: str) -> dict[str, str]:
    """Return the colours of text as they are: chosen to be read on this paper, they need no tint."""
    names = ("primary", "accent", "success", "warning", "secondary", "error")
    return {f"text-{name}": value for name, value in zip(names, (primary, primary, go, gentle, rest, see), strict=True)}


def _terminal() -> Theme:
    """Make the terminal's own theme: its paper and ink, and colours that read at 4.5:1 on black and on white alike."""
    primary, go, gentle, rest, see = "#0f837f", "#278737", "#ac6424", "#7169cd", "#ce473d"
    return Theme(
        OWN,
        primary=primary,
        accent=primary,
        success=go,
        warning=gentle,
        secondary=rest,
        error=see,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        ansi=True,
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            **_texts(primary, go, gentle, rest, see),
            "border": primary,
            "border-blurred": "#808080",
            "scrollbar": "#808080",
            "scrollbar-hover": primary,
            "scrollbar-active": primary,
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "input-selection-background": "#808080",
        },
    )


def themes() -> tuple[Theme, ...]:
    """Return our themes, the terminal's own first."""
    return (
        _terminal(),
        _theme(
            "dark",
            "#16191c #e3e2dd #8f969b #24292d #3b4248 #6fc3b7 #8cc98a #e0a96d #a9a4e6 #f08a7d",
            dark=True,
        ),
        _theme(
            "light",
            "#fbfaf6 #23282b #666d72 #ece9e0 #cbc7bb #0d6f6b #2a7031 #8a4a10 #5a51b3 #b3382c",
            dark=False,
        ),
        _theme(
            "contrast",
            "#000000 #ffffff #ffffff #303030 #ffffff #ffe14d #7dff8a #ffb080 #c9c4ff #ff9d94",
            dark=True,
        ),
        _theme(
            "contrast-light",
            "#ffffff #000000 #000000 #d8d8d8 #000000 #00409c #0a5a14 #7a3300 #3c2f9e #9c0f00",
            dark=False,
        ),
    )


CHOICES = ("terminal", "dark", "light", "contrast", "contrast-light")
"""Our themes, as the setting ``theme`` names them; beside them it may name any of Textual's. None is the terminal's."""


SETTINGS = (*CHOICES, *BUILTIN_THEMES)
"""Every value of the setting."""


def theme_name(chosen: str | None) -> str:
    """Return the name of the theme for a setting; an unknown one is the terminal's own."""
    if chosen in CHOICES:
        return f"{PREFIX}{chosen}"
    return chosen if chosen in BUILTIN_THEMES else OWN


def setting_of(name: str) -> str:
    """Return what the setting ``theme`` calls a theme."""
    return name.removeprefix(PREFIX)


def muted(theme: Theme) -> str:
    """Return a colour between ink and paper, for what is read second; where the terminal has its own ink, that."""
    ink, paper = Color.parse(theme.foreground or "#e0e0e0"), Color.parse(theme.background or "#121212")
    return "ansi_default" if theme.ansi else ink.blend(paper, 0.35).hex
