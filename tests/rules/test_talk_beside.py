"""TalkBeside: a talk next to one of her sessions, the way and the bell table's break allowed between."""

from agreement import agree
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.talk_beside import TalkBeside

FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", {"mat": demand(45), "talk": demand(45, kind="talk")}),
        participant("B", {"mat": demand(45), "talk": demand(45, kind="talk")}, online=[("mat", MON)]),
    ],
    [
        teacher("KOORD", "talk", busy={MON: P1, TUE: P1}),
        teacher("U-MAT", "mat", busy={MON: P2}),
        teacher("U-MAT2", "mat", busy={MON: f"{P1} {P2}", TUE: P1}),
    ],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places={"stob": {}, "jobcenter": {}},
    travel={("stob", "jobcenter"): 5, ("online", "jobcenter"): 15, ("online", "stob"): 15},
    prices={("attendance_day", ""): 0, ("talk_beside", "A"): 4, ("alone", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(TalkBeside(), FACTS)
