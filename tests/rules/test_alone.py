"""Alone: a group of one in a session meant for more; talks and one-to-one sessions don't count."""

from dataclasses import replace

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.alone import Alone
from skemaplan.week import CourseDay

TAKES = {"mat": demand(45)}
FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", TAKES), participant("B", {**TAKES, "talk": demand(45, kind="talk")})],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk")],
    [course("mat", online=[TUE]), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("alone", "B"): 7},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Alone(), FACTS)


def test_who_has_it_by_herself_is_not_alone() -> None:
    a = replace(FACTS.participants["A"], own={("mat", MON): CourseDay("", 45, 45, 1, 1)})
    facts = replace(FACTS, participants={**FACTS.participants, "A": a})
    agree(Alone(), facts)
    assert looks([Alone()], sitting(facts, ("mat", MON, P1, "A"))) == 0


def test_only_a_session_meant_for_a_group_counts() -> None:
    assert looks([Alone()], sitting(FACTS, ("mat", MON, P1, "A"))) == 20
    assert looks([Alone()], sitting(FACTS, ("mat", MON, P1, "B"))) == 7
    assert looks([Alone()], sitting(FACTS, ("mat", MON, P1, "A B"), ("talk", MON, P2, "B"), ("mat", TUE, P1, "A"))) == 0
