"""Stopping a search from outside: the one at work ends at once, with what it has; those after it are brief."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from skemaplan.errors import NoPlan
from skemaplan.planning import term
from skemaplan.planning.scale import solve_week
from skemaplan.planning.term import plan
from skemaplan.solving import Result
from skemaplan.stopping import Stop
from skemaplan.tables import read


def test_a_search_hears_of_the_end_only_while_it_works() -> None:
    stop, heard = Stop(), []
    with stop.ends(lambda: heard.append("first")):
        pass
    with stop.ends(lambda: heard.append("second")):
        stop.ask()
        stop.ask()
    assert stop.asked
    assert set(heard) == {"second"}


def test_a_search_that_begins_afterwards_is_left_to_be_brief() -> None:
    stop, heard = Stop(), []
    stop.ask()
    with stop.ends(lambda: heard.append("late")):
        stop.ask()
    assert heard == []


def test_a_stopped_term_has_a_plan_for_every_week() -> None:
    """The case takes many seconds to prove; stopped at its first plan, it still has one for all its weeks."""
    problem, stop = read("examples/de-internationale"), Stop()
    made = plan(problem, stop=stop, heard=lambda *_: threading.Thread(target=stop.ask).start())
    assert len(made.weeks) == 22
    assert not all(t.proven for t in made.tiers)


def test_a_week_that_finds_nothing_once_the_end_was_asked_for_throws_nothing_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a slow machine a brief second may be too little; what was planned before is not thrown away for that."""
    problem, stop = read("examples/de-internationale"), Stop()

    def solved(*asked: Any, **more: Any) -> Result:
        if stop.asked:
            return Result(None, ())
        result = solve_week(*asked, **more)
        stop.ask()
        return result

    monkeypatch.setattr(term, "solve_week", solved)
    made = plan(problem, stop=stop)
    assert len(made.weeks) == 22
    assert min(made.weeks.values(), key=lambda w: w.week).schedule.attendance
    stop = Stop()
    stop.ask()
    with pytest.raises(NoPlan):
        plan(problem, stop=stop)
