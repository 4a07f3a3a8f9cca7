"""Pair: soft pairs, each session with its price for each whom it is about; a must is not a price."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.pair import Pair
from skemaplan.week import WeekFacts


def week(*pairs: tuple[str, str, str, bool]) -> WeekFacts:
    both = {"mat": demand(45), "talk": demand(0, cap=45, kind="talk")}
    return tiny(
        {MON: f"{P1} {P2}", TUE: P1},
        [
            participant("A", both),
            participant("B", {**both, "eng": demand(0, cap=45)}, away={TUE: "08:00-08:31"}),
            participant("C", {"mat": demand(45)}),
        ],
        [
            teacher("KOORD", "talk", busy={MON: P1, TUE: P1}),
            teacher("U-ENG", "eng", busy={MON: f"{P1} {P2}"}),
            teacher("U-MAT", "mat", busy={MON: P2}),
        ],
        [course("mat"), course("eng"), course("talk", "talk")],
        pairs=pairs,
        prices={("attendance_day", ""): 0, ("alone", ""): 0, ("talk_beside", ""): 0, ("waiting", ""): 0}
        | {("neighbouring_days", ""): 0, ("pair", "B"): 3},
    )


FACTS = week(
    ("A", "B", "together", False),
    ("A", "C", "apart", False),
    ("B", "C", "together", True),
    ("B", "C", "apart", False),
    ("A", "X", "together", False),
)
APART = week(("A", "B", "apart", False), ("A", "C", "together", False), ("B", "C", "apart", True))


def test_posted_and_looked_at_agree() -> None:
    agree(Pair(), week(("A", "B", "together", False), ("A", "C", "apart", False), ("A", "X", "together", False)))


def test_musts_beside_it_are_not_its_own() -> None:
    agree(Pair(), APART)


def test_together_costs_her_who_sits_there_without_the_other() -> None:
    assert looks([Pair()], sitting(FACTS, ("mat", MON, P1, "A B"))) == 0
    assert looks([Pair()], sitting(FACTS, ("mat", MON, P1, "A"))) == 20
    assert looks([Pair()], sitting(FACTS, ("mat", MON, P1, "B"))) == 3
    assert looks([Pair()], sitting(FACTS, ("mat", TUE, P1, "A"))) == 0  # B is away then
    assert looks([Pair()], sitting(FACTS, ("talk", MON, P2, "A"))) == 0


def test_apart_costs_both_who_meet() -> None:
    assert looks([Pair()], sitting(FACTS, ("mat", TUE, P1, "A C"))) == 40
    assert looks([Pair()], sitting(APART, ("mat", MON, P1, "A B C"))) == 20 + 3
