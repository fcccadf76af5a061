"""The check-in: three keys on an ordinary day, the signs where they are due, and nothing typed is lost."""

from datetime import datetime, timedelta

import pytest

from coach.actions.status.current import status_now
from coach.actions.triage.check_in import NewAnswers, save
from coach.domain.triage.answers import Pain
from coach.home import Home
from coach.ui.widgets.drawn import Prose
from coach.ui.widgets.field import Field
from coach.ui.widgets.text_input import TextInput
from coach.words import Words
from tests.ui.conftest import Open


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
        assert "as it is" in ui.text()
        await ui.press("3")
        assert "gently" in ui.text()


async def test_a_rise_of_two_points_asks_the_signs_before_saving(lived_in: Home, open_app: Open) -> None:
    """After 1 yesterday, a 4 shows both lists; only then the record is kept, with their answers in it."""
    before = len(lived_in.records.history().check_ins)
    async with open_app(lived_in) as ui:
        await ui.press("c", "4", "enter")
        assert "call for help" in ui.text()
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
        assert "No space left" in ui.text()
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
        foot = ui.front.query_one("#foot", Prose)
        assert foot.text.startswith(ui.front.words("decision.headline.today"))
        assert foot.text.rstrip()[-1] in ".\u3002"
        assert foot.size.height == len(foot.lay(foot.size.width)) > 0
        assert foot.region.bottom < size[1]
        assert "◉" in ui.text()


async def test_the_full_check_in_asks_the_emergency_and_same_day_signs_first(lived_in: Home, open_app: Open) -> None:
    """What cannot wait is asked before the numbers; one key answers no to all of it and goes on to them."""
    async with open_app(lived_in, (80, 60)) as ui:
        await ui.press("c", "2", "m")
        text = ui.text()
        assert text.index("call for help") < text.index("the same day") < text.index("Worst pain in walking")
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
            await ui.press("c", "2", "enter")
            assert ui.front.NAME == "check-in"
            assert "▸ Pain at rest" in ui.text()
            await ui.press("1", "enter")
            assert ui.front.NAME == "today"
    check_ins = lived_in.records.history().check_ins[-2:]
    assert [check_in.answers.pain.rest for check_in in check_ins] == [1, 1]
    assert status_now(lived_in, now + timedelta(days=1, minutes=2)).pause is None


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_today_says_what_the_way_back_lacks(lived_in: Home, open_app: Open, now: datetime, language: str) -> None:
    """A check-in without pain at rest counts for nothing; Today and the reasons say so."""
    save(lived_in, NewAnswers(pain=Pain(rest=1, walking=7), none_of_the_signs=True), now - timedelta(hours=2))
    words = Words(language)
    missing = "".join(words("pause.untold", what=words("pause.untold-is.rest")).split())
    async with open_app(lived_in, (80, 24), language) as ui:
        assert missing not in "".join(ui.text().split())
        await ui.press("c", "2", "enter", "enter")
        assert missing in "".join(ui.text().split())
        await ui.press("w")
        assert missing in "".join(ui.text().split())


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
        assert "Your own words" in ui.text()
        field = ui.front.query_one(f"#sign-{sign}", Field)
        assert field.has_focus
        assert field.value is None
        field.choose("no")
        await ui.press("enter")
    check_in = lived_in.records.history().check_ins[-1]
    assert (check_in.note, check_in.answers.signs[sign]) == (note, "no")


async def test_a_sign_already_answered_by_its_name_is_not_asked_again(lived_in: Home, open_app: Open) -> None:
    """Who said that they are not sure is believed, and the check-in is kept."""
    async with open_app(lived_in) as ui:
        await ui.press("c", "2", "m")
        ui.front.query_one("#sign-chest-or-breath", Field).choose("unsure")
        await ui.press("n")
        ui.front.query_one("#note", TextInput).value = "chest pain since this morning"
        await ui.press("enter")
    assert lived_in.records.history().check_ins[-1].answers.signs["chest-or-breath"] == "unsure"
