"""FridayAfternoon: a session that ends after two on a Friday, for each who sits in it."""

from agreement import agree, looks
from tiny import FRI, THU, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.friday_afternoon import FridayAfternoon

NOON, LATE, LATER = "13:15-14:00", "14:00-14:45", "14:45-15:30"
FACTS = tiny(
    {THU: LATE, FRI: f"{NOON} {LATE} {LATER}"},
    [participant("A", {"mat": demand(45)}), participant("B", {"mat": demand(45), "talk": demand(45, kind="talk")})],
    [teacher("KOORD", "talk", busy={FRI: f"{NOON} {LATER}"}), teacher("U-MAT", "mat", busy={FRI: LATER})],
    [course("mat", longest=90), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0, ("friday_afternoon", "B"): 4},
)


def test_posted_and_looked_at_agree() -> None:
    agree(FridayAfternoon(), FACTS)


def test_until_two_is_all_right() -> None:
    assert looks([FridayAfternoon()], sitting(FACTS, ("mat", FRI, NOON, "A B"), ("mat", THU, LATE, "A"))) == 0
    assert looks([FridayAfternoon()], sitting(FACTS, ("mat", FRI, LATE, "A B"))) == 15 + 4
    assert looks([FridayAfternoon()], sitting(FACTS, ("mat", FRI, "13:15-14:45", "A"))) == 15
    assert looks([FridayAfternoon()], sitting(FACTS, ("talk", FRI, LATE, "B"))) == 4
