"""Ice on the screen: conditions once, a countdown to a deadline on the wall clock, skin checks, and when again."""

from datetime import timedelta

import pytest

from coach import clock
from coach.actions import ice as ice_actions
from coach.actions.ice import answer_conditions
from coach.actions.setup import change_settings
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain, Tri
from coach.home import Home
from coach.ui.digits import big, minutes_seconds
from coach.ui.screens.ice import IceScreen
from coach.words import LANGUAGES, Words
from coach.words.care import if_now
from tests.helpers import beginning
from tests.ui.conftest import NOW, Open
from tests.ui.driver import Screen


class Clock:
    """A clock that a test moves on."""

    now = NOW

    def on(self, **by: float) -> None:
        """Move it on."""
        self.now += timedelta(**by)


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the test move the clock; no agent is started."""
    moved = Clock()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    monkeypatch.setattr("coach.ui.screens.ice.how_called", lambda home: "called")
    return moved


async def looked(ui: Screen) -> str:
    """Let the screen look at the clock, and return what it shows."""
    screen = ui.front
    assert isinstance(screen, IceScreen)
    screen._tick()
    await ui.pilot.pause()
    return " ".join(ui.text().split())


async def test_the_ice_conditions_are_asked_first_and_once(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """No ice before they were answered; an open one is never taken for a no."""
    async with open_app(lived_in, (80, 40)) as ui:
        await ui.press("i")
        assert beginning("icescreen.not-asked") in ui.text()
        await ui.press("enter", "enter")
        assert "This one is unanswered" in ui.text()
        assert lived_in.profile.ice_conditions is None
        await ui.press("n")
        assert lived_in.profile.ice_conditions is None, "the screen says that Enter saves"
        await ui.press("enter")
        assert "Ice is fine now" in ui.text()
        assert set((lived_in.profile.ice_conditions or {}).values()) == {"no"}


async def test_ice_is_refused_for_a_condition_with_advice(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """One unsure is enough; the answer can be mended."""
    answer_conditions(lived_in, {"raynaud": "unsure"})
    async with open_app(lived_in) as ui:
        await ui.press("i", "enter")
        assert "Ask a professional first" in ui.text()
        assert not lived_in.records.history().ices
        await ui.press("a")
        assert "Raynaud" in ui.text()


async def test_the_countdown_ends_when_the_clock_says_so(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """A suspend eats nothing: the end is a moment, not a count; then the ice comes off."""
    answer_conditions(lived_in, "no")
    async with open_app(lived_in, (80, 40)) as ui:
        await ui.press("i", "enter")
        (record,) = lived_in.records.history().ices
        assert record.minutes == 15
        text = await looked(ui)
        assert "Until 09:27" in text
        assert "cloth" in text
        moving.on(minutes=5, seconds=2)
        assert Words("en")("icescreen.look-now") in await looked(ui)
        moving.on(minutes=3)
        assert Words("en")("icescreen.look-now") not in await looked(ui)
        moving.on(minutes=7)
        assert "Take the ice off now." in await looked(ui)


@pytest.mark.parametrize("sound", [True, False])
async def test_the_screen_rings_and_stands_out_when_something_is_due(
    lived_in: Home, moving: Clock, open_app: Open, monkeypatch: pytest.MonkeyPatch, sound: bool
) -> None:
    """At each look at the skin and at the end: once, with the sound on, and not for what is long past."""
    answer_conditions(lived_in, "no")
    change_settings(lived_in, sound=sound)
    rung: list[str] = []
    async with open_app(lived_in, (80, 40)) as ui:
        monkeypatch.setattr(ui.app, "bell", lambda: rung.append(minutes_seconds((moving.now - NOW).total_seconds())))
        await ui.press("i")
        area = ui.front.query_one("#area-ice")
        assert area.has_class("-go")
        await ui.press("enter")
        due = []
        for second in range(0, 16 * 60 + 20, 20):
            moving.now = NOW + timedelta(seconds=second)
            await looked(ui)
            assert area.has_class("-see") != area.has_class("-focus")
            due += [minutes_seconds(second)] if area.has_class("-see") else []
    assert rung == (["05:00", "10:00", "15:00"] if sound else [])
    assert due[:6] == ["05:00", "05:20", "05:40", "10:00", "10:20", "10:40"]
    assert due[6:] == ["15:00", "15:20", "15:40", "16:00"]


async def test_what_was_due_before_the_screen_was_opened_does_not_ring(
    lived_in: Home, moving: Clock, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at the skin two minutes ago is told no more; the end, of which one must know, is."""
    answer_conditions(lived_in, "no")
    ice_actions.start_ice(lived_in, 15, now=moving.now)
    moving.on(minutes=7)
    rung = []
    async with open_app(lived_in, (80, 40)) as ui:
        monkeypatch.setattr(ui.app, "bell", lambda: rung.append(moving.now - NOW))
        await ui.press("i")
        await looked(ui)
        moving.on(minutes=8)
        assert "Take the ice off now." in await looked(ui)
    assert rung == [timedelta(minutes=15)]


async def test_ice_too_soon_is_refused_with_the_time(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """Two hours from the end."""
    answer_conditions(lived_in, "no")
    async with open_app(lived_in) as ui:
        await ui.press("i", "enter")
        moving.on(minutes=10)
        await ui.press("enter")
        assert "The ice is off" in " ".join(ui.text().split())
        assert Words("en")("ice.next", moment="11:22") in " ".join(ui.text().replace("│", " ").split())
        await ui.press("enter")
        assert len(lived_in.records.history().ices) == 1


async def test_ice_lasts_twenty_minutes_at_most(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """However often one asks for more."""
    answer_conditions(lived_in, "no")
    async with open_app(lived_in) as ui:
        await ui.press("i", "right", "right", "right")
        assert "20 minutes" in ui.text()
        await ui.press("left", "left", "left", "left")
        assert "5 minutes" in ui.text()


async def test_an_icing_begun_elsewhere_is_shown(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """The records are the truth, not the screen."""
    answer_conditions(lived_in, "no")
    ice_actions.start_ice(lived_in, 15, now=moving.now)
    moving.on(minutes=3)
    async with open_app(lived_in, language="ja") as ui:
        await ui.press("i")
        assert "09:27まで" in ui.text()


def test_digits_are_of_one_width() -> None:
    """The countdown does not jump."""
    assert len({len(line.plain) for text in ("11:11", "00:00", "09:58") for line in big(text)}) == 1


@pytest.mark.parametrize(
    ("seconds", "shown"), [(900, "15:00"), (899.2, "15:00"), (59, "00:59"), (0.4, "00:01"), (-3, "00:00")]
)
def test_the_countdown_rounds_seconds_up(seconds: float, shown: str) -> None:
    """Nought stands there only when the time is over."""
    assert minutes_seconds(seconds) == shown


async def test_ice_that_is_on_comes_off_for_a_sign(lived_in: Home, moving: Clock, open_app: Open) -> None:
    """The screen says so instead of the minutes left, and the key that takes it off stays."""
    answer_conditions(lived_in, {})
    ice_actions.start_ice(lived_in, now=moving.now)
    moving.on(minutes=2)
    save(lived_in, NewAnswers(pain=Pain(walking=3), signs={"one-leg-swollen-warm": "yes"}), moving.now)
    async with open_app(lived_in, (80, 24)) as ui:
        await ui.press("i")
        text = await looked(ui)
        assert beginning("ice.take-off-now") in text
        assert beginning("icescreen.command.off.name") in text
        await ui.press("o")
        assert lived_in.records.history().ice_ends


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_a_sign_forbids_ice_nothing_says_how(
    lived_in: Home, moving: Clock, open_app: Open, language: str
) -> None:
    """The sign, and whom to call: no rule and no picture of it beside it."""
    save(lived_in, NewAnswers(pain=Pain(walking=3), signs={"one-leg-swollen-warm": "yes"}), moving.now)
    words = Words(language)
    async with open_app(lived_in, (120, 36), language) as ui:
        ui.app.go("ice")
        await ui.pilot.pause()
        text = ui.text()
        assert words.pick(lived_in.content.rules.signs["one-leg-swollen-warm"].short)[:8] in text
        assert words("icescreen.rules") not in text
        assert words("icescreen.lie") not in text
        assert words("gallery.about.ice")[:12] not in text


@pytest.mark.parametrize(
    ("signs", "before"),
    [
        ({"locked-knee": "yes"}, ("decision-page.back-when.seen", "icescreen.before.yes")),
        ({"cold-pale-foot": "unsure"}, ("icescreen.before.unsure",)),
        ({"numb-or-spreading": "unsure"}, ("icescreen.before.numb",)),
        ({"cold-pale-foot": "yes"}, ()),
    ],
    ids=str,
)
async def test_where_a_sign_forbids_ice_it_says_what_ends_that(
    lived_in: Home, moving: Clock, open_app: Open, signs: dict[str, Tri], before: tuple[str, ...]
) -> None:
    """A visit, and the signs answered anew; whom to call at once comes first, and beside an emergency stands alone."""
    save(lived_in, NewAnswers(pain=Pain(rest=0, walking=3), signs=signs), moving.now)
    words = Words("en", lived_in.profile.region)
    async with open_app(lived_in, (80, 36)) as ui:
        await ui.press("i")
        text = " ".join(ui.text().replace("│", "").split())
    keys = ("decision-page.back-when.seen", *(f"icescreen.before.{name}" for name in ("yes", "unsure", "numb")))
    assert tuple(key for key in keys if words(key) in text) == before
    assert (words("icescreen.before-again") in text) == bool(before)
    call = if_now(lived_in.profile.region, words, lived_in.content.rules)
    assert (call in text) == (signs == {"cold-pale-foot": "unsure"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 36)])
@pytest.mark.parametrize("sign", ["one-leg-swollen-warm", "numb-or-spreading"])
async def test_that_ice_comes_off_is_seen_without_scrolling(
    lived_in: Home, moving: Clock, open_app: Open, size: tuple[int, int], language: str, sign: str
) -> None:
    """On Today and on the page that opens once such a sign is saved, however small the window."""
    answer_conditions(lived_in, {})
    ice_actions.start_ice(lived_in, now=moving.now)
    moving.on(minutes=2)
    save(lived_in, NewAnswers(pain=Pain(walking=3), signs={sign: "yes"}), moving.now)
    take_off = "".join(beginning("ice.take-off-now", language).split())
    async with open_app(lived_in, size, language) as ui:
        for screen in ("today", "decision"):
            ui.app.go(screen)
            await ui.pilot.pause()
            assert screen == ui.front.NAME
            assert take_off in "".join(ui.text().replace("│", "").split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_key_that_takes_the_ice_off_is_named_however_small_the_window(
    lived_in: Home, moving: Clock, open_app: Open, language: str
) -> None:
    """Every other key gives way to it in the footer, also the way back."""
    answer_conditions(lived_in, {})
    ice_actions.start_ice(lived_in, now=moving.now)
    async with open_app(lived_in, (40, 12), language) as ui:
        await ui.press("i")
        assert Words(language)("icescreen.command.off.name") in ui.lines()[-1]
