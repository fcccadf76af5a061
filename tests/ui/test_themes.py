"""Every theme of Textual and of ours can be used; what a role says is read in all of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from coach.actions.setup import change_settings
from coach.home import Home
from coach.ui import themes
from coach.ui.screen import CoachScreen
from coach.ui.themes import CHOICES, OWN, ROLES, SETTINGS, setting_of, theme_name
from tests.helpers import examples, heavy_but
from tests.ui.conftest import Open

THEMES = [*CHOICES, *heavy_but((), (theme for theme in BUILTIN_THEMES if theme not in CHOICES))]
NAMED = heavy_but(CHOICES, (theme for theme in SETTINGS if not theme.startswith("ansi")))
"""Those whose colours are known; ours in every run."""
UNKNOWN = {"#000000", "#ffffff"}
"""The papers that a terminal may have, where the theme is the terminal's own."""


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_works_on_every_kind_of_screen(theme: str, lived_in: Home, open_app: Open) -> None:
    """Nothing is undefined: a page, a form, a list with a field, and a session are drawn."""
    change_settings(lived_in, theme=theme)
    async with open_app(lived_in) as ui:
        assert ui.app.theme == theme_name(theme)
        for keys in (("h",), ("escape", "c"), ("escape", "l"), ("escape", "enter", "enter")):
            await ui.press(*keys)
            assert ui.text().strip()
        assert ui.front.NAME == "session"


@pytest.mark.parametrize("theme", THEMES)
async def test_the_muscle_has_not_the_colour_of_the_keys(theme: str, lived_in: Home, open_app: Open) -> None:
    """A warm colour on the body, another for what can be pressed."""
    change_settings(lived_in, theme=theme)
    async with open_app(lived_in) as ui:
        muscle, key = (ui.front.get_component_styles(role).color for role in ("muscle", "key"))
        assert muscle != key


@pytest.mark.parametrize("theme", NAMED)
async def test_every_role_of_every_theme_can_be_read(theme: str, lived_in: Home, open_app: Open) -> None:
    """4.5:1 on the paper (WCAG AA); the terminal's own theme on black and on white alike.

    The two that leave all colours to the terminal cannot be measured.
    """
    change_settings(lived_in, theme=theme)
    async with open_app(lived_in) as ui:
        papers = UNKNOWN if ui.app.theme == OWN else {ui.app.theme_variables["background"]}
        for role in ROLES:
            colour = ink(ui.front, role)
            if colour is not None:
                assert min(contrast(Color.parse(paper), colour) for paper in papers) >= 4.5, role


@pytest.mark.parametrize("theme", NAMED)
async def test_the_frames_of_every_theme_are_seen(theme: str, lived_in: Home, open_app: Open) -> None:
    """They are what parts the areas of a page."""
    change_settings(lived_in, theme=theme)
    async with open_app(lived_in) as ui:
        papers = UNKNOWN if ui.app.theme == OWN else {ui.app.theme_variables["background"]}
        frame = ui.front.query_one("#area-day").styles.border_top[1]
        assert min(contrast(Color.parse(paper), frame) for paper in papers) >= 1.5


@pytest.mark.parametrize("theme", SETTINGS)
def test_a_theme_is_called_as_the_setting_calls_it(theme: str) -> None:
    """The settings show the theme that is used; what is no theme is the terminal's own colours."""
    assert setting_of(theme_name(theme)) == theme
    assert theme_name(f"no {theme}") == theme_name(None) == OWN


COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda levels: Color(*levels))
"""Opaque ones: built by its type, a colour would also be transparent, or one that is chosen by what it stands on."""


@given(COLOURS, COLOURS)
def test_the_contrast_of_two_colours_is_that_of_the_standard(one: Color, other: Color) -> None:
    """WCAG 2 has the formula; it is written down here a second time."""
    assert themes.contrast(one, other) == pytest.approx(contrast(one, other))
    assert themes.contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)


@examples(40)
@given(COLOURS, COLOURS, COLOURS, st.sampled_from([themes.LEGIBLE, themes.SEEN]))
def test_a_colour_is_changed_no_more_than_reading_needs(ink: Color, colour: Color, paper: Color, least: float) -> None:
    """One that can be read stays as it is; another goes towards the ink, step by step, until it can."""
    if contrast(ink, paper) < least:  # no ink for this paper: one of these two always is
        ink = max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda end: contrast(end, paper))
    shade = themes._towards(ink, colour, paper, least)
    readable = [step for step in range(21) if contrast(colour.blend(ink, step / 20), paper) >= least]
    assert shade == colour.blend(ink, readable[0] / 20)


def ink(screen: CoachScreen, role: str) -> Color | None:
    """Return the colour of a role; None where it is the terminal's own."""
    styles = screen.get_component_styles(role)
    return styles.color if styles.has_rule("color") and styles.color.ansi is None else None


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2)."""
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
