"""A change that touches one person in a term of twelve teams with shared teachers, planned again.

    python -m benchmarks.replan_region [--teams 12] [--effort 2]

The term is made with a plan hidden in it (`benchmarks/make_region.py`), and that plan is what is published. Each change
is planned again from it: how many sessions move, whether that is proven the fewest, whose sessions move, and what it
takes: CP-SAT's own seconds, the processor's, and the clock's (reading the published plan from its file apart).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from skemaplan import read
from skemaplan.candidates import candidates
from skemaplan.dates import Week
from skemaplan.facts import LANGUAGE_SCHOOL, Absence
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.change import replan
from skemaplan.planning.term import Term, attended, ordinary_rules
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS, INCONVENIENCE, MOVES
from skemaplan.schedule import BaseWeek, Schedule, Session, TermPlan, Tier
from skemaplan.seating import seat
from skemaplan.solving import price_of
from skemaplan.week import WeekFacts

from .make_region import BELLS, Planted, Region, make_region
from .spent import counted

TODAY = date(2027, 3, 15)
FROM = date(2027, 4, 12)


class Hidden(Term):
    """The term with the planted week as every ordinary week: nothing is solved."""

    planted: list[Planted]

    def _ordinary(
        self, anchor: str, weeks: tuple[Week, ...], facts: WeekFacts, near: tuple[str, ...], share: int
    ) -> BaseWeek:
        name, lost = str(weeks[0]), self._lost(facts, weeks)
        schedule = planted_week(facts, self.planted)
        price = price_of(schedule, ordinary_rules(lost, (), 1))
        tiers = Tier(DEMANDS, price[DEMANDS], 0), Tier(INCONVENIENCE, price[INCONVENIENCE], 0)
        self.bases[name] = BaseWeek(name, name, weeks, (), 1, schedule, tiers, attended(lost, schedule))
        return self.bases[name]


def planted_week(facts: WeekFacts, planted: list[Planted]) -> Schedule:
    """The hidden plan as a schedule with rooms."""
    starts = [int(bell[:2]) * 60 + int(bell[3:5]) for bell in BELLS]
    known = {(s.course, s.teacher, s.day, s.start, s.minutes): s for s in candidates(facts)}
    there: dict[Session, frozenset[str]] = {}
    for w in planted:
        session = known[w.course, w.teacher, w.day, starts[w.first], w.periods * facts.lesson]
        there[session] = w.participants & facts.participants.keys()
    return seat(Schedule(facts, there))[0]


def published_plan(problem: Problem, region: Region) -> TermPlan:
    term = Hidden(problem, None, 0, 1.0, None)
    term.planted, term.bounds.prove = region.plan, False
    return term.plan()


def changes(problem: Problem, plan: TermPlan) -> Iterator[tuple[str, str, Problem]]:
    """What happens, to whom, and the tables then."""
    p = problem.participants[0]
    away = Absence(who=p.id, from_date=date(2027, 4, 19), to_date=date(2027, 4, 23))
    yield "a participant is away for a week", p.id, replace(problem, absences=(*problem.absences, away))
    for p in (problem.participants[0], problem.participants[40], problem.participants[80]):
        old = next(c for c in problem.commitments if c.who == p.id and c.valid_from == FROM)
        taught = {s.day for s in plan.weeks[Week.of(FROM)].schedule.of(p.id)}
        free = sorted(set(range(5)) - taught - old.days)
        days = frozenset({*sorted(old.days)[:1], *(free[:1] or [max(taught)])})
        new = replace(old, days=days)
        rows = tuple(new if c is old else c for c in problem.commitments)
        yield "her language class moves to other days", p.id, replace(problem, commitments=rows)
    leaves = replace(problem.participants[20], end=date(2027, 4, 30))
    people = tuple(leaves if p.id == leaves.id else p for p in problem.participants)
    yield "a participant leaves", leaves.id, replace(problem, participants=people)
    like = problem.participants[30]
    people = (*problem.participants, replace(like, id="new", label="Deltager ny", start=FROM))
    school = tuple(replace(c, who="new") for c in problem.commitments if c.who == like.id and c.kind == LANGUAGE_SCHOOL)
    rows = (*problem.commitments, *school)
    yield "a participant joins a team", "new", replace(problem, participants=people, commitments=rows)
    teacher = max(problem.teachers, key=lambda t: sum(x.teacher == t.id for x in problem.teaches)).id
    ill = Absence(who=teacher, from_date=date(2027, 4, 19), to_date=date(2027, 4, 23))
    yield "a shared teacher is away for a week", teacher, replace(problem, absences=(*problem.absences, ill))


def moved_people(old: TermPlan, new: TermPlan) -> Mapping[str, int]:
    """In how many weeks each participant's sessions are others."""
    found: dict[str, int] = {}
    for week, dated in new.weeks.items():
        for p in dated.schedule.facts.participants:
            if week in old.weeks and dated.schedule.of(p) != old.weeks[week].schedule.of(p):
                found[p] = found.get(p, 0) + 1
    return found


def measure(document: Mapping[str, object], name: str, who: str, problem: Problem, effort: float) -> str:
    began = time.monotonic()
    published = read_plan(json.loads(json.dumps(document)), problem)
    was_read, cpu = time.monotonic(), time.process_time()
    with counted() as spent:
        made = replan(problem, published, TODAY, deterministic=effort)
    done, used = time.monotonic(), time.process_time() - cpu
    broken = list(verify_plan(made, TODAY))
    assert not broken, broken[0]
    tiers = {t.name: t for t in made.tiers}
    touched = moved_people(published, made).keys()
    moves = tiers[MOVES]
    said = f"{moves.value}" if moves.proven else f"{moves.value}, at least {moves.bound}"
    return (
        f"| {name} | {said} | {len(touched - {who})} | {len(spent)} | {sum(spent):.2f} | {used:.1f} "
        f"| {done - was_read:.1f} | {was_read - began:.1f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--teams", type=int, default=12)
    parser.add_argument("--effort", type=float, default=2.0, help="the solver's own seconds for each search")
    asked = parser.parse_args()
    region = make_region(asked.teams, 1)
    with tempfile.TemporaryDirectory() as folder:
        region.write(Path(folder))
        problem = read(folder)
    plan = published_plan(problem, region)
    document = plan_document(plan)
    print("| change | moves | others moved | searches | solver's s | processor s | clock s | reading s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, who, changed in changes(problem, plan):
        print(measure(document, name, who, changed, asked.effort))


if __name__ == "__main__":
    main()
