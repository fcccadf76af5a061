"""A therapist's own stretch, routine or tip: short to write, checked to the line, kept privately."""

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from coach.content import Content
from coach.home import Home
from coach.words import LANGUAGES
from tests.helpers import Ran

Coach = Callable[..., Ran]
SHORT = """
id = "my-calf"
name = "Calf, by Ms Tanaka"
like = "wall-calf"
side = "left"
hold = 15
repetitions = 3
days = 3
until = 2026-12-31
never = ["Never bounce."]
"""
LONG = """
id = "my-sit"
name = { en = "Quiet sitting", ja = "静かに座る" }
position = "seated"
how = ["Sit.", "Breathe."]
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    """Return a function that writes a therapist's file."""

    def write(text: str) -> str:
        path = tmp_path / "from-therapist.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_short_stretch_takes_over_from_the_one_it_is_like(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """Side, hold, repetitions, days, end and never-do as written; position, cautions and drawing as the model's."""
    assert coach("routines", "add", file(SHORT)).code == 0
    own, model = (home.content.stretches[one] for one in ("my-calf", "wall-calf"))
    assert (own.side, own.dose.hold_s, own.dose.reps) == ("left", 15, 3)
    assert own.dose.grow_to_s == 15
    assert (own.position, own.figure, own.cautions, own.easier) == (
        model.position, model.figure, model.cautions, model.easier
    )  # fmt: skip
    assert own.own
    assert [one["any"] for one in own.never] == ["Never bounce."]


def test_its_days_and_its_end_are_kept(home: Home, coach: Coach, file: Callable[[str], str]) -> None:
    """Three days a week are Monday, Wednesday and Friday, and after its last day it is due no more."""
    coach("routines", "add", file(SHORT))
    own = home.content.stretches["my-calf"]
    assert [own.due(date(2026, 11, day)) for day in range(23, 30)] == [True, False, True, False, True, False, False]
    assert own.due(date(2026, 12, 30))
    assert not own.due(date(2027, 1, 1))


def test_it_is_left_out_for_the_signs_that_every_stretch_is_left_out_for(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """A file can add to what it is left out for, and take nothing away."""
    coach("routines", "add", file(LONG))
    coach("routines", "add", file(SHORT + '[avoid]\nsigns = ["calf-ache"]\n'))
    assert "bulge-or-pressure" in home.content.stretches["my-sit"].avoid.signs
    assert {"bulge-or-pressure", "calf-ache"} <= set(home.content.stretches["my-calf"].avoid.signs)


def test_it_is_kept_for_its_owner_alone(home: Home, coach: Coach, file: Callable[[str], str]) -> None:
    """What a therapist wrote is as private as the records."""
    coach("routines", "add", file(SHORT))
    (kept,) = home.places.own_content().iterdir()
    assert kept.name == "my-calf.toml"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_second_file_of_the_same_id_replaces_the_first_and_says_so(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """A therapist's new version takes the place of the old one."""
    coach("routines", "add", file(SHORT))
    ran = coach("routines", "add", file(SHORT.replace("15", "10")))
    assert "replaces" in ran.out
    assert home.content.stretches["my-calf"].dose.hold_s == 10


def test_a_routine_of_one_s_own_names_stretches_that_ship_and_one_s_own(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """An own routine may mix both."""
    coach("routines", "add", file(SHORT))
    text = 'kind = "routine"\nid = "my-evening"\nname = "Evening"\nstretches = ["my-calf", "ankle-pumps"]\nhold = 15\n'
    assert coach("routines", "add", file(text)).code == 0
    routine = home.content.routines["my-evening"]
    assert (routine.stretches, routine.hold_s, routine.own) == (("my-calf", "ankle-pumps"), 15, True)
    assert "Calf, by Ms Tanaka" in coach("routines", "show", "my-evening").out


def test_a_stretch_in_no_routine_of_one_s_own_follows_the_day_s_routine(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """Whoever adds one stretch finds it in today's plan, and not in the minute at the desk."""
    coach("routines", "add", file(SHORT))
    assert home.content.routines["evening"].stretches[-1] == "my-calf"
    assert "my-calf" not in home.content.routines["desk-ankles"].stretches


def test_a_tip_of_one_s_own_is_one_sentence(home: Home, coach: Coach, file: Callable[[str], str]) -> None:
    """A word from the therapist stands among the tips."""
    assert coach("routines", "add", file('kind = "tip"\nid = "my-tip"\ntext = "Slowly on the stairs."\n')).code == 0
    assert home.content.tips["my-tip"].own
    for language in ("en", "ja"):
        page = next(page for page in home.content.learn(language) if page.id == "tips")
        assert page.text.rstrip().endswith("- Slowly on the stairs.")


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        (SHORT.replace('side = "left"', 'side = "up"'), 5, "side", "not among"),
        (SHORT.replace("hold = 15", "hold = 90"), 6, "hold", "must be <= 60"),
        (SHORT.replace("hold = 15", 'hold = "long"'), 6, "hold", "whole number"),
        (SHORT.replace("repetitions = 3", "repetitions = 0"), 7, "repetitions", "must be >= 1"),
        (SHORT.replace("days = 3", "days = 8"), 8, "days", "from 1 to 7"),
        (SHORT.replace("days = 3", 'days = ["someday"]'), 8, "days[1]", "not among"),
        (SHORT.replace("2026-12-31", '"soon"'), 9, "until", "a date such as"),
        (SHORT.replace('like = "wall-calf"', 'like = "moon"'), 4, "like", "not known"),
        (SHORT.replace('id = "my-calf"\n', ""), 1, "id", "missing"),
        (SHORT.replace("my-calf", "My Calf!"), 2, "id", "cannot be an id"),
        (SHORT.replace("my-calf", "../../profile"), 2, "id", "cannot be an id"),
        (SHORT.replace("my-calf", "wall-calf", 1), 2, "id", "is already the id"),
        (SHORT.replace("Never bounce.", "Never\\u001b[31m bounce."), 10, "never[1]", "control character"),
        (SHORT + "own = false\n", 11, "own", "there is no such key"),
        (SHORT + "strength = 11\n", 11, "strength", "there is no such key"),
        (LONG.replace('position = "seated"\n', ""), 1, "position", "missing"),
        (LONG.replace('"Sit."', '"' + "Sit. " * 200 + '"'), 5, "how[1]", "longer than"),
        ('kind = "poem"\nid = "x"\n', 1, "kind", "not among: stretch, mobility, strength, routine, tip"),
        ('kind = "routine"\nid = "x"\nname = "X"\nstretches = ["moon"]\n', 4, "stretches[1]", "not known"),
        (LONG + 'easier = "moon"\n', 6, "easier", "not known"),
        (LONG + 'easier = "my-sit"\n', 6, "easier", "not known"),
        (SHORT + "[avoid]\nsigns = 3\n", 12, "avoid.signs", "must be a list"),
        (SHORT.replace('like = "wall-calf"', "like = [1]"), 4, "like", "not known"),
        ('kind = "routine"\nid = "x"\nstretches = []\n', 1, "name", "missing"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_key_and_reason(
    home: Home, coach: Coach, file: Callable[[str], str], text: str, line: int, key: str, reason: str
) -> None:
    """A therapist who mistyped finds the place; nothing is kept, and the exit status says wrong data."""
    path = file(text)
    for verb in ("validate", "add"):
        ran = coach("routines", verb, path)
        assert ran.code == 65
        assert ran.err.startswith(f"{path}:{line}: {key}: ")
        assert reason in ran.err
        assert ran.err.count("\n") == 1
    assert not home.places.own_content().exists()


def test_a_file_that_was_broken_later_is_left_out_and_told_and_the_rest_goes_on(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """An own file that was edited wrongly by hand stops nothing else."""
    coach("routines", "add", file(SHORT))
    (home.places.own_content() / "other.toml").write_text('id = "other"\nposition = ', encoding="utf-8")
    ran = coach("routines", "list")
    assert ran.code == 0
    assert "my-calf" in ran.out
    assert "other.toml:2" in ran.err
    today = coach("today")
    assert today.code == 0
    assert "other.toml:2" in today.err
    assert coach("status").err == ""


def test_a_routine_whose_stretch_was_taken_away_is_left_out(
    home: Home, coach: Coach, file: Callable[[str], str]
) -> None:
    """A routine never names what is not there."""
    coach("routines", "add", file(SHORT))
    coach("routines", "add", file('kind = "routine"\nid = "my-r"\nname = "R"\nstretches = ["my-calf"]\n'))
    (home.places.own_content() / "my-calf.toml").unlink()
    content = Content.open(home.places.own_content())
    assert "my-r" not in content.routines
    assert len(content.own_problems) == 1


def test_one_s_own_cannot_take_the_place_of_what_ships(home: Home, coach: Coach, file: Callable[[str], str]) -> None:
    """A file put into the folder by hand under an id that ships is left out: the shipped cautions stay."""
    folder = home.places.own_content()
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text(SHORT.replace("my-calf", "seated-hinge", 1), encoding="utf-8")
    (folder / "y.toml").write_text('kind = "routine"\nid = "evening"\nname = "E"\nstretches = ["wall-calf"]\n', "utf-8")
    assert not home.content.stretches["seated-hinge"].own
    assert not home.content.routines["evening"].own


def test_a_routine_is_checked_together_with_its_stretch(coach: Coach, tmp_path: Path) -> None:
    """Files that belong together can be checked together, before any of them is added."""
    stretch, routine = tmp_path / "s.toml", tmp_path / "r.toml"
    stretch.write_text(SHORT, encoding="utf-8")
    routine.write_text('kind = "routine"\nid = "my-r"\nname = "R"\nstretches = ["my-calf"]\n', encoding="utf-8")
    assert coach("routines", "validate", str(routine)).code == 65
    assert coach("routines", "validate", str(routine), str(stretch)).code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_in_the_help_is_right(coach: Coach, file: Callable[[str], str], language: str) -> None:
    """Whoever copies the example has a file that is taken."""
    said = coach("--lang", language, "routines", "add", "--help").out
    sample = "\n".join(line for line in said.splitlines() if line.startswith("  ") and " = " in line)
    assert "like" in sample
    assert coach("routines", "validate", file(sample)).code == 0


@pytest.mark.parametrize(
    ("drawing", "wrong"),
    [
        ('[figure.poses.ready]\nhand = "nose"', "8: figure.poses.ready.hand: 'nose' is not among: hip, knee,"),
        ("[figure.poses.ready]\nankle = [1]", "8: figure.poses.ready.ankle: must be a list of 2 values."),
        ("[figure.poses]", "7: figure.poses: is missing."),
        (
            '[figure]\nmarks = ["strides"]\n[figure.poses.ready]\nthigh = 0',
            "8: figure.marks[1]: 'strides' is not among:",
        ),
        ('[figure]\nview = "trail"\n[figure.poses.ready]\nturn = 6', "9: figure.poses.ready.steps: is missing."),
    ],
)
def test_a_drawing_that_cannot_be_drawn_is_refused(
    home: Home, coach: Coach, file: Callable[[str], str], drawing: str, wrong: str
) -> None:
    """It ended every screen that would have shown the stretch; written into the folder by hand it is left out."""
    whole = 'id = "mine"\nname = "Mine"\nposition = "seated"\nhow = ["Sit."]\n\n\n' + drawing
    assert wrong in coach("routines", "add", file(whole)).err
    assert home.content.own is not None
    home.content.own.mkdir(parents=True, exist_ok=True)
    (home.content.own / "mine.toml").write_text(whole, encoding="utf-8")
    assert "mine" not in Content.open(home.content.own).stretches
    assert coach("routines", "list").code == 0


@pytest.mark.parametrize(
    "drawing",
    [
        "[figure.poses.ready]\nthigh = 0\nankle = [30, 8]\n[figure.poses.hold]\nankle = [60, 8]",
        "[figure]\ncamera = [100, 0, -100, 180]\n[figure.poses.ready]\nthigh = 0",
        "[figure.poses.ready]\nsteps = [1, 2]",
    ],
)
def test_an_untidy_drawing_that_is_there_already_is_drawn(
    home: Home, coach: Coach, file: Callable[[str], str], drawing: str
) -> None:
    """A new file is told what its drawing says to no effect; for one that was taken once, no exercise is left out."""
    whole = 'id = "mine"\nname = "Mine"\nposition = "seated"\nhow = ["Sit."]\n' + drawing
    refused = coach("routines", "add", file(whole))
    assert refused.code == 65
    assert "figure." in refused.err
    assert home.content.own is not None
    home.content.own.mkdir(parents=True, exist_ok=True)
    (home.content.own / "mine.toml").write_text(whole, encoding="utf-8")
    shown = coach("routines", "show", "mine")
    assert shown.code == 0
    assert shown.err == ""
    assert any("\u2800" < letter <= "\u28ff" for letter in shown.out)


def test_footprints_need_say_how_they_stand_only_once(home: Home, coach: Coach, file: Callable[[str], str]) -> None:
    """What one pose says holds in the others."""
    drawing = (
        '[figure]\nview = "trail"\n[figure.poses.ready]\nturn = 6\nsteps = [0, 30, 60]\n[figure.poses.hold]\nturn = 0'
    )
    whole = 'id = "mine"\nname = "Mine"\nposition = "standing"\nhow = ["Walk."]\n' + drawing
    assert coach("routines", "add", file(whole)).code == 0
    assert coach("routines", "show", "mine").code == 0
