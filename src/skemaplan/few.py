"""What everybody's week costs at least: told by one of each kind of people who are alike, without all the others.

Of any week of everybody, take of each group of alike people the one who has it best. What these few have there, they
have in a week of their own, too, in which nobody else is: every must still holds. So the best week of a few, each
counted for as many as she is like, costs no more than any week of everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .alike import alike
from .around import alone
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
from .solving import Effort, Result, Search, price_of
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


def least(
    facts: WeekFacts, rules: Sequence[WeekRule], tier: str, short: int | None, effort: Effort
) -> tuple[int, float]:
    """The least that a tier is worth in any week (that is at most so short), and CP-SAT's time for saying so."""
    weights = {group[0]: len(group) for group in alike(facts)}
    kept = [rule.among(frozenset(weights)) for rule in rules if type(rule) in KEPT]
    search = Search(few(facts, weights), kept, {}, None, {}, effort, None, weights)
    if tier not in (DEMANDS, INCONVENIENCE) or tier not in search.objective:
        return 0, 0.0
    if short is not None:  # each by herself may be that short: who has it best need not be the least short
        search.model.add(total(c.price for c in search.costs[DEMANDS]) <= short)
    return search.minimise(tier, search.objective[tier]).bound, search.spent


def least_of(facts: WeekFacts, rules: Sequence[WeekRule], week: Schedule, effort: Effort) -> Result:
    """The least of each tier in any week that is at most as short as this one (no schedule, only the tiers)."""
    value = price_of(week, rules)
    bounds, spent = [], 0.0
    for tier in (DEMANDS, INCONVENIENCE):
        short = None if tier == DEMANDS else value[DEMANDS]
        bound, more = least(facts, rules, tier, short, effort) if value[tier] else (0, 0.0)
        bounds.append(Tier(tier, value[tier], bound))
        spent += more
    return Result(None, tuple(bounds), deterministic=spent)


def few(facts: WeekFacts, weights: Mapping[str, int]) -> WeekFacts:
    """The week of these as if nobody else were there. A group has no least size: others were in it."""
    return alone(facts, frozenset(weights)).with_ways(lambda how: replace(how, smallest=1))
