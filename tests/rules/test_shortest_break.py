"""ShortestBreak: minutes between any two things of a day, the way not counted; two fixed things are not ours."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, sitting, teacher, tiny

from skemaplan.rules.shortest_break import ShortestBreak

TAKES = {"mat": demand(45), "talk": demand(45, kind="talk")}
FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", TAKES, has={TUE: [fixed("09:30-10:00"), fixed("10:05-10:30")]}, shortest_break=15),
        participant("B", TAKES, has={TUE: [fixed("07:00-07:55", "stob")]}, online=[("mat", TUE)], shortest_break=10),
        participant("C", {"talk": demand(0, cap=45, kind="talk")}),
    ],
    [teacher("KOORD", "talk", busy={MON: P1, TUE: P1}), teacher("U-MAT", "mat", busy={MON: P3})],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places={"stob": {}, "jobcenter": {}},
    travel={("stob", "jobcenter"): 5, ("stob", "online"): 30, ("jobcenter", "online"): 30},
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("talk_beside", ""): 0, ("waiting", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(ShortestBreak(), FACTS)


def test_so_many_minutes_without_the_way() -> None:
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", MON, P1, "A"), ("talk", MON, P3, "A"))) == 0
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", MON, P1, "A"), ("talk", MON, P2, "A"))) is None
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", MON, P2, "A"), ("talk", MON, P3, "A"))) is None  # 10 left
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", MON, P2, "B"), ("talk", MON, P3, "B"))) == 0
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", MON, P1, "B"), ("talk", MON, P2, "C"))) == 0


def test_also_beside_what_is_fixed() -> None:
    assert looks([ShortestBreak()], sitting(FACTS)) == 0
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", TUE, P1, "A"))) == 0  # 15 minutes to the first of them
    assert looks([ShortestBreak()], sitting(FACTS, ("mat", TUE, P1, "B"))) is None  # 35 minutes, 30 of them the way
