"""Colours: the terminal's own by default, so that light and dark follow it; or one of four that a person chooses.

One accent, and one tone for care. The accent of the terminal theme has a middle lightness (0.18 of 1), so that it
reads at 4.5:1 or more on black and on white alike.
"""

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

OWN = "coach-terminal"


def _theme(name: str, colours: str, *, dark: bool) -> Theme:
    """Make a theme of seven colours: paper, ink, muted, accent, care, soft, bar."""
    paper, ink, muted, accent, care, soft, bar = colours.split()
    variables = {
        "muted": muted,
        "care": care,
        "soft": soft,
        "on-accent": paper,
        "scrollbar": bar,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-hover": accent,
        "scrollbar-active": accent,
        "input-selection-background": soft,
    }
    return Theme(
        f"coach-{name}",
        primary=accent,
        accent=accent,
        warning=care,
        error=care,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=soft,
        dark=dark,
        variables=variables,
    )


def _terminal() -> Theme:
    variables = {
        **BUILTIN_THEMES["ansi-dark"].variables,
        "muted": "ansi_default",
        "care": "#b5652a",
        "soft": "ansi_default",
        "on-accent": "ansi_default",
        "scrollbar": "#808080",
        "scrollbar-hover": "#0f8380",
        "scrollbar-active": "#0f8380",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "input-selection-background": "#808080",
    }
    return Theme(
        OWN,
        primary="#0f8380",
        accent="#0f8380",
        warning="#b5652a",
        error="#b5652a",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        ansi=True,
        variables=variables,
    )


def themes() -> tuple[Theme, ...]:
    """Return the themes, the terminal's own first."""
    return (
        _terminal(),
        _theme("dark", "#16191c #e3e2dd #8f969b #6fc3b7 #e0a96d #24292d #3b4248", dark=True),
        _theme("light", "#fbfaf6 #23282b #666d72 #0d6f6b #9a4f14 #ece9e0 #cbc7bb", dark=False),
        _theme("contrast", "#000000 #ffffff #ffffff #ffe14d #ffb080 #303030 #8a8a8a", dark=True),
        _theme("contrast-light", "#ffffff #000000 #000000 #00409c #8a2500 #d8d8d8 #767676", dark=False),
    )


CHOICES = ("terminal", "dark", "light", "contrast", "contrast-light")
"""What the setting ``theme`` may be; None is the terminal's own."""


def theme_name(chosen: str | None) -> str:
    """Return the name of the theme for a setting; an unknown one is the terminal's own."""
    return f"coach-{chosen}" if chosen in CHOICES else OWN


_ROLES = {
    "strong": ("", "bold"),
    "title": ("accent", "bold"),
    "muted": ("muted", ""),
    "accent": ("accent", ""),
    "key": ("accent", "bold"),
    "chosen": ("accent", "bold"),
    "focus": ("", "bold reverse"),
    "alert": ("care", "bold"),
    "care": ("care", ""),
}
"""The colour (a variable of the theme) and the weight of each role: told by weight or form too, not by colour alone."""


def role_style(theme: Theme, role: str) -> Style:
    """Return how a role looks in a theme; kept, because it is asked for each bit that is drawn."""
    key = (theme.name, role)
    if key not in _KEPT:
        colour, weight = _ROLES.get(role, ("", ""))
        value = theme.accent if colour == "accent" else theme.variables.get(colour)
        if value == "ansi_default":
            value, weight = None, f"{weight} dim"
        _KEPT[key] = Style.parse(weight.strip() or "none") + Style(color=value)
    return _KEPT[key]


_KEPT: dict[tuple[str, str], Style] = {}
