"""What is made up: lessons that one week lost and a later one gives. Pure; read off the weeks of a plan.

A lesson lost is a debt until it is given; what is given pays the oldest debt first. So every minute that is made up has
the week and the reason of the loss it makes up for, and `lost` is what is left of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .dates import Week
from .problem import Problem
from .schedule import Missing, TermPlan, WeekPlan
from .words import Text

LOST = "lost"
MADE_UP = "made_up"  # the tier of a week: what it leaves owed, weighed (`rules/owed.py`)
STUDY = "study"  # is her own time: there is nothing to give her again


@dataclass(frozen=True, slots=True)
class WonBack:
    """So many `minutes` of what a participant missed in the week `lost` are given to her in the week `held`."""

    of: Missing
    minutes: int
    lost: Week
    held: Week

    @property
    def participant(self) -> str:
        return self.of.participant

    @property
    def course(self) -> str:
        return self.of.course

    @property
    def reason(self) -> Text:
        return self.of.reason


class Debts:
    """What participants are owed, while one goes through the weeks of a term in order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.of: dict[tuple[str, str], list[tuple[Week, int, Missing]]] = {}

    @property
    def owed(self) -> dict[tuple[str, str], int]:
        """Minutes, by participant and course."""
        sums = {key: sum(minutes for _, minutes, _ in debts) for key, debts in sorted(self.of.items())}
        return {key: minutes for key, minutes in sums.items() if minutes}

    def after(self, dated: WeekPlan) -> list[WonBack]:
        """Go on to the week after this one. Returns what this one paid."""
        paid = [x for key, minutes in sorted(given(dated).items()) for x in self._pay(key, minutes, dated.week)]
        for m in dated.missing:
            if m.kind == LOST and self.problem.course[m.course].kind != STUDY:
                self.of.setdefault((m.participant, m.course), []).append((dated.week, m.minutes, m))
        return paid

    def _pay(self, key: tuple[str, str], minutes: int, held: Week) -> Iterator[WonBack]:
        left = []
        for week, owed, missing in self.of.get(key, ()):
            part = min(owed, minutes)
            minutes -= part
            if part:
                yield WonBack(missing, part, week, held)
            if owed > part:
                left.append((week, owed - part, missing))
        self.of[key] = left


def given(dated: WeekPlan) -> dict[tuple[str, str], int]:
    """Minutes that a week gives to make up for earlier ones, by participant and course."""
    sums: dict[tuple[str, str], int] = {}
    for s, who in dated.made_up.items():
        for p in who:
            sums[p, s.course] = sums.get((p, s.course), 0) + s.minutes
    return sums


def owed_before(problem: Problem, weeks: Mapping[Week, WeekPlan]) -> dict[Week, dict[tuple[str, str], int]]:
    """What is owed when each week begins: minutes, by participant and course."""
    debts, found = Debts(problem), {}
    for week, dated in sorted(weeks.items()):
        found[week] = debts.owed
        debts.after(dated)
    return found


def won_back(plan: TermPlan) -> tuple[WonBack, ...]:
    """Everything that is made up in a term, in the order of the weeks in which it is given."""
    debts = Debts(plan.problem)
    return tuple(x for _, dated in sorted(plan.weeks.items()) for x in debts.after(dated))


def still_missing(plan: TermPlan) -> dict[Week, list[tuple[Missing, list[WonBack]]]]:
    """What each week misses, less what later weeks give of it, and what those give; all of it, in the plan's order."""
    paid: dict[tuple[Week, int], list[WonBack]] = {}
    for x in won_back(plan):
        paid.setdefault((x.lost, id(x.of)), []).append(x)
    found: dict[Week, list[tuple[Missing, list[WonBack]]]] = {}
    for week, dated in sorted(plan.weeks.items()):
        found[week] = []
        for m in dated.missing:
            back = paid.get((week, id(m)), [])
            found[week].append((replace(m, minutes=m.minutes - sum(x.minutes for x in back)), back))
    return found
