"""Why a term does not work out, and what would help: counted, then proven, then ranked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..circles import joined
from ..counting import of_week
from ..dates import Week
from ..problem import Problem
from ..rules import DEMANDS, MUST
from ..schedule import Schedule, TermPlan
from ..solving import Result, verify
from ..stopping import Stop
from ..unroll import teaching_weeks, week_facts
from ..unrolling.calendar import Calendar
from ..unrolling.people import own_time
from ..week import WeekFacts
from ..words import say
from .accepting import accepted
from .fitting import RULES, Fitting
from .naming import named
from .nearby import held_in
from .parts import Kind, parts_of
from .repairs import Repairs, shown
from .values import Answer, Change, Impasse, Reason, Repair


def why(
    facts: Problem | TermPlan | WeekFacts,
    *,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 20.0,
    stop: Stop | None = None,
) -> Answer:
    """Why not everything fits in a term (or a plan's term, or one week), and what would help.

    Ordinary weeks are asked about: what a closed day takes is lost, not short. Each repair was applied and solved, and
    each other change that could be asked for is refuted by proof, or counted as open when the clock's `seconds` are up
    or `stop` is asked for.
    """
    began = time.monotonic()
    fits = Fitting(seconds, deterministic, seed, stop)
    plan = facts if isinstance(facts, TermPlan) else None
    for base in plan.bases.values() if plan else ():  # what was planned answers many a question by itself
        fits.plans.append(base.schedule.attendance)
    kinds = ordinary_weeks(facts)
    parts = parts_of(kinds)
    answers = fits.all(lambda part: fits(part[0]), parts)
    unknown = {week for (_, weeks), fit in zip(parts, answers, strict=True) if fit is None for week in weeks}
    every = [week for week, _ in kinds]
    short = [part for part, fit in zip(parts, answers, strict=True) if fit is False]
    problem = term_of(facts)
    impasses = [impasse(part, every, fits, problem, held_in(plan, *part) if plan else None) for part in short]
    repairs = [r for alike in of_the_same(short, impasses) for r in for_all(*alike, fits)]
    return named(Answer(tuple(impasses), tuple(repairs), tuple(sorted(unknown)), time.monotonic() - began), facts)


def term_of(facts: Problem | TermPlan | WeekFacts) -> Problem | None:
    """The term that is asked about; a single week has none."""
    if isinstance(facts, WeekFacts):
        return None
    return facts.problem if isinstance(facts, TermPlan) else facts


def ordinary_weeks(facts: Problem | TermPlan | WeekFacts) -> list[Kind]:
    """The kinds of ordinary weeks of a term, each with the weeks that are of this kind (a single week has no name)."""
    if isinstance(facts, WeekFacts):
        return [(facts, ("",))]
    problem = facts.problem if isinstance(facts, TermPlan) else facts
    kinds: list[tuple[WeekFacts, list[str]]] = []
    for week in teaching_weeks(problem):
        mine = open_to_all(problem, week)
        alike = next((weeks for known, weeks in kinds if known == mine), None)
        if alike is None:
            kinds.append((mine, [str(week)]))
        else:
            alike.append(str(week))
    return [(known, tuple(weeks)) for known, weeks in kinds]


def open_to_all(problem: Problem, week: Week) -> WeekFacts:
    """An ordinary week in which participants have their time on days on which nobody teaches, too.

    No session can lie there, until a teacher is asked for another day: then they are there.
    """
    facts, cal = week_facts(problem, week, standing=True), Calendar(problem, week, standing=True)
    people = {}
    for p in facts.participants.values():
        who = problem.participant[p.id]
        free = tuple(own_time(cal, who, d) if cal.periods[d] and not cal.taught[d] else p.free[d] for d in range(7))
        people[p.id] = replace(p, free=free)
    return replace(facts, participants=people)


def impasse(
    part: Kind,
    others: Sequence[WeekFacts],
    fits: Fitting,
    problem: Problem | None = None,
    plan: Schedule | None = None,
) -> Impasse:
    """All about one part of one kind of week that does not fit. `plan`: the week as it was planned, if it was."""
    facts, weeks = part
    search = Repairs(facts, fits, others, plan)
    repairs, tried = search.singles()
    pairs, pairs_known = search.pairs() if not repairs else ((), True)
    best = search.least_short()
    tier = next((t for t in best.tiers if t.name == DEMANDS), None)
    return Impasse(
        weeks=weeks,
        participants=tuple(facts.participants),
        short=tier.value if tier else 0,
        proven=bool(tier and tier.proven),
        reasons=tuple(reasons(facts, best)),
        repairs=tuple(replace(r, weeks=weeks) for r in repairs),
        pairs=tuple(replace(r, weeks=weeks) for r in pairs),
        accept=tuple(accepted(best.schedule, weeks, problem)) if best.schedule else (),
        tried=tried,
        pairs_known=pairs_known,
    )


def reasons(facts: WeekFacts, best: Result) -> Iterator[Reason]:
    """What counting finds, in numbers; then what can't be had, from the plan that is least short."""
    for found in of_week(facts):
        yield Reason(f"counted_{found.code}", found.who, found.need - found.has, found.text)
    if best.impossible:
        yield Reason("no_plan", "", 0, say("No plan keeps every rule and lock."))
    for b in verify(best.schedule, RULES) if best.schedule else ():
        yield Reason(b.rule, b.about, b.price if b.tier != MUST else 0, b.text)


def of_the_same(parts: Sequence[Kind], impasses: Sequence[Impasse]) -> list[tuple[list[Impasse], list[WeekFacts]]]:
    """The impasses of the same people in several kinds of weeks together: one change may mend them all."""
    people = [frozenset(part.participants) for part, _ in parts]
    groups = joined([str(i) for i in range(len(parts))], [
        [str(i) for i, some in enumerate(people) if p in some] for p in sorted(frozenset().union(*people))
    ])  # fmt: skip
    numbers = [sorted(map(int, group)) for group in groups]
    return [([impasses[i] for i in group], [parts[i][0] for i in group]) for group in numbers]


def for_all(impasses: Sequence[Impasse], kinds: Sequence[WeekFacts], fits: Fitting) -> tuple[Repair, ...]:
    """The single changes that mend every shortage: the same one in all of them, by the largest amount needed."""
    weeks = tuple(week for s in impasses for week in s.weeks)
    found = []
    for first in impasses[0].repairs if impasses else ():
        same = [same_in(first, s.repairs) for s in impasses]
        largest = max((c for c in same if c), key=lambda c: c.amount)
        if all(
            c and (c.amount == largest.amount or fits(on(c, facts, largest.amount)))
            for c, facts in zip(same, kinds, strict=True)
        ):
            found.append(Repair((largest,), first.least, weeks))
    return shown(found)


def same_in(repair: Repair, others: Iterable[Repair]) -> Change | None:
    (mine,) = repair.changes
    return next((c for r in others for c in r.changes if c.loosening.same_as(mine.loosening)), None)


def on(change: Change, facts: WeekFacts, amount: int) -> WeekFacts:
    return change.loosening.on(facts, amount)
