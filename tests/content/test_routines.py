"""The stretches, routines and what stands beside them: whole, within bounds, and usable by the plan."""

import pytest

from coach.content import Content
from coach.domain.exercise.dose import Step
from coach.domain.exercise.phases import seconds, timeline
from coach.domain.exercise.stretch import Routine, Stretch
from coach.domain.ice import DEFAULT_MINUTES, MOST_MINUTES

CONTENT = Content.open()
STRETCHES = tuple(CONTENT.stretches.values())
LANGUAGES = ("en", "ja")


def test_stretches_are_counted_as_they_are_listed() -> None:
    """Whoever shows how many there are reads none of them."""
    assert len(CONTENT.stretches) == len(STRETCHES) == len({stretch.id for stretch in STRETCHES})


EACH = pytest.mark.parametrize("stretch", STRETCHES, ids=[one.id for one in STRETCHES])


@EACH
def test_every_chain_of_easier_versions_ends(stretch: Stretch) -> None:
    """A gentle day always finds an easier version, and never goes round in a circle."""
    seen = [stretch.id]
    while stretch.easier:
        stretch = CONTENT.stretches[stretch.easier]
        assert stretch.id not in seen
        seen.append(stretch.id)
    assert stretch.id == "ankle-pumps-bed"


def test_the_article_s_stretch_grows_easier_step_by_step() -> None:
    """Heel down, softer knee, towel on the foot, lying, ankle pumps in bed."""
    chain = ["seated-toe-pull"]
    while following := CONTENT.stretches[chain[-1]].easier:
        chain.append(following)
    assert chain == [
        "seated-toe-pull", "seated-toe-pull-soft", "seated-towel-pull", "lying-towel-hamstring", "ankle-pumps-bed"
    ]  # fmt: skip


@EACH
def test_an_easier_version_asks_for_no_more(stretch: Stretch) -> None:
    """No easier version stands where the harder one sat, or is held longer."""
    rank = ("lying", "seated", "standing")
    if stretch.easier:
        easier = CONTENT.stretches[stretch.easier]
        assert rank.index(easier.position) <= rank.index(stretch.position)
        assert easier.dose.hold_s <= max(stretch.dose.hold_s, 20)
        assert easier.kind != "strength"


@EACH
def test_every_dose_lies_within_what_guidance_names(stretch: Stretch) -> None:
    """A stretch is held 20 s twice a side and grows to 30 s at most; what is counted is done ten times at most."""
    dose = stretch.dose
    if stretch.kind == "stretch":
        assert (dose.hold_s, dose.reps) == (20, 2)
        assert 20 <= dose.grow_to_s <= 30
        assert (dose.ready_s, dose.ease_in_s, dose.ease_out_s, dose.change_s) == (5, 10, 5, 10)
    else:
        assert dose.grow_to_s == dose.hold_s <= 5
        assert dose.reps == (8 if stretch.kind == "strength" else 10)


@EACH
def test_every_stretch_can_be_seen(stretch: Stretch) -> None:
    """Each has a figure at ease and in the hold, with the muscle that it is for."""
    assert stretch.figure is not None
    assert {"ready", "hold"} <= set(stretch.figure.poses)
    assert stretch.figure.muscle


@EACH
def test_every_stretch_fits_a_narrow_screen(stretch: Stretch) -> None:
    """Its steps are short sentences, few enough to be remembered; its short name fits beside a number."""
    assert 3 <= len(stretch.how) <= 4
    for step in stretch.how:
        assert len(step["en"]) <= 80
        assert len(step["ja"]) <= 40
    assert len(stretch.short["en"]) <= 18
    assert len(stretch.short["ja"]) <= 9


def test_with_a_bulge_only_ankle_pumps_and_quad_sets_stay() -> None:
    """What is left out for a bulge or pressure is told by the data of each stretch."""
    stay = {one.id for one in STRETCHES if "bulge-or-pressure" not in one.avoid.signs}
    assert stay == {"ankle-pumps", "ankle-pumps-bed", "quad-set", "quad-set-bed"}


def test_leaning_forward_is_left_out_with_thin_bones_and_the_seated_pull_stands_in() -> None:
    """No forward tilt is offered to whoever told of osteoporosis."""
    for stretch_id in ("soft-knee-hinge", "seated-hinge"):
        avoid = CONTENT.stretches[stretch_id].avoid
        assert "osteoporosis" in avoid.contexts
        assert avoid.instead == "seated-toe-pull-soft"


def test_what_a_stretch_names_exists() -> None:
    """Signs, stand-ins and easier versions are all real ids."""
    for stretch in STRETCHES:
        assert set(stretch.avoid.signs) <= set(CONTENT.rules.signs)
        assert {stretch.easier, stretch.avoid.instead} - {None} <= set(CONTENT.stretches)


def test_there_is_a_routine_for_every_time_of_the_day() -> None:
    """Slow in the morning, light in a work break, easy in the evening; breaks at the desk; strength apart."""
    slots: dict[str, list[Routine]] = {}
    for routine in CONTENT.routines.values():
        slots.setdefault(routine.slot, []).append(routine)
    assert set(slots) == {"morning", "break", "evening", "desk-break", "strength"}
    assert {one.pace for one in slots["morning"]} == {"slow"}
    assert {one.pace for one in slots["break"]} == {"light"}
    assert len(slots["desk-break"]) >= 3
    assert sum(one.beyond and one.kind != "strength" for one in STRETCHES) >= 5


def test_strength_is_in_no_routine_but_its_own() -> None:
    """Exercises for strength are offered, not imposed."""
    for routine in CONTENT.routines.values():
        kinds = {CONTENT.stretches[one].kind for one in routine.stretches}
        assert ("strength" in kinds) == (routine.slot == "strength"), routine.id


@pytest.mark.parametrize("routine", [one for one in CONTENT.routines.values() if one.slot == "desk-break"])
def test_a_desk_break_is_about_a_minute_on_the_chair(routine: Routine) -> None:
    """Whoever has only a minute is not held longer, and need not stand up."""
    stretches = [CONTENT.stretches[one] for one in routine.stretches]
    assert all(one.desk and one.position == "seated" for one in stretches)
    steps = [
        Step(one.id, side, one.dose.hold_s, min(one.dose.reps, routine.reps or one.dose.reps))
        for one in stretches
        for side in ("left", "right")
    ]
    assert 45 <= seconds(timeline(steps, CONTENT.stretches, routine.pace)) <= 75


def test_what_is_counted_is_never_cut_to_next_to_nothing() -> None:
    """A routine's limit of holds is not a limit of one ankle pump."""
    for routine in CONTENT.routines.values():
        if any(CONTENT.stretches[one].kind != "stretch" for one in routine.stretches):
            assert routine.reps is None or routine.reps >= 4, routine.id


def test_the_seven_habits_are_there() -> None:
    """Those of the product's moment 7, each asked so that yes is the kinder side."""
    assert list(CONTENT.habits) == [
        "crossed-legs", "one-leg-standing", "toes-out", "knees-in", "shoes", "stance", "rhythm"
    ]  # fmt: skip


def test_the_words_on_ice_say_the_times_that_the_timer_keeps() -> None:
    """Text and timer cannot drift apart."""
    said = {rule.id: rule.text for rule in CONTENT.icing.rules}
    for language in LANGUAGES:
        assert str(DEFAULT_MINUTES) in said["time"][language]
        assert str(MOST_MINUTES) in said["time"][language]
    assert {"cloth", "water-ice", "outer-edge", "awake", "stretch-first", "again"} <= set(said)


def test_every_condition_against_ice_is_asked() -> None:
    """None of the conditions for which one asks a professional first is missing."""
    asked = {one.id for one in CONTENT.icing.conditions}
    assert asked == {
        "raynaud", "cold-hypersensitivity", "cold-blood-disorder", "numb-skin", "diabetes-poor-sensation",
        "poor-circulation", "broken-skin", "infection", "heart-disease",
    }  # fmt: skip


def test_the_pages_are_the_same_in_both_languages() -> None:
    """The same pages in the same order from the same sources."""
    english, japanese = (CONTENT.learn(language) for language in LANGUAGES)
    heads = [[(page.id, page.order, page.sources, page.beyond) for page in pages] for pages in (english, japanese)]
    assert heads[0] == heads[1]
    assert {
        "causes",
        "checks",
        "self-care",
        "care",
        "what-to-tell",
        "questions",
        "ice-or-warmth",
        "rules",
        "limits",
    } <= {page.id for page in english}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tip_can_be_read_among_the_pages(language: str) -> None:
    """No tip is written for nobody, and no placeholder or empty heading is left on the page."""
    page = next(page for page in CONTENT.learn(language) if page.id == "tips")
    assert all(f"- {tip.text[language]}" in page.text for tip in CONTENT.tips.values())
    assert "{" not in page.text
    assert not page.text.rstrip().splitlines()[-1].startswith("#")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_the_rules_tells_published_signs_from_our_proposals(language: str) -> None:
    """Every sign stands under where it comes from, as the data has it."""
    page = next(page for page in CONTENT.learn(language) if page.id == "rules")
    article, published, proposal = (part for part in page.text.split("\n## ")[1:4])
    for sign in CONTENT.rules.signs.values():
        cited = any(source.startswith("article:") for source in sign.source)
        part = article if cited else {"published": published, "proposal": proposal}[sign.basis]
        assert f"- {sign.short[language]}\n" in part, sign.id


def test_what_the_page_calls_our_cuts_are_ours() -> None:
    """No rule on numbers alone claims to be published, but the pairs that are."""
    published = {one for one, rule in CONTENT.rules.written.items() if rule.basis == "published"}
    assert published == {
        "under-16-same-day", "under-16-rested", "calf-ache-at-risk", "hot-at-risk", "foot-with-diabetes",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_where_it_goes_beyond_the_article(language: str) -> None:
    """Where a page of the article cites another source, the text itself says which part is not the article's."""
    mark = "†"
    for page in CONTENT.learn(language):
        if not page.beyond and any(not source.startswith("article:") for source in page.sources):
            assert mark in page.text, page.id
