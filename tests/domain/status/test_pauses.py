"""A pause, and the way back: each line of the safety page as a story."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from coach.domain.status.status import current_status
from coach.domain.triage.answers import Tri
from tests.domain.status.stories import Story, book, moment


def test_a_pause_lasts_a_day_at_least_and_shows_its_reason_and_end() -> None:
    """Sharp pain again and again pauses for 24 hours at least."""
    pause = Story().note(0, sharp="repeats").status(0).pause
    assert pause is not None
    assert pause.reason == "sharp-repeats"
    assert pause.until == moment(1)


@pytest.mark.parametrize("name", ["rest", "walking", "during"])
def test_where_pain_reached_six_it_lasts_two_days(name: str) -> None:
    """The higher the pain, the longer the least time."""
    pause = Story().note(0, **{name: 6}).status(0).pause
    assert pause is not None
    assert pause.until == moment(2)


def test_a_milder_pause_on_top_does_not_shorten_the_longer_one() -> None:
    """A stab an hour after a seven asks for 24 hours of its own; the 48 stay."""
    pause = Story().note(0, walking=7).note(0, 1, sharp="repeats").status(0).pause
    assert pause is not None
    assert pause.until == moment(2)
    assert pause.since == moment(0)


def test_the_least_time_is_kept_whatever_calm_is_noted_meanwhile() -> None:
    """Two calm check-ins within 48 hours of a six do not shorten it; at its end they count."""
    story = Story().note(0, walking=6).note(0.2).note(1.3)
    assert story.status(1.4).activity == "pause"
    assert story.status(1.99, 0).activity == "pause"
    assert story.status(2, 0.1).activity == "gentle"


def test_time_alone_does_not_end_a_pause() -> None:
    """Three weeks of silence do not end it."""
    assert Story().note(0, walking=7).status(21).activity == "pause"


def test_one_calm_check_in_is_not_enough() -> None:
    """It counts, and is shown, but two are needed."""
    status = Story().note(0, walking=7).note(3).status(3)
    assert status.activity == "pause"
    assert status.pause is not None
    assert status.pause.calm == 1


def test_two_calm_check_ins_must_lie_a_day_apart() -> None:
    """Twenty-three hours are too few, twenty-four enough."""
    story = Story().note(0, walking=7).note(3)
    assert Story().note(0, walking=7).note(3).note(3, 23).status(5).activity == "pause"
    assert story.note(4).status(4).activity == "gentle"


@pytest.mark.parametrize(
    "said",
    [
        {"rest": 3},
        {"walking": 4},
        {"sharp": "one-movement"},
        {"hot": "unsure"},
        {"rest": None},
        {"walking": None},
        {"sharp": None},
        {"hot": None},
    ],
    ids=str,
)
def test_a_check_in_is_calm_only_where_all_is_known_and_low(said: dict[str, Any]) -> None:
    """Each limit by itself keeps the pause."""
    assert Story().note(0, walking=7).note(3).note(4, **said).status(4).activity == "pause"


def test_a_check_in_that_is_not_calm_begins_the_count_anew() -> None:
    """Calm, restless, calm: the two must follow each other."""
    story = Story().note(0, walking=7).note(3).note(4, walking=5).note(5)
    assert story.status(5).activity == "pause"
    assert story.note(6).status(6).activity == "gentle"


def test_the_usual_pain_in_walking_is_calm_enough() -> None:
    """A baseline of 5 makes walking 5 calm; 6 would pause anew."""
    story = Story()
    story.with_profile(baseline=5).note(0, walking=8).note(3, walking=5).note(4, walking=5)
    assert story.status(4).seated_only


def test_a_document_cannot_raise_the_baseline() -> None:
    """What an answers file calls usual does not widen the way back beyond the profile's."""
    story = Story().note(0, walking=7).note(3, walking=5, baseline=9).note(4, walking=5, baseline=9)
    assert story.status(4).activity == "pause"


def test_the_way_back_is_gentle_and_seated_until_two_comfortable_sessions() -> None:
    """Back from a pause: gentle and seated; after two good sessions, go."""
    story = Story().note(0, walking=7).note(3).note(4)
    assert (story.status(4).activity, story.status(4).seated_only) == ("gentle", True)
    story.session(4, 3)
    assert story.status(4, 4).seated_only
    story.session(5)
    assert (story.status(5).activity, story.status(5).seated_only) == ("go", False)


def test_the_way_back_begins_when_the_rest_is_over_also_where_nothing_was_noted_then() -> None:
    """Calm twice before the two days are over: the sessions after them count, without another check-in first."""
    story = Story().note(0, walking=7).note(0.8).note(1.9).session(2.5)
    assert story.status(2.5).seated_only
    assert not story.session(3).status(3).seated_only


@pytest.mark.parametrize("outcome", ["hurt", "uncomfortable", "it-hurts"])
def test_a_session_that_was_not_comfortable_begins_the_way_back_anew(outcome: str) -> None:
    """Good, bad, good: still on the way back."""
    story = Story().note(0, walking=7).note(3).note(4).session(4, 3)
    if outcome == "it-hurts":
        story.hurt(5)
    else:
        story.session(5, outcome="hurt" if outcome == "hurt" else "done", comfort="uncomfortable")
    assert story.session(7).status(7).seated_only
    assert not story.session(8).status(8).seated_only


def test_a_session_that_nobody_asked_about_does_not_count() -> None:
    """A break led by popups asks nothing, so it does not end the way back."""
    story = Story().note(0, walking=7).note(3).note(4)
    story.session(4, 3, comfort=None, by="popup").session(5, comfort=None, by="popup")
    assert story.status(5).seated_only


def test_a_new_pause_on_the_way_back_starts_over() -> None:
    """Nothing of the first way back carries over."""
    story = Story().note(0, walking=7).note(3).note(4).session(4, 3).note(5, hot="yes")
    assert story.status(5).activity == "pause"
    story.note(7).note(8)
    assert story.status(8).seated_only
    assert story.session(8, 3).status(8, 4).seated_only


SAME_DAY = ("locked-knee", "one-leg-swollen-warm", "gave-way-and-fell", "pulsing-lump")
EMERGENCY = ("chest-or-breath", "cold-pale-foot", "hot-joint-very-unwell")


@pytest.mark.parametrize("sign", [*SAME_DAY, *EMERGENCY])
def test_after_a_yes_only_having_been_seen_leads_back(sign: str) -> None:
    """A yes for the same day or an emergency pauses, however calm it grows, until it was seen."""
    story = Story().note(0, signs={sign: "yes"}).note(3).note(4).note(30).note(31)
    status = story.status(31)
    assert status.activity == "pause"
    assert status.advice == ("emergency" if sign in EMERGENCY else "today")
    assert status.pause is not None
    assert status.pause.until is None
    assert "seen" in status.pause.back_when
    assert story.seen(31, 1).status(31).activity == "gentle"


def test_a_later_sign_for_the_same_day_does_not_soften_an_emergency() -> None:
    """The stronger of two signs counts until it was seen."""
    story = Story().note(0, signs={"chest-or-breath": "yes"}).note(1, signs={"locked-knee": "yes"}).note(2)
    assert story.status(2).advice == "emergency"


def test_having_been_seen_alone_is_not_the_way_back() -> None:
    """The least time and the two calm check-ins are still needed."""
    story = Story().note(0, signs={"locked-knee": "yes"}).seen(0, 3)
    assert story.status(0, 4).activity == "pause"
    assert story.note(1, 1).note(2, 2).status(2, 3).seated_only


def test_sessions_done_against_the_bar_do_not_shorten_the_way_back() -> None:
    """What another machine let happen meanwhile counts for nothing."""
    story = Story().note(0, signs={"locked-knee": "yes"}).note(3).note(4).session(4, 3).session(5).seen(6)
    assert story.status(6).seated_only


def test_a_yes_after_having_been_seen_needs_to_be_seen_again() -> None:
    """New, or changed since: another visit is needed."""
    story = Story().note(0, signs={"locked-knee": "yes"}).seen(1).note(2, signs={"locked-knee": "yes"}).note(5).note(6)
    assert story.status(6).activity == "pause"


def test_an_answer_from_before_the_visit_does_not_bar_again() -> None:
    """An unasked check-in keeps the old yes and its pause, but the visit is not asked for twice."""
    story = Story().note(0, signs={"locked-knee": "yes"}).seen(1).note(2, signs={"locked-knee": "yes"}, asked=())
    status = story.status(2)
    assert status.activity == "pause"
    assert status.ask_why == "seen"
    assert story.note(4).note(5).status(5).seated_only


def test_pain_of_eight_at_rest_ends_like_any_pause_by_numbers() -> None:
    """It gives *today*, but no visit is needed for the way back: two calm check-ins are."""
    story = Story().note(0, rest=8).note(3)
    pause = story.status(3).pause
    assert pause is not None
    assert (pause.back_when, pause.calm) == (("two-calm",), 1), "its least time is over"
    assert story.note(4).status(4).seated_only


def test_the_advice_of_eight_at_rest_stays_until_a_lower_number_is_told() -> None:
    """A check-in that does not tell the pain at rest has not told that it is better."""
    story = Story().note(0, rest=8).note(3, rest=None)
    assert (story.status(3).advice, story.status(3).headline) == ("today", "today")
    assert story.screening(4).status(4).advice == "today"
    assert story.note(5, rest=5).status(5).advice != "today"


@pytest.mark.parametrize("by", ["check-in", "screening"])
def test_where_only_unsure_gave_it_answering_lifts_it(by: str) -> None:
    """Unsure of an emergency sign pauses and asks to be seen; a no lifts it at once."""
    story = Story().note(0, signs={"cold-pale-foot": "unsure"})
    status = story.status(0)
    assert (status.activity, status.advice, status.ask_why) == ("pause", "today", "unsure")
    if by == "check-in":
        story.note(0, 3)
    else:
        story.screening(0, 3)
    assert story.status(0, 4).activity == "go"


def test_unsure_that_becomes_yes_is_barred() -> None:
    """Answering can also make it firm."""
    story = Story().note(0, signs={"cold-pale-foot": "unsure"}).note(0, 3, signs={"cold-pale-foot": "yes"})
    assert story.note(3).note(4).status(4).advice == "emergency"


def test_an_unsure_answer_does_not_shorten_a_flare() -> None:
    """Both at once: the pain's pause stays when the sign is answered."""
    story = Story().note(0, walking=7, signs={"cold-pale-foot": "unsure"}).screening(0, 3)
    pause = story.status(0, 4).pause
    assert pause is not None
    assert pause.until == moment(2)


def test_a_screening_can_bar_as_well() -> None:
    """A yes on the first list stops everything before any check-in."""
    status = Story().screening(0, chest_or_breath="yes").status(0)
    assert (status.activity, status.advice) == ("pause", "emergency")


def test_a_slip_is_corrected_within_a_day_and_both_are_kept() -> None:
    """A yes by mistake is answered by a record that names it."""
    story = Story().note(0, id="slip", signs={"locked-knee": "yes"}).note(0, 23, corrects="slip")
    assert story.status(1).activity == "go"
    assert len(story.history.check_ins) == 2


def test_after_a_day_it_is_no_slip_any_more_and_that_is_said() -> None:
    """Both count, and the person is told."""
    story = Story().note(0, id="slip", signs={"locked-knee": "yes"}).note(1, 1, corrects="slip")
    status = story.status(1)
    assert status.activity == "pause"
    assert "late-correction" in status.advise


def test_a_correction_of_a_correction_stands_alone() -> None:
    """The last of a chain counts."""
    story = Story().note(0, id="a", walking=7).note(0, 1, id="b", walking=3, corrects="a").note(0, 2, corrects="b")
    assert story.status(0, 3).activity == "go"


def test_two_records_that_correct_each_other_do_not_both_vanish() -> None:
    """A ring of corrections, as a hand-edited file may hold, keeps the later one."""
    story = Story().note(0, id="a", walking=7, corrects="b").note(0, 1, id="b", walking=7, corrects="a")
    assert story.status(0).activity == "pause"


def test_a_correction_of_a_record_that_is_not_there_is_a_check_in() -> None:
    """An import may have left the other behind."""
    assert Story().note(0, walking=7, corrects="gone").status(0).activity == "pause"


def test_a_pause_names_its_rule_in_the_book() -> None:
    """The reason can always be said in words."""
    for sign in (*SAME_DAY, *EMERGENCY):
        pause = Story().note(0, signs={sign: "yes"}).status(0).pause
        assert pause is not None
        assert pause.reason in book().signs


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_the_signs_stay_as_last_answered(answer: Tri) -> None:
    """What was not asked today keeps its answer."""
    story = Story().note(0, signs={"gives-way": answer}).note(1, asked=())
    assert story.status(1).signs["gives-way"] == answer


def test_it_hurts_rests_today_and_makes_tomorrow_gentle() -> None:
    """Then it is over, and it was no pause."""
    story = Story().note(0).hurt(0)
    today, tomorrow, after = story.status(0), story.status(1), story.status(2)
    assert (today.activity, tomorrow.activity, after.activity) == ("pause", "gentle", "go")
    assert today.pause is not None
    assert today.pause.reason == "hurt"
    assert today.pause.until == moment(1).replace(hour=0)
    assert today.pause_state.episodes == ()


def test_a_session_that_ended_for_pain_does_the_same() -> None:
    """The session's own record is enough."""
    story = Story().note(0).session(0, outcome="hurt")
    assert [story.status(day).activity for day in (0, 1, 2)] == ["pause", "gentle", "go"]


def test_three_pauses_in_two_weeks_advise_consulting() -> None:
    """The count comes from records, and lifts the advice to soon."""
    story = Story()
    for day in (0, 4, 8):
        story.note(day, hot="yes").note(day + 1.5).note(day + 2.6)
    status = story.status(11)
    assert "three-pauses" in status.advise
    assert status.advice == "soon"
    assert "three-pauses" not in story.status(8 + 14, 1).reasons


def test_a_week_of_pause_advises_consulting() -> None:
    """A pause of seven days lifts the advice, by what is told on the seventh; silence does not."""
    story = Story().note(0, walking=7).note(3, walking=4)
    assert story.status(7).advice == "none"
    assert "paused-7-days" not in story.note(6, walking=4).status(6).reasons
    assert "paused-7-days" in story.note(7, walking=4).status(7).reasons


def test_surgery_pauses_until_it_is_cleared() -> None:
    """No check-in, however calm, opens a fresh operation; a clearance does, at once and for good."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0).note(2)
    status = story.status(2)
    assert status.pause is not None
    assert status.pause.back_when == ("cleared",)
    story.seen(2, 3, cleared=("recent-surgery",))
    assert story.status(2, 4).activity == "gentle"
    story.note(80).session(80)
    assert (story.status(80).activity, story.status(80).seated_only) == ("gentle", False)
    story.note(84, 1).session(84, 2)
    assert story.status(84, 3).activity == "go", "twelve weeks after it was told it is no recent operation any more"
    assert story.note(170).session(170).status(170).activity == "go"


@pytest.mark.parametrize("told_by", ["check-in", "settings"])
def test_a_clearance_counts_only_for_an_operation_that_is_there(told_by: str) -> None:
    """One from before the operation is none, and a second operation is a new one."""
    story = Story().note(0).seen(1, cleared=("recent-surgery",)).with_profile(contexts=("recent-surgery",))
    tell = story.note if told_by == "check-in" else story.background
    tell(5)
    assert story.status(5).activity == "pause"
    story.seen(6, cleared=("recent-surgery",))
    assert story.status(6).activity == "gentle"
    story.with_profile(contexts=())
    tell(20)
    story.with_profile(contexts=("recent-surgery",))
    tell(30)
    assert story.status(30).activity == "pause"
    assert "recent-surgery" in story.status(30).reasons


def test_a_pause_by_pain_hides_no_operation() -> None:
    """Every cause is named, the strictest first, and all that must end."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0, walking=7)
    status = story.status(0)
    assert {"pain-high", "recent-surgery"} <= set(status.reasons)
    assert status.pause is not None
    assert (status.pause.reason, status.pause.until) == ("pain-high", None)
    assert set(status.pause.back_when) == {"least-time", "two-calm", "cleared"}
    story.note(3).note(4)
    status = story.status(4)
    assert status.pause is not None
    assert status.pause.back_when == ("cleared",)
    story.seen(5, cleared=("recent-surgery",))
    assert (story.status(5).activity, story.status(5).seated_only) == ("gentle", True)


def test_a_pause_for_an_operation_that_the_settings_know_no_more_still_says_what_it_is() -> None:
    """Until the next check-in it lasts, by its own name: it is not called a pain that is over tomorrow."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0).with_profile(contexts=())
    pause = story.status(1).pause
    assert pause is not None
    assert (pause.reason, pause.until) == ("recent-surgery", None)
    assert story.note(2).status(2).activity == "go"


def test_an_operation_taken_out_of_the_settings_is_cleared_by_a_visit_too() -> None:
    """Its pause names a clearance, and that ends it: the last check-in still lists the operation."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0).with_profile(contexts=()).background(1)
    pause = story.status(2).pause
    assert pause is not None
    assert pause.back_when == ("cleared",)
    assert story.seen(2, cleared=("recent-surgery",)).status(3).activity == "gentle"
    assert story.with_profile(contexts=("recent-surgery",)).note(4).status(4).activity == "pause", "a new one"


def test_where_a_count_pauses_beside_the_number_both_are_named() -> None:
    """A child whose knee is calm twice after an eight has still hurt for days in a row: calm alone is not enough."""
    child: dict[str, Tri] = {"under-16": "yes"}
    story = Story().note(0, walking=6, signs=child).note(0.2, signs=child).note(1.3, signs=child)
    pause = story.status(1.4).pause
    assert pause is not None
    assert (pause.back_when, pause.until) == (("least-time", "calmer"), None)
    assert story.status(5).activity == "pause"


def test_a_clearance_of_surgery_leaves_its_pairs_alone() -> None:
    """A calf ache within twelve weeks of an operation is still for the same day."""
    story = Story().with_profile(contexts=("recent-surgery",)).seen(0, cleared=("recent-surgery",))
    assert story.note(1, signs={"calf-ache": "yes"}).status(1).advice == "today"


def test_the_least_time_runs_by_the_clock_of_the_record() -> None:
    """A journey changes the offset, not the hours."""
    story = Story().note(0, walking=7)
    pause = story.status(0).pause
    assert pause is not None
    assert pause.until is not None
    assert pause.until - moment(0) == timedelta(hours=48)


@pytest.mark.parametrize("told_by", ["check-in", "settings"])
def test_a_condition_told_after_the_visit_makes_an_old_answer_a_new_matter(told_by: str) -> None:
    """A calf ache was seen; then a clot is told: nobody has seen the two together."""
    story = Story().note(0, signs={"calf-ache": "yes"}).seen(1, cleared=("calf-ache",))
    assert story.status(1).advice == "watch"
    story.with_profile(contexts=("clot-risk",))
    if told_by == "check-in":
        story.note(3, signs={"calf-ache": "yes"}, asked=())
    else:
        story.background(3)
    for day in (3, 4, 5):
        status = story.note(day, 3).status(day, 4)
        assert status.pause is not None
        assert (status.advice, status.pause.back_when[0]) == ("today", "seen")
    assert story.seen(6).status(6).activity == "gentle"


def test_a_condition_told_by_the_settings_says_no_pain_anew() -> None:
    """The least time of a pause counts from when the pain was told, not from a change of settings."""
    story = Story().note(0, walking=7).with_profile(contexts=("diabetes",)).background(1)
    pause = story.status(1).pause
    assert pause is not None
    assert pause.until == moment(2)


def test_a_yes_dated_ahead_waits_for_a_visit_of_its_own_once_its_date_has_come() -> None:
    """A visit before it is none for it."""
    story = Story().note(0).seen(1).screening(3, locked_knee="yes").note(5)
    history = replace(story.history, dated_ahead=frozenset((story.history.screenings[0].id,)))
    status = current_status(history, story.profile, book(), moment(6))
    assert status.pause is not None
    assert (status.advice, status.pause.back_when[0]) == ("today", "seen")


def test_a_check_in_dated_ahead_forgets_no_clearance() -> None:
    """An operation that was cleared does not pause again because another machine's clock is fast."""
    story = Story().with_profile(contexts=("recent-surgery",)).background(0).seen(1, cleared=("recent-surgery",))
    assert story.note(2).note(9).status(3).activity == "gentle"


def test_a_cleared_operation_taken_out_of_the_settings_does_not_pause() -> None:
    """The last check-in lists it still, and the clearance with it; put in again it is a new one."""
    story = Story().with_profile(contexts=("recent-surgery",)).background(0).note(0, 1)
    story.seen(1, cleared=("recent-surgery",)).with_profile(contexts=()).background(2)
    assert story.status(2).activity == "gentle"
    assert story.with_profile(contexts=("recent-surgery",)).background(3).status(3).activity == "pause"


def test_a_milder_cause_on_top_does_not_hide_the_one_whose_time_runs() -> None:
    """After a seven, a stab: both are named until the 48 hours of the seven are over, then what paused last."""
    story = Story().note(0, walking=7).note(0, 1, walking=1, sharp="repeats", hot="yes").note(0, 2)
    assert {"pain-high", "sharp-repeats", "hot"} <= set(story.status(1.9, 0).reasons)
    later = set(story.status(2.5, 0).reasons)
    assert {"sharp-repeats", "hot"} <= later
    assert "pain-high" not in later


def test_a_correction_keeps_its_place_among_notes_of_the_same_second() -> None:
    """What it corrects came last, so that its numbers are those of now, whatever the correction is called."""
    story = Story().note(0, id="a", walking=1).note(0, id="b", walking=4)
    assert story.note(0, 1, id="0", walking=5, corrects="b").status(0).answers.pain.walking == 5


def test_a_visit_that_clears_no_operation_ends_no_pause_of_it() -> None:
    """Told by the settings since the last check-in, it pauses on, as one pause, whatever else the visit was for."""
    story = Story().note(0).with_profile(contexts=("recent-surgery",)).background(1).seen(2)
    (episode,) = story.status(3).pause_state.episodes
    assert (episode.since, episode.ended) == (moment(1), None)
