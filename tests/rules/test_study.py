"""Homework: what the rule lets pass of a tiny week is what may be chosen there, and the best of that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations, product
from random import Random

import pytest
from agreement import universe
from random_weeks import random_week
from tiny import FRI, MON, P1, P2, P3, P4, TUE, WED, course, demand, fixed, participant, school, sitting, spans, teacher
from tiny import tiny as week

from skemaplan.candidates import study_times
from skemaplan.dates import WHOLE_DAY
from skemaplan.demand import Demand
from skemaplan.facts import ONLINE
from skemaplan.planning.studying import Own, with_homework
from skemaplan.rules import STANDARD
from skemaplan.rules.study import Study as Rule
from skemaplan.schedule import Schedule, Session
from skemaplan.solving import verify
from skemaplan.week import ParticipantWeek, Study, WeekFacts, WeekLock

MAT = {"mat": demand()}
WAYS = {("stob", "horsens"): 45, (ONLINE, "stob"): 20, (ONLINE, "horsens"): 30}


def own(wanted: int = 45, sessions: int = 1) -> Demand:
    return demand(wanted, sessions=sessions, kind="study")


def studying(
    p: ParticipantWeek,
    demands: Mapping[str, Demand] | None = None,
    free: Mapping[int, str] | None = None,
    locks: tuple[WeekLock, ...] = (),
) -> ParticipantWeek:
    times = tuple(spans(free[d]) if free and d in free else WHOLE_DAY for d in range(7))
    return replace(p, study=Study(demands or {"hw": own()}, times, locks))


def at(facts: WeekFacts, *said: tuple[int, str], of: str = "hw") -> frozenset[Session]:
    wanted = {(day, span) for day, text in said for span in spans(text)}
    return frozenset(s for d in range(7) for s in study_times(facts, of, d) if (d, (s.start, s.end)) in wanted)


ON_THE_WAY = sitting(
    week(
        {MON: f"{P1} {P2} {P3} {P4}"},
        [studying(participant("A", MAT, has={MON: [fixed("11:00-12:00", "horsens")]}))],
        [teacher("U-MAT", "mat")],
        [course("mat", place="stob"), course("hw", "study", longest=90)],
        places={"stob": {}, "horsens": {}},
        travel=WAYS,
    ),
    ("mat", MON, P1, "A"),
)
AT_A_PLACE = sitting(
    week(
        {MON: f"{P1} {P2} {P3}", TUE: P1},
        [studying(participant("A", MAT, most_days=1, has={MON: [school("07:00-07:45", "horsens")]}))],
        [teacher("U-MAT", "mat")],
        [course("mat", place="stob"), course("hw", "study", place="stob")],
        places={"stob": {MON: "08:30-10:30"}, "horsens": {}},
        travel=WAYS,
    ),
    ("mat", MON, P2, "A"),
)
A_FULL_DAY = sitting(
    week(
        {MON: f"{P1} {P2} {P3} 11:30-12:15", WED: f"{P1} {P2}"},
        [
            studying(
                participant("A", MAT, most_per_day=90, shortest_break=20),
                {"hw": own(90, 2)},
                {WED: "08:45-11:00"},
            )
        ],
        [teacher("U-MAT", "mat")],
        [course("mat"), course("hw", "study", longest=90, different_days=False)],
    ),
    ("mat", MON, P1, "A"),
)
TWO_KINDS = sitting(
    week(
        {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
        [studying(participant("A", MAT), {"hw": own(90, 2), "read": own(45)})],
        [teacher("U-MAT", "mat")],
        [course("mat"), course("hw", "study"), course("read", "study")],
    ),
    ("mat", MON, P1, "A"),
)
WEEKS = {"on the way": ON_THE_WAY, "at a place": AT_A_PLACE, "a full day": A_FULL_DAY, "two kinds": TWO_KINDS}


def drawn(seed: int) -> Schedule:
    """A random week in which as much as can be is taught to A, and in which she has homework of some form."""
    facts, draw = random_week(seed, bits=8), Random(seed)
    place, longest = draw.choice(("", "", "stob", "jobcenter")), draw.choice((45, 90))
    hw = course("hw", "study", place=place, longest=longest, different_days=draw.random() < 0.5)
    sessions = draw.choice((1, 2))
    windows = {d: draw.choice(("08:30-12:00", "09:00-10:45", "08:00-09:20 09:25-13:00")) for d in range(7)}
    a = studying(facts.participants["A"], {"hw": own(45 * draw.choice((sessions, 2)), sessions)}, windows)
    facts = replace(facts, participants={**facts.participants, "A": a}, courses={**facts.courses, "hw": hw})
    return max(universe(facts), key=lambda schedule: (len(schedule.of("A")), str(schedule)))


def every_way(schedule: Schedule) -> Iterator[Schedule]:
    facts = schedule.facts
    times = [
        s for c in facts.courses.values() if c.kind == "study" for d in range(7) for s in study_times(facts, c.id, d)
    ]
    for mine in chain.from_iterable(combinations(times, n) for n in range(4)):
        yield replace(schedule, study={s: frozenset("A") for s in mine})


def may_be_chosen(schedule: Schedule) -> set[frozenset[Session]]:
    hers = Own(schedule, "A")
    weeks = (tuple(chain.from_iterable(days)) for days in product(*(list(hers.fillings(d)) for d in range(7))))
    return {frozenset(mine) for mine in weeks if hers.is_within(hers.state(mine))}


@pytest.mark.parametrize("schedule", WEEKS.values(), ids=list(WEEKS))
def test_what_may_be_chosen_is_what_the_rule_lets_pass(schedule: Schedule) -> None:
    ways = list(every_way(schedule))
    let_pass = {frozenset(way.study) for way in ways if not any(Rule().breaches(way))}
    assert let_pass == may_be_chosen(schedule)
    assert 1 < len(let_pass) < len(ways)


@pytest.mark.parametrize("seed", range(40))
def test_what_may_be_chosen_in_a_random_week(seed: int) -> None:
    schedule = drawn(seed)
    ways = [way for way in every_way(schedule) if not any(Rule().breaches(way))]
    assert {frozenset(way.study) for way in ways} == may_be_chosen(schedule)
    assert_best(schedule, ways, frozenset())


def test_random_weeks_have_room_for_some_homework_and_not_for_all() -> None:
    had = [sum(s.minutes for s in Own(week, "A").homework()) for week in map(drawn, range(40))]
    wanted = [week.facts.participants["A"].study.demands["hw"].wanted for week in map(drawn, range(40))]
    assert {0 < h < w for h, w in zip(had, wanted, strict=True)} == {True, False}
    assert any(h == w for h, w in zip(had, wanted, strict=True))


@pytest.mark.parametrize("schedule", WEEKS.values(), ids=list(WEEKS))
def test_what_is_chosen_is_the_best_of_all_ways(schedule: Schedule) -> None:
    ways = [way for way in every_way(schedule) if not any(Rule().breaches(way))]
    assert_best(schedule, ways, at(schedule.facts, (MON, P2), (TUE, P1)))


def assert_best(schedule: Schedule, ways: Iterable[Schedule], usual: frozenset[Session]) -> None:
    hers = Own(schedule, "A", usual)

    def rank(way: tuple[Session, ...]) -> tuple[int, int, int]:
        days = [tuple(s for s in way if s.day == d) for d in range(7)]
        price = sum(hers.price(d, mine) for d, mine in enumerate(days))
        return hers.short(way), len(set(way) - hers.usual), price

    assert rank(hers.homework()) == min(rank(tuple(sorted(way.study))) for way in ways)


def test_other_rules_do_not_see_it() -> None:
    others = [rule for rule in STANDARD if not isinstance(rule, Rule)]
    for schedule in WEEKS.values():
        done = with_homework(schedule, {})
        assert done.study
        assert list(verify(done, others)) == list(verify(schedule, others))


# -- what she would rather ---------------------------------------------------------------------------------------------


def hers(schedule: Schedule, usual: frozenset[Session] = frozenset()) -> list[tuple[int, int, int]]:
    done = with_homework(schedule, {"A": usual})
    assert not list(Rule().breaches(done))
    return [(s.day, s.start, s.end) for s in done.studies("A")]


def free_week(*, has: Mapping[int, list[object]] | None = None, **more: object) -> WeekFacts:
    p = studying(participant("A", {"mat": demand(90, sessions=2)}, has=has), more.pop("study", None))  # type: ignore[arg-type]
    return week(
        dict.fromkeys((MON, WED), f"{P1} {P2} {P3} {P4}") | {FRI: "13:15-14:00 14:00-14:45"},
        [p],
        [teacher("U-MAT", "mat")],
        [course("mat", different_days=False), course("hw", "study")],
        **more,  # type: ignore[arg-type]
    )


def when(day: int, text: str) -> tuple[int, int, int]:
    ((start, end),) = spans(text)
    return day, start, end


def test_it_fills_a_hole_of_her_day_rather_than_an_empty_one() -> None:
    assert hers(sitting(free_week(), ("mat", WED, P1, "A"), ("mat", WED, P4, "A"))) == [when(WED, P2)]


def test_it_keeps_off_language_days_and_friday_afternoons() -> None:
    facts = free_week(has={MON: [school("07:00-08:00")]})
    assert hers(Schedule(facts, {})) == [when(WED, P1)]
    late = replace(facts, participants={"A": replace(facts.participants["A"], study=Study({"hw": own()}, only(FRI)))})
    assert hers(Schedule(late, {})) == [when(FRI, "13:15-14:00")]


def only(*days: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(WHOLE_DAY if d in days else () for d in range(7))


def test_it_stays_at_its_usual_time_even_if_another_is_kinder() -> None:
    facts = free_week(has={MON: [school("07:00-08:00")]})
    assert hers(Schedule(facts, {}), at(facts, (MON, P3))) == [when(MON, P3)]


def test_a_price_of_her_own_counts() -> None:
    facts = free_week(has={MON: [school("07:00-08:00")]}, prices={("language_day", "A"): 0})
    assert hers(Schedule(facts, {})) == [when(MON, P1)]


def test_time_that_she_has_reserved_is_taken_last() -> None:
    facts = free_week()
    p = replace(facts.participants["A"], reserved=(spans("08:00-12:00"), (), spans("08:00-12:00"), (), (), (), ()))
    assert hers(Schedule(replace(facts, participants={"A": p}), {})) == [when(FRI, "13:15-14:00")]


def test_as_much_is_done_as_there_is_room_for() -> None:
    facts = free_week(study={"hw": own(5 * 45, 5)})
    assert [day for day, _, _ in hers(Schedule(facts, {}))] == [MON, WED, FRI]  # on different days


def test_a_lock_is_kept_and_one_that_cannot_be_is_named() -> None:
    facts = free_week()
    lock = WeekLock("A", "hw", WED, spans(P3)[0][0], "", "")
    p = replace(facts.participants["A"], study=replace(facts.participants["A"].study, locks=(lock,)))
    facts = replace(facts, participants={"A": p})
    assert hers(Schedule(facts, {})) == [when(WED, P3)]
    taken = with_homework(sitting(facts, ("mat", WED, P3, "A")), {})
    (breach,) = Rule().breaches(taken)
    assert breach.about == "A"


def test_nobody_else_has_to_do_with_it() -> None:
    """Two who do the same homework at the same time are not a group, and one more changes nothing for the others."""
    facts = free_week()
    two = replace(facts, participants={**facts.participants, "B": replace(facts.participants["A"], id="B")})
    alone, both = with_homework(Schedule(facts, {}), {}), with_homework(Schedule(two, {}), {})
    assert alone.studies("A") == both.studies("A") == both.studies("B")
    assert both.attendance == {}
