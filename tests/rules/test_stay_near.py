"""StayNear: what moves keeps its day and its teacher if it can."""

from agreement import agree
from test_stay import FACTS, PUBLISHED
from tiny import MON, P2, sitting

from skemaplan.rules import Stay
from skemaplan.rules.stay_near import CANCELLED, OTHER_DAY, StayNear, distance
from skemaplan.solving import TIERS, price_of, solve


def test_posted_and_looked_at_agree() -> None:
    agree(StayNear(PUBLISHED), FACTS)


def test_how_far_a_session_goes() -> None:
    monday, tuesday = PUBLISHED.of("A")
    later = next(s for s in sitting(FACTS, ("mat", MON, P2, "A")).sessions if s.teacher == monday.teacher)
    assert distance((monday,), (later,)) == 0
    assert distance((monday,), (tuesday,)) == OTHER_DAY
    assert distance((monday,), ()) == CANCELLED


def test_no_kindness_buys_one_change_more() -> None:
    """Fewest changes first, whatever kind they are of: they are tiers."""
    rules = [Stay(PUBLISHED), StayNear(PUBLISHED)]
    assert [r.tier for r in rules] == [t for t in TIERS if t in {r.tier for r in rules}]
    found = solve(FACTS, rules).schedule
    assert found is not None
    assert set(price_of(found, rules).values()) == {0}
