"""A new rule brings its own words and its own relaxation: `explain` says them without knowing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from tiny import MON, P1, P2, course, demand, participant, teacher, tiny

from skemaplan.explain import as_data, conflict, conflicts, fitting, repairs, tell_why, why
from skemaplan.rules import MUSTS, STANDARD
from skemaplan.rules.loosening import BUILDING, Loosening, Premise
from skemaplan.rules.rule import Breach, WeekRule
from skemaplan.schedule import Schedule, Session
from skemaplan.week import WeekFacts
from skemaplan.words import Text, say

FIRE_DRILL = ("fire_drill", "")  # where a fact of a new rule stands in this test: minutes since midnight


def without_drill(facts: WeekFacts) -> WeekFacts:
    return replace(facts, prices={k: n for k, n in facts.prices.items() if k != FIRE_DRILL})


@dataclass(frozen=True)
class LaterDrill(Loosening):
    """The fire drill is another week; the amount is one."""

    code: ClassVar[str] = "fire_drill"
    ask: ClassVar[str] = BUILDING

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        return without_drill(facts)

    def sentence(self, amount: int) -> Text:
        return say("Ask for the drill in {other} week", other="another")

    def price(self, amount: int) -> int:
        return 7


class FireDrill(WeekRule):
    """Nobody is in a session while the house has its fire drill."""

    name = "fire_drill"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        return session.start <= facts.prices.get(FIRE_DRILL, -1) < session.end

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            if self.forbids(schedule.facts, s, s.teacher):
                yield self.breach(s.course, say("{course} during the drill", course=s.course))

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        if FIRE_DRILL in facts.prices:
            yield LaterDrill("hus", (1,))

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        if FIRE_DRILL in facts.prices:
            yield Premise(self.name, "hus", say("{house} has a drill", house="hus"), without_drill)


@pytest.fixture(autouse=True)
def one_rule_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it stood in the lists of `rules/__init__.py`."""
    for module, name, known in (
        (fitting, "RULES", fitting.RULES),
        (fitting, "MUSTS", MUSTS),
        (repairs, "STANDARD", STANDARD),
        (conflicts, "STANDARD", STANDARD),
    ):
        monkeypatch.setattr(module, name, (*known, FireDrill()))


@pytest.fixture
def facts() -> WeekFacts:
    """Two who each need their own lesson of the morning's two; in the second the bell for the drill rings."""
    return tiny(
        {MON: f"{P1} {P2}"},
        [participant("A", {"talk": demand(45, kind="talk")}), participant("B", {"talk": demand(45, kind="talk")})],
        [teacher("KOORD", "talk", free=dict.fromkeys(range(1, 7), "") | {MON: "08:30-10:00"})],
        [course("talk", kind="talk")],
        prices={FIRE_DRILL: 570, ("attendance_day", ""): 0},
    )


def test_its_relaxation_is_offered_in_its_own_words(facts: WeekFacts) -> None:
    (found,) = why(facts).impasses
    best = found.repairs[0].changes[0]
    assert (best.code, best.who, best.ask, best.amount, best.price) == ("fire_drill", "hus", BUILDING, 1, 7)
    assert "  Ask for the drill in another week" in [str(line) for line in tell_why(why(facts))]
    assert why(found.repairs[0].on(facts)).works_out
    data = as_data(found)
    assert isinstance(data, dict)
    assert data["repairs"][0]["changes"][0]["text"] == "Ask for the drill in another week"


def test_its_fact_is_named_in_a_conflict(facts: WeekFacts) -> None:
    (found,) = conflict(facts)
    assert found.minimal
    assert ("fire_drill", "hus", "hus has a drill") in [(x.code, x.who, str(x.text)) for x in found.facts]


def test_without_it_nothing_is_short(facts: WeekFacts) -> None:
    assert why(without_drill(facts)).works_out
