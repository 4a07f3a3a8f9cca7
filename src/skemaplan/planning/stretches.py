"""Which weeks share a base week: stretches of dates with the same standing facts. Pure; nothing is planned here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..dates import Week, turn
from ..week import WeekFacts

SHORTEST = 3  # weeks; a shorter stretch joins the neighbour that it is most like


@dataclass(frozen=True)
class Stretch:
    """Weeks with one base week (one for each week of the cycle). `facts` are those that most of them share."""

    weeks: tuple[Week, ...]
    facts: WeekFacts

    @property
    def name(self) -> str:
        return f"{self.weeks[0]}..{self.weeks[-1]}"


def stretches(standing: Mapping[Week, WeekFacts], cycle: int = 1) -> tuple[Stretch, ...]:
    """The stretches of a term, in order, from each teaching week's standing facts.

    With a `cycle` of 2 or 4 weeks, weeks are told apart by their turn in it first: odd and even weeks.
    """
    found = []
    for phase in range(cycle):
        weeks = [w for w in sorted(standing) if turn(w, cycle) == phase]
        runs = _joined(_runs(weeks, standing), standing)
        found += [Stretch(tuple(run), _facts_of(run, standing)) for run in runs]
    return tuple(sorted(found, key=lambda s: s.weeks))


def _runs(weeks: Sequence[Week], standing: Mapping[Week, WeekFacts]) -> list[list[Week]]:
    """Neighbours with equal facts, together."""
    runs: list[list[Week]] = []
    for week in weeks:
        if runs and standing[runs[-1][-1]] == standing[week]:
            runs[-1].append(week)
        else:
            runs.append([week])
    return runs


def _joined(runs: list[list[Week]], standing: Mapping[Week, WeekFacts]) -> list[list[Week]]:
    """Short runs join a neighbour, the shortest and earliest first."""
    while len(runs) > 1:
        i = min(range(len(runs)), key=lambda i: (len(runs[i]), i))
        if len(runs[i]) >= SHORTEST:
            break
        facts = _facts_of(runs[i], standing)
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(runs)]
        j = max(beside, key=lambda j: (likeness(facts, _facts_of(runs[j], standing)), len(runs[j]) < SHORTEST, j))
        low = min(i, j)
        runs[low : low + 2] = [runs[low] + runs[low + 1]]
    return runs


def _facts_of(run: Sequence[Week], standing: Mapping[Week, WeekFacts]) -> WeekFacts:
    """The facts that most of the weeks share; the later ones if two are as many."""
    return max((standing[w] for w in reversed(run)), key=lambda f: sum(standing[w] == f for w in run))


def likeness(a: WeekFacts, b: WeekFacts) -> int:
    """How many people and courses have the same week in both."""
    pairs = ((a.participants, b.participants), (a.teachers, b.teachers), (a.courses, b.courses))
    return sum(mine.get(key) == row for mine, other in pairs for key, row in other.items())
