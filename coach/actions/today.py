"""Today in one object: what screen, command, agent and page all show."""

from datetime import date, datetime, timedelta

import msgspec

from coach.actions.reminders.frequency import offer
from coach.actions.status.current import recent
from coach.domain.exercise.plan import Plan, plan
from coach.domain.followups import missed_day, weekly_topic
from coach.domain.goals import Goal
from coach.domain.goals import due as goals_due
from coach.domain.habit import HabitState, habit_state
from coach.domain.ice import IceState, ice_state
from coach.domain.reminders.frequency import Frequency
from coach.domain.status.diary import shown
from coach.domain.status.history import CheckIn, History, Topic
from coach.domain.status.status import Status, current_status
from coach.domain.status.wall_clock import local_day
from coach.domain.status.way_back import WayBack, way_back
from coach.domain.trends.chart import ChartDay, chart_days, day_states
from coach.domain.trends.pain import PainDay, pain_day
from coach.domain.trends.period import effective_check_ins, paused_days
from coach.home import Home


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Today: the status, the plan, ice, the one habit, and two weeks of pain (oldest first)."""

    status: Status
    plan: Plan
    ice: IceState
    habit: HabitState
    pain: tuple[PainDay, ...]
    done: datetime | None = None
    """When the routine of today was done, the last time; stopping early counts."""
    why_not: date | None = None
    """Yesterday, where it had no routine and nobody was asked why yet; the question is optional."""
    weekly: Topic | None = None
    """The one question of this week, once it has settled."""
    goals_due: tuple[Goal, ...] = ()
    """The goals that were not scored for a week."""
    frequency: Frequency | None = None
    """How often to be called from now on, as far as another rhythm is offered."""
    chart: tuple[ChartDay, ...] = ()
    """The same two weeks with the state of each day, and the days that a pause touched."""
    way_back: WayBack | None = None
    """Where one is between a pause and the usual routine."""


def today(home: Home, now: datetime, routine_id: str | None = None) -> Day:
    """Return today as the records have it at ``now``."""
    history = recent(home, now)
    profile = home.profile
    status = current_status(history, profile, home.content.rules, now)
    planned = plan(status, profile, history, home.content.stretches, home.content.routines, now, routine_id)
    diary = shown(history)
    pain, paused = pain_days(diary, now), paused_days(status.pause_state.episodes, now.date())
    return Day(
        status=status,
        plan=planned,
        done=done_today(diary, planned, now),
        ice=ice_state(history, profile, status, now),
        habit=habit_state(diary, now),
        pain=pain,
        why_not=missed_day(diary, status, now),
        goals_due=goals_due(profile.goals, diary, now),
        weekly=weekly_topic(diary, status, now),
        frequency=offer(home, status, now),
        chart=chart_days(pain, day_states(diary, now), paused, profile.side),
        way_back=way_back(status, now),
    )


def done_today(history: History, planned: Plan, now: datetime) -> datetime | None:
    """Return when the planned routine was last done today, None where it was not."""
    if planned.routine is None:
        return None
    day = now.date()
    moments = (
        session.at
        for session in history.sessions
        if session.routine == planned.routine.id and session.exercised and session.at <= now
    )
    return max((at for at in moments if local_day(at, now) == day), default=None)


def pain_days(history: History, now: datetime, days: int = 14) -> tuple[PainDay, ...]:
    """Return the pain of each of the last ``days`` days, oldest first; a corrected slip is not shown."""
    first = now.date() - timedelta(days=days - 1)
    told: dict[date, list[CheckIn]] = {first + timedelta(days=n): [] for n in range(days)}
    for check_in in effective_check_ins(history):
        told.get(check_in.day or local_day(check_in.at, now), []).append(check_in)
    return tuple(pain_day(day, check_ins) for day, check_ins in told.items())
