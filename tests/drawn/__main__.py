"""Draw everything anew, to be looked at: ``python -m tests.drawn``."""

import os
import time

os.environ["TZ"] = "UTC"  # as the tests do
time.tzset()

from tests.drawn.pages import FOLDER, PAGES, page  # noqa: E402 -- the program asks for the zone when it is read

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()
for name in PAGES:
    (FOLDER / f"{name}.txt").write_text(page(name), encoding="utf-8")
