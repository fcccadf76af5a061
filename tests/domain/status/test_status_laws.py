"""Laws of the pause and the way back, over any history."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.domain.status.calm import highest_pain
from coach.domain.status.history import Background, CheckIn, History, Record, Seen
from coach.domain.status.pause_machine import pause_state
from coach.domain.status.pauses import DecidedAnswers
from coach.domain.status.standing_pause import Pause, ahead_unanswered
from coach.domain.status.status import Status, conditions, current_status
from coach.domain.triage.answers import SHARP, TRI, Answers, Context, Pain
from coach.domain.triage.levels import ACTIVITIES, ADVICES
from tests.domain.status.histories import Moment, moments
from tests.domain.status.stories import Story, book, moment, no_signs
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
    """The status is never softer than the decision on the last answers."""
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
    asked = tuple({*last.asked, sign}) if last.asked else ()  # what does not say what was asked goes on not saying it
    worse = replace(last, answers=replace(last.answers, signs=signs), asked=asked)
    records: list[Record] = [worse if isinstance(one, CheckIn) and one.id == last.id else one for one in story.records]
    after = current_status(History.of(records), story.profile, book(), now)
    assert not softer(after, at(story, now))


# Laws over the histories by chance that lead into pauses, visits, clearances and absences -----------------------------


SEEDS = st.integers(0, 100_000)
"""Of ``moments``; the seed is shown where a law is broken."""
SHORT_LAW = examples(60)
NAMES = {*book().signs, *(rule.id for rule in book().rules if not rule.on_advice)}
"""What can be the matter: the signs, and the rules that do not follow from others."""
SOME_CONTEXT = st.sampled_from(get_args(Context))


def status_of(moment: Moment, **history: Any) -> Status:
    """Return the status, with changes of the history."""
    return current_status(replace(moment.history, **history), moment.profile, book(), moment.now)


def with_records(moment: Moment, *records: Record, ahead: Collection[str] = ()) -> Moment:
    """Return a moment with more records."""
    history = moment.history
    more = History.of([*history.records(), *records])
    dated_ahead = history.dated_ahead | frozenset(ahead)
    return moment._replace(history=replace(more, lost_at=history.lost_at, dated_ahead=dated_ahead))


@SHORT_LAW
@given(SEEDS, st.integers(0, 100_000), st.integers(1, 40))
def test_a_record_dated_ahead_never_softens_also_when_its_date_has_come(seed: int, other: int, days: int) -> None:
    """Whatever another machine's fast clock wrote: neither before its date nor after it is anything milder."""
    future = [replace(record, id=f"ahead-{record.id}") for record in moments(other)[-1].history.records()]
    future = [replace(record, corrects=None) if isinstance(record, CheckIn) else record for record in future]
    for look in moments(seed):
        for at in (look.now + timedelta(days=days), look.now - timedelta(hours=1)):
            dated = [replace(record, at=at) for record in future]
            more = with_records(look, *dated, ahead=[record.id for record in dated])
            assert not softer(status_of(more), status_of(look))


@SHORT_LAW
@given(SEEDS, st.integers(0, 200))
def test_whom_it_sends_to_a_doctor_it_tells_for_what(seed: int, hours: int) -> None:
    """Also by a clock set back, under which notes are dated ahead: a rule or sign is named, and refuses ice."""
    for look in moments(seed):
        status = status_of(look._replace(now=look.now - timedelta(hours=hours)))
        names = set(status.reasons)
        decisions = [status.decision, *(ahead.decision for ahead in ahead_unanswered(status.pause_state))]
        firing = {reason.rule for decision in decisions for reason in decision.reasons}
        assert HARD & firing <= {sign.id for sign in status.urgent_signs}
        assert book().signs.keys() & firing <= names
        if status.advice in ("soon", "today", "emergency"):
            assert names & NAMES
            assert status.pause is None or status.pause.reason in {*names, "hurt"}


@SHORT_LAW
@given(SEEDS, st.sampled_from(("pain", "sign")), st.integers(0, 24))
def test_a_correction_takes_back_only_what_it_names(seed: int, names: str, hours: int) -> None:
    """One that tells another pain leaves the signs; one that answers a sign leaves the pain and the other signs."""
    for look in moments(seed):
        notes = [note for note in look.history.check_ins if note.id not in look.history.dated_ahead]
        if not notes or notes[-1].at > look.now or notes[-1].corrects:
            continue
        last = notes[-1]
        hard = [sign for sign in last.asked if sign in HARD and last.answers.signs[sign] == "yes"]
        at = min(look.now, last.at + timedelta(hours=hours))
        mended: dict[str, Any] = {"answers": Answers(pain=Pain(rest=0, walking=0), signs={}), "asked": ()}
        if names == "sign":
            sign = "gives-way"
            mended = {"answers": Answers(signs={sign: "no"}), "asked": (sign,)}
        record = CheckIn(id="mend", at=at, corrects=last.id, **mended)
        before, after = status_of(look), status_of(with_records(look, record))
        if names == "sign":
            assert after.answers.pain == before.answers.pain
        for other in hard:
            assert after.signs[other] == before.signs[other]
        if hard and before.activity == "pause":
            assert after.activity == "pause"


@SHORT_LAW
@given(SEEDS, SOME_CONTEXT)
def test_another_condition_never_softens(seed: int, context: Context) -> None:
    """Neither one that the settings list, nor one that is noted at this moment."""
    for look in moments(seed):
        before = status_of(look)
        contexts = tuple(dict.fromkeys((*look.profile.contexts, context)))
        listed = look._replace(profile=replace(look.profile, contexts=contexts))
        assert not softer(status_of(listed), before)
        noted = Background(id="zz", at=look.now, contexts=tuple(dict.fromkeys((*before.answers.context, context))))
        assert not softer(status_of(with_records(listed, noted)), before)


@SHORT_LAW
@given(SEEDS, st.sampled_from(("recent-surgery", "diabetes", "osteoporosis", "weak-immune")))
def test_a_clearance_from_before_a_condition_is_none(seed: int, context: Context) -> None:
    """Who names it to the doctor before it is there has nothing cleared: the decision is as without these words."""
    for look in moments(seed):
        told = {c for note in look.history.check_ins for c in note.answers.context}
        told |= {c for note in look.history.backgrounds for c in note.contexts}
        if context in told:
            continue
        visit = Seen(id="zz-1", at=look.now - timedelta(minutes=2), by="Dr Sato")
        listed = look._replace(profile=replace(look.profile, contexts=(*look.profile.contexts, context)))
        noted = Background(id="zz-2", at=look.now - timedelta(minutes=1), contexts=listed.profile.contexts)
        plain = status_of(with_records(listed, visit, noted))
        named = status_of(with_records(listed, replace(visit, cleared=(context,)), noted))
        assert (named.activity, named.advice, named.reasons) == (plain.activity, plain.advice, plain.reasons)


@SHORT_LAW
@given(SEEDS, st.integers(1, 120))
def test_silence_raises_no_count(seed: int, days: int) -> None:
    """The days that pass without a word are no days of symptoms, of rest or of pause, and no advice grows by them."""
    for look in moments(seed):
        past = [record for record in look.history.records() if record.at <= look.now]
        ahead = look.history.dated_ahead & {record.id for record in past}
        # What is dated later would come true meanwhile.
        history = replace(History.of(past), dated_ahead=frozenset(ahead))
        quiet = look._replace(history=history)
        before = status_of(quiet).answers.course
        after = status_of(quiet._replace(now=look.now + timedelta(days=days))).answers.course
        for name in ("symptom_days", "rest_days", "paused_days", "pauses_14d"):
            assert getattr(after, name) <= getattr(before, name), name


@SHORT_LAW
@given(SEEDS)
def test_a_pause_tells_all_that_must_end(seed: int) -> None:
    """Whoever does what is named, and no more, goes on; where time is not all that is named, time is not enough."""
    for look in moments(seed):
        history = look.history
        if any(record.at > look.now for record in history.records()):
            continue  # what is still to come may pause anew meanwhile
        status = status_of(look)
        pause = status.pause
        if pause is None or tells_an_operation_anew(look):
            continue
        waited = status_of(look._replace(now=look.now + timedelta(days=4)))
        if "calmer" not in pause.back_when or not rests_on_a_count(status):
            assert (waited.activity != "pause") == pause.ends_by_itself, pause
        done = fulfilled(look, pause)
        assert status_of(done).activity != "pause", (pause, status_of(done).pause)


def context_told(look: Moment) -> tuple[Context, ...]:
    """Return the conditions that the next check-in keeps: as ``CheckInBasis`` has them."""
    if not look.profile.contexts_known:
        return status_of(look).answers.context
    return conditions(look.history, look.profile, look.now)


def tells_an_operation_anew(look: Moment) -> bool:
    """Tell whether the next check-in tells of an operation that the last one did not: that is a new one, and pauses."""
    return "recent-surgery" in {*context_told(look)} - status_of(look).pause_state.cleared.told_since.keys()


def rests_on_a_count(status: Status) -> bool:
    """Tell whether days told in a row are part of what pauses: they lapse where nothing is told for a week."""
    pausing = [reason for reason in status.decision.reasons if reason.level in ("pause", "today", "emergency")]
    return any(path.startswith("course.") for reason in pausing for path in reason.because)


def fulfilled(look: Moment, pause: Pause) -> Moment:
    """Do all that ends a pause, and nothing else."""
    records: list[Record] = []
    names, at = set(pause.back_when), look.now
    context = context_told(look)
    if names & {"seen", "cleared"}:
        cleared = ("recent-surgery",) if "cleared" in names else ()
        records.append(Background(id="zz-0", at=at, contexts=context))
        records.append(Seen(id="zz-1", at=at + timedelta(minutes=1), by="Dr Sato", cleared=cleared))
    hours = (1, 25, 49) if names & {"two-calm", "seen"} else (1,) if names & {"answer", "calmer"} else ()
    for hour in hours:
        answers = Answers(pain=Pain(rest=0, walking=0), sharp="no", hot="no", signs=no_signs(), context=context)
        asked = tuple(answers.signs)
        records.append(CheckIn(id=f"zz-{hour:02}", at=at + timedelta(hours=hour), answers=answers, asked=asked))
    return with_records(look._replace(now=at + timedelta(days=4)), *records)


@LAW
@given(STORIES, HOURS)
def test_where_two_calm_check_ins_are_all_that_is_asked_for_they_lead_back(story: Story, hour: int) -> None:
    """It's said that "we start again, gently" after them: so it is, whatever else was noted before."""
    now = moment(0, hour)
    story.records = [record for record in story.records if record.at <= now]
    pause = at(story, now).pause
    if pause is None or pause.back_when != ("two-calm",) or pause.until is None or pause.until > now:
        return
    for days in range(2 - pause.calm):
        story.note(0, hour + (days + (pause.calm > 0)) * 24, rest=0, walking=0)
    status = at(story, moment(0, hour + 24))
    assert status.activity == "gentle"
    assert status.may_start
