"""A guided session as a pure state machine; every method takes the monotonic moment and returns the next state.

The time left comes from a deadline, so that it does not drift. A stall moves the deadline, and a longer absence (a
suspend, a closed lid) pauses: neither eats a side's time.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from coach.domain.exercise.dose import Step
from coach.domain.exercise.phases import Breath, Phase, breath, counted, depth, evened, seconds, smooth, timeline
from coach.domain.exercise.stretch import Pace, Stretch
from coach.domain.moment import Moment
from coach.domain.status.history import DoneStep, SessionOutcome
from coach.domain.triage.answers import Side

By = Literal["ui", "plain", "popup"]
State = Literal["waiting", "running", "paused", "easing", "asking", "over"]
"""``easing``: on the way out because it hurts or must end; ``asking``: eased out, the two questions are open."""
STALL_S = 1.0
"""A gap between two looks longer than this was no time of the person's."""
AWAY_S = 5.0
"""A gap longer than this was an absence: the session waits."""
EASE_OUT_S = 4.0
"""How long the way out takes when it hurts."""


class Now(msgspec.Struct, frozen=True):
    """What a screen shows of one moment."""

    phase: Phase
    elapsed: float
    left: float
    """Seconds left of the phase."""
    depth: float
    """0 at ease, 1 in the hold."""
    breath: Breath
    settling: bool
    """Within the first seconds of a hold."""
    count: int
    """The repetition under way, from 1."""
    easing: bool
    """On the way out because it hurts or must end."""


class SessionRun(msgspec.Struct, frozen=True, kw_only=True):
    """One session under way."""

    phases: tuple[Phase, ...]
    steps: dict[int, Step]
    """Step id to what was asked for, easier ones taken instead among them."""
    at: int = 0
    """Index of the phase; the number of phases when over."""
    state: State = "waiting"
    left: float = 0.0
    """Seconds left of the phase, while it does not run."""
    deadline: float = 0.0
    """Monotonic moment at which the phase ends, while it runs."""
    looked: float = 0.0
    """Monotonic moment of the last look."""
    spent: float = 0.0
    """Seconds that ran in all."""
    reached: tuple[int, ...] = ()
    """Step ids in the order in which they began."""
    held: tuple[tuple[int, int], ...] = ()
    """(step id, rep) of each hold or set that was done to its end."""
    away: bool = False
    """Whether the pause came from an absence rather than from the person."""
    eased_from: float = 0.0
    """The depth at which the way out began."""
    patience: float = STALL_S
    """A gap between two looks longer than this was no time of the person's; who follows by ear needs no picture."""
    ends: bool = False
    """Whether the way out leads to the end rather than to the questions."""

    @classmethod
    def of(cls, steps: Sequence[Step], stretches: Mapping[str, Stretch], pace: Pace = "easy") -> "SessionRun":
        """Return the session of ``steps``, waiting to begin."""
        phases = timeline(steps, stretches, pace)
        return cls(phases=phases, steps=dict(enumerate(evened(steps))), left=phases[0].seconds if phases else 0.0)

    # -- what a person does -------------------------------------------------------------------------------------

    def start(self, now: float) -> "SessionRun":
        """Begin, or go on after a pause, with the time that was left."""
        if self.state not in ("waiting", "paused"):
            return self
        if self.at >= len(self.phases):
            return replace(self, state="over")
        return _reach(replace(self, state="running", deadline=now + self.left, looked=now, away=False))

    resume = start

    def pause(self, now: float) -> "SessionRun":
        """Stand still; the time left is kept."""
        run = self.tick(now)
        return replace(run, state="paused", left=run.deadline - now) if run.state == "running" else run

    def tick(self, now: float) -> "SessionRun":
        """Look at the clock: move on to the phase that is due, or wait where the person was away."""
        if self.state not in ("running", "easing"):
            return self
        gap = now - self.looked
        if gap > max(AWAY_S, self.patience) and self.state == "running":
            return replace(self, state="paused", left=self.deadline - self.looked, away=True)
        stalled = gap > self.patience
        lost, lived = (gap, 0.0) if stalled else (0.0, gap)
        run = replace(self, looked=now, deadline=self.deadline + lost, spent=self.spent + lived)
        while run.state in ("running", "easing") and now >= run.deadline:
            run = _advance(run)
        return run

    def next(self, now: float) -> "SessionRun":
        """Go to the next side or stretch; what was left of this one is not counted as done."""
        run = self.tick(now)
        later = (index for index, phase in enumerate(run.phases) if index > run.at and phase.step != _step(run))
        return _go(run, next(later, len(run.phases)), now)

    def back(self, now: float) -> "SessionRun":
        """Begin this side anew; from its very beginning, go to the one before."""
        run = self.tick(now)
        if run.state == "over":
            return run
        first = _first_of(run, run.at)
        return _go(run, _first_of(run, first - 1) if run.at == first and first else first, now)

    def hurt(self, now: float) -> "SessionRun":
        """Ease out at once, then ask."""
        return _ease_out(self, now, ends=False)

    def end(self, now: float) -> "SessionRun":
        """Ease out at once, then end."""
        return _ease_out(self, now, ends=True)

    def stop(self, now: float) -> "SessionRun":
        """End here."""
        return replace(self.tick(now), state="over")

    def leave_out(self, now: float) -> "SessionRun":
        """Go on without the stretch that hurt."""
        return _instead(self, now, (), {})

    def take_easier(self, now: float, easier: Stretch, hold_s: int, pace: Pace = "easy") -> "SessionRun":
        """Go on with ``easier`` in place of the stretch that hurt, one hold a side, for the sides still to come."""
        hurting = self.phases[self.at].stretch
        coming = tuple(dict.fromkeys(phase.side for phase in self.phases[self.at :] if phase.stretch == hurting))
        reps = 1 if easier.kind == "stretch" else easier.dose.reps
        steps = [Step(easier.id, side, hold_s, reps) for side in _sides(easier, coming)]
        first = max(self.steps) + 1
        phases = timeline(steps, {easier.id: easier}, pace, first_step=first)
        return _instead(self, now, phases, dict(enumerate(steps, first)))

    def follow(self, now: float, allowed: Sequence[Step]) -> "SessionRun":
        """Go on with what the decision of now allows: what fell out is skipped, doses shrink, and nothing is added.

        A change that was noted elsewhere, such as a new sign, must not wait for the next session.
        """
        run = self.tick(now)
        if run.state not in ("waiting", "running", "paused"):
            return run
        doses = {step.stretch: step for step in evened(allowed)}
        here = run.at
        coming = (_allowed(phase, doses.get(phase.stretch), run.steps[phase.step]) for phase in run.phases[here:])
        phases = (*run.phases[:here], *(phase for phase in coming if phase is not None))
        if phases == run.phases:
            return run
        still = {phase.step for phase in run.phases[here:] if phase.works}  # what is done was held as it was
        steps = run.steps | {
            number: replace(step, hold_s=min(step.hold_s, dose.hold_s), reps=min(step.reps, dose.reps))
            for number, step in run.steps.items()
            if number in still and (dose := doses.get(step.stretch))
        }
        before, run = run.phases[here], replace(run, phases=phases, steps=steps)
        if here < len(phases) and (phases[here].step, phases[here].kind) == (before.step, before.kind):
            cut = before.seconds - phases[here].seconds
            return replace(run, left=max(run.left - cut, 0.0), deadline=max(run.deadline - cut, now))
        return _go(run, here, now)

    # -- what a screen shows ------------------------------------------------------------------------------------

    def look(self, now: float) -> Now | None:
        """Return this moment; None when it is over."""
        if self.state == "over" or self.at >= len(self.phases):
            return None
        phase = self.phases[self.at]
        left = max(self.deadline - now, 0.0) if self.state in ("running", "easing") else self.left
        if self.state in ("easing", "asking"):
            return _look_out(self, phase, left)
        elapsed = max(phase.seconds - left, 0.0)
        return Now(
            phase=phase, elapsed=elapsed, left=left, depth=depth(phase, elapsed), breath=breath(phase, elapsed),
            settling=elapsed < phase.settle_s, easing=False,
            count=counted(phase, elapsed) if phase.kind == "count" else phase.rep,
        )  # fmt: skip

    def remaining(self, now: float) -> float:
        """Return the seconds to the end of the session."""
        here = self.look(now)
        return here.left + seconds(self.phases[self.at + 1 :]) if here else 0.0

    def coming(self) -> Phase | None:
        """Return the first phase of the next side or stretch; None in the last one."""
        here = _step(self)
        return next((phase for phase in self.phases[self.at :] if phase.step != here), None)

    def done_steps(self) -> tuple[DoneStep, ...]:
        """Return what was done of each step that began; a step cut short keeps what was held of it."""
        return tuple(_done_step(self, number) for number in self.reached)

    # -- to go on later -----------------------------------------------------------------------------------------

    def progress(self) -> dict[str, Any]:
        """Return a small document from which the session can go on after a crash or a closed terminal."""
        return dict(msgspec.to_builtins(self))

    @classmethod
    def from_progress(cls, document: Any) -> "SessionRun":
        """Return the session of a progress document, waiting at the beginning of the side it stood in.

        Raises ``msgspec.ValidationError`` where the document is not one of ours.
        """
        run = msgspec.convert(document, cls, strict=False)
        if not 0 <= run.at < len(run.phases):
            return replace(run, state="over")
        first = _first_of(run, run.at)
        return replace(run, state="waiting", at=first, left=run.phases[first].seconds, away=False, ends=False)


class GuidedSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session under way, with all that is needed to go on with it or to record it."""

    routine: str
    pace: Pace
    by: By
    started: Moment
    saved_at: Moment = msgspec.field(name="kept")
    """When it was last saved; the state file has called it ``kept`` since the first version."""
    run: SessionRun
    hurt: tuple[str, ...] = ()
    """Stretches that hurt in it."""

    @property
    def outcome(self) -> SessionOutcome:
        """Return how it ended, or would end now."""
        return outcome_of(self.run, hurt=bool(self.hurt))

    @property
    def stretch(self) -> str | None:
        """Return the stretch that is under way."""
        return self.run.phases[self.run.at].stretch if self.run.at < len(self.run.phases) else None


def outcome_of(run: SessionRun, *, hurt: bool) -> SessionOutcome:
    """Return how a session ended: only what was held to its end, every hold of every side, is done."""
    if hurt:
        return "hurt"
    steps = run.done_steps()
    whole = run.at >= len(run.phases) and bool(run.held) and all(step.done for step in steps)
    return "done" if whole else "stopped"


class Tomorrow(msgspec.Struct, frozen=True):
    """What the session changed: the hold of a stretch today and tomorrow, in seconds."""

    stretch: str
    hold_s: int
    next_s: int


def _allowed(phase: Phase, dose: Step | None, asked: Step) -> Phase | None:
    """Return a phase with no more seconds and repetitions than the dose of now; None where it is left out."""
    if dose is None or (phase.kind != "count" and phase.rep > dose.reps):
        return None
    reps, length = min(phase.reps, dose.reps), phase.seconds
    if phase.kind == "hold":
        length = min(phase.seconds, float(dose.hold_s))
    elif phase.kind == "count":
        length = reps * (phase.seconds / phase.reps - max(asked.hold_s - dose.hold_s, 0))
    return replace(phase, seconds=length, settle_s=min(phase.settle_s, length), reps=reps)


def _step(run: SessionRun) -> int | None:
    return run.phases[run.at].step if run.at < len(run.phases) else None


def _first_of(run: SessionRun, index: int) -> int:
    """Return the first phase of the step to which the phase at ``index`` belongs."""
    step = run.phases[index].step
    return next(number for number, phase in enumerate(run.phases) if phase.step == step)


def _reach(run: SessionRun) -> SessionRun:
    step = _step(run)
    return run if step is None or step in run.reached else replace(run, reached=(*run.reached, step))


def _advance(run: SessionRun) -> SessionRun:
    """Move on from a phase whose time is up; the next one's deadline follows from this one's, without drift."""
    if run.state == "easing":
        return replace(run, state="over" if run.ends else "asking", left=0.0)
    phase = run.phases[run.at]
    held = (*run.held, (phase.step, phase.rep)) if phase.works else run.held
    run = replace(run, at=run.at + 1, held=held)
    if run.at == len(run.phases):
        return replace(run, state="over")
    return _reach(replace(run, deadline=run.deadline + run.phases[run.at].seconds))


def _go(run: SessionRun, index: int, now: float) -> SessionRun:
    """Stand at the beginning of the phase at ``index``; on the way out, and after the end, nothing moves."""
    if run.state in ("easing", "asking", "over"):
        return run
    if index >= len(run.phases):
        return replace(run, at=len(run.phases), state="over")
    length = run.phases[index].seconds
    return _reach(replace(run, at=index, left=length, deadline=now + length, looked=now))


def _ease_out(run: SessionRun, now: float, *, ends: bool) -> SessionRun:
    run = run.tick(now)
    here = run.look(now)
    if here is None or run.state == "easing":
        return replace(run, ends=ends or run.ends)
    if here.depth <= 0.0:
        return replace(run, state="over" if ends else "asking", left=0.0, eased_from=0.0)
    return replace(run, state="easing", eased_from=here.depth, ends=ends, deadline=now + EASE_OUT_S, looked=now)


def _look_out(run: SessionRun, phase: Phase, left: float) -> Now:
    share = left / EASE_OUT_S
    return Now(
        phase=phase, elapsed=EASE_OUT_S - left, left=left, depth=smooth(share) * run.eased_from,
        breath=Breath("out", share), settling=False, count=phase.rep, easing=True,
    )  # fmt: skip


def _sides(stretch: Stretch, coming: tuple[Side, ...]) -> tuple[Side, ...]:
    """Return the sides of ``stretch`` that stand in for the sides still to come."""
    if stretch.sides == "together":
        return ("both",)
    return ("right", "left") if "both" in coming else coming


def _instead(run: SessionRun, now: float, phases: tuple[Phase, ...], steps: dict[int, Step]) -> SessionRun:
    """Go on with ``phases`` in place of what was left of the stretch that hurt."""
    if run.at >= len(run.phases):
        return run
    hurting = run.phases[run.at].stretch
    rest = tuple(phase for phase in run.phases[run.at :] if phase.stretch != hurting)
    run = replace(run, phases=run.phases[: run.at] + phases + rest, steps=run.steps | steps, state="running")
    return _go(run, run.at, now)


def _done_step(run: SessionRun, number: int) -> DoneStep:
    step = run.steps[number]
    held = {rep for owner, rep in run.held if owner == number}
    counts = any(phase.step == number and phase.kind == "count" for phase in run.phases)
    reps = step.reps if counts and held else len(held)
    return DoneStep(step.stretch, step.side, step.hold_s, reps, done=reps >= step.reps)
