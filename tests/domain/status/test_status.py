"""The status beside pauses: the list of signs, absences, clearances, clocks that disagree, lost answers."""

from typing import Any

import pytest
from msgspec.structs import replace

from coach.actions.triage.check_in import CheckInBasis, NewAnswers
from coach.domain.profile import Profile
from coach.domain.status.history import Background, History, Ice
from coach.domain.status.status import current_status
from coach.domain.triage.answers import Context, Course, Tri, Week
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from tests.domain.status.stories import Story, book, moment


def test_a_fresh_machine_is_gentle_and_begins_no_session() -> None:
    """Nobody stretches before the emergency and same-day list was shown and answered once."""
    status = Story().status(0)
    assert (status.activity, status.advice, status.headline) == ("gentle", "none", "gentle")
    assert "not-asked" in status.reasons
    assert not status.may_start
    assert status.ask_why == "never"


def test_numbers_alone_do_not_answer_the_list() -> None:
    """A check-in without signs stays gentle, with advice none, and still begins no session."""
    told = Story().note(0, asked=()).history.check_ins[0]
    assert Story().add(told).status(0).may_start, "every sign has an answer, whatever the record says was asked"
    bare = replace(told, answers=replace(told.answers, signs={}))
    status = Story().add(bare).status(0)
    assert (status.activity, status.advice, status.may_start) == ("gentle", "none", False)


def test_half_a_list_is_not_the_list() -> None:
    """One sign left out keeps the door shut."""
    story = Story().screening(0)
    half = replace(story.history.screenings[0], signs={"chest-or-breath": "no"})
    assert not Story().add(half).status(0).may_start
    assert story.status(0).may_start


def test_a_yes_counts_although_the_list_was_not_finished() -> None:
    """What was answered is never put off."""
    story = Story().screening(0)
    status = Story().add(replace(story.history.screenings[0], signs={"chest-or-breath": "yes"})).status(0)
    assert status.advice == "emergency"


@pytest.mark.parametrize(("day", "why"), [(6.9, ""), (7, "weekly")])
def test_the_list_is_asked_once_a_week(day: float, why: str) -> None:
    """Six days leave it, seven ask it; sessions and short check-ins in between do not put it off."""
    story = Story().note(0)
    for one in range(1, 7):
        story.note(one, asked=())
    assert story.status(day, 0).ask_why == why


def test_the_list_is_asked_when_pain_rises_by_two() -> None:
    """One more point does not, two do; being asked settles it."""
    assert Story().note(0, walking=1).note(1, walking=2, asked=()).status(1).ask_why == ""
    story = Story().note(0, walking=1).note(1, walking=3, asked=())
    assert story.status(1).ask_why == "rise"
    assert story.screening(1, 3).status(1, 4).ask_why == ""


def test_after_a_week_away_it_begins_gently_until_a_good_session() -> None:
    """One kind sentence, a gentler start, and then as before."""
    story = Story().note(0)
    assert "away-7" not in story.status(6.9, 0).reasons
    status = story.status(7, 0)
    assert status.activity == "gentle"
    assert {"away-7"} <= set(status.reasons)
    assert "welcome-back" in status.advise
    assert status.may_start
    assert story.note(8).status(8).activity == "gentle"
    assert story.session(8, 3).status(8, 4).activity == "go"


@pytest.mark.parametrize(
    ("story", "done"),
    [
        (Story().session(0, 1).note(0, 2).note(8), "before the absence"),
        (Story().note(0).note(8).session(8, 3, comfort="uncomfortable"), "since, but uncomfortable"),
        (Story().note(0).note(8).session(9, 3), "after now"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_a_comfortable_session_since_the_return_ends_the_gentle_start(story: Story, done: str) -> None:
    """Whatever was done before, in discomfort, or by a clock that is ahead leaves it gentle, and welcomes."""
    status = story.status(8, 4)
    assert status.activity == "gentle"
    assert "away-7" in status.reasons
    assert "welcome-back" in status.advise


def test_after_four_weeks_away_the_list_comes_first() -> None:
    """No session before it was answered anew; a check-in that did not ask it is not enough."""
    story = Story().note(0)
    assert story.status(27.9, 0).may_start
    status = story.status(28, 0)
    assert (status.may_start, status.ask_why) == (False, "away-28")
    assert not story.note(28, asked=()).status(28).may_start
    assert story.screening(28, 3).status(28, 4).may_start


def test_a_long_absence_is_not_forgotten_behind_a_shorter_one() -> None:
    """Back for a moment after a month, away for a week again: the list is still owed."""
    story = Story().note(0).note(30, asked=()).note(38, asked=())
    assert not story.status(38).may_start


def test_a_missed_check_in_is_no_absence() -> None:
    """Sessions without check-ins are presence too."""
    story = Story().note(0)
    for day in range(1, 12, 3):
        story.session(day)
    assert story.status(11).activity == "go"


def test_a_clearance_cancels_its_sign_for_ninety_days() -> None:
    """The same unchanged sign gives soon no more, then does again."""
    story = Story().note(0, signs={"gives-way": "yes"}).seen(0, 3, cleared=("gives-way",))
    assert story.status(0, 4).advice == "none"
    for day in range(5, 95, 5):
        story.note(day, signs={"gives-way": "yes"}).session(day)
    assert "gives-way" not in story.status(90, 2).reasons
    assert "gives-way" in story.status(90, 4).reasons


@pytest.mark.parametrize("then", ["went and came", "rose"])
def test_a_changed_sign_is_not_cleared(then: str) -> None:
    """A clearance is for the sign as it was."""
    first: Tri = "yes" if then == "went and came" else "unsure"
    story = Story().note(0, signs={"gives-way": first}).seen(0, 3, cleared=("gives-way",))
    if then == "went and came":
        story.note(1)
    assert story.note(2, signs={"gives-way": "yes"}).status(2).advice == "soon"


def test_a_clearance_cancels_no_other_sign() -> None:
    """Nor one that was not noted when it was given."""
    story = (
        Story().note(0, signs={"gives-way": "yes", "weak-leg": "yes"}).seen(0, 3, cleared=("gives-way", "night-waking"))
    )
    assert story.status(0, 4).advice == "soon"
    assert story.note(1, signs={"night-waking": "yes"}).status(1).advice == "soon"


@pytest.mark.parametrize("sign", ["locked-knee", "chest-or-breath"])
def test_a_clearance_never_cancels_what_is_for_today(sign: str) -> None:
    """The next yes gives the same advice as the first."""
    story = Story().note(0, signs={sign: "yes"}).seen(1, cleared=(sign,)).note(2, signs={sign: "yes"})
    assert ADVICES.index(story.status(2).advice) >= ADVICES.index("today")


def test_a_clearance_leaves_a_pair_alone() -> None:
    """Two signs that together are for today stay so, though one of them is cleared."""
    story = Story().note(0, signs={"night-waking": "yes"}).seen(1, cleared=("night-waking",))
    story.note(2, signs={"night-waking": "yes", "weight-loss-or-cancer": "yes"})
    assert story.status(2).advice == "today"


@pytest.mark.parametrize(("week", "advice"), [("same", "none"), ("worse", "soon")])
def test_having_been_seen_answers_the_day_counts_unless_the_week_was_worse(week: Week, advice: str) -> None:
    """Three weeks of symptoms are no news to who was seen for them."""
    story = Story().note(0)
    for day in range(1, 29):
        story.note(day)
    assert "days-21" in story.status(28).reasons
    story.seen(28, 3)
    assert story.status(28, 4).advice == "none"
    course = replace(story.history.check_ins[-1].answers.course, week=week)
    story.note(29, course=course)
    assert story.status(29).advice == advice


def test_the_onset_counts_anew_after_two_weeks_at_zero() -> None:
    """Eased for fourteen days, then a twinge: day one again."""
    story = Story()
    for day in range(30):
        story.note(day, walking=2)
    assert story.status(29).advice == "soon"
    for day in range(30, 45):
        story.note(day, walking=0)
    status = story.status(44)
    assert status.advice == "none"
    assert status.settled == moment(30).date()
    assert story.note(46, walking=1).status(46).advice == "none"


def test_thirteen_days_at_zero_do_not_count_anew() -> None:
    """Nor do fourteen with a hole of more than a week."""
    story = Story()
    for day in range(30):
        story.note(day, walking=2)
    for day in (*range(30, 34), *range(42, 45)):
        story.note(day, walking=0)
    assert "days-21" in story.status(44).reasons


def test_lost_conditions_stay_gentle_and_keep_what_the_records_know() -> None:
    """A blood thinner lost with a damaged file still makes a bulge a matter for today."""
    story = Story().with_profile(contexts=("blood-thinner",)).note(0, signs={"bulge-or-pressure": "yes"})
    lost = story.with_profile(contexts=(), contexts_known=False).status(0)
    assert lost.advice == "today"
    assert lost.ask_why in ("lost", "weekly", "seen") or lost.ask_signs
    calm = Story().note(0).with_profile(contexts_known=False).status(0)
    assert calm.activity == "gentle"
    assert calm.ask_why == "lost"


@pytest.mark.parametrize(("hours", "is_lost"), [(-1, False), (0, False), (1, True)], ids=["before", "at once", "after"])
def test_records_lost_after_the_list_was_answered_ask_it_again(hours: float, is_lost: bool) -> None:
    """What was lost may have held a sign: gentle, and no session before the list was asked whole."""
    story = Story().note(0)
    history = replace(story.history, lost_at=moment(0, hours))
    status = current_status(history, story.profile, book(), moment(1))
    assert ("records-lost" in status.reasons, status.may_start) == (is_lost, not is_lost)
    assert (status.ask_why, status.activity) == (("lost", "gentle") if is_lost else ("", "go"))
    answered = replace(story.note(1).history, lost_at=moment(0, hours))
    later = current_status(answered, story.profile, book(), moment(1, 1))
    assert (later.may_start, later.activity, later.ask_why) == (True, "go", "")


def test_a_reason_to_go_gently_stands_before_one_to_keep_an_eye_on() -> None:
    """Whichever was found first: what changes today is read first."""
    reasons = Story().note(0).hurt(0).note(1, signs={"calf-ache": "yes"}).status(1).reasons
    assert reasons.index("hurt-yesterday") < reasons.index("calf-ache")


def test_a_condition_that_only_the_check_in_told_counts_until_the_next_one() -> None:
    """The plan is never milder than the decision that was printed, though the settings know nothing of it."""
    story = Story().note(0, context=("diabetes",))
    assert (story.status(0).activity, story.plan(0).activity) == ("gentle", "gentle")
    assert story.note(1).status(1).activity == "go"


def test_a_sign_that_only_a_newer_version_asks_stops_nothing() -> None:
    """A record from another machine may name a sign that this one's book does not have; the others count."""
    told = Story().note(0, signs={"locked-knee": "yes", "asked-in-years-to-come": "yes"}, asked=())
    assert told.status(0).advice == "today"
    basis = CheckInBasis(told.status(0), told.profile, book(), told.history, moment(0))
    answers = basis.complete(NewAnswers())
    assert basis.would_change(answers, basis.decide_upon(answers)).milder is None


def test_the_clock_set_back_does_not_shorten_a_pause() -> None:
    """A pause whose check-in now lies in the future lasts, to its own end."""
    story = Story().note(10, walking=7)
    for back in (9.9, 9, 5, 0):
        status = story.status(back, 0)
        assert status.activity == "pause", back
        assert status.pause is not None
        assert status.pause.until is None or status.pause.until >= moment(12)


def test_a_calm_note_of_the_future_does_not_lift_a_pause() -> None:
    """Nor does a visit dated later than now; both count once their time has come."""
    story = Story().note(0, signs={"locked-knee": "yes"}).note(20).note(21).seen(21)
    assert story.status(5).activity == "pause"
    assert "future-records" in story.status(5).advise
    assert "future-records" not in story.status(21).advise
    assert story.status(21).activity == "gentle"


def test_a_yes_of_the_future_bars_now() -> None:
    """What another machine with a fast clock noted is not waited for."""
    assert Story().note(0).note(3, signs={"chest-or-breath": "yes"}).status(1).advice == "emergency"


@pytest.mark.parametrize("answer", ["unsure", "yes"])
def test_a_sign_of_the_future_is_named(answer: Tri) -> None:
    """Whoever is to be seen for it learns for what: among the reasons, by the pause, and where ice is refused."""
    status = Story().note(0).note(3, signs={"chest-or-breath": answer}).status(1)
    assert status.pause is not None
    assert status.pause.reason == "chest-or-breath"
    assert {"chest-or-breath", "from-the-future"} <= set(status.reasons)
    assert [sign.id for sign in status.urgent_signs] == ["chest-or-breath"]


def test_a_sign_of_the_future_is_named_until_a_check_in_of_its_day_answers_it() -> None:
    """A clock that is right again, and a calm note after the date, take the name away with the advice."""
    story = Story().note(0).note(3, signs={"locked-knee": "unsure"})
    history = replace(story.history, dated_ahead=frozenset((story.history.check_ins[-1].id,)))
    waiting = current_status(history, story.profile, book(), moment(4))
    assert (waiting.advice, [sign.id for sign in waiting.urgent_signs]) == ("soon", ["locked-knee"])
    answered = replace(story.note(5).history, dated_ahead=history.dated_ahead)
    later = current_status(answered, story.profile, book(), moment(6))
    assert (later.advice, later.urgent_signs) == ("none", ())


@pytest.mark.parametrize(
    ("today", "ahead", "named"),
    [
        ({"walking": 4}, {"walking": 1}, set()),
        ({"walking": 4}, {"sharp": None}, set()),
        ({"walking": 1}, {"walking": 4, "sharp": None}, {"pain-middle", "sharp-unknown"}),
        ({"walking": 1}, {"walking": 7, "sharp": None}, {"pain-high"}),
        ({"walking": 4}, {"walking": 1, "signs": {"calf-ache": "yes"}}, {"calf-ache"}),
        ({"walking": 4}, {"walking": 1, "signs": {"gives-way": "unsure"}}, {"gives-way"}),
    ],
    ids=["milder", "as gentle", "gentle beside go", "pause", "sign to watch", "unsure"],
)
def test_of_a_note_of_the_future_only_what_makes_today_stricter_is_a_reason(
    today: dict[str, Any], ahead: dict[str, Any], named: set[str]
) -> None:
    """No mild number of another day is told as a reason of this one; every sign is, and that such a note counts."""
    alone = set(Story().note(0, **today).status(0, 1).reasons)
    status = Story().note(0, **today).note(3, **ahead).status(0, 1)
    rules = {rule.id for rule in book().rules if not rule.on_advice}
    assert (set(status.reasons) - alone) & {*rules, *book().signs} == named
    assert "from-the-future" in status.reasons


def test_a_slip_dated_in_the_future_can_be_corrected_now() -> None:
    """A wrong clock must not lock a person out for good."""
    story = Story().note(400, id="slip", walking=7).note(0, corrects="slip")
    assert story.status(0).activity == "go"


def test_a_condition_told_after_the_last_check_in_counts_at_once() -> None:
    """Someone operated on yesterday is not led by answers of the day before."""
    story = Story().note(0)
    assert story.status(1).activity == "go"
    status = story.with_profile(contexts=("recent-surgery",)).status(1)
    assert status.activity == "pause"
    assert "recent-surgery" in status.reasons


def test_records_in_any_order_give_the_same_answer() -> None:
    """Two machines' exports merge to one story."""
    story = Story().note(0, walking=7).note(3).note(4).session(4, 3).hurt(5).seen(6)
    backwards = Story()
    backwards.records = story.records[::-1]
    assert backwards.status(7) == story.status(7)


def test_another_machine_that_did_not_ask_cannot_take_a_yes_back() -> None:
    """A check-in that only carried an older no does not answer a yes given since."""
    story = Story().note(0).note(1, signs={"gives-way": "yes"}).note(2, asked=("worse-each-walk",))
    assert story.status(2).signs["gives-way"] == "yes"


def test_a_record_that_does_not_say_what_it_asked_never_softens() -> None:
    """Of two answers the worse one counts, whichever is newer."""
    for first, second in (("yes", "no"), ("no", "yes")):
        story = Story().note(0, signs={"gives-way": first}).note(1, signs={"gives-way": second}, asked=())
        assert story.status(1).signs["gives-way"] == "yes"


def test_the_status_is_never_softer_than_the_decision() -> None:
    """The records can only add care to the answers."""
    for walking in range(11):
        status = Story().note(0, walking=walking).status(0)
        assert ACTIVITIES.index(status.activity) >= ACTIVITIES.index(status.decision.activity)
        assert ADVICES.index(status.advice) >= ADVICES.index(status.decision.advice)


def test_every_reason_is_a_rule_or_a_sentence() -> None:
    """No name of a reason is left without words."""
    from coach.words import Words

    rules = {rule.id for rule in (*book().rules, *book().following)}
    story = Story().note(0, walking=7).note(3).note(4).hurt(4, 3)
    for day in (0, 4, 5, 12, 40):
        for reason in story.status(day).reasons:
            assert reason in rules or Words("ja").has(f"pause.reason.{reason}"), reason


def test_a_worse_week_that_was_told_counts_until_the_next_check_in() -> None:
    """What an answers document says of the week is not forgotten by tomorrow."""
    story = Story().note(0, course=Course(week="worse"))
    assert "week-worse" in story.status(1).reasons
    assert "week-worse" not in story.note(2).status(2).reasons


def test_a_check_in_that_raises_a_cleared_sign_is_decided_with_it_at_once() -> None:
    """The clearance of an unsure is no answer to a yes that is being given."""
    status = Story().note(0, signs={"gives-way": "unsure"}).seen(0, 3, cleared=("gives-way",)).status(1)
    answers = Story().note(1, signs={"gives-way": "yes"}).history.check_ins[0].answers
    assert "gives-way" in status.pause_state.cleared.rules
    assert "gives-way" not in status.pause_state.cleared.of(answers, book())


def test_a_pause_by_pain_that_an_operation_goes_on_with_is_one_pause() -> None:
    """Its first day stays, and it has no end of its own any more."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0, walking=7).note(3).note(4).note(5)
    (episode,) = story.status(5).pause_state.episodes
    assert (episode.since, episode.until, episode.ended) == (moment(0), None, None)


def test_a_visit_answers_no_pair_on_counted_days() -> None:
    """A child who rests two days without getting better is for today, although somebody saw the knee a month ago."""
    story = Story().note(0).seen(1)
    for day in (30, 31, 32):
        story.note(day, walking=2, signs={"under-16": "yes"})
    assert story.status(32).advice == "today"


def test_silence_after_it_settled_raises_no_count() -> None:
    """Two weeks at 0 count anew, and stay so, however long nothing is noted after them."""
    story = Story().with_profile(onset=moment(-30).date()).note(0, walking=2)
    for day in range(1, 16):
        story.note(day, walking=0)
    for day in (15, 22, 23, 26, 60):
        status = story.status(day)
        assert (status.advice, status.answers.course.symptom_days) == ("none", 0), day


def test_only_days_told_of_count_as_days_at_zero() -> None:
    """Zeros of two days a week apart are no two weeks at 0: what hurt on the next day may have hurt all along."""
    story = Story().with_profile(onset=moment(-30).date()).note(0, walking=2)
    story.note(1, walking=0).note(8, walking=0).note(15, walking=2)
    assert "days-21" in story.status(15).reasons


@pytest.mark.parametrize("name", ["walking", "rest", "during", "morning"])
def test_a_week_is_worse_by_whatever_number_rose(name: str) -> None:
    """The worst of a day is the highest number that was told, not the one when walking alone."""
    story = Story(Profile(side="right", baseline=5))
    for day in (0, 1, 2):
        story.note(day, walking=1)
    for day in (8, 9, 10):
        story.note(day, **{"walking": 1, name: 2})
    assert "week-worse" in story.status(10).reasons


def test_what_tells_nothing_of_the_knee_is_no_presence() -> None:
    """Ice, a habit or a change of settings in the middle of a week away leave it a week away."""
    story = Story().note(0).background(4)
    story.add(Ice(id="ice", at=moment(5), minutes=15)).seen(5)
    assert "away-7" in story.status(7).reasons
    early = Story().background(0).seen(0).note(10).status(10)
    assert "away-7" not in early.reasons, "nobody is away before the first check-in"


def test_conditions_of_an_older_copy_of_the_settings_are_made_good_by_the_records() -> None:
    """Settings that came back without the blood thinner know less than the note of it."""
    story = Story().with_profile(contexts=("blood-thinner",)).note(0, context=()).background(1)
    older = story.with_profile(contexts=())
    assert "context" in older.status(2).reasons
    assert older.background(3).note(3, 1).status(3).activity == "go", "who takes it out of the settings has that noted"


def test_a_note_of_the_settings_dated_ahead_takes_no_condition_away() -> None:
    """Neither before its date nor after it; what it adds counts at once."""
    story = Story().with_profile(contexts=("diabetes",)).note(0, context=()).background(1)
    ahead = replace(Story().background(9).history.backgrounds[0], id="ahead")
    for day in (2, 10):
        history = replace(History.of([*story.records, ahead]), dated_ahead=frozenset(("ahead",)))
        assert "diabetes" in current_status(history, Profile(), book(), moment(day)).answers.context
    adding = History.of([*Story().note(0).records, replace(ahead, contexts=("diabetes",))])
    assert "diabetes" in current_status(adding, Profile(), book(), moment(1)).answers.context


def test_the_facts_of_once_a_year_are_asked_again_after_a_year() -> None:
    """Three hundred and sixty-four days leave them, one more asks; a blanket no in between answered neither."""
    yearly: dict[str, Tri] = dict.fromkeys(sorted(book().yearly), "no")
    others = tuple(sign for sign in book().signs if sign not in yearly)
    story = Story().note(0, signs=yearly)
    for day in range(20, 365, 20):
        story.note(day, asked=others)
    assert story.status(364).ask_yearly == ()
    assert set(story.status(365).ask_yearly) == book().yearly
    assert set(Story().note(0, asked=others, signs={}).status(0).ask_yearly) == book().yearly


def test_four_weeks_of_sessions_without_an_answer_ask_the_list_again() -> None:
    """Whoever stretches every day and never checks in is no stranger, but nobody has heard of the signs."""
    story = Story().note(0)
    for day in range(1, 29):
        story.session(day)
    assert story.status(27).may_start
    status = story.status(28, 3)
    assert (status.may_start, status.ask_why) == (False, "away-28")
    assert "away-7" not in status.reasons
    assert story.screening(28, 4).status(28, 5).may_start


@pytest.mark.parametrize("context", ["diabetes", "osteoporosis", "weak-immune"])
def test_a_cleared_condition_asks_for_no_gentleness_for_ninety_days_and_counts_in_pairs(context: Context) -> None:
    """The day as usual for ninety days, gentle again after them, and a hot knee is a matter for today all along."""
    story = Story().with_profile(contexts=(context,)).note(0)
    assert story.status(0).activity == "gentle"
    story.seen(0, 3, cleared=(context,))
    for day in range(5, 91, 5):
        story.note(day).session(day)
    assert [story.status(day, 2).activity for day in (0.1, 50, 89)] == ["go", "go", "go"]
    assert story.status(90, 3).activity == "gentle"
    if context != "osteoporosis":
        assert story.note(50, 5, hot="yes").status(50, 6).advice == "today"


def test_a_cleared_operation_stays_cleared_beyond_ninety_days() -> None:
    """Gentle to the end of its twelve weeks, then none any more; a calf ache is for the same day only until then."""
    story = Story().with_profile(contexts=("recent-surgery",)).note(0, walking=0).seen(1, cleared=("recent-surgery",))
    for day in range(5, 120, 5):
        story.note(day, walking=0).session(day)
    assert [story.status(day, 2).activity for day in (1, 50, 83, 84, 91, 100)] == ["gentle"] * 3 + ["go"] * 3
    assert story.note(83, 3, signs={"calf-ache": "yes"}).status(83, 4).advice == "today"
    late = Story().with_profile(contexts=("recent-surgery",)).note(0, walking=0).seen(1, cleared=("recent-surgery",))
    assert late.note(100, walking=0, signs={"calf-ache": "yes"}).status(100).advice == "watch"


def test_an_operation_taken_out_and_put_in_again_is_a_new_one() -> None:
    """A slip of the settings costs another clearance; an operation that nobody cleared must never pass for one."""
    story = Story().with_profile(contexts=("recent-surgery",)).background(0).note(0, 1)
    assert story.seen(1, cleared=("recent-surgery",)).status(2).activity == "gentle"
    story.with_profile(contexts=()).background(3).with_profile(contexts=("recent-surgery",)).background(3, 1)
    assert story.status(3).activity == "pause"


def test_three_days_of_some_pain_without_a_session_say_so() -> None:
    """Symptoms although rested: three days told in a row are enough, whatever the number; a session begins anew."""
    story = Story().note(0, walking=1).note(1, walking=1)
    assert "rested-3-days" not in story.status(1).reasons
    story.note(2, walking=1)
    assert ("rested-3-days" in story.status(2).reasons, story.status(2).advice) == (True, "soon")
    assert "rested-3-days" not in story.session(2, 3).status(2, 4).reasons


@pytest.mark.parametrize(("cleared", "activity"), [((), "pause"), (("recent-surgery",), "go")])
def test_an_operation_that_was_cleared_before_these_records_begin_stays_so(
    cleared: tuple[str, ...], activity: str
) -> None:
    """What was told first and cleared in records that are not read any more stands in the settings' own record."""
    told = Background(
        id="b", at=moment(0), contexts=("recent-surgery",), since={"recent-surgery": moment(-90)}, cleared=cleared
    )
    story = Story().with_profile(contexts=("recent-surgery",)).add(told).note(0, 1)
    assert story.status(0, 2).activity == activity
