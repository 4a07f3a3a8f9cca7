"""Rule: how many sit together. A talk is one participant and one teacher; online groups are small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import clock
from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


class GroupSize(WeekRule):
    """A session has at least the smallest and at most the largest group of its course."""

    name = "group_size"

    def post(self, model: Model) -> Iterable[Must]:
        for s in model.sessions:
            how = model.facts.courses[s.course].days[s.day]
            held, group = model.held(s), model.group(s)
            if how.largest is not None and how.largest < len(model.who(s)):
                yield Must(s.course, model.add(group <= how.largest * held))
            if how.smallest > 1:
                yield Must(s.course, model.add(group >= how.smallest * held))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            how, size = schedule.facts.courses[s.course].days[s.day], len(schedule.attendance[s])
            largest = size if how.largest is None else how.largest
            if not how.smallest <= size <= largest:
                yield self.breach(
                    s.course,
                    say(
                        "{course} at {time} has a group of {size}; it may be {smallest} to {largest}.",
                        course=s.course,
                        time=clock(s.start),
                        size=size,
                        smallest=how.smallest,
                        largest=largest,
                    ),
                )
