"""A decision in words: one text for the screen, for ``coach assess``, and for a page read aloud."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

from coach.domain.triage.decision import Decision, Reason
from coach.domain.triage.levels import HEADLINES, Activity, Advice, Headline
from coach.domain.triage.rules import RuleBook
from coach.domain.triage.what_if import WouldChange
from coach.words import Words
from coach.words.care import call_if_now, care_text

NONE: frozenset[str] = frozenset()
SEVERAL = ("・", "、")
"""What stands between the findings of one sign in a language that writes no "or" there: any of them is meant."""
COUNTED = ("course.symptom_days", "course.rest_days", "course.paused_days", "course.pauses_14d")
"""Counts that only days without pain, or a visit, end."""


def brief_document(decision: Decision) -> dict[str, Any]:
    """Return a decision as a document, without texts and without what would change it."""
    return {
        "activity": decision.activity,
        "advice": decision.advice,
        "headline": decision.headline,
        "reasons": [
            {
                "rule": reason.rule,
                "answer": reason.answer,
                "level": reason.level,
                "because": reason.because,
                "source": reason.source,
            }
            for reason in decision.reasons
        ],
    }


class Levels(Protocol):
    """A decision or a status: what has the two answers and the headline over both."""

    @property
    def activity(self) -> Activity:
        """What to do with the routine."""

    @property
    def advice(self) -> Advice:
        """Whether to see someone."""

    @property
    def headline(self) -> Headline:
        """The headline."""


def is_told(levels: AbstractSet[str], status: Levels) -> bool:
    """Tell whether people are told a reason that gives these levels, beside what stands; documents hold every reason.

    No two that are told contradict each other, so the stricter ones stay: beside an alarm nothing reassures, beside a
    rest nothing says "gently", and beside a visit today nothing says "soon".
    """
    if levels <= {"go", "none"}:
        return status.headline == "go"
    if status.advice in ("today", "emergency"):
        return not levels.isdisjoint(("pause", "today", "emergency"))
    return status.activity != "pause" or not levels <= {"go", "none", "gentle"}


def told_change(change: WouldChange, status: Levels) -> WouldChange:
    """Return what of ``change`` is told where ``status`` stands: nothing that would read as an end of a rest.

    Of the answers alone "3 when walking: gently" is true; to whoever rests it says that at 3 they may start.
    """
    stronger, rank = change.stronger, HEADLINES.index(status.headline)
    milder = None if status.activity == "pause" else change.milder
    return WouldChange(milder, stronger if stronger and HEADLINES.index(stronger.to) > rank else None)


def headline_lines(status: Levels, words: Words) -> list[str]:
    """Return the headline as a sentence, and the routine beside it where the headline is an advice."""
    lines = [words(f"decision.headline.{status.headline}")]
    if status.headline != status.activity:
        lines.append(words(f"decision.beside.{status.activity}"))
    return lines


class Teller:
    """Puts decisions into words of one language. What belongs to a rule and not to a person is put together once."""

    def __init__(self, words: Words, book: RuleBook, region: str = "other") -> None:
        """Speak with ``words`` of the rules of ``book``; whom to call is that of ``region``."""
        self.words = words
        self.book = book
        self.region = region
        self._following = {rule.id for rule in book.following}
        self._and = words("decision.between-answers")
        self._names: dict[str, str] = {}
        self._care: dict[str, str] = {}
        self._rules: dict[str, str] = {}

    def document(self, decision: Decision, change: WouldChange, carried: AbstractSet[str] = NONE) -> dict[str, Any]:
        """Return a decision as a document, with all its texts."""
        document = brief_document(decision)
        texts = self._reasons(decision, carried)
        for entry in document["reasons"]:
            entry["text"] = texts[entry["rule"]]
        document["would_change"] = change
        document["text"] = self._text(decision, texts, change)
        return document

    def text(self, decision: Decision, change: WouldChange | None = None, carried: AbstractSet[str] = NONE) -> str:
        """Return the whole text."""
        return self._text(decision, self._reasons(decision, carried), change)

    def why(self, decision: Decision, change: WouldChange, carried: AbstractSet[str], status: Levels) -> str:
        """Return the text without its headline and whom to see, under ``status``, which tells both already."""
        return "\n".join(self._why(decision, self._reasons(decision, carried), change, status))

    def reason(self, reason: Reason, carried: AbstractSet[str] = NONE, *, advice: Advice = "none") -> str:
        """Return one reason whole: its sentence, the answers that made its rule fire, its id and its sources.

        Beside an emergency (``advice``) no other sign says to be seen today: nobody should weigh two orders.
        """
        details = [self._rule(reason)]
        if (sign := self._sign(reason, carried)) is not None:
            whole = self._any_of(reason, sign, carried)
            if advice == "emergency" and reason.level != "emergency":
                text = self.words("decision.sign", sign=whole)
            else:
                text = self.words("decision.sign-and-effect", sign=whole, text=self.words.pick(reason.text))
        else:
            text = self.short_reason(reason)
            if reason.because:
                details.insert(0, self.answers(as_told(reason), carried))
        return self.words("decision.reason", text=text, details=self._and.join(details))

    def short_reason(self, reason: Reason) -> str:
        """Return one reason in at most 60 characters, for places that are read at a glance: what to do, and why.

        A sign is named with its answer; of a rule on numbers, pairs or conditions it is the rule's own sentence. The
        other numbers, the rule's id and its sources are in :meth:`reason`.
        """
        if (sign := self._sign(reason, NONE)) is not None:
            return self.words("decision.sign", sign=sign)
        if reason.unasked and self.words.has(key := f"decision.unasked.{reason.rule}"):
            return self.words(key)
        numbers = [value for value in reason.because.values() if isinstance(value, int)]
        return self.words.pick(reason.text).replace("{value}", str(numbers[0]) if numbers else "")

    def _sign(self, reason: Reason, carried: AbstractSet[str]) -> str | None:
        """Return the sign that gave a reason by itself, with its answer; None where it was a rule, or no answer."""
        value = reason.because.get(f"signs.{reason.rule}")
        return _sentence(self.answers({f"signs.{reason.rule}": value}, carried)) if value else None

    def _any_of(self, reason: Reason, sign: str, carried: AbstractSet[str]) -> str:
        """Return ``sign``, of which several findings are one answer, so that nobody takes the answer for each."""
        path = f"signs.{reason.rule}"
        name = self.name(path)
        if not any(mark in name for mark in SEVERAL):
            return sign
        return self.words("decision.any-of", name=name, value=self._told(path, reason.because[path], carried))

    def answers(self, answers: Mapping[str, Any], carried: AbstractSet[str] = NONE) -> str:
        """Return answers by dotted path in words: "worst pain in walking: 3; sharp pain: again and again"."""
        parts = []
        for path, value in answers.items():
            told = self._told(path, value, carried)
            scored = isinstance(value, int) and path.startswith(("pain.", "knees."))
            form = "decision.points" if scored else "decision.answer"
            parts.append(self.words(form, name=self.name(path), value=told))
        return self._and.join(parts)

    def _told(self, path: str, value: Any, carried: AbstractSet[str]) -> str:
        """Return the value of an answer, and where it is of an earlier day, that it is."""
        text = self.value(path, value)
        return self.words("decision.kept", value=text) if path in carried else text

    def name(self, path: str) -> str:
        """Return the name of an answer by its dotted path."""
        if path not in self._names:
            of_sign = path.startswith("signs.")
            name = self.words.pick(self.book.signs[path[6:]].short) if of_sign else self.words(f"decision.input.{path}")
            self._names[path] = name
        return self._names[path]

    def value(self, path: str, value: Any) -> str:
        """Return a value as people say it; pain stays a number. Signs left out count as unsure, and have no answer."""
        if path == "other_signs" and value == "unsure":
            return self.words("common.answer.missing")
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return self.words(f"common.answer.{value}")
        if value is None:
            return self.words("common.answer.missing")
        if path == "context":
            names = [self.words.pick(self.book.contexts[item].short) for item in value]
        else:
            names = [self.words(f"common.answer.{item}") for item in value]
        return self._and.join(names) or self.words("common.answer.none")

    def source(self, source: str) -> str:
        """Return who says so: the part of a source's title before the colon, as what follows may name an illness."""
        if source.startswith("article:"):
            return self.words("common.article")
        if source == "proposal":
            return self.words("decision.proposal")
        content_source = self.book.sources.get(source)
        return self.words.pick(content_source.title).replace(":", ":").partition(":")[0] if content_source else source

    def care(self, advice: Advice) -> str:
        """Return whom to call or see."""
        if advice not in self._care:
            self._care[advice] = care_text(advice, self.region, self.words, self.book)
        return self._care[advice]

    def changes(self, change: WouldChange, decision: Decision) -> list[str]:
        """Return what would need to be calmer, without a number to type, and the nearest change that is stronger."""
        lines = []
        if change.milder:
            lines += self._calmer(change.milder.change, decision)
        if change.stronger:
            raised = change.stronger.change
            emergencies = [f"signs.{sign}" for sign in self.book.ids("emergency")]
            if any(path in emergencies for path in raised):
                # All of them: one alone would read as if it were the only one. Whoever reads what to watch for reads
                # past "not sure", so the signs themselves are what to call for.
                return [*lines, self.words("decision.call-if", what=self._and.join(map(self.name, emergencies)))]
            then = self.words(f"decision.to.{change.stronger.to}")
            lines.append(self.words("decision.stronger", what=self._raised(raised), headline=then))
        return lines

    def _calmer(self, paths: Iterable[str], decision: Decision) -> list[str]:
        """Return what can become calmer; apart from it what an answer could settle, and the days that were counted.

        Days do not go back by themselves. Where a condition has its part, nothing that eases would do, and nothing is
        said. That someone is under 16 is not to be calmed, and not said.
        """
        now = {path: value for reason in reversed(decision.reasons) for path, value in reason.because.items()}
        # Each knee goes with the worst when walking, which is said.
        left = [path for path in paths if path != "signs.under-16" and not path.startswith("knees.")]
        if "context" in left:
            return []
        counted = [path for path in left if path in COUNTED]
        unsettled = [path for path in left if path not in COUNTED and now.get(path) in (None, "unsure")]
        calmer = [path for path in left if path not in counted and path not in unsettled]
        lines = [self.words("decision.calmer", what=self._each("decision.now", calmer, now))] if calmer else []
        lines += [self.words("decision.unsettled", what=self._and.join(map(self.name, unsettled)))] if unsettled else []
        lines += [self.words("decision.counted", what=self._each("decision.now", counted, now))] if counted else []
        return lines

    def _raised(self, answers: Mapping[str, Any]) -> str:
        """Return answers that became worse, as what may come: a number is one to reach, and not one to type."""
        parts = []
        for path, value in answers.items():
            keys = (f"decision.if.{path}.{value}", f"decision.if.{path}")
            key = next(filter(self.words.has, keys), "decision.then")
            parts.append(self.words(key, name=self.name(path), value=self.value(path, value)))
        return self._and.join(parts)

    def _each(self, key: str, paths: Iterable[str], values: Mapping[str, Any]) -> str:
        return self._and.join(
            self.words(key, name=self.name(path), value=self.value(path, values.get(path))) for path in paths
        )

    def _text(self, decision: Decision, reasons: Mapping[str, str], change: WouldChange | None) -> str:
        headline, *beside = headline_lines(decision, self.words)
        lines = [headline]
        if decision.headline == decision.advice:
            lines.append(self.care(decision.advice))
        if decision.advice != "emergency":
            lines = [*call_if_now(decision.reasons, self.region, self.words, self.book), *lines]
        return "\n".join([*lines, *beside, *self._why(decision, reasons, change)])

    def _why(
        self,
        decision: Decision,
        reasons: Mapping[str, str],
        change: WouldChange | None,
        status: Levels | None = None,
    ) -> list[str]:
        lines = [self.words("decision.why")]
        lines += [self.words("common.bullet", text=reasons[rule]) for rule in self.told(decision, status)]
        if change:
            lines += self.changes(change, decision)
        return lines

    def _reasons(self, decision: Decision, carried: AbstractSet[str]) -> dict[str, str]:
        """Return the text of each rule that fired; a rule that gives both answers is said once."""
        texts: dict[str, str] = {}
        for reason in decision.reasons:
            if reason.rule not in texts:
                texts[reason.rule] = self.reason(reason, carried, advice=decision.advice)
        return texts

    def told(self, decision: Decision, status: Levels | None = None) -> Iterator[str]:
        """Yield the rules that fired and are told, each once; one that only follows, where it adds something.

        They are told beside ``status``, where one stands above them. Beside an emergency nobody is asked for answers.
        """
        under = status or decision
        left_out = self.book.unanswered.values() if under.advice == "emergency" else ()
        own_levels = {reason.level for reason in decision.reasons if reason.rule not in self._following}
        telling = [
            reason
            for reason in decision.reasons
            if reason.rule not in self._following or reason.level not in own_levels
        ]
        levels: dict[str, set[str]] = {}
        for reason in telling:
            levels.setdefault(reason.rule, set()).add(reason.level)
        yield from (rule for rule in levels if rule not in left_out and is_told(levels[rule], under))

    def _rule(self, reason: Reason) -> str:
        """Return the rule's id and its sources."""
        if reason.rule not in self._rules:
            sources = self.words("common.and").join(dict.fromkeys(map(self.source, reason.source)))
            self._rules[reason.rule] = self.words("decision.rule", rule=reason.rule, sources=sources)
        return self._rules[reason.rule]


def as_told(reason: Reason) -> dict[str, Any]:
    """Return the answers of a reason; None for what nobody answered."""
    return {path: None if path in reason.unasked else value for path, value in reason.because.items()}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
