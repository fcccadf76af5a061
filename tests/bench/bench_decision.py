"""Decisions a second of ``coach assess --jsonl``, as a person's script would run it: reasons, texts and changes."""

import json
import random
import resource
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from coach.content import Content
from tests.bench.measure import Row, command

GOAL = 3000
"""Documents a second on one core."""
MANY = 6000
SIGNS = tuple(Content.open().rules.signs)


def rows() -> Iterator[Row]:
    """Measure processor time, a long stream less a short one, so that neither start nor neighbours count."""
    with tempfile.TemporaryDirectory() as home:
        for name, document in (("mixed documents", _mixed), ("ordinary days", _ordinary)):
            for options in ((), ("--brief",)):
                many, one = (_stream(Path(home), document, n) for n in (MANY, 1))
                took = [
                    _seconds(["-m", "coach", "assess", "--jsonl", *options, str(file)], home) for file in (many, one)
                ]
                yield Row(f"assess --jsonl {name} {' '.join(options)}", MANY / (took[0] - took[1]), GOAL, "/s", "≥ 1")


def _seconds(words: list[str], home: str) -> float:
    """Return the processor time of a command, the least of three runs."""
    run = command(words, home)
    return min(_used(run) for _ in range(3))


def _used(run: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _stream(home: Path, document: Any, n: int) -> Path:
    chance = random.Random(1)
    file = home / f"{n}.jsonl"
    file.write_text("".join(json.dumps(document(chance)) + "\n" for _ in range(n)))
    return file


def _ordinary(chance: random.Random) -> dict[str, Any]:
    return {"pain": {"walking": chance.randint(0, 3)}, "sharp": "no", "hot": "no", "other_signs": "no"}


def _mixed(chance: random.Random) -> dict[str, Any]:
    return {
        "pain": {
            name: chance.choice((None, *range(8))) for name in ("rest", "walking", "during", "morning", "baseline")
        },
        "quality": chance.sample(("tight", "sharp", "dull"), 1),
        "sharp": chance.choice(("no", "no", "one-movement", "repeats")),
        "hot": chance.choice(("no", "no", "unsure", "yes")),
        "signs": {sign: chance.choice(("no", "unsure", "yes")) for sign in chance.sample(SIGNS, 2)},
        "other_signs": chance.choice(("no", "no", "unsure")),
        "context": chance.sample(("pregnant", "diabetes", "osteoporosis"), chance.choice((0, 0, 1))),
        "course": {"symptom_days": chance.randint(0, 30), "week": chance.choice(("same", "worse"))},
    }
