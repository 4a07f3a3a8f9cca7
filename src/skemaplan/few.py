"""What everybody's week costs at least: told by one of each kind of people who are alike, without all the others.

Of any week of everybody, take of each group of alike people the one who has it best. What these few have there, they
have in a week of their own, too, in which nobody else is: every must still holds. So the best week of a few, each
counted for as many as she is like, costs no more than any week of everybody.

A few of several circles tell what these can't have at the same time. No circle costs less there than it is known to
cost at least, whatever a few of it could have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ortools.sat.python.cp_model import LinearExpr

from .alike import alike
from .around import alone
from .circles import People
from .model import total
from .rules import DEMANDS, INCONVENIENCE, MUSTS, UNIVERSE, WeekRule
from .rules.attendance_day import AttendanceDay
from .rules.friday_afternoon import FridayAfternoon
from .rules.language_day import LanguageDay
from .rules.lessons import Lessons
from .rules.neighbouring_days import NeighbouringDays
from .rules.one_teacher import OneTeacher
from .rules.reserved import Reserved
from .rules.talk_beside import TalkBeside
from .rules.target import Target
from .rules.waiting import Waiting
from .schedule import Schedule, Tier
from .solving import MOST_MINUTES, TIERS, Effort, Result, Search, price_of
from .week import WeekFacts

# Prices that depend on a participant's own week alone, and on nothing that those who are alike do not share.
HERS = (
    Lessons,
    Waiting,
    AttendanceDay,
    LanguageDay,
    TalkBeside,
    Target,
    NeighbouringDays,
    OneTeacher,
    FridayAfternoon,
    Reserved,
)
KEPT = (*HERS, *map(type, (*UNIVERSE, *MUSTS)))


Floors = Mapping[People, Sequence[int]]  # the least that some of the people cost, tier by tier; nobody is in two


def least(
    facts: WeekFacts, rules: Sequence[WeekRule], tier: str, short: int | None, effort: Effort, floors: Floors
) -> tuple[int, float]:
    """The least that a tier is worth in any week (that is at most so short), and CP-SAT's time for saying so."""
    weights = {group[0]: len(group) for group in alike(facts)}
    kept = [rule.among(frozenset(weights)) for rule in rules if type(rule) in KEPT]
    search = Search(few(facts, weights), kept, {}, None, {}, effort, None, weights)
    if tier not in (DEMANDS, INCONVENIENCE) or tier not in search.objective:
        return 0, 0.0
    if short is not None:  # each by herself may be that short: who has it best need not be the least short
        search.model.add(total(c.price for c in search.costs[DEMANDS]) <= short)
    return search.minimise(tier, _objective(search, tier, floors)).bound, search.spent


def _objective(search: Search, tier: str, floors: Floors) -> LinearExpr:
    """What the tier costs; those who have a floor cost that at least."""
    if not floors:
        return search.objective[tier]
    costs = []
    for people, bounds in floors.items():
        cost = search.model.new_count(MOST_MINUTES * len(people), f"{tier} of {min(people)} and others")
        search.model.add(cost >= search.of(tier, people))
        search.model.add(cost >= bounds[TIERS.index(tier)])
        costs.append(cost)
    rest = search.model.facts.participants.keys() - frozenset[str]().union(*floors)
    return total([*costs, search.of(tier, rest)])


def least_of(facts: WeekFacts, rules: Sequence[WeekRule], week: Schedule, effort: Effort, floors: Floors) -> Result:
    """The least of each tier in any week that is at most as short as this one (no schedule, only the tiers).

    Floors of inconvenience are of people who are no shorter than theirs: where all together must be, they say nothing.
    """
    value = price_of(week, rules)
    bounds, spent = [], 0.0
    for tier in (DEMANDS, INCONVENIENCE):
        short = None if tier == DEMANDS else value[DEMANDS]
        bound, more = least(facts, rules, tier, short, effort, floors) if value[tier] else (0, 0.0)
        bounds.append(Tier(tier, value[tier], bound))
        spent += more
        if value[tier] > sum(floor[TIERS.index(tier)] for floor in floors.values()):
            floors = {}
    return Result(None, tuple(bounds), deterministic=spent)


def few(facts: WeekFacts, weights: Mapping[str, int]) -> WeekFacts:
    """The week of these as if nobody else were there. A group has no least size: others were in it."""
    return alone(facts, frozenset(weights)).with_ways(lambda how: replace(how, smallest=1))
