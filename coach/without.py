"""Loading what can do without a module as if there were none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Let what is imported meanwhile do without ``module``, unless that is there already; later it is found again.

    Screen and agent need asyncio, and asyncio takes OpenSSL where it can: 4 MB and 10 ms, though neither speaks to a
    network.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # how an import is told that there is none
    try:
        yield
    finally:
        del sys.modules[module]
