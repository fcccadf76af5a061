"""The settings as questions: what each answer means, where it stops to mean something, and how it is asked again."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from coach.content import Content
from coach.domain.profile import Profile
from coach.domain.reminders.reminder import WEEKDAYS, Between
from coach.ui.profile_form import NONE, ProfileForm
from coach.words import Words

TODAY = date(2026, 11, 23)
CONTENT = Content.open()
CONDITIONS = [condition.id for condition in CONTENT.icing.conditions]


def form(**profile: Any) -> ProfileForm:
    """Return the questions of a profile."""
    return ProfileForm(replace(Profile(), **profile), Words("en"), CONTENT, TODAY)


@pytest.mark.parametrize(
    ("name", "answer", "means"),
    [
        ("away_min", "", 0), ("away_min", " ", 0), ("away_min", "0", 0), ("away_min", "5", 5), ("away_min", "1h", 60),
        ("snooze_min", "1", 1), ("snooze_min", "10m", 10), ("snooze_min", "1h", 60),
        ("onset", "", None), ("onset", "3 weeks", date(2026, 11, 2)), ("onset", "2026-10-01", date(2026, 10, 1)),
        ("quiet", "", None), ("quiet", "22:00-07:00", Between("22:00", "07:00")),
        ("work", "9:00-17:30", Between("09:00", "17:30")), ("daily_at", "7:05", "07:05"),
        ("work_days", "mon-fri", WEEKDAYS[:5]), ("work_days", "daily", WEEKDAYS),
        ("sound", "yes", True), ("voice", "no", False), ("hold_busy", "yes", True), ("side", "both", "both"),
        ("baseline", None, None), ("baseline", "3", 3), ("ice_conditions", (), None),
    ],
)  # fmt: skip
def test_each_answer_means_what_it_says(name: str, answer: Any, means: Any) -> None:
    """An empty field is an answer too: no quiet hours, never away, since when is not known."""
    assert form(baseline=3).read(name, answer) == {name: means}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("away_min", "4"), ("away_min", "soon"), ("snooze_min", "0"), ("snooze_min", ""), ("snooze_min", "61"),
        ("away_min", "61"), ("work", ""), ("daily_at", "25:00"), ("onset", "2027-01-01"), ("baseline", "4"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_not_kept(name: str, answer: str) -> None:
    """It is said under its question instead; a higher baseline needs a visit."""
    with pytest.raises(ValueError, match=r".*"):
        form(baseline=3).read(name, answer)


def test_an_answer_that_stands_for_several_days_needs_one_of_them() -> None:
    """Days of one's own, set by a command, are not overwritten by a question that shows none of its answers chosen."""
    assert form().read("work_days", None) == {}
    assert form(work_days=WEEKDAYS[1:4]).read("work_days", None) == {}


def test_every_condition_of_ice_is_answered_at_once() -> None:
    """One chosen is a yes and all others a no; none of them is an answer, too, and not the same as none given."""
    chosen = form().read("ice_conditions", (CONDITIONS[1],))["ice_conditions"]
    assert chosen == {condition: "yes" if condition == CONDITIONS[1] else "no" for condition in CONDITIONS}
    none = form().read("ice_conditions", (NONE,))["ice_conditions"]
    assert none == dict.fromkeys(CONDITIONS, "no")
    for asked, marked in ((None, ()), (none, (NONE,)), (chosen, (CONDITIONS[1],))):
        assert form(ice_conditions=asked).ice_conditions().values == marked
