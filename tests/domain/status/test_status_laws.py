"""Laws of the pause and the way back, over any history."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.domain.status.history import CheckIn, History, Record
from coach.domain.status.pauses import DecidedAnswers, highest_pain, pause_state
from coach.domain.status.status import Status, current_status
from coach.domain.triage.answers import SHARP, TRI
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from tests.domain.status.stories import Story, book, moment
from tests.helpers import examples

SIGNS = ("chest-or-breath", "locked-knee", "operated-knee-new-sign", "gives-way", "night-waking", "calf-ache")
HARD = frozenset(book().ids("emergency", "today"))
POINTS = st.one_of(st.none(), st.integers(0, 10))
HOURS = st.integers(0, 24 * 40)

Event = tuple[str, int, dict[str, Any]]


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Draw one thing that a person does, and its hour of the story."""
    kind = draw(st.sampled_from(("note", "note", "note", "short", "session", "hurt", "seen", "screening")))
    said: dict[str, Any] = {}
    if kind in ("note", "short"):
        said = {"rest": draw(POINTS), "walking": draw(POINTS), "sharp": draw(st.sampled_from(SHARP))}
        said["hot"] = draw(st.sampled_from(TRI))
    if kind == "note":
        said["signs"] = draw(st.dictionaries(st.sampled_from(SIGNS), st.sampled_from(TRI), max_size=2))
    if kind == "session":
        said["comfort"] = draw(st.sampled_from(("pleasant", "neutral", "uncomfortable", None)))
        said["outcome"] = draw(st.sampled_from(("done", "stopped", "hurt")))
    if kind == "seen":
        said["cleared"] = draw(st.sampled_from(((), ("gives-way",), ("locked-knee",))))
    return kind, draw(HOURS), said


def told(drawn: list[Event]) -> Story:
    """Tell the events, in their order of time."""
    story = Story()
    for kind, hour, said in sorted(drawn, key=lambda one: one[1]):
        if kind == "short":
            story.note(0, hour, asked=(), signs=dict(_last_signs(story)), **said)
        elif kind in ("note", "seen", "session"):
            getattr(story, kind)(0, hour, **said)
        else:
            getattr(story, kind)(0, hour)
    return story


def _last_signs(story: Story) -> dict[str, Any]:
    notes = story.history.check_ins
    return notes[-1].answers.signs if notes else {}


def at(story: Story, when: datetime) -> Status:
    """Return the status at a moment of the story."""
    return current_status(story.history, story.profile, book(), when)


def softer(one: Status, other: Status) -> bool:
    """Tell whether ``one`` is softer than ``other`` in either answer."""
    return ACTIVITIES.index(one.activity) < ACTIVITIES.index(other.activity) or ADVICES.index(
        one.advice
    ) < ADVICES.index(other.advice)


STORIES = st.lists(events(), max_size=14).map(told)
LAW = examples(100)


@LAW
@given(STORIES, HOURS)
def test_no_path_leads_from_a_hard_yes_to_stretching_without_a_visit(story: Story, hour: int) -> None:
    """Whatever is noted after a yes for the same day or an emergency: paused, and advised so, until it was seen."""
    now = moment(0, hour)
    seen = [one.at for one in story.history.seens if one.at <= now]
    for note in story.history.check_ins:
        yes = any(answer == "yes" and sign in HARD for sign, answer in note.answers.signs.items() if sign in note.asked)
        if yes and note.at <= now and not any(note.at <= one for one in seen):
            status = at(story, now)
            assert status.activity == "pause"
            assert ADVICES.index(status.advice) >= ADVICES.index("today")
            assert not status.may_start


@LAW
@given(STORIES, HOURS)
def test_the_least_time_of_every_pause_is_kept(story: Story, hour: int) -> None:
    """Until 24 hours (48 from pain 6) after a decision that pauses, and at any earlier clock, nothing stretches."""
    now = moment(0, hour)
    for one in flares(story):
        least = timedelta(hours=48 if highest_pain(one.carried.answers) >= 6 else 24)
        if now < one.carried.at + least:
            assert at(story, now).activity == "pause"


def flares(story: Story) -> list[DecidedAnswers]:
    """Return the notes that pause by themselves, not by an unsure answer alone."""
    end = moment(0, 24 * 80)
    found = pause_state(story.history, book(), end, story.profile.baseline).decided
    numbers = ("pain-high", "rest-8", "rest-6", "hot", "sharp-repeats")
    return [one for one in found if any(reason.rule in numbers for reason in one.decision.reasons)]


@LAW
@given(STORIES, HOURS)
def test_the_records_can_only_add_care(story: Story, hour: int) -> None:
    """The status is never softer than the decision upon the last answers."""
    status = at(story, moment(0, hour))
    assert ACTIVITIES.index(status.activity) >= ACTIVITIES.index(status.decision.activity)
    assert ADVICES.index(status.advice) >= ADVICES.index(status.decision.advice)
    assert status.reasons
    assert (status.pause is not None) == (status.activity == "pause")


@LAW
@given(STORIES, HOURS, events())
def test_a_record_of_the_future_never_softens(story: Story, hour: int, more: Event) -> None:
    """Whatever another machine's fast clock has written, today grows no milder by it."""
    now = moment(0, hour)
    before = at(story, now)
    kind, _, said = more
    later = told([(kind, hour + 1 + more[1], said)])
    after = current_status(History.of([*story.records, *renamed(later.records)]), story.profile, book(), now)
    assert not softer(after, before)


def renamed(records: list[Record]) -> list[Record]:
    """Give the records ids of their own."""
    return [replace(one, id=f"later-{one.id}") for one in records]


@LAW
@given(STORIES, HOURS, st.randoms(use_true_random=False))
def test_the_answer_depends_on_the_records_alone(story: Story, hour: int, random: Any) -> None:
    """Any order of reading, any restart, twice the same question: the same answer."""
    now = moment(0, hour)
    before = at(story, now)
    random.shuffle(story.records)
    assert at(story, now) == before


@LAW
@given(STORIES, HOURS)
def test_no_session_begins_before_the_list_or_in_a_pause(story: Story, hour: int) -> None:
    """``may_start`` is shut while paused and until the list was answered once."""
    status = at(story, moment(0, hour))
    if status.may_start:
        assert status.activity != "pause"
        assert status.signs.keys() >= HARD


@LAW
@given(STORIES)
def test_there_is_always_a_way_back(story: Story) -> None:
    """Seen, three calm days and two good sessions: whatever came before, it goes on."""
    day = 41
    story.seen(day)
    for later in range(1, 4):
        story.note(day + later)
    assert at(story, moment(day + 3, 2)).activity != "pause"
    story.session(day + 3, 3).session(day + 4, 1)
    status = at(story, moment(day + 4, 2))
    assert status.activity != "pause"
    assert not status.seated_only


@LAW
@given(STORIES, HOURS, st.sampled_from(SIGNS))
def test_a_worse_sign_is_never_softer(story: Story, hour: int, sign: str) -> None:
    """Raising one answer of the last check-in lowers neither answer."""
    now = moment(0, hour)
    past = [one for one in story.history.check_ins if one.at <= now]
    if not past or story.history.seens:
        return
    last = past[-1]
    signs = {**last.answers.signs, sign: "yes"}
    worse = replace(last, answers=replace(last.answers, signs=signs), asked=tuple({*last.asked, sign}))
    records: list[Record] = [worse if isinstance(one, CheckIn) and one.id == last.id else one for one in story.records]
    after = current_status(History.of(records), story.profile, book(), now)
    assert not softer(after, at(story, now))
