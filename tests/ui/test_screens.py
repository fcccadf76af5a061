"""Today, settings, help, leaving and the person's own words: what each promises."""

import asyncio
import itertools
import re
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
import pytest
from textual import events
from textual.geometry import Size

from coach import clock
from coach.actions.exercise.session import keep, ready
from coach.actions.status.current import status_now
from coach.actions.status.seen import seen
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.status.history import Session
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.screen import CoachScreen
from coach.ui.screens.today import Today
from coach.ui.widgets.board import Panel
from coach.ui.widgets.lines import Paragraphs
from coach.words import Words
from coach.words.care import care_text
from coach.words.state import headline_text
from tests.helpers import beginning
from tests.ui.conftest import Open

ODD = "[/b] [red]50%[/red] 🦵 \x1b[31m 膝裏 {n}"


async def test_today_shows_the_state_and_its_reason(lived_in: Home, open_app: Open) -> None:
    """One look: the headline, its reason with the number, the routine, what comes next, and the pain of two weeks."""
    async with open_app(lived_in) as ui:
        text = ui.text()
        for said in (
            "Your usual routine",
            "Up to 2 out of 10",
            "20 s",
            beginning("today.command.start.name"),
            beginning("today.label.day"),
            beginning("today.pain.what"),
        ):
            assert said in text


async def test_today_follows_the_records_and_repaints_only_then(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check-in by command shows on the open page; looking again without one paints nothing."""
    async with open_app(lived_in) as ui:
        today = ui.front
        assert isinstance(today, Today)
        painted: list[str] = []
        for panel in today.query(Panel):

            def note(*args: Any, refresh: Any = panel.refresh, **options: Any) -> Any:
                painted.append("page")
                return refresh(*args, **options)

            monkeypatch.setattr(panel, "refresh", note)
        today.look()
        assert not painted
        save(Home(), NewAnswers(pain=Pain(walking=5), sharp="no", hot="no"), now)
        today.look()
        await ui.pilot.pause()
        assert painted
        assert "Gently today" in ui.text()


async def test_today_updates_when_a_shown_time_passes(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next reminder that has come is no longer next."""
    async with open_app(lived_in) as ui:
        first = next(line for line in ui.lines() if "short break" in line)
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=11))
        ui.front.look()  # type: ignore[attr-defined]
        await ui.pilot.pause()
        assert first not in ui.lines()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_persons_text_shows_as_written(lived_in: Home, open_app: Open, language: str) -> None:
    """Brackets, emoji and braces are text; a control character is a sign, and never reaches the terminal."""
    async with open_app(lived_in, (100, 30), language) as ui:
        ui.front.say(ODD)
        await ui.pilot.pause()
        assert "[/b] [red]50%[/red] 🦵 ␛[31m 膝裏 {n}" in ui.text()
        assert "\x1b" not in ui.text()


async def test_a_note_is_saved_as_written(lived_in: Home, open_app: Open) -> None:
    """The note on disk is what was typed, to the letter."""
    async with open_app(lived_in, (80, 40)) as ui:
        await ui.press("c", "2", "m", "n")
        ui.front.query_one("#note").focus()
        await ui.type("[b]stabs[/b] on the stairs")
        assert beginning("checkin.suggested") in ui.text()
        await ui.press("f3", "enter")
        if ui.front.NAME == "check-in":
            await ui.press("enter")
    kept = lived_in.records.history().check_ins[-1]
    assert kept.note == "[b]stabs[/b] on the stairs"
    assert "stairs-down" in kept.answers.when


async def test_a_setting_is_saved_at_once_unless_invalid(lived_in: Home, open_app: Open) -> None:
    """A chosen answer is on disk with the key; hours that are none leave the old ones."""
    async with open_app(lived_in, (90, 90)) as ui:
        await ui.press("s")
        await ui.click("◌ left")
        assert Home().records.profile().side == "left"
        await ui.click("09:00-18:00")
        await ui.press("end", "backspace", "9", "9", "enter")
        assert beginning("settings.wrong.work") in ui.text()
        assert Home().records.profile().work.end == "18:00"
        await ui.press("backspace", "backspace", "5", "enter")
        assert beginning("settings.wrong.work") not in ui.text()
        assert Home().records.profile().work.end == "18:05"


async def test_the_baseline_is_lowered_here_but_never_raised(lived_in: Home, open_app: Open) -> None:
    """Only having been seen raises it; the sentence says so."""
    lived_in.records.change_profile(lambda old: msgspec.structs.replace(old, baseline=3))
    async with open_app(lived_in, (90, 90)) as ui:
        await ui.press("s", "down", "down", "down", "7")
        assert beginning("settings.wrong.baseline") in ui.text()
        assert Home().records.profile().baseline == 3
        await ui.press("2")
        assert Home().records.profile().baseline == 2


async def test_the_language_changes_without_a_restart(lived_in: Home, open_app: Open) -> None:
    """F2 on Today and the setting both speak Japanese at once, on every screen that is open."""
    async with open_app(lived_in) as ui:
        await ui.press("s", "right")
        assert "設定" in ui.text()
        assert Home().records.profile().language == "ja"
        await ui.press("escape")
        assert beginning("today.headline.go", "ja") in ui.text()
        await ui.press("f2")
        assert "Your usual routine" in ui.text()


async def test_help_finds_and_runs_a_command(lived_in: Home, open_app: Open) -> None:
    """``?`` lists what can be done; typing narrows it; Enter does it."""
    async with open_app(lived_in) as ui:
        await ui.press("question_mark")
        assert beginning("ui.command.check-in.tip") in ui.text()
        await ui.type("settings")
        await ui.press("enter")
        assert ui.front.NAME == "settings"


async def test_it_hurts_from_anywhere_rests_today(lived_in: Home, open_app: Open) -> None:
    """``x`` on another screen, a number, Enter: noted, and Today rests."""
    async with open_app(lived_in) as ui:
        await ui.press("h", "x", "4", "enter")
        assert ui.front.NAME == "today"
        assert beginning("today.headline.pause") in ui.text()
    assert Home().records.history().hurts[-1].pain == 4


async def test_an_urgent_sign_in_the_words_of_where_it_hurts_is_asked_at_once(lived_in: Home, open_app: Open) -> None:
    """Who writes of the chest is shown the list of signs, not only a day of rest."""
    async with open_app(lived_in) as ui:
        await ui.press("x", "4", "tab")
        await ui.type("pain in my chest, short of breath")
        await ui.press("enter")
        assert ui.front.NAME == "check-in"
        assert beginning("hurts.from-words") in ui.text()
        assert "chest" in ui.text()


async def test_leaving_offers_to_keep_the_reminders(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the reminders come from the screen, ``q`` asks; where not, it leaves."""
    async with open_app(lived_in) as ui:
        monkeypatch.setattr(ui.app, "owns_reminders", lambda: True)
        await ui.press("q")
        assert "they stop" in ui.text()
        await ui.press("escape")
        assert ui.front.NAME == "today"
        monkeypatch.setattr(ui.app, "owns_reminders", lambda: False)
        await ui.press("q")
        assert ui.app.return_code == 0


async def test_damage_is_reported_once(lived_in: Home, open_app: Open) -> None:
    """A broken file is told on Today, what became of it with it, and not again the next time."""
    years = sorted(lived_in.places.data.rglob("records*.json"))
    years[-1].write_bytes(b"{broken")
    async with open_app(Home()) as ui:
        await ui.pilot.pause()
        assert "damaged" in ui.text()
    async with open_app(Home()) as ui:
        await ui.pilot.pause()
        assert "damaged" not in ui.text()


async def test_the_choice_is_visible_without_colour(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``NO_COLOR`` the chosen number and the marked question differ in form."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(lived_in) as ui:
        await ui.press("c", "2")
        assert "‹2›" in ui.text()
        assert "▸ Worst pain" in ui.text()
        colours = {ui.colours_of(line) for line in range(24)}
        assert colours == {frozenset()}, "the terminal's own letters on its own ground"


async def test_a_window_made_tiny_and_large_again_keeps_its_place(lived_in: Home, open_app: Open) -> None:
    """The question that had the focus has it again, so that no key is dead."""
    async with open_app(lived_in) as ui:
        await ui.press("s", "down")
        await ui.resize(20, 5)
        await ui.resize(80, 24)
        assert "▸ Where you are" in ui.text()


async def test_a_visit_is_noted_from_the_reasons(lived_in: Home, open_app: Open, now: datetime) -> None:
    """After a same-day sign the page says whom to ask; noting the visit is one key away and is kept."""
    given = NewAnswers(pain=Pain(walking=2), signs={"one-leg-swollen-warm": "yes"}, sharp="no", hot="no")
    save(lived_in, given, now - timedelta(hours=2))
    async with open_app(lived_in) as ui:
        await ui.press("w")
        assert Words("en")("decision.headline.today") in " ".join(ui.text().replace("│", " ").split())
        await ui.press("v")
        await ui.type("Dr Sato")
        await ui.press("enter")
        assert "seen by Dr Sato" in ui.text()
        assert Home().records.history().seens[-1].by == "Dr Sato"


async def test_a_visit_is_followed_by_the_list_of_signs(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Nobody who was just seen is sent there again by Today: what is new is asked at once, and no old answer kept."""
    given = NewAnswers(pain=Pain(walking=2), signs={"one-leg-swollen-warm": "yes"}, sharp="no", hot="no")
    save(lived_in, given, now - timedelta(hours=2))
    async with open_app(lived_in) as ui:
        await ui.press("v")
        await ui.type("Dr Sato")
        await ui.press("enter")
        assert beginning("checkin.ask.seen") in ui.text()
        while beginning("checkin.walking") not in ui.text():
            await ui.press("enter")
        assert beginning("checkin.standing") not in ui.text()
        await ui.press("2", "enter")
        assert beginning("today.headline.today") not in ui.text()


@pytest.mark.parametrize("sign", ["locked-knee", "cold-pale-foot", "one-leg-swollen-warm"])
async def test_a_visit_for_a_sign_nobody_was_sure_of_is_followed_by_the_list(
    lived_in: Home, open_app: Open, now: datetime, sign: str
) -> None:
    """Now somebody has looked: the question opens by itself, and its answer ends the rest."""
    given = NewAnswers(pain=Pain(walking=2), signs={sign: "unsure"}, sharp="no", hot="no")
    save(lived_in, given, now - timedelta(hours=2))
    async with open_app(lived_in) as ui:
        await ui.press("v")
        await ui.type("Dr Sato")
        await ui.press("enter")
        assert ui.front.NAME == "check-in"
        assert "seen by Dr Sato" in ui.text()
        for _ in range(8):
            if beginning("checkin.walking") not in ui.text():
                await ui.press("enter")
        await ui.press("2")
        for _ in range(2):  # once more where the way back asks for the pain at rest too
            if ui.front.NAME == "check-in":
                await ui.press("enter")
    assert status_now(lived_in, now).advice == "none"


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_number_of_before_the_visit_is_asked_by_its_key(
    lived_in: Home, open_app: Open, now: datetime, language: str
) -> None:
    """Today names the key under which the pain scores are told again, not the signs alone."""
    words = Words(language)
    save(lived_in, NewAnswers(pain=Pain(rest=8, walking=8), none_of_the_signs=True), now - timedelta(hours=3))
    seen(lived_in, "Dr Sato", now=now - timedelta(hours=1))
    async with open_app(lived_in, (120, 36), language) as ui:
        shown = re.sub("[\u2500-\u28ff\\s]", "", ui.text())  # the frame, and the large shape beside the lines
        assert re.sub(r"\s", "", words("today.before-visit-pain")) in shown
        assert re.sub(r"\s", "", words("pause.before-visit")) not in shown


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_calm_number_during_a_pause_promises_no_stretching(
    lived_in: Home, open_app: Open, now: datetime, language: str
) -> None:
    """While one answers, and after it was kept, the rest that stands is said."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now - timedelta(hours=3))
    words = Words(language)
    async with open_app(lived_in, (80, 24), language) as ui:
        await ui.press("c", "1")
        assert words("answers.calm-in-rest") in ui.text()
        await ui.press("enter", "enter")
        assert words("checkin.saved.pause") in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("sign", "advice"), [("cold-pale-foot", "emergency"), ("locked-knee", "today")])
async def test_the_foot_stays_with_what_waits_for_a_visit(
    lived_in: Home, open_app: Open, now: datetime, sign: str, advice: Literal["today", "emergency"], language: str
) -> None:
    """No to the whole list and a low number: the frame and its first line are of the advice, and nothing is calm."""
    save(lived_in, NewAnswers(pain=Pain(walking=1), signs={sign: "yes"}), now - timedelta(hours=3))
    save(lived_in, NewAnswers(pain=Pain(walking=1), none_of_the_signs=True), now - timedelta(hours=2))
    words = Words(language)
    async with open_app(lived_in, (80, 24), language) as ui:
        await ui.press("c", "1")
        foot = ui.front.query_one("#foot", Paragraphs)
        assert words(f"decision.headline.{advice}") in ui.text()
        assert words("answers.calm-in-rest") not in ui.text()
        assert foot.has_class("-see")
        assert str(foot.border_title) == headline_text(advice, words)
        whom = care_text(advice, lived_in.profile.region, words, lived_in.content.rules)[:10]
        _, shown = ui.text().split(words(f"decision.headline.{advice}"))
        assert whom in shown.partition(words("decision.beside.pause"))[0]  # a small window leaves out the last


async def test_the_foot_of_a_calm_number_in_a_rest_has_the_frame_of_the_rest(
    lived_in: Home, open_app: Open, now: datetime
) -> None:
    """Its words say to rest on, so neither its colour nor its title says to go."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now - timedelta(hours=3))
    async with open_app(lived_in) as ui:
        await ui.press("c", "1")
        foot = ui.front.query_one("#foot", Paragraphs)
        assert foot.has_class("-rest")
        assert str(foot.border_title) == headline_text("pause", Words("en"))


async def test_the_foot_answers_a_sign_to_watch_in_a_rest(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A sign that is new is named, under the rest that stands."""
    save(lived_in, NewAnswers(pain=Pain(walking=7), none_of_the_signs=True), now - timedelta(hours=3))
    watch = NewAnswers(pain=Pain(walking=1), none_of_the_signs=True, signs={"calf-ache": "yes"})
    save(lived_in, watch, now - timedelta(hours=2))
    words = Words("en")
    async with open_app(lived_in) as ui:
        await ui.press("c", "1")
        assert words("answers.calm-in-rest") not in ui.text()
        assert words("decision.headline.pause") in ui.text()
        assert words("decision.headline.go") not in ui.text()
        assert "Ache in the calf" in ui.text()


async def test_down_goes_to_the_next_question_also_on_a_page_that_scrolls(lived_in: Home, open_app: Open) -> None:
    """Settings at 80×24: each ``down`` is a question further, and what has the focus is seen."""
    async with open_app(lived_in) as ui:
        await ui.press("s")
        assert "▸ Language" in ui.text()
        for said in ("▸ Where you are", "▸ Which knee", "▸ Usual pain", "▸ When did it", "▸ Do any"):
            await ui.press("down")
            assert said in ui.text()
        await ui.press("tab")
        assert f"▸ {beginning('settings.ice_conditions')}" in ui.text()


async def test_a_missed_day_is_asked_about_once_and_kindly(lived_in: Home, open_app: Open, now: datetime) -> None:
    """After a day without a routine there is one optional question; its answer is kept, and it is not asked again."""
    done = Session(id="one", at=now - timedelta(days=2), routine="evening-quiet", seconds=300)
    lived_in.records.add(done)
    async with open_app(lived_in) as ui:
        assert beginning("today.followup.why-not") in " ".join(ui.text().split())
        await ui.press("a", "right", "right", "enter")
        assert beginning("followup.fit.move-reminder") in ui.text()
        await ui.press("down")
        assert beginning("today.followup.why-not") not in " ".join(ui.text().split())
    assert Home().records.history().missed[-1].why == "forgot"


async def test_it_hurts_is_one_key_away_in_the_middle_of_a_check_in(lived_in: Home, open_app: Open) -> None:
    """``x`` over the questions opens it; going back, the answers are still there."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "x")
        assert ui.front.NAME == "hurts"
        await ui.press("escape")
        assert "‹2›" in ui.text()


async def test_ctrl_c_leaves(lived_in: Home, open_app: Open) -> None:
    """No toast, no second guess: it leaves."""
    async with open_app(lived_in) as ui:
        await ui.press("ctrl+c")
        assert ui.app.return_code == 0


async def test_an_invalid_own_file_is_reported_with_its_line(lived_in: Home, open_app: Open) -> None:
    """Today stands without it, and says which file is wrong and where."""
    folder = lived_in.places.own_content()
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("id = [", encoding="utf-8")
    async with open_app(Home()) as ui:
        await ui.pilot.pause()
        assert "Your usual routine" in ui.text()
        assert "mine.toml" in ui.text()


async def test_unreadable_records_are_reported_on_today(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen opens with the reason, and its footer works."""

    def gone(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("coach.ui.screens.today.today", gone)
    async with open_app(lived_in) as ui:
        assert "couldn't be read (the disk couldn't be read" in " ".join(ui.text().split())
        await ui.press("question_mark")
        assert ui.front.NAME == "help"


async def test_a_failed_save_is_reported_and_the_screen_stays(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2 with a full disk: the sentence says so, and the screen goes on."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with open_app(lived_in) as ui:
        monkeypatch.setattr(type(lived_in.records), "change_profile", full)
        await ui.press("f2")
        assert "no space left" in ui.text()
        await ui.press("c")
        assert ui.front.NAME == "check-in"


async def test_pasted_control_characters_never_reach_the_terminal(lived_in: Home, open_app: Open) -> None:
    """An escape sequence in the clipboard is letters in the field and in what is kept."""
    async with open_app(lived_in, (80, 40)) as ui:
        await ui.press("c", "2", "m", "n")
        ui.front.query_one("#note").focus()
        await ui.pilot.pause()
        ui.app.post_message(events.Paste("\x1b[31mred\x07"))
        await ui.pilot.pause()
        assert "␛[31mred␇" in ui.text()
        assert not {"\x1b", "\x07"} & set(ui.text())


async def test_today_offers_to_continue_an_interrupted_session(lived_in: Home, open_app: Open, now: datetime) -> None:
    """A closed terminal in the middle: Enter goes on, and Today says so; the next day it begins anew."""
    keep(lived_in, ready(lived_in, now), now - timedelta(minutes=10))
    async with open_app(lived_in) as ui:
        assert f"Enter {beginning('today.command.go-on.name')}" in ui.text()
        await ui.press("enter")
        assert ui.front.NAME == "session"
        assert beginning("session.offer.title") in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_help_is_complete_on_a_narrow_screen(lived_in: Home, open_app: Open, language: str) -> None:
    """At 40 columns each tip stands under its key, with no word cut off."""
    async with open_app(lived_in, (40, 46), language) as ui:
        await ui.press("question_mark")
        read = "".join(ui.text().split())
        assert "".join(ui.app.words("ui.command.check-in.tip").split()) in read


async def test_a_call_that_became_late_is_made_all_the_same(
    lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resize is drawn by such a call; on a busy machine much time may pass between any two lines of the library."""
    async with open_app(lived_in) as ui:
        made = asyncio.Event()
        moments = itertools.count(step=0.1)
        with monkeypatch.context() as busy:
            busy.setattr("textual._time.get_time", lambda: next(moments))
            ui.app.set_timer(0.001, made.set)
            await asyncio.wait_for(made.wait(), 10)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_wide_decision_ends_with_the_weeks_it_comes_from(lived_in: Home, open_app: Open, language: str) -> None:
    """The chart stands under all of it where there is room, and takes nothing from the words where there is none."""
    title = Words(language)("today.pain.what")
    for size, has_room in (((120, 36), True), ((80, 24), True), ((80, 20), False), ((40, 12), False)):
        async with open_app(lived_in, size, language) as ui:
            ui.app.go("decision")
            await ui.pilot.pause()
            assert (title in ui.text()) is has_room


async def test_a_wide_habit_is_drawn_as_wide_as_its_column(lived_in: Home, open_app: Open) -> None:
    """The habit and the kinder way stand beside each other, as large as the width allows."""
    async with open_app(lived_in, (120, 36)) as ui:
        ui.app.go("habit")
        await ui.pilot.pause()
        about = ui.front.query_one("#area-about", Panel)
        drawn = [line.plain.rstrip() for line in about.lines if any("\u2800" < c <= "\u28ff" for c in line.plain)]
        assert len(drawn) >= 16
        assert max(map(len, drawn)) >= about.size.width - 6


async def test_a_size_is_laid_out_once(lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library tells a screen of its size again once it is laid out, and the one below each time as well."""
    laid_out: list[str] = []
    lay_out = CoachScreen._screen_resized

    def noted(screen: CoachScreen, size: Size) -> None:
        laid_out.append(screen.NAME)
        lay_out(screen, size)

    async with open_app(lived_in) as ui:
        ui.app.go("settings")
        await ui.pilot.pause()
        monkeypatch.setattr(CoachScreen, "_screen_resized", noted)
        await ui.resize(120, 36)
        assert sorted(laid_out) == ["settings", "today"]


@pytest.mark.parametrize("size", [(120, 36), (40, 12), (30, 8)])
async def test_what_was_covered_comes_back_in_the_size_of_now(
    lived_in: Home, open_app: Open, size: tuple[int, int]
) -> None:
    """Whatever became of the window meanwhile, Today is as it would be had it been opened in it."""
    async with open_app(lived_in, size) as ui:
        opened = ui.text()
    async with open_app(lived_in) as ui:
        for over in ("settings", "help"):  # the library tells the one below of the size, and no other
            ui.app.go(over)
            await ui.pilot.pause()
        await ui.resize(*size)
        ui.app.to_today()
        await ui.pilot.pause()
        assert ui.text() == opened
