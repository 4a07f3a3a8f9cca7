"""The second prover: its answers are those of brute force, and it finds nothing wrong with the repairs of the case."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from agreement import universe
from random_weeks import random_week
from test_explain_repairs import WEEKS, WEEKS_FOR_TWO, works_out

from benchmarks.explain import proven_again
from benchmarks.second_prover import core, fits
from benchmarks.shortages import same_slot, short_week
from skemaplan.explain import REFUTED, why
from skemaplan.explain.impasses import ordinary_weeks
from skemaplan.rules import STANDARD
from skemaplan.tables import read
from skemaplan.week import WeekFacts

ROOT = Path(__file__).parents[1]


def test_it_knows_the_facts_of_a_week_and_nothing_else_of_the_product() -> None:
    """Else it would prove the product's mistakes a second time."""
    tree = ast.parse((ROOT / "benchmarks" / "second_prover.py").read_text(encoding="utf-8"))
    used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    assert {m for m in used if "skemaplan" in m or "benchmarks" in m} == {"skemaplan.week"}


def test_it_says_what_brute_force_says() -> None:
    answers: Counter[bool | None] = Counter()
    for seed in range(80):
        facts = random_week(seed)
        assert fits(facts) == works_out(facts), seed
        answers[fits(facts)] += 1
    assert min(answers[True], answers[False]) > 10


@pytest.mark.parametrize("facts", WEEKS.values(), ids=list(WEEKS))
def test_it_says_what_brute_force_says_of_every_change(facts: WeekFacts) -> None:
    for x in [x for rule in STANDARD for x in rule.loosenings(facts)]:
        for amount in (x.amounts[0], x.amounts[-1]):
            changed = x.on(facts, amount)
            assert fits(changed) == works_out(changed), x.sentence(amount)


def test_its_core_cannot_hold_together() -> None:
    """The textbook's way of naming a conflict, on the week in which two need the same slot."""
    assert set(core(same_slot()) or ()) >= {"A has her talk", "D has her talk", "windows of KOORD"}
    fine = next(f for f in map(random_week, range(80)) if any(True for _ in universe(f)) and fits(f))
    assert core(fine) is None


# -- repairs at the size of the case (every seed and amount: python -m benchmarks.explain --prove) --------------------


def otherwise(facts: WeekFacts) -> tuple[str, ...]:
    """What the second prover says otherwise of what is shown and of what is refuted."""
    (found,) = why(facts).impasses
    assert not found.open
    proof = proven_again(facts, found, every_amount=False)
    assert proof.asked > len(found.tried) - len(found.repairs)
    return proof.differing


def test_the_case_with_too_little_mathematics_has_no_other_single_repair() -> None:
    in_person, _ = ordinary_weeks(read(ROOT / "examples" / "short-math"))[0]
    assert otherwise(in_person) == ()


def test_repairs_of_a_week_of_the_case_s_size_are_all_there_are() -> None:
    assert otherwise(short_week(0)) == ()


@pytest.mark.parametrize("facts", WEEKS_FOR_TWO.values(), ids=list(WEEKS_FOR_TWO))
def test_no_cheaper_two_changes_help_than_the_pair_that_is_shown(facts: WeekFacts) -> None:
    (found,) = why(facts).impasses
    assert found.pairs_known
    proof = proven_again(facts, found)
    assert proof.differing == ()
    assert proof.asked > len(found.tried) + len(found.pairs)


def test_a_wrong_answer_would_be_found() -> None:
    facts = WEEKS["a window that ends too early"]
    (found,) = why(facts).impasses
    wrong = replace(found, repairs=(), tried=tuple(replace(t, outcome=REFUTED) for t in found.tried))
    assert len(proven_again(facts, wrong).differing) >= len(found.repairs) > 0
