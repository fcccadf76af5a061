"""Draw README's pictures anew from the real program: ``python -m tests.pictures``."""

import asyncio
import os
import time

from tests.pictures.draw import FOLDER, PICTURES, draw

os.environ["TZ"] = "Asia/Tokyo"
time.tzset()
for name in PICTURES:
    (FOLDER / f"{name}.svg").write_text(asyncio.run(draw(name)), encoding="utf-8")
