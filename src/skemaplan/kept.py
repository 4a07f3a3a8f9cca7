"""What a dated week keeps of its ordinary week, in the words and literals of the ordinary week's model.

So a rule prices the dated week as it prices any week, while the search still decides about the ordinary one only. Days
in which nothing is lost and nothing else is fixed are the ordinary week's own paths; the others have a second path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ortools.sat.python.cp_model import IntVar

from .model import Forbids, Model
from .schedule import Session
from .week import WeekFacts

Holds = Callable[[WeekFacts, Session, str], bool]


class Kept(Model):
    """The sessions of an `ordinary` week that a dated week `holds` for whom it holds them; nothing else is there.

    (It knows nothing of groups that become too small, nor of rooms that are closed: see `planning/keep.py`.)
    """

    def __init__(self, ordinary: Model, facts: WeekFacts, holds: Holds) -> None:
        self._ordinary, self._holds = ordinary, holds
        super().__init__(facts)

    def _may_be_held(self, forbids: Sequence[Forbids]) -> None:
        self.cp = self._ordinary.cp
        for s in self._ordinary.sessions:
            usually = [p for p in self._ordinary.who(s) if self._holds(self._ordinary.facts, s, p)]
            who = [p for p in usually if self._holds(self.facts, s, p)]
            if who:
                self._keep(s, who, everybody=who == usually)
        self.sessions = tuple(sorted(self._held))

    def _keep(self, s: Session, who: list[str], *, everybody: bool) -> None:
        self._who[s] = who
        self._of[s.teacher].append(s)
        for p in who:
            self._attends[p, s] = self._ordinary.literal(p, s)
            self._of[p].append(s)
        self._held[s] = self._ordinary.held(s) if everybody else self._held_for(s, who)

    def _held_for(self, s: Session, who: list[str]) -> IntVar:
        """Whether any of those for whom a session can be held is in it."""
        held = self.new_bool(f"kept: {s}")
        literals = [self._attends[p, s] for p in who]
        for literal in literals:
            self.cp.add_implication(literal, held)
        self.cp.add_bool_or([*literals, held.negated()])
        return held

    def _live_their_days(self) -> None:
        """Participants live them again where they are not as usual; teachers give no more than in the ordinary week."""
        for p in self.facts.participants:
            for d in range(7):
                if self._is_as_usual(p, d):
                    self._days[p, d] = self._ordinary._days[p, d]
                else:
                    self.waiting(p, d)

    def _is_as_usual(self, p: str, d: int) -> bool:
        """Whether a day is the ordinary week's: of one length of ways and breaks, with the same in it."""
        usual, facts = self._ordinary.facts, self.facts
        if (p, d) not in self._ordinary._days or (usual.periods, usual.travel) != (facts.periods, facts.travel):
            return False
        mine = self.sessions_of(p, day=d)
        theirs = [s for s in self._ordinary.sessions_of(p, day=d) if self._holds(usual, s, p)]
        there = all(self.place_for(p, s) == self._ordinary.place_for(p, s) for s in mine)
        return mine == theirs and there and facts.person(p).fixed[d] == usual.person(p).fixed[d]
