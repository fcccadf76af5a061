"""Goals on the screen: set in the settings, scored once a week, and told with their change."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from coach.actions import goals
from coach.domain.goals import Goal, open_goals
from coach.home import Home
from coach.ui.widgets.text_input import TextInput
from tests.ui.conftest import Open


def texts(home: Home) -> list[str]:
    """Return the goals under way."""
    return [goal.text for goal in open_goals(home.profile.goals)]


async def test_goals_are_set_renamed_and_ended_in_the_settings(fresh: Home, open_app: Open) -> None:
    """A line emptied ends its goal alone, whatever else was typed; what was scored stays with its goal."""
    async with open_app(fresh, (80, 60)) as ui:
        await ui.press("s")
        first, second, _ = (field for field in ui.front.query(TextInput) if str(field.id).startswith("goal-"))
        first.focus()
        await ui.press(*"walk", "tab", *"stairs", "tab")
        assert texts(fresh) == ["walk", "stairs"]
        station = fresh.profile.goals[0].id
        first.focus()
        await ui.press(*" far", "tab")
        assert texts(fresh) == ["walk far", "stairs"]
        assert fresh.profile.goals[0].id == station
        first.value = ""
        first.focus()
        await ui.press("tab", "tab")
        assert texts(fresh) == ["stairs"]
        second.focus()
        await ui.press("tab")
        assert texts(fresh) == ["stairs"]


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_goals_are_asked_once_a_week(
    lived_in: Home, open_app: Open, now: datetime, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Today asks, a number is enough, and the change from the first time is told; then it is quiet for a week."""
    goals.add(lived_in, "walk to the station", now - timedelta(days=30))
    (goal,) = lived_in.profile.goals
    goals.score(lived_in, {goal.id: 2}, now - timedelta(days=20))
    async with open_app(lived_in, (80, 40), language) as ui:
        assert "".join(ui.front.words("today.followup.goals").split()) in "".join(ui.text().split())
        await ui.press("a", "6", "enter")
        assert ui.front.NAME == "today"
        assert "+4" in ui.text()
        assert "".join(ui.front.words("today.followup.goals").split()) not in "".join(ui.text().split())
    assert goals.goals_due(lived_in, now + timedelta(days=6)) == ()
    assert goals.goals_due(lived_in, now + timedelta(days=8)) == (goal,)


async def test_a_question_left_open_keeps_nothing(lived_in: Home, open_app: Open, now: datetime) -> None:
    """Enter on an open question is no score."""
    goals.add(lived_in, "stairs", now)
    async with open_app(lived_in) as ui:
        await ui.press("a", "enter")
    assert lived_in.records.history().goal_scores == ()


async def test_a_goal_from_an_odd_file_can_be_asked_and_changed(fresh: Home, open_app: Open, now: datetime) -> None:
    """Its id is data: no widget is named by it, and its words turn nothing."""
    odd = Goal(id="a b.[/x]#é", text="stairs [b]\x1b[31m", since=now, changed=now)
    fresh.records.change_profile(lambda old: replace(old, goals=(odd,)))
    async with open_app(fresh, (80, 60)) as ui:
        await ui.press("a", "4", "enter")
        assert fresh.records.history().goal_scores[0].goals == {odd.id: 4}
        await ui.press("s")
        field = next(field for field in ui.front.query(TextInput) if str(field.id).startswith("goal-"))
        field.value = "stairs"
        field.focus()
        await ui.press("tab")
    assert [(goal.id, goal.text) for goal in fresh.profile.goals] == [(odd.id, "stairs")]
