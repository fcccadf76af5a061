"""The check-in: three keys on an ordinary day, the signs where they are due, and nothing typed is lost."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from textual import events

from coach import clock
from coach.actions.setup import set_up
from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, read_note, save
from coach.domain.triage.answers import KNEES, Pain
from coach.home import Home
from coach.ui.widgets.field import OFF, Field, MultiChoice
from coach.ui.widgets.lines import Paragraphs
from coach.ui.widgets.text_input import TextInput
from coach.words import Words
from coach.words.care import care_text
from tests.helpers import beginning
from tests.ui.conftest import Open
from tests.ui.driver import Screen


async def test_three_keys_save_a_check_in(lived_in: Home, open_app: Open) -> None:
    """``c``, a number, ``Enter``: the record is there, and answers no to hot and sharp."""
    before = len(lived_in.records.history().check_ins)
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "enter")
        assert ui.front.NAME == "today"
        assert "Noted" in ui.text()
    kept = Home().records.history().check_ins
    assert len(kept) == before + 1
    assert kept[-1].answers.pain.walking == 2
    assert (kept[-1].answers.hot, kept[-1].answers.sharp) == ("no", "no")


async def test_the_decision_follows_each_answer(lived_in: Home, open_app: Open) -> None:
    """The foot tells what the number would mean before it is kept."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2")
        assert beginning("decision.headline.go") in ui.text()
        await ui.press("3")
        assert "gently" in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_what_enter_does_stands_in_the_footer_of_the_smallest_window(
    lived_in: Home, open_app: Open, language: str
) -> None:
    """Where three keys do not fit, those that save and lead back stay, on the short check-in and with all questions."""
    words = Words(language)
    async with open_app(lived_in, (40, 12), language) as ui:
        for key in ("c", "m"):
            await ui.press(key)
            for name in ("checkin.command.keep.name", "ui.command.back.name"):
                assert words(name) in ui.lines()[-1]


async def test_a_rise_of_two_points_asks_the_signs_before_saving(lived_in: Home, open_app: Open) -> None:
    """After 1 yesterday, a 4 shows both lists; only then the record is kept, with their answers in it."""
    before = len(lived_in.records.history().check_ins)
    async with open_app(lived_in) as ui:
        await ui.press("c", "4", "enter")
        assert "Call for help" in ui.text()
        assert len(lived_in.records.history().check_ins) == before
        for _ in range(6):
            if ui.front.NAME != "check-in":
                break
            await ui.press("enter")
    kept = lived_in.records.history().check_ins[-1]
    assert kept.answers.pain.walking == 4
    assert "chest-or-breath" in kept.asked


async def test_a_check_in_works_by_mouse_alone(lived_in: Home, open_app: Open) -> None:
    """A person who clicks needs no key."""
    async with open_app(lived_in) as ui:
        await ui.click("c check in")
        await ui.click(" 2 ")
        await ui.click("Nothing new")
        assert ui.front.NAME == "today"
    assert lived_in.records.history().check_ins[-1].answers.pain.walking == 2


async def test_a_full_disk_loses_no_answer(lived_in: Home, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The save fails, the number stays, the sentence says what to do, and the next try works."""
    keep = type(lived_in.records).add

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with open_app(lived_in) as ui:
        await ui.press("c", "2")
        monkeypatch.setattr(type(lived_in.records), "add", full)
        await ui.press("enter")
        assert ui.front.NAME == "check-in"
        assert "no space left" in ui.text()
        assert "‹2›" in ui.text()
        monkeypatch.setattr(type(lived_in.records), "add", keep)
        await ui.press("enter")
        assert ui.front.NAME == "today"
    assert lived_in.records.history().check_ins[-1].answers.pain.walking == 2


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(40, 12), (40, 16), (60, 20), (80, 24), (120, 36)])
async def test_a_worrying_answer_is_explained_in_full_sentences(
    lived_in: Home, open_app: Open, size: tuple[int, int], language: str
) -> None:
    """While one answers, however small the window: the advice whole, and no reason cut in its middle."""
    async with open_app(lived_in, size, language) as ui:
        await ui.press("c", "m")
        field = ui.front.query_one("#sign-pulsing-lump", Field)
        field.focus()
        field.choose("yes")
        await ui.pilot.pause()
        foot = ui.front.query_one("#foot", Paragraphs)
        assert foot.text.startswith(ui.front.words("decision.headline.today"))
        assert foot.text.rstrip()[-1] in ".\u3002"
        assert foot.size.height >= len(foot.lay(*foot.size)) > 0
        assert foot.region.bottom < size[1]
        assert "◉" in ui.text()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 36)])
async def test_an_emergency_sign_names_whom_to_call_before_it_is_saved(
    lived_in: Home, open_app: Open, size: tuple[int, int], language: str
) -> None:
    """The number stands under the headline as soon as *yes* is marked, whole; the smallest window keeps the number."""
    async with open_app(lived_in, size, language) as ui:
        await ui.press("c", "m")
        field = ui.front.query_one("#sign-cold-pale-foot", Field)
        field.focus()
        field.choose("yes")
        await ui.pilot.pause()
        words, foot = ui.front.words, ui.front.query_one("#foot", Paragraphs)
        call = care_text("emergency", "jp", words, lived_in.content)
        assert "119" in call
        told = [words("decision.headline.emergency"), call]
        assert foot.text.split("\n")[:2] == (told if size != (40, 12) or language == "en" else [call])
        assert foot.size.height >= len(foot.lay(*foot.size)) > 0
        assert foot.region.bottom < size[1]
        assert "119" in ui.text()


async def test_the_full_check_in_asks_the_emergency_and_same_day_signs_first(lived_in: Home, open_app: Open) -> None:
    """What cannot wait is asked before the numbers; one key answers no to all of it and goes on to them."""
    async with open_app(lived_in, (80, 60)) as ui:
        await ui.press("c", "2", "m")
        text = ui.text()
        assert text.index("Call for help") < text.index("the same day") < text.index(beginning("checkin.walking"))
        await ui.press("n", "enter")
    check_in = lived_in.records.history().check_ins[-1]
    assert check_in.answers.pain.walking == 2
    assert {check_in.answers.signs[sign] for sign in lived_in.content.rules.ids("emergency", "today")} == {"no"}
    assert set(lived_in.content.rules.ids("emergency", "today")) <= set(check_in.asked)


async def test_none_of_these_changes_no_answer_already_given(lived_in: Home, open_app: Open) -> None:
    """A sign answered yes stays yes."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "m")
        ui.front.query_one("#sign-pulsing-lump", Field).choose("yes")
        await ui.press("n")
        assert ui.front.query_one("#sign-pulsing-lump", Field).value == "yes"


async def test_in_a_pause_the_short_check_in_asks_pain_at_rest(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two check-ins of walking and rest, a day apart, end a pause: Enter goes to the open question once."""
    save(lived_in, NewAnswers(pain=Pain(rest=1, walking=7), none_of_the_signs=True), now - timedelta(hours=50))
    for day in (0, 1):
        monkeypatch.setattr("coach.clock.now", lambda day=day: now + timedelta(days=day, minutes=day))
        async with open_app(lived_in) as ui:
            await ui.press("c", "0", "enter")
            assert ui.front.NAME == "check-in"
            assert "▸ Pain at rest" in ui.text()
            await ui.press("0", "enter")
            assert ui.front.NAME == "today"
    check_ins = lived_in.records.history().check_ins[-2:]
    assert [check_in.answers.pain.rest for check_in in check_ins] == [0, 0]
    assert status_now(lived_in, now + timedelta(days=1, minutes=2)).pause is None


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_today_says_what_the_way_back_lacks(lived_in: Home, open_app: Open, now: datetime, language: str) -> None:
    """A check-in without pain at rest counts for nothing; Today and the reasons say so."""
    save(lived_in, NewAnswers(pain=Pain(rest=1, walking=7), none_of_the_signs=True), now - timedelta(hours=2))
    words = Words(language)
    missing = "".join(words("pause.untold", what=words("pause.untold-is.rest")).split())
    async with open_app(lived_in, (80, 24), language) as ui:
        assert missing not in "".join(ui.text().replace("│", "").split())
        await ui.press("c", "2", "enter", "enter")
        assert missing in "".join(ui.text().replace("│", "").split())
        await ui.press("w")
        assert missing in "".join(ui.text().replace("│", "").split())


@pytest.mark.parametrize(
    ("note", "sign"), [("chest pain since this morning", "chest-or-breath"), ("膝が動かない", "locked-knee")]
)
async def test_a_sign_in_ones_own_words_is_asked_before_anything_is_kept(
    lived_in: Home, open_app: Open, note: str, sign: str
) -> None:
    """No to the whole list does not answer what the person then writes; its own question does."""
    before = len(lived_in.records.history().check_ins)
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "m", "n")
        ui.front.query_one("#note", TextInput).value = note
        await ui.press("enter", "enter")
        assert len(lived_in.records.history().check_ins) == before
        assert beginning("checkin.asks-words") in ui.text()
        field = ui.front.query_one(f"#sign-{sign}", Field)
        assert field.has_focus
        assert field.value is None
        field.choose("no")
        await ui.press("enter")
    check_in = lived_in.records.history().check_ins[-1]
    assert (check_in.note, check_in.answers.signs[sign]) == (note, "no")


async def test_a_note_has_as_many_lines_as_its_writer_likes(lived_in: Home, open_app: Open) -> None:
    """Enter keeps the check-in; Ctrl+J begins another line, which is kept as such."""
    async with open_app(lived_in, (100, 120)) as ui:
        await ui.press("c", "2", "m")
        ui.front.query_one("#note", TextInput).focus()
        await ui.type("stairs")
        await ui.press("ctrl+j")
        await ui.type("after work")
        await ui.press("enter")
    assert lived_in.records.history().check_ins[-1].note == "stairs\nafter work"


async def test_taking_over_ones_own_words_marks_every_sign_they_name(lived_in: Home, open_app: Open) -> None:
    """F3 answers no sign: each one named is marked as coming from the words, and the first is gone to."""
    mark = beginning("checkin.from-your-words")
    async with open_app(lived_in, (100, 120)) as ui:
        await ui.press("c", "2", "m")
        assert f"F3 {beginning('checkin.command.take.name')}" not in ui.text()
        ui.front.query_one("#note", TextInput).value = "chest pain, and my knee is locked"
        await ui.pilot.pause()
        assert mark not in ui.text()
        await ui.press("f3")
        assert ui.text().count(mark) == 2
        named = [ui.front.query_one(f"#sign-{sign}", Field) for sign in ("chest-or-breath", "locked-knee")]
        assert [field.value for field in named] == [None, None]
        assert ui.front.focused is named[0]


async def test_taking_over_ones_own_words_answers_what_is_no_sign(lived_in: Home, open_app: Open) -> None:
    """How it feels, when, hot and sharp are answered as the words have it; what one had chosen before stays."""
    note = "a sharp stab at every step on the stairs, the knee is hot"
    told = read_note(note, lived_in.content)
    assert told is not None
    assert told.hot is not None
    assert told.sharp is not None
    async with open_app(lived_in, (100, 120)) as ui:
        await ui.press("c", "2", "m")
        quality = ui.front.query_one("#quality", MultiChoice)
        quality.take(("dull",))
        ui.front.query_one("#note", TextInput).value = note
        await ui.pilot.pause()
        await ui.press("f3")
        assert [ui.front.query_one(f"#{name}", Field).value for name in ("hot", "sharp")] == [told.hot, told.sharp]
        assert set(quality.values) == {"dull", *told.quality}
        assert set(ui.front.query_one("#when", MultiChoice).values) == set(told.when)


async def test_a_sign_already_answered_by_its_name_is_not_asked_again(lived_in: Home, open_app: Open) -> None:
    """Who said that they are not sure is believed, and the check-in is kept."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "m")
        ui.front.query_one("#sign-chest-or-breath", Field).choose("unsure")
        await ui.press("n")
        ui.front.query_one("#note", TextInput).value = "chest pain since this morning"
        await ui.press("enter")
    assert lived_in.records.history().check_ins[-1].answers.signs["chest-or-breath"] == "unsure"


async def test_correcting_begins_with_the_old_answers_and_replaces_them(
    lived_in: Home, open_app: Open, now: datetime
) -> None:
    """An 8 typed for a 3: every other answer is there as it was given, and what is kept names the slip."""
    save(lived_in, NewAnswers(pain=Pain(walking=1), none_of_the_signs=True), now - timedelta(hours=2))
    slip = save(
        lived_in,
        NewAnswers(
            pain=Pain(rest=1, walking=8, during=2, morning=1), hot="no", sharp="one-movement", quality=("tight",),
            when=("first-steps",), signs={"gives-way": "unsure"}, none_of_the_signs=True, note="on the stairs",
        ),
        now - timedelta(minutes=5),
    ).record  # fmt: skip
    async with open_app(lived_in, (100, 60)) as ui:
        await ui.press("c")
        assert _corrections(ui)
        await ui.press("e")
        assert Words("en")("checkin.correcting") in ui.text()
        assert not _corrections(ui)
        await ui.press("3")
        for _ in range(4):
            if ui.front.NAME == "check-in":
                await ui.press("enter")
    correction = Home().records.history().check_ins[-1]
    assert correction.corrects == slip.id
    assert (correction.answers.pain, correction.note) == (Pain(rest=1, walking=3, during=2, morning=1), "on the stairs")
    assert (correction.answers.sharp, correction.answers.hot) == ("one-movement", "no")
    assert (correction.answers.quality, correction.answers.when) == (("tight",), ("first-steps",))
    assert correction.answers.sign("gives-way") == "unsure"


def _corrections(ui: Screen) -> list[str]:
    """Return the commands of the screen in front that correct, as its footer and help have them."""
    return [command.id for command in ui.front.usable() if command.id == "correct"]


@pytest.mark.parametrize(("ago", "offered"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)])
async def test_a_check_in_of_the_last_day_can_be_corrected(
    fresh: Home, open_app: Open, now: datetime, ago: timedelta, offered: bool
) -> None:
    """Later, nothing is offered that would be refused."""
    save(fresh, NewAnswers(pain=Pain(walking=2), none_of_the_signs=True), now - ago)
    async with open_app(fresh) as ui:
        await ui.press("c")
        assert bool(_corrections(ui)) == offered


async def test_before_the_first_check_in_there_is_nothing_to_correct(fresh: Home, open_app: Open) -> None:
    """Nor while the first lists are shown, and where the lists come first it says which part of three this is."""
    async with open_app(fresh) as ui:
        await ui.press("c")
        for n in (1, 2, 3):
            assert Words("en")("checkin.part", n=n, all=3) in ui.text()
            assert not _corrections(ui)
            while n < 3 and Words("en")("checkin.part", n=n, all=3) in ui.text():
                await ui.press("enter")
        assert "▸ Worst pain" in ui.text()


async def test_where_no_list_comes_first_there_are_no_parts(lived_in: Home, open_app: Open) -> None:
    """An ordinary check-in is one page, and says nothing of others."""
    async with open_app(lived_in) as ui:
        await ui.press("c")
        assert "of 3" not in ui.lines()[0] + ui.lines()[1]


async def test_nothing_new_answers_no_fact_that_is_asked_once_a_year(lived_in: Home, open_app: Open) -> None:
    """Under 16, and an illness of the past, are asked by their own name, and not again once they were answered."""
    yearly = lived_in.content.rules.yearly
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "enter")
        assert not any(yearly & set(check_in.asked) for check_in in lived_in.records.history().check_ins)
        await ui.press("c")
        assert {field.id for field in ui.front.query(Field)} >= {f"sign-{sign}" for sign in yearly}
        for sign in yearly:
            ui.front.query_one(f"#sign-{sign}", Field).choose("no")
        await ui.press("2", "enter")
        assert any(yearly <= set(check_in.asked) for check_in in lived_in.records.history().check_ins)
        await ui.press("c")
        assert not {field.id for field in ui.front.query(Field)} & {f"sign-{sign}" for sign in yearly}


@pytest.fixture
def ticking(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each look at the clock be a second later than the one before."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=next(seconds)))


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize("language", ["en", "ja"])
async def test_each_knee_has_its_number_where_it_is_about_both(lived_in: Home, open_app: Open, language: str) -> None:
    """One number a knee, by key; what was told of each is there the next time, and in a correction."""
    set_up(lived_in, side="both")
    async with open_app(lived_in, (80, 24), language) as ui:
        await ui.press("c", "2", "down", "1", "enter")
        assert ui.front.NAME == "today"
        await ui.press("c")
        assert "".join(Words(language)("checkin.left").split()) in "".join(ui.text().replace("│", "").split())
        await ui.press("e", "0", "enter")
    first, mended = lived_in.records.history().check_ins[-2:]
    assert (first.answers.side, first.answers.pain.walking) == ("both", 2)
    assert [first.answers.walking_of(knee) for knee in KNEES] == [2, 1]
    assert mended.corrects == first.id
    assert [mended.answers.walking_of(knee) for knee in KNEES] == [0, 1]
    assert mended.answers.pain.walking == 1


async def test_a_check_in_of_one_knee_says_which(lived_in: Home, open_app: Open) -> None:
    """Three keys, as ever; the side of the settings goes along."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "enter")
    assert lived_in.records.history().check_ins[-1].answers.side == "right"


@pytest.mark.usefixtures("ticking")
async def test_the_painkiller_of_the_last_time_is_one_key(lived_in: Home, open_app: Open) -> None:
    """Typed once, offered from then on; the same key goes on to none."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "p", *"ibuprofen", "enter")
        assert ui.front.NAME == "today"
        await ui.press("c", "2", "p")
        assert "With a painkiller: ibuprofen" in ui.text()
        await ui.press("enter")
        await ui.press("c", "2", "p", "p", "up", "p", "up")
        assert "No painkiller" in ui.text()
        await ui.press("enter")
    medicines = [check_in.medicine or None for check_in in lived_in.records.history().check_ins[-3:]]
    assert medicines == ["ibuprofen", "ibuprofen", None]


async def test_a_painkiller_can_be_noted_by_mouse(lived_in: Home, open_app: Open) -> None:
    """A click on the line is the key."""
    save(lived_in, NewAnswers(pain=Pain(walking=1), medicine="ibuprofen"), clock.now() - timedelta(hours=3))
    async with open_app(lived_in) as ui:
        await ui.press("c", "2")
        await ui.click("No painkiller")
        assert "With a painkiller: ibuprofen" in ui.text()


async def test_a_note_pasted_in_three_lines_keeps_three(lived_in: Home, open_app: Open) -> None:
    """Kept whole, however long, and still three lines when it is corrected."""
    note = "今朝は階段で\n膝の裏が張った\n" + "long words " * 400 + "end"
    async with open_app(lived_in) as ui:
        await ui.press("c", "m")
        ui.front.set_focus(ui.front.query_one("#note"))
        ui.app.post_message(events.Paste(note.replace("\n", "\r\n")))
        await ui.press("enter")
        assert Home().records.history().check_ins[-1].note == note
        await ui.press("c", "e")
        ui.front.set_focus(ui.front.query_one("#walking"))
        await ui.press("2", "enter")
        # At one moment, records stand in the order of their ids.
        last = next(check_in for check_in in Home().records.history().check_ins if check_in.corrects)
        assert last.note == note


async def test_of_several_lines_a_line_takes_all(lived_in: Home, open_app: Open) -> None:
    """Where there is one line only, the lines that are pasted stand in it one after the other."""
    async with open_app(lived_in) as ui:
        await ui.press("v")
        ui.app.post_message(events.Paste("Dr Sato\nTokyo"))
        await ui.pilot.pause()
        assert "Dr Sato Tokyo" in ui.text()


async def test_a_wide_window_shows_the_two_weeks_beside_the_question(lived_in: Home, open_app: Open) -> None:
    """The number of today is given beside those before it; a narrower window keeps to the question."""
    async with open_app(lived_in, (120, 36)) as ui:
        await ui.press("c")
        title = ui.front.words("today.pain.what")
        assert ui.text().count(title) == 1
        assert not ui.front.query_one("#foot").region.overlaps(ui.front.query_one("#aside").region)
        await ui.resize(80, 24)
        assert title not in ui.text()


async def test_before_the_first_check_in_nothing_stands_beside_the_signs(fresh: Home, open_app: Open) -> None:
    """The list has the whole width: each answer stands beside its sign."""
    async with open_app(fresh, (120, 36)) as ui:
        await ui.press("c")
        assert not ui.front.query_one("#aside").region
        assert ui.front.query_one("#form").region.width == ui.front.query_one("#body").region.width + 4
        below = ui.front.query_one("#below").region
        assert below
        assert not below.overlaps(ui.front.query_one("#body").region)
        await ui.press("right", "right")
        assert not ui.front.query_one("#below").region
        assert not ui.front.query_one("#aside").region
        assert ui.front.query_one("#foot").region
        await ui.press("escape", "c", "enter", "enter")
        assert ui.front.query_one("#aside").region


async def test_down_goes_on_where_answers_stand_side_by_side(lived_in: Home, open_app: Open) -> None:
    """To the answer below, where each has a line of its own; else to the question below, however few are on a line."""
    side_by_side = set()
    async with open_app(lived_in, (44, 60)) as ui:
        await ui.press("c", "m")
        many = ui.front.query_one("#when", MultiChoice)
        for width in (44, 50, 100):
            await ui.resize(width, 60)
            ui.front.set_focus(many)
            most = max(line.plain.count(OFF) for line in many.lines)
            side_by_side.add(most)
            await ui.press("down")
            assert (ui.front.focused is many) is (most == 1), most
    assert {1, 2} < side_by_side
