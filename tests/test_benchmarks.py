"""The benchmarks measure what they say: peers solve the same problem, and what is hidden in a term is a plan of it."""

from pathlib import Path

import pytest
from random_weeks import random_week

from benchmarks.make_region import make_region
from benchmarks.make_shared import make_shared
from benchmarks.peers import SlotModel, SpanModel, TextbookModel
from benchmarks.replan_region import planted_week
from benchmarks.run import cp_sat, tiers
from skemaplan import read
from skemaplan.dates import Week
from skemaplan.rules import DEMANDS, MUSTS, STANDARD, UNIVERSE
from skemaplan.solving import price_of, solve, verify
from skemaplan.unroll import week_facts


@pytest.mark.parametrize("kind", [SlotModel, SpanModel])
@pytest.mark.parametrize("seed", range(8))
def test_a_peer_comes_to_the_same_values(kind: type[TextbookModel], seed: int) -> None:
    facts = random_week(seed)
    ours = solve(facts, STANDARD)
    values = {t.name: t.value for t in ours.tiers}
    found = tiers(facts, kind, cp_sat({"num_workers": 1}), limit=60)
    assert found.proven == (not ours.impossible)  # some of these weeks have locks that no plan can keep
    assert not found.proven or (found.demands, found.inconvenience) == (values["demands"], values["inconvenience"])


@pytest.mark.parametrize("teams", [3, 12])
def test_the_plan_that_is_hidden_in_a_region_holds(teams: int, tmp_path: Path) -> None:
    region = make_region(teams, 1)
    region.write(tmp_path)
    week = planted_week(week_facts(read(tmp_path), Week(2027, 9), standing=True), region.plan)
    assert not list(verify(week, [*UNIVERSE, *MUSTS]))
    assert price_of(week, STANDARD)[DEMANDS] == 0


def test_forty_people_can_share_three_teachers(tmp_path: Path) -> None:
    make_shared(40).write(tmp_path)
    facts = week_facts(read(tmp_path), Week(2027, 9), standing=True)
    assert (len(facts.participants), len({t for t in facts.teachers if t.startswith("U-")})) == (40, 3)
