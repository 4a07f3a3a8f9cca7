"""Does the agreement test notice a bug? Plants small ones in each half of each rule, and asks it.

A bug is one comparison, number or sign of the rule's own source changed (`<=` to `<`, 1 to 2, `+` to `-`). Not every
such change is a bug, so of the first few in each half one must be noticed.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from agreement import differences

from skemaplan.rules import WeekRule
from skemaplan.week import WeekFacts

NAMES = sorted(
    path.stem.removeprefix("test_")
    for path in Path(__file__).parent.glob("test_*.py")
    if "    agree(" in path.read_text(encoding="utf-8") and path.stem != Path(__file__).stem
)
COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
SIGN: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
FEW = 8


@pytest.mark.parametrize("half", ["post", "breaches"])
@pytest.mark.parametrize("name", NAMES)
def test_a_planted_bug_is_noticed(name: str, half: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, facts = first_agreement(import_module(f"test_{name}"), monkeypatch)
    bugs = list(islice(planted(rule, half), FEW))
    assert bugs, "nothing to break"
    assert any(is_noticed(bug, rule, facts) for bug in bugs)


def first_agreement(test: ModuleType, monkeypatch: pytest.MonkeyPatch) -> tuple[WeekRule, WeekFacts]:
    """The rule and the tiny week that a rule's test lets agree first."""
    found: list[tuple[WeekRule, WeekFacts]] = []
    monkeypatch.setattr(test, "agree", lambda rule, facts: found.append((rule, facts)))
    next(f for n, f in vars(test).items() if n.startswith("test_") and n.endswith("posted_and_looked_at_agree"))()
    return found[0]


def planted(rule: WeekRule, half: str) -> Iterator[ast.Module]:
    """The source of a rule's file with one thing changed in this half of it."""
    module = inspect.getmodule(type(rule))
    assert module is not None
    source = inspect.getsource(module)
    for i in range(len(spots(ast.parse(source), type(rule).__name__, half))):
        tree = ast.parse(source)
        spoil(spots(tree, type(rule).__name__, half)[i])
        yield tree


def spots(tree: ast.Module, name: str, half: str) -> list[ast.AST]:
    """What can be changed in this half of the class of that name; what `breaches` calls outside of it comes last."""
    (rule,) = (c for c in tree.body if isinstance(c, ast.ClassDef) and c.name == name)
    methods = [m for m in rule.body if isinstance(m, ast.FunctionDef)]
    if half == "breaches":
        mine = [m for m in methods if m.name == half] + [f for f in tree.body if isinstance(f, ast.FunctionDef)]
    else:
        mine = [m for m in methods if m.name in ("post", "forbids") or m.name.startswith("_")]
    return [node for function in mine for node in ast.walk(function) if can_be_spoilt(node)]


def can_be_spoilt(node: ast.AST) -> bool:
    is_sign = isinstance(node, ast.BinOp) and type(node.op) in SIGN
    is_number = isinstance(node, ast.Constant) and type(node.value) is int
    return is_sign or is_number or (isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE)


def spoil(node: ast.AST) -> None:
    """Change a node in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARE[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = SIGN[type(node.op)]()
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1


def is_noticed(bug: ast.Module, rule: WeekRule, facts: WeekFacts) -> bool:
    """Whether the two halves of the spoilt rule disagree somewhere in the tiny week, or it falls over."""
    names: dict[str, Any] = {"__name__": type(rule).__module__, "__package__": "skemaplan.rules"}
    exec(compile(bug, "<planted>", "exec"), names)
    data: dict[str, Any] = {f.name: getattr(rule, f.name) for f in fields(rule)} if is_dataclass(rule) else {}
    try:
        return any(differences(names[type(rule).__name__](**data), facts))
    except Exception:
        return True
