"""What the command palette finds: every command of the screen below it, and every theme."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from coach.full_width import narrow
from coach.ui.navigator import Navigator, OpenScreen
from coach.ui.themes import SETTINGS


class PaletteEntry(NamedTuple):
    """Something that the palette offers."""

    name: str
    run: Callable[[], object]
    help: str | None = None


class Entries(Provider):
    """Finds entries by parts of their names; where none fits, it says so in the person's language."""

    @property
    def coach(self) -> Navigator:
        """The app."""
        return cast("Navigator", self.app)

    def entries(self) -> Iterable[PaletteEntry]:
        """Return all that can be found."""
        raise NotImplementedError

    async def discover(self) -> Hits:
        """Yield everything, in its order."""
        for entry in self.entries():
            yield DiscoveryHit(entry.name, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Yield what fits the query."""
        matcher = self.matcher(narrow(query))
        hits = [(matcher.match(f"{entry.name} {entry.help or ''}"), entry) for entry in self.entries()]
        for score, entry in hits:
            if score > 0:
                yield Hit(score, matcher.highlight(entry.name), entry.run, help=entry.help)
        if not any(score for score, _ in hits):
            yield Hit(1.0, self.coach.words("help.none"), _nothing)


class Commands(Entries):
    """Every command that the screen below offers now."""

    def entries(self) -> Iterable[PaletteEntry]:
        """Return the commands with what they do."""
        words = self.coach.words
        commands = self.screen.offered() if isinstance(self.screen, OpenScreen) else []
        for command in commands:
            if command.id != "palette":
                yield PaletteEntry(words(command.name), partial(self.coach.perform, command), words(command.tip))


class Themes(Entries):
    """Every theme, ours first."""

    def entries(self) -> Iterable[PaletteEntry]:
        """Return the themes by the names that the settings have for them."""
        words = self.coach.words
        for name in SETTINGS:
            key = f"settings.theme-is.{name}"
            choose = partial(self.app.run_action, f"app.choose_theme('{name}')")
            yield PaletteEntry(words(key) if words.has(key) else name, choose)


def _nothing() -> None:
    """Do nothing: there was no such entry."""
