"""The counting arguments: the table of the programme's own numbers, and that they never cry wolf."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, combinations, product
from pathlib import Path
from random import Random

import pytest
from random_weeks import random_week
from tiny import FRI, MON, P1, P2, P3, P4, THU, TUE, WED, course, demand, participant, room, school, teacher, tiny

from benchmarks.make_region import make_region
from skemaplan.attending import possible, shortest_session
from skemaplan.candidates import candidates
from skemaplan.counting import as_troubles, of_week, shortages
from skemaplan.dates import covers
from skemaplan.least_taught import least_minutes
from skemaplan.rules import DEMANDS, MUSTS, UNIVERSE, WISHES
from skemaplan.shortage import Shortage
from skemaplan.solving import solve
from skemaplan.tables import check, read
from skemaplan.week import ParticipantWeek, WeekFacts

EXAMPLES = Path(__file__).parent.parent / "examples"
BELLS = dict.fromkeys((MON, TUE, WED, THU, FRI), f"{P1} {P2} {P3} {P4}")
PATTERNS = tuple(combinations(range(5), 2))


def women(patterns: tuple[tuple[int, ...], ...]) -> list[ParticipantWeek]:
    """One for each pattern of language-school days, who is there all day; three lessons of math in two sessions."""
    return [
        participant(f"P{i}", {"mat": demand(135, sessions=2)}, has={d: [school("08:00-12:00")] for d in days})
        for i, days in enumerate(patterns)
    ]


def least(facts: WeekFacts, name: str = "mat") -> int:
    takers = tuple(p for p in facts.participants.values() if name in p.demands)
    teachers = tuple(t for t in facts.teachers.values() if name in t.teaches)
    return least_minutes(possible(facts, shortest_session(facts), facts.courses[name], teachers, takers))


def by_looking_at_all(patterns: tuple[tuple[int, ...], ...]) -> int:
    """The least lessons: of every choice of days with two lessons and days with one, the smallest that serves all."""
    days = [set(c) for c in chain.from_iterable(combinations(range(5), n) for n in range(6))]
    return min(
        2 * len(twos) + len(ones)
        for twos, ones in product(days, days)
        if all(any(a != b for a in twos - set(p) for b in ones - set(p)) for p in patterns)
    )


@pytest.mark.parametrize(
    ("different", "expected"),
    [
        (1, {3: 10}),
        (2, {3: 30, 4: 15}),
        (3, {3: 10, 4: 80, 6: 30}),
        (4, {4: 75, 6: 135}),
        (5, {4: 30, 6: 222}),
    ],
)
def test_the_lessons_that_patterns_of_days_take(different: int, expected: dict[int, int]) -> None:
    """Of all sets of so many different patterns: how many take 3, 4 and 6 lessons of teaching (domain, 1.8)."""
    found: Counter[int] = Counter()
    for patterns in combinations(PATTERNS, different):
        facts = tiny(BELLS, women(patterns), [teacher("U", "mat")], [course("mat", longest=90)])
        minutes = least(facts)
        assert minutes == 45 * by_looking_at_all(patterns)
        found[minutes // 45] += 1
    assert found == expected


def windowed_week(seed: int) -> WeekFacts:
    """Two to four women with windows of their own; one course of sessions of one and two lessons, three days."""
    draw = Random(seed)
    bells = dict.fromkeys((MON, TUE, WED), f"{P1} {P2}")
    windows = ("08:00-10:00", "08:00-10:00", "08:30-09:15", "09:15-10:00", "")
    people = [
        participant(
            p,
            {"mat": demand(*draw.choice(((135, 90, None, 2), (90, 0, 135, 2), (90, 0, None, 1), (135, 0, None, 3))))},
            free={d: draw.choice(windows) for d in bells},
        )
        for p in "ABCD"[: draw.randint(2, 4)]
    ]
    apart = draw.random() < 0.7
    return tiny(bells, people, [teacher("U", "mat")], [course("mat", longest=90, different_days=apart)])


def by_holding_all(facts: WeekFacts) -> int:
    """Of every set of sessions, the fewest minutes in which everyone who can finds hers."""
    sessions = list(candidates(facts))
    apart = facts.courses["mat"].different_days
    ways = []
    for p in facts.participants.values():
        d = p.demands["mat"]
        mine = [i for i, s in enumerate(sessions) if covers(p.free[s.day], s.start, s.end)]
        ways.append([
            set(way)
            for way in combinations(mine, d.sessions)
            if d.wanted <= sum(sessions[i].minutes for i in way) <= d.cap
            and all(
                sessions[i].day != sessions[j].day
                or not (apart or (sessions[i].start < sessions[j].end and sessions[j].start < sessions[i].end))
                for i, j in combinations(way, 2)
            )
        ])  # fmt: skip
    if not (apart or all(ways)):
        return 45 * len(sessions) * 4  # somebody can't, on one day, what counting thinks she can: no plan has it all
    able = [w for w in ways if w]
    held = chain.from_iterable(combinations(range(len(sessions)), n) for n in range(len(sessions) + 1))
    return min(
        sum(sessions[i].minutes for i in chosen)
        for chosen in held
        if all(any(way <= set(chosen) for way in mine) for mine in able)
    )


def test_windows_and_lengths_of_all_sorts() -> None:
    """Exact where sessions lie on different days; else never more than what is really needed."""
    exact = 0
    for seed in range(150):
        facts = windowed_week(seed)
        counted, needed = least(facts), by_holding_all(facts)
        assert counted <= needed
        if facts.courses["mat"].different_days:
            assert counted == needed, seed
            exact += needed > 0
    assert exact > 50


def test_a_short_window_is_a_pattern_of_its_own() -> None:
    """Mornings and afternoons of the same days are as far apart as different days."""
    early = participant("A", {"mat": demand(45)}, free=dict.fromkeys(range(5), "08:00-10:00"))
    late = participant("B", {"mat": demand(45)}, free=dict.fromkeys(range(5), "10:00-12:00"))
    assert least(tiny(BELLS, [early, late], [teacher("U", "mat")], [course("mat")])) == 90


def test_one_to_one_is_everyones_own_minutes() -> None:
    people = [participant(p, {"talk": demand(45, kind="talk")}) for p in "ABCDE"]
    assert least(tiny(BELLS, people, [teacher("U", "talk")], [course("talk", "talk")]), "talk") == 5 * 45


def test_a_room_of_two_seats_teaches_five_in_three_sessions() -> None:
    people = [participant(p, {"mat": demand(45)}) for p in "ABCDE"]
    rooms = [room("lokale", "stob", 2)]
    facts = tiny(BELLS, people, [teacher("U", "mat")], [course("mat", place="stob")], rooms=rooms)
    assert least(facts) == 3 * 45


@pytest.mark.parametrize(
    ("most", "code"), [(180, ""), (135, "course")], ids=["four lessons are enough", "three are too few"]
)
def test_the_case_with_too_few_lessons(most: int, code: str) -> None:
    facts = tiny(BELLS, women(((MON, WED), (TUE, THU))), [teacher("U", "mat", most=most)], [course("mat", longest=90)])
    found = of_week(replace(facts, teachers={"U": teacher("U", "mat", most=most, free={TUE: ""})}))
    assert [s.code for s in found] == ([code] if code else [])


def codes(facts: WeekFacts) -> dict[str, tuple[int, int]]:
    return {s.code: (s.need, s.has) for s in of_week(facts)}


def test_a_teachers_windows_hold_less_than_her_least() -> None:
    u = teacher("U", "mat", least=90, free=dict.fromkeys(range(5), "") | {MON: "08:00-09:30"})
    assert codes(tiny(BELLS, [participant("A", {"mat": demand(45)})], [u], [course("mat")])) == {"least": (90, 45)}


def test_one_teacher_of_two_courses_has_one_pair_of_hands() -> None:
    u = teacher("U", "eng", "mat", free=dict.fromkeys(range(5), "") | {MON: "08:00-09:30"})
    a = participant("A", {"mat": demand(45)})
    b = participant("B", {"eng": demand(45)})
    assert codes(tiny(BELLS, [a, b], [u], [course("mat"), course("eng")])) == {"teacher": (90, 45)}


def test_a_participant_without_time() -> None:
    a = participant("A", {"mat": demand(90, sessions=2)}, free=dict.fromkeys(range(4), ""))
    assert codes(tiny(BELLS, [a], [teacher("U", "mat")], [course("mat")])) == {"participant": (90, 45)}


def test_a_participant_with_too_many_courses_for_her_days() -> None:
    a = participant("A", {"mat": demand(90, sessions=2), "eng": demand(45)}, most_days=2, most_per_day=45)
    facts = tiny(BELLS, [a], [teacher("U", "mat"), teacher("V", "eng")], [course("mat"), course("eng")])
    assert codes(facts) == {"free_time": (135, 90)}


def test_one_room_for_two_groups_at_their_only_time() -> None:
    free = dict.fromkeys(range(4), "") | {FRI: "08:30-09:15"}
    people = [participant("A", {"mat": demand(45)}, free=free), participant("B", {"eng": demand(45)}, free=free)]
    courses = [course("mat", place="stob"), course("eng", place="stob")]
    facts = tiny(BELLS, people, [teacher("U", "mat"), teacher("V", "eng")], courses, rooms=[room("lokale", "stob", 5)])
    assert codes(facts) == {"rooms": (90, 45)}
    more = [*people, participant("C", {"mat": demand(45)})]
    facts = tiny(BELLS, more, [teacher("U", "mat"), teacher("V", "eng")], courses, rooms=[room("lokale", "stob", 5)])
    assert codes(facts) == {"at_once": (90, 45)}


# -- never crying wolf ------------------------------------------------------------------------------------------------


def patterned_week(seed: int) -> WeekFacts:
    """Two to four women with windows and language days, one or two courses, scarce teachers and rooms."""
    draw = Random(seed)
    bells = dict.fromkeys(range(4), f"{P1} {P2}")
    names = ["mat", "eng"][: draw.choice((1, 2))]
    people = [
        participant(
            p,
            {c: demand(*draw.choice(((90, 0, None, 2), (135, 45, None, 2), (45, 0, 90, 1)))) for c in names},
            has={draw.randrange(4): [school("08:00-10:00", "horsens")] for _ in range(draw.randint(0, 2))},
            free={draw.randrange(4): draw.choice(("08:30-09:15", ""))},
            most_days=draw.choice((None, None, 2)),
        )
        for p in "ABCD"[: draw.randint(2, 4)]
    ]
    alone = draw.random() < 0.3
    teachers = [
        teacher(
            f"U-{c}",
            *(names if alone else [c]),
            least=draw.choice((0, 90)),
            most=draw.choice((None, 90, 135, 180)),
            free={draw.randrange(4): ""},
        )
        for c in (names[:1] if alone else names)
    ]
    courses = [
        course(c, place="stob", longest=90, largest=draw.choice((None, None, 2)), different_days=draw.random() < 0.8)
        for c in names
    ]
    rooms = [room("lokale", "stob", draw.choice((2, 6)))] if draw.random() < 0.5 else []
    return tiny(bells, people, teachers, courses, rooms=rooms, travel={("stob", "horsens"): 45})


def only(facts: WeekFacts, s: Shortage) -> WeekFacts:
    """The same week with no other wish than those that the argument speaks of."""
    least = s.code == "least"
    teachers = {
        t.id: replace(t, teaches={c: (low if least else 0, most) for c, (low, most) in t.teaches.items()})
        for t in facts.teachers.values()
    }
    people = {
        p.id: p if s.who not in facts.participants or s.who == p.id else replace(p, demands={})
        for p in facts.participants.values()
    }
    course = s.about or (s.who if s.who in facts.courses else "")
    if course:
        people = {
            p.id: replace(p, demands={c: d for c, d in p.demands.items() if c == course}) for p in people.values()
        }
    if least:  # whoever comes, comes for the teacher's sake
        people = {
            p.id: replace(p, demands={c: replace(d, wanted=0, fewest=0) for c, d in p.demands.items()})
            for p in people.values()
        }
        teachers = {t: w if t == s.who else replace(w, teaches={c: (0, m) for c, (_, m) in w.teaches.items()})
                    for t, w in teachers.items()}  # fmt: skip
    return replace(facts, teachers=teachers, participants=people)


@pytest.mark.parametrize(("make", "seeds"), [(random_week, 150), (patterned_week, 100)])
def test_what_counting_calls_impossible_no_solver_can_do(make: object, seeds: int) -> None:
    assert callable(make)
    told: Counter[str] = Counter()
    for seed in range(seeds):
        facts = make(seed)
        for shortage in of_week(facts):
            result = solve(only(facts, shortage), (*UNIVERSE, *MUSTS, *WISHES))
            if result.schedule is None:
                continue  # nothing at all can be planned: a lock that breaks a must
            (demands,) = (t for t in result.tiers if t.name == DEMANDS)
            assert demands.bound > 0, (seed, shortage)
            told[shortage.code] += 1
    assert sum(told.values()) > seeds // 5, told  # or the test would show nothing


def test_no_alarm_where_a_plan_is_hidden(tmp_path: Path) -> None:
    make_region(teams=24, municipalities=3, seed=7).write(tmp_path)
    assert {s.code for s in shortages(read(tmp_path))} == {"teaching_weeks"}


# -- in the term ------------------------------------------------------------------------------------------------------


def test_the_case_is_short_of_mathematics_from_june() -> None:
    """U-MAT has 3 lessons from 8 June, and four are needed; D leaves early."""
    problem = read(EXAMPLES / "de-internationale")
    found = {(s.code, s.who): s for s in shortages(problem)}
    assert set(found) == {("course", "mat"), ("teaching_weeks", "D")}
    short = found["course", "mat"]
    assert (short.need, short.has, [w.number for w in short.weeks]) == (180, 135, [24, 25, 26])
    assert (found["teaching_weeks", "D"].has, found["teaching_weeks", "D"].need) == (20, 22)


def test_what_check_says_of_it() -> None:
    said = [str(t) for t in check(EXAMPLES / "de-internationale")]
    assert said == [
        "teaches.csv row 3, column most: Weeks 24-26: Mathematics takes at least 4 lessons a week for 5 participants "
        "who have 2 different sets of free times; its teachers have 3 lessons. Find more hours, ask for fewer lessons, "
        "or ask the language school for another class.",
        "term.csv row 8, column value: Deltager D has 20 teaching weeks; 22 are meant. "
        "Look at start and end and at the closures.",
    ]


def test_each_shortage_names_a_row_of_the_tables() -> None:
    problem = read(EXAMPLES / "short-math")
    wheres = {str(t.where) for t in as_troubles(problem, shortages(problem))}
    assert wheres == {"teaches.csv row 2, column most"}
