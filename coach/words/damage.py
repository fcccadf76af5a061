"""What to say of a file that was found damaged."""

from coach.records import Damage
from coach.words import Words


def damage_text(damage: Damage, words: Words) -> str:
    """Return what happened to the file, what is kept, and what to do, where there is something to do."""
    return words(f"records.damage.{_sentence(damage)}", file=damage.file, aside=damage.aside or "", n=damage.kept)


def _sentence(damage: Damage) -> str:
    if damage.file == "profile.json" and not damage.kept:
        return "settings-gone" if damage.what == "gone" else "settings-lost"
    if damage.what == "damaged" and damage.file in ("profile.json", "state.json"):
        return "settings" if damage.file == "profile.json" else "state"
    return damage.what
