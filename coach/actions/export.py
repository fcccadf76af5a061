"""Taking it along: everything in one document, and another document merged in.

::

    {"format": "hizaura", "version": 1, "profile": {…}, "records": [{"id": …, "kind": …, "at": …, …}]}

One flat list, in order of time. The log of reminders is in it as records of the kind ``reminder``, each with its
``entry`` as it is kept. What belongs to this machine and this hour alone (a session under way, a rest of the
reminders) is not.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from coach.actions.person import adopt_person_id
from coach.actions.status.current import note_reach
from coach.domain.profile import Profile
from coach.errors import DataError
from coach.home import Home
from coach.records.record_reader import KINDS, is_plausible
from coach.records.safe_file import DamagedError
from coach.records.settings import profile_of
from coach.validation import problems_of
from coach.words import Words

FORMAT = "hizaura"
VERSION = 1
REMINDER = "reminder"
AHEAD = timedelta(days=1)
"""How far in the future a record may lie: another machine's clock may be ahead of this one's, but not by much."""
LONGEST_ID = 200

Document = dict[str, Any]


class Merged(msgspec.Struct, frozen=True):
    """What an import did: how many records are new or fuller now, how many it held, whether settings were taken."""

    changed: int
    held: int
    settings: bool


def exported(home: Home, now: datetime) -> tuple[Document, int]:
    """Return everything that is worth taking along as one document, and how many records had to stay.

    Those are the ones that no import would take, because of a slip in a file that was edited by hand.
    """
    reminders = (
        {"id": entry["id"], "kind": REMINDER, "at": entry["due"], "entry": entry}
        for entry in home.records.delivery_log().entries()
    )
    everything = [*home.records.everything(), *reminders]
    readable = [record for record in everything if Check(now, Words("en")).is_right(record)]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "profile": home.records.settings(),
        "records": sorted(readable, key=_place),
    }
    return document, len(everything) - len(readable)


def _place(record: Document) -> tuple[float, str, str]:
    """Return by what records are in order: their moment, then their id."""
    return datetime.fromisoformat(record["at"]).timestamp(), record["id"], record["kind"]


def merge(home: Home, document: Any, now: datetime, words: Words) -> Merged:
    """Merge a document in by record id; twice changes nothing, and several in any order come to the same records.

    Raises ``DataError`` with one line for each problem; nothing is kept then. Settings are taken only where none were
    made here: two machines may well be set up differently.
    """
    Check(now, words).document(document)
    records = [record for record in document["records"] if record["kind"] != REMINDER]
    entries = [record["entry"] for record in document["records"] if record["kind"] == REMINDER]
    changed = home.records.merge(records) + home.records.delivery_log().merge(entries)
    profile, here = document.get("profile") or {}, home.profile
    settings = not here.set_up and profile_of(profile) != here
    if settings:
        home.records.replace_settings(profile)
    adopt_person_id(home, profile.get("person"))
    adopt_person_id(home, here.person)
    note_reach(home, now)
    return Merged(changed, len(document["records"]), settings)


class Check:
    """Reads a document to the bottom before anything of it is kept."""

    def __init__(self, now: datetime, words: Words) -> None:
        """Judge dates as of ``now``, and say problems in ``words``."""
        self._now = now
        self._words = words
        self._problems: list[str] = []

    def document(self, document: Any) -> None:
        """Raise ``DataError`` with every problem of the document, if it has any."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            self._say("format", "not-ours")
        elif type(document.get("version")) is not int or document["version"] < 1:
            self._say("version", "no-version")
        elif document["version"] > VERSION:
            self._say("version", "newer")
        else:
            self._profile(document.get("profile"))
            self._records(document.get("records"))
        if self._problems:
            raise DataError(problems=tuple(self._problems))

    def is_right(self, record: Document) -> bool:
        """Tell whether a document may hold ``record``."""
        self._record(record, "")
        return not self._problems

    def _profile(self, profile: Any) -> None:
        if profile is None:
            return
        if not isinstance(profile, dict):
            self._say("profile", "no-object")
        elif not self._fits(profile, Profile, "profile"):
            return
        else:
            try:
                profile_of(profile)
            except DamagedError:
                self._say("profile", "times")

    def _records(self, records: Any) -> None:
        if not isinstance(records, list):
            self._say("records", "no-list")
            return
        for index, record in enumerate(records):
            self._record(record, f"records.{index}")

    def _record(self, record: Any, path: str) -> None:
        if not isinstance(record, dict):
            self._say(path, "no-object")
        elif self._head(record, path) and self._moment(record["at"], f"{path}.at"):
            if record["kind"] == REMINDER:
                self._entry(record, path)
            elif record["kind"] in KINDS:
                self._fits(record, KINDS[record["kind"]], path)

    def _head(self, record: Document, path: str) -> bool:
        wrong = [key for key in ("id", "kind", "at") if not isinstance(record.get(key), str) or not record[key]]
        for key in wrong:
            self._say(f"{path}.{key}", "no-text")
        if not wrong and len(record["id"]) > LONGEST_ID:
            self._say(f"{path}.id", "long-id", most=LONGEST_ID)
            return False
        return not wrong

    def _moment(self, text: Any, path: str) -> bool:
        try:
            moment = datetime.fromisoformat(text)
        except (TypeError, ValueError):
            return self._say(path, "no-time")
        if not is_plausible(moment):
            return self._say(path, "far" if moment.tzinfo else "no-time")
        return moment <= self._now + AHEAD or self._say(path, "future")

    def _entry(self, record: Document, path: str) -> None:
        entry = record.get("entry")
        if not isinstance(entry, dict) or (entry.get("id"), entry.get("due")) != (record["id"], record["at"]):
            self._say(f"{path}.entry", "no-entry")

    def _fits(self, value: Document, kind: type, path: str) -> bool:
        problems = problems_of(value, kind)
        for problem in problems:
            self._say(".".join((path, *map(str, problem.keys))), problem.reason, **problem.texts())
        return not problems

    def _say(self, path: str, reason: str, **values: object) -> bool:
        """Note a problem; return False, for there is one."""
        self._problems.append(f"{path}: {self._words(f'keep.problem.{reason}', **values)}")
        return False
