"""Idle time on macOS and Windows, by what these systems bring."""

import re
import subprocess
import sys

ASK_S = 2.0
_IOREG = re.compile(r'"HIDIdleTime" = (\d+)')


def mac_idle() -> float | None:
    """Return the idle time that macOS's registry of devices tells."""
    try:
        command = ["/usr/sbin/ioreg", "-c", "IOHIDSystem", "-d", "4"]
        output = subprocess.run(command, capture_output=True, timeout=ASK_S, check=True, text=True).stdout
    except subprocess.SubprocessError:
        return None
    return parse_ioreg(output)


def parse_ioreg(output: str) -> float | None:
    """Return the smallest idle time (nanoseconds, as seconds) in what ``ioreg`` printed."""
    counts = [int(count) for count in _IOREG.findall(output)]
    # Each keyboard and mouse has a count of its own: the last touch of any of them counts.
    return min(counts) / 1_000_000_000 if counts else None


if sys.platform == "win32":

    def windows_idle() -> float | None:
        """Return the idle time that Windows tells by its last input."""
        import ctypes

        class LastInput(ctypes.Structure):
            _fields_ = (("size", ctypes.c_uint), ("ticks", ctypes.c_uint))

        last = LastInput(ctypes.sizeof(LastInput), 0)
        if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
            return None
        # Both count milliseconds in 32 bits, and begin again after 49 days.
        return float((ctypes.windll.kernel32.GetTickCount() - last.ticks) % 2**32) / 1000
