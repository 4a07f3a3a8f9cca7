"""Price: teaching is individual "indenfor gruppens rammer" - within the frame of the group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ortools.sat.python.cp_model import IntVar

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class Alone(WeekRule):
    """Nobody sits alone in a session that is meant for a group."""

    name = "alone"
    tier = INCONVENIENCE
    called = say("alone in a group session")

    def post(self, model: Model) -> Iterable[Cost]:
        mine: dict[str, list[IntVar]] = {p: [] for p in model.facts.participants}
        for s in model.sessions:
            meant = [p for p in model.who(s) if for_a_group(model.facts, s, p)]
            if not meant:
                continue
            alone = {p: model.new_bool(f"{p} alone") for p in meant}
            for p, literal in alone.items():
                model.add(literal <= model.attends(p, s))
                mine[p].append(literal)
            others = total(model.attends(p, s) for p in model.who(s) if p not in alone)
            model.add(model.group(s) >= 2 * model.held(s) - total(alone.values()) - others)
        for p, literals in mine.items():
            yield Cost(p, self.price(model.facts, p) * total(literals))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            p = min(schedule.attendance[s])
            if len(schedule.attendance[s]) == 1 and for_a_group(schedule.facts, s, p):
                text = say("{who} is alone in {course} at {time}.", who=p, course=s.course, time=clock(s.start))
                yield self.breach(p, text, self.price(schedule.facts, p))


def for_a_group(facts: WeekFacts, s: Session, p: str) -> bool:
    return facts.courses[s.course].kind == "lesson" and facts.how(p, s.course, s.day).largest != 1
