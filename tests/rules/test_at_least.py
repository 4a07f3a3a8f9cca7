"""AtLeast: what the plan gives of each course, anywhere else in the week too."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.at_least import AtLeast

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(0, cap=90)}),
        participant("B", {"mat": demand(0, cap=90), "eng": demand(0, cap=45)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1}), teacher("U-MAT", "mat")],
    [course("mat", longest=90), course("eng", largest=1)],
)
PLAN = sitting(FACTS, ("mat", MON, f"{P1[:5]}-{P2[-5:]}", "A B"), ("eng", TUE, P1, "B"))


def test_posted_and_looked_at_agree() -> None:
    agree(AtLeast(PLAN), FACTS)


def test_who_is_not_here_any_more_has_nothing_to_get() -> None:
    plan = sitting(FACTS, ("mat", MON, P1, "A X"))
    assert not list(AtLeast(plan).breaches(sitting(FACTS, ("mat", TUE, P1, "A"))))
