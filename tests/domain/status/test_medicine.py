"""A number told under a painkiller is calm only once a professional has seen the knee."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.domain.status.history import CheckIn, History
from coach.domain.status.status import current_status
from tests.domain.status.stories import Story, book, moment
from tests.domain.status.test_status_laws import HOURS, STORIES, at, softer
from tests.helpers import examples


def test_two_calm_check_ins_under_a_painkiller_lead_back_only_after_a_visit() -> None:
    """Before the visit they count for nothing, and Today says why; those after it count."""
    story = Story().note(0, walking=7).note(2, medicine="ibuprofen").note(3.1, medicine="ibuprofen")
    status = story.status(3.2)
    assert status.activity == "pause"
    assert status.pause is not None
    assert (status.pause.calm, status.pause.untold) == (0, ("medicine",))
    story.seen(3.3).note(4, medicine="ibuprofen").note(5.1, medicine="ibuprofen")
    assert story.status(5.2).activity == "gentle"


@pytest.mark.parametrize(("days_before", "counts"), [(89, True), (91, False)])
def test_a_visit_speaks_for_ninety_days(days_before: int, counts: bool) -> None:
    """As a clearance does: whoever saw the knee long ago has not seen this."""
    story = Story().seen(0, hour=0).note(days_before - 3, walking=7)
    story.note(days_before - 1.1, medicine="x").note(days_before, medicine="x")
    assert (story.status(days_before + 0.1).activity != "pause") is counts


def test_a_check_in_without_one_counts_as_ever_and_high_numbers_begin_anew() -> None:
    """A painkiller neither counts nor takes back what was calm without it; a high number under it does."""
    calm = Story().note(0, walking=7).note(2).note(2.5, medicine="x").note(3.1)
    assert calm.status(3.2).activity == "gentle"
    high = Story().note(0, walking=7).note(2).note(2.5, walking=5, medicine="x").note(3.1)
    assert high.status(3.2).activity == "pause"


def test_a_correction_keeps_the_painkiller_until_it_takes_it_back() -> None:
    """What a correction does not name stays as it was; an empty name says that there was none."""
    told = Story().note(0, walking=7).note(2, id="a", medicine="x").note(2, 1, id="b", corrects="a", walking=2)
    assert told.note(3.1).status(3.2).activity == "pause"
    mended = Story().note(0, walking=7).note(2, id="a", medicine="x").note(2, 1, id="b", corrects="a", medicine="")
    assert mended.note(3.2).status(3.3).activity == "gentle"


@given(STORIES, HOURS, st.sets(st.integers(0, 13)))
@examples(150)
def test_a_painkiller_never_makes_anything_milder(story: Story, hour: int, under: set[int]) -> None:
    """Whatever was told, with painkillers beside any of it the status is the same or stricter."""
    numbered = list(enumerate(story.history.records()))
    records = [
        replace(record, medicine="ibuprofen") if n in under and isinstance(record, CheckIn) else record
        for n, record in numbered
    ]
    masked = current_status(History.of(records), story.profile, book(), moment(0, hour))
    assert not softer(masked, at(story, moment(0, hour)))
