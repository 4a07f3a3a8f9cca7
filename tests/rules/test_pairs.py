"""Together and Apart: hard pairs in group sessions; soft ones and pairs with someone who isn't here say nothing."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.pairs import Apart, Together
from skemaplan.week import WeekFacts


def week(*pairs: tuple[str, str, str, bool], away: dict[int, str] | None = None) -> WeekFacts:
    both = {"mat": demand(45), "talk": demand(0, cap=45, kind="talk")}
    return tiny(
        {MON: f"{P1} {P2}", TUE: P1},
        [
            participant("A", both),
            participant("B", {**both, "eng": demand(0, cap=45)}, away=away),
            participant("C", {"mat": demand(0, cap=45)}),
        ],
        [
            teacher("KOORD", "talk", busy={MON: P1, TUE: P1}),
            teacher("U-ENG", "eng", busy={MON: f"{P1} {P2}"}),
            teacher("U-MAT", "mat", busy={MON: P2}),
        ],
        [course("mat"), course("eng"), course("talk", "talk")],
        pairs=pairs,
        prices={("attendance_day", ""): 0, ("alone", ""): 0},
    )


def test_together_posted_and_looked_at_agree() -> None:
    agree(Together(), week(("A", "B", "together", True), ("A", "C", "together", False), ("A", "X", "together", True)))


def test_apart_posted_and_looked_at_agree() -> None:
    agree(
        Apart(),
        week(
            ("A", "C", "apart", True), ("A", "B", "apart", True), ("B", "C", "apart", False), ("B", "X", "apart", True)
        ),
    )


def test_together_is_about_groups_in_courses_that_both_take() -> None:
    facts = week(("A", "B", "together", True))
    assert looks([Together()], sitting(facts, ("mat", MON, P1, "A B C"))) == 0
    assert looks([Together()], sitting(facts, ("mat", MON, P1, "A C"))) is None
    assert looks([Together()], sitting(facts, ("talk", MON, P2, "A"), ("eng", TUE, P1, "B"))) == 0


def test_an_absent_partner_costs_nobody_a_lesson() -> None:
    pair = ("A", "B", "together", True)
    facts = week(pair, away={TUE: "09:00-12:00"})
    agree(Together(), facts)
    assert looks([Together()], sitting(facts, ("mat", TUE, P1, "A"))) == 0
    assert looks([Together()], sitting(facts, ("mat", MON, P1, "A"))) is None
    assert looks([Together()], sitting(week(pair), ("mat", TUE, P1, "A"))) is None
