"""The list of signs as questions: the same at first run, in a check-in, and after a long gap."""

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from coach.domain.triage.answers import TRI, Tri
from coach.domain.triage.rules import Group, RuleBook, Sign
from coach.ui.widgets.field import Field
from coach.ui.widgets.lines import Paragraphs
from coach.words import Words

FIRST: tuple[Group, ...] = ("emergency", "today")
"""The groups that are asked before anything else."""


def first_group(stage: str) -> Group | None:
    """Return the group that a stage of this name asks, if it is one of the first."""
    return next((group for group in FIRST if group == stage), None)


PREFIX = "sign-"
"""What the ids of these fields begin with."""


def tri_options(words: Words) -> list[tuple[str, str]]:
    """Return no, unsure and yes with their names."""
    return [(answer, words(f"common.answer.{answer}")) for answer in TRI]


def sign_questions(
    group: Group, book: RuleBook, words: Words, answers: Mapping[str, Tri], last: Mapping[str, Tri]
) -> Iterable[Widget]:
    """Yield a question a sign, whole; one that was yes or unsure the last time says so."""
    texts = book.groups[group]
    yield Paragraphs(words.pick(texts.title), "title")
    yield Paragraphs(words.pick(texts.ask), "muted")
    for sign in book.signs.values():
        if sign.group == group:
            yield sign_question(sign, words, answers, last)


def sign_question(sign: Sign, words: Words, answers: Mapping[str, Tri], last: Mapping[str, Tri]) -> Field:
    """Return the question of one sign, whole; one that was yes or unsure the last time says so."""
    before = last.get(sign.id, "no")
    note = words("ui.last-time", answer=words(f"common.answer.{before}")) if before != "no" else ""
    note = note or (words("ui.yearly") if sign.asked == "yearly" else "")
    field = Field(PREFIX + sign.id, words.pick(sign.text), tri_options(words), answers.get(sign.id), note=note)
    return field.classed("apart", "sign")


def answered(fields: Iterable[Field]) -> dict[str, Tri]:
    """Return the answers that were given, by sign."""
    answers: dict[str, Tri] = {}
    for field in fields:
        answer = next((value for value in TRI if value == field.value), None)
        if answer and field.id and field.id.startswith(PREFIX):
            answers[field.id.removeprefix(PREFIX)] = answer
    return answers


def all_answered(group: Group, book: RuleBook, answers: Mapping[str, Tri]) -> dict[str, Tri]:
    """Return the answers of a whole group; what was left open is no, as the list was shown and passed as a whole."""
    return {sign.id: answers.get(sign.id, "no") for sign in book.signs.values() if sign.group == group}
