"""The id of this person: random, made once, and the same on every machine that their records were merged into."""

from uuid import uuid4

from msgspec.structs import replace

from coach.domain.profile import Profile
from coach.home import Home


def person_id(home: Home) -> str:
    """Return the id of this person; on the first call it is made and kept."""

    def with_id(profile: Profile) -> Profile:
        return profile if profile.person else replace(profile, person=str(uuid4()))

    person = home.profile.person or home.records.change_profile(with_id).person
    assert person is not None
    return person


def adopt_person_id(home: Home, other: str | None) -> None:
    """Agree with another machine of the same person: where both made an id, both go on with the lesser of the two."""
    if other and (home.profile.person is None or other < home.profile.person):
        home.records.change_profile(lambda profile: replace(profile, person=other))
