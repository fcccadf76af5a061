"""One person's home in the program: places, settings, records and content, each opened when first needed."""

from functools import cached_property
from typing import TYPE_CHECKING

from coach.places import Places, places

if TYPE_CHECKING:
    from coach.content import Content
    from coach.domain.profile import Profile
    from coach.records import Records


class Home:
    """What an action needs to do its work. Holds no truth of its own: it can be made anew at any time."""

    def __init__(self, where: Places | None = None) -> None:
        """Open nothing yet; ``where`` defaults to the real places."""
        self.places = where or places()

    @cached_property
    def records(self) -> "Records":
        """The records, safe against kills, other writers and damage."""
        from coach.records import Records

        return Records(self.places)

    @cached_property
    def content(self) -> "Content":
        """The content that ships, and the person's own beside it."""
        from coach.content import Content

        return Content.open(self.places.own_content())

    @property
    def profile(self) -> "Profile":
        """The settings as they are on disk now."""
        return self.records.profile()
