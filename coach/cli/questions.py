"""The questions of ``coach setup`` at a terminal: the emergency signs first, then seven, all but one skippable."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from coach.actions.icing import answer_conditions
from coach.actions.setup import screen
from coach.cli import setup as flags
from coach.cli.desk import Desk
from coach.domain import typed
from coach.domain.answers import Tri
from coach.errors import UsageError
from coach.words import LANGUAGES, Words

T = TypeVar("T")


def ask(desk: Desk, given: dict[str, Any]) -> tuple[Desk, dict[str, Any]]:
    """Return the desk, in the language chosen, and the answers with those of the options."""
    show_emergency(desk)
    answers = dict(given)
    try:
        desk = _language(desk, answers)
        _place(desk, answers)
        _say_whom_to_call(desk, ask_signs(desk), answers.get("region") or desk.home.profile.region)
        for question in (_pain, _conditions, _hours, _popups):
            question(desk, answers)
    except EOFError:
        desk.say()
        desk.say(desk.words("setup.skipped"))
    return desk, answers


def show_emergency(desk: Desk) -> None:
    """Print the emergency signs, before any question."""
    from coach.words.care import care_text

    words, book = desk.words, desk.home.content.rules
    desk.say(words("setup.emergency"))
    for sign in book.ids("emergency"):
        desk.say(words("plan.bullet", text=words.pick(book.signs[sign].text)))
    desk.say(care_text("emergency", desk.home.profile.region, words, book))
    desk.say()


def _language(desk: Desk, answers: dict[str, Any]) -> Desk:
    if "language" in answers:
        return Desk(desk.home, Words(answers["language"]), language_given=True)
    chosen = _one_of(desk, "setup.ask.language", LANGUAGES, desk.words.language)
    answers["language"] = chosen
    return Desk(desk.home, Words(chosen), language_given=True)


def ask_signs(desk: Desk) -> dict[str, Tri]:
    """Ask the emergency and same-day list until it is answered; this is the one question that cannot be skipped."""
    words, book = desk.words, desk.home.content.rules
    ids = book.ids("emergency", "today")
    desk.say(words("setup.ask.signs-intro"))
    _numbered(desk, [words.pick(book.signs[sign].text) for sign in ids])
    while True:
        answers = marked(_type(desk, "setup.ask.signs"), ids)
        if answers is not None:
            screen(desk.home, answers, desk.now())
            return answers
        desk.say(words("setup.error.numbers", most=len(ids)))


def _say_whom_to_call(desk: Desk, answers: Mapping[str, Tri], region: str) -> None:
    """Say at once what follows from a yes or an unsure; the other questions can wait."""
    from coach.actions.stands import how_it_stands
    from coach.words.standing import standing_lines

    if any(answer != "no" for answer in answers.values()):
        book, now = desk.home.content.rules, desk.now()
        for line in standing_lines(how_it_stands(desk.home, now), desk.words, book, region, now):
            desk.say(line)
        desk.say()


def marked(text: str, ids: Sequence[str]) -> dict[str, Tri] | None:
    """Return the answers of ``3 5?``: yes to the third, unsure of the fifth, no to the rest; None if it is not that."""
    answers: dict[str, Tri] = dict.fromkeys(ids, "no")
    words = text.replace(",", " ").split()
    if [word.casefold() for word in words] in (["n"], ["no"], ["none"], ["0"]):
        return answers
    for word in words:
        number = word.rstrip("?")
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(ids)):
            return None
        answers[ids[int(number) - 1]] = "unsure" if word.endswith("?") else "yes"
    return answers if words else None


def _place(desk: Desk, answers: dict[str, Any]) -> None:
    if "region" not in answers:
        _put(answers, "region", asked(desk, "setup.ask.region", lambda word: flags.region(word, desk)))
    if "side" not in answers:
        answers["side"] = _one_of(desk, "setup.ask.side", ("left", "right", "both"), desk.home.profile.side)


def _pain(desk: Desk, answers: dict[str, Any]) -> None:
    if "baseline" not in answers:
        _put(answers, "baseline", asked(desk, "setup.ask.baseline", flags.points))
    today = desk.now().date()
    _put(answers, "onset", asked(desk, "setup.ask.onset", lambda word: typed.since(word, today)))


def _conditions(desk: Desk, answers: dict[str, Any]) -> None:
    words, home = desk.words, desk.home
    if "contexts" not in answers:
        known = home.content.rules.contexts
        chosen = _marks(desk, "setup.ask.contexts", {one: words.pick(info.text) for one, info in known.items()})
        if chosen is not None:
            answers["contexts"] = tuple(one for one in known if chosen[one] != "no")
    icing = {one.id: words.pick(one.text) for one in home.content.icing.conditions}
    if (chosen := _marks(desk, "setup.ask.ice", icing)) is not None:
        answer_conditions(home, chosen)


def _hours(desk: Desk, answers: dict[str, Any]) -> None:
    if "work" not in answers:
        _put(answers, "work", asked(desk, "setup.ask.work", flags.work))
    _put(answers, "daily_at", asked(desk, "setup.ask.daily", typed.clock))


def _popups(desk: Desk, answers: dict[str, Any]) -> None:
    answers["popups"] = _one_of(desk, "setup.ask.popups", ("neutral", "plain"), desk.home.profile.popups)


def _marks(desk: Desk, key: str, texts: Mapping[str, str]) -> dict[str, Tri] | None:
    """Ask for the numbers of those that are so; None where it was skipped."""
    desk.say(desk.words(key))
    _numbered(desk, list(texts.values()))
    while text := _type(desk, "setup.ask.numbers"):
        if (answers := marked(text, list(texts))) is not None:
            return answers
        desk.say(desk.words("setup.error.numbers", most=len(texts)))
    return None


def _numbered(desk: Desk, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        desk.say(desk.words("setup.numbered", n=f"{number:>2}", text=text))


def _one_of(desk: Desk, key: str, choices: Sequence[str], default: str) -> str:
    def read(word: str) -> str:
        found = [one for one in choices if one.startswith(word.casefold())]
        if len(found) != 1:
            raise ValueError(word)
        return found[0]

    return asked(desk, key, read, choices=" / ".join(choices), default=default) or default


def asked(desk: Desk, key: str, read: Callable[[str], T], **values: object) -> T | None:
    """Ask until it can be read; an empty line skips it."""
    while text := _type(desk, key, **values):
        try:
            return read(text)
        except UsageError as error:
            desk.say(desk.words(error.key, **error.values))
        except ValueError:
            desk.say(desk.words("setup.error.again"))
    return None


def _type(desk: Desk, key: str, **values: object) -> str:
    return input(desk.words(key, **values)).strip()


def _put(answers: dict[str, Any], name: str, value: object) -> None:
    if value is not None:
        answers[name] = value
