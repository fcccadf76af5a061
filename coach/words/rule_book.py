"""The whole rule book as a table that a clinician can read, check and argue with, made from the data alone."""

from collections.abc import Iterable, Iterator

from coach.domain.triage.conditions import Answer, Highest, ListContains, Missing, Rise, SignsNotAsked, Written
from coach.domain.triage.rules import Effect, Rule, RuleBook, Sign, SignGroup
from coach.words import Words
from coach.words.decision import Teller


def rule_book(words: Words, book: RuleBook) -> str:
    """Return every rule and every sign with its effect, its sources, and where its cut comes from."""
    scribe = _Scribe(words, book)
    own_words = [f"## {words('rulebook.own-words')}", words("rulebook.how-words-are-read")]
    return "\n".join([words("rulebook.about"), "", *scribe.rules(), "", *scribe.signs(), *own_words])


def sign_book(words: Words, book: RuleBook) -> str:
    """Return every sign with its id, by group."""
    return "\n".join(_Scribe(words, book).signs())


class _Scribe:
    """Writes tables in one language."""

    def __init__(self, words: Words, book: RuleBook) -> None:
        self.words = words
        self.book = book
        self.teller = Teller(words, book)

    def rules(self) -> Iterator[str]:
        """Yield the table of ``rules.toml``."""
        yield f"## {self.words('rulebook.rules')}"
        heads = ("rule", "when", "advice", "activity", "source", "basis")
        yield from _table(
            [[self.words(f"rulebook.head.{head}") for head in heads], *map(self._rule, self.book.written.values())]
        )

    def signs(self) -> Iterator[str]:
        """Yield a table a group of ``signs.toml``."""
        for group in self.book.groups.values():
            yield f"## {self.words.pick(group.title)}"
            yield self._group(group)
            heads = ("sign", "words", "source", "basis")
            signs = (sign for sign in self.book.signs.values() if sign.group == group.id)
            yield from _table([[self.words(f"rulebook.head.{head}") for head in heads], *map(self._sign, signs)])
            yield ""

    def _rule(self, rule: Rule) -> list[str]:
        conditions = [self._condition(condition) for condition in rule.when] or [self._follows(rule)]
        when = self.words("rulebook.and").join(conditions)
        effect = Effect(text={}, advice=rule.advice, activity=rule.activity)
        return [
            rule.id,
            when,
            *self._effect(effect),
            self._sources(rule.source),
            self.words(f"rulebook.basis.{rule.basis}"),
        ]

    def _sign(self, sign: Sign) -> list[str]:
        return [
            sign.id,
            self.words(
                "rulebook.yearly" if sign.asked == "yearly" else "rulebook.each-time", text=self.words.pick(sign.text)
            ),
            self._sources(sign.source),
            self.words(f"rulebook.basis.{sign.basis}"),
        ]

    def _group(self, group: SignGroup) -> str:
        effects = {}
        for name, effect in (("yes", group.yes), ("unsure", group.unsure)):
            effects[name] = self.words("common.and").join(level for level in self._effect(effect) if level != "–")
        return self.words("rulebook.group", **effects)

    def _effect(self, effect: Effect) -> tuple[str, str]:
        levels = (effect.advice, effect.activity)
        advice, activity = (self.words(f"rulebook.level.{level}") if level else "–" for level in levels)
        return advice, activity

    def _sources(self, sources: Iterable[str]) -> str:
        return self.words("common.and").join(map(self._source, sources))

    def _source(self, source: str) -> str:
        """Return an article's id unchanged, and another source by its whole title."""
        if source.startswith("article:") or source not in self.book.sources:
            return source
        return (
            self.words("decision.proposal")
            if source == "proposal"
            else self.words.pick(self.book.sources[source].title)
        )

    def _follows(self, rule: Rule) -> str:
        levels = (self.words(f"rulebook.level.{level}") for level in rule.on_advice)
        return self.words("rulebook.follows", levels=self.words("rulebook.or").join(levels))

    def _condition(self, condition: Written) -> str:
        match condition:
            case Highest():
                return self._highest(condition)
            case Rise():
                span = self._span(condition.at_least, condition.at_most)
                over = self.teller.name(condition.over)
                return self.words("rulebook.rise", name=self.teller.name(condition.of), over=over, span=span)
            case Answer():
                answers = (self.teller.value(condition.of[0], value) for value in condition.values)
                return self.words("rulebook.answer", names=self._names(condition.of), answers=self._or(answers))
            case ListContains():
                items = (self.teller.value(condition.of, [item]) for item in condition.has)
                key = "rulebook.uncleared" if condition.uncleared else "rulebook.answer"
                return self.words(key, names=self.teller.name(condition.of), answers=self._or(items))
            case Missing():
                return self.words("rulebook.missing", names=self._names(condition.of))
            case SignsNotAsked():
                groups = (self.words.pick(self.book.groups[group].title) for group in condition.groups)
                return self.words("rulebook.not-asked", groups=self.words("common.and").join(groups))

    def _highest(self, condition: Highest) -> str:
        key = "rulebook.number" if len(condition.of) == 1 else "rulebook.highest"
        names = self.words("common.and").join(map(self.teller.name, condition.of))
        return self.words(key, names=names, span=self._span(condition.at_least, condition.at_most))

    def _names(self, paths: Iterable[str]) -> str:
        return self._or(map(self.teller.name, paths))

    def _or(self, several: Iterable[str]) -> str:
        return self.words("rulebook.or").join(several)

    def _span(self, least: int, most: int | None) -> str:
        if most is None:
            return self.words("rulebook.from", least=least)
        return str(least) if most == least else self.words("rulebook.span", least=least, most=most)


def _table(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the rows as a Markdown table, the first as its head."""
    for index, row in enumerate(rows):
        cells = [cell.replace("|", "/") for cell in row]
        yield f"| {' | '.join(cells)} |"
        if index == 0:
            yield f"|{'---|' * len(cells)}"
