"""Why a reminder did not come as it should, as the log tells it."""

from coach.words import Words


def why_text(why: str, count: int, words: Words) -> str:
    """Return the reason as a sentence; one that a newer version of the program noted is not known here."""
    key = f"reminders.why.{why}"
    return words(key, n=count) if words.has(key) else words("reminders.why-unknown")
