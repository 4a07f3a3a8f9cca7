"""What each person's calendar should hold by a plan: slots, before anything is known of what was published earlier.

A slot carries only what its reader may see. A participant sees her own sessions and commitments and nobody else's name;
a teacher sees how many take part (or who, if the term says so), a room how many; a talk has a neutral title; a place is
called what it is `shown_as`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from ..dates import Week, weeks_between
from ..facts import ALL, ONLINE, Course
from ..problem import Problem
from ..schedule import Session, TermPlan, WeekPlan
from ..unroll import week_facts
from ..week import Fixed, WeekFacts
from .wording import plain, word

FIXED = "fixed:"  # what the key of a commitment begins with; sessions have their course as key


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One thing in one person's calendar. `start` and `end` are minutes since midnight of `date`, local time.

    `key` is what it is one of (a course, or a kind of commitment): identities are matched among slots of one key.
    `place`, `room` and `mode` are the plan's own words and never shown; `title`, `location` and `people` are.
    """

    date: date
    start: int
    end: int
    key: str
    place: str = ""
    room: str = ""
    mode: str = "in_person"
    title: str = ""
    location: str = ""
    people: str = ""

    @property
    def is_session(self) -> bool:
        return not self.key.startswith(FIXED)

    @property
    def facts(self) -> tuple[object, ...]:
        """What of it is the plan's, and not how it is worded."""
        return self.date, self.start, self.end, self.key, self.place, self.room, self.mode


def slots_by_person(plan: TermPlan, only: Collection[str] | None = None) -> dict[str, tuple[Slot, ...]]:
    """Everybody's slots, in order: every participant, teacher and room has an entry, even if it is empty.

    With `only`, those of these persons and rooms.
    """
    problem = plan.problem
    found: dict[str, list[Slot]] = {who: [] for who in people(problem) if only is None or who in only}
    for _, week in sorted(plan.whole.weeks.items()):
        for session in week.schedule.sessions:
            if only is None or any(who in found for who in _of_whom(week, session)):
                for who, slot in _of_session(problem, week, session):
                    if only is None or who in found:
                        found.setdefault(who, []).append(slot)
    participants = [problem.participant[p] for p in found if p in problem.participant]
    if problem.settings.show_commitments:
        others = weeks_without_teaching(plan)
        for p in participants:
            found[p.id] += [_of_fixed(problem, day, f) for day, f in fixed_of(plan, others, p.id)]
    for p in participants:
        found[p.id] = [lessen(slot, p.detail, problem.settings.language) for slot in found[p.id]]
    return {who: tuple(sorted(slots)) for who, slots in found.items()}


def _of_whom(week: WeekPlan, session: Session) -> Iterator[str]:
    yield from week.schedule.attendance[session]
    yield from (session.teacher, week.schedule.rooms.get(session, ""))


def weeks_without_teaching(plan: TermPlan) -> dict[Week, WeekFacts]:
    """The weeks of the term that hold no sessions and so are not planned; language school may go on in them."""
    settings = plan.problem.settings
    others = (week for week in weeks_between(settings.start, settings.end) if week not in plan.weeks)
    return {week: week_facts(plan.problem, week) for week in others}


def fixed_of(plan: TermPlan, others: Mapping[Week, WeekFacts], participant: str) -> Iterator[tuple[date, Fixed]]:
    """What is fixed in a participant's term and may be shown; `others` are the weeks that the plan does not hold."""
    for day, f in chain(plan.fixed(participant), _fixed(others, participant)):
        if f.kind != "away":
            yield day, f


def _fixed(weeks: Mapping[Week, WeekFacts], participant: str) -> Iterator[tuple[date, Fixed]]:
    for week, facts in weeks.items():
        days = facts.participants[participant].fixed if participant in facts.participants else ()
        yield from ((week.day(d), f) for d, day in enumerate(days) for f in day)


def people(problem: Problem) -> tuple[str, ...]:
    """The ids of everybody who has a feed: participants, teachers, rooms."""
    return (*sorted(problem.participant), *sorted(problem.teacher), *sorted(r.id for r in problem.rooms))


def reword(slot: Slot, problem: Problem) -> Slot:
    """A slot published earlier in the words of today: a place is not called what it must not be called any more."""
    course = problem.course.get(slot.key)
    title = title_of(course, problem.settings.language) if course else slot.title
    known = slot.mode != ONLINE and slot.place in problem.place
    return replace(slot, title=title, location=location_of(problem, slot.place, slot.room) if known else slot.location)


def lessen(slot: Slot, detail: str, language: str) -> Slot:
    """A slot with no more than this level of detail (full, no_places, times_only). Doing it twice is doing it once."""
    if detail == "no_places":
        where = slot.location if slot.mode == ONLINE else ""
        return replace(slot, location=where)
    if detail == "times_only":
        busy = word(language, "busy")
        return replace(slot, title=busy, location="", people="")
    return slot


def _of_session(problem: Problem, week: WeekPlan, s: Session) -> Iterator[tuple[str, Slot]]:
    """A session as each of those who have to do with it sees it."""
    language = problem.settings.language
    day, room = week.week.day(s.day), week.schedule.rooms.get(s, "")
    title = title_of(problem.course[s.course], language)
    count = len(week.schedule.attendance[s])
    many = word(language, "one") if count == 1 else word(language, "many", count=count)
    link = week.schedule.facts.courses[s.course].days[s.day].link

    def slot(where: str, people: str = "", own_link: str = "") -> Slot:
        if where == ONLINE:
            location = plain(own_link or link) or word(language, "online")
            return Slot(day, s.start, s.end, s.course, "", "", ONLINE, title, location, people)
        location = location_of(problem, where, room)
        return Slot(day, s.start, s.end, s.course, where, room, "in_person", title, location, people)

    for p in sorted(week.schedule.attendance[s]):
        where = week.schedule.place_for(p, s)
        yield p, slot(where, own_link=_own_link(problem, p, s, day) if where != s.place else "")
    if s.teacher:
        named = problem.settings.show_participants
        yield s.teacher, slot(s.place, _labels(problem, week.schedule.attendance[s]) if named else many)
    if room and s.place != ONLINE:
        yield room, slot(s.place, many)


def _labels(problem: Problem, participants: Iterable[str]) -> str:
    """Who comes, by their labels; those who are shown with less than full detail are only counted."""
    who = [problem.participant[p] for p in sorted(participants)]
    names = [plain(p.label) for p in who if p.detail == "full"]
    return ", ".join([*names, f"+{len(who) - len(names)}"] if len(names) < len(who) else names)


def _own_link(problem: Problem, participant: str, s: Session, day: date) -> str:
    """The link of somebody who is online while the others are not."""
    rows = [m for m in problem.modes if m.covers(day) and m.course in ("", s.course) and m.who not in ("", ALL)]
    links = [m.link for m in rows if m.link and problem.means(m.who, participant)]
    place = problem.place.get(s.place)
    return links[-1] if links else place.link if place else ""


def _of_fixed(problem: Problem, day: date, f: Fixed) -> Slot:
    language = problem.settings.language
    title = plain(f.title) or word(language, "busy")
    key = f"{FIXED}{f.kind}" if f.kind == "language_school" else f"{FIXED}{f.kind}:{f.title}"
    if f.place == ONLINE:
        return Slot(day, f.start, f.end, key, "", "", ONLINE, title, word(language, "online"))
    return Slot(day, f.start, f.end, key, f.place, "", "in_person", title, location_of(problem, f.place, ""))


def title_of(course: Course, language: str) -> str:
    """What a calendar calls a course. A talk's own name is never shown: it may say with whom, or why."""
    if course.shown_as:
        return plain(course.shown_as) or word(language, "something")
    if course.kind == "talk":
        return word(language, "talk")
    name = course.name_en if language == "en" and course.name_en else course.name
    return plain(name) or plain(course.id) or word(language, "something")


def location_of(problem: Problem, place: str, room: str) -> str:
    """The place as it is shown, then the room, unless the place says it already."""
    known = problem.place.get(place)
    shown = plain(known.shown_as or known.name or known.id) if known else ""
    name = room_name(room)
    said = shown.casefold().endswith(name.casefold())
    return ", ".join(part for part in (shown, "" if said else name) if part)


def room_name(room: str) -> str:
    """What a room is called: its id, with `lokale_2` written `Lokale 2`."""
    name = plain(room.replace("_", " "))
    return name[:1].upper() + name[1:]
