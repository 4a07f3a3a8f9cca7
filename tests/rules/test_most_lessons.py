"""MostLessons: never more than the week's cap, and nothing of a course that she doesn't take."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.most_lessons import MostLessons

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45)}),
        participant("B", {"mat": demand(45, cap=90), "eng": demand(45)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1}), teacher("U-MAT", "mat")],
    [course("mat", longest=90), course("eng", largest=1)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(MostLessons(), FACTS)


def test_the_cap_is_of_the_week_and_of_each_course() -> None:
    long = f"{P1[:5]}-{P2[-5:]}"
    assert looks([MostLessons()], sitting(FACTS, ("mat", MON, long, "B"), ("eng", TUE, P1, "B"))) == 0
    assert looks([MostLessons()], sitting(FACTS, ("mat", MON, long, "A"))) is None
    assert looks([MostLessons()], sitting(FACTS, ("eng", TUE, P1, "A"))) is None  # she doesn't take it
