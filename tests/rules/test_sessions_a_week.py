"""SessionsAWeek: never more sessions than the course's number; one too few costs a shortest session of teaching."""

from agreement import agree, differences, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.sessions_a_week import SessionsAWeek

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
    [
        participant("A", {"mat": demand(90, sessions=2)}),
        participant("B", {"mat": demand(90, cap=135, sessions=2)}),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat", longest=90)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(SessionsAWeek(), FACTS)


def test_a_course_that_is_only_a_wish_may_be_left_out() -> None:
    facts = tiny(
        {MON: P1, TUE: P1},
        [participant("A", {"mat": demand(0, cap=45)}), participant("B", {"mat": demand(90, sessions=2)})],
        [teacher("U-MAT", "mat")],
        [course("mat")],
    )
    weeks = list(differences(SessionsAWeek(), facts))
    assert not weeks, str(weeks[0])
    assert looks([SessionsAWeek()], sitting(facts)) == 0


def test_all_of_it_in_one_session_is_too_few_and_a_lesson_left_out_is_not() -> None:
    long = f"{P1[:5]}-{P2[-5:]}"
    assert looks([SessionsAWeek()], sitting(FACTS, ("mat", MON, P1, "A"))) == 0
    assert looks([SessionsAWeek()], sitting(FACTS, ("mat", MON, long, "A"))) is None
    assert looks([SessionsAWeek()], sitting(FACTS, ("mat", MON, long, "B"), ("mat", TUE, P1, "B"))) == 0
    assert (
        looks([SessionsAWeek()], sitting(FACTS, *[("mat", MON, p, "B") for p in (P1, P2)], ("mat", TUE, P1, "B")))
        is None
    )
