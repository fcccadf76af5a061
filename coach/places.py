"""Where the program keeps what it keeps; nothing is made before it is written."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from coach.errors import CoachError


class Places(NamedTuple):
    """The folders of one person on one machine."""

    data: Path
    """Records, their copies and locks."""
    config: Path
    """Settings, and a therapist's own stretches."""
    cache: Path
    """What can be made again."""
    logs: Path
    """What the agent noted about itself; nothing about health."""

    def profile(self) -> Path:
        """Return the file of settings and reminders."""
        return self.config / "profile.json"

    def own_content(self) -> Path:
        """Return the folder of the person's own stretches and routines."""
        return self.config / "own"

    def records_lock(self) -> Path:
        """Return the lock that whoever writes holds."""
        return self.data / "records.lock"

    def agent_lock(self) -> Path:
        """Return the lock that whoever keeps the reminders holds."""
        return self.data / "agent.lock"

    def agent_status(self) -> Path:
        """Return where whoever keeps the reminders writes how that goes."""
        return self.cache / "agent.json"

    def ui_lock(self) -> Path:
        """Return the lock that the open screen holds which is asked to open things."""
        return self.data / "ui.lock"

    def session_lock(self) -> Path:
        """Return the lock that whoever leads a session holds."""
        return self.data / "session.lock"

    def agent_log(self) -> Path:
        """Return the log of the agent."""
        return self.logs / "agent.log"

    def all(self) -> tuple[Path, ...]:
        """Return every folder, each once."""
        return tuple(dict.fromkeys((self.data, self.config, self.cache, self.logs)))


def places() -> Places:
    """Return the places: all in ``COACH_HOME`` where that is set, else where the system keeps such things.

    Raises ``CoachError`` where the system tells no such place.
    """
    if home := own_home(os.environ):
        root = Path(home)
        return Places(data=root, config=root, cache=root / "cache", logs=root)
    import platformdirs

    name = "hizaura"
    by_system = Places(
        data=platformdirs.user_data_path(name, appauthor=False),
        config=platformdirs.user_config_path(name, appauthor=False),
        cache=platformdirs.user_cache_path(name, appauthor=False),
        logs=platformdirs.user_log_path(name, appauthor=False),
    )
    for folder in by_system:
        if not folder.is_absolute():  # neither HOME nor an entry of this user: it would be made wherever one stands
            raise CoachError("records.error.no-home", path=str(folder))
    return by_system


def own_home(environ: Mapping[str, str]) -> str | None:
    """Return ``COACH_HOME`` as an absolute path, which means the same to every process; None where it is not set.

    Raises ``CoachError`` where it names nobody's folder (``~nosuch``), or stands in a folder that is gone.
    """
    home = environ.get("COACH_HOME")
    try:
        return str(Path(home).expanduser().absolute()) if home else None
    except (RuntimeError, OSError) as error:
        raise CoachError("records.error.no-home", path=home) from error
