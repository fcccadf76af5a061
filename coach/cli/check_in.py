"""``coach check-in``: notes how it is, and answers with the decision and its reasons once it is durable."""

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from msgspec.structs import replace

from coach.actions.diary import day_of
from coach.actions.named_file import STREAM
from coach.actions.triage.answers_document import parse, printable, read_answers
from coach.actions.triage.check_in import NewAnswers, Saved, new_answers_of, save
from coach.cli import output
from coach.cli.assess import MAX_BYTES, bounded, opened
from coach.cli.context import CommandContext
from coach.domain.ice import ice_state
from coach.domain.status.status import Status, is_stricter
from coach.domain.triage.answers import KNEES, MOST_POINTS, SHARP, TRI, KneePain, Knees, Pain
from coach.errors import UsageError
from coach.words import Words
from coach.words.care import care_text, if_now
from coach.words.dates import week_day
from coach.words.decision import Teller, told_change
from coach.words.ice import ice_line

NUMBERS = ("rest", "walking", "during", "morning")


def arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take each answer as an option, and a whole document beside them."""
    answer_options(parser, words)
    parser.add_argument("--corrects", metavar="ID", help=words("answers.help.corrects"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def answer_options(parser: argparse.ArgumentParser, words: Words) -> None:
    """Take the answers themselves, in a new check-in as in one that is changed."""
    for name in NUMBERS:
        parser.add_argument(f"--{name}", metavar="N", help=words(f"decision.input.pain.{name}"))
    for knee in KNEES:
        parser.add_argument(f"--{knee}", metavar="N", help=words(f"answers.help.{knee}"))
    parser.add_argument("--hot", choices=TRI, help=words("decision.input.hot"))
    parser.add_argument("--sharp", choices=SHARP, help=words("decision.input.sharp"))
    parser.add_argument(
        "--sign", action="append", default=[], metavar="ID[=no|unsure|yes]", help=words("answers.help.sign")
    )
    parser.add_argument("--none-of-the-signs", action="store_true", help=words("answers.help.none"))
    parser.add_argument("--answers", metavar="FILE", help=words("answers.help.answers"))
    parser.add_argument("--note", metavar="TEXT", help=words("answers.help.note"))
    parser.add_argument("--medicine", metavar="TEXT", help=words("answers.help.medicine"))
    parser.add_argument("--goal", action="append", default=[], metavar="N=POINTS", help=words("answers.help.goal"))
    parser.add_argument("--day", metavar="DAY", help=words("answers.help.day"))


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Keep the check-in and say what follows; nothing is kept where anything is wrong."""
    saved = save(context.home, _given(args, context), context.now())
    basis = saved.basis
    teller, carried = Teller(context.words, basis.book, basis.profile.region), basis.carried_paths(saved.new)
    for line in from_words_lines(saved.new.from_words, teller, context.words):
        context.complain(line)
    if asks := basis.also_asks(saved.new):
        context.complain(context.words("answers.also-asks", name=teller.name(f"signs.{asks}"), sign=asks))
    if args.json:
        document = teller.document(saved.decision, saved.change, carried)
        status = {name: getattr(saved.status, name) for name in ("activity", "advice", "headline")}
        day = (basis.other_day(saved.new) or saved.record.at.date()).isoformat()
        at = saved.record.at.isoformat()
        head = {"id": saved.record.id, "at": at, "day": day, "from_words": saved.new.from_words}
        context.say_json({**head, **_also_told(saved, context), **document, "today": status})
        return 0
    if told_of := basis.other_day(saved.new):  # what holds of that day alone would read as if it were of today
        context.say(context.words("answers.of-day", day=week_day(told_of, context.words)))
        texts = [*status_lines(saved.status, context)]
    else:
        texts = [*_stands(saved, context), *_alone(saved, teller, carried), *_beside(saved, context)]
    for line in _with_ice([line for text in texts for line in text.split("\n")], saved, context):
        context.say(line)
    return 0


def _with_ice(lines: list[str], saved: Saved, context: CommandContext) -> list[str]:
    """Return the lines with that ice must come off, under whom to see, or first: it cannot wait for the reasons."""
    basis, status = saved.basis, saved.status
    ice = ice_state(basis.history, basis.profile, status, context.now())
    if not ice.must_come_off:
        return lines
    care = care_text(status.advice, basis.profile.region, context.words, basis.book)
    at = lines.index(care) + 1 if care and care in lines else 0
    return [*lines[:at], ice_line(ice, context.words, context.now()), *lines[at:]]


def _alone(saved: Saved, teller: Teller, carried: AbstractSet[str]) -> Iterator[str]:
    """Yield what today's answers alone give; nothing that would read as another order beside the one that stands."""
    status, decision = saved.status, saved.decision
    change, in_rest = told_change(saved.change, status), status.activity == "pause" and decision.headline == "go"
    if status.advice == "emergency" != decision.advice or (in_rest and status.advice == "today"):
        return  # whoever is to be seen today is told nothing that reads as calm
    if in_rest and decision.advice == "none":
        yield teller.words("answers.calm-in-rest")
    elif not is_stricter(status, decision):
        yield teller.text(decision, change, carried)
    elif in_rest or status.headline == decision.headline:  # what to do, and whom to see, stands above it
        yield teller.why(decision, change, carried, status)
    else:
        yield from ("", teller.words("answers.alone"), teller.text(decision, change, carried))


def _beside(saved: Saved, context: CommandContext) -> Iterator[str]:
    """Yield what is said under the decision: that the number was told under a painkiller, and how the goals go."""
    if saved.record.medicine and saved.status.activity == "go":
        yield context.words("decision.under-medicine")
    if saved.record.goals:
        from coach.actions.goals import courses
        from coach.words.goals import course_lines

        yield from course_lines(courses(context.home, context.now()), context.words)


def _also_told(saved: Saved, context: CommandContext) -> dict[str, Any]:
    """Return what was kept beside the answers that decide: the side, each knee, a painkiller, the goals."""
    from coach.words.goals import scored_document

    answers = saved.record.answers
    knees = {knee: {"walking": answers.knees.walking(knee)} for knee in answers.knees.told}
    goals = scored_document(saved.record.goals, context.home.profile.goals)
    return {"side": answers.side, "knees": knees, "medicine": saved.record.medicine or None, "goals": goals}


def from_words_lines(signs: Iterable[str], teller: Teller, words: Words) -> Iterator[str]:
    """Yield a line for each sign that a note names and that was not answered by its name."""
    for sign in signs:
        name, key = teller.name(f"signs.{sign}"), "answers.from-words"
        if sign in teller.book.ids("emergency"):
            yield words("answers.from-words-now", name=name, call=if_now(teller.region, words, teller.book), sign=sign)
        else:
            yield words(key, name=name, sign=sign)


def _given(args: argparse.Namespace, context: CommandContext) -> NewAnswers:
    """Return what the options answer; at a terminal, where there are none, it is asked for."""
    entry = entry_of(args, context)
    if args.answers is None and _says_nothing(entry, correcting=args.corrects is not None):
        # An empty check-in would count as one: as coming back after days away, and as an answer to "how is it today?".
        if args.corrects is not None or not (sys.stdin and sys.stdin.isatty()):
            raise UsageError("answers.nothing-given")
        return _asked(context, entry.day)
    return entry.with_(corrects=args.corrects)


def _says_nothing(entry: NewAnswers, *, correcting: bool) -> bool:
    """Tell whether no option answers anything; a correction may be of the day, or take a note or a name away."""
    if not correcting:
        note, medicine = ((text or "").strip() or None for text in (entry.note, entry.medicine))
        entry = entry.with_(day=None, note=note, medicine=medicine)
    return entry == NewAnswers()


def _asked(context: CommandContext, day: date | None) -> NewAnswers:
    """Ask at a terminal what an ordinary day needs: the list of signs where it is due, a number, and Enter.

    A day gone by is asked for its number alone: what is asked now would be no answer of that day.
    """
    from coach.actions.status.current import status_now
    from coach.cli.questions import ask_signs, asked

    try:
        status = status_now(context.home, context.now())
        if status.ask_signs and day is None:
            ask_signs(context)
        walking, knees = None, Knees()
        if context.home.profile.set_up and context.home.profile.side == "both":
            each = (
                asked(context, f"answers.ask.{knee}", lambda word, knee=knee: _number(knee, word, context))  # type: ignore[misc]
                for knee in KNEES
            )
            knees = Knees(*map(KneePain, each))
        else:
            walking = asked(context, "answers.ask.walking", lambda word: _number("walking", word, context))
        rest = None
        if status.pause is not None and day is None:  # the way back needs it too
            rest = asked(context, "answers.ask.rest", lambda word: _number("rest", word, context))
        more = output.ask(context.words("answers.ask.nothing-new")).strip().casefold()
    except EOFError as error:
        raise UsageError("answers.nothing-given") from error
    if more and more not in context.words("answers.ask.nothing-new-is").split():
        raise UsageError("answers.ask.more")
    return NewAnswers(pain=Pain(rest=rest, walking=walking), knees=knees, hot="no", sharp="no", day=day)


def _stands(saved: Saved, context: CommandContext) -> Iterator[str]:
    """Yield what stands beside the answers of today, where it is stricter: a pause does not end with one good day."""
    status, decision = saved.status, saved.decision
    if is_stricter(status, decision):
        yield from status_lines(status, context)


def status_lines(status: Status, context: CommandContext) -> Iterator[str]:
    """Yield how things stand now: what may be done, whom to see, and when a pause ends."""
    from coach.words.status import emergency_lines, headline_and_care, pause_lines, reason_lines

    if status.advice == "emergency":
        yield from emergency_lines(status, context.words, context.home.content.rules, context.home.profile.region)
        return
    yield from headline_and_care(status, context.words, context.home.content.rules, context.home.profile.region)
    if status.pause:
        yield from pause_lines(status.pause, context.words, context.now())
    else:
        yield from reason_lines(status, context.words, context.home.content.rules)


def entry_of(args: argparse.Namespace, context: CommandContext, earliest: date | None = None) -> NewAnswers:
    """Return the document of ``--answers`` with the options laid over it; ``--day`` may name ``earliest`` at most."""
    if [args.answers, args.note, args.medicine].count(STREAM) > 1:
        raise UsageError("answers.two-streams")
    entry = _from_file(args.answers, context) if args.answers is not None else NewAnswers()
    numbers = {name: _number(name, getattr(args, name), context) for name in NUMBERS if getattr(args, name) is not None}
    pain = {name: getattr(entry.pain, name) for name in Pain.__struct_fields__} | numbers
    knees = {knee: _number(knee, getattr(args, knee), context) for knee in KNEES if getattr(args, knee) is not None}
    signs = dict(_sign(word, context) for word in args.sign)
    return entry.with_(
        pain=Pain(**pain),
        hot=args.hot or entry.hot,
        sharp=args.sharp or entry.sharp,
        signs={**entry.signs, **signs},
        knees=replace(entry.knees, **{knee: KneePain(points) for knee, points in knees.items()}),
        none_of_the_signs=args.none_of_the_signs,
        note=context.text_of(args.note),
        medicine=context.text_of(args.medicine),
        goals=_goals(args.goal, context),
        day=None if args.day is None else day_of(args.day, context.now().date(), earliest),
    )


def _from_file(name: str, context: CommandContext) -> NewAnswers:
    with opened(name) as file:
        document = parse(bounded(file.read(MAX_BYTES + 1), name), context.words)
    return new_answers_of(document, read_answers(document, context.home.content.rules, context.words))


def _number(name: str, word: str, context: CommandContext) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", word):
        raise UsageError("answers.not-whole", path=f"--{name}", value=printable(word))
    if not 0 <= (number := int(word)) <= MOST_POINTS:
        raise UsageError("answers.not-between", path=f"--{name}", value=number, low=0, high=MOST_POINTS)
    return number


def _goals(words: list[str], context: CommandContext) -> dict[str, int]:
    """Return the points of each goal by its id; they are typed by the goal's number."""
    if not words:
        return {}
    from coach.actions.goals import numbered

    points = {}
    for word in words:
        number, equals, value = unicodedata.normalize("NFKC", word).partition("=")
        if not equals or not re.fullmatch(r"[0-9]{1,4}", number):
            raise UsageError("goals.error.form", value=printable(word))
        points[numbered(context.home, int(number)).id] = _number(f"goal {number}", value, context)
    return points


def _sign(word: str, context: CommandContext) -> tuple[str, Any]:
    sign, equals, answer = word.partition("=")
    if sign not in context.home.content.rules.signs:
        from difflib import get_close_matches

        near = get_close_matches(sign, context.home.content.rules.signs, n=1)
        key = "answers.unknown-sign-near" if near else "answers.unknown-sign"
        raise UsageError(key, path=f"--sign {printable(sign)}", near=next(iter(near), ""))
    answer = answer if equals else "yes"
    if answer not in TRI:
        path, choices = f"--sign {sign}", ", ".join(TRI)
        raise UsageError("answers.not-one-of", path=path, value=printable(answer), choices=choices)
    return sign, answer
