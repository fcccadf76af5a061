"""``coach`` as a process of its own: ``python -m coach`` is the same as ``coach``."""

import gc
import sys


def run() -> int:
    """Run one command and return its exit status.

    A short command makes little garbage: looking for it while modules load, and again at the end, took a sixth of it.
    """
    gc.set_threshold(50_000)
    from coach.cli import main

    status = main()
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
