"""The case from end to end: De internationale's tables in, a plan that holds, a calendar for everyone out.

Planned once, with little time for each week: what is tested holds of any plan, proven or not.
"""

from __future__ import annotations

import pickle
import runpy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from accounting import disagreements
from test_feed import PARSERS, Row, in_utc

from skemaplan import feed, lessons, plan, publish, read, verify
from skemaplan.dates import Week
from skemaplan.planning.change import replan
from skemaplan.publishing.ledger import Published
from skemaplan.rules import STANDARD
from skemaplan.schedule import TermPlan
from skemaplan.solving import solve
from skemaplan.unroll import week_facts

EXAMPLES = Path(__file__).parent.parent / "examples"
BEFORE = datetime(2020, 1, 27, 8, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture(scope="module")
def case() -> TermPlan:
    return plan(read(EXAMPLES / "de-internationale"), deterministic=0.3)


@pytest.fixture(scope="module")
def published(case: TermPlan) -> Published:
    return publish(case, now=BEFORE)


def test_every_week_holds_and_every_figure_is_what_it_says(case: TermPlan) -> None:
    assert len(case.weeks) == 22
    assert [f"{week}: {breach.text}" for week, breach in verify(case)] == []


def test_nobody_is_planned_on_a_closed_day_or_away_from_the_term(case: TermPlan) -> None:
    days = {s.date.isoformat() for s in case.sessions()}
    assert days.isdisjoint({"2020-04-13", "2020-05-08", "2020-05-21", "2020-05-22", "2020-06-01", "2020-07-15"})
    assert min(days) >= "2020-02-03"
    assert max(days) <= "2020-07-31"
    assert all(s.end <= 12 * 60 for s in case.sessions() if s.date.isoformat() in ("2020-05-01", "2020-06-05"))


def test_the_spring_is_online_and_one_to_one(case: TermPlan) -> None:
    for s in case.sessions():
        online = "2020-03-16" <= s.date.isoformat() <= "2020-06-05"
        assert (s.mode == "online") == online
        if online:
            assert len(s.participants) == 1
            assert not s.room


def test_everyone_has_her_share_of_about_twenty_lessons(case: TermPlan) -> None:
    """An ordinary week in February, planned to the proof: 10 of language school, 3 + 3 + 3 and a talk."""
    found = solve(week_facts(case.problem, Week(2020, 6), standing=True), STANDARD)
    assert all(t.proven for t in found.tiers)
    week = found.schedule
    assert week is not None
    for p in week.facts.participants.values():
        assert p.committed == 10 * 45
        assert {c: week.minutes(p.id, c) // 45 for c in week.facts.courses} == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}


def test_every_number_of_the_report_adds_up(case: TermPlan) -> None:
    assert list(disagreements(case)) == []


def test_a_class_that_changes_moves_language_days(case: TermPlan) -> None:
    days = {str(w): dated.schedule.facts.participants["E"].language_days for w, dated in case.weeks.items()}
    assert days["2020-W14"] == {0, 3}
    assert days["2020-W17"] == {1, 3}
    assert days["2020-W28"] == frozenset()


@pytest.mark.parametrize("reader", PARSERS)
def test_every_calendar_gives_the_instants_of_the_export(
    published: Published, reader: Callable[[bytes], Iterator[Row]]
) -> None:
    table = lessons(published.plan)
    for person in ("A", "E", "U-MAT", "KOORD", "lokale_1"):
        column = "participant" if person in published.plan.problem.participant else "teacher"
        mine = table[table["room" if person == "lokale_1" else column] == person]
        wanted = {
            tuple(
                datetime.fromisoformat(f"{row['date']}T{at}").replace(tzinfo=COPENHAGEN)
                for at in (row["start"], row["end"])
            )
            for row in mine.to_dict("records")
        }
        fixed = {
            tuple(datetime(day.year, day.month, day.day, t // 60, t % 60, tzinfo=COPENHAGEN) for t in (f.start, f.end))
            for day, f in published.plan.fixed(person)
        }
        read_back = in_utc(reader(feed(published, person)))
        assert {(start, end) for start, end, *_ in read_back} - {
            (a.astimezone(UTC), b.astimezone(UTC)) for a, b in fixed
        } == {(a.astimezone(UTC), b.astimezone(UTC)) for a, b in wanted}


def test_published_twice_it_is_the_same_to_the_byte(published: Published) -> None:
    again = publish(published.plan, published.ledger, now=datetime(2020, 1, 28, tzinfo=UTC))
    for person in ("A", "B", "U-ENG", "samtalerum"):
        assert feed(again, person) == feed(published, person)


def test_nothing_changed_and_nothing_is_planned_again(case: TermPlan) -> None:
    again = replan(case.problem, case, datetime(2020, 4, 1).date())
    assert list(again.sessions()) == list(case.sessions())


def test_a_plan_can_be_sent_to_another_process(case: TermPlan) -> None:
    assert pickle.loads(pickle.dumps(case)) == case


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLES / "library.py"), run_name="__main__")
    assert "events in her calendar" in capsys.readouterr().out
    assert len((EXAMPLES / "library.py").read_text().splitlines()) <= 25
