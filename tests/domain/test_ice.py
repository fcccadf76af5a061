"""Ice: fifteen minutes, twenty at most, two hours between, four a day, and not at all where it must not be."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from coach.domain.ice import IceState, ice_slots, ice_state, icings
from coach.domain.status.history import Ice, IceEnd
from coach.domain.triage.answers import Context, Tri
from tests.domain.status.stories import Story, book, content, moment

NONE: dict[str, Tri] = {one.id: "no" for one in content().icing.conditions}


def iced(*hours: float, minutes: int = 15) -> Story:
    """Return a story with icings that begin at these hours."""
    story = Story().with_profile(ice_conditions=NONE).note(0)
    for number, hour in enumerate(hours):
        story.add(Ice(id=f"ice{number}", at=moment(0, hour), minutes=minutes))
    return story


def state(story: Story, hour: float) -> IceState:
    """Return the state of icing at an hour."""
    return ice_state(story.history, story.profile, story.status(0, hour), moment(0, hour))


def test_it_is_refused_until_the_conditions_were_asked_once() -> None:
    """No time alone will change that."""
    told = state(Story().note(0), 1)
    assert (told.allowed, told.why, told.next_at) == (False, "not-asked", None)
    assert state(iced(), 1).allowed


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_a_condition_sends_to_a_professional_first(answer: Tri) -> None:
    """Yes and unsure alike, each of the list."""
    for condition in NONE:
        story = iced()
        story.with_profile(ice_conditions={**NONE, condition: answer})
        assert state(story, 1).why == "condition"


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_numb_today_means_no_ice(answer: Tri) -> None:
    """A no later on the same day allows it again."""
    story = iced().note(0, 1, signs={"numb-or-spreading": answer})
    assert state(story, 2).why == "numb"
    assert state(story.note(0, 3), 4).allowed


def test_two_hours_lie_between_the_end_and_the_next() -> None:
    """The refusal says when."""
    story = iced(0)
    told = state(story, 1)
    assert (told.why, told.next_at) == ("too-soon", moment(0, 2.25))
    assert not state(story, 2.24).allowed
    assert state(story, 2.25).allowed


def test_one_that_was_stopped_early_counts_from_its_stop() -> None:
    """The two hours begin when the ice came off."""
    story = iced(0).add(IceEnd(id="end", at=moment(0, 0.1), ice="ice0", outcome="stopped"))
    assert state(story, 1).next_at == moment(0, 2.1)


def test_while_one_is_on_the_next_is_refused() -> None:
    """It says what is on, and when to look at the skin."""
    told = state(iced(0), 0.1)
    assert told.why == "running"
    assert told.running is not None
    assert told.running.ends_at == moment(0, 0.25)
    assert told.running.checks_at() == (moment(0, 5 / 60), moment(0, 10 / 60))


def test_the_fifth_within_a_day_is_refused_with_the_time() -> None:
    """Four in any twenty-four hours, also over midnight."""
    story = iced(0, 3, 6, 20)
    told = state(story, 23)
    assert (told.why, told.next_at) == ("enough-today", moment(1))
    assert state(story, 24).allowed


def test_nothing_lasts_longer_than_twenty_minutes() -> None:
    """Also a record from elsewhere that says otherwise."""
    told = state(iced(0, minutes=60), 0.1)
    assert told.running is not None
    assert told.running.ends_at == moment(0, 20 / 60)


def test_the_clock_set_back_does_not_allow_one_more() -> None:
    """An icing dated a little ahead still holds the next."""
    assert not state(iced(1), 0.5).allowed


def test_a_far_slip_of_the_clock_does_not_forbid_ice_for_good() -> None:
    """One dated next year is no reason."""
    story = iced()
    ahead = Ice(id="far", at=moment(365), minutes=15)
    assert state(story.add(ahead), 1).allowed
    assert not state(story.add(replace(ahead, id="near", at=moment(0, 2))), 1).allowed


@pytest.mark.parametrize(("seconds", "counts"), [(119, False), (120, True)])
def test_less_than_two_minutes_of_ice_are_no_icing(seconds: int, counts: bool) -> None:
    """Nothing was cooled: no gap is kept after it, and no page tells of it."""
    story = iced(0).add(IceEnd(id="end", at=moment(0, seconds / 3600), ice="ice0"))
    told = state(story, 0.1)
    assert (told.allowed, told.today, len(list(icings(story.history)))) == (not counts, counts, counts)


def test_ice_that_has_just_begun_is_running() -> None:
    """However short it may turn out to be."""
    told = state(iced(0), 0.01)
    assert told.running is not None
    assert (told.allowed, told.why) == (False, "running")


URGENT = book().ids("emergency", "today")


@pytest.mark.parametrize("sign", URGENT)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_no_ice_while_an_urgent_sign_is_there(sign: str, answer: Tri) -> None:
    """A calf squeezed by swelling must not be cooled; the sign is named, and a no allows ice again."""
    story = iced().note(0, 1, signs={sign: answer})
    told = state(story, 2)
    assert (told.allowed, told.why, told.next_at) == (False, "sign", None)
    assert told.sign is not None
    assert told.sign.id == sign
    if answer == "unsure":
        assert state(story.note(0, 3), 4).allowed


@pytest.mark.parametrize(
    ("contexts", "said"),
    [
        (("clot-risk",), {"signs": {"calf-ache": "yes"}}),
        (("pregnant",), {"signs": {"throbs-doing-nothing": "yes"}}),
        (("blood-thinner",), {"signs": {"bulge-or-pressure": "yes"}}),
        (("weak-immune",), {"hot": "yes"}),
        ((), {"rest": 8}),
    ],
)
def test_no_ice_while_a_visit_today_is_advised(contexts: tuple[Context, ...], said: dict[str, Any]) -> None:
    """Also where no sign of the list gave it: an aching calf after a clot is squeezed by nothing, as far as known."""
    story = iced().with_profile(contexts=contexts).note(0, 1, **said)
    assert story.status(0, 2).advice == "today"
    told = state(story, 2)
    assert (told.allowed, told.why, told.sign, told.next_at) == (False, "today", None, None)


@pytest.mark.parametrize(("said", "off"), [({}, False), ({"signs": {"one-leg-swollen-warm": "yes"}}, True)])
def test_ice_comes_off_where_a_sign_is_told_meanwhile(said: dict[str, Any], off: bool) -> None:
    """A timer that runs is no leave to go on."""
    told = state(iced(1).note(0, 1.05, **said), 1.1)
    assert told.running is not None
    assert told.must_come_off is off


def test_the_sign_that_is_there_refuses_ice_before_one_that_may_be() -> None:
    """A cold foot for certain is named, and not a breath that one is not sure of."""
    told = state(iced().note(0, 1, signs={"chest-or-breath": "unsure", "cold-pale-foot": "yes"}), 2)
    assert told.sign is not None
    assert told.sign.id == "cold-pale-foot"


def test_no_ice_while_a_sign_waits_for_a_visit() -> None:
    """A no after a yes is not yet all clear."""
    story = iced().note(0, 1, signs={"one-leg-swollen-warm": "yes"}).note(0, 2)
    assert state(story, 3).why == "sign"
    assert state(story.seen(0, 4), 5).allowed


@pytest.mark.parametrize(
    ("minutes", "calls"),
    [(5, [("end", 5)]), (6, [("check", 5), ("end", 6)]), (20, [("check", 5), ("check", 10), ("end", 20)])],
)
def test_an_icing_calls_to_look_at_the_skin_and_at_its_end(minutes: int, calls: list[tuple[str, int]]) -> None:
    """A look that comes late is of no use; the end is called half a day later still, as ice that stays on burns."""
    slots = ice_slots(iced(0, minutes=minutes).history, moment(0, 0.01))
    late = {"check": timedelta(minutes=3), "end": timedelta(hours=12)}
    assert [(slot.kind, slot.due, slot.until) for slot in slots] == [
        (f"ice-{call}", at := moment(0, minute / 60), at + late[call]) for call, minute in calls
    ]


def test_only_what_is_on_calls() -> None:
    """Of two icings the one that was taken off calls no more; one that a clock far ahead dated calls nobody."""
    story = iced(0, 3).add(Ice(id="far", at=moment(9), minutes=15))
    story.add(IceEnd(id="end", at=moment(0, 0.2), ice="ice0"))
    assert {slot.due for slot in ice_slots(story.history, moment(0, 3.01)) if slot.kind == "ice-end"} == {
        moment(0, 3.25)
    }


@pytest.mark.parametrize(
    ("hour", "running", "overdue"),
    [(0.24, True, False), (0.25, False, True), (2.24, False, True), (2.25, False, False)],
)
def test_ice_whose_time_is_up_is_asked_for_until_the_next_may_begin(hour: float, running: bool, overdue: bool) -> None:
    """From its last minute on, for two hours, unless somebody says that it came off."""
    told = state(iced(0), hour)
    assert (told.running is not None, told.overdue is not None) == (running, overdue)
    ended = state(iced(0).add(IceEnd(id="end", at=moment(0, 0.25), ice="ice0")), hour)
    assert ended.overdue is None


def test_of_two_that_nobody_ended_the_last_is_asked_for() -> None:
    """Begun on two machines, one after the other."""
    told = state(iced(0, 0.5), 1)
    assert told.overdue is not None
    assert told.overdue.ice.id == "ice1"


def test_an_end_told_late_makes_no_icing_longer() -> None:
    """Whoever says an hour later that it is off had it on no longer than was set, and may begin as early."""
    story = iced(0).add(IceEnd(id="end", at=moment(0, 1), ice="ice0"))
    assert state(story, 1).next_at == moment(0, 2.25)
    (icing,) = icings(story.history)
    assert icing.minutes == 15


def test_the_longest_wait_is_told_with_its_reason() -> None:
    """Of two reasons the one that lasts longer; while one is on, that it is on; four in a day end by the minute."""
    soon = state(iced(0, 3, 6, 22), 22.5)
    assert (soon.why, soon.next_at, soon.today) == ("too-soon", moment(1, 0.25), 4)
    many = state(iced(10, 13, 16, 22), 22.5)
    assert (many.why, many.next_at) == ("enough-today", moment(1, 10))
    on = state(iced(10, 13, 16, 22), 22.1)
    assert (on.why, on.next_at) == ("running", moment(1, 10))
    assert state(iced(0, 3, 6, 9, 12), 15).next_at == moment(1, 3)  # another machine allowed a fifth
    assert state(iced(0, 3, 6, 9), 24).today == 3
    assert state(iced(0, 3, 6, 9), 23.999).today == 4


def test_a_minute_that_was_begun_counts() -> None:
    """Twelve and a half minutes on the skin are told as thirteen, never as less than they were."""
    story = iced(0).add(IceEnd(id="end", at=moment(0, 12.5 / 60), ice="ice0"))
    (icing,) = icings(story.history)
    assert icing.minutes == 13
