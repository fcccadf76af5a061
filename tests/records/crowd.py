"""One of many writers at once: ``python -m tests.records.crowd FOLDER NAME COUNT``; says each wrong thing it sees."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from coach.domain.status.history import Hurt
from coach.errors import CoachError
from coach.places import Places
from coach.records import Records

START = datetime.fromisoformat("2026-01-01T08:00+09:00")


def main(folder: str, name: str, count: str) -> None:
    """Write ``COUNT`` records over the days of a year, and read each back at once."""
    root = Path(folder)
    records = Records(Places(data=root, config=root, cache=root / "cache", logs=root))
    for number in range(int(count)):
        record = Hurt(id=f"{name}-{number}", at=START + timedelta(days=number % 360, seconds=number))
        keep(records, record)
        if record not in records.history(record.at.date()).hurts:
            print(f"stale: {record.id} is not there")  # noqa: T201 -- the answer to the test


def keep(records: Records, record: Hurt) -> None:
    """Write; whoever is told that others write just now, which a slow machine does after seconds, tries again."""
    while True:
        try:
            records.add(record)
        except CoachError as error:
            if error.key != "records.error.locked":
                raise
        else:
            return


main(*sys.argv[1:])
