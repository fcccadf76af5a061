"""A session on the screen, led by keys and by mouse, and what remains of it however it ends."""

from datetime import datetime, timedelta
from math import ceil

import msgspec
import pytest

from coach.actions.status.hurt import hurts
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.domain.triage.state import SHAPES
from coach.home import Home
from coach.ui.screens.session import SessionScreen
from coach.ui.widgets.live import LiveLines
from coach.words import Words
from coach.words.state import state_text
from tests.helpers import beginning
from tests.ui.conftest import Open
from tests.ui.driver import Screen


class Led:
    """A session on the screen whose time passes as the test says."""

    def __init__(self, ui: Screen) -> None:
        self.ui = ui
        self.time = 1000.0

    async def open(self, routine: str | None = None) -> "Led":
        self.ui.app.go("session", routine=routine, ticks=lambda: self.time, wall=lambda: self.time)
        await self.ui.pilot.pause()
        return self

    @property
    def screen(self) -> SessionScreen:
        assert isinstance(self.ui.front, SessionScreen)
        return self.ui.front

    async def wait(self, seconds: float) -> None:
        """Let time pass, half a second at a time, until the session no longer moves."""
        for _ in range(int(seconds * 2)):
            if not self.screen.flow.moves:
                break
            self.time += 0.5
            self.screen.beat()
        await self.ui.pilot.pause()


async def test_a_whole_session_from_intro_to_closing(lived_in: Home, open_app: Open) -> None:
    """Enter begins, every phase is named with its side and its seconds, one question, and a quiet page."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("desk-toe-pull")
        assert beginning("session.intro.stop-for") in ui.text()
        await ui.press("enter")
        assert "Get ready" in ui.text()
        assert "right leg" in ui.text()
        seen = []
        for _ in range(90):
            await led.wait(1)
            here = led.screen.flow.run.look(led.time) if led.screen.flow.run else None
            if here and here.phase.kind not in seen:
                seen.append(here.phase.kind)
        assert seen == ["ready", "ease-in", "hold", "ease-out", "change"]
        assert "How did it feel?" in ui.text()
        await ui.press("1")
        assert "Tomorrow" in ui.text()
        (record,) = lived_in.records.history().sessions
        assert (record.outcome, record.comfort, record.routine) == ("done", "pleasant", "desk-toe-pull")
        await ui.press("enter")
        assert ui.front.NAME == "today"


async def test_the_heading_counts_the_minutes_to_go(lived_in: Home, open_app: Open) -> None:
    """Rounded up, and in words in the last one: nobody is hurried by seconds there."""
    words = Words("en")
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        assert led.screen.flow.run is not None
        assert "minutes" not in ui.lines()[0]
        await ui.press("enter")
        whole = led.screen.flow.run.remaining(led.time)
        assert words("session.minutes-left", n=ceil(whole / 60)) in ui.lines()[0]
        await led.wait(whole - 61)
        assert words("session.minutes-left", n=2) in ui.lines()[0]
        await led.wait(2)
        assert words("session.nearly-done") in ui.lines()[0]


async def test_space_pauses_and_resumes_with_the_same_seconds(lived_in: Home, open_app: Open) -> None:
    """While it is paused nothing draws, and nothing is lost."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open()
        await ui.press("enter")
        await led.wait(12)
        await ui.press("space")
        assert "Paused" in ui.text()
        assert f"Space {beginning('session.command.unpause.name')}" in ui.text()
        assert led.screen._timer is None
        left = led.screen.flow.run.left if led.screen.flow.run else 0
        led.time += 600
        await ui.press("space")
        run = led.screen.flow.run
        assert run is not None
        assert run.deadline - led.time == pytest.approx(left)
        assert "Space pause" in ui.text()
        assert led.screen._timer is not None


async def test_it_hurts_eases_out_asks_and_omits_the_stretch(lived_in: Home, open_app: Open) -> None:
    """The figure lets go at once; a number and a place; the rest of the session goes on without that stretch."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(18)
        await ui.press("h")
        assert "Let go" in ui.text()
        await led.wait(5)
        assert beginning("hurts.how-much") in ui.text()
        await ui.press("3", "enter")
        assert beginning("session.hurt.where") in ui.text()
        await ui.press("3")
        assert "An easier one" in ui.text()
        await ui.press("2")
        run = led.screen.flow.run
        assert run is not None
        assert "seated-toe-pull" not in {phase.stretch for phase in run.phases[run.at :]}
        (hurt,) = lived_in.records.history().hurts
        assert (hurt.stretch, hurt.pain, hurt.where, hurt.by) == ("seated-toe-pull", 3, "calf", "ui")


async def test_every_line_after_a_stop_is_reached_in_a_small_window(lived_in: Home, open_app: Open) -> None:
    """The page grows when the figure goes: what has no room is scrolled to; Japanese needs the most lines."""
    async with open_app(lived_in, (40, 12), "ja") as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(18)
        await ui.press("h")
        await led.wait(5)
        await ui.press("3")
        for answer in ("enter", "3", "q"):
            await ui.press(answer)
            for option in led.screen.flow.options():
                assert f"▸ {option.key}" in ui.text()
                await ui.press("down")
            await ui.press("pagedown", "pagedown")
            assert led.screen.page.lines[-1].plain in ui.text()


async def test_a_session_keeps_its_measure_in_a_very_wide_window(lived_in: Home, open_app: Open) -> None:
    """Words far from the figure are not found by a glance: both stand together in the middle."""
    async with open_app(lived_in, (200, 40)) as ui:
        await Led(ui).open("evening")
        await ui.press("enter")
        lines = [line for line in ui.lines()[2:-2] if line.strip()]
        left, right = (
            min(len(line) - len(cut) for line, cut in zip(lines, map(strip, lines), strict=True))
            for strip in (str.lstrip, str.rstrip)
        )
        assert left >= 40
        assert right >= 40


async def test_it_hurts_by_mouse_alone(lived_in: Home, open_app: Open) -> None:
    """Every step of it can be clicked; stopping there counts."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.click(beginning("session.intro.begin"))
        await led.wait(18)
        await ui.click("it hurts")
        await led.wait(5)
        await ui.click(" 7 ")
        await ui.click("in the calf")
        assert "enough for today" in ui.text()
        assert "An easier one" not in ui.text()
        await ui.click(beginning("session.hurt.end"))
        assert beginning("session.after.stopped") in ui.text()
        (record,) = lived_in.records.history().sessions
        assert record.outcome == "hurt"


async def test_ten_of_ten_can_be_typed(lived_in: Home, open_app: Open) -> None:
    """One and nought are ten; a number beyond the scale begins anew."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter", "h")
        flow = led.screen.flow
        await ui.press("1", "0")
        assert flow.typed == "10"
        await ui.press("4")
        assert flow.typed == "4"


async def test_stopping_early_counts_as_done(lived_in: Home, open_app: Open) -> None:
    """Escape in the middle asks how it felt and keeps what was held; it never blames."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(45)
        await ui.press("escape")
        assert "How did it feel?" in ui.text()
        await ui.press("escape")
        assert "Stopping early" in ui.text()
        (record,) = lived_in.records.history().sessions
        assert (record.outcome, record.steps[0].reps) == ("stopped", 1)


async def test_reading_the_help_pauses_the_session(lived_in: Home, open_app: Open) -> None:
    """No second of a hold is lost while one looks for a key."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(20)
        await ui.press("question_mark", "escape")
        assert "Paused" in ui.text()


async def test_next_and_back_move_by_sides(lived_in: Home, open_app: Open) -> None:
    """n goes to the other leg, b back to this one."""
    async with open_app(lived_in) as ui:
        await Led(ui).open("evening")
        await ui.press("enter", "n")
        assert "left leg" in ui.text()
        await ui.press("b")
        assert "right leg" in ui.text()


async def test_skipping_everything_shows_no_empty_page(lived_in: Home, open_app: Open) -> None:
    """Nothing was held: no question how it felt, and a kind word all the same."""
    async with open_app(lived_in) as ui:
        await Led(ui).open("desk-toe-pull")
        await ui.press("enter", "n", "n")
        assert "How did it feel?" not in ui.text()
        assert "Stopping early" in ui.text()


async def test_a_session_continues_after_its_terminal_was_closed(lived_in: Home, open_app: Open) -> None:
    """The next start offers the side where it broke off; Enter takes it."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(100)
    async with open_app(Home()) as ui:
        led = await Led(ui).open()
        assert beginning("session.offer.about") in ui.text()
        assert "left leg" in ui.text()
        await ui.press("enter")
        assert "Change sides" in ui.text()


async def test_it_hurts_from_another_program_ends_the_session(lived_in: Home, now: datetime, open_app: Open) -> None:
    """The popup's button reaches the screen within a second: it eases out, and says why it ends."""
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(18)
        hurts(lived_in, now + timedelta(seconds=1), by="popup")
        await led.wait(2)
        await ui.app.workers.wait_for_complete()
        await led.wait(6)
        assert beginning("session.after.paused") in ui.text()


async def test_no_session_begins_before_the_signs_were_answered(fresh: Home, open_app: Open) -> None:
    """The reason is on the page, and Enter starts nothing."""
    async with open_app(fresh) as ui:
        await Led(ui).open()
        assert beginning("session.error.signs") in ui.text()
        await ui.press("enter", "space")
        assert "Get ready" not in ui.text()
        await ui.press("c")
        assert ui.front.NAME == "check-in"


async def test_a_refused_session_shows_the_reason(lived_in: Home, now: datetime, open_app: Open) -> None:
    """A pause refuses with the numbers that made it, and with what ends it."""
    save(lived_in, NewAnswers(pain=Pain(rest=7, walking=7), none_of_the_signs=True), now)
    async with open_app(lived_in) as ui:
        await Led(ui).open()
        assert beginning("session.error.paused") in ui.text()
        assert "6–7 out of 10 at rest" in ui.text()


async def test_without_motion_nothing_moves_within_a_second(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the seconds change, and nothing is drawn between; the figure shows where the phase leads to."""
    lived_in.records.change_profile(lambda profile: msgspec.structs.replace(profile, motion=False))
    async with open_app(lived_in) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(6.5)
        before = ui.text()
        drawn: list[object] = []
        monkeypatch.setattr(LiveLines, "redraw", lambda page: drawn.append(page))  # noqa: PLW0108 -- called bound
        led.time += 0.4
        led.screen.beat()
        await ui.pilot.pause()
        assert (ui.text(), drawn) == (before, [])
        led.time += 0.7
        led.screen.beat()
        assert drawn, "the next second is drawn"


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_resize_in_the_middle_loses_nothing(lived_in: Home, open_app: Open, language: str) -> None:
    """From wide to small and back the phase, the seconds and the way out stay in sight."""
    async with open_app(lived_in, (120, 36), language) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(12)
        name = led.screen.words("session.phase.ease-in.name")
        for size in ((60, 20), (40, 12), (80, 24), (120, 36)):
            await ui.resize(*size)
            assert name in ui.text()


async def test_a_session_waits_while_the_machine_sleeps(lived_in: Home, open_app: Open) -> None:
    """The wall clock went on while the other stood still: the session paused by itself, and says so."""
    async with open_app(lived_in) as ui:
        led = Led(ui)
        slept = [0.0]
        ui.app.go("session", routine="evening", ticks=lambda: led.time, wall=lambda: led.time + slept[0])
        await ui.pilot.pause()
        await ui.press("enter")
        await led.wait(10)
        slept[0] = 3600.0
        await led.wait(1)
        assert "You were away" in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_heading_tells_the_state_and_follows_it(lived_in: Home, open_app: Open, language: str) -> None:
    """A shape and a word before it begins and while it runs; once it hurts, the state that this makes."""
    words = Words(language)
    async with open_app(lived_in, language=language) as ui:
        led = await Led(ui).open("evening")
        assert state_text("go", words) in ui.lines()[0]
        await ui.press("enter")
        await led.wait(18)
        assert state_text("go", words) in ui.lines()[0]
        await ui.press("h")
        await led.wait(5)
        await ui.press("7", "enter", "3")
        assert state_text("rest", words) in ui.lines()[0]


async def test_a_narrow_heading_keeps_the_shape_of_the_state(lived_in: Home, open_app: Open) -> None:
    """In forty columns the routine and its minutes leave no room for the word."""
    async with open_app(lived_in, (40, 12)) as ui:
        led = await Led(ui).open("evening")
        await ui.press("enter")
        await led.wait(18)
        assert ui.lines()[0].split()[0] == SHAPES["go"]
