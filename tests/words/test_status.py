"""A pause in words: until when, what ends it, and how far one is."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations

import pytest
from msgspec.structs import replace

from coach.content import Content, shipped
from coach.domain.status.standing_pause import BACK_WHEN, ENDS_WITH_TIME, Pause
from coach.domain.status.status import current_status
from coach.domain.triage.answers import Tri
from coach.words import LANGUAGES, Words
from coach.words.dates import week_day
from coach.words.decision import Teller
from coach.words.status import (
    before_visit_key,
    calls_first,
    condition_text,
    emergency_lines,
    headline_and_care,
    pause_end,
    pause_lines,
    reason_lines,
    rule_text,
)
from tests.domain.status.stories import Story, moment


def pauses() -> Iterator[tuple[str, Pause, int]]:
    """Yield a pause of each kind, with the day on which it is told."""
    stories = {
        "pain": (Story().note(0, walking=7), 1),
        "calm once": (Story().note(0, walking=7).note(3), 3),
        "hurt": (Story().note(0).hurt(0), 0),
        "pain and hurt": (Story().note(0, walking=7).hurt(0), 0),
        "seen": (Story().note(0, signs={"locked-knee": "yes"}), 0),
    }
    for name, (story, day) in stories.items():
        pause = story.status(day, 3).pause
        assert pause is not None
        yield name, pause, day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "pause", "day"), list(pauses()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_ends_a_pause_is_told_whole(language: str, name: str, pause: Pause, day: int) -> None:
    """Each condition that is still open, and the calm check-ins so far only where two of them are needed."""
    words = Words(language)
    text = "\n".join(pause_lines(pause, words, moment(day, 3)))
    for condition in pause.back_when:
        is_over = condition == "least-time" and pause.until is not None and pause.until <= moment(day, 3)
        is_untrue = condition == "tomorrow" and len(pause.back_when) > 1
        assert (words(f"pause.back-when.{condition}") in text) != (is_over or is_untrue)
    assert (words("pause.calm", n=pause.calm) in text) == ("two-calm" in pause.back_when)


PAUSES = [names for n in range(len(BACK_WHEN) + 1) for names in combinations(BACK_WHEN, n)]
"""Everything that can be asked together before a pause ends."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("until", [None, moment(0, 1), moment(0, 9), moment(3)])
def test_no_pause_that_there_can_be_is_told_by_a_key(language: str, until: datetime | None) -> None:
    """Whatever must end before it does, in whatever company, its end and its conditions are sentences."""
    words = Words(language)
    for back_when in PAUSES:
        if until is not None and not set(back_when) <= ENDS_WITH_TIME:
            continue
        untold = ("rest", "walking", "sharp", "hot", "medicine")
        pause = Pause(reason="hurt", since=moment(0), until=until, back_when=back_when, untold=untold)
        for text in (pause_end(pause, words, moment(0, 4)), *pause_lines(pause, words, moment(0, 4))):
            assert "pause." not in text
            assert " " in text or language == "ja"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pause_whose_end_is_open_names_what_opens_it(language: str) -> None:
    """A high pain score and a sign one is not sure of: the minimum rest alone would not end it."""
    words, story = Words(language), Story().note(0, walking=7).note(0, signs={"cold-pale-foot": "unsure"})
    status = story.status(0, 2)
    assert status.pause is not None
    assert {"least-time", "answer"} <= set(status.pause.back_when)
    assert pause_end(status.pause, words, moment(0, 2)) == words("pause.end.answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_there_can_be_is_a_sentence(language: str) -> None:
    """Each rule, sign and reason of the course, whether it fires now or paused earlier: never its id, never a key."""
    words, book = Words(language), Content(shipped()).rules
    quiet = Story().note(0).status(0, 1)
    names = [*book.signs, *(rule.id for rule in book.rules)]
    for name in names:
        (text,) = [*reason_lines(replace(quiet, reasons=(name,)), words, book)] or [rule_text(name, words, book)]
        assert text
        assert text != name
        assert not text.startswith(("pause.", "decision."))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_that_may_be_there_puts_the_call_first(language: str) -> None:
    """Whoever wrote of chest pain, or is not sure of it, reads the number before anything about a visit today."""
    words, book = Words(language), Content(shipped()).rules
    status = Story().note(0, signs={"chest-or-breath": "unsure"}).status(0, 1)
    assert status.advice == "today"
    for region, number in (("gb", "999"), ("jp", "119")):
        first, headline, *_ = headline_and_care(status, words, book, region)
        assert number in first
        assert words("decision.headline.today") in headline
    assert words("care.if-now-local") == headline_and_care(status, words, book, "other")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dated", ["ahead", "changed later"])
def test_an_emergency_that_may_be_there_puts_the_call_first_whatever_its_date(language: str, dated: str) -> None:
    """Also where a clock was ahead, or the entry was changed days later: the number, and which sign it is."""
    words, book, story = Words(language), Content(shipped()).rules, Story().note(0, id="first")
    if dated == "ahead":
        story.note(3, signs={"chest-or-breath": "unsure"})
    else:
        story.edit("first", 1.5, signs={"chest-or-breath": "unsure"})
    status = story.status(1 if dated == "ahead" else 2)
    assert status.advice == "today"
    assert "999" in headline_and_care(status, words, book, "gb")[0]
    assert any(
        words.pick(book.signs["chest-or-breath"].short)[1:] in line for line in reason_lines(status, words, book)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_emergencies_the_one_that_is_there_is_told_alone(language: str) -> None:
    """One yes, one not sure: the call is for now, not for the case that something is there."""
    words, book = Words(language), Content(shipped()).rules
    status = Story().note(0, signs={"chest-or-breath": "yes", "cold-pale-foot": "unsure"}).status(0, 1)
    assert calls_first(status, words, book, "gb") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_dated_ahead_is_named_after_a_visit_too(language: str) -> None:
    """The page for an emergency says which sign it is, whatever the clock of the machine that noted it."""
    words, book = Words(language), Content(shipped()).rules
    story = Story().note(0).note(3, signs={"chest-or-breath": "yes"}).seen(4)
    history = replace(story.history, dated_ahead=frozenset((story.history.check_ins[-1].id,)))
    status = current_status(history, story.profile, book, moment(5))
    assert status.advice == "emergency"
    text = "\n".join(emergency_lines(status, words, book, "gb"))
    assert words("pause.earlier-emergency", sign=words.pick(book.signs["chest-or-breath"].short)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_that_stands_says_why(language: str) -> None:
    """Yes in the morning, no in the evening: the call stays, with the earlier answer as its reason."""
    words, book = Words(language), Content(shipped()).rules
    story = Story().note(0, signs={"chest-or-breath": "yes"}).note(0, 9, signs={"chest-or-breath": "no"})
    status = story.status(0, 10)
    assert status.advice == "emergency"
    sign = words.pick(book.signs["chest-or-breath"].short)
    assert any(
        line.endswith(words("pause.earlier-emergency", sign=sign))
        for line in emergency_lines(status, words, book, "gb")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_paused_is_called_by_what_it_is_about(language: str) -> None:
    """A sign by its few words, a rule by its sentence, never by an id; what no book knows is left out."""
    words, book = Words(language), Content(shipped()).rules
    assert rule_text("locked-knee", words, book) == words.pick(book.signs["locked-knee"].short)
    assert rule_text("rest-8", words, book) == next(words.pick(rule.text) for rule in book.rules if rule.id == "rest-8")
    assert rule_text("gone", words, book) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_least_rest_it_is_said_how_many_calm_check_ins_are_left(language: str) -> None:
    """Two, then one; then it's over. Nobody who has told of one is asked for two more."""
    words, story = Words(language), Story().note(0, walking=7)
    for day, key in ((3, "pause.end.over"), (4, "pause.end.over-one")):
        pause = story.status(day, 1).pause
        assert pause is not None
        assert pause_end(pause, words, moment(day, 1)) == words(key)
        story.note(day, 2)
    assert story.status(4, 3).activity == "gentle"


TELLINGS = {
    "a 7, then a good day": (Story().note(0, walking=7).note(1, walking=2, rest=2), 1, ["walking", "7"]),
    "a 9 at rest, then a milder number": (
        Story().note(0, rest=9, walking=9).note(1, rest=4, walking=4, signs={"night-waking": "yes"}),
        1,
        ["9"],
    ),
}


@pytest.mark.parametrize(("story", "day", "holds"), TELLINGS.values(), ids=TELLINGS)
def test_what_paused_earlier_is_told_with_its_day_and_answer(story: Story, day: int, holds: list[str]) -> None:
    """The sentence of a rule that does not fire any more would ask for something else than what stands."""
    words, book = Words("en"), Content(shipped()).rules
    status = story.status(day, 3)
    text = "\n".join(reason_lines(status, words, book))
    assert week_day(moment(0).date(), words) in text
    assert all(part in text for part in holds)
    for rule in ("pain-low", "pain-high", "rest-8", "pain-middle", "pain-unknown"):
        assert rule_text(rule, words, book) not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_says_gently_beside_a_rest_or_an_alarm(language: str) -> None:
    """Beside chest pain nothing else is told but what pauses; without a number, nothing says so beside a rest."""
    words, book = Words(language), Content(shipped()).rules
    alarm = reason_lines(
        Story().note(0, walking=None, rest=None, signs={"chest-or-breath": "yes"}).status(0, 1), words, book
    )
    rest = reason_lines(Story().note(0, walking=7).note(1, walking=None, rest=None).status(1, 3), words, book)
    for lines in (alarm, rest):
        assert lines
        assert rule_text("pain-unknown", words, book) not in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rest_names_the_day_on_which_it_ends(language: str) -> None:
    """*It hurts* at ten in the evening rests until six: tomorrow before midnight, and "06:00" after it."""
    words, story = Words(language), Story().note(0).hurt(0, 14)
    late, early = moment(0, 15), moment(0, 17)
    before, after = story.status(0, 15).pause, story.status(0, 17).pause
    assert before is not None
    assert after is not None
    assert condition_text("tomorrow", before, words, late) == words("pause.back-when.tomorrow")
    assert condition_text("tomorrow", after, words, early) == words("pause.back-when.at", moment="06:00")
    for lines in ("\n".join(pause_lines(after, words, early)), pause_end(after, words, early)):
        assert "06:00" in lines
        assert words("pause.back-when.tomorrow") not in lines
        assert words("pause.end.tomorrow") not in lines


def test_a_rest_until_midnight_is_tomorrow_only_the_day_before() -> None:
    """The same pause, looked at a day too early, names its day."""
    words = Words("en")
    pause = Pause(reason="hurt", since=moment(0, 9), until=moment(1, 16), back_when=("tomorrow",))
    assert pause_end(pause, words, moment(1, 4)) == words("pause.end.tomorrow")
    assert pause_end(pause, words, moment(0, 4)) != words("pause.end.tomorrow")
    assert words("pause.back-when.tomorrow") not in condition_text("tomorrow", pause, words, moment(0, 4))


@pytest.mark.parametrize(("language", "softer"), [("en", ("gentl", "routine")), ("ja", ("軽め", "メニュー"))])
def test_no_whole_reason_says_gently_or_as_usual_beside_a_rest(language: str, softer: tuple[str, ...]) -> None:
    """On the page of reasons a sign names itself and whom to see; what to do with the routine is the headline's."""
    words, book = Words(language), Content(shipped()).rules
    teller = Teller(words, book)
    signs = {"stuck-feeling": "yes", "calf-ache": "yes", "long-walk-only": "unsure"}
    status = Story().note(0, walking=7, signs=signs).status(0, 1)
    told = [teller.reason(reason) for reason in status.decision.reasons if reason.rule in signs]
    assert len(told) > len(signs)
    for text in (*told, *reason_lines(status, words, book)):
        assert not any(part in text for part in softer), text


LOCKED: dict[str, Tri] = {"locked-knee": "yes"}
UNSURE: dict[str, Tri] = {"cold-pale-foot": "unsure"}
PAIN, SIGNS = "pause.before-visit-pain", "pause.before-visit"
BEFORE_VISIT: dict[str, tuple[Callable[[Story], Story], str | None]] = {
    "nothing since": (lambda story: story.note(0, signs={"locked-knee": "yes"}).seen(0, 2), SIGNS),
    "no visit": (lambda story: story.note(0, signs={"locked-knee": "yes"}), None),
    "seen again": (lambda story: story.note(0, signs={"locked-knee": "yes"}).seen(0, 2).seen(0, 3), SIGNS),
    "a number": (lambda story: story.note(0, rest=8).seen(0, 2), PAIN),
    "the signs alone": (lambda story: story.note(0, rest=8).seen(0, 2).note(0, 3, rest=None), PAIN),
    "a number since": (lambda story: story.note(0, rest=8).seen(0, 2).note(0, 3, rest=9), None),
    "a sign since": (lambda story: story.note(0, rest=8).seen(0, 2).screening(0, 3, **LOCKED), None),
    "not sure since": (lambda story: story.note(0).seen(0, 2).screening(0, 3, **UNSURE), None),
    "a number alone": (
        lambda story: story.note(0, signs={"cold-pale-foot": "unsure"}).seen(0, 2).note(0, 3, asked=(), signs=UNSURE),
        SIGNS,
    ),
    "mended since": (lambda story: story.note(0, id="a").seen(0, 2).note(0, 3, rest=9, corrects="a"), None),
}
"""What was told before and after a visit, and which sentence says that the advice is of before it."""


@pytest.mark.parametrize("name", BEFORE_VISIT)
def test_the_advice_is_of_before_a_visit_where_all_that_it_rests_on_is(name: str) -> None:
    """A list answered since, a number, or a correction: none of them is said to be old."""
    tell, key = BEFORE_VISIT[name]
    status = tell(Story()).status(0, 5)
    assert status.advice in ("today", "emergency")
    assert before_visit_key(status) == key


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_is_the_call_alone(language: str) -> None:
    """Whom to call, the sign, and what to do once seen: no rest, no way back and no other sign beside it."""
    words, book = Words(language), Content(shipped()).rules
    status = Story().note(0, walking=7, signs={"chest-or-breath": "yes", "locked-knee": "yes"}).status(0, 1)
    lines = emergency_lines(status, words, book, "jp")
    text = "\n".join(lines)
    assert "119" in text
    assert words.pick(book.signs["chest-or-breath"].short)[1:] in text
    assert words.pick(book.signs["locked-knee"].short)[1:] not in text
    assert "seen --by" in text
    for key in ("plan.back", "decision.beside.pause", "plan.no-routine"):
        assert words(key) not in text
