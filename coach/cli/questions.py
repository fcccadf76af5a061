"""The questions of ``coach setup`` at a terminal: the emergency signs first, then seven, all but one skippable."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from coach.actions.ice import answer_conditions
from coach.actions.setup import screen
from coach.cli import output, profile_flags
from coach.cli.context import CommandContext
from coach.cli.number import up_to
from coach.cli.yes_no import yes_or_no
from coach.domain.reminders import time_text
from coach.domain.triage.answers import Tri
from coach.errors import UsageError
from coach.words import LANGUAGES, Words
from coach.words.system import error_text

T = TypeVar("T")
YES_NO = ("yes", "no")


def ask(context: CommandContext, flags: dict[str, Any]) -> tuple[CommandContext, dict[str, Any]]:
    """Return the desk, in the language chosen, and the answers with those of the options."""
    show_emergency(context)
    answers = dict(flags)
    try:
        context = _language(context, answers)
        _place(context, answers)
        _say_whom_to_call(context, ask_signs(context), answers.get("region") or context.home.profile.region)
        for question in (_pain, _conditions, _hours, _popups):
            question(context, answers)
    except EOFError:
        context.say()
        if answers:
            context.say(context.words("setup.skipped"))
    return context, answers


def show_emergency(context: CommandContext) -> None:
    """Print the emergency signs, before any question."""
    from coach.words.care import care_text

    words, book = context.words, context.home.content.rules
    context.say(words("setup.emergency"))
    for sign in book.ids("emergency"):
        context.say(words("common.bullet", text=words.pick(book.signs[sign].text)))
    context.say(care_text("emergency", context.home.profile.region, words, book))
    context.say()


def _language(context: CommandContext, answers: dict[str, Any]) -> CommandContext:
    if "language" in answers:
        return CommandContext(context.home, Words(answers["language"], context.words.region), language_given=True)
    chosen = _one_of(context, "setup.ask.language", "settings.language-is", LANGUAGES, context.words.language)
    answers["language"] = chosen
    return CommandContext(context.home, Words(chosen, context.words.region), language_given=True)


def ask_signs(context: CommandContext) -> dict[str, Tri]:
    """Ask the emergency and same-day list until it is answered; this is the one question that cannot be skipped.

    The facts of once a year that are due are at its end.
    """
    from coach.actions.status.current import status_now

    words, book = context.words, context.home.content.rules
    lists = [(words.pick(book.groups[group].ask), book.ids(group)) for group in ("emergency", "today")]
    lists.append((words("setup.ask.yearly"), status_now(context.home, context.now()).ask_yearly))
    ids = [sign for _, signs in lists for sign in signs]
    for question, signs in lists:  # an emergency is asked as of now, a change as a change, a fact as a fact
        if signs:
            context.say(question)
            _numbered(context, [words.pick(book.signs[sign].text) for sign in signs], ids.index(signs[0]) + 1)
    while True:
        answers = marked(_type(context, "setup.ask.signs"), ids)
        if answers is not None:
            screen(context.home, answers, context.now())
            return answers
        context.say(words("setup.error.numbers", most=len(ids)))


def _say_whom_to_call(context: CommandContext, answers: Mapping[str, Tri], region: str) -> None:
    """Say at once what follows from a yes or an unsure; the other questions can wait."""
    from coach.actions.status.current import status_now
    from coach.words.status import status_lines

    if any(answer != "no" for answer in answers.values()):
        book, now = context.home.content.rules, context.now()
        for line in status_lines(status_now(context.home, now), context.words, book, region, now):
            context.say(line)
        context.say()


def marked(text: str, ids: Sequence[str]) -> dict[str, Tri] | None:
    """Return the answers of ``3 5?``: yes to the third, unsure of the fifth, no to the rest; None if it is not that."""
    answers: dict[str, Tri] = dict.fromkeys(ids, "no")
    words = text.replace(",", " ").split()
    if words == ["0"] or yes_or_no(text) is False:
        return answers
    for word in words:
        number = up_to(len(ids), word.rstrip("?"))
        if not number:
            return None
        answers[ids[number - 1]] = "unsure" if word.endswith("?") else "yes"
    return answers if words else None


def _place(context: CommandContext, answers: dict[str, Any]) -> None:
    if "region" not in answers:
        _put(answers, "region", asked(context, "setup.ask.region", lambda word: profile_flags.region(word, context)))
    if "side" not in answers:
        answers["side"] = _one_of(
            context, "setup.ask.side", "settings.side-is", ("left", "right", "both"), context.home.profile.side
        )


def _pain(context: CommandContext, answers: dict[str, Any]) -> None:
    if "baseline" not in answers:
        _put(answers, "baseline", asked(context, "setup.ask.baseline", profile_flags.points))
    today = context.now().date()
    _put(answers, "onset", asked(context, "setup.ask.onset", lambda word: time_text.since(word, today)))


def _conditions(context: CommandContext, answers: dict[str, Any]) -> None:
    words, home = context.words, context.home
    if "contexts" not in answers:
        contexts = home.content.rules.contexts
        chosen = _marks(
            context, "settings.contexts", {context_id: words.pick(info.text) for context_id, info in contexts.items()}
        )
        if chosen is not None:
            answers["contexts"] = tuple(context_id for context_id in contexts if chosen[context_id] != "no")
    icing = {condition.id: words.pick(condition.text) for condition in home.content.icing.conditions}
    if (chosen := _marks(context, "setup.ask.ice", icing)) is not None:
        answer_conditions(home, chosen)


def _hours(context: CommandContext, answers: dict[str, Any]) -> None:
    if "work" not in answers:
        _put(answers, "work", asked(context, "setup.ask.work", profile_flags.work))
    _put(answers, "daily_at", asked(context, "setup.ask.daily", time_text.clock))


def _popups(context: CommandContext, answers: dict[str, Any]) -> None:
    answers["popups"] = _one_of(
        context, "setup.ask.popups", "settings.popups-is", ("neutral", "plain"), context.home.profile.popups
    )


def offer_link(context: CommandContext) -> None:
    """Offer to make the command's name work in every terminal, where it does not; it is made after a yes alone."""
    from coach.actions.link import link_command
    from coach.way_in import offered_link

    link = offered_link()
    if link is None:
        return
    with suppress(EOFError):
        if _one_of(context, "setup.ask.link", "common.answer", YES_NO, "no") == "yes" and link_command(context.home):
            context.say(context.words("setup.linked", path=link))


def _marks(context: CommandContext, key: str, texts: Mapping[str, str]) -> dict[str, Tri] | None:
    """Ask for the numbers of those that are so; None where it was skipped."""
    context.say(context.words(key))
    _numbered(context, list(texts.values()))
    while text := _type(context, "setup.ask.numbers"):
        if (answers := marked(text, list(texts))) is not None:
            return answers
        context.say(context.words("setup.error.numbers", most=len(texts)))
    return None


def _numbered(context: CommandContext, texts: Sequence[str], first: int = 1) -> None:
    for number, text in enumerate(texts, first):
        context.say(context.words("common.numbered", n=f"{number:>2}", text=text))


def _one_of(context: CommandContext, key: str, names: str, choices: Sequence[str], default: str) -> str:
    """Ask for one of a few choices, named by ``names``: by its number, its name or its id."""
    named = {choice: context.words(f"{names}.{choice}") for choice in choices}

    def read(word: str) -> str:
        if choices == YES_NO and (answer := yes_or_no(word)) is not None:
            return YES_NO[0 if answer else 1]
        typed = word.casefold()
        if number := up_to(len(choices), typed):
            return choices[number - 1]
        matches = [choice for choice in choices if choice.startswith(typed) or named[choice].casefold() == typed]
        if len(matches) != 1:
            raise ValueError(word)
        return matches[0]

    listed = " / ".join(f"{number} {named[choice]}" for number, choice in enumerate(choices, start=1))
    return asked(context, key, read, choices=listed, default=named[default]) or default


def asked(context: CommandContext, key: str, read: Callable[[str], T], **values: object) -> T | None:
    """Ask until it can be read; an empty line skips it."""
    while text := _type(context, key, **values):
        try:
            return read(text)
        except UsageError as error:
            typed = f"setup.wrong.{error.key.rpartition('.')[2]}"  # no option was typed: none is named
            context.say(error_text(error, context.words, typed if context.words.has(typed) else ""))
        except ValueError:
            context.say(context.words("setup.error.again"))
    return None


def _type(context: CommandContext, key: str, **values: object) -> str:
    return output.ask(context.words(key, **values)).strip()


def _put(answers: dict[str, Any], name: str, value: object) -> None:
    if value is not None:
        answers[name] = value
