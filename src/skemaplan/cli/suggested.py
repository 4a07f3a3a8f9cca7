"""The places that a session could have: in sentences, and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..amounts import in_lessons
from ..dates import clock, numbers
from ..explain.absent import said
from ..explain.naming import named
from ..facts import ONLINE
from ..publishing.slots import location_of, title_of
from ..publishing.wording import long_day, time_of_day, weekday, word
from ..schedule import Session
from ..words import Text, say, say_n
from .covering import costing
from .questioned import Question
from .speaking import language_of, tell

if TYPE_CHECKING:
    from ..planning.suggest import Place, Places, Slot

FORMAT = 1
Json = dict[str, Any]


def show(question: Question, found: Sequence[Places], few: int | None) -> None:
    """Each course's places, numbered; the first few of them if so many are too many."""
    for n, course in enumerate(found):
        if n:
            tell("")
        show_course(question, course, few)


def show_course(question: Question, found: Places, few: int | None) -> None:
    tell(heading(question, found), bold=True)
    if found.now:
        tell(say("  Now: {times}", times="; ".join(at(question, found, s) for s in found.now)))
    for n, place in enumerate(found.places[:few], 1):
        tell(f"{n:>3}. {where(question, found, place)}")
        tell(f"     {price(question, place)}")
        for line in moves(question, found, place):
            tell(f"       {line}")
    if few is not None and len(found.places) > few:
        tell(say("  {n} more: --all", n=len(found.places) - few))
    for rest in unlisted(question, found):
        tell(f"  {rest.to(language_of())}")


def heading(question: Question, found: Places) -> str:
    from ..timetable import label_of

    return say(
        "{who}, {course}, {weeks}: {places}",
        who=label_of(question.problem, found.participant),
        course=title_of(question.problem.course[found.course], language_of()),
        weeks=say_n("week {weeks}", "weeks {weeks}", n=len(found.weeks), weeks=numbers(found.weeks)),
        places=say_n("{n} place", "{n} places", n=len(found.places)),
    ).to(language_of())


def at(question: Question, found: Places, s: Session | Slot) -> str:
    """The day (or date) and time of a session."""
    language, day = language_of(), found.weeks[0].day(s.day)
    start = time_of_day(s.start, language)
    time = f"{start}-{time_of_day(s.end, language)}" if isinstance(s, Session) else start
    return f"{long_day(day, language) if found.dated else weekday(day, language)} {time}"


def where(question: Question, found: Places, place: Place) -> str:
    """When it is, with which teacher, where, and with whom."""
    from ..differing_text import teacher_name
    from ..timetable import label_of

    problem, s, language = question.problem, place.session, language_of()
    room = word(language, "online") if s.place == ONLINE else location_of(problem, s.place, place.room)
    people = ", ".join(label_of(problem, p) for p in sorted(place.group))
    beside = say("with {people}", people=people) if people else say("nobody else")
    return ", ".join(
        filter(None, [at(question, found, s), teacher_name(problem, s.teacher), room, beside.to(language)])
    )


def price(question: Question, place: Place) -> str:
    """How many others move, who loses lessons by it, what she still lacks, and how inconvenient the week gets."""
    language, lesson, taken = language_of(), question.problem.settings.lesson_minutes, place.taken
    others = len({m.participant for m in taken.of_others(question.participant)})
    parts = [_moving(others)]
    fewer, lacking = lost_to_others(question, place), lacks(question, place)
    if fewer:
        parts.append(say("they lose {lessons}", lessons=in_lessons(fewer / lesson)))
    if lacking:
        parts.append(say("{lessons} still unmet", lessons=in_lessons(lacking / lesson)))
    return "; ".join(part.to(language) for part in (*parts, costing(taken.minutes)))


def _moving(others: int) -> Text:
    return say_n("{n} other moves", "{n} others move", n=others) if others else say("nobody else moves")


def lost_to_others(question: Question, place: Place) -> int:
    """How many minutes fewer the others have."""
    now, then = question.week.now, place.taken.week
    both = ((now.minutes(p, c), then.minutes(p, c)) for p, c in _others(question))
    return sum(max(0, before - after) for before, after in both)


def _others(question: Question) -> Iterator[tuple[str, str]]:
    people = question.week.facts.participants
    return ((p, c) for p in people if p != question.participant for c in people[p].demands)


def lacks(question: Question, place: Place) -> int:
    """How many minutes of all her courses are short in that week."""
    hers = question.week.facts.participants[question.participant].demands
    return sum(max(0, d.wanted - place.taken.week.minutes(question.participant, c)) for c, d in hers.items())


def moves(question: Question, found: Places, place: Place) -> Iterator[str]:
    """Who moves from where to where, those who move alike together; of hers what is beside the place itself.

    What a newcomer has of her other courses is not told with each place.
    """
    from ..timetable import label_of

    alike: dict[tuple[str, Session | None, Session | None], list[str]] = {}
    for m in place.taken.moves:
        is_hers = m.participant == found.participant
        is_it = is_hers and m.after == place.session
        is_first = is_hers and m.before is None and m.course != found.course
        if not is_it and not is_first:
            alike.setdefault((m.course, m.before, m.after), []).append(label_of(question.problem, m.participant))
    for (course, before, after), people in alike.items():
        yield named(said(", ".join(people), course, before, after), question.problem).to(language_of())


def unlisted(question: Question, found: Places) -> Iterator[Text]:
    """What is known of all other times."""
    if found.refuted:
        n = len(found.refuted)
        yield say_n("At {n} other time it can't be: proven.", "At {n} other times it can't be: proven.", n=n)
    if found.open:
        times = "; ".join(at(question, found, p.session) for p in found.open)
        yield say("Possible, but it is not known yet how few have to move: {times}.", times=times)
    if found.unknown:
        times = "; ".join(at(question, found, slot) for slot in found.unknown)
        yield say("There was no time to look at: {times}.", times=times)


def document(question: Question, found: Sequence[Places]) -> Json:
    """All of it for a program; amounts of teaching are lessons, days 0 (Monday) to 6."""
    return {
        "courses": [_course(question, course) for course in found],
        "dated": question.week.dated,
        "format": FORMAT,
        "participant": question.participant,
        "term": question.problem.settings.name,
        "weeks": [str(w) for w in question.week.weeks],
    }


def _course(question: Question, found: Places) -> Json:
    return {
        "course": found.course,
        "impossible": [_slot(s) for s in found.refuted],
        "not_looked_at": [_slot(s) for s in found.unknown],
        "now": [_session(s) for s in found.now],
        "open": [_place(question, found, p) for p in found.open],
        "places": [_place(question, found, p) for p in found.places],
    }


def _place(question: Question, found: Places, place: Place) -> Json:
    lesson, problem = question.problem.settings.lesson_minutes, question.problem
    return {
        **_session(place.session),
        "with": sorted(place.group),
        "new": place.new,
        "room": place.room,
        "sessions": [_session(s) for s in place.sessions],
        "ask": list(place.taken.to_ask(found.participant)),
        "moves": [
            {
                "participant": m.participant,
                "course": m.course,
                "before": m.before and _session(m.before),
                "now": m.after and _session(m.after),
                "sentence": named(m.text, problem).to(language_of()),
            }
            for m in place.taken.moves
        ],
        "others_moved": len({m.participant for m in place.taken.of_others(found.participant)}),
        "others_lose": round(lost_to_others(question, place) / lesson, 2),
        "unmet": round(lacks(question, place) / lesson, 2),
        "inconvenience": place.taken.minutes,
        "fewest_proven": place.taken.fewest,
    }


def _session(s: Session) -> Json:
    return {"day": s.day, "start": clock(s.start), "end": clock(s.end), "teacher": s.teacher, "place": s.place}


def _slot(slot: Slot) -> Json:
    return {"day": slot.day, "start": clock(slot.start), "teacher": slot.teacher}
