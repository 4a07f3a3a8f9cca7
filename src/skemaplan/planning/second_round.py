"""A second round for an ordinary week, with what the dated weeks show: what a loss leaves, and what will be lost later.

What is lost leaves a hole in the others' days, of which the first round knows nothing: it prices the lesson (`Lost`).
Of the ordinary weeks that are as good there are many, and in some of them what will be lost lies at the end of a day.
And the times of this week are those that later ones keep near to: of as good ones some lie where their calendar takes
less. So of those that are no worse in any tier, and lose no more, the second round looks for the one for which both
together are least. It is taken if looking at the weeks says that it is better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..as_good import AsGood, Kind
from ..candidates import candidates
from ..dates import Week
from ..free import holds
from ..problem import Problem
from ..rules import INCONVENIENCE, MUST, PRICES, BaseTime, Lost, WeekRule
from ..schedule import Schedule, Session
from ..solving import Effort, price_of, verify
from ..week import WeekFacts
from .keep import keep
from .scale import FEW

MOST = 0.7  # of the solver's own time


@dataclass(frozen=True)
class Sum:
    """What dated weeks come to: minutes of lessons lost, minutes of inconvenience."""

    lost: int
    inconvenience: int


@dataclass(frozen=True)
class SecondRound:
    """An ordinary week planned by these `rules`, and the dated `weeks` that are like it as far as they can be.

    `later`: what later weeks would lose if they had its times. `usual` is the week whose times are the usual ones, if
    that is another one.
    """

    problem: Problem
    weeks: Mapping[Week, WeekFacts]
    rules: Sequence[WeekRule]
    later: Lost
    usual: Schedule | None = None

    def after(self, first: Schedule, effort: Effort) -> Schedule:
        """The first round's week, or a better one that is as good."""
        kinds = self.short(first)
        if len(first.facts.participants) > FEW or not (kinds or self.later.minutes):
            return first
        effort = replace(effort, deterministic=min(effort.deterministic, MOST))
        search = AsGood(first, self.rules, kinds, self.prices, self.later, is_kept, effort)
        second = search.least(self.worth(first, kinds))
        return second if self.is_better(second, first, kinds) else first

    def short(self, first: Schedule) -> list[Kind]:
        """The dated weeks that are not as usual; none, if what they lose leaves none of them more inconvenient."""
        usually = price_of(first, self.prices)[INCONVENIENCE]
        found = [self._of(kind, first) for kind in self.kinds]
        if not any(of.lost and of.inconvenience > usually for of in found):
            return []
        return [kind for kind in self.kinds if kind.facts != first.facts]

    def worth(self, ordinary: Schedule, kinds: Sequence[Kind]) -> int:
        """What the second round makes least: the inconvenience of these weeks, and what later ones would lose."""
        weeks = sum(kind.times * self._of(kind, ordinary).inconvenience for kind in kinds)
        return weeks + price_of(ordinary, [self.later])[INCONVENIENCE]

    def is_better(self, second: Schedule, first: Schedule, kinds: Sequence[Kind]) -> bool:
        """By looking only: worth more, no must broken, no tier worse, no more lost, no more inconvenience in all."""
        now, before = price_of(second, self.rules), price_of(first, self.rules)
        musts = [rule for rule in self.rules if rule.tier == MUST]
        if any(verify(second, musts)) or any(now[tier] > before[tier] for tier in now):
            return False
        new, old = self.sum_of(second), self.sum_of(first)
        no_worse = new.lost <= old.lost and new.inconvenience <= old.inconvenience
        return no_worse and self.worth(second, kinds) < self.worth(first, kinds)

    def sum_of(self, ordinary: Schedule) -> Sum:
        """What all dated weeks come to if this is their ordinary one."""
        each = [(kind.times, self._of(kind, ordinary)) for kind in self.kinds]
        return Sum(sum(n * of.lost for n, of in each), sum(n * of.inconvenience for n, of in each))

    @cached_property
    def kinds(self) -> list[Kind]:
        """The dated weeks, alike ones as one (they are one object)."""
        found = {id(facts): facts for facts in self.weeks.values()}
        return [Kind(facts, sum(f is facts for f in self.weeks.values())) for facts in found.values()]

    @cached_property
    def prices(self) -> list[WeekRule]:
        """What makes a dated week inconvenient."""
        return [*PRICES, *([BaseTime((self.usual,))] if self.usual else [])]

    def _of(self, kind: Kind, ordinary: Schedule) -> Sum:
        week = next(w for w, facts in self.weeks.items() if facts is kind.facts)
        kept, lost = keep(self.problem, week, kind.facts, ordinary)
        return Sum(sum(m.minutes for m in lost), price_of(kept, self.prices)[INCONVENIENCE])


def is_kept(facts: WeekFacts, s: Session, p: str) -> bool:
    """Whether a week has this session of an ordinary one for a participant, if its group is not too small."""
    who = facts.participants.get(p)
    return who is not None and s.course in who.demands and holds(facts, s, p)


def lost_later(facts: WeekFacts, weeks: Sequence[tuple[WeekFacts, WeekFacts]]) -> Lost:
    """What weeks to come (each as it is usually, and as it is) would lose of the sessions of an ordinary one."""
    alike: dict[tuple[int, int], list[tuple[WeekFacts, WeekFacts]]] = {}
    for usual, dated in weeks:
        if usual != dated:
            alike.setdefault((id(usual), id(dated)), []).append((usual, dated))
    lost: dict[tuple[str, Session], int] = {}
    for s in candidates(facts) if alike else ():
        for p in (p.id for p in facts.participants.values() if s.course in p.demands and holds(facts, s, p.id)):
            gone = sum(len(same) for same in alike.values() if is_lost(*same[0], s, p))
            if gone:
                lost[p, s] = gone * s.minutes
    return Lost(lost)


def is_lost(usual: WeekFacts, dated: WeekFacts, s: Session, p: str) -> bool:
    """Whether a week usually has such a session for a participant who is there, and now can't hold it."""
    who = dated.participants.get(p)
    due = who is not None and s.course in who.demands
    return due and is_kept(usual, s, p) and not holds(dated, s, p)
