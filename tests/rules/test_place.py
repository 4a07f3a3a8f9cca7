"""Place: what the solver may hold, and what is let pass, are the sessions at their course's place."""

from dataclasses import replace

from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.facts import ONLINE
from skemaplan.model import Model
from skemaplan.rules.place import Place
from skemaplan.schedule import Schedule
from skemaplan.week import CourseWeek

PLACES = ("stob", "jobcenter", ONLINE, "")
FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(), "eng": demand()}), participant("B", {"mat": demand()})],
    [teacher("U", "mat", "eng")],
    [course("mat", place="stob"), course("eng")],
)


def online_on(day: int, c: CourseWeek) -> CourseWeek:
    return replace(c, days=tuple(replace(how, place=ONLINE) if d == day else how for d, how in enumerate(c.days)))


def test_the_solver_holds_what_is_let_pass_and_nothing_else() -> None:
    """Both ways, for every session of the week at every place; nothing is posted that `agree` could compare."""
    facts = replace(FACTS, courses={**FACTS.courses, "mat": online_on(TUE, FACTS.courses["mat"])})
    known = set(Model(facts).sessions)
    asked = {replace(s, place=place) for s in known for place in PLACES}
    passed = {s for s in asked if not list(Place().breaches(Schedule(facts, {s: frozenset("A")})))}
    assert passed == known
    assert {(s.course, s.day, s.place) for s in known} == {
        ("mat", MON, "stob"),
        ("mat", TUE, ONLINE),
        ("eng", MON, ""),
        ("eng", TUE, ""),
    }


def test_it_says_where_the_session_is() -> None:
    there = sitting(FACTS, ("mat", MON, P1, "A B"))
    elsewhere = replace(there, attendance={replace(s, place="jobcenter"): who for s, who in there.attendance.items()})
    (breach,) = Place().breaches(elsewhere)
    assert (breach.about, dict(breach.text.values)["place"]) == ("mat", "jobcenter")
    assert not list(Place().breaches(there))
