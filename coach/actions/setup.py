"""Set-up: the few answers that make the profile, from first run and from ``coach setup`` alike."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from coach.domain.answers import Tri
from coach.domain.history import Screening
from coach.domain.profile import Profile
from coach.home import Home


def set_up(home: Home, **answers: object) -> Profile:
    """Keep the given profile fields (``coach.domain.profile.Profile``) and mark set-up as done."""
    return home.records.change_profile(lambda old: msgspec.structs.replace(old, set_up=True, **answers))


def screen(home: Home, signs: Mapping[str, Tri], now: datetime) -> Screening:
    """Keep the answers to the emergency and same-day list."""
    from coach.records import new_id

    record = Screening(id=new_id(), at=now, signs=dict(signs))
    home.records.add(record)
    return record
