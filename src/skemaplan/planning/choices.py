"""What can be done about a session that can't be held as it was: each way is looked at on the plan as it is. No solver.

A choice is for the whole group and moves nothing but what it says, so that it can be taken on the phone. Whatever it
would put into a week is put there and looked over: who is free, the ways, hours, rooms, and every other must.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from ..candidates import candidates
from ..dates import Week
from ..facts import ONLINE, Mode
from ..free import is_free
from ..making_up import owed_before
from ..problem import Problem
from ..rules import INCONVENIENCE, STANDARD
from ..schedule import Schedule, Session, TermPlan, WeekPlan
from ..seating import seat
from ..solving import price_of, verify
from ..unroll import week_facts
from ..week import WeekFacts
from .by_hand import DATED
from .made_up import KEPT_WITH_MORE, holds, with_more
from .new_tables import placed

KINDS = ("substitute", "online", "move", "swap", "make_up", "cancel")  # in this order, where as many have to move
LATER = 6  # weeks in which a lost session may be made up
MOST = 3  # choices of one kind
Group = tuple[Session, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do: `held` is what is held instead, in `week`, and with whom (nothing, if it is cancelled).

    `gone` is what of the week makes way for it. `moved`: how many people come at another time or not at all; `price`:
    minutes of inconvenience more in that week.
    """

    kind: str
    week: Week
    held: tuple[Group, ...]
    moved: int
    price: int
    gone: tuple[Group, ...] = ()

    @property
    def session(self) -> Session | None:
        """What is held instead of the session itself."""
        return self.held[0][0] if self.held else None


@dataclass(frozen=True)
class Hit:
    """A published session whose teacher can't, who is in it, and what can be done.

    `others`: who else gives the course, and why none of them could take it over (`free`, `away`, `full`, `elsewhere`).
    """

    week: Week
    session: Session
    participants: frozenset[str]
    choices: tuple[Choice, ...]
    others: Mapping[str, str]


class Looking:
    """Looks for choices in a plan, as of a day. `plan` is what there would be if nothing were done."""

    def __init__(self, problem: Problem, plan: TermPlan, today: date) -> None:
        self.problem, self.plan, self.today = problem, plan, today
        self.weeks: dict[Week, _Week] = {}

    @cached_property
    def owed(self) -> Mapping[Week, Mapping[tuple[str, str], int]]:
        return owed_before(self.problem, self.plan.weeks)

    def hit(self, week: Week, s: Session, who: frozenset[str]) -> Hit:
        """A session that is hit, with its choices: fewest moves first, then by kind, then by price."""
        free = list(self._free(week, s, who))
        found = [
            *_cheapest(c for c in free if c.kind == "substitute"),
            *_cheapest(self._online(week, s, who, free)),
            *_cheapest(c for c in free if c.kind == "move"),
            *_cheapest(self._swapped(week, s, who, {c.held[0][0].teacher for c in free if c.kind == "substitute"})),
            *self._made_up(week, s, who),
            Choice("cancel", week, (), len(who), 0),
        ]
        ranked = sorted(found, key=lambda c: (c.moved if c.kind != "cancel" else 99, KINDS.index(c.kind), c.price))
        return Hit(week, s, who, tuple(ranked), dict(self._others(week, s, who)))

    def _week(self, dated: WeekPlan) -> _Week:
        """A week as it is, looked at once."""
        if dated.week not in self.weeks:
            self.weeks[dated.week] = _Week(dated, dated.schedule.facts)
        return self.weeks[dated.week]

    def _free(self, week: Week, s: Session, who: frozenset[str]) -> Iterator[Choice]:
        """The same session with somebody else, or at another time of this week, perhaps beside others."""
        there = self._week(self.plan.weeks[week])
        for new in there.like(s):
            if self._is_over(week, new.day) or not there.has_time(new, who):
                continue
            price = there.price({new: who})
            if price is not None:
                same_time = (new.day, new.start, new.end) == (s.day, s.start, s.end)
                kind, moved = ("substitute", 0) if same_time else ("move", len(who))
                yield Choice(kind, week, ((new, who),), moved, price)

    def _online(self, week: Week, s: Session, who: frozenset[str], free: Iterable[Choice]) -> Iterator[Choice]:
        """The same day, online: for whoever could not be there in time. Nobody else has the course that day."""
        dated = self.plan.weeks[week]
        others = [o for o in dated.schedule.sessions if (o.course, o.day) == (s.course, s.day)]
        if others or dated.schedule.facts.courses[s.course].days[s.day].place == ONLINE or self._is_over(week, s.day):
            return
        day = week.day(s.day)
        mode = Mode(from_date=day, to_date=day, mode=ONLINE, course=s.course)
        facts = week_facts(replace(self.problem, modes=(*self.problem.modes, mode)), week)
        there = _Week(dated, facts)
        in_person = {(c.held[0][0].start, c.held[0][0].teacher) for c in free if c.held[0][0].day == s.day}
        for new in there.like(s):
            if new.day != s.day or (new.start, new.teacher) in in_person or not there.has_time(new, who):
                continue
            price = there.price({new: who})
            if price is not None:
                moved = 0 if (new.start, new.end) == (s.start, s.end) else len(who)
                yield Choice("online", week, ((new, who),), moved, price)

    def _swapped(self, week: Week, s: Session, who: frozenset[str], there_anyway: set[str]) -> Iterator[Choice]:
        """It takes the time of another course, which comes when it should have been.

        Not with whoever is `there_anyway` at its own time.
        """
        there = self._week(self.plan.weeks[week])
        for other, group in sorted(there.own.attendance.items()):
            if other.course == s.course or self._is_over(week, other.day) or self._is_over(week, s.day):
                continue
            then = (n for n in there.like(s) if (n.day, n.start) == (other.day, other.start))
            mine = [n for n in then if n.teacher not in there_anyway]
            theirs = [
                n
                for n in there.like(other)
                if (n.day, n.start, n.teacher) == (s.day, s.start, other.teacher) and n not in there.whole.attendance
            ]
            for a in mine:
                for b in theirs:
                    price = there.price({a: who, b: group}, {other: group})
                    if price is not None:
                        moved = len(who | group)
                        yield Choice("swap", week, ((a, who), (b, group)), moved, price, ((other, group),))

    def _made_up(self, week: Week, s: Session, who: frozenset[str]) -> Iterator[Choice]:
        """Cancelled, and one more session in a later week: the cheapest of the first week that has room for it."""
        for later in islice((w for w in sorted(self.plan.weeks) if w > week), LATER):
            there = self._week(self.plan.weeks[later])
            if self._is_over(later, 6) or not who <= there.whole.facts.participants.keys():
                continue
            found = []
            for new in there.like(s):
                if there.has_time(new, who) and holds(with_more(there.dated, {new: who}), self.owed[later]):
                    price = there.price({new: who}, on_top=True)
                    if price is not None:
                        found.append(Choice("make_up", later, ((new, who),), len(who), price))
            if found:
                yield min(found, key=lambda c: (c.price, c.held))
                return

    def _others(self, week: Week, s: Session, who: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Who else gives the course, and whether she could take it over, or why not."""
        there = self._week(self.plan.weeks[week])
        for t in there.whole.facts.teachers.values():
            if t.id == s.teacher or s.course not in t.teaches:
                continue
            new = replace(s, teacher=t.id)
            most = t.teaches[s.course][1]
            if not is_free(there.whole.facts, new, t.id):
                yield t.id, "away"
            elif any(o.day == s.day and o.start < s.end and s.start < o.end for o in there.whole.of(t.id)):
                yield t.id, "elsewhere"
            elif most is not None and there.whole.minutes(t.id, s.course) + s.minutes > most:
                yield t.id, "full"
            else:
                yield t.id, "free" if there.has_time(new, who) else "elsewhere"

    def _is_over(self, week: Week, day: int) -> bool:
        return week.day(day) < self.today


class _Week:
    """A week of the plan under some facts, and what it would cost to put something more into it."""

    def __init__(self, dated: WeekPlan, facts: WeekFacts) -> None:
        self.dated = dated
        self.own, self.whole = (replace(placed(x, facts), facts=facts) for x in (dated.own, dated.schedule))
        self.cost = price_of(self.whole, STANDARD)[INCONVENIENCE]
        self.broken = _breaches(self.own, self.whole)
        self.candidates = list(candidates(facts))

    def like(self, s: Session) -> Iterator[Session]:
        return (c for c in self.candidates if (c.course, c.minutes) == (s.course, s.minutes))

    def has_time(self, s: Session, who: frozenset[str]) -> bool:
        """Whether everybody's own time allows it; and nobody sits there already."""
        taken = self.whole.attendance.get(s, frozenset())
        return not taken & who and all(is_free(self.whole.facts, s, p) for p in (s.teacher, *who))

    def price(
        self,
        more: Mapping[Session, frozenset[str]],
        gone: Mapping[Session, frozenset[str]] | None = None,
        *,
        on_top: bool = False,
    ) -> int | None:
        """How much inconvenience more the week has with these sessions; None if it breaks anything that it did not.

        `on_top`: to make up for what was lost, beside the week's own.
        """
        own = self.own if on_top else _changed(self.own, more, gone or {})
        whole, stuck = seat(_changed(self.whole, more, gone or {}), self.whole.rooms)
        if stuck or _breaches(own, whole) - self.broken:
            return None
        return price_of(whole, STANDARD)[INCONVENIENCE] - self.cost


def _changed(
    schedule: Schedule, more: Mapping[Session, frozenset[str]], gone: Mapping[Session, frozenset[str]]
) -> Schedule:
    attendance = {s: who - gone.get(s, frozenset()) for s, who in schedule.attendance.items()}
    for s, who in more.items():
        attendance[s] = attendance.get(s, frozenset()) | who
    return replace(schedule, attendance={s: who for s, who in attendance.items() if who})


def _breaches(own: Schedule, whole: Schedule) -> set[tuple[str, str, str]]:
    """What a week breaks: of a week's own also what only that has a most of."""
    rooms = {r for r in whole.rooms.items() if r[0] in own.attendance}
    found = (*verify(replace(own, rooms=dict(rooms)), DATED), *verify(whole, KEPT_WITH_MORE))
    return {(b.rule, b.about, str(b.text)) for b in found}


def _cheapest(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda c: (c.moved, c.price, c.held))[:MOST]
