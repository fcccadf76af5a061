"""``coach`` as a process of its own: ``python -m coach`` is the same as ``coach``."""

import gc
import sys
from typing import Any

INTERRUPTED = 130


def run() -> int:
    """Run one command and return its exit status; 130, without a word, where Ctrl-C ended it, at whatever moment.

    A short command makes little garbage: looking for it while modules load, and again at the end, took a sixth of it.
    """
    _hide_interrupts()
    gc.set_threshold(50_000)
    try:
        from coach.cli import main

        status = main()
        gc.freeze()
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _hide_interrupts() -> None:
    """Say nothing where Ctrl-C comes as an object is thrown away, or as the interpreter ends."""
    unraisable, uncaught = sys.unraisablehook, sys.excepthook

    def hide_unraisable(error: Any) -> None:
        if not issubclass(error.exc_type, KeyboardInterrupt):
            unraisable(error)

    def hide_uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            uncaught(kind, error, trace)

    sys.unraisablehook, sys.excepthook = hide_unraisable, hide_uncaught


if __name__ == "__main__":
    sys.exit(run())
