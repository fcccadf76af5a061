"""``coach`` as a process of its own: ``python -m coach`` is the same as ``coach``."""

# Nothing that takes time: until Ctrl-C is handled below, it shows where the interpreter was.
import gc
import sys
import types

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
    except RuntimeError as error:
        # Python 3.11 hides an interrupt in the middle of making a class behind an error of that class.
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        return INTERRUPTED
    return status


def _hide_interrupts() -> None:
    """Say nothing where Ctrl-C comes as an object is thrown away, or as the interpreter ends."""
    unraisable, uncaught = sys.unraisablehook, sys.excepthook

    def hide_unraisable(error: "sys.UnraisableHookArgs") -> None:
        if not issubclass(error.exc_type, KeyboardInterrupt):
            unraisable(error)

    def hide_uncaught(kind: type[BaseException], error: BaseException, trace: types.TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            uncaught(kind, error, trace)

    sys.unraisablehook, sys.excepthook = hide_unraisable, hide_uncaught


if __name__ == "__main__":
    sys.exit(run())
