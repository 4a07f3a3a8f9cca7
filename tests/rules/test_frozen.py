"""Frozen: on frozen days everyone has what was published, and nothing else."""

from dataclasses import replace

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.frozen import EVERY_DAY, Frozen

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(0, cap=90, sessions=2)}), participant("B", {"mat": demand(0, cap=45)})],
    [teacher("U-MAT", "mat")],
    [course("mat")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Frozen(sitting(FACTS, ("mat", MON, P1, "A"), ("mat", TUE, P1, "B")), frozenset({MON})), FACTS)


def test_what_is_free_may_move_on_frozen_days_too() -> None:
    published = sitting(FACTS, ("mat", MON, P1, "A"), ("mat", MON, P2, "B"))
    agree(Frozen(published, EVERY_DAY, {"A": frozenset({"mat"})}), FACTS)
    rule = Frozen(published, EVERY_DAY, {"A": frozenset({"eng"})})
    assert [b.about for b in rule.breaches(replace(published, attendance={}))] == ["A", "B"]
