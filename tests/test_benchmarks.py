"""The benchmark's peers solve the same problem: on random weeks they come to the same values as the path model."""

import pytest
from random_weeks import random_week

from benchmarks.peers import SlotModel, SpanModel, TextbookModel
from benchmarks.run import cp_sat, tiers
from skemaplan.rules import STANDARD
from skemaplan.solving import solve


@pytest.mark.parametrize("kind", [SlotModel, SpanModel])
@pytest.mark.parametrize("seed", range(8))
def test_a_peer_comes_to_the_same_values(kind: type[TextbookModel], seed: int) -> None:
    facts = random_week(seed)
    ours = solve(facts, STANDARD)
    values = {t.name: t.value for t in ours.tiers}
    found = tiers(facts, kind, cp_sat({"num_workers": 1}), limit=60)
    assert found.proven == (not ours.impossible)  # some of these weeks have locks that no plan can keep
    assert not found.proven or (found.demands, found.inconvenience) == (values["demands"], values["inconvenience"])
