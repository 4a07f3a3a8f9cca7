"""A person's day as a network: which ways there are through it, and what waiting on each of them costs. No solver here.

Nodes are clock times at places; arcs are: begin the day, attend (or give) a session, sit in something fixed, wait,
travel, go home. Whoever comes at all takes one way from the first node to the last, past all that is fixed. What lies
on no such way is left out, so that no variable is made for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from .dates import minutes_in
from .schedule import Session
from .week import Fixed, WeekFacts

Node = tuple[str, int, bool]  # a place, a time, and whether something just ended there: only then one travels
BEGIN: Node = ("", -1, True)
END: Node = ("", 1_000_000, False)


@dataclass(frozen=True, slots=True, eq=False)
class Arc:
    """A part of a day: in a `session` or in something `fixed`, else between two such things, for a `price` in minutes.

    `late`: from one fixed thing to the next, which is not ours, even if the tables leave no time for it.
    """

    start: Node
    end: Node
    price: int = 0
    session: Session | None = None
    fixed: bool = False
    late: bool = False


class Network:
    """All ways through a day past what is `fixed` in it and through `sessions`, each with the place where it is.

    `out` and `into` are the arcs by the node at which they start and end; `sessions`, those that anybody comes to.
    """

    def __init__(self, facts: WeekFacts, day: int, fixed: Sequence[Fixed], sessions: Mapping[Session, str]) -> None:
        self.facts, self.day, self.fixed = facts, day, fixed
        self.things = [
            *(Arc(before(place, s.start), after(place, s.end), session=s) for s, place in sessions.items()),
            *(Arc(before(f.place, f.start), after(f.place, f.end), fixed=True) for f in self.fixed),
        ]
        self.starts, self.ends = _times(a.start for a in self.things), _times(a.end for a in self.things)
        arcs = [a for a in (*self.things, *self._waits(), *self._ways(), *self._edges()) if self._passes(a)]
        self.arcs = _used(_begun_late(_used([*arcs, *self._between_fixed()])))
        self.out, self.into = _starting(self.arcs), _ending(self.arcs)
        self.sessions = frozenset(a.session for a in self.arcs if a.session)

    def _waits(self) -> Iterable[Arc]:
        """Waiting at one place, from each time something starts there to the next."""
        for place, starts in self.starts.items():
            for t, u in pairwise(starts):
                yield Arc(before(place, t), before(place, u), self.facts.waiting(self.day, t, u))

    def _ways(self) -> Iterable[Arc]:
        """From each end to the starts, there or elsewhere, that can be reached, up to the first that means waiting.

        (A start reached within the bell table's breaks costs nothing, and the way there is not paid for in breaks: it
        has an arc of its own, so that a gap's price is `WeekFacts.waiting` of it, wherever in it the travel lies. And
        where one comes to, one does something: nobody walks to another place and back to wait less.)
        """
        facts, breaks = self.facts, self.facts.breaks[self.day]
        for a, b in product(self.ends, self.starts):
            way = facts.way(a, b)
            for end in self.ends[a]:
                for start in (s for s in self.starts[b] if s >= end + way):
                    resting = minutes_in(breaks, end, start)
                    yield Arc(after(a, end), before(b, start), max(0, start - end - way - resting))
                    if start - end - way >= resting:
                        break

    def _edges(self) -> Iterable[Arc]:
        """One may begin with anything, and go home after anything."""
        yield from (Arc(BEGIN, before(place, t)) for place, times in sorted(self.starts.items()) for t in times)
        yield from (Arc(after(place, t), END) for place, times in sorted(self.ends.items()) for t in times)

    def _between_fixed(self) -> Iterable[Arc]:
        """From one fixed thing to the next is not ours: no price, and late if the tables say so."""
        for f, g in pairwise(self.fixed):
            yield Arc(after(f.place, f.end), before(g.place, g.start), late=True)

    def _passes(self, arc: Arc) -> bool:
        """Whether it leaves out nothing fixed."""
        return arc.fixed or all(f.end <= arc.start[1] or arc.end[1] <= f.start for f in self.fixed)


def before(place: str, time: int) -> Node:
    """Where something may start."""
    return place, time, False


def after(place: str, time: int) -> Node:
    """Where something has just ended."""
    return place, time, True


def _times(nodes: Iterable[Node]) -> Mapping[str, Sequence[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for place, time, _ in nodes:
        found[place].add(time)
    return {place: sorted(times) for place, times in found.items()}


def _ending(arcs: Iterable[Arc]) -> Mapping[Node, list[Arc]]:
    """The arcs by the node at which they end."""
    found: dict[Node, list[Arc]] = defaultdict(list)
    for arc in arcs:
        found[arc.end].append(arc)
    return found


def _starting(arcs: Iterable[Arc]) -> Mapping[Node, list[Arc]]:
    """The arcs by the node at which they start."""
    found: dict[Node, list[Arc]] = defaultdict(list)
    for arc in arcs:
        found[arc.start].append(arc)
    return found


def _used(arcs: Sequence[Arc]) -> list[Arc]:
    """The arcs that lie on a way from the first node to the last."""
    out, into = _starting(arcs), _ending(arcs)
    reached, leaving = {BEGIN}, {END}
    for found, arcs_of, far in ((reached, out, True), (leaving, into, False)):
        todo = list(found)
        while todo:
            for arc in arcs_of.get(todo.pop(), ()):
                node = arc.end if far else arc.start
                if node not in found:
                    found.add(node)
                    todo.append(node)
    return [a for a in arcs if a.start in reached and a.end in leaving]


def _begun_late(arcs: Sequence[Arc]) -> list[Arc]:
    """Nobody begins her day with waiting, where she can begin it after that."""
    into, first = _ending(arcs), {a.end for a in arcs if a.start == BEGIN}
    for arc in sorted((a for a in arcs if not a.start[2] and not a.end[2] and a.session is None), key=_when):
        if arc.end in first and all(a.start == BEGIN for a in into[arc.start]):
            into[arc.end].remove(arc)
    return [arc for mine in into.values() for arc in mine]


def _when(arc: Arc) -> int:
    return arc.start[1]
