"""Alone: a group of one in a session meant for more; talks and one-to-one sessions don't count."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.alone import Alone

TAKES = {"mat": demand(45)}
FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", TAKES), participant("B", {**TAKES, "talk": demand(45, kind="talk")})],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk")],
    [course("mat", online=[TUE]), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("alone", "B"): 7},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Alone(), FACTS)
