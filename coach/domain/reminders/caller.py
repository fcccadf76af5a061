"""Which of several machines calls, where one home is carried between them and each runs an agent.

A lock reaches no further than its machine. What files can settle is this: each agent leaves a lease, and from the
leases all of them work out the same one that calls. Until a lease has been carried, two may call.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from coach.domain.moment import Moment
from coach.domain.reminders.due import DuePlan
from coach.domain.reminders.slots import ABSENCE

LEASE = timedelta(minutes=15)
"""A lease that was not renewed for so long is of an agent that ended, or of a machine that sleeps."""
RENEW_EVERY = timedelta(minutes=5)


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent says of itself; no other writes it."""

    machine: str
    since: Moment
    renewed: Moment
    touched: Moment | None = None
    """When somebody last touched that machine, as of ``renewed``; None where it cannot tell."""

    def is_attended(self) -> bool:
        """Tell whether somebody was at that machine when the lease was renewed."""
        return self.touched is not None and self.renewed - self.touched < ABSENCE


def calls(own: Lease, others: Iterable[Lease], now: datetime) -> bool:
    """Tell whether ``own`` calls: where somebody sits, else the one that began first.

    Both ways of a clock that is off are taken for a lease that holds no more: two that call are better than none.
    """
    rivals = [lease for lease in others if lease.machine != own.machine and abs(now - lease.renewed) < LEASE]
    return min((own, *rivals), key=_rank) is own


def _rank(lease: Lease) -> tuple[bool, datetime, str]:
    return not lease.is_attended(), lease.since, lease.machine


def left_to_another(plan: DuePlan) -> DuePlan:
    """Return what is still to be shown where another machine calls: the end of ice alone, which nothing holds."""
    ends = tuple(slot for slot in plan.show if slot.kind == "ice-end")
    return replace(plan, show=ends, rows=(), unreported=0)
