"""Draw everything anew, to be looked at: ``python -m tests.drawn``."""

from tests.drawn.pages import FOLDER, PAGES, page

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.iterdir():
    old.unlink()
for name in PAGES:
    (FOLDER / f"{name}.txt").write_text(page(name), encoding="utf-8")
