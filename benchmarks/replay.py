"""The case replayed: every event of 2020 on the day it became known, each planned again in three ways.

    python -m benchmarks.replay [--effort 2]

*Fewest moves* is `skemaplan plan` on a published term. *Hints alone* is the same search, started from the published
week but with no price on a change: what a warm start gives by itself. *Anew* plans the term from scratch. Each way
starts from what the first way published at the event before, so that the figures of one line are about one and the same
change. A move is a session of a participant that is not where it was.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

from skemaplan import read
from skemaplan.dates import Week
from skemaplan.facts import Absence
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.change import replan
from skemaplan.planning.fewest import Search
from skemaplan.planning.new_tables import moved, placed
from skemaplan.planning.rings import Asked
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS, MOVES, StayNear
from skemaplan.schedule import TermPlan
from skemaplan.solving import Result

from .spent import counted

CASE = Path(__file__).parents[1] / "examples" / "de-internationale"
EFFORT = 2.0  # the solver's own seconds for each week
EXAM = date(2020, 5, 13)  # where the written exam was, before it was moved


@dataclass(frozen=True)
class Event:
    """What became known on a day, and the rows it brings."""

    known: date
    name: str
    rows: Callable[[Problem], Problem]


@dataclass(frozen=True)
class Outcome:
    """One way of planning again: how much it moved, how short it is, whether that is proven, and how long it took.

    `spent` is CP-SAT's own time in all searches, `seconds` the clock's.
    """

    moved: int
    short: int
    proven: bool
    spent: float
    seconds: float


def at_the_start(case: Problem) -> Problem:
    """The tables as they were before anything was known: no dated rows, and nothing that ends for a later one."""
    return replace(
        case,
        absences=(),
        modes=(),
        commitments=tuple(replace(c, valid_to=None) for c in case.commitments if c.valid_from is None),
        availability=tuple(a for a in case.availability if a.valid_from is None),
        teaches=tuple(t for t in case.teaches if t.valid_from is None),
        participants=tuple(replace(p, end=None) for p in case.participants),
    )


def events(case: Problem) -> tuple[Event, ...]:
    """The eleven events after the start, in the order in which they became known."""
    written = tuple(a for a in case.absences if a.title == "PD2 skriftlig")
    early = tuple(replace(a, from_date=EXAM, to_date=EXAM) for a in written)

    def absences(keep: Callable[[Absence], bool]) -> Callable[[Problem], Problem]:
        return lambda p: replace(p, absences=(*p.absences, *filter(keep, case.absences)))

    def classes(who: str) -> Callable[[Problem], Problem]:
        new = tuple(c for c in case.commitments if c.valid_from is not None and c.who in who)
        return lambda p: replace(p, commitments=(*p.commitments, *new))

    def moved_exam(p: Problem) -> Problem:
        return replace(p, absences=(*(a for a in p.absences if a not in early), *written))

    return (
        Event(date(2020, 3, 2), "mathematics teacher sick, 2-13 March", absences(lambda a: a.who == "U-MAT")),
        Event(date(2020, 3, 2), "A and C sit an exam on 13 May", lambda p: replace(p, absences=(*p.absences, *early))),
        Event(date(2020, 3, 12), "online from 16 March", lambda p: replace(p, modes=case.modes)),
        Event(date(2020, 4, 7), "their exam moves to 17 June", moved_exam),
        Event(date(2020, 4, 7), "their oral exam, some time in weeks 26-27", absences(lambda a: a.kind == "reserved")),
        Event(date(2020, 4, 8), "E's language class moves, from 14 April", classes("E")),
        Event(date(2020, 4, 29), "B's and D's move, from 4 May", classes("BD")),
        Event(
            date(2020, 5, 11),
            "room 2 is others' on Tuesday mornings, from 8 June",
            lambda p: replace(p, availability=case.availability),
        ),
        Event(date(2020, 5, 25), "admission test on 16 June", absences(lambda a: a.who == "holdet")),
        Event(
            date(2020, 6, 2),
            "mathematics down to 3 lessons a week, from 8 June",
            lambda p: replace(p, teaches=case.teaches),
        ),
        Event(date(2020, 6, 26), "D leaves on 30 June", lambda p: replace(p, participants=case.participants)),
    )


def only_hint(asked: Asked, search: Search) -> Result:
    """The same search from the same start, without a price on a move."""
    rules = [rule for rule in asked.rules if not isinstance(rule, StayNear)]
    return search(asked.was.facts, [*rules, *asked.also], asked.was)


def compare(published: TermPlan, today: date, effort: float) -> tuple[TermPlan, dict[str, Outcome]]:
    """The same change planned in three ways; the first way's plan, which is the one that is published."""
    found: dict[str, Outcome] = {}

    def measured(name: str, work: Callable[[], TermPlan]) -> TermPlan:
        began = time.monotonic()
        with counted() as spent:
            made = work()
        found[name] = outcome(published, made, today, sum(spent), time.monotonic() - began)
        return made

    problem = published.problem
    best = measured("fewest", lambda: replan(problem, published, today, deterministic=effort))
    broken = list(verify_plan(best, today))
    assert not broken, broken[0]
    with patch("skemaplan.planning.ordinary_again.fewest_moves", only_hint):
        measured("hints", lambda: replan(problem, published, today, deterministic=effort))
    measured("anew", lambda: plan(problem, deterministic=effort))
    return best, found


def outcome(published: TermPlan, made: TermPlan, today: date, spent: float, seconds: float) -> Outcome:
    """What of the weeks from today on is another; and whether every tier but comfort is proven."""
    changed = sum(
        moved(placed(published.weeks[w].schedule, dated.schedule.facts), dated.schedule)
        for w, dated in made.weeks.items()
        if w in published.weeks and w >= Week.of(today)
    )
    tiers = {t.name: t for t in made.tiers}
    short = sum(t.value for w, d in made.weeks.items() if w >= Week.of(today) for t in d.tiers if t.name == DEMANDS)
    proven = all(tiers[name].proven for name in (DEMANDS, MOVES) if name in tiers)
    return Outcome(changed, short, proven, spent, seconds)


def replay(effort: float, report: Callable[[str], None]) -> None:
    """Every event, one after another, each line a row of a table."""
    case = read(CASE)
    problem = at_the_start(case)
    published = plan(problem, deterministic=effort)
    report("| known | event | fewest moves | proven | solver's s | s | hints alone | s | anew | s |")
    report("|---|---|---|---|---|---|---|---|---|---|")
    total = {"fewest": 0, "hints": 0, "anew": 0}
    for event in events(case):
        problem = event.rows(problem)
        published = read_plan(plan_document(published), problem)
        published, found = compare(published, event.known, effort)
        a, b, c = found["fewest"], found["hints"], found["anew"]
        total = {name: total[name] + found[name].moved for name in total}
        said = "yes" if a.proven else "no"
        report(
            f"| {event.known} | {event.name} | **{a.moved}** | {said} | {a.spent:.2f} | {a.seconds:.1f} "
            f"| {told(b, a)} | {b.seconds:.1f} | {told(c, a)} | {c.seconds:.1f} |"
        )
    report(f"| | all | **{total['fewest']}** | | | | {total['hints']} | | {total['anew']} | |")


def told(other: Outcome, best: Outcome) -> str:
    """How much it moved, and how many more minutes it is short than the first way, weighed."""
    more = other.short - best.short
    return f"{other.moved}" + (f" ({more:+} min)" if more else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--effort", type=float, default=EFFORT, help="the solver's own seconds for each week")
    asked = parser.parse_args()
    replay(asked.effort, lambda line: print(line, flush=True))


if __name__ == "__main__":
    main()
