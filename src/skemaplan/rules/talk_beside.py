"""Price: "da kvinderne loebende er til stede" - talks are held when she is there anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class TalkBeside(WeekRule):
    """A talk lies beside one of her sessions, with nothing but the way or a break between."""

    name = "talk_beside"
    tier = INCONVENIENCE
    called = say("a talk that is not beside one of her sessions")

    def post(self, model: Model) -> Iterable[Cost]:
        facts = model.facts
        for p in facts.participants:
            far = []
            for talk in (s for s in model.sessions_of(p) if facts.courses[s.course].kind == "talk"):
                near = [s for s in model.sessions_of(p, day=talk.day) if is_lesson(facts, s)]
                near = [s for s in near if beside(facts, talk, s, model.place_for(p, talk), model.place_for(p, s))]
                by_itself = model.new_bool(f"{p} talk by itself")
                model.add(by_itself >= model.attends(p, talk) - total(model.attends(p, s) for s in near))
                far.append(by_itself)
            yield Cost(p, self.price(facts, p) * total(far))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for p in facts.participants:
            lessons = [s for s in schedule.of(p) if is_lesson(facts, s)]
            for talk in schedule.of(p):
                if facts.courses[talk.course].kind == "talk" and not any(
                    s.day == talk.day and beside(facts, talk, s, schedule.place_for(p, talk), schedule.place_for(p, s))
                    for s in lessons
                ):
                    text = say("{who} has {course} by itself.", who=p, course=talk.course)
                    yield self.breach(p, text, self.price(facts, p))


def is_lesson(facts: WeekFacts, s: Session) -> bool:
    return facts.courses[s.course].kind == "lesson"


def beside(facts: WeekFacts, talk: Session, s: Session, at: str, there: str) -> bool:
    """Whether one follows the other with no waiting between."""
    first, last, way = (s, talk, facts.way(there, at)) if s.start < talk.start else (talk, s, facts.way(at, there))
    return last.start - first.end >= way and facts.waiting(talk.day, first.end, last.start, way) == 0
