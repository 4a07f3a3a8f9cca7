"""The benchmarks measure what they say: peers solve the same problem, and what is hidden in a term is a plan of it."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ortools.sat.python import cp_model
from random_weeks import random_week

from benchmarks.choices import choices, unsaid
from benchmarks.contestants import CONTESTANTS, by_fet, by_timefold, cp_sat, no_fet, no_timefold, prices, tiers
from benchmarks.explain import SAME_SLOT
from benchmarks.fet import Task, document
from benchmarks.make_borders import make_borders
from benchmarks.make_region import CROWDED, MUNICIPALITY, REGION, Staff, make_region
from benchmarks.make_shared import make_shared
from benchmarks.peers import SlotModel, SpanModel, TextbookModel
from benchmarks.plot import plot
from benchmarks.replan_region import planted_week
from benchmarks.results import Ratio, Row, best_ratios, read_rows, table, write_rows
from benchmarks.shortages import same_slot
from benchmarks.specs import SPECS, Spec, case, tight
from benchmarks.term import dated, ordinary_weeks
from benchmarks.timefold_peer import Telling
from benchmarks.tracing import Point, Trace
from skemaplan import plan, read
from skemaplan.dates import Week
from skemaplan.model import Model
from skemaplan.rules import DEMANDS, MUSTS, STANDARD, UNIVERSE, WeekRule
from skemaplan.solving import price_of, solve, verify
from skemaplan.unroll import week_facts
from skemaplan.week import WeekFacts


@pytest.mark.parametrize("kind", [SlotModel, SpanModel])
@pytest.mark.parametrize("seed", range(8))
def test_a_peer_comes_to_the_same_values(kind: type[TextbookModel], seed: int) -> None:
    facts = random_week(seed)
    ours = solve(facts, STANDARD)
    values = {t.name: t.value for t in ours.tiers}
    found = tiers(facts, 60, Trace(), kind=kind, minimise=cp_sat({"num_workers": 1}))
    assert found.proven
    assert (found.demands is None) == ours.impossible  # some of these weeks have locks that no plan can keep
    assert ours.impossible or (found.demands, found.inconvenience) == (values["demands"], values["inconvenience"])


@pytest.mark.parametrize("staff", [CROWDED, REGION, MUNICIPALITY])
@pytest.mark.parametrize("teams", [3, 12])
def test_the_plan_that_is_hidden_in_a_region_holds(teams: int, staff: Staff, tmp_path: Path) -> None:
    region = make_region(teams, 1, staff=staff)
    region.write(tmp_path)
    week = planted_week(week_facts(read(tmp_path), Week(2027, 9), standing=True), region.plan)
    assert not list(verify(week, [*UNIVERSE, *MUSTS]))
    assert price_of(week, STANDARD)[DEMANDS] == 0


def test_whoever_may_talk_with_anyone_has_about_as_many_talks_as_others() -> None:
    """Else most of a region's coordinators have a talk at every hour of the week, and some have none."""
    given = Counter(p.teacher for p in make_region(24, 2, staff=REGION).plan if p.teacher.startswith("K-"))
    assert len(given) == 8
    assert max(given.values()) < 35


def test_forty_people_can_share_three_teachers(tmp_path: Path) -> None:
    make_shared(40).write(tmp_path)
    facts = week_facts(read(tmp_path), Week(2027, 9), standing=True)
    assert (len(facts.participants), len({t for t in facts.teachers if t.startswith("U-")})) == (40, 3)


def test_across_a_border_is_more_choice_and_no_less(tmp_path: Path) -> None:
    region = make_borders(6, 2)
    region.write(tmp_path)
    week = planted_week(week_facts(read(tmp_path), Week(2027, 9), standing=True), region.plan)
    assert not list(verify(week, [*UNIVERSE, *MUSTS]))
    given = {str(r["course"]) for r in region.tables["teaches"] if r["teacher"] == "U-eng-1.1"}
    sites = {str(r["place"]) for r in region.tables["courses"] if r["id"] in given}
    assert {site.split(".")[0] for site in sites} == {"sted 1", "sted 2"}


def test_a_tight_week_has_no_other_time_for_a_lesson() -> None:
    facts = tight(1, 0)
    found = solve(facts, STANDARD).schedule
    assert found is not None
    assert price_of(found, STANDARD)[DEMANDS] == 0
    for t in facts.teachers:
        there = sum(end - start for day in facts.teachers[t].free for start, end in day)
        assert there == sum(s.end - s.start for s in found.of(t))


@pytest.mark.parametrize("spec", [s for s in SPECS if s.peers], ids=lambda s: s.name)
def test_a_seed_changes_nothing_but_the_order(spec: Spec) -> None:
    assert spec.build(spec.sizes[0], 0) == spec.build(spec.sizes[0], 1)


def test_a_trace_knows_when_something_was_there() -> None:
    trace = Trace(points=[Point(1, 90, None), Point(2, 0, None), Point(3, 0, 700), Point(4, 0, 600)])
    assert (trace.until(0), trace.until(0, 600), trace.until(0, 599)) == (2, 4, None)


def test_results_of_a_spec_that_is_run_again_take_the_place_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    write_rows(path, [row("a", "path", 1.0), row("a", "slot", 4.0), row("b", "path", 2.0)], {"machine": "here"})
    write_rows(path, [row("a", "slot", None)], {"machine": "here"})
    write_rows(path, [row("a", "path", 0.5)], {"machine": "here"})
    rows = read_rows(path)
    assert [(r.spec, r.group, r.proof) for r in rows] == [("b", "path", 2.0), ("a", "slot", None), ("a", "path", 0.5)]


def test_who_proves_nothing_counts_as_the_limit_and_whoever_never_proves_not_at_all() -> None:
    fet = replace(row("a", "FET", None), limit=None, spent=0.1, near=None, inconvenience=1640)
    rows = [row("a", "path", 0.5), row("a", "slot", None), fet]
    rows += [row("b", "path", 2.0), row("b", "slot", 1.0), row("b", "span", 3.0)]
    rows += [row("c", "path", None), row("c", "slot", 15.0)]
    rows += [row("d", "path", None), row("d", "slot", None)]
    assert best_ratios(rows) == {
        ("a", 1): Ratio(60.0, "at least"),  # not proven in 30 s
        ("b", 1): Ratio(0.5),
        ("c", 1): Ratio(0.5, "at most"),
    }
    told = table(rows)
    assert "2.5 times as long (geometric mean of 3 rows, 1 of them at least, 1 of them at most)" in told
    assert "fits 0.10 s, 1640 min" in told
    assert "nobody proves it" in told


def row(spec: str, group: str, proof: float | None) -> Row:
    return Row(spec, 1, group, group, 0, 0.1, 0.2, proof, proof or 30.0, 30.0, 0, 700, 700)


def test_everybody_who_takes_part_has_a_colour(tmp_path: Path) -> None:
    groups = list(dict.fromkeys(c.group for c in CONTESTANTS))
    plot([row("a", group, 1.0) for group in groups], tmp_path / "plot.svg")
    drawn = (tmp_path / "plot.svg").read_text()
    assert all(f">{group}</text>" in drawn for group in groups)


def test_a_term_is_told_week_by_week() -> None:
    with ordinary_weeks() as results:
        made = plan(read(Path(__file__).parents[1] / "examples" / "smallest"))
    assert len(results) == len(made.bases)
    lines = list(dated(made))
    assert sum(line.startswith("| 2027-W") for line in lines) == len(made.weeks)
    assert any(line.startswith("inconvenience: ") for line in lines)


def test_fet_is_told_who_sits_together_and_when_nobody_is_there() -> None:
    """Nothing that would make its task harder than ours: the lessons of the week, and the windows of everybody."""
    facts = same_slot()
    root = document(Task(facts, SAME_SLOT, facts.periods[0])).getroot()
    assert root is not None
    told = [(row.findtext("Subject"), len(row.findall("Students"))) for row in root.iter("Activity")]
    wanted = {(p.id, c): d.wanted for p in facts.participants.values() for c, d in p.demands.items()}
    assert sum(n for _, n in told) * facts.lesson == sum(wanted.values()) == 15 * 45
    away = [row.findtext("Students") for row in root.iter("ConstraintStudentsSetNotAvailableTimes")]
    assert away == list(facts.participants)
    coordinator = next(
        row for row in root.iter("ConstraintTeacherNotAvailableTimes") if row.findtext("Teacher") == "KOORD"
    )
    assert coordinator.findtext("Number_of_Not_Available_Times") == str(5 * 4 - 3)


@pytest.mark.parametrize("spec", [s for s in SPECS if s.peers], ids=lambda s: s.name)
def test_peers_that_are_told_of_a_week_are_told_all_of_it(spec: Spec) -> None:
    for size in spec.sizes:
        assert not unsaid(spec.build(size, 0))


def test_what_may_be_held_is_what_our_model_can_hold() -> None:
    """Nobody is offered less than we are, but what the way to something fixed leaves no time for."""
    facts = case("2020-W06")(1, 0)
    model = Model(facts, [r.forbids for r in STANDARD if type(r).forbids is not WeekRule.forbids])
    found = choices(facts)
    for s in model.sessions:
        for p in model.who(s):
            alone = model.cp.clone()
            alone.add(model.attends(p, s) == 1)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            assert (solver.solve(alone) == cp_model.OPTIMAL) == (p in found.get(s, ())), (s, p)


def test_fet_makes_a_timetable_of_the_groups_it_is_given() -> None:
    """Its plan breaks no rule, holds all that ours holds, and is no better: ours is proven."""
    facts = tight(1, 0)
    if missing := no_fet(facts):
        pytest.skip(f"FET: {missing}")
    found = by_fet(facts, 30, Trace())
    best = solve(facts, STANDARD).schedule
    assert best is not None
    demands, inconvenience = prices(best)
    assert found.demands == demands
    assert found.inconvenience is not None
    assert found.inconvenience >= inconvenience
    assert not found.proven


@pytest.mark.parametrize("build", [lambda: tight(1, 0), lambda: case("2020-W24")(1, 0)], ids=["tight", "short-of-math"])
def test_timefold_prices_its_plans_as_we_do(build: Callable[[], WeekFacts]) -> None:
    """`by_timefold` holds its last plan against all musts and our prices; no plan is better than the proven one."""
    facts = build()
    if missing := no_timefold(facts):
        pytest.skip(f"Timefold: {missing}")
    found = by_timefold(facts, 3, Trace())
    best = solve(facts, STANDARD).schedule
    assert best is not None
    assert found.demands is not None
    assert found.inconvenience is not None
    assert (found.demands, found.inconvenience) >= prices(best)
    assert not found.proven


def test_timefold_is_told_of_everybody_and_every_session() -> None:
    facts = case("2020-W06")(1, 0)
    told = Telling(facts)
    week = told.week()
    json.dumps(week)
    assert [s for s in told.sessions if s.teacher == "U-MAT"] == [
        told.sessions[n] for n in week["classes"][told.classes.index(("U-MAT", "mat"))]
    ]
    assert len(week["seats"]) == sum(d.sessions for p in facts.participants.values() for d in p.demands.values())
    for p, row in zip(facts.participants.values(), week["participants"], strict=True):
        able = {told.sessions[n] for n, price in enumerate(row["own"]) if price >= 0}
        assert able == {s for s, who in choices(facts).items() if p.id in who}


def test_a_plan_of_timefold_is_read_back_seat_by_seat() -> None:
    facts = tight(1, 0)
    best = solve(facts, STANDARD).schedule
    assert best is not None
    told = Telling(facts)
    mine = {(p.id, c): iter(best.of(p.id, c)) for p, c in told.wants}
    seats = [next(mine[told.wants[want][0].id, told.wants[want][1]], None) for want in told.seats]
    again = told.schedule([None if s is None else told.sessions.index(s) for s in seats])
    assert again.attendance == best.attendance
