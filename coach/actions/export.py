"""Taking it along: everything in one document, and another document merged in.

::

    {"format": "hizaura", "version": 1, "profile": {…}, "records": [{"id": …, "kind": …, "at": …, …}]}

One flat list, in order of time. The log of reminders is in it as records of the kind ``reminder``, each with its
``entry`` as it is kept. What belongs to this machine and this hour alone (a session under way, a rest of the
reminders) is not.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from coach.actions.person import adopt_person_id
from coach.actions.status.background import note_background
from coach.actions.status.current import note_merged
from coach.domain.profile import Profile, stricter
from coach.domain.reminders.check import faults_of
from coach.domain.reminders.due import Delivery
from coach.errors import DataError
from coach.home import Home
from coach.records import REACH
from coach.records.file_format import MAX_ITEM_BYTES, check_depth, is_plausible
from coach.records.record_reader import KINDS
from coach.records.safe_file import DamagedError
from coach.records.settings import profile_of
from coach.validation import Problem, problems_of
from coach.words import LANGUAGES, Words

FORMAT = "hizaura"
VERSION = 1
REMINDER = "reminder"
AHEAD = timedelta(days=1)
"""How far in the future a record may lie: another machine's clock may be ahead of this one's, but not by much."""
LONGEST_ID = 200
MAX_RECORDS = 500_000
"""Ten busy years are a tenth of it."""
MAX_NUMBER = 2**53
"""A larger one is no count, and not the same number in every program."""
_LARGE_NUMBER = re.compile(rb"[0-9]{16}|[0-9][eE]")
"""What the JSON of a larger one holds; so may an id, or a note."""
MAX_PROBLEMS = 100
LONGEST_ONSET = timedelta(days=100 * 366)
"""No symptom, and no day of a habit, lies further back."""

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
        "records": sorted(readable, key=place),
    }
    return document, len(everything) - len(readable)


def place(record: Document) -> tuple[float, str, str]:
    """Return by what records are in order: their moment, then their id."""
    return datetime.fromisoformat(record["at"]).timestamp(), record["id"], record["kind"]


def merge(home: Home, document: Any, now: datetime, words: Words) -> Merged:
    """Merge a document in by record id; twice changes nothing, and several in any order come to the same records.

    Raises ``DataError`` with one line for each problem; nothing is kept then. Settings are taken only where none were
    made here, as two machines may well be set up differently; but of what decisions rest on, the stricter counts.
    """
    Check(now, words).document(document)
    records = [record for record in document["records"] if record["kind"] != REMINDER]
    entries = [record["entry"] for record in document["records"] if record["kind"] == REMINDER]
    profile = document.get("profile") or {}
    there = profile_of(profile)
    with home.records.locked():
        here = home.profile
        if records:  # killed before they were looked through, whoever works out the status next does that
            home.records.keep_state(REACH, {"noted": now.isoformat(), "unread": True})
        changed = home.records.merge(records) + home.records.delivery_log().merge(entries)
        settings = not here.set_up and there != here
        if settings:
            home.records.replace_settings(profile)
        merged = stricter(home.profile, here if settings else there)
        if merged != home.profile:
            home.records.change_profile(lambda old: stricter(old, merged))
            note_background(home, now)
        adopt_person_id(home, profile.get("person"))
        adopt_person_id(home, here.person)
        if records or home.profile != here:
            note_merged(home, now)
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
        elif self._limits(profile, "profile") and self._fits(profile, Profile, "profile"):
            self._settings(msgspec.convert(profile, Profile), profile)

    def _settings(self, settings: Profile, profile: Document) -> None:
        """Check what a type cannot tell, as it is checked where it is typed."""
        for place, fault in faults_of(settings.reminders or ()).items():
            sentence = self._words(f"reminders.error.{fault.reason}", **fault.values)
            self._problems.append(f"profile.reminders.{place}: {sentence}")
        if settings.onset and not timedelta(0) <= self._now.date() - settings.onset <= LONGEST_ONSET:
            self._say("profile.onset", "far")
        if settings.language is not None and settings.language not in LANGUAGES:
            self._say("profile.language", "choice", got=repr(settings.language), allowed=", ".join(LANGUAGES))
        try:
            profile_of({**profile, "reminders": None})
        except DamagedError:
            self._say("profile", "times")

    def _records(self, records: Any) -> None:
        if not isinstance(records, list):
            self._say("records", "no-list")
            return
        if len(records) > MAX_RECORDS:
            self._say("records", "too-many", most=MAX_RECORDS)
            return
        for index, record in enumerate(records):
            if len(self._problems) >= MAX_PROBLEMS:
                return  # nobody reads on, and a hostile file has a million
            self._record(record, f"records.{index}")

    def _record(self, record: Any, path: str) -> None:
        if not isinstance(record, dict):
            self._say(path, "no-object")
        elif self._limits(record, path) and self._head(record, path) and self._moment(record["at"], f"{path}.at"):
            if record["kind"] == REMINDER:
                self._entry(record, path)
            elif record["kind"] in KINDS and self._fits(record, KINDS[record["kind"]], path) and record.get("day"):
                self._day(date.fromisoformat(record["day"]), f"{path}.day")

    def _limits(self, document: Document, path: str) -> bool:
        """Tell whether an object is of a size that a person's can have; a hostile one would cripple what reads it."""
        try:
            data = msgspec.json.encode(document)
            check_depth(data)
        except (DamagedError, RecursionError):
            return self._say(path, "deep")
        if len(data) > MAX_ITEM_BYTES:
            return self._say(path, "large", most=MAX_ITEM_BYTES)
        if not _LARGE_NUMBER.search(data):
            return True  # the quick yes: to look at every number of every record takes longer than all other checks
        wrong = [keys for keys, number in _numbers(document) if abs(number) > MAX_NUMBER]
        for keys in wrong:
            self._say(".".join((path, *keys)), "number", most=MAX_NUMBER)
        return not wrong

    def _day(self, day: date, path: str) -> bool:
        return abs(self._now.date() - day) <= LONGEST_ONSET or self._say(path, "far")

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
            return
        # A row may lack what another version did not write; such a row tells nothing, and is passed over.
        for problem in problems_of(entry, Delivery):
            if problem.reason != "missing":
                self._tell(problem, f"{path}.entry")

    def _fits(self, value: Document, kind: type, path: str) -> bool:
        problems = problems_of(value, kind)
        for problem in problems:
            self._tell(problem, path)
        return not problems

    def _tell(self, problem: Problem, path: str) -> None:
        self._say(".".join((path, *map(str, problem.keys))), problem.reason, **problem.texts())

    def _say(self, path: str, reason: str, **values: object) -> bool:
        """Note a problem; return False, for there is one."""
        self._problems.append(f"{path[:200]}: {self._words(f'keep.problem.{reason}', **values)}")
        return False


def _numbers(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield every number with its path."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers(inner, (*keys, str(key)))
    elif isinstance(value, int | float):
        yield keys, value
