"""The coordinator's overview and what it rests on: the differences between two plans."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from plans import ROWS, changed, make_plan, small_problem

from skemaplan.dates import Week
from skemaplan.differences import differences
from skemaplan.facts import Participant
from skemaplan.overview import overview
from skemaplan.report import report
from skemaplan.schedule import Schedule, Session, TermPlan, WeekPlan
from skemaplan.unroll import week_facts

MOVED = changed(ROWS, {3: ("2026-04-01", "09:15-10:00", "mat", "U-MAT", "Lokale 2", "A B"), 5: None})


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def week(html: str, number: int) -> Any:
    return next(w for w in data_of(html)["weeks"] if f" {number} ·" in w["title"])


def test_nothing_is_different_from_itself() -> None:
    assert list(differences(make_plan(), make_plan())) == []


def test_a_move_is_told_to_each_of_those_who_have_to_do_with_it() -> None:
    found = [d for d in differences(make_plan(), make_plan(rows=MOVED)) if d.week == Week(2026, 14)]

    moved = {d.person: (d.before, d.now) for d in found if d.before and d.before[0].course == "mat"}
    assert sorted(moved) == ["A", "B", "Lokale 1", "U-MAT"]
    before, now = moved["A"]
    assert before is not None
    assert now is not None
    assert (before[0].day, before[0].start, before[1]) == (1, 510, "Lokale 1")
    assert (now[0].day, now[0].start, now[1]) == (2, 555, "Lokale 2")
    assert moved["Lokale 1"][1] is None, "the room lost it"
    assert [d.now and d.now[0].day for d in found if d.person == "Lokale 2" and d.now] == [2], "the other room got it"


def test_of_two_that_went_the_nearer_one_moved() -> None:
    rows = changed(ROWS, {0: None, 1: ("2026-03-27", "12:15-13:45", "mat", "U-MAT", "Lokale 1", "A B C")})
    found = [d for d in differences(make_plan(), make_plan(rows=rows)) if d.person == "B"]

    assert [(d.before and d.before[0].day, d.now and d.now[0].day) for d in found] == [(4, 4), (1, None)]


def test_what_went_has_nothing_now_and_what_came_had_nothing_before() -> None:
    went = [d for d in differences(make_plan(), make_plan(rows=MOVED)) if d.before and d.before[0].course == "eng"]
    came = [d for d in differences(make_plan(rows=MOVED), make_plan()) if d.now and d.now[0].course == "eng"]

    assert {d.person for d in went} == {d.person for d in came} == {"A", "B", "C", "U-ENG", "Lokale 2"}
    assert not [d for d in went if d.now] + [d for d in came if d.before]


def test_every_session_of_the_plan_is_in_the_overview() -> None:
    plan = make_plan()
    html = overview(plan)

    shown = [tuple(s[:5]) for w in data_of(html)["weeks"] for s in w["sessions"]]
    meant = [(s.day, s.start, s.end, s.course, s.teacher) for w in plan.weeks.values() for s in w.schedule.sessions]
    assert shown == meant


def test_a_draft_is_compared_with_what_was_published() -> None:
    html = overview(make_plan(rows=MOVED), make_plan())
    changes = week(html, 14)["changes"]

    mine = [c for c in changes if c["who"] == "A"]
    assert [(c["before"] and c["before"][4], c["now"] and c["now"][4]) for c in mine] == [
        ("tirsdag 08:30, Lokale 1", "onsdag 09:15, Lokale 2"),
        ("fredag 12:15, Online", None),
    ]
    assert data_of(html)["changed"] is True
    assert data_of(overview(make_plan()))["changed"] is False


def test_what_is_missing_is_told_with_its_reason() -> None:
    missing = data_of(overview(make_plan(), language="en"))["weeks"][0]["missing"]

    assert missing == [["A", "mat", 1, "lost", "closed on 2026-03-23: Easter"], ["B", "eng", 1, "unmet", "no room"]]


def test_whoever_is_shown_stands_there_with_her_lessons_of_the_week() -> None:
    problem = small_problem()
    plan = make_plan(replace(problem, teaches=tuple(replace(t, least=225, most=270) for t in problem.teaches)))
    sums = data_of(overview(plan))["weeks"][0]["sums"]
    hours = report(plan)["hours"].query("week == '2026-W13'").set_index("participant")["total"]

    for p, total in hours.items():
        assert sums[p][0].startswith(f"{total:.1f}".removesuffix(".0").replace(".", ",") + " lektion")
    assert sums["A"][0].endswith(" (18–22)")
    assert sums["U-MAT"] == ["4 lektioner (5–6)", True], "she is below her least"
    assert sums["Lokale 1"] == ["2 mødegange", False]


def test_it_says_at_the_top_that_it_is_not_to_be_sent() -> None:
    html = overview(make_plan(), language="en")

    assert html.index("Do not send it or put it on the web.") < html.index("<h1>")
    assert "default-src 'none'" in html


def test_whatever_is_typed_is_text_and_nothing_else() -> None:
    nasty = "</script><script>alert(1)</script><!--\u2028 دلتاغر 👩🏽‍🏫 \"'"
    problem = small_problem()
    people = tuple(replace(p, label=nasty) for p in problem.participants)
    courses = (replace(problem.courses[0], name=nasty), *problem.courses[1:])
    html = overview(make_plan(replace(problem, participants=people, courses=courses)))

    class Scripts(HTMLParser):
        count = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.count += tag == "script"

    reader = Scripts()
    reader.feed(html)
    assert reader.count == 2
    assert "<script>alert" in data_of(html)["views"]["participants"][0]["name"]


def test_beginnings_of_names_tell_courses_apart() -> None:
    problem = small_problem()
    names = ("Samfundsforståelse", "Samtale", "Engelsk")
    courses = tuple(replace(c, name=name) for c, name in zip(problem.courses, names, strict=True))

    shown = data_of(overview(make_plan(replace(problem, courses=courses))))["courses"]
    assert [shown[c.id]["short"] for c in courses] == ["Samf", "Samt", "Eng"]


def test_a_term_of_many_teams_stays_small() -> None:
    """Twelve teams, eighty-six participants, twenty-two weeks: under five megabytes."""
    problem = small_problem()
    ids = [f"P{n:02}" for n in range(86)]
    people = tuple(Participant(id=i, label=f"Deltager {i}", team=f"hold {n % 12 + 1}") for n, i in enumerate(ids))
    problem = replace(problem, participants=people, commitments=(), absences=())
    facts = week_facts(problem, Week(2026, 13))
    sessions = {
        Session(d, 510 + 60 * n, 555 + 60 * n, "mat", "U-MAT", "stob", 45): frozenset(ids[n * 14 : n * 14 + 14])
        for d in range(5)
        for n in range(6)
    }
    weeks = [Week(2026, n) for n in range(13, 35)]
    plan = TermPlan(problem, {w: WeekPlan(w, Schedule(facts, sessions), "1", ()) for w in weeks})

    html = overview(plan)
    assert len(html.encode()) < 5_000_000
    assert data_of(html)["teams"] == sorted({p.team for p in people})
