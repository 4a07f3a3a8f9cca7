"""From rows to dated weeks: validity, closures, absences, modes, and the weeks at a term's edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from random import Random
from typing import Any

import pytest
from tiny import FRI, MON, P1, THU, TUE, WED, minute, spans

from skemaplan.dates import WHOLE_DAY, Spans, Week, weeks_between
from skemaplan.errors import InputError
from skemaplan.facts import (
    LANGUAGE_SCHOOL,
    ONLINE,
    Absence,
    Availability,
    Closure,
    Commitment,
    Course,
    Lock,
    Mode,
    Pair,
    Participant,
    Period,
    Place,
    Price,
    Room,
    Settings,
    Takes,
    Teacher,
    Teaches,
    Travel,
)
from skemaplan.problem import Problem
from skemaplan.unroll import open_days, teaching_weeks, week_facts
from skemaplan.week import Fixed, WeekFacts

W6 = Week(2020, 6)
WEEKDAYS = frozenset(range(5))


def subject(id: str, **changes: object) -> Course:
    course = Course(id=id, name=id, wanted=135, fewest=90, most=180, sessions=2, shortest=45, longest=90, place="stob")
    return replace(course, **changes)  # type: ignore[arg-type]


def school(days: Iterable[int], who: str = "A", time: str = "08:30-13:00", **changes: object) -> Commitment:
    ((start, end),) = spans(time)
    row = Commitment(
        who=who, title="DU2-5", days=frozenset(days), start=start, end=end, place="horsens", kind=LANGUAGE_SCHOOL
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def term(**changes: object) -> Problem:
    """Three participants (A and B in a team), three subjects and a talk, February to July 2020."""
    bells = spans(f"{P1} 09:15-10:00 10:15-11:00 11:00-11:45 12:15-13:00 13:00-13:45 14:00-14:45")
    talk = subject("talk", kind="talk", wanted=45, fewest=45, most=45, sessions=1, longest=45)
    problem = Problem(
        settings=Settings(name="tiny", start=date(2020, 2, 3), end=date(2020, 7, 31)),
        periods=tuple(Period(id=f"P{i}", start=a, end=b, days=WEEKDAYS) for i, (a, b) in enumerate(bells)),
        places=(Place(id="stob", link="https://stob.example"), Place(id="horsens"), Place(id="hedensted")),
        travel=(
            Travel(start="stob", end="horsens", minutes=45),
            Travel(start="stob", end="hedensted", minutes=15),
            Travel(start="hedensted", end="stob", minutes=20),
            Travel(start="horsens", end="hedensted", minutes=30),
        ),
        rooms=(Room(id="lokale 1", place="stob", seats=12), Room(id="lokale 2", place="stob", seats=6)),
        courses=(subject("mat"), subject("eng"), subject("saf"), talk),
        teachers=tuple(Teacher(id=t) for t in ("U-MAT", "U-ENG", "U-SAF", "KOORD")),
        teaches=tuple(
            Teaches(teacher=t, course=c)
            for t, c in {"U-MAT": "mat", "U-ENG": "eng", "U-SAF": "saf", "KOORD": "talk"}.items()
        ),
        participants=(
            Participant(id="A", label="Deltager A", team="hold 1"),
            Participant(id="B", label="Deltager B", team="hold 1"),
            Participant(id="C", label="Deltager C"),
        ),
        takes=tuple(Takes(who="all", course=c) for c in ("mat", "eng", "saf", "talk")),
        availability=(
            Availability(who="U-MAT", days=WEEKDAYS, start=510, end=825),
            *(Availability(who=t, days=WEEKDAYS, start=510, end=885) for t in ("U-ENG", "U-SAF", "KOORD")),
        ),
    )
    return replace(problem, **changes)  # type: ignore[arg-type]


def week(problem: Problem, name: str = "2020-W06") -> WeekFacts:
    return week_facts(problem, Week.parse(name))


def times(fixed: Iterable[Fixed]) -> Spans:
    return tuple((f.start, f.end) for f in fixed)


def school_days(facts: WeekFacts, who: str = "A") -> list[int]:
    return sorted(facts.participants[who].language_days)


def lessons(facts: WeekFacts, who: str = "A") -> dict[str, float]:
    return {c: d.wanted / 45 for c, d in facts.participants[who].demands.items()}


# -- the newest valid row wins ----------------------------------------------------------------------------------------


def test_a_new_language_class_replaces_the_old_from_its_date() -> None:
    problem = term(commitments=(school([MON, WED]), school([TUE, THU], title="DU2-6", valid_from=date(2020, 4, 14))))
    assert school_days(week(problem)) == [MON, WED]
    assert school_days(week(problem, "2020-W15")) == [MON, WED]
    assert school_days(week(problem, "2020-W16")) == [MON, TUE, THU]  # the new class begins on the Tuesday
    assert school_days(week(problem, "2020-W17")) == [TUE, THU]


def test_what_ends_gives_the_days_back_to_the_older_row() -> None:
    summer = school([FRI], valid_from=date(2020, 3, 2), valid_to=date(2020, 3, 8))
    problem = term(commitments=(school([MON, WED]), summer))
    assert [school_days(week(problem, w)) for w in ("2020-W09", "2020-W10", "2020-W11")] == [[0, 2], [4], [0, 2]]


def test_another_kind_of_commitment_is_another_thing() -> None:
    praktik = Commitment(
        who="A", title="praktik", days=frozenset({TUE}), start=480, end=720, valid_from=date(2020, 2, 3)
    )
    facts = week(term(commitments=(school([MON]), praktik)))
    assert [len(day) for day in facts.participants["A"].fixed] == [1, 1, 0, 0, 0, 0, 0]


def test_a_teachers_hours_change_from_a_date() -> None:
    rows = (
        Teaches(teacher="U-MAT", course="mat", least=90, most=180),
        Teaches(teacher="U-MAT", course="mat", least=0, most=135, valid_from=date(2020, 6, 8)),
        Teaches(teacher="U-ENG", course="eng", valid_to=date(2020, 3, 1)),
        *term().teaches[2:],
    )
    problem = term(teaches=rows)
    assert week(problem, "2020-W23").teachers["U-MAT"].teaches == {"mat": (90, 180)}
    assert week(problem, "2020-W24").teachers["U-MAT"].teaches == {"mat": (0, 135)}
    assert week(problem, "2020-W09").teachers["U-ENG"].teaches == {"eng": (0, None)}
    assert week(problem, "2020-W10").teachers["U-ENG"].teaches == {}


def test_what_holds_on_most_days_of_a_week_is_the_weeks() -> None:
    rows = (Teaches(teacher="U-MAT", course="mat", most=180), *term().teaches[1:])
    from_thursday = Teaches(teacher="U-MAT", course="mat", most=45, valid_from=date(2020, 2, 6))
    from_wednesday = replace(from_thursday, valid_from=date(2020, 2, 5))
    assert week(term(teaches=(*rows, from_thursday))).teachers["U-MAT"].teaches["mat"] == (0, 180)
    assert week(term(teaches=(*rows, from_wednesday))).teachers["U-MAT"].teaches["mat"] == (0, 45)


def test_her_own_row_of_a_course_before_her_teams_before_everyones() -> None:
    rows = (
        Takes(who="A", course="mat", wanted=180),
        Takes(who="hold 1", course="mat", wanted=90, valid_from=date(2020, 2, 3)),
        Takes(who="all", course="mat"),
    )
    facts = week(term(takes=rows, settings=replace(term().settings, weekly_target=4, weekly_tolerance=0)))
    assert [lessons(facts, who) for who in "ABC"] == [{"mat": 4}, {"mat": 2}, {"mat": 3}]


def test_her_own_price_before_her_teams_before_everyones() -> None:
    rows = (
        Price(name="alone", who="A", minutes=1),
        Price(name="alone", who="hold 1", minutes=2),
        Price(name="alone", minutes=3),
        Price(name="alone", minutes=4, valid_from=date(2020, 4, 24), valid_to=date(2020, 5, 23)),
    )
    problem = term(prices=rows)
    assert week(problem).prices == {("alone", ""): 3, ("alone", "A"): 1, ("alone", "B"): 2}
    assert week(problem, "2020-W18").prices["alone", ""] == 4
    assert week(problem, "2020-W22").prices["alone", ""] == 3


def test_windows() -> None:
    rows = (
        Availability(who="A", days=frozenset({MON, TUE}), start=540, end=720),
        Availability(who="A", days=frozenset({TUE}), start=780, end=840),
        Availability(who="A", days=frozenset({MON}), start=600, end=660, kind="busy"),
        Availability(who="A", days=frozenset({MON}), start=480, end=840, valid_from=date(2020, 3, 2)),
    )
    problem = term(availability=(*term().availability, *rows))
    a = week(problem).participants["A"]
    assert a.free[:3] == (((540, 600), (660, 720)), ((540, 720), (780, 840)), ())
    later = week(problem, "2020-W10").participants["A"]
    assert later.free[:2] == (((480, 600), (660, 840)), ((540, 720), (780, 840)))


def test_the_windows_of_a_team_are_each_members_too() -> None:
    rows = (
        Availability(who="hold 1", days=WEEKDAYS, start=540, end=720),
        Availability(who="A", days=WEEKDAYS, start=600, end=780),
    )
    facts = week(term(availability=(*term().availability, *rows)))
    assert [facts.participants[p].free[MON] for p in "ABC"] == [((600, 720),), ((540, 720),), WHOLE_DAY]


def test_her_hours_bound_every_day() -> None:
    people = (replace(term().participants[0], earliest=540, latest=840), *term().participants[1:])
    a = week(term(participants=people)).participants["A"]
    assert set(a.free[:5]) == {((540, 840),)}


# -- dated entries override weekly ones -------------------------------------------------------------------------------


def exam(day: date, time: str, place: str = "hedensted", **changes: object) -> Absence:
    ((start, end),) = spans(time)
    row = Absence(who="A", from_date=day, to_date=day, start=start, end=end, title="PD2", place=place, kind="exam")
    return replace(row, **changes)  # type: ignore[arg-type]


def test_an_exam_cuts_the_language_class_with_the_way_there() -> None:
    monday = date(2020, 2, 3)
    facts = week(term(commitments=(school([MON, WED]),), absences=(exam(monday, "11:00-12:00"),)))
    a = facts.participants["A"]
    assert [(f.title, f.place) for f in a.fixed[MON]] == [("DU2-5", "horsens"), ("PD2", "hedensted")]
    assert times(a.fixed[MON]) == ((minute("08:30"), minute("10:30")), (minute("11:00"), minute("12:00")))
    assert a.free[MON] == cut_out("11:00-12:00")
    assert times(a.fixed[WED]) == ((minute("08:30"), minute("13:00")),)


def cut_out(time: str) -> Spans:
    ((start, end),) = spans(time)
    return ((0, start), (end, 24 * 60))


def test_an_exam_in_the_middle_leaves_both_ends_that_are_worth_going_for() -> None:
    monday = date(2020, 2, 3)
    a = week(term(commitments=(school([MON]),), absences=(exam(monday, "10:00-10:30", "horsens"),))).participants["A"]
    assert times(a.fixed[MON]) == spans("08:30-10:00 10:00-10:30 10:30-13:00")
    short = week(term(commitments=(school([MON]),), absences=(exam(monday, "09:00-10:00", "horsens"),)))
    assert times(short.participants["A"].fixed[MON]) == spans("09:00-10:00 10:00-13:00")  # nobody goes for half an hour


def test_two_dated_entries_block_their_union() -> None:
    monday = date(2020, 2, 3)
    rows = (exam(monday, "10:00-12:00"), exam(monday, "11:00-13:00", "horsens", title="PD3"))
    a = week(term(absences=rows)).participants["A"]
    assert times(a.fixed[MON]) == spans("10:00-12:00 12:00-13:00")
    assert a.free[MON] == cut_out("10:00-13:00")


def test_who_is_away_goes_nowhere_and_the_others_go_on() -> None:
    away = Absence(who="A", from_date=date(2020, 2, 3), to_date=date(2020, 2, 4), title="barn syg")
    facts = week(term(commitments=(school([MON], who="hold 1"),), absences=(away,)))
    a, b = facts.participants["A"], facts.participants["B"]
    assert (a.fixed[MON], a.free[:3]) == ((), ((), (), WHOLE_DAY))
    assert (times(b.fixed[MON]), b.free[MON]) == (spans("08:30-13:00"), WHOLE_DAY)


def test_a_reservation_is_a_mark_and_no_block() -> None:
    row = exam(date(2020, 2, 3), "10:00-12:00", kind="reserved")
    a = week(term(absences=(row,))).participants["A"]
    assert (a.fixed[MON], a.free[MON], a.reserved[MON]) == ((), WHOLE_DAY, spans("10:00-12:00"))


def test_rooms_places_and_teachers_can_be_away() -> None:
    monday = date(2020, 2, 3)
    rows = tuple(
        Absence(who=who, from_date=monday, to_date=monday, start=600, end=660)
        for who in ("lokale 2", "U-MAT", "hedensted")
    )
    facts = week(term(absences=rows))
    assert facts.rooms["lokale 2"].free[MON] == cut_out("10:00-11:00")
    assert facts.rooms["lokale 1"].free[MON] == WHOLE_DAY
    assert facts.teachers["U-MAT"].free[MON] == ((510, 600), (660, 825))
    assert facts.places["hedensted"][MON] == cut_out("10:00-11:00")


# -- closures ---------------------------------------------------------------------------------------------------------


def test_a_day_without_bells_tells_no_weeks_apart() -> None:
    """A teacher without windows could come on any Saturday, but for the one after the Friday on which the term ends."""
    problem = term(availability=())
    last, before = (week_facts(problem, Week(2020, n), standing=True) for n in (31, 30))
    assert last == before
    assert [bool(day) for day in last.teachers["KOORD"].free] == [True] * 5 + [False] * 2


def test_a_closure_from_noon_leaves_the_morning() -> None:
    first_of_may = Closure(from_date=date(2020, 5, 1), to_date=date(2020, 5, 1), start=720, reason="1. maj")
    facts = week(term(commitments=(school([FRI]),), closures=(first_of_may,)), "2020-W18")
    morning = ((0, 720),)
    a = facts.participants["A"]
    assert (facts.places["stob"][FRI], facts.rooms["lokale 1"].free[FRI], a.free[FRI]) == (morning,) * 3
    assert facts.teachers["U-MAT"].free[FRI] == ((510, 720),)
    assert times(a.fixed[FRI]) == spans("08:30-12:00")
    assert facts.places["stob"][THU] == WHOLE_DAY


def test_one_place_closes_and_the_others_go_on() -> None:
    row = Closure(from_date=date(2020, 2, 3), to_date=date(2020, 2, 3), place="stob", reason="brandøvelse")
    facts = week(term(commitments=(school([MON]),), closures=(row,)))
    a = facts.participants["A"]
    assert (facts.places["stob"][MON], facts.rooms["lokale 1"].free[MON]) == ((), ())
    assert (facts.places["horsens"][MON], times(a.fixed[MON])) == (WHOLE_DAY, spans("08:30-13:00"))
    assert (
        week(term(closures=(replace(row, place="horsens"),), commitments=(school([MON]),))).participants["A"].fixed[MON]
        == ()
    )


def test_the_language_school_closes_alone() -> None:
    row = Closure(from_date=date(2020, 2, 3), to_date=date(2020, 2, 3), who=LANGUAGE_SCHOOL)
    facts = week(term(commitments=(school([MON, WED]),), closures=(row,)))
    a = facts.participants["A"]
    assert (a.fixed[MON], a.free[MON], school_days(facts)) == ((), WHOLE_DAY, [WED])


def test_a_short_closure_changes_nobodys_other_courses() -> None:
    """What a week should hold follows from an ordinary week of its time."""
    row = Closure(from_date=date(2020, 2, 3), to_date=date(2020, 2, 5), who=LANGUAGE_SCHOOL)
    problem = term(commitments=(school([MON, TUE, WED]),), closures=(row,))
    assert lessons(week(problem)) == lessons(week(problem, "2020-W08")) == {"mat": 2, "eng": 2, "saf": 2, "talk": 1}


def test_a_long_closure_of_the_language_school_offers_more() -> None:
    summer = Closure(from_date=date(2020, 6, 29), to_date=date(2020, 8, 7), who=LANGUAGE_SCHOOL)
    problem = term(commitments=(school([MON, WED]),), closures=(summer,))
    june, july = week(problem, "2020-W26").participants["A"], week(problem, "2020-W28").participants["A"]
    assert {c: d.cap // 45 for c, d in june.demands.items()} == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert {c: d.cap // 45 for c, d in july.demands.items()} == {"mat": 4, "eng": 4, "saf": 4, "talk": 1}
    assert lessons(week(problem, "2020-W28")) == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}


def test_language_days_count_on_days_when_nobody_teaches() -> None:
    only_friday = tuple(Availability(who=t.id, days=frozenset({FRI}), start=510, end=885) for t in term().teachers)
    facts = week(term(commitments=(school([MON, TUE, THU]),), availability=only_friday))
    assert facts.participants["A"].committed == 15 * 45
    assert lessons(facts) == {"mat": 2, "eng": 2, "saf": 2, "talk": 1}


def test_closed_weeks_are_no_teaching_weeks() -> None:
    winter = Closure(from_date=date(2020, 2, 10), to_date=date(2020, 2, 16))
    weeks = teaching_weeks(term(closures=(winter,)))
    assert [str(w) for w in weeks[:2]] == ["2020-W06", "2020-W08"]
    assert len(weeks) == 25
    assert open_days(term(closures=(winter,)), Week(2020, 7)) == frozenset()


# -- modes ------------------------------------------------------------------------------------------------------------


def online(**changes: object) -> Mode:
    return replace(Mode(from_date=date(2020, 3, 16), to_date=date(2020, 6, 5), mode=ONLINE), **changes)  # type: ignore[arg-type]


def test_a_mode_overrides_the_course_meanwhile() -> None:
    row = online(course="mat", shortest=30, longest=30, smallest_group=1, largest_group=1, sessions=1, wanted=30)
    problem = term(modes=(row,))
    before, during, after = (week(problem, w) for w in ("2020-W11", "2020-W12", "2020-W24"))
    day = during.courses["mat"].days[MON]
    assert (day.place, day.link, day.shortest, day.longest, day.largest) == (ONLINE, "https://stob.example", 30, 30, 1)
    assert during.courses["eng"].days[MON].place == "stob"
    assert before.courses == after.courses
    d = during.participants["A"].demands["mat"]
    assert (d.wanted, d.fewest, d.cap, d.sessions, d.shortest) == (30, 30, 30, 1, 30)
    assert before.participants["A"].demands["mat"].wanted == 135


def test_a_mode_changes_on_its_day_and_the_week_is_what_most_days_are() -> None:
    row = online(from_date=date(2020, 3, 19), course="mat", wanted=30, shortest=30, longest=30, sessions=1)
    facts = week(term(modes=(row,)), "2020-W12")
    assert [d.place for d in facts.courses["mat"].days[:5]] == ["stob", "stob", "stob", ONLINE, ONLINE]
    assert lessons(facts)["mat"] == 3


def test_a_mode_of_everything_leaves_a_talk_a_talk() -> None:
    day = week(term(modes=(online(smallest_group=2, largest_group=3),)), "2020-W12").courses["talk"].days[MON]
    assert (day.place, day.smallest, day.largest) == (ONLINE, 1, 1)


def test_a_mode_of_one_course_goes_before_one_of_everything() -> None:
    everything = online(link="https://alle.example", largest_group=3)
    back = online(course="mat", mode="in_person", from_date=date(2020, 5, 18))
    for rows in ((everything, back), (back, everything)):
        facts = week(term(modes=rows), "2020-W21")
        assert facts.courses["mat"].days[MON].place == "stob"
        assert facts.courses["mat"].days[MON].largest is None
        assert (facts.courses["eng"].days[MON].place, facts.courses["eng"].days[MON].largest) == (ONLINE, 3)


def test_the_newer_of_two_modes_wins() -> None:
    first = online(largest_group=4)
    then = online(largest_group=2, from_date=date(2020, 5, 4))
    for rows in ((first, then), (then, first)):
        assert week(term(modes=rows), "2020-W18").courses["mat"].days[MON].largest == 4
        assert week(term(modes=rows), "2020-W19").courses["mat"].days[MON].largest == 2


def test_one_person_is_online_by_herself() -> None:
    problem = term(modes=(online(who="A", course="mat", wanted=45, sessions=1),))
    facts = week(problem, "2020-W12")
    assert facts.participants["A"].online == {("mat", d) for d in range(7)}
    assert facts.participants["B"].online == frozenset()
    assert facts.courses["mat"].days[MON].place == "stob"
    assert [lessons(facts, p)["mat"] for p in "AB"] == [1, 3]


def test_one_person_has_shorter_sessions_by_herself() -> None:
    facts = week(term(modes=(online(who="A", course="mat", shortest=30, longest=30, largest_group=1),)), "2020-W12")
    day = facts.how("A", "mat", MON)
    assert (day.place, day.shortest, day.longest, day.largest) == ("stob", 30, 30, 1)
    assert facts.how("B", "mat", MON) == facts.courses["mat"].days[MON]
    assert facts.participants["A"].demands["mat"].shortest == 30
    assert ("eng", MON) not in facts.participants["A"].own


def test_one_person_is_back_before_the_others() -> None:
    facts = week(term(modes=(online(), online(who="A", mode="in_person", from_date=date(2020, 5, 4)))), "2020-W19")
    assert [facts.how(p, "mat", MON).place for p in "AB"] == ["stob", ONLINE]
    assert facts.participants["A"].online == frozenset()


def test_a_newer_mode_of_everything_goes_before_an_older_one_of_a_course() -> None:
    """Back in person: one row, whatever was written for each course before."""
    mat = online(course="mat", shortest=30, longest=30, wanted=30, sessions=1, largest_group=1)
    back = online(mode="in_person", from_date=date(2020, 5, 4))
    for rows in ((mat, back), (back, mat)):
        before, after = (week(term(modes=rows), w) for w in ("2020-W18", "2020-W19"))
        assert (before.courses["mat"].days[MON].place, lessons(before)["mat"]) == (ONLINE, 30 / 45)
        assert after.courses == week(term(), "2020-W19").courses
        assert lessons(after)["mat"] == 3


def test_of_modes_from_one_day_that_of_a_course_goes_first() -> None:
    rows = (online(largest_group=4), online(course="mat", largest_group=2))
    for modes in (rows, rows[::-1]):
        assert week(term(modes=modes), "2020-W12").courses["mat"].days[MON].largest == 2


def test_what_a_newer_mode_does_not_say_an_older_one_does() -> None:
    rows = (online(shortest=30, longest=30, wanted=60), online(largest_group=2, from_date=date(2020, 5, 4)))
    facts = week(term(modes=rows), "2020-W19")
    day = facts.courses["mat"].days[MON]
    assert (day.shortest, day.longest, day.largest) == (30, 30, 2)
    assert facts.participants["A"].demands["mat"].wanted == 60


def test_back_in_person_may_be_in_small_groups() -> None:
    row = online(mode="in_person", largest_group=2, wanted=90, shortest=90, longest=90, sessions=1)
    facts = week(term(modes=(row,)), "2020-W12")
    day = facts.courses["mat"].days[MON]
    assert (day.place, day.shortest, day.longest, day.largest) == ("stob", 90, 90, 2)
    assert (lessons(facts)["mat"], facts.participants["A"].demands["mat"].sessions) == (2, 1)


def test_a_team_is_online_by_itself() -> None:
    facts = week(term(modes=(online(who="hold 1"),)), "2020-W12")
    assert {p for p in "ABC" if ("mat", MON) in facts.participants[p].online} == {"A", "B"}


def test_the_language_school_goes_online() -> None:
    rows = (school([MON], who="hold 1"), school([MON], who="C"))
    everyone = week(term(modes=(online(course=LANGUAGE_SCHOOL),), commitments=rows), "2020-W12")
    assert [everyone.participants[p].fixed[MON][0].place for p in "ABC"] == [ONLINE] * 3
    one = week(term(modes=(online(course=LANGUAGE_SCHOOL, who="A"),), commitments=rows), "2020-W12")
    assert [one.participants[p].fixed[MON][0].place for p in "ABC"] == [ONLINE, "horsens", "horsens"]
    team = week(term(modes=(online(course=LANGUAGE_SCHOOL, who="hold 1"),), commitments=rows), "2020-W12")
    assert [team.participants[p].fixed[MON][0].place for p in "ABC"] == [ONLINE, ONLINE, "horsens"]


# -- cycles, odd and even weeks ---------------------------------------------------------------------------------------


NINE_WEEKS = tuple(weeks_between(date(2020, 11, 30), date(2021, 1, 31)))


def long_term(**changes: object) -> Problem:
    settings = replace(term().settings, start=date(2020, 11, 30), end=date(2021, 1, 31))  # weeks 49 to 53 and 1 to 4
    return term(settings=settings, **changes)


def test_odd_and_even_weeks_are_iso_week_numbers_over_a_year_of_53() -> None:
    odd = school([MON], every_weeks=2, valid_from=date(2020, 11, 30))
    even = school([THU], every_weeks=2, valid_from=date(2020, 12, 7))
    problem = long_term(commitments=(odd, even))
    found = {w.number: school_days(week_facts(problem, w)) for w in NINE_WEEKS}
    assert found == {49: [0], 50: [3], 51: [0], 52: [3], 53: [0], 1: [0], 2: [3], 3: [0], 4: [3]}


def test_a_class_of_every_week_replaces_odd_and_even_ones() -> None:
    odd = school([MON], every_weeks=2, valid_from=date(2020, 11, 30))
    even = school([THU], every_weeks=2, valid_from=date(2020, 12, 7))
    weekly = school([FRI], valid_from=date(2021, 1, 4))
    problem = long_term(commitments=(weekly, even, odd))
    assert [school_days(week(problem, f"2021-W0{n}")) for n in (1, 2)] == [[FRI], [FRI]]
    assert school_days(week(problem, "2020-W53")) == [MON]


def test_every_third_week_counts_from_its_first() -> None:
    row = Commitment(who="A", title="mentor", days=frozenset({MON}), start=540, end=600, every_weeks=3)
    problem = long_term(commitments=(row,))
    found = [bool(week_facts(problem, w).participants["A"].fixed[MON]) for w in NINE_WEEKS]
    assert found == [True, False, False] * 3


def test_talks_every_second_week_take_turns() -> None:
    courses = (*term().courses[:3], replace(term().courses[3], every_weeks=2))
    takes = (Takes(who="A", course="talk"), Takes(who="C", course="talk"))
    problem = long_term(courses=courses, takes=takes)
    due = {p: [bool(week_facts(problem, w).participants[p].demands) for w in NINE_WEEKS] for p in "ABC"}
    assert due["A"] == [True, False, True, False, True, False, True, False, True]
    assert due["C"] == [not x for x in due["A"]]
    assert not any(due["B"])


# -- the edges of a term, and of a participant's own time -------------------------------------------------------------


def test_a_week_that_the_term_begins_in_asks_for_its_share() -> None:
    settings = replace(term().settings, start=date(2020, 2, 6), end=date(2020, 2, 18))  # a Thursday to a Tuesday
    problem = term(settings=settings, commitments=(school([MON, THU]),))
    first, second, last = (week(problem, f"2020-W0{n}") for n in (6, 7, 8))
    assert lessons(first) == {"mat": 1, "eng": 1, "saf": 1}
    assert lessons(second) == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert lessons(last) == {"mat": 1, "eng": 1, "saf": 1}
    assert (school_days(first), school_days(last)) == ([THU], [MON])
    assert first.participants["A"].free[:4] == ((), (), (), WHOLE_DAY)
    assert (first.places["stob"][WED], first.places["stob"][THU]) == ((), WHOLE_DAY)


def test_who_comes_later_and_leaves_early_has_her_own_weeks() -> None:
    b = replace(term().participants[1], start=date(2020, 3, 25), end=date(2020, 6, 30))  # a Wednesday and a Tuesday
    problem = term(participants=(term().participants[0], b, term().participants[2]))
    assert "B" not in week(problem, "2020-W12").participants
    may_have = week(problem, "2020-W13").participants["B"].demands
    as_ever = {"mat": (0, 3), "eng": (0, 3), "saf": (0, 3), "talk": (0, 1)}  # whatever of them falls in her days
    assert {c: (d.wanted, d.cap // 45) for c, d in may_have.items()} == as_ever
    assert lessons(week(problem, "2020-W13"), "A") == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert week(problem, "2020-W13").participants["B"].free[:3] == ((), (), WHOLE_DAY)
    assert "B" not in week(problem, "2020-W28").participants
    assert [str(w) for w in teaching_weeks(problem, "B")][:1] == ["2020-W13"]
    assert len(teaching_weeks(problem, "B")) == 15


def test_the_week_in_which_her_class_changes_asks_for_as_much_as_those_beside_it() -> None:
    """From Tuesday 24 March: Monday in the old class, Tuesday and Thursday in the new one."""
    old, new = school([MON, THU]), replace(school([TUE, THU]), valid_from=date(2020, 3, 24))
    problem = term(commitments=(old, new))
    wanted = [lessons(week(problem, name), "A") for name in ("2020-W12", "2020-W13", "2020-W14")]
    assert wanted[0] == wanted[1] == wanted[2]
    assert sorted(week(problem, "2020-W13").participants["A"].language_days) == [MON, TUE, THU]


def test_weeks_of_equal_facts_are_equal_and_others_are_not() -> None:
    day = Closure(from_date=date(2020, 3, 2), to_date=date(2020, 3, 2))
    problem = term(commitments=(school([MON]),), closures=(day,))
    assert week(problem, "2020-W08") == week(problem, "2020-W09")
    assert week(problem, "2020-W10") != week(problem, "2020-W09")
    standing = [week_facts(problem, Week(2020, n), standing=True) for n in (9, 10)]
    assert standing[0] == standing[1]


def test_a_lock_on_a_date_is_in_its_week_only() -> None:
    rows = (
        Lock(participant="A", course="mat", start=510, date=date(2020, 2, 11)),
        Lock(participant="A", course="eng", start=510, day=WED),
    )
    problem = term(locks=rows)
    assert [(x.course, x.day) for x in week(problem, "2020-W07").locks] == [("eng", WED), ("mat", TUE)]
    assert [(x.course, x.day) for x in week(problem, "2020-W08").locks] == [("eng", WED)]


def test_a_weekly_lock_holds_from_its_first_to_its_last_day() -> None:
    lock = Lock(
        participant="A", course="mat", start=510, day=TUE, valid_from=date(2020, 2, 18), valid_to=date(2020, 3, 2)
    )
    problem = term(locks=(lock,))
    for standing in (False, True):
        found = {n: len(week_facts(problem, Week(2020, n), standing=standing).locks) for n in (7, 8, 9, 10)}
        assert found == {7: 0, 8: 1, 9: 1, 10: 0}
    with pytest.raises(InputError, match="does not hold on 2020-02-11"):
        term(locks=(replace(lock, day=None, date=date(2020, 2, 11)),))


def test_ways_are_known_both_ways_unless_the_way_back_has_its_own_row() -> None:
    facts = week(term())
    assert (facts.way("horsens", "stob"), facts.way("stob", "horsens")) == (45, 45)
    assert (facts.way("stob", "hedensted"), facts.way("hedensted", "stob")) == (15, 20)
    assert facts.way("stob", ONLINE) == facts.way(ONLINE, "") == 30


# -- the order of the rows --------------------------------------------------------------------------------------------


def everything() -> Problem:
    """Something in every table, some of it overlapping."""
    return term(
        commitments=(
            school([MON, WED], who="hold 1"),
            school([TUE, THU], title="DU2-6", valid_from=date(2020, 4, 14)),
            school([FRI], who="C", every_weeks=2, valid_from=date(2020, 2, 3)),
            school([THU], who="C", every_weeks=2, valid_from=date(2020, 2, 10)),
        ),
        absences=(
            exam(date(2020, 5, 13), "10:00-12:00"),
            exam(date(2020, 5, 13), "11:00-13:00", "horsens", title="PD3"),
            exam(date(2020, 5, 13), "11:00-13:00", "stob", title="VUC"),
            Absence(who="U-MAT", from_date=date(2020, 3, 2), to_date=date(2020, 3, 13)),
            Absence(who="all", from_date=date(2020, 5, 14), to_date=date(2020, 5, 14), kind="excursion", title="tur"),
        ),
        closures=(
            Closure(from_date=date(2020, 5, 1), to_date=date(2020, 5, 1), start=720),
            Closure(from_date=date(2020, 5, 1), to_date=date(2020, 5, 2), who=LANGUAGE_SCHOOL),
            Closure(from_date=date(2020, 6, 29), to_date=date(2020, 8, 7), who=LANGUAGE_SCHOOL),
        ),
        modes=(
            online(),
            online(course="mat", largest_group=1),
            online(course="mat", mode="in_person", from_date=date(2020, 5, 18)),
            online(largest_group=5, link="https://a.example"),
            online(largest_group=6, link="https://b.example"),
            online(who="A", course="eng", mode="in_person"),
            online(who="A", course="eng", wanted=45),
            online(course=LANGUAGE_SCHOOL),
            online(course=LANGUAGE_SCHOOL, mode="in_person", who="hold 1"),
        ),
        takes=(*term().takes, Takes(who="hold 1", course="mat", wanted=90), Takes(who="A", course="mat", wanted=180)),
        prices=(
            Price(name="alone", who="A", minutes=1),
            Price(name="alone", who="hold 1", minutes=2),
            Price(name="alone", minutes=3),
        ),
        pairs=(Pair(a="B", b="A", kind="together"), Pair(a="A", b="C", kind="apart", hard=False)),
        locks=(
            Lock(participant="A", course="mat", start=510, day=TUE, teacher="U-MAT"),
            Lock(participant="A", course="mat", start=510, day=TUE, room="lokale 1"),
        ),
        availability=(
            *term().availability,
            Availability(who="A", days=frozenset({MON}), start=510, end=720),
            Availability(who="A", days=frozenset({MON}), start=540, end=700, valid_from=date(2020, 5, 4)),
            Availability(who="A", days=frozenset({MON}), start=600, end=800, valid_from=date(2020, 5, 4)),
        ),
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    problem, draw = everything(), Random(seed)
    tables = {f.name: getattr(problem, f.name) for f in fields(problem) if f.name != "settings"}
    rows: dict[str, Any] = {name: tuple(draw.sample(table, len(table))) for name, table in tables.items()}
    shuffled = replace(problem, **rows)
    for number in (6, 7, 10, 12, 18, 20, 21, 22, 28):
        for standing in (False, True):
            written = week_facts(problem, Week(2020, number), standing=standing)
            assert week_facts(shuffled, Week(2020, number), standing=standing) == written
