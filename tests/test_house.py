"""The house can be found one's way about in: names tell what they hold, and each is used for one thing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.helpers import ROOT

CODE = ROOT / "coach"
VAGUE = frozenset({"one", "found", "given", "said", "known", "kept"})
"""Names that tell nothing of what they hold."""
MOST_VAGUE = 19
WRITES = frozenset({"add", "change_profile", "clear_state", "keep_state", "merge", "replace_settings"})
"""What writes, of the records."""
MOST_ROOMS = 12


@pytest.fixture(scope="module")
def modules() -> dict[Path, ast.Module]:
    """Return every module of the program, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(CODE.rglob("*.py"))}


def names(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every variable, field and parameter where it gets its value, with the line."""
    for node in ast.walk(module):
        match node:
            case ast.Name(id=name, ctx=ast.Store(), lineno=line) | ast.arg(arg=name, lineno=line):
                yield name, line
            case ast.ExceptHandler(name=str(name), lineno=line) | ast.MatchStar(name=str(name), lineno=line):
                yield name, line
            case ast.MatchAs(name=str(name), lineno=line) | ast.MatchMapping(rest=str(name), lineno=line):
                yield name, line


def test_variables_tell_what_they_hold(modules: dict[Path, ast.Module]) -> None:
    """A reader is not left to guess what was found, given, said, known or kept."""
    vague = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, module in modules.items()
        for name, line in names(module)
        if name in VAGUE
    ]
    assert len(vague) <= MOST_VAGUE, "\n".join(vague)


def test_each_class_has_a_name_of_its_own(modules: dict[Path, ast.Module]) -> None:
    """Who meets a name in one room need not ask which of two things it is."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, module in modules.items():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    shared = {name: where for name, where in places.items() if len(where) > 1}
    assert not shared, shared


def test_the_rooms_of_the_domain_are_seen_at_a_glance() -> None:
    """Few enough that a newcomer finds the right one by looking."""
    rooms = [path.name for path in (CODE / "domain").iterdir() if not path.name.startswith("__")]
    assert len(rooms) <= MOST_ROOMS


def test_what_is_kept_goes_through_the_actions(modules: dict[Path, ast.Module]) -> None:
    """A command, a screen and the agent write a record or a setting in one way, under the same rules."""
    strays = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.attr}"
        for path, module in modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in WRITES
        if isinstance(node.value, ast.Attribute | ast.Name) and ast.unparse(node.value).endswith("records")
        if path.relative_to(CODE).parts[0] not in ("actions", "records")
    ]
    assert not strays, strays


def test_a_moment_is_put_on_the_wall_in_one_way(modules: dict[Path, ast.Module]) -> None:
    """Never by the offset of now, which is another one beyond a change of the clocks (``wall_clock.local``)."""
    own = CODE / "domain" / "status" / "wall_clock.py"
    strays = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, module in modules.items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "astimezone"
        if path != own and any(ast.unparse(zone).endswith("now.tzinfo") for zone in node.args)
    ]
    assert not strays, strays


def test_an_error_is_put_into_words_in_one_way() -> None:
    """What the system says in an error is English, in whatever sentence it stands (``words.system.error_text``)."""
    strays = [
        str(path.relative_to(ROOT))
        for path in CODE.rglob("*.py")
        if "**error.values" in path.read_text(encoding="utf-8") and path != CODE / "words" / "system.py"
    ]
    assert not strays, strays


OPEN = frozenset({"NAME", "ID", "xx"})
"""What stands in CONTRIBUTING for a name of the reader's own."""


def test_contributing_names_what_there_is() -> None:
    """Whoever follows a recipe finds each file, folder and module that it sends them to."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    quoted = re.findall(r"`([^`\n]+)`", guide) + re.findall(r"(?m)^(?:python -m|pytest|ruff|bash) .*", guide)
    paths = {word for text in quoted for word in text.split() if re.fullmatch(r"\.?[a-z][\w-]*(/[\w.*-]+)+/?", word)}
    missing = [path for path in sorted(paths) if not OPEN & set(re.split(r"[/.]", path)) and not list(ROOT.glob(path))]
    assert len(paths) > 50
    assert missing == []
    modules = set(re.findall(r"python -m ((?:coach|tests)[\w.]*)", guide))
    assert len(modules) > 5
    assert [name for name in sorted(modules) if not find_spec(f"{name}.__main__")] == []
