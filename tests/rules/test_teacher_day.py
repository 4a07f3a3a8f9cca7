"""TeacherDay: each teaching day of a teacher beyond the first, whatever she teaches."""

from dataclasses import replace

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, WED, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules import STANDARD
from skemaplan.rules.teacher_day import TeacherDay
from skemaplan.solving import price_of, solve

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1, WED: P1},
    [
        participant("A", {"mat": demand(90, sessions=2), "eng": demand(45)}),
        participant("B", {"mat": demand(90, sessions=2)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1, WED: P1}), teacher("U-MAT", "mat")],
    [course("mat", different_days=False), course("eng")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0, ("teacher_day", "U-ENG"): 6}
    | {("teacher_day", ""): 30},
)


def test_posted_and_looked_at_agree() -> None:
    agree(TeacherDay(), FACTS)


def test_each_day_beyond_the_first_counts() -> None:
    one = ("mat", MON, P1, "A")
    assert looks([TeacherDay()], sitting(FACTS, one, ("mat", MON, P2, "B"), ("eng", TUE, P1, "A"))) == 0
    assert looks([TeacherDay()], sitting(FACTS, one, ("mat", TUE, P1, "B"), ("mat", WED, P1, "B"))) == 60
    assert looks([TeacherDay()], sitting(FACTS, ("eng", MON, P2, "A"), ("eng", TUE, P1, "A"))) == 6


def test_it_costs_nothing_unless_somebody_asks() -> None:
    facts = replace(FACTS, prices={})
    assert looks([TeacherDay()], sitting(facts, ("mat", MON, P1, "A"), ("mat", TUE, P1, "B"))) == 0


def test_a_week_planned_with_it_costs_what_a_look_says() -> None:
    result = solve(FACTS, STANDARD)
    assert result.schedule is not None
    assert all(t.proven for t in result.tiers)
    assert {t.name: t.value for t in result.tiers}["inconvenience"] == price_of(result.schedule, STANDARD)[
        "inconvenience"
    ]
