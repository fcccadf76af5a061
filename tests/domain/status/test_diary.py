"""Entries that were changed, taken out or told of another day: what is shown, and what decides."""

import pytest

from coach.domain.status.diary import entries, shown
from coach.domain.triage.answers import Answers, KneePain, Knees
from tests.domain.status.stories import Story, moment


def walking(story: Story) -> list[tuple[int, int | None]]:
    """Return the day of the story and the walking pain of each check-in that is shown."""
    check_ins = shown(story.history).check_ins
    return [((check_in.at - moment(0)).days, check_in.answers.pain.walking) for check_in in check_ins]


def test_an_edit_is_shown_however_late() -> None:
    """The diary shows the number as it was changed, and a note, and leaves the rest as it was."""
    story = Story().note(0, id="a", walking=2, rest=1, note="stairs").note(20)
    story.edit("a", 20, walking=7)
    (first, _) = shown(story.history).check_ins
    assert (first.id, first.answers.pain.walking, first.answers.pain.rest, first.note) == ("a", 7, 1, "stairs")
    story.edit("a", 21, note="").edit("a", 22, none=("rest",))
    (first, _) = shown(story.history).check_ins
    assert (first.answers.pain.walking, first.answers.pain.rest, first.note) == (7, None, None)


def test_the_last_of_two_edits_is_shown_field_by_field() -> None:
    """Two machines changed different numbers: both are shown."""
    story = Story().note(0, id="a", walking=2, rest=1)
    story.edit("a", 5, walking=4).edit("a", 4, rest=3).edit("a", 3, walking=6)
    pain = shown(story.history).check_ins[0].answers.pain
    assert (pain.walking, pain.rest) == (4, 3)


def test_the_number_of_each_knee_stays_until_the_number_is_told_anew_or_taken_back() -> None:
    """One number alone is of neither knee; a number taken back was of none."""
    knees = Knees(KneePain(4), KneePain(1))
    story = Story().note(0, id="a", walking=4, rest=1, knees=knees)

    def answers() -> Answers:
        return shown(story.history).check_ins[0].answers

    story.edit("a", 1, rest=2)
    assert (answers().knees, answers().side, answers().pain.walking) == (knees, "both", 4)
    story.edit("a", 2, knees=Knees(right=KneePain(3)))
    assert answers().knees == Knees(KneePain(4), KneePain(3))
    story.edit("a", 3, none=("walking",))
    assert (answers().knees, answers().pain.walking) == (Knees(), None)
    story.undo("r003", 4)
    story.edit("a", 5, walking=6)
    assert (answers().knees, answers().pain.walking) == (Knees(), 6)


def test_within_a_day_an_edit_may_make_today_milder() -> None:
    """A slip of seven for one is mended like any slip."""
    story = Story().note(0, id="a", walking=7)
    assert story.status(0, 5).activity == "pause"
    assert story.edit("a", 0, 4, walking=1).status(0, 5).activity == "go"


def test_within_a_day_a_deletion_may_make_today_milder() -> None:
    """What was noted by mistake, and taken out at once, pauses nothing; nor does *it hurts*."""
    story = Story().note(0, id="quiet", walking=1).note(0, 1, id="slip", signs={"locked-knee": "yes"}).hurt(0, 2)
    assert story.status(0, 5).activity == "pause"
    story.delete("slip", 0, 3).delete("r002", 0, 3)
    assert story.status(0, 5).activity == "go"
    assert walking(story) == [(0, 1)]


@pytest.mark.parametrize("how", ["edit", "delete"])
def test_later_a_pause_stays_until_its_own_way_out(how: str) -> None:
    """After more than 24 hours a sign that was told waits for a visit, whatever the diary shows."""
    story = Story().note(0, id="a", signs={"locked-knee": "yes"})
    change = {
        "edit": lambda: story.edit("a", 1, 1, signs={"locked-knee": "no"}),
        "delete": lambda: story.delete("a", 1, 1),
    }
    change[how]()
    status = story.status(1, 2)
    assert (status.activity, status.advice) == ("pause", "today")
    assert status.pause
    assert "seen" in status.pause.back_when
    assert story.seen(2).note(2, 2).note(3, 3).note(4, 4).status(4, 5).activity != "pause"


def test_an_old_entry_changed_for_the_worse_pauses_now() -> None:
    """A sign that was forgotten four days ago waits for a visit from now on; a visit since then has seen it."""
    story = Story().note(0, id="a").note(2)
    assert story.edit("a", 4, signs={"one-leg-swollen-warm": "yes"}).status(4).advice == "today"
    seen = Story().note(0, id="a").seen(1).note(2).edit("a", 4, signs={"one-leg-swollen-warm": "yes"})
    assert seen.status(4).advice == "none"


def test_a_visit_taken_out_later_clears_nothing_any_more() -> None:
    """A visit that never was must not have ended a pause; brought back, it has."""
    story = Story().note(0, signs={"locked-knee": "yes"}).seen(1).note(1, 2).note(3).note(4, 1)
    assert story.status(4).activity != "pause"
    story.delete("r001", 4, 1)
    assert (story.status(4).activity, story.status(4).advice) == ("pause", "today")
    assert story.undo("r005", 4, 1.5).status(4).activity != "pause"


def test_a_harmless_late_edit_takes_no_calm_check_in_away() -> None:
    """A word added to the note of a calm day leaves the way back where it was."""
    story = Story().note(0, walking=7).note(2, 1, id="calm", walking=1).note(3, 2, walking=1)
    before = story.status(5)
    assert story.edit("calm", 5, 1, note="a long walk").status(5) == before


def test_a_calm_check_in_taken_out_later_is_calm_no_more() -> None:
    """One of the two calm check-ins was of somebody else: the pause goes on."""
    story = Story().note(0, walking=7).note(2, 1, id="calm", walking=1).note(3, 2, walking=1)
    assert story.status(4).activity == "gentle"
    assert story.delete("calm", 4).status(4).activity == "pause"


def test_another_day_is_shown_on_its_day() -> None:
    """Told today of three days ago: the chart has it there."""
    story = Story().note(3, id="today", walking=2).note(3, 1, id="then", walking=6, of_day=0)
    assert walking(story) == [(0, 6), (3, 2)]
    assert walking(story.edit("then", 4, of_day=1)) == [(1, 6), (3, 2)]


def test_another_day_can_make_today_stricter() -> None:
    """An emergency sign of yesterday is one of today, and a number of yesterday pauses; calm numbers do nothing."""
    sign = Story().note(1, walking=1).note(1, 1, of_day=0, signs={"chest-or-breath": "yes"}).status(1)
    assert (sign.activity, sign.advice) == ("pause", "emergency")
    number = Story().note(1, walking=1).note(1, 1, of_day=0, walking=8).status(1)
    assert number.activity == "pause"
    gentle = Story().note(1, walking=4).note(1, 1, of_day=0, walking=0)
    assert gentle.status(1).activity == "gentle"


def test_a_rest_of_nine_told_of_another_day_stays_until_a_lower_one_is_told() -> None:
    """A check-in without a number does not answer it; one from before that day does not either."""
    story = Story().note(0, rest=1).note(2, of_day=1, rest=9)
    assert story.note(3, rest=None).status(3).advice == "today"
    lower = Story().note(0, rest=1).note(2, of_day=1, rest=9).note(2.5, rest=1)
    assert lower.note(3, rest=None).status(3).advice == "soon"  # three days although rested


def test_another_day_is_no_calm_check_in_and_no_answer() -> None:
    """In a pause only what is told of today counts for the way back, and the list is asked for today."""
    story = Story().note(0, walking=7).note(3, walking=1)
    story.note(3, 1, of_day=1, walking=0).note(3, 1, of_day=2, walking=0)
    status = story.status(3)
    assert status.pause
    assert status.pause.calm == 1
    first = Story().note(0, of_day=-1).status(0)
    assert first.ask_why == "never"
    assert not first.may_start


def test_a_change_made_in_time_and_taken_back_later_counts_as_it_was_told_first() -> None:
    """A sign taken out within a day, and brought back on the third: it is there again, and waits for a visit."""
    story = Story().note(0, id="a", signs={"locked-knee": "yes"}).edit("a", 0, 1, id="e", signs={"locked-knee": "no"})
    assert story.status(3).activity == "go"
    assert story.undo("e", 3).status(3).advice == "today"
    milder = Story().note(0, id="a").edit("a", 0, 1, id="e", signs={"locked-knee": "yes"})
    assert milder.undo("e", 3).status(3).advice == "today"
    soon = Story().note(0, id="a").edit("a", 0, 1, id="e", signs={"locked-knee": "yes"})
    assert soon.undo("e", 0, 24).status(3).advice == "none"


def test_a_deleted_entry_keeps_what_it_said_for_those_who_have_it() -> None:
    """A page that was given away can be told what is not so any more: the entry, all its numbers, taken out."""
    story = Story().note(0, id="a", walking=3).edit("a", 2, walking=4).delete("a", 3)
    (entry,) = entries(story.history)
    assert entry.deleted
    assert [version.answers.pain.walking for version in entry.versions] == [3, 4]
    assert shown(story.history).check_ins == ()


def test_a_calm_check_in_changed_later_to_one_that_was_not_is_calm_no_more() -> None:
    """Five is no reason for a pause by itself, but none to count it towards the end of one."""
    story = Story().note(0, walking=7).note(2, 1, id="calm", walking=1).note(3, 2, walking=1)
    assert story.status(5).activity == "gentle"
    assert story.edit("calm", 5, walking=5).status(5).activity == "pause"


def test_a_sign_of_another_day_stays_until_it_is_asked_again() -> None:
    """A number alone, told after it, does not answer it; the list does."""
    story = Story().note(0).note(2, 1, of_day=1, signs={"gives-way": "yes"})
    assert story.note(2, 2, asked=()).status(2, 3).advice == "soon"
    assert story.note(2, 4).status(2, 5).advice == "none"
