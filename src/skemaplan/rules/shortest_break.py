"""Rule: a participant's own need of a rest, kept without its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations

from ..amounts import in_minutes
from ..dates import clock
from ..facts import ONLINE
from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .loosening import Premise, with_participant
from .rule import Breach, Must, WeekRule


class ShortestBreak(WeekRule):
    """Whoever needs a break has it between any two things of her day.

    At least so many minutes from the end of the one to the start of the other, the way between them not counted; a
    break of the bell table is as good as any other time. One of the two is a session: what is fixed is not ours.
    """

    name = "shortest_break"
    firm = "why somebody needs a rest is not recorded, so nobody can ask for less of it"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        p = facts.participants.get(who)
        if p is None or not p.shortest_break:
            return False
        place = ONLINE if (session.course, session.day) in p.online else session.place
        return any(
            session.end <= f.start < session.end + facts.way(place, f.place) + p.shortest_break
            or f.end <= session.start < f.end + facts.way(f.place, place) + p.shortest_break
            for f in p.fixed[session.day]
        )

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for day in range(7) if p.shortest_break else ():
                for a in model.sessions_of(p.id, day=day):
                    for b in model.sessions_of(p.id, day=day):
                        way = model.facts.way(model.place_for(p.id, a), model.place_for(p.id, b))
                        if a.end <= b.start < a.end + way + p.shortest_break:
                            yield Must(p.id, model.add(model.attends(p.id, a) + model.attends(p.id, b) <= 1))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for p in facts.participants.values():
            for day in range(7):
                for a, b in combinations(schedule.stops(p.id, day), 2):
                    rest = b.start - a.end
                    ours = a.session is not None or b.session is not None
                    left = rest - facts.way(a.place, b.place)  # without any break, too little is too short a way
                    if p.shortest_break and ours and rest >= 0 and left < p.shortest_break:
                        text = say(
                            "{who} has no break of {minutes} at {time}.",
                            who=p.id,
                            minutes=in_minutes(p.shortest_break),
                            time=clock(a.end),
                        )
                        yield self.breach(p.id, text)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for p in facts.participants.values():
            if p.shortest_break:
                text = say(
                    "{who} has a break of at least {minutes} between two things",
                    who=p.id,
                    minutes=in_minutes(p.shortest_break),
                )
                yield Premise(self.name, p.id, text, partial(without_break, who=p.id))


def without_break(facts: WeekFacts, who: str) -> WeekFacts:
    return with_participant(facts, replace(facts.participants[who], shortest_break=0))
