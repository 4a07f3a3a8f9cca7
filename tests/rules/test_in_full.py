"""InFull: what is wanted and a teacher's least, no minute short; a course that nobody gives can't be had."""

import pytest
from agreement import differences, universe
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules import WISHES, InFull
from skemaplan.solving import solve

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(90, cap=135, sessions=3)}), participant("B", {"mat": demand(45, cap=90)})],
    [teacher("U-MAT", "mat", least=90)],
    [course("mat")],
)


def test_posted_and_looked_at_agree() -> None:
    weeks = list(universe(FACTS))
    assert any(not list(InFull().breaches(week)) for week in weeks)
    assert next(differences(InFull(), FACTS, weeks), None) is None


@pytest.mark.parametrize("name", ["mat", "eng"])
def test_a_course_without_a_teacher_is_short(name: str) -> None:
    facts = tiny(
        {MON: P1}, [participant("A", {name: demand(45)})], [teacher("U-MAT", "mat")], [course("mat"), course("eng")]
    )
    result = solve(facts, (*WISHES, InFull()))
    nothing_works = all(any(InFull().breaches(week)) for week in universe(facts))
    assert result.impossible == nothing_works == (name == "eng")
