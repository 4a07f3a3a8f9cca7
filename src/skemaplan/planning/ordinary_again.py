"""The ordinary weeks of a term that is planned again: kept where they still hold, else as near to that as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from ..dates import Week
from ..rules import (
    DEMANDS,
    INCONVENIENCE,
    MOVES,
    MUSTS,
    STANDARD,
    UNIVERSE,
    Frozen,
    Stay,
    StayNear,
    WeekRule,
)
from ..schedule import BaseWeek, Schedule, Session, TermPlan, Tier, WeekPlan
from ..solving import Result, price_of, solve, verify
from ..week import WeekFacts
from .fewest import Search, fewest_moves, tier_of
from .new_tables import now, placed
from .published import stays
from .rings import MANY, Asked, everything, pairs_in
from .term import Losses, Term, attended, ordinary_rules

A_MOMENT, A_WHILE = 2.0, 10.0  # of the solver's own seconds


class OrdinaryAgain(Term):
    """A term whose ordinary weeks are planned again from those of a `published` plan.

    `moves` is what is proven of those that were solved, over the weeks that follow them.
    """

    published: TermPlan
    free_from: date

    def again_from(self, published: TermPlan, free_from: date) -> None:
        """Begin, with this plan; what is before `free_from` is nobody's choice any more."""
        self.published, self.free_from = published, free_from
        self.moves: dict[str, Tier] = {}
        self.ordinary: dict[tuple[int, str], BaseWeek] = {}

    def _ordinary_again(self, week: Week, old: WeekPlan | None) -> BaseWeek:
        """The week's published ordinary week if it still holds, else one as near to it as can be."""
        was = self.published.bases[old.base if old else self._nearest(week).base]
        facts = self.standing[week]
        key = id(facts), was.name
        if key not in self.ordinary:
            weeks = tuple(
                w for w in self.weeks if self.standing[w] is facts and self._base_of(w) == was.name and w >= week
            )
            self.ordinary[key] = self._kept(was, weeks, facts) or self._moved_least(was, weeks, facts)
        return self.ordinary[key]

    def _remember(self, name: str) -> BaseWeek:
        """A published ordinary week stays known, with those it names."""
        base = self.published.bases[name]
        if name not in self.bases:
            self.bases[name] = base
            for other in (base.anchor, *base.near):
                self._remember(other)
        return base

    def _nearest(self, week: Week) -> WeekPlan:
        """For a week that was not published: the one before it that was, else the first."""
        known = sorted(self.published.weeks)
        return self.published.weeks[max((w for w in known if w < week), default=known[0])]

    def _base_of(self, week: Week) -> str:
        return (self.published.weeks.get(week) or self._nearest(week)).base

    def _kept(self, was: BaseWeek, weeks: tuple[Week, ...], facts: WeekFacts) -> BaseWeek | None:
        """The published ordinary week, if it is still one: no must is broken and nothing is short."""
        if not was.stale and was.schedule.facts == facts:
            return self._remember(was.name)
        schedule = now(was.schedule, facts)
        if any(verify(schedule, [*UNIVERSE, *MUSTS])) or price_of(schedule, STANDARD)[DEMANDS]:
            return None
        lost = attended(self._lost(facts, weeks), schedule)
        value = price_of(schedule, ordinary_rules(lost, (), 1))[INCONVENIENCE]
        return self._named(weeks, schedule, (Tier(DEMANDS, 0, 0), Tier(INCONVENIENCE, value, 0)), lost)

    def _moved_least(self, was: BaseWeek, weeks: tuple[Week, ...], facts: WeekFacts) -> BaseWeek:
        lost, published = self._lost(facts, weeks), placed(was.schedule, facts)
        asked = Asked(
            now(was.schedule, facts),
            [*ordinary_rules(lost, (), 1), StayNear(published)],
            stays(facts, self._published(weeks, facts)) or [Stay(published)],
        )
        result = self._fewest(asked, str(weeks[0]), was.schedule.rooms)
        schedule = self._found(result, str(weeks[0]), facts)
        tiers = tier_of(result, DEMANDS), tier_of(result, INCONVENIENCE)
        found = self._named(weeks, schedule, tiers, attended(lost, schedule))
        self.moves[found.name] = tier_of(result, MOVES)
        return found

    def _published(self, weeks: Iterable[Week], facts: WeekFacts) -> Iterator[tuple[Schedule, WeekFacts]]:
        """What was published of the weeks in which every day is free to change, where an ordinary week has it."""
        for week in weeks:
            if week in self.published.weeks and self.free_from <= week.monday:
                yield placed(self.published.weeks[week].schedule, facts), self.facts[week]

    def _fewest(self, asked: Asked, stage: str, rooms: Mapping[Session, str]) -> Result:
        """A week with the fewest moves, in which a course sits in its usual room where it can."""
        return fewest_moves(asked, self._search(stage, rooms))

    def _search(self, stage: str, rooms: Mapping[Session, str]) -> Search:
        heard = self.heard

        def search(facts: WeekFacts, rules: Sequence[WeekRule], hint: Schedule) -> Result:
            ring = any(isinstance(rule, Frozen) and rule.free for rule in rules)
            if not ring and pairs_in(everything(facts)) > MANY:
                return self._in_parts(stage, facts, list(rules), hint, rooms)
            return solve(
                facts,
                rules,
                hint=hint,
                usual_rooms=rooms,
                effort=self._effort(0.5),
                progress=(lambda tier, value, bound: heard(stage, 0, 1, tier, value, bound)) if heard else None,
            )

        return search

    def _in_parts(
        self, stage: str, facts: WeekFacts, rules: list[WeekRule], hint: Schedule, rooms: Mapping[Session, str]
    ) -> Result:
        """A week that is too large for one search, for a moment; for a while, if there is time to prove more."""
        most = A_WHILE if self.bounds.prove else A_MOMENT
        whole, self.deterministic = self.deterministic, min(self.deterministic, most)
        try:
            return self._solve(stage, facts, rules, hint, rooms)
        finally:
            self.deterministic = whole

    def _named(self, weeks: tuple[Week, ...], schedule: Schedule, tiers: tuple[Tier, ...], lost: Losses) -> BaseWeek:
        """A new ordinary week under a name that no published one bears."""
        names = (f"{weeks[0]}{'' if n == 1 else f'-{n}'}" for n in count(1))
        name = next(n for n in names if n not in self.published.bases and n not in self.bases)
        self.bases[name] = BaseWeek(name, name, weeks, (), 1, schedule, tiers, lost)
        return self.bases[name]
