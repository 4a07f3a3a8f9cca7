"""Every rule says in one sentence what it means, has a file of its own, and an agreement test beside it."""

from pathlib import Path

import pytest

from skemaplan import rules
from skemaplan.rules import (
    STANDARD,
    AtLeast,
    BaseTime,
    Frozen,
    InFull,
    Lost,
    MadeUp,
    Owed,
    Refill,
    Stay,
    StayNear,
    WeekRule,
)

HERE = Path(__file__).parent
OTHERS: set[type[WeekRule]] = {AtLeast, BaseTime, Frozen, InFull, Lost, MadeUp, Owed, Refill, Stay, StayNear}
RULES: set[type[WeekRule]] = {type(r) for r in STANDARD} | OTHERS
EVERY = sorted(RULES, key=lambda r: r.name)
# What rules have in common.
NOT_RULES = {"__init__", "rule", "loosening", "language_class", "windows", "second_teacher", "swap"}


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.name)
def test_the_first_line_of_the_docstring_is_a_sentence(rule: type[WeekRule]) -> None:
    meaning = (rule.__doc__ or "").strip().partition("\n")[0]
    assert meaning[:1].isupper()
    assert meaning.endswith(".")
    assert len(meaning.split()) >= 5


def test_names_are_not_used_twice() -> None:
    assert len({r.name for r in EVERY}) == len(EVERY)


def test_every_rule_has_its_file_and_its_test() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - NOT_RULES
    assert {r.__module__.rpartition(".")[2] for r in EVERY} == files
    universe = {"clash", "commitments", "travel"}  # tests/test_universe.py
    tested = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert files - universe == tested - {"meanings", "planted_bugs"}


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.name)
def test_only_what_always_holds_has_no_price(rule: type[WeekRule]) -> None:
    priced = rule.tier == rules.INCONVENIENCE
    assert (rule.name in rules.DEFAULTS) == priced
