"""What was published of a week, and what of it no plan can keep: the moves that nobody can avoid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..candidates import candidates
from ..free import holds
from ..rules import Stay, changes
from ..schedule import Missing, Schedule, Session
from ..week import WeekFacts
from ..words import say

Gone = frozenset[tuple[str, Session]]


def stays(facts: WeekFacts, weeks: Iterable[tuple[Schedule, WeekFacts]]) -> list[Stay]:
    """The price of a move in an ordinary week of these facts: as many as it makes in the weeks that follow it.

    `weeks` are what was published of each, with its sessions where the ordinary week has them, and its own facts.
    """
    found: list[Stay] = []
    known: list[tuple[WeekFacts, Gone]] = []
    for published, dated in weeks:
        gone = next((g for f, g in known if f is dated), None)
        if gone is None:
            gone = not_held(facts, dated)
            known.append((dated, gone))
        for i, stay in enumerate(found):
            if stay.gone == gone and stay.published.attendance == published.attendance:
                found[i] = replace(stay, weeks=stay.weeks + 1)
                break
        else:
            found.append(Stay(published, 1, gone))
    return found


def not_held(facts: WeekFacts, dated: WeekFacts) -> Gone:
    """What a dated week can't hold of an ordinary one: who is away, or not due, in which session."""
    found = set()
    for s in candidates(facts):
        for p in facts.participants.values():
            if s.course in p.demands:
                due = p.id in dated.participants and s.course in dated.participants[p.id].demands
                if not (due and holds(dated, s, p.id)):
                    found.add((p.id, s))
    return frozenset(found)


def unavoidable(published: Schedule, new: Schedule) -> int:
    """How many of the moves of a week, planned as its ordinary week says, are in every plan that is as little short.

    What the week can't hold is lost, and what it can hold again comes back. (Not so: what is lost for want of a room.)
    """
    facts, found = new.facts, 0
    for p in facts.participants:
        if published.of(p) == new.of(p):
            continue
        for course in {s.course for s in (*published.of(p), *new.of(p))}:
            old, now = published.of(p, course), new.of(p, course)
            gone = sum(p in without(facts, s, published.attendance[s]) for s in old)
            found += changes(old, now) if len(now) > len(old) else min(changes(old, now), gone)
    return found


def without(facts: WeekFacts, s: Session, who: Iterable[str]) -> frozenset[str]:
    """Those of a session's participants whom this week can't have in it; all of them, if it leaves too few."""
    who = frozenset(who) & facts.participants.keys()
    there = {p for p in who if s.course in facts.participants[p].demands and holds(facts, s, p)}
    smallest = max((facts.how(p, s.course, s.day).smallest for p in there), default=0)
    return who if s.course not in facts.courses or len(there) < smallest else who - there


def wanting_less(facts: WeekFacts, lost: Iterable[Missing]) -> WeekFacts:
    """A week that asks for nothing of what is lost in it: nobody's session moves to win it back."""
    people = dict(facts.participants)
    for m in lost:
        p = people.get(m.participant)
        if p is None or m.course not in p.demands:
            continue
        d = p.demands[m.course]
        wanted = max(0, d.wanted - m.minutes)
        less = replace(d, wanted=wanted, fewest=min(d.fewest, wanted), cap=wanted, most=wanted)
        less = replace(less, sessions=max(1, d.sessions - (m.session is not None)))
        left = {course: other for course, other in p.demands.items() if course != m.course}
        people[p.id] = replace(p, demands={**left, m.course: less} if wanted else left)
    return replace(facts, participants=people)


def missing_of(schedule: Schedule, ordinary: Schedule, known: Iterable[Missing]) -> Iterator[Missing]:
    """What a week planned by itself misses, with the reasons that are known of it as its ordinary week has it."""
    facts, known = schedule.facts, list(known)
    gone: Counter[tuple[str, str]] = Counter()
    for p in facts.participants.values():
        for course, demand in p.demands.items():
            planned = max(demand.wanted, ordinary.minutes(p.id, course))
            gone[p.id, course] = planned - schedule.minutes(p.id, course)
    for m in sorted(known, key=lambda m: m.kind != "unmet"):
        minutes = min(m.minutes, gone[m.participant, m.course])
        if minutes > 0:
            yield replace(m, minutes=minutes)
            gone[m.participant, m.course] -= minutes
    for (p_id, course), minutes in gone.items():
        if minutes > 0:
            yield Missing(p_id, course, minutes, "lost", say("the change falls into the middle of a week"))
