"""What a rule is. One file a rule; each says its meaning twice, and the agreement test compares the two.

`post` speaks to the solver (cleverly if need be), `breaches` looks at a finished schedule without any solver (plainly),
`forbids` says what no single session or attendance may ever be, so that no variable is made for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ortools.sat.python.cp_model import Constraint, LinearExprT

from ..model import Forbids, Model
from ..prices import DEFAULTS
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import Text
from .loosening import Loosening, Premise

MUST, DEMANDS, MOVES, DISTANCE, INCONVENIENCE = "must", "demands", "moves", "distance", "inconvenience"


@dataclass(frozen=True, slots=True)
class Must:
    """A constraint, and whom it is about."""

    about: str
    constraint: Constraint


@dataclass(frozen=True, slots=True)
class Cost:
    """A price in the rule's tier (an expression of the model, at least 0), and whom it is about."""

    about: str
    price: LinearExprT


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a schedule breaks a rule: about whom, in a sentence, and for how much (0 for a must)."""

    rule: str
    tier: str
    about: str
    text: Text
    price: int = 0


class WeekRule:
    """A rule about one week.

    `tier` is MUST for what always holds, else the tier its prices count in; tiers are never traded against each other.
    `given` names rules without which its encoding would say too much or too little. `firm`: why nobody can be asked to
    loosen it, for those that yield no `loosenings`. `called`: what a price is for, in a few words.
    """

    name: ClassVar[str]
    tier: ClassVar[str] = MUST
    given: ClassVar[tuple[WeekRule, ...]] = ()
    firm: ClassVar[str] = ""
    called: ClassVar[Text] = Text("")

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        """Whether this session can never have `who` (a participant, its teacher or its place) in it."""
        return False

    def post(self, model: Model) -> Iterable[Must | Cost]:
        """Add the rule to the model and yield what was added."""
        return ()

    def among(self, people: frozenset[str]) -> WeekRule:
        """The rule in a week in which only these participants are: what it knows of others is left out."""
        return self

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        """Where a finished schedule breaks the rule, in the order of the schedule."""
        raise NotImplementedError

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterable[Loosening]:
        """How the rule could be loosened in this week, one change at a time. `others`: other weeks of the same term."""
        return ()

    def premises(self, facts: WeekFacts) -> Iterable[Premise]:
        """The facts that the rule rests on in this week, each of which could be taken away."""
        return ()

    @property
    def meaning(self) -> str:
        """The docstring's first line: a sentence that a head teacher would agree with."""
        return (type(self).__doc__ or "").strip().partition("\n")[0]

    def breach(self, about: str, text: Text, price: int = 0) -> Breach:
        return Breach(self.name, self.tier, about, text, price)

    def price(self, facts: WeekFacts, who: str) -> int:
        """This rule's price in minutes for a person: her own, else the term's, else the default."""
        common = facts.prices.get((self.name, ""), DEFAULTS[self.name])
        return facts.prices.get((self.name, who), common)


def forbidding(rules: Iterable[WeekRule]) -> list[Forbids]:
    """What these rules say that no single session or attendance may be; only those that say anything."""
    return [rule.forbids for rule in rules if type(rule).forbids is not WeekRule.forbids]
