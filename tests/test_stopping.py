"""Stopping a search from outside: the one at work ends at once, with what it has; those after it are brief."""

from __future__ import annotations

import threading

from skemaplan.planning.term import plan
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
