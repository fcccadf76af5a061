"""Every benchmark, or those named: ``python -m tests.bench [first_frame records …]``.

A benchmark is a module ``bench_<name>.py`` here with ``rows() -> Iterator[Row]``. Each row is measured beside a
yardstick in the same run and printed as a ratio; nothing here passes or fails, so that a slow machine breaks no build.
"""

import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the benchmarks ``names``, all where none is named."""
    found = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    for name in names or found:
        print(f"\n{name}")
        for row in import_module(f"tests.bench.bench_{name}").rows():
            print(f"  {row}", flush=True)


main(sys.argv[1:])
