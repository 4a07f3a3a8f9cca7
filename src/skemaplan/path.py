"""A person's day in CP-SAT: one unit that flows through the day's `Network`, or stays at home.

So nobody clashes, skips a commitment or travels in no time, and waiting is an arc with a price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr

from .network import BEGIN, END, Arc, Network, Node
from .schedule import Session


class Path:
    """The variables of a day, of which `sessions` are somebody's literals. `home`: she has no session (None: she must).

    An arc that is taken whenever another is has the same literal; what is fixed is taken by whoever must come.
    """

    def __init__(
        self, cp: cp_model.CpModel, name: str, network: Network, sessions: Mapping[Session, IntVar], home: IntVar | None
    ) -> None:
        self.cp, self.name, self.network, self.sessions, self.home = cp, name, network, sessions, home
        self.out, self.into = network.out, network.into
        self.literals = self._literals()
        for s, literal in sessions.items():
            if s not in network.sessions:
                cp.add(literal == 0)
        self._flow()
        if not network.fixed and network.sessions:
            self._one_thing_at_a_time()

    @property
    def waiting(self) -> LinearExpr:
        """Minutes of waiting."""
        priced = [a for a in self.network.arcs if a.price]
        return LinearExpr.weighted_sum([self.literals[a] for a in priced], [a.price for a in priced])

    def _literals(self) -> dict[Arc, IntVar | int]:
        found: dict[Arc, IntVar | int] = {}
        for chain in self._chains():
            given = [self.sessions[a.session] for a in chain if a.session]
            literal: IntVar | int
            if any(a.fixed for a in chain):
                literal = 1
            elif given:
                literal = given[0]
            else:
                literal = self.cp.new_bool_var(f"{self.name}: {chain[0].start} -> {chain[-1].end}")
            for other in given:
                if other is not literal:
                    self.cp.add(other == literal)
            found |= dict.fromkeys(chain, literal)
        return found

    def _chains(self) -> Iterator[list[Arc]]:
        """The arcs, those together that are taken together: where one way ends and one begins, both are."""
        for arc in self.network.arcs:
            if not self._goes_on(arc.start):
                chain = [arc]
                while self._goes_on(chain[-1].end):
                    chain += self.out[chain[-1].end]
                yield chain

    def _goes_on(self, node: Node) -> bool:
        return node not in (BEGIN, END) and len(self.into[node]) == len(self.out[node]) == 1

    def _flow(self) -> None:
        """One unit from the day's beginning to its end."""
        stay = [] if self.home is None else [self.home]
        self.cp.add_exactly_one([*self._at(self.out.get(BEGIN, ())), *stay])
        self.cp.add_exactly_one([*self._at(self.into.get(END, ())), *stay])
        for node in self.out:
            if node != BEGIN and not self._goes_on(node):
                self._balance(self._at(self.into[node]), self._at(self.out[node]))

    def _balance(self, into: list[IntVar | int], out: list[IntVar | int]) -> None:
        """As many go out of a node as come to it: one or none."""
        few, many = sorted((into, out), key=len)
        if len(few) > 1:
            self.cp.add(LinearExpr.sum(into) == LinearExpr.sum(out))
        else:
            self.cp.add_exactly_one([*many, *(one.negated() for one in few if not isinstance(one, int))])

    def _at(self, arcs: Iterable[Arc]) -> list[IntVar | int]:
        return [self.literals[a] for a in arcs]

    def _one_thing_at_a_time(self) -> None:
        """At each time she has not begun, is on one arc, or is done; or she is at home.

        The flow says so too, but sums of arcs teach a search without the linear relaxation little: with this it needs a
        third to a tenth of the time to a proof, and much the same however the variables are ordered.
        """
        arcs = self.network.arcs
        first, last = min(a.start[1] for a in arcs if a.session), max(a.end[1] for a in arcs if a.session)
        spans = [(max(first, a.start[1]), min(last, a.end[1]), self.literals[a]) for a in arcs]
        stay = [] if self.home is None else [self.home]
        for t, u in pairwise(sorted({time for a, b, _ in spans for time in (a, b)})):
            self.cp.add_exactly_one([*(literal for a, b, literal in spans if a <= t and u <= b), *stay])
