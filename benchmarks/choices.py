"""What a week leaves to choose, without a solver: for peers that are told of a week by themselves.

They are told of all that a week of one team in our specs has. `unsaid` names what else a week may have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skemaplan.candidates import candidates
from skemaplan.free import is_in_the_way
from skemaplan.rules import STANDARD, forbidding
from skemaplan.schedule import Session
from skemaplan.week import WeekFacts


def choices(facts: WeekFacts) -> Mapping[Session, Sequence[str]]:
    """The sessions that may be held, each with those who may attend it, whatever else they do."""
    forbids = forbidding(STANDARD)
    found: dict[Session, list[str]] = {}
    for s in candidates(facts):
        if any(f(facts, s, who) for f in forbids for who in (s.teacher, s.place)) or not fits(facts, s, s.teacher):
            continue
        takers = [p.id for p in facts.participants.values() if s.course in p.demands and fits(facts, s, p.id)]
        who = [p for p in takers if not any(f(facts, s, p) for f in forbids)]
        if who:
            found[s] = who
    return found


def fits(facts: WeekFacts, s: Session, person: str) -> bool:
    """Whether what is fixed in somebody's day, and the way there and back, leaves time for a session."""
    return not any(is_in_the_way(facts, s, person, f) for f in facts.person(person).fixed[s.day])


def unsaid(facts: WeekFacts) -> str:
    """What these peers are not told of, if a week has it (empty: they are told all)."""
    people = facts.participants.values()
    found = {
        "locks": bool(facts.locks),
        "pairs": bool(facts.pairs),
        "modes of one's own": bool(facts.own_ways),
        "most days": any(p.most_days is not None for p in people),
        "a shortest break": any(p.shortest_break for p in people),
        "prices of teachers' days": any(
            facts.prices.get((name, who)) for name, who in facts.prices if name in ("teacher_day", "teacher_hole")
        ),
    }
    return ", ".join(name for name, there in found.items() if there)
