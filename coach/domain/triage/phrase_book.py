"""What ``routines/freewords.toml`` says: how people speak of body parts and findings, and what that suggests."""

from typing import Annotated, Literal, NamedTuple

import msgspec

from coach.domain.triage.answers import Quality, Sharp, Tri, When

Written = Annotated[str, msgspec.Meta(min_length=1)]
"""Phrases with ``|`` between them."""
Phrases = dict[str, Written]
"""Ways to say one thing, by language."""

REACH = 40
"""How many tokens a cue reaches at most."""
SMALL_WORDS = ("not_cues", "ignored", "links", "joins", "ors", "fresh", "clause_ends", "yes", "no")
"""The fields of a phrase book that list words of grammar."""

Meaning = Literal["denied", "past", "resolved", "other", "supposed", "other-part"]
"""Why a finding that is named does not count; ``other``: it is another person's; ``other-part``: the part that the cue
touches is set against another, whose the finding is ("it is not the knee that is swollen, it is the calf")."""


class BodyPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the body, or something of it, such as the breath."""

    words: Phrases
    it: bool = True
    """Whether "it" in a later sentence can mean it."""


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is felt or seen, or a circumstance of it."""

    words: Phrases
    reach: Literal["part", "sentence", "note"] = "part"
    """Whether it belongs to one body part, to every part named in its sentence, or to the person."""
    lasting: bool = False
    """Whether it counts however long ago it was, as an operation does."""


class MeaningCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that say that a finding beside them is not there, not there now, or not the person's."""

    means: Meaning
    language: str
    words: Written
    stands: Literal["before", "after", "around"] = "before"
    """Where the cue stands, seen from what it is about."""
    opens: bool = False
    """Whether it counts only where a sentence begins with it."""
    within: int = REACH
    """How many tokens it reaches at most."""
    until: str = ""
    """Where its reach ends."""
    unless: str = ""
    """Within its reach, these void it: "it had gone, but came back"."""


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What must be named together, and the answers that it suggests."""

    any: tuple[str, ...]
    """Each is names of parts and findings: ``+`` and, ``/`` or, ``-`` unless; ``@part`` is named in the sentence."""
    signs: tuple[str, ...] = ()
    quality: tuple[Quality, ...] = ()
    when: tuple[When, ...] = ()
    sharp: Sharp | None = None
    hot: Tri | None = None


class PhraseBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    default_part: str
    """The name of "it" where no body part was named before."""
    gaps: dict[str, int]
    """How many tokens may stand where a phrase of a language has ``..``; none in a language that is not listed."""
    gap_ends: Phrases
    """Tokens over which no ``..`` runs."""
    spellings: dict[str, str]
    """What is read as something else: "dont" as "do not"."""
    groups: dict[str, str]
    """What a phrase can name as ``<group>``."""
    parts: dict[str, BodyPart]
    findings: dict[str, Finding]
    cues: tuple[MeaningCue, ...]
    readings: tuple[Reading, ...]
    not_cues: Phrases
    """Phrases in which a cue does not mean what it means elsewhere: "the swelling will not go down"."""
    ignored: Phrases
    """Phrases in which a part or finding does not mean what it means elsewhere: "hay fever"."""
    links: Phrases
    """Words that may stand between a finding and the part behind it: "swelling of the left calf"."""
    joins: Phrases
    """Words that join two parts, or two findings."""
    ors: Phrases
    """Those of them that carry a denial on: "no fever or redness"."""
    fresh: Phrases
    """Words by which a list of denied findings is over: "no fever, chest pain since this morning"."""
    clause_ends: Phrases
    unended: Phrases
    """Words with which no sentence ends: a line that ends so goes on in the next."""
    yes: Phrases
    """Answers to the question before them."""
    no: Phrases

    @property
    def names(self) -> frozenset[str]:
        """Every name that a reading can use."""
        return frozenset({self.default_part, *self.parts, *self.findings, *(f"@{part}" for part in self.parts)})


class Alternative(NamedTuple):
    """One line of a reading, taken apart."""

    wanted: tuple[frozenset[str], ...]
    """Of each of these sets, one name must be there."""
    unwanted: frozenset[str]

    @classmethod
    def of(cls, written: str) -> "Alternative":
        """Take ``leg/calf + swollen - both`` apart."""
        wanted, *unwanted = written.split(" - ")
        return cls(
            tuple(frozenset(names.strip().split("/")) for names in wanted.split(" + ")),
            frozenset(name.strip() for names in unwanted for name in names.split("/")),
        )

    @property
    def names(self) -> frozenset[str]:
        """Every name that it uses."""
        return self.unwanted.union(*self.wanted)

    def holds(self, there: frozenset[str]) -> bool:
        """Return whether ``there`` has what is wanted, and nothing that is not."""
        return not self.unwanted & there and all(names & there for names in self.wanted)
