"""The counting arguments: each finds something that a week can't hold, whatever anybody does, and holds its proof.

None of them needs a solver, and none ever cries wolf: what is found here no plan of that week could have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .amounts import in_participants, in_teaching
from .attending import Possible, minutes_by_day, most_minutes
from .dates import Week, clock, covers
from .least_taught import least_minutes, most_of_it, own_minutes
from .schedule import Session
from .week import ParticipantWeek, RoomWeek, TeacherWeek
from .words import Names, Text, say, say_n

WEEKDAYS = (
    say("Mondays"),
    say("Tuesdays"),
    say("Wednesdays"),
    say("Thursdays"),
    say("Fridays"),
    say("Saturdays"),
    say("Sundays"),
)


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something that can't be had in an ordinary week. `need` and `has` are minutes a week, or weeks.

    `code` names the argument, `who` the course, teacher, participant or place that is short, `about` the course where
    `who` is a person. `weeks` are those it is true of.
    """

    code: str
    who: str
    need: int
    has: int
    text: Text
    weeks: tuple[Week, ...] = ()
    about: str = ""


def of_course(p: Possible, lesson: int) -> Iterator[Shortage]:
    """A course needs more teaching than its teachers have (`course`).

    Proof. No less than `least_minutes` (proof there) gives everyone what she wants. A teacher gives no more than her
    `most`, and no more than the sessions that lie in her windows, don't overlap, and to which somebody could come; all
    of them together no more than `most_taught`.
    """
    need, has = least_minutes(p), taught_at_most(p)
    if need > has:
        text = say(
            "{course} takes at least {need} a week {because}; its teachers have {has}.",
            course=p.course.id,
            need=in_teaching(need, lesson, has),
            because=_because(p, need),
            has=in_teaching(has, lesson, need),
        )
        yield Shortage("course", p.course.id, need, has, text)


def _because(p: Possible, need: int) -> Text:
    """For whom a course takes so much, and why, as far as counting knows."""
    people = in_participants(len(p.takers))
    if p.seats is not None and least_minutes(replace(p, seats=None)) < need:
        return say_n("for {people}, one at a time", "for {people}, at most {n} at a time", n=p.seats, people=people)
    patterns = len({frozenset((s.day, s.start, s.end) for s in mine) for mine in p.by_taker.values()})
    return say_n("for {people}", "for {people} who have {n} different sets of free times", n=patterns, people=people)


def taught_at_most(p: Possible) -> int:
    """The most minutes of a course that its teachers could give in a week."""
    given = 0
    for t in p.teachers:
        _, most = t.teaches[p.course.id]
        fits = sum(minutes for _, minutes in minutes_by_day(p.by_teacher[t.id]))
        given += fits if most is None else min(most, fits)
    return given if p.course.most_taught is None else min(given, p.course.most_taught)


def of_teacher(t: TeacherWeek, courses: Sequence[Possible], lesson: int) -> Iterator[Shortage]:
    """A teacher's windows hold less than her least (`least`), or than what she alone must give (`teacher`).

    Proof. What she teaches in a week are sessions in her windows that don't overlap; `fits` is the most minutes of
    such. Where she is the only teacher of some courses, what each of them needs (`least_minutes`) is taught by her.
    """
    least = sum(low for low, _ in t.teaches.values())
    fits = _fits(t, courses)
    if least > fits:
        text = say(
            "{teacher} should give at least {need} a week, and her windows hold {has}.",
            teacher=t.id,
            need=in_teaching(least, lesson, fits),
            has=in_teaching(fits, lesson, least),
        )
        yield Shortage("least", t.id, least, fits, text)
    alone = [p for p in courses if len(p.teachers) == 1]
    need, has = sum(least_minutes(p) for p in alone), _fits(t, alone)
    if len(alone) > 1 and need > has:
        text = say(
            "{teacher} alone gives {courses}, which take at least {need} a week, and her windows hold {has}.",
            teacher=t.id,
            courses=Names(tuple(p.course.id for p in alone)),
            need=in_teaching(need, lesson, has),
            has=in_teaching(has, lesson, need),
        )
        yield Shortage("teacher", t.id, need, has, text)


def _fits(t: TeacherWeek, courses: Sequence[Possible]) -> int:
    return sum(minutes for _, minutes in minutes_by_day(s for p in courses for s in p.by_teacher[t.id]))


def of_participant(p: ParticipantWeek, courses: Sequence[Possible], lesson: int) -> Iterator[Shortage]:
    """A participant has no time for a course (`participant`), or for all of hers together (`free_time`).

    Proof. For one course: all choices of her sessions are looked at (`own_minutes`), alone, with no regard to anything
    else she has. For all: on each day she has at most the sessions that don't overlap, and no more than
    `most_per_day` leaves; days on which she comes for nothing fixed are at most as many as `most_days` leaves.
    """
    hopeless = False
    for c in courses:
        kind = next((k for k in c.kinds if p.id in k.people), None)
        if kind is not None and own_minutes(c, kind) is None:
            hopeless = True
            wanted, has = kind.demand.wanted, most_of_it(c, kind)
            need, named = in_teaching(wanted, lesson, has), {"who": p.id, "course": c.course.id}
            text = (
                say(
                    "{who} should have {need} of {course} a week, and there is time for {has}.",
                    **named,
                    need=need,
                    has=in_teaching(has, lesson, wanted),
                )
                if has
                else say(
                    "{who} should have {need} of {course} a week, and there is no time for it.", **named, need=need
                )
            )
            yield Shortage("participant", p.id, wanted, has, text, about=c.course.id)
    every = sum(p.demands[c.course.id].wanted for c in courses)
    has = _free_minutes(p, courses)
    if every > has and not hopeless:
        text = say(
            "{who} should have {need} a week in all, and her free time holds {has}.",
            who=p.id,
            need=in_teaching(every, lesson, has),
            has=in_teaching(has, lesson, every),
        )
        yield Shortage("free_time", p.id, every, has, text)


def _free_minutes(p: ParticipantWeek, courses: Sequence[Possible]) -> int:
    """The most minutes of teaching that her days and her caps have room for."""
    of_day = dict(minutes_by_day(s for c in courses for s in c.by_taker[p.id]))
    if p.most_per_day is not None:
        for day in of_day:
            of_day[day] = min(of_day[day], left(p, day))
    there_anyway = sum(minutes for day, minutes in of_day.items() if p.fixed[day])
    others = sorted((minutes for day, minutes in of_day.items() if not p.fixed[day]), reverse=True)
    if p.most_days is not None:
        others = others[: max(0, p.most_days - sum(1 for fixed in p.fixed if fixed))]
    return there_anyway + sum(others)


def of_homework(
    p: ParticipantWeek, courses: Sequence[Possible], own: Sequence[Session], lesson: int
) -> Iterator[Shortage]:
    """A participant has time for what is taught to her, but not for her homework as well (`homework`).

    Proof. On each day, what is taught to her and what she does by herself are sessions that don't overlap, together no
    more than `most_per_day` leaves.
    """
    taught, study = sum(p.demands[c.course.id].wanted for c in courses), sum(d.wanted for d in p.study.demands.values())
    of_day = dict(minutes_by_day([*own, *(s for c in courses for s in c.by_taker[p.id])]))
    has = sum(minutes if p.most_per_day is None else min(minutes, left(p, day)) for day, minutes in of_day.items())
    if study and taught <= _free_minutes(p, courses) and taught + study > has:
        text = say(
            "{who} should have {need} a week with homework counted in, and her free time holds {has}.",
            who=p.id,
            need=in_teaching(taught + study, lesson),
            has=in_teaching(has, lesson),
        )
        yield Shortage("homework", p.id, taught + study, has, text)


def left(p: ParticipantWeek, day: int) -> int:
    """Minutes that what is fixed leaves of the most that she can take on a day."""
    return max(0, (p.most_per_day or 0) - sum(f.minutes for f in p.fixed[day]))


def of_rooms(place: str, rooms: Sequence[RoomWeek], courses: Sequence[Possible], lesson: int) -> Iterator[Shortage]:
    """The rooms of a place hold less than what must be taught there, in the week (`rooms`) or at some time (`at_once`).

    Proof. Every session at the place has a room of its own, in which sessions don't overlap. What must be taught there
    (at that time) is counted by `least_minutes`, with all other sessions free. The times looked at are those between
    somebody's first and last possible session of a course on a day: the common times, if they are narrow.
    """
    here = sorted({s for p in courses for s, _ in p.sessions if s.place == place})
    needs = [least_minutes(p, lambda s: s.place == place) for p in courses]
    has = {day: sum(_held_in(r, [s for s in here if s.day == day]) for r in rooms) for day in range(7)}
    if sum(needs) > sum(has.values()):
        text = say(
            "{place} needs its rooms for at least {need} a week, and they hold {has}.",
            place=place,
            need=in_teaching(sum(needs), lesson, sum(has.values())),
            has=in_teaching(sum(has.values()), lesson, sum(needs)),
        )
        yield Shortage("rooms", place, sum(needs), sum(has.values()), text)
        return
    for day, start, end in sorted(_common_times(place, courses)):
        inside = {s for s in here if s.day == day and start <= s.start and s.end <= end}
        held = sum(_held_in(r, inside) for r in rooms)
        if sum(needs) <= held:
            continue  # what is needed at some time is no more than what is needed in the week
        need = sum(least_minutes(p, inside.__contains__) for p in courses)
        if need > held:
            text = say(
                "{place} needs its rooms for at least {need} on {day} from {start} to {end}, and they hold {has}.",
                place=place,
                need=in_teaching(need, lesson),
                day=WEEKDAYS[day],
                start=clock(start),
                end=clock(end),
                has=in_teaching(held, lesson),
            )
            yield Shortage("at_once", place, need, held, text)


def _common_times(place: str, courses: Sequence[Possible]) -> set[tuple[int, int, int]]:
    """(day, from, to) between somebody's first and last possible session of a course on a day."""
    found = set()
    for mine in (sessions for p in courses for sessions in p.by_taker.values()):
        for day in {s.day for s in mine if s.place == place}:
            of_day = [s for s in mine if s.day == day]
            found.add((day, min(s.start for s in of_day), max(s.end for s in of_day)))
    return found


def _held_in(room: RoomWeek, sessions: Iterable[Session]) -> int:
    return most_minutes(s for s in sessions if covers(room.free[s.day], s.start, s.end))
