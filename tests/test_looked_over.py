"""What was looked over is not looked over again, and nothing is ever hidden by that."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli_terms import change, run, smallest

from skemaplan import looked_over
from skemaplan.dates import Week
from skemaplan.planning import verified
from skemaplan.schedule import TermPlan, WeekPlan
from skemaplan.store import Store
from skemaplan.tables import read

NOW = "2027-01-20T08:00"
Looked = list[str]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A term that was planned and published."""
    term = smallest(tmp_path / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    assert publish(term) == 0
    return term


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """The weeks whose figures were worked out since."""
    found: Looked = []
    whole = verified.week_figures

    def counted(plan: TermPlan, dated: WeekPlan) -> object:
        found.append(str(dated.week))
        return whole(plan, dated)

    monkeypatch.setattr(verified, "week_figures", counted)
    return found


def publish(term: Path, *more: str) -> int:
    return run("publish", term, "--site", term.parent / "site", "--now", NOW, *more).exit_code


def rewritten(term: Path, make: Callable[[TermPlan], TermPlan]) -> None:
    """The draft with something else in it, as somebody who can edit the state might leave it."""
    store, problem = Store.of(term), read(term)
    draft = store.draft(problem)
    assert draft is not None
    store.write_draft(make(draft.plan))


def middle(plan: TermPlan) -> Week:
    return sorted(plan.weeks)[len(plan.weeks) // 2]


def with_week(plan: TermPlan, **more: object) -> TermPlan:
    week = middle(plan)
    return replace(plan, weeks={**plan.weeks, week: replace(plan.weeks[week], **more)})  # type: ignore[arg-type]


def an_hour_later(plan: TermPlan) -> TermPlan:
    """A plan in which one session is held an hour later than its teacher has time."""
    schedule = plan.weeks[middle(plan)].schedule
    s = schedule.sessions[-1]
    moved = replace(s, start=s.start + 600, end=s.end + 600)
    attendance = {moved if x == s else x: who for x, who in schedule.attendance.items()}
    rooms = {moved if x == s else x: room for x, room in schedule.rooms.items()}
    return with_week(plan, schedule=replace(schedule, attendance=attendance, rooms=rooms))


def with_somebody_less(plan: TermPlan) -> TermPlan:
    """A plan that has lost somebody from a session, and does not say so."""
    schedule = plan.weeks[middle(plan)].schedule
    s = schedule.sessions[0]
    who = schedule.attendance[s]
    attendance = {**schedule.attendance, s: who - {min(who)}}
    return with_week(plan, schedule=replace(schedule, attendance={k: v for k, v in attendance.items() if v}))


def with_a_better_figure(plan: TermPlan) -> TermPlan:
    tiers = plan.weeks[middle(plan)].tiers
    return with_week(plan, tiers=tuple(replace(t, value=t.value + 15) for t in tiers))


def with_a_base_that_is_better(plan: TermPlan) -> TermPlan:
    name = min(plan.bases)
    base = plan.bases[name]
    better = replace(base, tiers=tuple(replace(t, value=t.value + 15) for t in base.tiers))
    return replace(plan, bases={**plan.bases, name: better})


def test_nothing_changed_nothing_looked_at(published: Path, looked: Looked) -> None:
    assert publish(published) == 0
    assert looked == []


def test_all_weeks_are_looked_at_when_asked(published: Path, looked: Looked) -> None:
    assert publish(published, "--verify-all") == 0
    plan = Store.of(published).published(read(published))
    assert plan is not None
    assert looked == [str(week) for week in plan.weeks]


@pytest.mark.parametrize(
    "bug",
    [an_hour_later, with_somebody_less, with_a_better_figure, with_a_base_that_is_better],
    ids=lambda f: f.__name__,
)
def test_a_planted_bug_is_found_although_the_week_held_before(
    published: Path, looked: Looked, bug: Callable[[TermPlan], TermPlan]
) -> None:
    before = (published / "state" / "ledger.json").read_bytes()
    rewritten(published, bug)
    assert publish(published) == 3
    assert publish(published) == 3, "what was refused is not remembered"
    assert (published / "state" / "ledger.json").read_bytes() == before


def test_only_the_changed_week_is_looked_at(published: Path, looked: Looked) -> None:
    rewritten(published, an_hour_later)
    assert publish(published) == 3
    plan = Store.of(published).published(read(published))
    assert plan is not None
    assert set(looked) <= {str(middle(plan))}, "the others are as they were"


def test_a_week_is_looked_at_again_when_its_facts_change(published: Path, looked: Looked) -> None:
    """The same sessions against other tables: what held before may not hold now."""
    change(published / "teachers.csv", "tue fri,08:30,12:00", "tue fri,08:30,12:15")
    assert run("plan", published, "--quiet", "--today", NOW[:10]).exit_code == 0
    looked.clear()
    assert publish(published) == 0
    plan = Store.of(published).published(read(published))
    assert plan is not None
    assert looked == [str(week) for week in plan.weeks]


def test_another_program_looks_at_everything(published: Path, looked: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked_over, "program", lambda: "another")
    assert publish(published) == 0
    assert looked


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "marks": 3}', '{"format": 99}'])
def test_a_broken_memory_is_none(published: Path, looked: Looked, text: str) -> None:
    (published / "state" / looked_over.FILE).write_text(text)
    assert publish(published) == (3 if "99" in text else 0)
    assert looked, "everything was looked at"


def test_the_marks_hold_everything_that_a_plan_says(published: Path) -> None:
    """Whatever is changed anywhere in a week of the draft changes its mark."""
    problem, store = read(published), Store.of(published)
    plan = store.published(problem)
    assert plan is not None
    week, before = middle(plan), looked_over.marks(plan)
    for make in (an_hour_later, with_somebody_less, with_a_better_figure):
        after = looked_over.marks(make(plan))
        assert {name for name in before if before[name] != after[name]} == {str(week)}
    after = looked_over.marks(with_a_base_that_is_better(plan))
    assert all(before[name] != after[name] for name in before)


def test_the_program_is_all_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "skemaplan"
    (here / "rules").mkdir(parents=True)
    (here / "rules" / "one.py").write_text("a = 1\n")
    monkeypatch.setattr(looked_over, "__file__", str(here / "looked_over.py"))
    first = looked_over.program.__wrapped__()
    (here / "rules" / "one.py").write_text("a = 2\n")
    assert looked_over.program.__wrapped__() != first


def test_nobody_is_named_in_what_is_remembered(published: Path) -> None:
    kept = json.loads((published / "state" / looked_over.FILE).read_text())
    names = [p.label for p in read(published).participants]
    assert kept["marks"]
    assert not any(name in json.dumps(kept, ensure_ascii=False) for name in names)
