"""What to say of a file that was found damaged."""

from coach.records import Damage
from coach.words import Words

LOSSES: dict[str, tuple[str, ...]] = {
    "ice": ("ice_conditions",),
    "knee": ("side", "baseline"),
    "onset": ("onset",),
    "reminders": ("reminders",),
    "hours": ("work", "work_days", "daily_at", "slot", "quiet"),
    "place": ("language", "region"),
    "popups": ("popups", "notify", "away_min", "hold_busy", "announce_breaks", "snooze_min"),
    "screen": ("theme", "sound", "voice", "motion", "large_text"),
    "person": ("person",),
}
"""What is told of lost settings, in this order, and the fields of the profile that it stands for.

The health conditions have a sentence of their own.
"""


def damage_text(damage: Damage, words: Words) -> str:
    """Return what happened to the file, what is kept and lost, and what to do, where there is something to do."""
    text = words(f"records.damage.{_sentence(damage)}", file=damage.file, aside=damage.aside or "", n=damage.kept)
    losses = [words(f"records.lost.{loss}") for loss, fields in LOSSES.items() if set(fields) & set(damage.lost)]
    if not losses:
        return text
    return words("records.lost.all", text=text, what=words("common.and").join(losses))


def _sentence(damage: Damage) -> str:
    if damage.file == "profile.json" and not damage.kept:
        return "settings-gone" if damage.what == "gone" else "settings-lost"
    if damage.what == "damaged" and damage.file in ("profile.json", "state.json"):
        return "settings" if damage.file == "profile.json" else "state"
    return damage.what
