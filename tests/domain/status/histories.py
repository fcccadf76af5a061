"""Histories by chance that lead into the interesting states: pauses, half of a way back, visits, clearances, edges."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from msgspec.structs import replace

from coach.domain.profile import Profile
from coach.domain.status.history import (
    Background,
    CheckIn,
    DoneStep,
    History,
    Hurt,
    Record,
    Screening,
    Seen,
    Session,
)
from coach.domain.triage.answers import Answers, Course, Pain, Sharp, Tri
from tests.domain.status.stories import START, STEP, book

UNDONE = DoneStep(STEP.stretch, STEP.side, STEP.hold_s, 0, done=False)
NEAR = (0.5, 3, 8, 12, 23, 24, 24, 24, 25, 30, 47, 48, 49, 72)
FAR = (5 * 24, 7 * 24 - 1, 7 * 24, 8 * 24, 9 * 24, 14 * 24, 28 * 24 - 1, 28 * 24, 40 * 24)
VERY_FAR = (83 * 24, 84 * 24, 89 * 24, 90 * 24, 90 * 24 + 1, 100 * 24)
HARD = ("chest-or-breath", "cold-pale-foot", "one-leg-swollen-warm", "locked-knee", "hot-red-knee-or-fever")
SOON = (
    "bulge-or-pressure",
    "gives-way",
    "night-waking",
    "weight-loss-or-cancer",
    "under-16",
    "foot-wound-or-night-pain",
)
WATCH = ("calf-ache", "throbs-doing-nothing")
CONTEXTS = ("clot-risk", "weak-immune", "blood-thinner", "pregnant", "osteoporosis", "recent-surgery", "diabetes")
CLEARABLE = (*SOON, "recent-surgery", "diabetes", "osteoporosis", "weak-immune", "locked-knee")


class Moment(NamedTuple):
    """A history, and the settings and the time at which it is looked at."""

    history: History
    profile: Profile
    now: datetime


class _Life:
    """One person's records, as the program would write them."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.at = START
        self.records: list[Record] = []
        self.signs: dict[str, Tri] = {}
        self.profile = Profile(side="right", baseline=chance.choice((None, 1, 2, 2, 4, 5)))
        self.lost_at: datetime | None = None
        self.ahead: set[str] = set()

    def odds(self, of: float) -> bool:
        """Return true that often."""
        return self.chance.random() < of

    def wait(self, hours: float | None = None) -> None:
        """Let time go by: mostly hours, often to an edge, at times weeks."""
        if hours is None:
            gaps = self.chance.choices((NEAR, FAR, VERY_FAR), (84, 13, 3))[0]
            hours = self.chance.choice(gaps)
        self.at += timedelta(hours=hours, minutes=self.chance.choice((0, 0, 0, 1, 30)))

    def name(self) -> str:
        """Return the next id."""
        return f"r{len(self.records):03}"

    def check_in(self, kind: str, **said: Any) -> None:
        """Add a check-in: calm, middling, high or any; short, full, or with what the words name."""
        chance = self.chance
        if kind == "calm":
            pain = Pain(rest=chance.choice((0, 1, 2)), walking=chance.choice((0, 1, 2, 3)))
        elif kind == "edge":
            pain = Pain(rest=chance.choice((2, 3)), walking=chance.choice((2, 3, 4, 5)))
        elif kind == "high":
            pain = Pain(rest=chance.choice((0, 2, 5, 6, 7, 8, 9)), walking=chance.choice((3, 5, 6, 7, 8)))
        else:
            numbers = (None, None, *range(11))
            pain = Pain(rest=chance.choice(numbers), walking=chance.choice(numbers), during=chance.choice(numbers))
            if self.odds(0.3):
                pain = replace(pain, morning=chance.choice((0, 1, 2, 3, 4)))
        pain = replace(pain, baseline=self.profile.baseline)
        quiet = kind == "calm" and self.odds(0.9)
        sharp: Sharp | None = "no" if quiet else chance.choice(("no", "no", "no", None, "one-movement", "repeats"))
        hot: Tri | None = "no" if quiet else chance.choice(("no", "no", "no", None, "unsure", "yes"))
        asked: dict[str, Tri] = {}
        if self.odds(0.5) or not self.signs:
            asked = dict.fromkeys((sign for sign in book().signs if sign not in book().yearly), "no")
        asked |= said.pop("signs", {})
        if not quiet and self.odds(0.35):
            asked[chance.choice(chance.choice((HARD, SOON, SOON, WATCH)))] = chance.choice(("unsure", "yes", "yes"))
        if self.odds(0.1):
            asked |= dict.fromkeys(book().yearly, "no")
        course = Course()
        if self.odds(0.06):
            course = chance.choice((Course(week="worse"), Course(symptom_days=20), Course(rest_days=2)))
        answers = Answers(
            pain=pain, sharp=sharp, hot=hot, signs={**self.signs, **asked}, context=self.profile.contexts, course=course
        )
        if self.odds(0.1):
            said["medicine"] = chance.choice(("", "ibuprofen"))
        self.add(CheckIn(id=self.name(), at=self.at, answers=answers, asked=tuple(asked), **said))
        self.signs |= asked

    def correct(self) -> None:
        """Correct an earlier check-in, in time or too late."""
        notes = [record for record in self.records[-4:] if isinstance(record, CheckIn)]
        if notes:
            named = self.chance.choice(notes)
            signs: dict[str, Tri] = {
                sign: "no" for sign in named.asked if named.answers.signs[sign] != "no" and self.odds(0.6)
            }
            pain = Pain(walking=self.chance.choice((None, 1, 4, 7)), rest=self.chance.choice((None, 0, 1)))
            merged = {name: getattr(pain, name) for name in ("rest", "walking") if getattr(pain, name) is not None}
            answers = replace(
                named.answers, pain=replace(named.answers.pain, **merged), signs={**named.answers.signs, **signs}
            )
            if self.odds(0.4):  # one that holds nothing but what it names, as another program may write it
                answers = Answers(pain=pain, signs=signs, context=named.answers.context)
            at = min(self.at, named.at + timedelta(hours=self.chance.choice((0.5, 23.5, 24, 24.5, 1000))))
            self.add(CheckIn(id=self.name(), at=at, answers=answers, asked=tuple(signs), corrects=named.id))
            self.signs |= signs

    def screening(self) -> None:
        """Add the list, answered no but for a sign at times."""
        signs: dict[str, Tri] = dict.fromkeys(book().ids("emergency", "today"), "no")
        if self.odds(0.15):
            signs[self.chance.choice(HARD)] = self.chance.choice(("unsure", "yes"))
        self.add(Screening(id=self.name(), at=self.at, signs=signs))
        self.signs |= signs

    def session(self, comfort: Any = "any") -> None:
        """Add a session, comfortable most times."""
        if comfort == "any":
            comfort = self.chance.choice(("pleasant", "neutral", "pleasant", "uncomfortable", None))
        outcome: Any = self.chance.choices(("done", "stopped", "hurt"), (8, 1, 1))[0]
        steps = (UNDONE,) if self.odds(0.1) else (STEP,)
        self.add(Session(id=self.name(), at=self.at, routine="evening", steps=steps, outcome=outcome, comfort=comfort))

    def seen(self) -> None:
        """Add a visit, with clearances of what is there or what is not."""
        there = [*self.profile.contexts, *(sign for sign, answer in self.signs.items() if answer != "no")]
        names = [name for name in (*there, self.chance.choice(CLEARABLE)) if name in CLEARABLE and self.odds(0.5)]
        self.add(Seen(id=self.name(), at=self.at, by="Dr Sato", cleared=tuple(dict.fromkeys(names))))

    def settings(self) -> None:
        """Add or take away a condition in the settings, which the program notes."""
        context = self.chance.choice(CONTEXTS)
        has = self.profile.contexts
        contexts = tuple(c for c in has if c != context) if context in has else (*has, context)
        self.profile = replace(self.profile, contexts=contexts)
        self.note_settings()

    def note_settings(self) -> None:
        """Add that the settings are noted."""
        profile = self.profile
        record = Background(id=self.name(), at=self.at, contexts=profile.contexts, baseline=profile.baseline)
        self.add(record)

    def lose(self) -> None:
        """Lose the settings, or records."""
        if self.odds(0.5):
            self.profile, self.lost_at = replace(self.profile, contexts=(), contexts_known=False), self.at
        else:
            self.lost_at = self.at

    def add(self, record: Record) -> None:
        """Add a record; now and then one that is dated ahead, and known to be."""
        if self.odds(0.03):
            at = record.at + timedelta(days=self.chance.choice((1, 3, 30)))
            record = replace(record, at=at)
            self.ahead.add(record.id)
        self.records.append(record)


def _cleared_for_long(life: _Life) -> list[Moment]:
    """Clear a sign or a condition, and look about the end of the clearance; the sign may go and come meanwhile."""
    chance = life.chance
    name = chance.choice((*SOON, "diabetes", "osteoporosis", "recent-surgery"))
    if name in CONTEXTS and name not in life.profile.contexts:
        life.profile = replace(life.profile, contexts=(*life.profile.contexts, name))
        life.note_settings()
    every: dict[str, Tri] = dict.fromkeys(book().signs, "no")
    life.check_in("calm", signs={**every, **({name: chance.choice(("yes", "unsure"))} if name in SOON else {})})
    life.wait(1)
    visit = life.at
    life.records.append(Seen(id=life.name(), at=visit, by="Dr Sato", cleared=(name,)))
    days = 84 if name == "recent-surgery" else 90
    if name in SOON and life.odds(0.5):
        life.wait(24)
        life.check_in("calm", signs={name: "no"})
        life.wait(24)
        life.check_in("calm", signs={name: chance.choice(("yes", "unsure"))})
    life.at = visit + timedelta(days=days - chance.choice((1, 3, 8)), hours=-2)
    life.check_in("calm", signs=dict.fromkeys(HARD, "no"))
    life.session("pleasant")
    taken = []
    for hours in (chance.choice((-24, -12)), chance.choice((-1, 0, 1)), 12):
        life.at = visit + timedelta(days=days, hours=hours)
        taken.append(_moment(life, life.at))
    return taken


def _away(life: _Life) -> list[Moment]:
    """Stay away for about a week or four, and come back."""
    chance = life.chance
    life.check_in("calm", signs=dict.fromkeys(book().signs, "no"))
    life.session("pleasant")
    begun = life.at
    taken = []
    for hours in chance.choice(((144, 156, 167, 168, 180, 192), (27.5 * 24, 28 * 24, 28.5 * 24, 29 * 24))):
        life.at = begun + timedelta(hours=hours)
        taken.append(_moment(life, life.at))
    life.at = begun + timedelta(hours=chance.choice((150, 167, 168, 190, 28 * 24)))
    life.check_in("calm")
    return [*chance.sample(taken, 3), _moment(life, life.at)]


def _settling(life: _Life) -> list[Moment]:
    """Have had it for weeks, and then days at 0, each told or a few apart."""
    chance = life.chance
    life.profile = replace(life.profile, onset=(life.at - timedelta(days=30)).date())
    life.check_in("calm", signs=dict.fromkeys(book().signs, "no"))
    zeros, step = chance.choice(((12, 1), (13, 1), (14, 1), (15, 1), (3, 6), (3, 7), (2, 7), (4, 4)))
    taken = []
    for _ in range(zeros):
        life.wait(24 * step)
        pain = Pain(rest=0, walking=0, baseline=life.profile.baseline)
        life.add(
            CheckIn(
                id=life.name(),
                at=life.at,
                answers=Answers(pain=pain, sharp="no", hot="no", signs=life.signs, context=life.profile.contexts),
                asked=tuple(life.signs),
            )
        )
    taken.append(_moment(life, life.at))
    life.wait(24 * chance.choice((1, 7, 8)))
    taken.append(_moment(life, life.at))
    life.check_in("calm")
    return [*taken, _moment(life, life.at)]


def _step(life: _Life) -> None:
    """Do one thing, or a few that belong together."""
    chance = life.chance
    kind = chance.choices(
        ("calm", "any", "high", "edge", "correct", "screening", "session", "hurt", "seen", "settings", "back", "lose"),
        (18, 12, 8, 8, 8, 4, 14, 4, 10, 7, 12, 1),
    )[0]
    if kind in ("calm", "any", "high", "edge"):
        life.check_in(kind)
    elif kind == "session":
        life.session()
    elif kind == "hurt":
        life.add(Hurt(id=life.name(), at=life.at))
    elif kind == "back":  # what leads out of most pauses, or just not
        if life.odds(0.6):
            life.seen()
            life.wait(chance.choice((0.5, 24)))
        for _ in range(2):
            life.check_in("calm" if life.odds(0.85) else "edge", signs=dict.fromkeys(life.signs, "no"))
            life.wait(chance.choice((23, 24, 25)))
        for _ in range(chance.choice((0, 1, 2))):
            life.session("pleasant")
            life.wait(chance.choice((1, 12)))
    else:
        getattr(life, kind)()


def moments(seed: int, looks: int = 4) -> list[Moment]:
    """Return one history of chance, looked at from several moments."""
    life = _Life(Random(seed))
    chance = life.chance
    if life.odds(0.4):
        life.settings()
    taken: list[Moment] = []
    edge = chance.choices((None, _cleared_for_long, _away, _settling), (70, 14, 8, 8))[0]
    at_edge = edge(life) if edge else []
    if edge and life.odds(0.6):
        return at_edge
    for _ in range(chance.randint(1, 14)):
        _step(life)
        here = life.at
        taken.append(_moment(life, here))
        life.wait()
        taken.append(_moment(life, life.at - timedelta(minutes=chance.choice((0, 1, 30)))))
    return [*at_edge, *chance.sample(taken, min(looks, len(taken)))]


def _moment(life: _Life, now: datetime) -> Moment:
    """Return all records as they are known at a moment, and at times as another machine's clock sees them."""
    history = replace(History.of(life.records), lost_at=life.lost_at, dated_ahead=frozenset(life.ahead))
    return Moment(history, life.profile, now)
