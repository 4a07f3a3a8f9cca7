"""Stay: what was published changes as little as can be, and rather in time than in day or teacher."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.stay import CANCELLED, CHANGE, OTHER_DAY, OTHER_TEACHER, Stay, changes, price_of_changes

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


def test_a_change_is_counted_once_and_its_kind_on_top() -> None:
    monday, tuesday = PUBLISHED.of("A")
    later = next(s for s in sitting(FACTS, ("mat", MON, P2, "A")).sessions if s.teacher == monday.teacher)
    assert changes((monday, tuesday), (later, tuesday)) == 1
    assert price_of_changes((monday,), (later,)) == CHANGE
    assert price_of_changes((monday,), (tuesday,)) == CHANGE + OTHER_DAY
    assert price_of_changes((monday,), ()) == CHANGE + CANCELLED
    assert CHANGE > OTHER_DAY + OTHER_TEACHER + CANCELLED  # a kinder kind never buys one change more
