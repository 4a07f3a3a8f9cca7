"""Locks: a locked session is held with whom it was locked; a lock that can't be kept is named, not dropped."""

from agreement import Posted, agree, differences
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.locks import Locks
from skemaplan.schedule import Schedule, Session
from skemaplan.week import WeekFacts, WeekLock


def week(*locks: WeekLock) -> WeekFacts:
    return tiny(
        {MON: f"{P1} {P2}", TUE: P1},
        [participant("A", {"mat": demand(90)}), participant("B", {"mat": demand(45), "eng": demand(45)})],
        [teacher("U-ENG", "eng", busy={MON: P1}), teacher("U-MAT1", "mat"), teacher("U-MAT2", "mat", busy={TUE: P1})],
        [course("mat", longest=90), course("eng")],
        locks=locks,
        prices={("attendance_day", ""): 0, ("alone", ""): 0},
    )


def lock(participant: str, course: str, day: int, start: int, teacher: str = "") -> WeekLock:
    return WeekLock(participant, course, day, start, teacher, "")


def test_posted_and_looked_at_agree() -> None:
    agree(Locks(), week(lock("A", "mat", MON, 510, "U-MAT2"), lock("B", "mat", TUE, 510), lock("X", "mat", MON, 510)))


def test_a_lock_says_when_it_ends() -> None:
    long = WeekLock("A", "mat", MON, 510, "", "", 600)
    assert not list(differences(Locks(), week(long)))
    there, short = (Session(MON, 510, end, "mat", "U-MAT1", "", end - 510) for end in (600, 555))
    assert not any(Locks().breaches(Schedule(week(long), {there: frozenset("A")})))
    assert any(Locks().breaches(Schedule(week(long), {short: frozenset("A")})))


def test_a_lock_that_no_session_fits_is_named_and_does_not_stop_the_plan() -> None:
    facts = week(lock("A", "mat", MON, 511))
    nothing = Schedule(facts, {})
    assert Posted(facts, [Locks()]).price(nothing) == 0
    assert [b.about for b in Locks().breaches(nothing)] == ["A"]
