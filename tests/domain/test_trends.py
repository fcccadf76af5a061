"""Trends: what a person and a doctor read off the records is what was noted, and no more."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from coach.content import Content
from coach.domain.status.carried_answers import carried_answers
from coach.domain.status.history import (
    Background,
    CheckIn,
    DoneStep,
    HabitDay,
    History,
    Hurt,
    Ice,
    IceEnd,
    Session,
    Told,
)  # fmt: skip
from coach.domain.status.pauses import PauseEpisode
from coach.domain.trends.care import CareDay, care_days, stretch_comfort
from coach.domain.trends.chart import (
    ChartDay,
    chart_days,
    chart_points,
    columns_of,
    columns_under_medicine,
    day_states,
    each_of,
)
from coach.domain.trends.pain import (
    COMPARED,
    Strength,
    View,
    noted_days,
    pain_days,
    pain_strength,
    period_change,
    views_of,
    walking_views,
)
from coach.domain.trends.period import check_ins_within, effective_check_ins, last_day, paused_days
from coach.domain.trends.symptoms import hot_days, medicine_days, movements, qualities, sharp_days, sign_notes
from coach.domain.triage.answers import Answers, KneePain, Knees, Pain, Side, Tri
from coach.domain.triage.levels import Activity

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 22)


def moment(day: date, hour: int = 20) -> datetime:
    """Return an hour of a day, in Japan."""
    return datetime.fromisoformat(f"{day}T{hour:02d}:00:00+09:00")


def check_in(
    day: date, walking: int | None = None, *, hour: int = 20, told: Activity | None = None, **more: object
) -> CheckIn:
    """Return a check-in of one number."""
    answers = Answers(pain=Pain(walking=walking, morning=more.pop("morning", None)), **more.pop("answers", {}))  # type: ignore[arg-type]
    return CheckIn(
        id=f"{day}-{hour}",
        at=moment(day, hour),
        answers=answers,
        told=Told(told, "none", told) if told else None,
        **more,  # type: ignore[arg-type]
    )


def history(*records: CheckIn | Session | Hurt) -> History:
    """Return the records as a history."""
    return History.of(records)


def test_a_day_without_a_note_has_no_number() -> None:
    """Nothing is filled in between two noted days."""
    series = pain_days(history(check_in(FIRST, 4), check_in(FIRST + timedelta(2), 2)), FIRST, LAST)
    assert [day.walking for day in series[:3]] == [4, None, 2]
    assert noted_days(series) == 2
    assert len(series) == 14


def test_the_worst_of_a_day_stands_for_it() -> None:
    """A calm evening does not hide a bad morning."""
    series = pain_days(history(check_in(FIRST, 6, hour=8), check_in(FIRST, 2, hour=20)), FIRST, FIRST)
    assert series[0].walking == 6


def test_a_corrected_slip_is_not_read_twice() -> None:
    """An 8 typed for a 3 is kept in the records, but does not stand in the chart."""
    slip = check_in(FIRST, 8, hour=8)
    mended = check_in(FIRST, 3, hour=9, corrects=slip.id)
    assert pain_days(history(slip, mended), FIRST, FIRST)[0].walking == 3


def test_a_slip_mended_after_midnight_is_mended_on_its_own_day() -> None:
    """What was typed wrong at eight in the evening and noticed at one at night is no number of the next day."""
    slip = check_in(FIRST, 8, hour=20)
    mended = check_in(FIRST + timedelta(1), 3, hour=1, corrects=slip.id)
    assert [day.walking for day in pain_days(history(slip, mended), FIRST, FIRST + timedelta(1))] == [3, None]


def test_too_few_days_do_not_tell() -> None:
    """Two noted days in a week are not compared with another week."""
    few = history(check_in(FIRST, 5), check_in(FIRST + timedelta(1), 5), check_in(LAST, 1))
    found = period_change(pain_days(few, FIRST, LAST), "walking")
    assert (found.days_before, found.days_after) == (1, 2)
    assert not found.tells


def test_change_compares_the_medians_of_both_halves() -> None:
    """One very bad day does not make a bad week."""
    numbers = [4, 4, 10, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 9]
    noted = history(*(check_in(FIRST + timedelta(n), value) for n, value in enumerate(numbers)))
    found = period_change(pain_days(noted, FIRST, LAST), "walking")
    assert found.tells
    assert (found.before, found.after) == (4, 2)


def test_the_halves_are_those_of_the_days_noted() -> None:
    """Who notes little at first and much later has two halves all the same: the first and the later of the notes."""
    noted = history(*(check_in(LAST - timedelta(n), 2 if n < 3 else 6) for n in range(6)))
    compared = period_change(pain_days(noted, FIRST, LAST), "walking")
    assert (compared.before, compared.days_before, compared.after, compared.days_after) == (6, 3, 2, 3)


def test_each_day_that_a_pause_touched_counts_as_paused() -> None:
    """Days in between count, whether noted or not; an open pause lasts until today and no further."""
    over = PauseEpisode(since=moment(FIRST), until=None, reason="hot", kind="flare", ended=moment(FIRST + timedelta(4)))
    still = PauseEpisode(since=moment(LAST - timedelta(1)), until=None, reason="hot", kind="flare")
    found = paused_days([over, still], LAST)
    assert len(found) == 5 + 2
    assert max(found) == LAST


def test_signs_are_those_that_were_asked_with_their_days() -> None:
    """A sign that was carried over from an earlier day is not read as noted again; its latest answer is told."""

    def asked(day: date, answer: Tri, *ids: str) -> CheckIn:
        return check_in(day, 1, answers={"signs": {"locked-knee": answer}}, asked=ids)

    records = history(
        asked(FIRST, "yes", "locked-knee"), asked(FIRST + timedelta(1), "yes"), asked(LAST, "no", "locked-knee")
    )
    found = sign_notes(carried_answers(records, Content.open().rules), FIRST, LAST)
    assert found["locked-knee"].yes == (FIRST,)
    assert found["locked-knee"].last == "no"
    assert "foot-weak" not in found


def test_comfort_counts_sessions_not_sides() -> None:
    """Both legs of a stretch in a session are one time, and what hurt counts unfinished; other days do not count."""
    steps = (DoneStep("toe-pull", "left", 20, 2), DoneStep("toe-pull", "right", 20, 2))
    found = stretch_comfort(
        history(
            Session(id="a", at=moment(FIRST), routine="evening", steps=steps, comfort="pleasant"),
            Hurt(id="b", at=moment(LAST), stretch="hinge"),
            Session(id="c", at=moment(FIRST - timedelta(1)), routine="evening", steps=steps, comfort="pleasant"),
            Hurt(id="d", at=moment(LAST + timedelta(1)), stretch="hinge"),
        ),
        FIRST,
        LAST,
    )
    assert [(one.stretch, one.times, one.pleasant, one.hurt) for one in found] == [
        ("toe-pull", 1, 1, 0),
        ("hinge", 0, 0, 1),
    ]


def test_days_of_care_count_what_was_done() -> None:
    """Two sessions of a minute are one day of care, with two minutes."""
    done = [
        Session(id=str(hour), at=moment(FIRST, hour), routine="desk-break", seconds=60, outcome="stopped")
        for hour in (10, 11)
    ]
    first, *rest = care_days(history(*done), FIRST, LAST)
    assert (first.sessions, first.seconds, first.cared) == (2, 120, True)
    assert not any(day.cared for day in rest)


def test_a_long_course_is_drawn_by_weeks_and_stays_within_its_days() -> None:
    """The median of each week that has a note, at its middle; also of a week that is cut short at the end."""
    first = LAST - timedelta(364)
    noted = history(*(check_in(first + timedelta(n), n % 7) for n in range(365) if n // 7 != 3))
    found = chart_points(pain_days(noted, first, LAST), "walking")
    assert [found[0], found[3], found[-1]] == [(3, 3), (3 + 4 * 7, 3), (364, 0)]


def test_a_short_course_is_drawn_by_days() -> None:
    """Each noted day is a point of its own."""
    found = chart_points(pain_days(history(check_in(FIRST, 4), check_in(LAST, 2)), FIRST, LAST), "walking")
    assert found == [(0, 4), (13, 2)]


def test_what_was_noted_further_east_is_not_left_out() -> None:
    """A morning in Tokyo is still the day before in London; the note of that morning is in the period."""
    noted = history(check_in(LAST, 3, hour=7))
    now = datetime.fromisoformat(f"{LAST - timedelta(1)}T23:00:00+00:00")
    assert last_day(noted, now) == LAST
    assert last_day(history(), now) == LAST - timedelta(1)
    ahead = history(check_in(LAST + timedelta(3), 3))
    assert last_day(ahead, now) == LAST - timedelta(1)


def test_a_check_in_of_an_earlier_version_has_the_side_of_the_settings_then_or_none() -> None:
    """The side of today says nothing of it: it may have changed since."""
    notes = [check_in(FIRST, 3), check_in(date(2026, 11, 12), 4), check_in(date(2026, 11, 20), 5)]
    told_then = Background(id="then", at=moment(date(2026, 11, 11)), side="left")
    untold = Background(id="older", at=moment(date(2026, 11, 13)))
    told_later = Background(id="later", at=moment(date(2026, 11, 19)), side="right")
    lived = History.of([*notes, told_then, untold, told_later])
    assert [note.answers.side for note in effective_check_ins(lived)] == [None, "left", "right"]


@pytest.mark.parametrize(
    ("side", "told", "lines"),
    [
        ("left", [("left", None)], ("walking",)),
        ("left", [], ("walking",)),
        ("both", [(None, None), ("both", None)], ("walking",)),
        ("both", [("both", (3, 1))], ("left", "right")),
        ("right", [("left", None)], ("left",)),
        ("right", [("left", None), ("right", None)], ("left", "right")),
        ("right", [(None, None), ("right", None)], ("right", "either")),
        ("both", [("both", None), ("both", (3, None))], ("left", "either")),
    ],
)
def test_the_worst_when_walking_is_one_line_only_where_all_of_it_is_of_that_side(
    side: Side, told: list[tuple[Side | None, tuple[int, int | None] | None]], lines: tuple[View, ...]
) -> None:
    """What was told of one knee is never drawn as the other's, whatever the settings say now."""
    notes = []
    for n, (of, knees) in enumerate(told):
        apart = Knees(*map(KneePain, knees)) if knees else Knees()
        answers = Answers(pain=Pain(walking=2), side=of, knees=apart)
        notes.append(CheckIn(id=str(n), at=moment(FIRST + timedelta(n)), answers=answers))
    series = pain_days(history(*notes), FIRST, LAST)
    assert walking_views(series, side) == lines
    assert [day.walking for day in series[: len(told)]] == [3 if knees else 2 for _, knees in told]


def test_a_day_knows_the_painkillers_that_its_numbers_were_told_under() -> None:
    """Each once, and by how many days over the period."""
    notes = [check_in(FIRST, 2, hour=hour, medicine="x") for hour in (8, 20)] + [check_in(LAST, 2, medicine="y")]
    series = pain_days(history(*notes), FIRST, LAST)
    assert [day.medicines for day in (series[0], series[1], series[-1])] == [("x",), (), ("y",)]
    assert medicine_days(check_ins_within(history(*notes), FIRST, LAST)) == (("x", 1), ("y", 1))


def test_two_halves_of_three_days_are_enough_to_compare() -> None:
    """Five noted days are too few; six are enough, and of seven the later half has the odd one."""
    days = [check_in(FIRST + timedelta(n), n) for n in range(7)]
    told = [period_change(pain_days(history(*days[:count]), FIRST, LAST), "walking") for count in (0, 5, 6, 7)]
    assert [change.tells for change in told] == [False, False, True, True]
    assert [(change.days_before, change.days_after) for change in told] == [(0, 0), (2, 3), (3, 3), (3, 4)]
    assert [(change.before, change.after) for change in told] == [(None, None), (0.5, 3.0), (1.0, 4.0), (1.0, 4.5)]


@pytest.mark.parametrize(("days", "each", "points"), [(100, 1, 100), (101, 7, 15)])
def test_up_to_a_hundred_days_have_a_point_each(days: int, each: int, points: int) -> None:
    """Beyond that a day would be no dot any more: a week has one, in its middle, and the last week what it has."""
    series = pain_days(history(), FIRST, FIRST + timedelta(days - 1))
    assert each_of(series) == each
    assert len(columns_of(days, each_of(series))) == points
    noted = pain_days(
        history(check_in(FIRST, 2), check_in(FIRST + timedelta(days - 1), 5)), FIRST, FIRST + timedelta(days - 1)
    )
    assert chart_points(noted, "walking") == ([(0, 2), (99, 5)] if each == 1 else [(3, 2), (99, 5)])


def test_the_strength_of_a_period_is_what_was_noted_in_it() -> None:
    """Lowest, highest, median and last, with its day; None where nothing was."""
    series = pain_days(
        history(check_in(FIRST, 4), check_in(FIRST + timedelta(2), 1), check_in(FIRST + timedelta(5), 3)), FIRST, LAST
    )
    assert pain_strength(series, "walking") == Strength("walking", 3, 1, 4, 3, 3, FIRST + timedelta(5))
    assert pain_strength(series, "morning") is None


def test_a_day_of_care_has_all_that_was_done_in_it() -> None:
    """Sessions, ice, the evening's yes or no, what hurt, and whether it was a day of a pause; of that day alone."""
    next_day = FIRST + timedelta(1)
    records = (
        Ice(id="i", at=moment(FIRST), minutes=15), Ice(id="j", at=moment(next_day), minutes=15),
        IceEnd(id="e", at=moment(next_day) + timedelta(seconds=30), ice="j"), Hurt(id="h", at=moment(next_day)),
        HabitDay(id="k", at=moment(FIRST), habit="stairs", day=FIRST, kept=False),
        HabitDay(id="l", at=moment(FIRST, 21), habit="stairs", day=FIRST, kept=True),
        HabitDay(id="m", at=moment(next_day), habit="stairs", day=next_day, kept=False),
        Session(id="s", at=moment(FIRST - timedelta(1)), routine="evening", seconds=60),
    )  # fmt: skip
    first, second, third = care_days(History.of(records), FIRST, FIRST + timedelta(2), frozenset({next_day}))
    assert first == CareDay(FIRST, ices=1, habit=True)
    assert second == CareDay(next_day, hurts=1, habit=False, paused=True)
    assert third == CareDay(FIRST + timedelta(2))
    assert [day.cared for day in (first, second, third)] == [True, False, False]
    alone = (CareDay(FIRST, sessions=1), CareDay(FIRST, ices=1), CareDay(FIRST, habit=True))
    assert all(day.cared for day in alone)


def test_a_day_is_called_by_the_strictest_that_was_told_in_it() -> None:
    """A calm evening does not make a day of a pause a calm one; what was told later of a day counts for that day."""
    told: list[tuple[date, int, Activity | None]] = [
        (FIRST, 8, "pause"), (FIRST, 20, "go"), (LAST, 8, "go"), (LAST, 20, "gentle"), (LAST - timedelta(1), 8, None),
    ]  # fmt: skip
    notes = [check_in(day, 1, hour=hour, told=activity) for day, hour, activity in told]
    later = replace(check_in(LAST, 1, hour=21, told="go"), day=FIRST + timedelta(1))
    states = day_states(history(*notes, later), moment(LAST, 23))
    assert states == {FIRST: "rest", FIRST + timedelta(1): "go", LAST: "gentle"}


def test_a_chart_has_each_day_as_it_was() -> None:
    """The number, of each knee where they were told apart, the state, the pause and the painkiller."""
    apart = Answers(pain=Pain(walking=4), side="both", knees=Knees(KneePain(4), KneePain(1)))
    notes = [CheckIn(id="a", at=moment(FIRST), answers=apart), check_in(FIRST + timedelta(1), 2, medicine="x")]
    series = pain_days(history(*notes), FIRST, FIRST + timedelta(2))
    days = chart_days(series, {FIRST: "gentle"}, {FIRST + timedelta(1)})
    assert days == (
        ChartDay(FIRST, 4, state="gentle", knees=(4, 1)),
        ChartDay(FIRST + timedelta(1), 2, paused=True, medicine=True),
        ChartDay(FIRST + timedelta(2)),
    )
    alone = pain_days(history(check_in(FIRST, 3, answers={"side": "left"})), FIRST, FIRST)
    assert [chart_days(alone, {}, frozenset(), side)[0].knees for side in ("left", "right")] == [None, (3, None)]


def test_what_was_told_in_words_is_counted_once_a_check_in() -> None:
    """In which movements, how it felt, and on which days it stabbed or was hot: the most frequent first."""
    told = [
        {"when": ("stairs-down", "deep-bend"), "quality": ("dull",), "sharp": "repeats", "hot": "no"},
        {"when": ("deep-bend",), "quality": ("dull", "tight"), "sharp": "one-movement", "hot": "yes"},
        {"sharp": "one-movement", "hot": "yes"},
    ]
    notes = tuple(check_in(day, 1, hour=9 + n, answers=told[n]) for n, day in enumerate((FIRST, LAST, LAST)))
    assert movements(notes) == (("deep-bend", 2), ("stairs-down", 1))
    assert qualities(notes) == (("dull", 2), ("tight", 1))
    assert sharp_days(notes) == {"one-movement": (LAST,), "repeats": (FIRST,)}
    assert hot_days(notes) == (LAST,)


def test_what_was_told_under_a_painkiller_is_marked_where_it_was_told() -> None:
    """In the column of its day, or of its week, and only for a number that was told."""
    notes = [check_in(FIRST, 2), check_in(FIRST + timedelta(8), 2, medicine="x"), check_in(LAST, medicine="x")]
    series = pain_days(history(*notes), FIRST, LAST)
    assert columns_under_medicine(series, "walking", 1) == {8}
    assert columns_under_medicine(series, "walking", 7) == {1}
    assert columns_under_medicine(series, "rest", 1) == frozenset()


def test_the_walking_numbers_stand_in_the_place_of_the_worst() -> None:
    """Told apart by knee, with the other numbers after them."""
    assert views_of(("left", "right")) == ("left", "right", "rest", "during", "morning")
    assert views_of(("walking",), COMPARED) == ("walking", "rest", "morning")
