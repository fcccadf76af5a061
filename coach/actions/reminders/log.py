"""The log of reminders: what became of each slot."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from coach import clock
from coach.actions.ice import coming_calls
from coach.actions.reminders.facts import LOOK_BACK, recorded_facts
from coach.actions.reminders.safety import safety_pause
from coach.actions.reminders.settings import all_reminders
from coach.domain.reminders.due import FINAL_OUTCOMES, Delivery, evaluate
from coach.home import Home


def read_rows(home: Home, since: datetime | None = None) -> dict[str, Delivery]:
    """Return the rows from ``since`` on, by slot id; an entry that is not readable is passed over."""
    rows: dict[str, Delivery] = {}
    for entry in home.records.delivery_log().entries(since):
        try:
            row = msgspec.convert(entry, Delivery)
        except msgspec.ValidationError:
            continue
        rows[row.id] = row
    return rows


def write_rows(home: Home, *rows: Delivery) -> None:
    """Keep rows for good, in place of earlier ones of the same slots."""
    if rows:
        home.records.delivery_log().put(*(msgspec.to_builtins(row) for row in rows))


def claim_row(home: Home, row: Delivery) -> bool:
    """Keep the first row of a slot; False where another process has one already."""
    return home.records.delivery_log().claim(dict(msgspec.to_builtins(row)))


def outcomes(home: Home, now: datetime, since: datetime | None = None) -> list[Delivery]:
    """Return what became of every slot, oldest first; where no agent runs, also of those that nobody was there for."""
    from coach.records.lock import holder_of

    rows = read_rows(home, since)
    # Nobody was there to log it: what nobody showed is told as missed, and kept by the next agent.
    if holder_of(home.places.agent_lock()) is None:
        facts = recorded_facts(home, now, safety_pause=safety_pause(home, now) is not None)
        facts = replace(facts, one_off=coming_calls(home, now))
        recent = read_rows(home, min(facts.settled_until or now, now) - LOOK_BACK)
        unseen = evaluate(all_reminders(home), recent, facts, clock.zone(), now).rows
        rows |= {row.id: row for row in unseen if since is None or row.due >= since}
    return sorted((row for row in rows.values() if row.outcome in FINAL_OUTCOMES), key=lambda row: (row.due, row.id))
