"""What popups say: nothing of health on a shared screen unless the person chose so; their own words as given."""

from datetime import datetime

from msgspec.structs import replace

from coach.domain.profile import Profile
from coach.domain.reminders.due import snooze_minutes
from coach.domain.reminders.slots import SlotKind
from coach.home import Home
from coach.remind.channels import Action, Popup
from coach.words import Words, locale_language

LONGEST_TITLE = 80
"""Own words longer than this stand in the body; a title would be cut."""


def words_of(home: Home) -> Words:
    """Return the words of the person's language and region; a language that was asked for wins."""
    profile = home.profile
    return Words(home.language() or profile.language or locale_language(), profile.region)


def reminder_popup(
    home: Home, kind: SlotKind, text: str | None, now: datetime, *, missed: int = 0, snoozes: int = 0
) -> Popup:
    """Return the popup of a reminder that was put off ``snoozes`` times; a line of it tells of ``missed`` ones."""
    profile = home.profile
    words = words_of(home)
    title, body = _title_and_body(home, profile, words, kind, text, now)
    if missed:
        body = "\n".join(part for part in (body, words("popup.missed", n=missed)) if part)
    how = "break" if kind in ("desk-break", "posture") else kind
    return Popup(
        title=title,
        body=body,
        buttons=buttons_of(kind, profile, words, snoozes),
        without_buttons=words(f"popup.how.{how}") if words.has(f"popup.how.{how}") else "",
        sound=profile.sound or kind in ("ice-check", "ice-end"),
        stays=kind in ("routine", "check-in", "custom", "ice-end"),
        urgent=kind == "ice-end",
        kind=kind,
    )


def actions_of(kind: SlotKind) -> tuple[Action, ...]:
    """Return what a person may answer a kind of reminder with."""
    match kind:
        case "custom":  # a glass of water is nothing to start, and nothing that hurts
            return ("later", "done")
        case "ice-check":
            return ()
        case "ice-end":
            return ("done",)
        case _:
            return ("start", "later", "hurts")


def buttons_of(kind: SlotKind, profile: Profile, words: Words, snoozes: int = 0) -> tuple[tuple[Action, str], ...]:
    """Return the buttons of a kind of reminder; on a shared screen the third says nothing of pain."""
    # On the screen of an office the third button says what it does, and nothing of pain.
    labels = {"hurts": "hurts" if profile.popups == "plain" else "stop", "done": "off" if kind == "ice-end" else "done"}
    later = snooze_minutes(profile.snooze_min, snoozes)
    return tuple((action, words(f"popup.{labels.get(action, action)}", n=later)) for action in actions_of(kind))


def question_popup(home: Home) -> Popup:
    """Return the popup that asks whether to note pain, before anything of it is."""
    words = words_of(home)
    key = "popup.ask.hurts" if home.profile.popups == "plain" else "popup.ask.stop"
    return Popup(
        title=words(key),
        body=words(f"{key}-body"),
        buttons=(("yes", words("popup.ask.yes")), ("no", words("popup.ask.no"))),
        sound=home.profile.sound,
        stays=True,
        slot="question",
    )


def plain_popup(home: Home, key: str, **values: object) -> Popup:
    """Return a popup without buttons that says the sentences ``popup.KEY`` and ``popup.KEY-body``."""
    profile = home.profile
    words = words_of(home)
    body = words(f"popup.{key}-body", **values) if words.has(f"popup.{key}-body") else ""
    return Popup(title=words(f"popup.{key}", **values), body=body, sound=profile.sound)


def notice_popup(home: Home) -> Popup:
    """Return the popup that says that a break comes in a moment: in silence, as the break itself calls."""
    return replace(plain_popup(home, "notice.soon"), sound=False)


def sample_popup(home: Home, words: Words) -> Popup:
    """Return the popup of a test, with the buttons that reminders have."""
    buttons = buttons_of("desk-break", home.profile, words)
    return Popup(title=words("popup.test"), body=words("popup.test-body"), buttons=buttons, sound=home.profile.sound)


def hurts_answer_key(profile: Profile) -> str:
    """Return which sentence answers *It hurts* on this person's screen."""
    return "after.hurts" if profile.popups == "plain" else "after.stop"


def _title_and_body(
    home: Home, profile: Profile, words: Words, kind: SlotKind, text: str | None, now: datetime
) -> tuple[str, str]:
    if text is not None:
        return (text, "") if len(text) <= LONGEST_TITLE and "\n" not in text else (words("popup.custom"), text)
    plain = profile.popups == "plain"
    if kind in ("ice-check", "ice-end"):
        key = f"popup.ice.{kind.removeprefix('ice-')}{'' if plain else '-neutral'}"
        return words(key), words(f"{key}-body")
    if kind == "custom":
        return words("popup.custom"), ""
    key = f"popup.{'plain' if plain else 'neutral'}.{kind}"
    body = _nudge(home, words, now) if plain and kind == "posture" else None
    return words(key), body or words(f"{key}-body")


def _nudge(home: Home, words: Words, now: datetime) -> str | None:
    """Return the chosen habit's own nudge."""
    from coach.actions.habit import habit

    chosen = habit(home, now).habit
    content = home.content.habits.get(chosen) if chosen else None
    return words.pick(content.nudge) if content else None
