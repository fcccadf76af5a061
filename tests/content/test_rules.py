"""The rule book on load: what is typed wrongly in it is named with its file, line and key."""

import shutil
from pathlib import Path

import pytest

from coach.content import Content
from coach.errors import DataError

SHIPPED = Content.open().folder


@pytest.mark.parametrize(
    ("file", "before", "after", "key", "at"),
    [
        (
            "rules.toml",
            'of = ["pain.rest"], at_least = 8',
            'of = ["pain.rset"], at_least = 8',
            "choice",
            "rules[1].when[1]",
        ),
        ("rules.toml", 'values = ["repeats"]', 'values = ["yes"]', "choice", "rules[12].when[1]"),
        ("rules.toml", 'has = ["recent-surgery"]', 'has = ["surgery"]', "choice", "rules[28].when[1]"),
        ("rules.toml", 'id = "rest-6"', 'id = "rest-8"', "twice", "rules[2].id"),
        ("rules.toml", 'advice = "today"', 'advice = "tomorrow"', "choice", "rules[1].advice"),
        ("rules.toml", "at_least = 8", 'at_least = "8"', "type-number", "rules[1].when[1].at_least"),
        ("signs.toml", 'id = "cold-pale-foot"', 'id = "chest-or-breath"', "twice", "signs[2].id"),
        ("signs.toml", 'group = "emergency"', 'group = "urgent"', "choice", "signs[1].group"),
    ],
)
def test_a_slip_in_the_rules_is_named(tmp_path: Path, file: str, before: str, after: str, key: str, at: str) -> None:
    """A rule that could never fire, or a level that does not exist, is refused where it stands."""
    folder = shutil.copytree(SHIPPED, tmp_path / "routines")
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _ = Content(folder).rules
    assert caught.value.key == f"content.problem.{key}"
    assert str(caught.value.values["file"]).endswith(file)
    assert caught.value.values["at"] == at
