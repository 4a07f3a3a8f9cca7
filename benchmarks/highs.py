"""The path model for HiGHS, a solver of mixed-integer programs that ships inside ortools: the same rows, no CP-SAT."""

from __future__ import annotations

import datetime
import os

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from benchmarks.tracing import Trace

FOREVER = 10**15  # a bound of a row that is none
MOST = 10**6  # no number in these models is larger


def minimise(cp: cp_model.CpModel, trace: Trace, limit: float) -> tuple[list[int] | None, bool]:
    """The best values of a model's variables in their order (None: none found), and whether they are proven best.

    It tells nothing while it works, and knows the clock only: it gets as much of it as `limit` processor seconds take
    on a machine as busy as this one.
    """
    model = mathopt.Model()
    domains = [list(v.domain) for v in cp.proto.variables]
    values = [model.add_variable(lb=low, ub=min(high, MOST), is_integer=True) for low, high in domains]

    def literal(i: int) -> mathopt.LinearTypes:
        return values[i] if i >= 0 else 1 - values[-i - 1]

    def rows(literals: list[int]) -> mathopt.LinearTypes:
        return mathopt.LinearSum(literal(i) for i in literals)

    for c in cp.proto.constraints:
        if c.has_linear() and len(c.linear.vars):
            terms = zip(list(c.linear.vars), list(c.linear.coeffs), strict=True)
            row = mathopt.LinearSum(n * values[v] for v, n in terms)
            low, high = list(c.linear.domain)
            if high < FOREVER:
                model.add_linear_constraint(row <= high)
            if low > -FOREVER:
                model.add_linear_constraint(row >= low)
        elif c.has_bool_or():
            model.add_linear_constraint(rows(list(c.bool_or.literals)) >= 1)
        elif c.has_bool_and():
            (enforced,) = c.enforcement_literal
            for i in c.bool_and.literals:
                model.add_linear_constraint(literal(i) >= literal(enforced))
        elif c.has_exactly_one():
            model.add_linear_constraint(rows(list(c.exactly_one.literals)) == 1)
        elif c.has_at_most_one():
            model.add_linear_constraint(rows(list(c.at_most_one.literals)) <= 1)
    goal = cp.proto.objective
    model.minimize(
        mathopt.LinearSum(n * values[v] for v, n in zip(list(goal.vars), list(goal.coeffs), strict=True)) + goal.offset
    )
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    clock = datetime.timedelta(seconds=max(0.1, limit - trace.seconds) * busy)
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=mathopt.SolveParameters(time_limit=clock))
    if not result.has_primal_feasible_solution():
        return None, False
    found = result.variable_values()
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    return [round(found[v]) for v in values], proven
