"""What is calm, and what is comfortable: the check-ins and the sessions that lead back from a pause."""

from datetime import datetime, timedelta

from coach.domain.status.carried_answers import CarriedAnswers
from coach.domain.status.clearance import CLEARED_FOR
from coach.domain.status.elapsed import apart
from coach.domain.status.history import Session
from coach.domain.triage.answers import Answers

APART = timedelta(hours=24)
"""How far two calm check-ins must be apart: a night, in which a knee tells what the day before was (a proposal)."""
CALM_REST = 2
CALM_WALKING = 3
"""Points at rest, and when walking, up to which a check-in is calm."""


def highest_pain(answers: Answers) -> int:
    """Return the highest known pain number."""
    pain = answers.pain
    # For every check-in of 90 days, some of them several times: no generator, no keyword.
    return max(pain.rest or 0, pain.walking or 0, pain.during or 0, pain.morning or 0)


def calm_answers(answers: Answers, baseline: int | None = None) -> dict[str, bool | None]:
    """Return for each answer that the way back looks at whether it is calm; None where it was not told."""
    pain = answers.pain
    baselines = [points for points in (pain.baseline, baseline) if points is not None]
    # Whoever usually walks with a 4 would never be calm by 3; of two baselines the lower, which no document raises.
    limit = max(CALM_WALKING, min(baselines, default=0))
    return {
        "rest": None if pain.rest is None else pain.rest <= CALM_REST,
        "walking": None if pain.walking is None else pain.walking <= limit,
        "sharp": None if answers.sharp is None else answers.sharp == "no",
        "hot": None if answers.hot is None else answers.hot == "no",
    }


def is_calm(answers: Answers, baseline: int | None = None) -> bool | None:
    """Tell whether a check-in counts towards the way back; None where too little was told."""
    calm = calm_answers(answers, baseline).values()
    # One answer that is not calm settles it, whatever else was left open.
    return False if False in calm else None if None in calm else True


def is_comfortable(session: Session) -> bool:
    """Tell whether a session counts as comfortable: done, something in it, and not said to be otherwise.

    One that nobody was asked about (led by popups) and one that was left early count only where comfort was said.
    """
    if session.comfort is None and (session.outcome != "done" or session.by == "popup"):
        return False
    return session.outcome != "hurt" and session.comfort != "uncomfortable" and any(step.done for step in session.steps)


def has_two_calm(calm: tuple[datetime, ...]) -> bool:
    """Tell whether two calm check-ins, of all in a row, lie far enough apart."""
    # The first and the last: any number of calm ones within one day are still one day.
    return len(calm) > 1 and apart(calm[0], calm[-1]) >= APART


def is_masked(carried: CarriedAnswers, seen_at: datetime | None) -> bool:
    """Tell whether a painkiller may hide what these numbers do not say.

    Under one, a low number counts on the way back only where a professional has seen the knee in the 90 days before it.
    """
    if carried.check_in is None or not carried.check_in.medicine:
        return False
    return seen_at is None or not timedelta(0) <= carried.at - seen_at <= CLEARED_FOR
