"""``coach today``: how it stands and today's plan, as text or as one JSON document."""

import argparse
from datetime import datetime
from itertools import groupby
from typing import Any, get_args

from msgspec.structs import replace

from coach.actions.reminders.schedule import next_reminder
from coach.actions.today import Day, today
from coach.cli.agent import nobody_calls
from coach.cli.context import CommandContext
from coach.domain.exercise.dose import Step
from coach.domain.exercise.plan import LeftOut, Plan, Planned
from coach.domain.reminders.frequency import Frequency
from coach.domain.status.history import Why
from coach.domain.status.standing_pause import Pause
from coach.domain.status.wall_clock import local
from coach.errors import CoachError
from coach.words import Words
from coach.words.habit import habit_line
from coach.words.ice import ice_line
from coach.words.shown import shown
from coach.words.stretch import step_dose

KEEP = "keep"


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``--json``, and answers to the small questions."""
    parser.add_argument("--why-not", choices=get_args(Why), help=words("plan.help.why-not"))
    parser.add_argument("--weekly", choices=("well", "not-well"), help=words("plan.help.weekly"))
    parser.add_argument("--reminders", choices=(*get_args(Frequency), KEEP), help=words("frequency.help.reminders"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Take the answers, and say today."""
    answered = _answered(args, context)
    now = context.now()  # after them, as an answer of just now shapes today's plan
    day = today(context.home, now)
    if args.reminders:
        day = replace(day, frequency=None)  # whoever just chose is not asked again at once
    if args.json:
        context.say_json(document(day, context))
        if sentence := nobody_calls(context):
            context.complain(sentence)
    else:
        for line in (*answered, *page(day, context)):
            context.say(line)
    return 0


def _answered(args: argparse.Namespace, context: CommandContext) -> list[str]:
    """Keep the answers given to the small questions, and return what follows from each."""
    from coach.actions.followups import answer_weekly, routine_reminder, why_not

    lines = []
    if args.why_not:
        moves = routine_reminder(context.home)
        fit = why_not(context.home, args.why_not, context.now())
        lines.append(context.words(f"plan.fit.{fit}", id=moves.id if moves else ""))
    if args.weekly:
        record = answer_weekly(context.home, context.now(), well=args.weekly == "well")
        lines.append(context.words("plan.weekly.well" if record.well else f"plan.weekly.slipping.{record.topic}"))
    if args.reminders:
        lines.append(_turned(args.reminders, context))
    return [*lines, ""] if lines else []


def _turned(chosen: str, context: CommandContext) -> str:
    """Change how often it calls, or leave it as it is, and say so."""
    from coach.actions.reminders.frequency import accept, decline, offer
    from coach.actions.status.current import status_now
    from coach.words.frequency import change_text

    home, now = context.home, context.now()
    for frequency in get_args(Frequency):
        if chosen == frequency:
            return change_text(accept(home, frequency, context.words, now), context.words, "done")
    offered = offer(home, status_now(home, now), now)
    if offered is None:
        raise CoachError("frequency.none.keep")
    decline(home, offered, now)
    return context.words("frequency.done.keep")


def _asked(day: Day, words: Words) -> list[str]:
    """Return the small questions of today; neither needs an answer."""
    lines = [words("plan.why-not")] if day.why_not else []
    if day.goals_due:
        lines.append(words("plan.goals", list=words("report.between").join(shown(goal.text) for goal in day.goals_due)))
    if day.weekly:
        lines += [words(f"plan.weekly.ask.{day.weekly}"), words("plan.weekly.how")]
    return [
        *lines,
        *((words(f"frequency.{part}.{day.frequency}") for part in ("offer", "how")) if day.frequency else ()),
    ]


def document(day: Day, context: CommandContext) -> dict[str, Any]:
    """Return today as one JSON document."""
    plan = day.plan
    return {
        "date": plan.date,
        "activity": plan.activity,
        "advice": plan.advice,
        "headline": plan.headline,
        "pause": _pause(plan.pause, context),
        "routine": plan.routine,
        "habit": day.habit.habit,
        "ice": {"allowed": day.ice.allowed, "why": day.ice.why or None, "next_at": here(day.ice.next_at, context)},
        "next_reminder": _next(day, context),
    }


def _pause(pause: Pause | None, context: CommandContext) -> dict[str, Any] | None:
    from coach.words.status import condition_text

    if pause is None:
        return None
    back = [condition_text(condition, pause, context.words, context.now()) for condition in pause.back_when]
    return {"reason": pause.reason, "until": here(pause.until, context), "back_when": back}


def _next(day: Day, context: CommandContext) -> dict[str, Any] | None:
    due = next_reminder(context.home, context.now(), day.status)
    return {"id": due.id, "kind": due.kind, "due": due.due} if due else None


def here(at: datetime | None, context: CommandContext) -> datetime | None:
    """Return a moment with the offset of this place."""
    return local(at, context.now()) if at else None


def page(day: Day, context: CommandContext) -> list[str]:
    """Return today as lines of text."""
    from coach.words.dates import week_day
    from coach.words.status import emergency_lines, status_lines

    words, now, book = context.words, context.now(), context.home.content.rules
    lines = [words("plan.today", day=week_day(day.plan.date, words)), ""]
    if day.status.advice == "emergency":
        emergency = emergency_lines(day.status, words, book, context.home.profile.region)
        return [*lines, *emergency, *_ice(day, words, now)]
    lines += [*status_lines(day.status, words, book, context.home.profile.region, now), ""]
    rests = day.plan.routine is None and day.status.activity == "pause"  # that was said already
    planned = [*([] if rests else routine_lines(day.plan, context)), *_done(day, context)]
    lines += [*planned, ""] if planned else []
    if day.status.ask_why and not (day.status.ask_why == "never" and day.status.advice == "today"):
        lines.append(words(f"pause.ask.{day.status.ask_why}"))
    return [
        *lines,
        *_ice(day, words, now),
        *_habit(day, context),
        *_reminder(day, context),
        *_asked(day, words),
    ]


def routine_lines(plan: Plan, context: CommandContext) -> list[str]:
    """Return the routine, a line a step, and what was left out and why."""
    words = context.words
    if plan.routine is None:
        return [words("plan.no-routine")]
    name = words.pick(context.home.content.routines[plan.routine.id].name)
    head = words("plan.minutes", name=name, n=plan.routine.minutes)
    steps = (words("plan.indent", text=text) for text in step_texts(plan.routine, context))
    return [head, *steps, *(_left_out(left_out, context) for left_out in plan.left_out)]


def _done(day: Day, context: CommandContext) -> list[str]:
    from coach.words.dates import clock_time

    done = here(day.done, context)
    return [context.words("plan.done", time=clock_time(done))] if done else []


def step_texts(routine: Planned, context: CommandContext) -> list[str]:
    """Return a line a stretch: what, its sides in order, how long, how often."""
    together = groupby(routine.steps, key=lambda step: step.stretch)
    return [_stretch(tuple(steps), context) for _, steps in together]


def _stretch(steps: tuple[Step, ...], context: CommandContext) -> str:
    words, first = context.words, steps[0]
    sides = words("common.and").join(words(f"common.side.{step.side}") for step in steps)
    name = _name(first.stretch, context)
    return words("plan.step", stretch=name, side=sides, dose=step_dose(first, words, context.home.content))


def _left_out(left_out: LeftOut, context: CommandContext) -> str:
    why = context.words(f"plan.left-out.{left_out.why}")
    form = "plan.left-out-instead" if left_out.instead else "plan.left-out-line"
    instead = _name(left_out.instead, context) if left_out.instead else ""
    return context.words(form, stretch=_name(left_out.stretch, context), why=why, instead=instead)


def _name(stretch_id: str, context: CommandContext) -> str:
    stretch = context.home.content.stretches[stretch_id]
    return context.words.pick(stretch.name)


def _ice(day: Day, words: Words, now: datetime) -> list[str]:
    """Return the line on ice; on a day for a visit only that of ice that lies on: nobody is told how to begin."""
    if day.status.advice in ("today", "emergency") and not (day.ice.running or day.ice.overdue):
        return []
    text = words("ice.first") if day.ice.why == "not-asked" else ice_line(day.ice, words, now)
    return [words("plan.ice", text=text)]


def _habit(day: Day, context: CommandContext) -> list[str]:
    text = habit_line(day.habit, context.words, context.home.content)
    return [context.words("plan.habit", text=text)] if text else []


def _reminder(day: Day, context: CommandContext) -> list[str]:
    from coach.words.moments import moment

    due = next_reminder(context.home, context.now(), day.status)
    if due is None:
        return []
    when = moment(due.due, context.words, context.now())
    sentence = nobody_calls(context)
    key = "plan.reminder-off" if sentence else "plan.reminder"
    line = context.words(key, kind=context.words(f"kind.{due.called}"), moment=when)
    return [line, *([sentence] if sentence else [])]
