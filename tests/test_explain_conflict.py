"""Conflicts: a set of named facts that can't hold together, and without any one of them can."""

from __future__ import annotations

import pytest
from agreement import universe
from test_explain_repairs import WEEKS
from tiny import FRI, MON, P1, P2, P3, P4, THU, TUE, WED, course, demand, participant, teacher, tiny

from skemaplan.explain import conflict, tell_conflict
from skemaplan.explain.conflicts import facts_of, fewest
from skemaplan.explain.fitting import Fitting
from skemaplan.rules import MUSTS, STANDARD, InFull
from skemaplan.solving import verify
from skemaplan.week import WeekFacts

SMALL = {name: facts for name, facts in WEEKS.items() if len(facts.courses) == 1 and not facts.travel}


@pytest.mark.parametrize("facts", SMALL.values(), ids=list(SMALL))
def test_every_fact_of_a_conflict_is_needed(facts: WeekFacts) -> None:
    """By looking at every schedule: the set leaves none, and without any one of its facts there is one."""
    premises = [x for rule in STANDARD for x in rule.premises(facts)]
    kept, minimal = fewest(facts, premises, Fitting())

    def works_out(facts: WeekFacts, but: frozenset[tuple[str, str]]) -> bool:
        return any(not any(verify(week, (*MUSTS, InFull(but)))) for week in universe(facts))

    assert minimal
    assert not works_out(*facts_of(facts, premises, kept))
    for x in kept:
        assert works_out(*facts_of(facts, premises, [y for y in kept if y != x])), x.text


HIDDEN = tiny(
    dict.fromkeys((MON, TUE, WED, THU, FRI), f"{P1} {P2} {P3} {P4}"),
    [
        participant("A", {"mat": demand(135, sessions=3), "talk": demand(45, kind="talk")}, free={WED: ""}),
        participant("B", {"mat": demand(135, sessions=3), "eng": demand(90, sessions=2)}),
        participant("C", {"mat": demand(90, sessions=2), "talk": demand(45, kind="talk")}),
        participant("D", {"eng": demand(90, sessions=2), "talk": demand(45, kind="talk")}, free={WED: ""}),
    ],
    [
        teacher("U-MAT", "mat", most=225, free={TUE: ""}),
        teacher("U-ENG", "eng", most=180),
        teacher("KOORD", "talk", free={MON: "", TUE: "09:15-10:00", WED: "08:30-10:00", THU: "", FRI: ""}),
    ],
    [course("mat"), course("eng"), course("talk", kind="talk")],
)


def test_two_who_need_the_same_slot_are_named() -> None:
    """Fifteen lessons; A and D can both have their talk at one time only, the same."""
    assert sum(d.wanted for p in HIDDEN.participants.values() for d in p.demands.values()) == 15 * 45
    (found,) = conflict(HIDDEN)
    assert found.minimal
    assert len(list(tell_conflict([found]))) == len(found.facts) + 2
    assert {(x.code, x.who) for x in found.facts} == {
        ("availability", "A"),
        ("availability", "D"),
        ("availability", "KOORD"),
        ("group_size", "talk"),
        ("lessons", "A"),
        ("lessons", "D"),
    }


def test_a_week_that_fits_has_no_conflict() -> None:
    assert conflict(tiny({MON: P1}, [participant("A", {})], [teacher("U", "mat")], [course("mat")])) == ()
