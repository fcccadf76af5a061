"""``coach habit``: the one habit, its evening answer, and what two weeks say."""

import argparse

from coach.actions.diary import day_of
from coach.actions.habit import NONE, answer_habit, choose_habit, habit
from coach.cli.context import CommandContext
from coach.domain.habit import Comparison, HabitState
from coach.errors import UsageError
from coach.words import Words
from coach.words.dates import week_day
from coach.words.habit import habit_name


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take ``choose ID``, ``yes`` or ``no``."""
    parser.add_argument("do", metavar="choose|yes|no", choices=("choose", "yes", "no"), nargs="?")
    parser.add_argument("id", nargs="?", metavar="ID", help=words("habit.help.id"))
    parser.add_argument("--day", metavar="DAY", help=words("habit.help.day"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Choose it, answer it, or say how it stands."""
    if args.day is not None and args.do not in ("yes", "no"):
        raise UsageError("habit.error.day-of-nothing")
    if args.do == "choose":
        return _choose(args.id, context)
    if args.id is not None:
        raise UsageError("habit.error.too-much", word=args.id)
    if args.do is not None:
        now = context.now()
        day = None if args.day is None else day_of(args.day, now.date())
        told_of = answer_habit(context.home, kept=args.do == "yes", now=now, day=day)
        context.say(context.words(f"habit.answered-{args.do}", day=week_day(told_of, context.words)))
    for line in lines(habit(context.home, context.now()), context, asks=args.do is None):
        context.say(line)
    return 0


def _choose(habit_id: str | None, context: CommandContext) -> int:
    if habit_id is None:
        for line in _list(context):
            context.say(line)
        return 0
    state = choose_habit(context.home, habit_id, context.now())
    if habit_id == NONE:
        context.say(context.words("habit.put-down"))
        return 0
    chosen = context.home.content.habits[habit_id]
    context.say(context.words("habit.chosen", name=_name(state, context)))
    context.say(context.words("habit.how", text=context.words.pick(chosen.how)))
    return 0


def _list(context: CommandContext) -> list[str]:
    habits = context.home.content.habits.values()
    wide = max(len(habit.id) for habit in habits)
    return [
        context.words("habit.list", id=habit.id.ljust(wide), name=context.words.pick(habit.name)) for habit in habits
    ]


def lines(state: HabitState, context: CommandContext, *, asks: bool) -> list[str]:
    """Return how the habit stands."""
    words = context.words
    if state.habit is None:
        return [words("habit.none-chosen"), *_list(context)]
    if state.over:
        return [words("habit.over", id=state.habit), *_compared(state.comparison, words)]
    lines_said = [words("habit.day", name=_name(state, context), day=state.day, n=state.answered)]
    habit = context.home.content.habits.get(state.habit)
    if asks and habit and state.answered_today is None:
        lines_said.append(words("habit.ask", text=words.pick(habit.ask)))
    return lines_said


def _compared(comparison: Comparison, words: Words) -> list[str]:
    if comparison.verdict == "too-few":
        return [words("habit.compare.too-few")]
    days = words(
        "habit.compare.days",
        kept=comparison.kept_days,
        kept_pain=comparison.kept_pain,
        other=comparison.other_days,
        other_pain=comparison.other_pain,
    )
    return [days, words(f"habit.compare.{comparison.verdict}")]


def _name(state: HabitState, context: CommandContext) -> str:
    return habit_name(state.habit or "", context.words, context.home.content)
