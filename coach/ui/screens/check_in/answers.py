"""What was answered in a check-in, as its fields hold it, until it is kept."""

from typing import Any

from coach.actions.triage.check_in import CheckInBasis, NewAnswers
from coach.domain.status.history import CheckIn, PainName
from coach.domain.triage.answers import KNEES, KneePain, Knees, Pain

MORE_PAIN: tuple[PainName, ...] = ("rest", "during", "morning")
Given = dict[str, Any]
"""``pain`` and ``knees`` by name, ``signs`` by id, and every other answer by its name."""


def nothing_given() -> Given:
    """Return the answers of a check-in that has just begun."""
    return {"signs": {}, "pain": {}, "knees": {}}


def given_of(last: CheckIn) -> Given:
    """Return what a check-in answered, to be corrected."""
    answers = last.answers
    pain = {name: getattr(answers.pain, name) for name in ("walking", *MORE_PAIN)}
    knees = {knee: answers.knees.walking(knee) for knee in KNEES}
    signs = {sign: answers.sign(sign) for sign in last.asked}
    same = {name: getattr(answers, name) for name in ("hot", "sharp", "quality", "when")}
    return {"pain": pain, "knees": knees, "signs": signs, "note": last.note, "medicine": last.medicine, **same}


def changes_of(before: Given, given: Given, basis: CheckInBasis) -> tuple[NewAnswers, tuple[PainName, ...]]:
    """Return what differs from ``before``, and the pain numbers that were taken away."""
    changed: Given = {key: value for key, value in given.items() if value != before.get(key)}
    for key in ("pain", "knees", "signs"):
        changed[key] = {name: value for name, value in given[key].items() if value != before[key].get(name)}
    if given.get("note") is None and before.get("note"):
        changed["note"] = ""
    names: tuple[PainName, ...] = ("walking", *MORE_PAIN)
    taken_back = [name for name in names if name in changed["pain"] and changed["pain"][name] is None]
    if changed["knees"] and worst_walking(given) is None:
        taken_back.append("walking")
    return new_answers(changed, basis), tuple(dict.fromkeys(taken_back))


def asks_each_knee(basis: CheckInBasis) -> bool:
    """Tell whether each knee is asked by itself; a correction asks what the check-in told."""
    corrected = basis.corrects
    if corrected is None or corrected.answers.pain.walking is None:
        return basis.profile.side == "both"
    return bool(corrected.answers.knees.told)


def worst_walking(given: Given) -> int | None:
    """Return the worst when walking, of one knee or the other."""
    numbers = (given["pain"].get("walking"), *given["knees"].values())
    return max((points for points in numbers if points is not None), default=None)


def new_answers(given: Given, basis: CheckInBasis) -> NewAnswers:
    """Return what was answered."""
    values = {key: value for key, value in given.items() if value not in (None, ())}
    pain, knees = values["pain"], {knee: KneePain(points) for knee, points in values["knees"].items()}
    if asks_each_knee(basis):
        pain = {**pain, "walking": None}  # it follows from the knees
    return NewAnswers(**{**values, "pain": Pain(**pain), "knees": Knees(**knees)})
