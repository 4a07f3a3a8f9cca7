"""Lessons: minutes short of wanted, those short of `fewest` ten times; more than wanted mends nothing."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.lessons import Lessons

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(135, fewest=90, sessions=2)}),
        participant("B", {"mat": demand(45, cap=90), "eng": demand(45, fewest=45)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1}), teacher("U-MAT", "mat")],
    [course("mat", longest=90), course("eng", largest=1)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(Lessons(), FACTS)


def test_a_lesson_short_of_fewest_counts_ten_times() -> None:
    short = sitting(FACTS, ("mat", MON, P1, "A B"), ("eng", TUE, P1, "B"))
    assert looks([Lessons()], short) == 10 * 45 + 45
