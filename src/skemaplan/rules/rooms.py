"""Rule: rooms and seats.

Posted as counts (at every time, no more sessions than rooms that are open, by size of room), because which room it is
costs nobody anything. `seating.py` then gives each session its room and says if the counts were not enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import ClassVar

from ..dates import clock, covers
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import RoomWeek, WeekFacts
from ..words import Text, say, say_n
from .loosening import ASKING, BUILDING, ON_DAYS, Loosening, Premise
from .rule import Breach, Must, WeekRule
from .windows import WORKDAYS, wider_windows


@dataclass(frozen=True)
class MoreRooms(Loosening):
    """A place has more rooms on these days, large enough for all; amounts are rooms."""

    days: tuple[int, ...]
    seats: int

    code: ClassVar[str] = "rooms"
    ask: ClassVar[str] = BUILDING

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        free = tuple(open_times if d in self.days else () for d, open_times in enumerate(facts.places[self.who]))
        names = [f"{self.who} + {n + 1} on days {self.days}" for n in range(amount)]
        new = {name: RoomWeek(name, self.who, self.seats, free) for name in names}
        return replace(facts, rooms=dict(sorted({**facts.rooms, **new}.items())))

    def sentence(self, amount: int) -> Text:
        when = ON_DAYS[self.days[0]] if len(self.days) == 1 else say("every day")
        return say_n(
            "Ask for a room more at {place} {when}",
            "Ask for {n} rooms more at {place} {when}",
            n=amount,
            place=self.who,
            when=when,
        )

    def price(self, amount: int) -> int:
        return ASKING[self.code] * amount * len(self.days)

    def within(self, other: Loosening) -> bool:
        return isinstance(other, MoreRooms) and self.who == other.who and set(self.days) < set(other.days)


class Rooms(WeekRule):
    """Every session at a place that has rooms has a room of its own, open, with a seat for everyone."""

    name = "rooms"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        if who != session.place or not rooms_at(facts, who):
            return False
        return not any(covers(r.free[session.day], session.start, session.end) for r in rooms_at(facts, who))

    def post(self, model: Model) -> Iterable[Must]:
        for place in model.facts.places:
            rooms = rooms_at(model.facts, place)
            for day in range(7) if rooms else ():
                here = [s for s in model.sessions if s.place == place and s.day == day]
                yield from self._seats(model, rooms, here)
                for seats in sorted({0, *(r.seats for r in rooms)})[:-1]:
                    yield from self._no_more_than_rooms(model, rooms, here, seats)

    def _seats(self, model: Model, rooms: list[RoomWeek], here: list[Session]) -> Iterator[Must]:
        for s in here:
            most = max(r.seats for r in rooms if covers(r.free[s.day], s.start, s.end))
            if most < len(model.who(s)):
                yield Must(s.place, model.add(model.group(s) <= most * model.held(s)))

    def _no_more_than_rooms(
        self, model: Model, rooms: list[RoomWeek], here: list[Session], seats: int
    ) -> Iterator[Must]:
        """At every time, no more groups that are larger than `seats` than open rooms that are."""
        large = {s: model.larger_than(s, seats) for s in here if len(model.who(s)) > seats}
        for time in sorted({s.start for s in large}):
            now = [literal for s, literal in large.items() if s.start <= time < s.end]
            day = here[0].day
            there = sum(r.seats > seats and covers(r.free[day], time, time + 1) for r in rooms)
            if len(now) > there:
                yield Must(here[0].place, model.add(total(now) <= there))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for s in schedule.sessions:
            size, room = len(schedule.attendance[s]), facts.rooms.get(schedule.rooms.get(s, ""))
            if room is None and not rooms_at(facts, s.place):
                continue
            if room is None or room.place != s.place:
                text = say("{course} at {time} has no room.", course=s.course, time=clock(s.start))
                yield self.breach(s.place, text)
            elif room.seats < size:
                text = say_n(
                    "{room} has {n} seat for {size}.",
                    "{room} has {n} seats for {size}.",
                    room=room.id,
                    n=room.seats,
                    size=size,
                )
                yield self.breach(room.id, text)
            elif any(a < s.end and s.start < b for a, b in closed(room, s.day)):
                text = say(
                    "{room} is not open for {course} at {time}.", room=room.id, course=s.course, time=clock(s.start)
                )
                yield self.breach(room.id, text)
        for room_id, mine in by_room(schedule).items():
            for a, b in combinations(mine, 2):
                if a.day == b.day and a.start < b.end and b.start < a.end:
                    text = say("{a} and {b} are in {room} at the same time.", a=a.course, b=b.course, room=room_id)
                    yield self.breach(room_id, text)

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        seats = len(facts.participants)
        for place in facts.places:
            if rooms_at(facts, place):
                days = [d for d in WORKDAYS if facts.places[place][d]]
                yield from (MoreRooms(place, (1, 2), (d,), seats) for d in days)
                if len(days) > 1:
                    yield MoreRooms(place, (1, 2), tuple(days), seats)
        for room in facts.rooms:
            yield from wider_windows(facts, room, BUILDING)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for place in facts.places:
            if rooms_at(facts, place):
                text = say_n(
                    "{place} has {n} room", "{place} has {n} rooms", place=place, n=len(rooms_at(facts, place))
                )
                yield Premise(self.name, place, text, partial(without_rooms, place=place))


def rooms_at(facts: WeekFacts, place: str) -> list[RoomWeek]:
    return [r for r in facts.rooms.values() if r.place == place]


def by_room(schedule: Schedule) -> dict[str, list[Session]]:
    """The sessions that are said to be in each room, in order."""
    found: dict[str, list[Session]] = {}
    for s in schedule.sessions:
        if s in schedule.rooms:
            found.setdefault(schedule.rooms[s], []).append(s)
    return found


def closed(room: RoomWeek, day: int) -> list[tuple[int, int]]:
    """The times of a day when a room is not open."""
    edges = [0, *(t for span in room.free[day] for t in span), 24 * 60]
    return list(zip(edges[::2], edges[1::2], strict=True))


def without_rooms(facts: WeekFacts, place: str) -> WeekFacts:
    """As if sessions at this place needed no room."""
    return replace(facts, rooms={r.id: r for r in facts.rooms.values() if r.place != place})
