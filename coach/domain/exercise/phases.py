"""A routine as phases in time: get ready, ease in, hold, ease out, rest, change sides; counted sets for exercises.

Both sides get the same time by construction: the seconds of a stretch are worked out once, from the smaller dose of
its sides, and every side is built from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from coach.domain.exercise.dose import Step
from coach.domain.exercise.stretch import Dose, Pace, Stretch
from coach.domain.triage.answers import Side

PhaseKind = Literal["ready", "ease-in", "hold", "ease-out", "rest", "change", "count"]
Lead = Literal["first", "next", "side"]
"""What a side follows: nothing, another stretch, or the other side."""

PACE: Mapping[Pace, float] = {"slow": 1.5, "easy": 1.0, "light": 0.5}
"""How much longer or shorter the ways in and out are; a hold is never touched."""
SETTLE_S = 5.0
"""The first seconds of a hold only find the position (e-Health Net: 5 to 10 s)."""
LEAST_S = 2.0
"""No way in or out is shorter, however light the pace."""
HALF_BREATH_S = 4.5
"""What a breath in, or a breath out, should take; phases hold a whole number of them near to this."""


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of time in which one thing is done."""

    kind: PhaseKind
    step: int
    """Which step it belongs to; phases of one step share it."""
    stretch: str
    side: Side
    rep: int = 1
    """Which hold of the side, from 1."""
    reps: int = 1
    """Holds of the side; in a counted set, its repetitions."""
    seconds: float
    settle_s: float = 0.0
    """The first seconds of a hold that only find the position."""
    ease_share: float = 0.35
    """In a counted set: the share of each repetition that is the way in, and as much the way out."""
    half_breaths: int = 1
    """Breaths in and out, alternating, that fill the phase exactly."""

    @property
    def works(self) -> bool:
        """Whether this is the work itself (a hold, or a counted set) rather than a way to it."""
        return self.kind in ("hold", "count")


class Breath(msgspec.Struct, frozen=True):
    """A moment of breathing: ``fullness`` from 0 (empty) to 1 (full)."""

    direction: Literal["in", "out"]
    fullness: float


def timeline(
    steps: Sequence[Step], stretches: Mapping[str, Stretch], pace: Pace = "easy", first_step: int = 0
) -> tuple[Phase, ...]:
    """Return the phases of ``steps``, in order; step ids count from ``first_step``.

    Where the doses of a stretch's sides differ, all take the smaller one.
    """
    phases: list[Phase] = []
    before: str | None = None
    for number, step in enumerate(evened(steps), first_step):
        lead: Lead = "side" if step.stretch == before else "next" if phases else "first"
        phases += _side(number, step, stretches[step.stretch], pace, lead=lead)
        before = step.stretch
    return tuple(phases)


def evened(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return ``steps`` with the same hold and repetitions on every side of a stretch: the smallest of them."""

    def even(step: Step) -> Step:
        sides = [side_step for side_step in steps if side_step.stretch == step.stretch]
        return msgspec.structs.replace(
            step, hold_s=min(side_step.hold_s for side_step in sides), reps=min(side_step.reps for side_step in sides)
        )

    return tuple(even(step) for step in steps)


def seconds(phases: Iterable[Phase]) -> float:
    """Return how long ``phases`` take together."""
    return sum(phase.seconds for phase in phases)


def depth(phase: Phase, elapsed: float, beat_s: float = 0.0) -> float:
    """Return how far into the stretch the body is after ``elapsed`` seconds of ``phase``: 0 at ease, 1 in the hold.

    In a counted set each repetition goes in and out once, over ``beat_s`` seconds (by default an even share).
    """
    share = min(max(elapsed / phase.seconds, 0.0), 1.0) if phase.seconds else 1.0
    match phase.kind:
        case "ease-in":
            return smooth(share)
        case "hold":
            return 1.0
        case "ease-out":
            return smooth(1.0 - share)
        case "count":
            beat = beat_s or phase.seconds / phase.reps
            return _plateau((elapsed % beat) / beat, phase.ease_share) if share < 1.0 else 0.0
        case _:
            return 0.0


def counted(phase: Phase, elapsed: float) -> int:
    """Return which repetition of a counted set is under way after ``elapsed`` seconds, from 1."""
    return min(int(elapsed / (phase.seconds / phase.reps)) + 1, phase.reps)


def breath(phase: Phase, elapsed: float) -> Breath:
    """Return the breath after ``elapsed`` seconds of ``phase``; it flows on unbroken from phase to phase.

    Ways to a stretch begin with a breath in, the stretch itself and the way out of it with a breath out.
    """
    half = phase.seconds / phase.half_breaths
    number = min(int(elapsed / half), phase.half_breaths - 1)
    share = smooth(min(max(elapsed / half - number, 0.0), 1.0))
    inward = (number % 2 == 0) == (phase.kind in ("ready", "rest", "change"))
    return Breath("in", share) if inward else Breath("out", 1.0 - share)


def _side(number: int, step: Step, stretch: Stretch, pace: Pace, *, lead: Lead) -> list[Phase]:
    """Return the phases of one side; only the way to it (``lead``) knows what went before."""
    dose = stretch.dose

    def phase(kind: PhaseKind, length: float, rep: int = 1) -> Phase:
        settle = min(SETTLE_S, length / 2) if kind == "hold" else 0.0
        return Phase(
            kind=kind, step=number, stretch=stretch.id, side=step.side, rep=rep, reps=step.reps,
            seconds=length, settle_s=settle, half_breaths=_half_breaths(kind, length),
        )  # fmt: skip

    lead_kind: PhaseKind = "change" if lead == "side" else "ready"
    phases = [phase(lead_kind, _paced(dose.ready_s if lead == "first" else dose.change_s, pace))]
    if stretch.kind != "stretch":
        whole = phase("count", step.reps * beat_s(dose, step.hold_s))
        return [*phases, msgspec.structs.replace(whole, ease_share=_ease_share(dose, step.hold_s))]
    for rep in range(1, step.reps + 1):
        if rep > 1:
            phases.append(phase("rest", _paced(dose.ready_s, pace), rep))
        phases.append(phase("ease-in", _paced(dose.ease_in_s, pace), rep))
        phases.append(phase("hold", float(step.hold_s), rep))
        phases.append(phase("ease-out", _paced(dose.ease_out_s, pace), rep))
    return phases


def beat_s(dose: Dose, hold_s: int) -> float:
    """Return the seconds of one repetition of a counted exercise: in, held, and out again."""
    return float(dose.ease_in_s + hold_s + dose.ease_out_s)


def _ease_share(dose: Dose, hold_s: int) -> float:
    share = (dose.ease_in_s + dose.ease_out_s) / 2 / beat_s(dose, hold_s)
    return min(max(share, 0.05), 0.5)


def _paced(length: float, pace: Pace) -> float:
    return max(length * PACE[pace], LEAST_S)


def _half_breaths(kind: PhaseKind, length: float) -> int:
    """Return how many half breaths fill a phase: even where it must end as it began, odd where it must not."""
    even = kind in ("ease-in", "hold")
    nearest = max(round(length / HALF_BREATH_S), 1)
    if (nearest % 2 == 0) == even:
        return nearest
    below, above = nearest - 1, nearest + 1
    return below if below > 0 and length / below - HALF_BREATH_S < HALF_BREATH_S - length / above else above


def smooth(share: float) -> float:
    """Ease: slow at both ends (smoothstep)."""
    return share * share * (3.0 - 2.0 * share)


def _plateau(share: float, ease: float) -> float:
    """One repetition: in over the first ``ease`` of it, held, out over the last."""
    if share < ease:
        return smooth(share / ease)
    return smooth((1.0 - share) / ease) if share > 1.0 - ease else 1.0
