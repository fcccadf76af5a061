"""``coach today``: how it stands and today's plan, as text or as one JSON document."""

import argparse
from datetime import datetime
from itertools import groupby
from typing import Any, get_args

from coach.actions.day import Day, today
from coach.actions.stands import next_reminder
from coach.cli.desk import Desk
from coach.domain.history import Why
from coach.domain.plan import LeftOut, Pause, Plan, Planned, Step
from coach.domain.rhythm import Rhythm
from coach.errors import CoachError
from coach.words import Words
from coach.words.ice import ice_line

KEEP = "keep"


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``, and answers to the small questions."""
    parser.add_argument("--why-not", choices=get_args(Why), help=words("plan.help.why-not"))
    parser.add_argument("--weekly", choices=("well", "not-well"), help=words("plan.help.weekly"))
    parser.add_argument("--reminders", choices=(*get_args(Rhythm), KEEP), help=words("rhythm.help.reminders"))
    parser.add_argument("--json", action="store_true", help=words("decision.json"))


def run(args: argparse.Namespace, desk: Desk) -> int:
    """Take the answers, and say today."""
    now = desk.now()
    said = _answered(args, desk)
    day = today(desk.home, now)
    if args.json:
        desk.say_json(document(day, desk))
    else:
        for line in (*said, *page(day, desk)):
            desk.say(line)
    return 0


def _answered(args: argparse.Namespace, desk: Desk) -> list[str]:
    """Keep the answers given to the small questions, and return what follows from each."""
    from coach.actions.asides import answer_weekly, routine_reminder, why_not

    said = []
    if args.why_not:
        moves = routine_reminder(desk.home)
        fit = why_not(desk.home, args.why_not, desk.now())
        said.append(desk.words(f"plan.fit.{fit}", id=moves.id if moves else ""))
    if args.weekly:
        record = answer_weekly(desk.home, desk.now(), well=args.weekly == "well")
        said.append(desk.words("plan.weekly.well" if record.well else f"plan.weekly.slipping.{record.topic}"))
    if args.reminders:
        said.append(_turned(args.reminders, desk))
    return [*said, ""] if said else []


def _turned(chosen: str, desk: Desk) -> str:
    """Change how often it calls, or leave it as it is, and say so."""
    from coach.actions.rhythm import accept, decline, offer
    from coach.actions.stands import how_it_stands
    from coach.words.rhythm import change_text

    home, now = desk.home, desk.now()
    for rhythm in get_args(Rhythm):
        if chosen == rhythm:
            return change_text(accept(home, rhythm, desk.words, now), desk.words, "done")
    offered = offer(home, how_it_stands(home, now), now)
    if offered is None:
        raise CoachError("rhythm.none.keep")
    decline(home, offered, now)
    return desk.words("rhythm.done.keep")


def _asked(day: Day, words: Words) -> list[str]:
    """Return the small questions of today; neither needs an answer."""
    lines = [words("plan.why-not")] if day.why_not else []
    if day.weekly:
        lines += [words(f"plan.weekly.ask.{day.weekly}"), words("plan.weekly.how")]
    return [*lines, *((words(f"rhythm.{one}.{day.rhythm}") for one in ("offer", "how")) if day.rhythm else ())]


def document(day: Day, desk: Desk) -> dict[str, Any]:
    """Return today as one JSON document."""
    plan = day.plan
    return {
        "date": plan.date,
        "activity": plan.activity,
        "advice": plan.advice,
        "headline": plan.headline,
        "pause": _pause(plan.pause, desk),
        "routine": plan.routine,
        "habit": day.habit.habit,
        "ice": {"allowed": day.ice.allowed, "why": day.ice.why or None, "next_at": here(day.ice.next_at, desk)},
        "next_reminder": _next(day, desk),
    }


def _pause(pause: Pause | None, desk: Desk) -> dict[str, Any] | None:
    if pause is None:
        return None
    back = [desk.words(f"pause.back-when.{one}") for one in pause.back_when]
    return {"reason": pause.reason, "until": here(pause.until, desk), "back_when": back}


def _next(day: Day, desk: Desk) -> dict[str, Any] | None:
    due = next_reminder(desk.home, desk.now(), day.standing)
    return {"id": due.id, "kind": due.kind, "due": due.due} if due else None


def here(at: datetime | None, desk: Desk) -> datetime | None:
    """Return a moment with the offset of this place."""
    return at.astimezone(desk.now().tzinfo) if at else None


def page(day: Day, desk: Desk) -> list[str]:
    """Return today as lines of text."""
    from coach.words.dates import week_day
    from coach.words.standing import standing_lines

    words, now, book = desk.words, desk.now(), desk.home.content.rules
    lines = [words("plan.today", day=week_day(day.plan.date, words)), ""]
    lines += [*standing_lines(day.standing, words, book, desk.home.profile.region, now), ""]
    lines += [*routine_lines(day.plan, desk), *_done(day, desk), ""]
    if day.standing.ask_why:
        lines.append(words(f"pause.ask.{day.standing.ask_why}"))
    return [
        *lines,
        words("plan.ice", text=ice_line(day.ice, words, now)),
        *_habit(day, desk),
        *_reminder(day, desk),
        *_asked(day, words),
    ]


def routine_lines(plan: Plan, desk: Desk) -> list[str]:
    """Return the routine, a line a step, and what was left out and why."""
    words = desk.words
    if plan.routine is None:
        return [words("plan.no-routine")]
    name = words.pick(desk.home.content.routines[plan.routine.id].name)
    head = words("plan.minutes", name=name, n=plan.routine.minutes)
    steps = (words("plan.indent", text=text) for text in step_texts(plan.routine, desk))
    return [head, *steps, *(_left_out(one, desk) for one in plan.left_out)]


def _done(day: Day, desk: Desk) -> list[str]:
    from coach.words.dates import clock_time

    done = here(day.done, desk)
    return [desk.words("plan.done", time=clock_time(done))] if done else []


def step_texts(routine: Planned, desk: Desk) -> list[str]:
    """Return a line a stretch: what, its sides in order, how long, how often."""
    together = groupby(routine.steps, key=lambda step: step.stretch)
    return [_stretch(tuple(steps), desk) for _, steps in together]


def _stretch(steps: tuple[Step, ...], desk: Desk) -> str:
    words, first = desk.words, steps[0]
    held = desk.home.content.stretches[first.stretch].kind == "stretch"
    form = "times" if not held else "hold" if first.reps == 1 else "holds"
    sides = words("dates.and").join(words(f"plan.side.{step.side}") for step in steps)
    name = _name(first.stretch, desk)
    return words(f"plan.step.{form}", stretch=name, side=sides, hold=first.hold_s, n=first.reps)


def _left_out(one: LeftOut, desk: Desk) -> str:
    why = desk.words(f"plan.left-out.{one.why}")
    form = "plan.left-out-instead" if one.instead else "plan.left-out-line"
    instead = _name(one.instead, desk) if one.instead else ""
    return desk.words(form, stretch=_name(one.stretch, desk), why=why, instead=instead)


def _name(stretch_id: str, desk: Desk) -> str:
    stretch = desk.home.content.stretches[stretch_id]
    name = desk.words.pick(stretch.name)
    return desk.words("plan.name-beyond", name=name) if stretch.beyond else name


def _habit(day: Day, desk: Desk) -> list[str]:
    state = day.habit
    if state.habit is None:
        return []
    known = desk.home.content.habits.get(state.habit)
    name = desk.words.pick(known.name) if known else state.habit
    return [desk.words("plan.habit-over" if state.over else "plan.habit", habit=name, day=state.day)]


def _reminder(day: Day, desk: Desk) -> list[str]:
    from coach.words.moments import moment

    due = next_reminder(desk.home, desk.now(), day.standing)
    if due is None:
        return []
    when = moment(due.due, desk.words, desk.now())
    return [desk.words("plan.reminder", kind=desk.words(f"kind.{due.called}"), moment=when)]
