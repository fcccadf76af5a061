"""Of several machines over one carried home, one calls: where somebody sits, else the one that began first."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.caller import LEASE, Lease, calls

NOW = datetime.fromisoformat("2026-11-22T08:00+09:00")


def lease(machine: str, since_min: int = 0, renewed_min: int = 0, touched_min: int | None = None) -> Lease:
    """Return a lease by how many minutes ago things were."""
    touched = None if touched_min is None else NOW - timedelta(minutes=touched_min)
    ago = [NOW - timedelta(minutes=minutes) for minutes in (since_min, renewed_min)]
    return Lease(machine=machine, since=ago[0], renewed=ago[1], touched=touched)


def test_one_alone_calls() -> None:
    """And one beside its own lease of before."""
    assert calls(lease("a"), [], NOW)
    assert calls(lease("a"), [lease("a", since_min=90)], NOW)


def test_the_first_calls_and_where_somebody_sits_goes_before() -> None:
    """A machine that cannot tell is one where nobody is known to sit."""
    assert not calls(lease("b"), [lease("a", since_min=60)], NOW)
    assert calls(lease("b", touched_min=1), [lease("a", since_min=60)], NOW)
    assert calls(lease("b", touched_min=1), [lease("a", since_min=60, touched_min=30)], NOW)
    assert not calls(lease("b", touched_min=30), [lease("a", touched_min=1)], NOW)


def test_a_lease_that_was_not_renewed_holds_no_more() -> None:
    """A machine that sleeps, or whose agent was killed; and a clock that is off by more than that."""
    for renewed_min in (16, 600, -16):
        assert calls(lease("b"), [lease("a", since_min=600, renewed_min=renewed_min)], NOW)
    assert not calls(lease("b"), [lease("a", since_min=60, renewed_min=14)], NOW)


@given(
    leases=st.lists(
        st.builds(
            lease, st.sampled_from("abcd"), st.integers(0, 90), st.integers(0, 14), st.none() | st.integers(0, 30)
        ),
        min_size=1, max_size=4, unique_by=lambda lease: lease.machine,
    )
)  # fmt: skip
def test_once_all_know_all_leases_exactly_one_calls(leases: list[Lease]) -> None:
    """In whatever order they are read."""
    assert sum(calls(own, [each for each in leases if each is not own], NOW) for own in leases) == 1
    assert timedelta(minutes=14) < LEASE
