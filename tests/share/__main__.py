"""Make the manual page and the shells' completions anew: ``python -m tests.share``."""

import os

os.environ["COLUMNS"] = "100"

from tests.share.make import shares

for path, text in shares().items():
    path.write_text(text, encoding="utf-8")
