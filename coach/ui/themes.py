"""Colours: the terminal's own by default, so that light and dark follow it; four of ours; and all that Textual has.

How a role of text looks stands in ``ui.tcss``, on variables that every theme has. Four states are told apart by word,
shape and colour: go (success), gently (warning), rest (secondary), see someone (error).
"""

from collections.abc import Mapping

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


LEGIBLE = 4.5
"""The least contrast of text on its paper (WCAG 2, AA)."""
SEEN = 2.0
"""The least contrast of a frame, which is seen and never read: about that of our own themes."""
TEXTS = ("text-primary", "text-accent", "text-success", "text-warning", "text-secondary", "text-error")


def legible(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a theme with colours of text that can be read on its paper, and those that are ours.

    Ours are ``muted``, for what is read second, and ``muscle``. Frames are seen, too: many themes have them in the
    colour of the paper. Our own themes have all of this; where the terminal has its own ink, that is left alone.
    """
    if theme.name.startswith(PREFIX):
        return {"muted": "ansi_default", "muscle": variables["text-warning"], **variables}
    if theme.ansi:
        own = {"muted": "ansi_default", "muscle": variables["text-warning"], "border-blurred": "ansi_bright_black"}
        return {**variables, **own}
    ink, paper = Color.parse(variables["foreground"]), Color.parse(variables["background"])
    texts = {name: _towards(ink, Color.parse(variables[name]), paper).hex for name in TEXTS}
    muscle = Color.parse(variables["warning"])
    own = {
        "muted": _towards(ink, ink.blend(paper, 0.35), paper).hex,
        "muscle": _towards(ink, muscle, paper).hex,
        "border-blurred": _towards(ink, Color.parse(variables["border-blurred"]), paper, SEEN).hex,
    }
    return {**variables, **texts, **own}


def _towards(ink: Color, colour: Color, paper: Color, least: float = LEGIBLE) -> Color:
    """Return ``colour`` as it is where it has this contrast on ``paper``, else as near to ``ink`` as that needs."""
    steps = (colour.blend(ink, step / 20) for step in range(21))
    return next((shade for shade in steps if contrast(shade, paper) >= least), ink)


def contrast(colour: Color, other: Color) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    dark, light = sorted(map(_luminance, (colour, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
