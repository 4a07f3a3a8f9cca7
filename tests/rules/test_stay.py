"""Stay: as few as can be of the published sessions change."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.stay import Stay, changes

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(0, cap=90, sessions=2)}), participant("B", {"mat": demand(0, cap=45)})],
    [teacher("U-MAT", "mat"), teacher("U-MAT2", "mat", busy={TUE: P1})],
    [course("mat")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0},
)
PUBLISHED = sitting(FACTS, ("mat", MON, P1, "A B"), ("mat", TUE, P1, "A"))


def test_posted_and_looked_at_agree() -> None:
    agree(Stay(PUBLISHED), FACTS)


def test_what_a_week_can_not_hold_is_no_change_there_and_weeks_that_are_alike_count_as_many() -> None:
    tuesday = PUBLISHED.of("A")[1]
    lost = sitting(FACTS, ("mat", MON, P1, "A B"))
    agree(Stay(lost, 3, frozenset({("A", tuesday)})), FACTS)
    assert not list(Stay(lost, 3, frozenset({("A", tuesday)})).breaches(PUBLISHED))
    assert sum(b.price for b in Stay(lost, 3).breaches(PUBLISHED)) == 3


def test_a_change_is_counted_once() -> None:
    monday, tuesday = PUBLISHED.of("A")
    later = next(s for s in sitting(FACTS, ("mat", MON, P2, "A")).sessions if s.teacher == monday.teacher)
    assert changes((monday, tuesday), (later, tuesday)) == 1
    assert changes((monday,), (tuesday,)) == 1
    assert changes((monday,), ()) == 1
    assert changes((monday, tuesday), (tuesday, monday)) == 0
