"""What every minute of inconvenience is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..amounts import in_minutes
from ..rules import FAIR, INCONVENIENCE, PRICES, STANDARD, BaseTime
from ..schedule import Schedule, TermPlan
from ..solving import verify
from ..words import Text, say

FAIRNESS = "fairness"  # minutes above FAIR count twice: the second time here
CALLED: Mapping[str, Text] = {
    **{rule.name: rule.called for rule in PRICES},
    BaseTime.name: BaseTime.called,
    FAIRNESS: say("above {minutes} in a week: they count twice", minutes=in_minutes(FAIR)),
}


@dataclass(frozen=True)
class Justified:
    """Minutes of inconvenience of a participant (or a teacher) in a week, and what they are for: the rule, in words."""

    participant: str
    week: str
    rule: str
    minutes: int
    text: Text


def justify(plan: TermPlan) -> tuple[Justified, ...]:
    """What each participant's inconvenience consists of: the rows add up to the plan's inconvenience exactly.

    What is above `FAIR` minutes for one participant in one week counts twice; the second time is a row of its own.
    """
    rows: list[Justified] = []
    for week, dated in sorted(plan.weeks.items()):
        usual = plan.bases[plan.bases[dated.base].anchor].schedule
        rows += justify_week(dated.own, usual, str(week))
    return tuple(rows)


def justify_week(schedule: Schedule, usual: Schedule, week: str) -> Iterator[Justified]:
    """The rows of one dated week, `usual` being the week whose times are the usual ones."""
    minutes: Counter[tuple[str, str]] = Counter()
    carried: Counter[str] = Counter()
    for b in verify(schedule, (*STANDARD, BaseTime((usual,)))):
        if b.tier == INCONVENIENCE:
            minutes[b.about, b.rule] += b.price
            carried[b.about] += b.price
    for who in schedule.facts.participants:
        minutes[who, FAIRNESS] = max(0, carried[who] - FAIR)
    for (who, rule), n in sorted(minutes.items()):
        if n:
            yield Justified(who, week, rule, n, CALLED[rule])
