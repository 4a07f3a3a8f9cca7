"""Weeks that do not work out, made from the case's ordinary week with a seed, and one in which two need the same slot.

What is taken is drawn: a lesson of a teacher, a day, an hour of a window, another language class, a room, a cap. So
what mends a week is not known beforehand; `benchmarks.explain` and the tests look at every change there is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from skemaplan.dates import Spans, Week
from skemaplan.demand import Demand
from skemaplan.explain.fitting import Fitting, only
from skemaplan.rules.language_class import OtherClass, class_of
from skemaplan.rules.loosening import with_course, with_participant, with_teacher
from skemaplan.tables import read
from skemaplan.unroll import week_facts
from skemaplan.week import CourseDay, CourseWeek, ParticipantWeek, TeacherWeek, WeekFacts

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"
Taking = Callable[[WeekFacts, Random], WeekFacts]


def case_week(week: str = "2020-W06") -> WeekFacts:
    return week_facts(read(CASE), Week.parse(week), standing=True)


def short_week(seed: int, facts: WeekFacts | None = None) -> WeekFacts:
    """A week of the case's size that does not work out: as much is taken as it needs for that, and no more."""
    draw = Random(seed)
    fits = Fitting(deterministic=5.0)
    facts = facts or case_week()
    while True:
        taken = draw.choice(TAKINGS)(facts, draw)
        fit = fits(taken)
        if fit is False:
            return taken
        facts = taken if fit else facts


def pair_week(seed: int) -> WeekFacts:
    """A week in which two courses are short, each by itself: time is taken from the teachers of the one and the other.

    One change that mends both is not excluded, but seldom.
    """
    draw = Random(seed)
    fits = Fitting(deterministic=5.0)
    facts = case_week()
    for course in draw.sample([c.id for c in facts.courses.values() if c.kind == "lesson"], 2):
        while fits(only(facts, [course])):
            t = draw.choice([t.id for t in facts.teachers.values() if course in t.teaches])
            facts = draw.choice((lesson_of, lesson_of, day_of))(facts, t, draw)
    return facts


def a_lesson(facts: WeekFacts, draw: Random) -> WeekFacts:
    return lesson_of(facts, draw.choice(sorted(facts.teachers)), draw)


def lesson_of(facts: WeekFacts, teacher: str, draw: Random) -> WeekFacts:
    t = facts.teachers[teacher]
    course = draw.choice(sorted(t.teaches))
    least, most = t.teaches[course]
    fewer = max(0, (most or 5 * facts.lesson) - facts.lesson)
    return with_teacher(facts, replace(t, teaches={**t.teaches, course: (min(least, fewer), fewer)}))


def a_day(facts: WeekFacts, draw: Random) -> WeekFacts:
    return day_of(facts, draw.choice(sorted(facts.teachers)), draw)


def day_of(facts: WeekFacts, teacher: str, draw: Random) -> WeekFacts:
    t = facts.teachers[teacher]
    return with_teacher(facts, replace(t, free=without_day(t.free, draw.randrange(5))))


def an_hour(facts: WeekFacts, draw: Random) -> WeekFacts:
    """Of a teacher's day, or of all of a participant's days."""
    who = draw.choice([*facts.teachers, *facts.participants])
    if who in facts.teachers:
        t = facts.teachers[who]
        day = draw.randrange(5)
        return with_teacher(facts, replace(t, free=tuple(cut(s) if d == day else s for d, s in enumerate(t.free))))
    p = facts.participants[who]
    return with_participant(facts, replace(p, free=tuple(map(cut, p.free))))


def a_class(facts: WeekFacts, draw: Random) -> WeekFacts:
    """Somebody's language class is another one of the week's, or lies a day later."""
    p = facts.participants[draw.choice(sorted(facts.participants))]
    mine = class_of(p)
    later = (*mine[4:5], *mine[:4], *mine[5:])
    return OtherClass(p.id, (1,), draw.choice([later, *map(class_of, facts.participants.values())])).on(facts, 1)


def a_room(facts: WeekFacts, draw: Random) -> WeekFacts:
    r = facts.rooms[draw.choice(sorted(facts.rooms))]
    return replace(facts, rooms={**facts.rooms, r.id: replace(r, free=without_day(r.free, draw.randrange(5)))})


def a_cap(facts: WeekFacts, draw: Random) -> WeekFacts:
    p = facts.participants[draw.choice(sorted(facts.participants))]
    caps = {"most_days": draw.choice((3, 4)), "most_per_day": draw.choice((4, 5, 6)) * facts.lesson}
    name = draw.choice(sorted(caps))
    return with_participant(facts, replace(p, **{name: caps[name]}))  # type: ignore[arg-type]


def a_group(facts: WeekFacts, draw: Random) -> WeekFacts:
    c = facts.courses[draw.choice([c.id for c in facts.courses.values() if c.kind == "lesson"])]
    return with_course(facts, replace(c, days=tuple(replace(day, smallest=day.smallest + 1) for day in c.days)))


TAKINGS: tuple[Taking, ...] = (a_lesson, a_day, an_hour, an_hour, a_class, a_class, a_room, a_cap, a_group)


def without_day(free: tuple[Spans, ...], day: int) -> tuple[Spans, ...]:
    return (*free[:day], (), *free[day + 1 :])


def cut(spans: Spans) -> Spans:
    """A day's windows, the last one an hour shorter."""
    return tuple((a, b - 60 if (a, b) == spans[-1] else b) for a, b in spans if (a, b) != spans[-1] or b - 60 > a)


# -- two who need the same slot ---------------------------------------------------------------------------------------

BELLS = ((510, 555), (555, 600), (615, 660), (660, 705))
EVER: Spans = ((0, 24 * 60),)


def same_slot() -> WeekFacts:
    """Fifteen lessons of four participants; A and D can both have their talk at one time only, the same."""
    people: tuple[tuple[str, dict[str, Demand], set[int]], ...] = (
        ("A", {"mat": wanted(3), "talk": wanted(1, "talk")}, {2}),
        ("B", {"mat": wanted(3), "eng": wanted(2)}, set()),
        ("C", {"mat": wanted(2), "talk": wanted(1, "talk")}, set()),
        ("D", {"eng": wanted(2), "talk": wanted(1, "talk")}, {2}),
    )
    talks: tuple[Spans, ...] = ((), ((555, 600),), ((510, 600),), (), (), EVER, EVER)
    teachers = {
        "KOORD": TeacherWeek("KOORD", talks, ((),) * 7, {"talk": (0, None)}),
        "U-ENG": TeacherWeek("U-ENG", (EVER,) * 7, ((),) * 7, {"eng": (0, 180)}),
        "U-MAT": TeacherWeek("U-MAT", without_day((EVER,) * 7, 1), ((),) * 7, {"mat": (0, 225)}),
    }
    return WeekFacts(
        lesson=45,
        target=900,
        tolerance=900,
        longest_break_inside=20,
        periods=(*(BELLS,) * 5, (), ()),
        step=None,
        participants={p: participant(p, takes, frozenset(away)) for p, takes, away in people},
        teachers=teachers,
        courses={c: CourseWeek(c, kind, (hold(kind),) * 7, None, True) for c, kind in KINDS.items()},
        rooms={},
        places={},
        travel={},
        prices={("attendance_day", ""): 0},
    )


KINDS = {"eng": "lesson", "mat": "lesson", "talk": "talk"}


def wanted(lessons: int, kind: str = "lesson") -> Demand:
    return Demand(45 * lessons, 45 if lessons == 3 else 0, 45 * lessons, 45 * lessons, lessons, 45, kind)


def hold(kind: str) -> CourseDay:
    return CourseDay("", 45, 45, 1, 1 if kind == "talk" else None)


def participant(id: str, takes: dict[str, Demand], away: frozenset[int]) -> ParticipantWeek:
    free = tuple(() if d in away else EVER for d in range(7))
    return ParticipantWeek(id, free, ((),) * 7, takes, ((),) * 7, frozenset(), None, None, 0)
