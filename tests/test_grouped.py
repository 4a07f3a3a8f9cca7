"""Circles planned together by groups: nobody's must is broken, nothing costs more, and two may change places."""

from __future__ import annotations

import pytest
from tiny import MON, P1, TUE, course, demand, participant, school, sitting, teacher, tiny
from towns import town

from skemaplan.planning.neighbours import Circles
from skemaplan.planning.units import Here
from skemaplan.rules import MUSTS, STANDARD, UNIVERSE
from skemaplan.solving import Effort, solve, verify
from skemaplan.together import one_to_one
from skemaplan.week import WeekFacts


def search(facts: WeekFacts) -> Circles:
    return Circles(facts, STANDARD, {}, Effort(), Here())


def strangers() -> WeekFacts:
    """Teams of one with one teacher, who has an hour on two days. Each comes on one of these anyway."""
    people = [
        participant("A", {"a": demand()}, has={TUE: [school("09:15-10:00")]}),
        participant("B", {"b": demand()}, has={MON: [school("09:15-10:00")]}),
    ]
    return tiny({MON: P1, TUE: P1}, people, [teacher("U", "a", "b")], [course("a"), course("b")], prices={})


def test_two_who_are_in_each_others_way_change_places() -> None:
    """Neither can move while the other stays."""
    facts = strangers()
    those = search(facts)
    those.take_lessons(sitting(facts, ("a", MON, P1, "A"), ("b", TUE, P1, "B")))
    those.group_again(1.0)
    assert those.current == sitting(facts, ("a", TUE, P1, "A"), ("b", MON, P1, "B"))


@pytest.mark.parametrize("seed", range(20))
def test_lessons_by_groups_break_no_must_and_cost_no_more(seed: int) -> None:
    facts = town(seed)
    week = solve(facts, STANDARD).schedule
    assert week is not None
    those = search(facts)
    those.take_lessons(week)
    before = those.worth
    assert not any(s.course in one_to_one(facts) for s in those.current.sessions)
    those.group_again(1.0)
    assert not list(verify(those.current, [*UNIVERSE, *MUSTS]))
    assert those.cost(those.worth) <= those.cost(before)
