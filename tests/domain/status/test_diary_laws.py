"""Laws of entries that are changed, taken out or told of another day: none is a way round a pause."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from coach.domain.status.absence import absences
from coach.domain.status.carried_answers import CORRECTABLE
from coach.domain.status.diary import deciding, entries, shown
from coach.domain.status.history import Change, CheckIn, Deleted, Edited, History, Record, Undone
from coach.domain.status.status import current_status
from coach.domain.triage.answers import SHARP, TRI, Answers, Pain
from tests.domain.status.stories import Story, book, moment
from tests.domain.status.test_status_laws import HOURS, LAW, POINTS, SIGNS, at, events, softer, told

TRIS = st.sampled_from(TRI)
LATER = st.integers(0, 24 * 50)
"""Hours of the story at which something is changed."""


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what an edit says."""
    signs = draw(st.dictionaries(st.sampled_from(SIGNS), TRIS, max_size=2))
    answers = Answers(
        pain=Pain(rest=draw(POINTS), walking=draw(POINTS)),
        sharp=draw(st.sampled_from((None, *SHARP))),
        hot=draw(st.sampled_from((None, *TRI))),
        signs=signs,
    )
    taken_back = draw(st.sampled_from(((), (), ("rest",), ("walking",))))
    return {"answers": answers, "asked": tuple(signs), "taken_back": taken_back}


@st.composite
def diaries(draw: st.DrawFn, most_changes: int = 4) -> Story:
    """Draw a story with entries that were changed, taken out, brought back, or told of another day."""
    story = told(draw(st.lists(events(), min_size=1, max_size=10)))
    for _ in range(draw(st.integers(0, 2))):
        hour = draw(HOURS)
        story.note(0, hour, of_day=hour // 24 - draw(st.integers(0, 20)), rest=draw(POINTS), walking=draw(POINTS))
    for _ in range(draw(st.integers(0, most_changes))):
        story.add(draw(changes(story)))
    return story


@st.composite
def changes(draw: st.DrawFn, story: Story) -> Change:
    """Draw one more change of an entry of ``story``, after that entry."""
    name, kind = f"c{len(story.records):03}", draw(st.sampled_from(("edit", "delete", "undo")))
    made = [record for record in story.records if isinstance(record, Edited | Deleted)]
    if kind == "undo" and made:
        change = draw(st.sampled_from(made))
        return Undone(id=name, at=later(draw, change), of=change.id)
    check_ins = [record for record in story.records if isinstance(record, CheckIn)]
    if kind == "edit" and check_ins:
        check_in = draw(st.sampled_from(check_ins))
        day = later(draw, check_in).date() if draw(st.integers(0, 9)) == 0 else None
        return Edited(id=name, at=later(draw, check_in), of=check_in.id, day=day, **draw(edits()))
    entry = draw(st.sampled_from([record for record in story.records if not isinstance(record, Change)]))
    return Deleted(id=name, at=later(draw, entry), of=entry.id)


def later(draw: Any, record: Record) -> datetime:
    """Draw a moment after a record: within a day of it, or much later."""
    return record.at + timedelta(hours=draw(st.one_of(st.integers(0, 30), LATER)))


def is_late(change: Change, story: Story) -> bool:
    """Tell whether a change comes later than a correction may."""
    first = next(record for record in story.records if record.id == change.of)
    return change.at - first.at > CORRECTABLE


@LAW
@given(st.data(), diaries(), LATER)
def test_no_late_edit_or_deletion_makes_today_milder(data: st.DataObject, story: Story, hour: int) -> None:
    """Whatever was changed before, in whatever order: one more change of an old entry lowers and ends nothing."""
    change = data.draw(changes(story))
    assume(not isinstance(change, Undone) and is_late(change, story))
    before = at(story, moment(0, hour))
    after = at(story.add(change), moment(0, hour))
    assert not softer(after, before)
    assert before.pause is None or after.pause is not None
    assert after.may_start <= before.may_start
    assert after.seated_only >= before.seated_only
    assert {sign.id for sign in before.urgent_signs} <= {sign.id for sign in after.urgent_signs}


@LAW
@given(diaries(), HOURS, st.integers(1, 60), POINTS, POINTS, st.dictionaries(st.sampled_from(SIGNS), TRIS))
def test_another_day_never_makes_today_milder(
    story: Story, hour: int, back: int, rest: int | None, walking: int | None, signs: dict[str, Any]
) -> None:
    """A check-in of yesterday, however calm, answers nothing, calms nothing and ends nothing today."""
    before = at(story, moment(0, hour))
    note = {"rest": rest, "walking": walking, "signs": signs}
    after = at(story.note(0, hour, of_day=hour // 24 - back, **note), moment(0, hour))
    assert not softer(after, before)
    assert before.pause is None or after.pause is not None
    assert after.may_start <= before.may_start
    assert (after.ask_why == "never") >= (before.ask_why == "never")


@LAW
@given(diaries(), HOURS, st.randoms(use_true_random=False))
def test_merged_in_any_order_the_diary_is_the_same(story: Story, hour: int, random: Any) -> None:
    """Machines that have the same records show, and decide, the same."""
    now = moment(0, hour)
    first = shown(story.history), deciding(story.history, now), tuple(entries(story.history))
    random.shuffle(story.records)
    assert (shown(story.history), deciding(story.history, now), tuple(entries(story.history))) == first


@LAW
@given(st.data(), diaries(), LATER)
def test_a_deletion_undone_leaves_no_trace(data: st.DataObject, story: Story, hour: int) -> None:
    """Once it is brought back, the diary shows and decides as if the entry had never been taken out."""
    entry = data.draw(st.sampled_from([record for record in story.records if not isinstance(record, Change)]))
    deletion = Deleted(id="gone", at=later(data.draw, entry), of=entry.id)
    undo = Undone(id="back", at=later(data.draw, deletion), of="gone")
    now = max(undo.at, moment(0, hour))
    before = shown(story.history), at(story, now)
    story.add(deletion).add(undo)
    assert (shown(story.history), at(story, now)) == before


def test_an_edit_shortens_no_absence() -> None:
    """Seven days without a check-in are counted from the last one, whenever it was changed; a correction is one."""
    story = Story().note(0, 0, walking=0)
    check_in = story.records[-1].id
    edit = Edited(id="zz", at=moment(0, 1), of=check_in, answers=Answers())
    correction = CheckIn(id="zz", at=moment(0, 1), corrects=check_in, answers=Answers())
    for change, activity in ((edit, "gentle"), (correction, "go")):
        history = History.of([*story.records, change])
        assert current_status(history, story.profile, book(), moment(0, 168)).activity == activity


def _lengths_away(history: History, now: datetime) -> list[bool]:
    """Tell of each absence whether it is a long one."""
    return [absence.long for absence in absences(history, now)]


@LAW
@given(st.data(), st.lists(events(), min_size=1, max_size=8).map(told), LATER)
def test_an_edit_within_a_day_is_a_correction(data: st.DataObject, story: Story, hour: int) -> None:
    """What an edit in time says counts like a check-in that corrects: the same status, milder or stricter."""
    check_ins = [record for record in story.records if isinstance(record, CheckIn)]
    assume(check_ins and len({record.at for record in story.records}) == len(story.records))
    check_in = data.draw(st.sampled_from(check_ins))
    when = check_in.at + timedelta(hours=data.draw(st.integers(0, 24)))
    said = data.draw(edits())
    edit = Edited(id="zz", at=when, of=check_in.id, answers=said["answers"], asked=said["asked"])
    correction = CheckIn(id="zz", at=when, corrects=check_in.id, answers=said["answers"], asked=said["asked"])
    now = max(when, moment(0, hour))
    with_edit, with_correction = (History.of([*story.records, change]) for change in (edit, correction))
    assume(
        _lengths_away(with_edit, now) == _lengths_away(with_correction, now)
    )  # an edit is no check-in: days away run on
    edited = current_status(with_edit, story.profile, book(), now)
    corrected = current_status(with_correction, story.profile, book(), now)
    assert (edited.activity, edited.advice, edited.pause) == (corrected.activity, corrected.advice, corrected.pause)
