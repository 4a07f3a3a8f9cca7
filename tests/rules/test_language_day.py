"""LanguageDay: lessons on a language-school day cost, each of them; talks don't."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, school, sitting, teacher, tiny

from skemaplan.rules.language_day import LanguageDay

TAKES = {"mat": demand(45), "talk": demand(45, kind="talk")}
FACTS = tiny(
    {MON: f"{P2} {P3}", TUE: P1},
    [participant("A", TAKES, has={MON: [school(P1)]}), participant("B", TAKES, has={TUE: [fixed("12:00-13:00")]})],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk", busy={TUE: P1})],
    [course("mat", different_days=False), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("language_day", "A"): 40, ("alone", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(LanguageDay(), FACTS)


def test_each_lesson_costs_and_a_talk_nothing() -> None:
    monday = ("mat", MON, P2, "A"), ("mat", MON, P3, "A B"), ("talk", MON, P3, "A")
    assert looks([LanguageDay()], sitting(FACTS, *monday)) == 80
    assert looks([LanguageDay()], sitting(FACTS, ("mat", TUE, P1, "A B"))) == 0
