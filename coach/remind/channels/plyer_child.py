"""Shows one popup by plyer and exits 0 only where it was shown: ``{"title": …, "message": …}`` on stdin."""

import os
import shutil
import subprocess
import sys
from functools import partial
from typing import Any

import msgspec

from coach.remind.channels import APP

_RUN = subprocess.run


def main() -> int:
    """Show the popup of stdin."""
    text = msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])
    if sys.platform.startswith("linux"):
        _linux(text)
    else:
        from plyer import notification

        notification.notify(title=text["title"], message=text["message"], app_name=APP, timeout=10)
    return 0


def _linux(text: dict[str, str]) -> None:
    """Show by plyer's own classes, with the exit status of what they start looked at."""
    from plyer.platforms.linux import notification

    # plyer never looks at the exit status of notify-send, and returns as if it had been shown.
    vars(subprocess)["call"] = _checked
    vars(subprocess)["run"] = partial(_RUN, check=True)
    if shutil.which("notify-send"):
        way: Any = notification.NotifySendNotification()
    elif os.path.isdir("/app"):  # its own sign of a Flatpak, which many a container has too
        way = notification.NotifyDesktopPortals()
        text = {name: part.replace("\\", "⧵").replace("'", "’") for name, part in text.items()}  # it glues text
    else:
        way = notification.instance()
    way.notify(title=text["title"], message=text["message"], app_name=APP)


def _checked(command: list[str], **options: Any) -> int:
    """Run ``command``, whose failure is an error; a title that begins with a dash is no option."""
    name, title, message, *rest = command
    return _RUN([name, *rest, "--", title, message], check=True, **options).returncode


if __name__ == "__main__":
    sys.exit(main())
