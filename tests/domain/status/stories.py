"""Short words for histories: ``Story().note(day=0, walking=7).note(day=2, walking=1).status(day=3)``."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec.structs import replace

from coach.content import Content, shipped
from coach.domain.exercise.plan import Plan, plan
from coach.domain.profile import Profile
from coach.domain.status.history import (
    Background,
    CheckIn,
    Comfort,
    Deleted,
    DoneStep,
    Edited,
    History,
    Hurt,
    Record,
    Screening,
    Seen,
    Session,
    Undone,
)
from coach.domain.status.status import Status, current_status
from coach.domain.triage.answers import Answers, Pain, Tri
from coach.domain.triage.rules import RuleBook

START = datetime.fromisoformat("2026-11-02T08:00+09:00")
STEP = DoneStep("seated-toe-pull", "right", 20, 1)


@cache
def content() -> Content:
    """Return the content that ships, read once."""
    return Content(shipped())


def book() -> RuleBook:
    """Return the rule book that ships."""
    return content().rules


def moment(day: float, hour: float = 0) -> datetime:
    """Return a moment by its day of the story and hours after 08:00."""
    return START + timedelta(days=day, hours=hour)


def no_signs() -> dict[str, Tri]:
    """Return *no* to every sign."""
    return dict.fromkeys(book().signs, "no")


class Story:
    """A history that is told record by record; each call returns itself."""

    def __init__(self, profile: Profile | None = None) -> None:
        self.profile = profile or Profile(side="right", baseline=2)
        self.records: list[Record] = []

    def __repr__(self) -> str:
        """Return the records in short, for a law that found a story that breaks it."""
        return "\n".join(
            ["Story", *(f"  {(one.at - START) / timedelta(hours=1):g} h: {_short(one)}" for one in self.records)]
        )

    def note(self, day: float, hour: float = 0, **said: Any) -> "Story":
        """Add a check-in: pain numbers by name, ``signs`` as a dict (the others no), other answers by name."""
        pain = Pain(
            rest=said.pop("rest", 0),
            walking=said.pop("walking", 1),
            during=said.pop("during", None),
            morning=said.pop("morning", None),
            baseline=said.pop("baseline", self.profile.baseline),
        )
        signs: dict[str, Tri] = {**no_signs(), **said.pop("signs", {})}
        asked = said.pop("asked", tuple(signs))
        corrects, name = said.pop("corrects", None), said.pop("id", f"r{len(self.records):03}")
        beside = {key: said.pop(key) for key in ("medicine", "goals", "note") if key in said}
        of_day = said.pop("of_day", None)
        fields = {"sharp": "no", "hot": "no", "context": self.profile.contexts, **said}
        answers = Answers(pain=pain, signs=signs, **fields)
        at, told_of = moment(day, hour), None if of_day is None else moment(of_day).date()
        return self.add(CheckIn(id=name, at=at, answers=answers, asked=asked, corrects=corrects, day=told_of, **beside))

    def edit(self, of: str, day: float, hour: float = 0, of_day: float | None = None, **said: Any) -> "Story":
        """Change a check-in: pain numbers by name, ``signs`` as a dict, other answers by name."""
        pain = Pain(**{name: said.pop(name) for name in ("rest", "walking", "during", "morning") if name in said})
        name, note, taken_back = (
            said.pop("id", f"r{len(self.records):03}"),
            said.pop("note", None),
            said.pop("none", ()),
        )
        answers = Answers(pain=pain, **said)
        told_of = None if of_day is None else moment(of_day).date()
        return self.add(
            Edited(
                id=name,
                at=moment(day, hour),
                of=of,
                answers=answers,
                asked=tuple(answers.signs),
                taken_back=taken_back,
                note=note,
                day=told_of,
            )
        )

    def delete(self, of: str, day: float, hour: float = 0) -> "Story":
        """Take one entry out."""
        return self.add(Deleted(id=f"r{len(self.records):03}", at=moment(day, hour), of=of))

    def undo(self, of: str, day: float, hour: float = 0) -> "Story":
        """Take back a change or a deletion."""
        return self.add(Undone(id=f"r{len(self.records):03}", at=moment(day, hour), of=of))

    def session(self, day: float, hour: float = 1, comfort: Comfort | None = "pleasant", **said: Any) -> "Story":
        """Add a session, done and pleasant unless said otherwise."""
        fields = {"routine": "evening", "steps": (STEP,), "seconds": 300.0, "comfort": comfort, **said}
        return self.add(Session(id=f"r{len(self.records):03}", at=moment(day, hour), **fields))

    def hurt(self, day: float, hour: float = 1, stretch: str | None = None) -> "Story":
        """Add *it hurts*."""
        return self.add(Hurt(id=f"r{len(self.records):03}", at=moment(day, hour), stretch=stretch))

    def seen(self, day: float, hour: float = 1, cleared: tuple[str, ...] = ()) -> "Story":
        """Add that a professional has seen it."""
        return self.add(Seen(id=f"r{len(self.records):03}", at=moment(day, hour), by="Dr Sato", cleared=cleared))

    def background(self, day: float, hour: float = 0) -> "Story":
        """Add that the settings are noted as the profile has them now."""
        profile = self.profile
        name = f"r{len(self.records):03}"
        return self.add(Background(id=name, at=moment(day, hour), contexts=profile.contexts, baseline=profile.baseline))

    def screening(self, day: float, hour: float = 0, **signs: Tri) -> "Story":
        """Add the emergency and same-day list, answered no but for ``signs``."""
        answers: dict[str, Tri] = dict.fromkeys(book().ids("emergency", "today"), "no")
        answers |= {sign.replace("_", "-"): answer for sign, answer in signs.items()}
        return self.add(Screening(id=f"r{len(self.records):03}", at=moment(day, hour), signs=answers))

    def add(self, record: Record) -> "Story":
        """Add any record."""
        self.records.append(record)
        return self

    def with_profile(self, **fields: Any) -> "Story":
        """Change the profile."""
        self.profile = replace(self.profile, **fields)
        return self

    @property
    def history(self) -> History:
        """Return the records as a history."""
        return History.of(self.records)

    def status(self, day: float, hour: float = 2) -> Status:
        """Return the status."""
        return current_status(self.history, self.profile, book(), moment(day, hour))

    def plan(self, day: float, hour: float = 2, routine: str | None = None) -> Plan:
        """Return the plan of the day."""
        known, now = content(), moment(day, hour)
        status = current_status(self.history, self.profile, book(), now)
        return plan(status, self.profile, self.history, known.stretches, known.routines, now, routine)


def _short(record: Record) -> str:
    if not isinstance(record, CheckIn):
        return repr(record)
    said = record.answers
    signs = {sign: answer for sign, answer in said.signs.items() if answer != "no"}
    asked = f"asked {len(record.asked)} of {len(said.signs)}"
    return f"check-in {said.pain.rest} {said.pain.walking} {said.sharp} {said.hot} {signs} {asked}"
