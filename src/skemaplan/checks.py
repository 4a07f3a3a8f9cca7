"""What must fit together between the rows of a term, before anything is planned. Pure: a problem in, troubles out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .amounts import in_weeks
from .dates import clock, cut
from .errors import InMemory, Origin, Trouble
from .facts import ALL, LANGUAGE_SCHOOL, STUDY, Commitment, Fact, Pair
from .prices import DEFAULTS
from .visits import ways_needed
from .words import Name, say, say_n

if TYPE_CHECKING:  # a problem is checked when it is made, so the arrow points from there to here
    from .problem import Problem

LONGEST_TERM = 106  # weeks: two years
PARTICIPANTS, TEACHERS = Name("participants", "deltagere"), Name("teachers", "undervisere")  # what is empty has no row


def troubles(problem: Problem) -> Iterator[Trouble]:
    """Every trouble of the term: unknown and doubled ids, ends before starts, what overlaps, what is missing."""
    for check in CHECKS:
        yield from check(problem)


def ids_are_unique(p: Problem) -> Iterator[Trouble]:
    """One key space: `who` must mean one thing."""
    seen: dict[str, Fact] = {}
    tables = (p.places, p.rooms, p.teachers, p.participants)
    for space, rows in (*((seen, rows) for rows in tables), (dict[str, Fact](), p.courses)):
        for row in rows:
            if row.id in space:
                yield Trouble(
                    row.origin.cell("id"),
                    say("the id {id} is used twice.", id=repr(row.id)),
                    say("It already stands in {where}; give each its own.", where=space[row.id].origin.cell("")),
                )
            space.setdefault(row.id, row)
    for team in p.teams:
        if team in seen:
            first = next(x for x in p.participants if x.team == team)
            yield Trouble(
                first.origin.cell("team"),
                say("the team {id} has the id of something else.", id=repr(team)),
                say("It already stands in {where}; give the team another name.", where=seen[team].origin.cell("")),
            )
    for word in (ALL, LANGUAGE_SCHOOL, "online"):
        for rows in tables:
            for row in rows:
                if row.id == word:
                    yield Trouble(
                        row.origin.cell("id"),
                        say("{id} is a word of skemaplan.", id=repr(word)),
                        say("Use another id."),
                    )


def labels_are_told_apart(p: Problem) -> Iterator[Trouble]:
    """The label is all that is ever shown, so two people with one label can't be told apart by anybody."""
    first: dict[str, str] = {}
    for row in p.participants:
        other = first.setdefault(row.label, row.id)
        if other != row.id:
            yield Trouble(
                row.origin.cell("label"),
                say("{label} is also the label of {other}.", label=row.label, other=other),
                say("Give each her own."),
                "warning",
            )


def ids_are_known(p: Problem) -> Iterator[Trouble]:
    courses, places, teachers, people = dict(p.course), dict(p.place), dict(p.teacher), dict(p.participant)
    rooms = {r.id: r for r in p.rooms}
    persons = {**people, **teachers}
    anyone: dict[str, object] = {**persons, **p.teams}
    everything: dict[str, object] = {**anyone, **rooms, **places}

    def look(fact: Fact, column: str, value: str, known: dict[str, object]) -> Iterator[Trouble]:
        if value and value not in known:
            yield unknown(fact.origin, column, value, known)

    for row in p.travel:
        yield from look(row, "from", row.start, {**places})
        yield from look(row, "to", row.end, {**places})
    for room in p.rooms:
        yield from look(room, "place", room.place, {**places})
    for course in p.courses:
        yield from look(course, "place", course.place, {**places})
    for teaches in p.teaches:
        yield from look(teaches, "teacher", teaches.teacher, {**teachers})
        yield from look(teaches, "course", teaches.course, {**courses})
    for takes in p.takes:
        yield from look(takes, "who", takes.who, {**people, **p.teams, ALL: ALL})
        yield from look(takes, "course", takes.course, {**courses})
    for window in p.availability:
        yield from look(window, "who", window.who, everything)
    for commitment in p.commitments:
        yield from look(commitment, "who", commitment.who, anyone)
        yield from look(commitment, "place", commitment.place, {**places})
    for absence in p.absences:
        yield from look(absence, "who", absence.who, {**everything, ALL: ALL})
        yield from look(absence, "place", absence.place, {**places})
    for closure in p.closures:
        yield from look(closure, "place", closure.place, {**places})
        yield from look(closure, "who", closure.who, {ALL: ALL, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL})
    for mode in p.modes:
        yield from look(mode, "who", mode.who, {**people, **p.teams, ALL: ALL})
        yield from look(mode, "course", mode.course, {**courses, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL})
    for pair in p.pairs:
        yield from look(pair, "a", pair.a, {**people})
        yield from look(pair, "b", pair.b, {**people})
    for lock in p.locks:
        yield from look(lock, "participant", lock.participant, {**people})
        yield from look(lock, "course", lock.course, {**courses})
        yield from look(lock, "teacher", lock.teacher, {**teachers})
        yield from look(lock, "room", lock.room, {**rooms})
    for price in p.prices:
        yield from look(price, "name", price.name, {**DEFAULTS})
        yield from look(price, "who", price.who, anyone)


def spans_end_after_they_start(p: Problem) -> Iterator[Trouble]:
    columns = (("start", "end"), ("from_date", "to_date"), ("valid_from", "valid_to"))
    shown = {"start": "from", "end": "to"}
    for fact in p.facts():
        for a, b in columns:
            first, last = getattr(fact, a, None), getattr(fact, b, None)
            if first is None or last is None or isinstance(first, str):
                continue
            is_time = isinstance(first, int)
            if first > last or (is_time and first == last):
                named = type(fact).__name__ in ("Period", "Participant", "Settings")
                column = b if named or not is_time else shown[b]
                right = say("It must be after {first}.", first=clock(first) if is_time else first)
                what = say("{last} is before the start.", last=clock(last) if is_time else last)
                yield Trouble(fact.origin.cell(column), what, right)
    s = p.settings
    if s.day_start is not None and s.day_end is not None and s.day_start >= s.day_end:
        yield Trouble(
            s.origin.cell("day_end"),
            say("{last} is before the start.", last=clock(s.day_end)),
            say("It must be after {first}.", first=clock(s.day_start)),
        )
    for who in p.participants:
        if who.earliest is not None and who.latest is not None and who.earliest >= who.latest:
            yield Trouble(
                who.origin.cell("latest"),
                say("{last} is before the start.", last=clock(who.latest)),
                say("It must be after {first}.", first=clock(who.earliest)),
            )


def periods_do_not_overlap(p: Problem) -> Iterator[Trouble]:
    for i, a in enumerate(p.periods):
        for b in p.periods[:i]:
            if a.days & b.days and a.start < b.end and b.start < a.end:
                yield Trouble(
                    a.origin.cell("start"),
                    say(
                        "period {a} lies inside period {b} ({start}-{end}).",
                        a=a.id,
                        b=b.id,
                        start=clock(b.start),
                        end=clock(b.end),
                    ),
                    say("Periods follow each other."),
                )


def amounts_agree(p: Problem) -> Iterator[Trouble]:
    """fewest <= wanted <= most, shortest <= longest, smallest <= largest, least <= most."""

    def order(fact: Fact, *pairs: tuple[str, int | None, str, int | None]) -> Iterator[Trouble]:
        for low_name, low, high_name, high in pairs:
            if low is not None and high is not None and low > high:
                names = {"high_name": fact.origin.heading(high_name), "low_name": fact.origin.heading(low_name)}
                yield Trouble(
                    fact.origin.cell(high_name),
                    say("{high_name} is less than {low_name}.", **names),
                    say("Make {high_name} at least as much as {low_name}.", **names),
                )

    for c in p.courses:
        yield from order(
            c,
            ("fewest", c.fewest, "lessons_per_week", c.wanted),
            ("lessons_per_week", c.wanted, "most", c.most),
            ("shortest", c.shortest, "longest", c.longest),
            ("smallest_group", c.smallest_group, "largest_group", c.largest_group),
        )
    for t in p.teaches:
        yield from order(t, ("least", t.least, "most", t.most))
    for m in p.modes:
        yield from order(m, ("shortest", m.shortest, "longest", m.longest))
        yield from order(m, ("smallest_group", m.smallest_group, "largest_group", m.largest_group))


def weekly_commitments_do_not_overlap(p: Problem) -> Iterator[Trouble]:
    """Two weekly commitments of one person may not overlap, unless a newer row replaces an older one.

    A calendar may: hers also has what the tables have, and what overlaps blocks their union.
    """
    by_person = defaultdict(list)
    for c in (c for c in p.commitments if not c.calendar):
        for who in _persons(p, c.who):
            by_person[who].append(c)
    for who, mine in by_person.items():
        for i, b in enumerate(mine):
            for a in mine[:i]:
                both = a.days & b.days and a.start < b.end and b.start < a.end
                if not both or not _meet(a.valid_from, a.valid_to, b.valid_from, b.valid_to) or _replaces(a, b):
                    continue
                if a.every_weeks > 1 and b.every_weeks > 1:
                    continue  # odd and even weeks may lie over each other
                yield Trouble(
                    b.origin.cell("from"),
                    say("{title} overlaps {other} for {who}.", title=b.title, other=a.title, who=who),
                    say("Change the times, or give the newer one a valid_from."),
                )


def _replaces(a: Commitment, b: Commitment) -> bool:
    """Whether one is the newer form of the other: the same thing (or both the language school) from another date."""
    same = a.title == b.title or a.kind == b.kind == LANGUAGE_SCHOOL
    return same and (a.valid_from, a.valid_to is None) != (b.valid_from, b.valid_to is None)


def unknown(origin: Origin, column: str, value: str, known: Iterable[str]) -> Trouble:
    """The trouble of an id that no table has, with the nearest that one has."""
    known = sorted(known)
    near = get_close_matches(value, known, n=1, cutoff=0.5)
    return Trouble(
        origin.cell(column),
        say("there is no {value}.", value=repr(value)),
        say("Did you mean {near}?", near=near[0]) if near else say("Known: {known}.", known=", ".join(known) or "-"),
    )


def _persons(p: Problem, who: str) -> tuple[str, ...]:
    return tuple(sorted(p.teams[who])) if who in p.teams else (who,)


def _meet(a0: date | None, a1: date | None, b0: date | None, b1: date | None) -> bool:
    return (a0 or date.min) <= (b1 or date.max) and (b0 or date.min) <= (a1 or date.max)


def ways_are_known(p: Problem) -> Iterator[Trouble]:
    """Between two places that one person may have to visit in one week, the minutes must be known."""
    known = {frozenset((t.start, t.end)) for t in p.travel}
    needed = [way for way in ways_needed(p) if frozenset((way.start, way.end)) not in known]
    if not p.travel:
        places = {x.place for rows in (p.commitments, p.absences) for x in rows} - {""}
        if needed or (places and not any(c.place for c in p.courses)):
            what = say("no way between places is known, so all are counted as 0 minutes.")
            yield Trouble("travel", what, say("Add rows to travel."), "warning")
        return
    for way in needed:
        yield Trouble(
            way.fact.origin.cell("place"),
            say("the minutes from {a} to {b} are not known.", a=way.start, b=way.end),
            say("Add a row to travel: {who} has something at both in one week.", who=way.who),
        )


def a_term_has_something_to_plan(p: Problem) -> Iterator[Trouble]:
    s = p.settings
    if not p.periods and not s.start_step:
        yield Trouble(
            s.origin.cell("start_step"),
            say("there are no bell times."),
            say("Fill in periods, or start_step, day_start and day_end."),
        )
    if s.start_step and (s.day_start is None or s.day_end is None):
        yield Trouble(
            s.origin.cell("start_step"),
            say("start_step needs day_start and day_end."),
            say("For example 08:30 and 14:45."),
        )
    study = {c.id for c in p.courses if c.kind == STUDY}
    for row in (t for t in p.teaches if t.course in study):
        yield Trouble(
            row.origin.cell("course"),
            say("{course} is study, which nobody teaches.", course=row.course),
            say("Delete the row, or make the course a lesson."),
        )


def somebody_has_something_to_learn(p: Problem) -> Iterator[Trouble]:
    if not p.participants:
        yield Trouble(PARTICIPANTS, say("there are no participants."), say("Write each of them in a row."))
    if not p.courses:
        yield Trouble(TEACHERS, say("nobody teaches anything."), say("Say what each teacher gives, in column course."))


def somebody_teaches_it(p: Problem) -> Iterator[Trouble]:
    """Every course has a teacher; but that a name is misspelt is told where it stands, not here once more."""
    known = {c.id for c in p.courses}
    misspelt = [t.course for t in p.teaches if t.course not in known]
    meant = {near for name in misspelt for near in get_close_matches(name, known, n=1, cutoff=0.5)}
    taught = {t.course for t in p.teaches} | meant
    for course in p.courses:
        is_own = isinstance(course.origin, InMemory)  # the programme's, which are there as long as a name is misspelt
        if course.kind != STUDY and course.id not in taught and not (is_own and misspelt):
            yield Trouble(
                course.origin.cell("id"),
                say("nobody teaches {course}.", course=course.id),
                say("Add a row to teaches."),
            )


def pairs_agree(p: Problem) -> Iterator[Trouble]:
    """Nobody is paired with herself, and no two people are both to be together and apart."""
    first: dict[frozenset[str], Pair] = {}
    for pair in p.pairs:
        if pair.a == pair.b:
            what = say("{who} is paired with herself.", who=pair.a)
            yield Trouble(pair.origin.cell("b"), what, say("Name the other one."))
            continue
        other = first.setdefault(frozenset((pair.a, pair.b)), pair)
        if other.kind != pair.kind:
            what = say("{a} and {b} can't sit together and apart.", a=pair.a, b=pair.b)
            right = say("Take this row out, or {where}.", where=other.origin.cell(""))
            yield Trouble(pair.origin.cell("kind"), what, right)


def study_is_hers_alone(p: Problem) -> Iterator[Trouble]:
    """Homework has no group and no teacher: what is written of them is not read."""
    for c in (c for c in p.courses if c.kind == STUDY):
        said = {
            "smallest_group": c.smallest_group != 1,
            "largest_group": c.largest_group is not None,
            "most_taught": c.most_taught is not None,
        }
        for column in (name for name, filled in said.items() if filled):
            what = say("{course} is study, which everyone does by herself.", course=c.id)
            yield Trouble(c.origin.cell(column), what, say("Leave the cell empty."), "warning")


def turns_come_round(p: Problem) -> Iterator[Trouble]:
    """What comes every other week needs plans of odd and even weeks, or a place for everybody in every week."""
    for c in p.courses:
        if c.every_weeks in (2, 4) and p.settings.cycle_weeks % c.every_weeks:
            yield Trouble(
                c.origin.cell("every_weeks"),
                say(
                    "{course} does not come every week, but weeks are all planned alike: everyone keeps a time for it "
                    "in each of them.",
                    course=c.id,
                ),
                say("If there are too few times, write cycle_weeks, {n} in term.", n=c.every_weeks),
                "warning",
            )


def a_term_is_not_endless(p: Problem) -> Iterator[Trouble]:
    weeks = (p.settings.end - p.settings.start).days // 7
    if weeks > LONGEST_TERM:
        yield Trouble(
            p.settings.origin.cell("end"),
            say_n("the term is {n} week long.", "the term is {n} weeks long.", n=weeks),
            say("Look at the years; a term has at most {weeks}.", weeks=in_weeks(LONGEST_TERM)),
        )


def sessions_can_hold_the_lessons(p: Problem) -> Iterator[Trouble]:
    """Two sessions of at most two lessons never hold five."""
    for c in p.courses:
        if not c.sessions * c.shortest <= c.most:
            yield Trouble(
                c.origin.cell("sessions_per_week"),
                say_n(
                    "{n} session of {course} is more than its most lessons.",
                    "{n} sessions of {course} are more than its most lessons.",
                    n=c.sessions,
                    course=c.id,
                ),
                say("Ask for fewer or shorter sessions."),
                "warning",
            )
        if c.sessions * c.longest < c.wanted:
            yield Trouble(
                c.origin.cell("lessons_per_week"),
                say_n(
                    "{n} session of {course} does not hold what is wanted.",
                    "{n} sessions of {course} do not hold what is wanted.",
                    n=c.sessions,
                    course=c.id,
                ),
                say("Ask for more or longer sessions."),
                "warning",
            )
        if c.kind == "talk" and c.smallest_group > 1:
            yield Trouble(
                c.origin.cell("smallest_group"),
                say("a talk is one participant and one teacher."),
                say("Leave the cell empty, or make it a lesson."),
            )


def everyone_can_come_at_some_time(p: Problem) -> Iterator[Trouble]:
    """Undated windows of one person that leave no time at all are a slip of the pen."""
    windows = defaultdict(list)
    for a in p.availability:
        if a.valid_from is None and a.valid_to is None:
            windows[a.who].append(a)
    for who in sorted({*p.participant, *p.teacher} & windows.keys()):
        rows = windows[who]
        free = [a for a in rows if a.kind == "free"]
        person = p.participant.get(who)
        earliest, latest = (person and person.earliest) or 0, (person and person.latest) or 24 * 60
        left = [
            window
            for a in free
            for d in a.days
            for window in cut(
                ((max(a.start, earliest), min(a.end, latest)),),
                [(b.start, b.end) for b in rows if b.kind == "busy" and d in b.days],
            )
            if window[0] < window[1]
        ]
        if free and not left:
            yield Trouble(
                free[0].origin.cell("from"),
                say("the windows of {who} leave no time at all.", who=who),
                say("Look at from, to and day, and at earliest and latest."),
                "warning",
            )


def locks_say_when(p: Problem) -> Iterator[Trouble]:
    for lock in p.locks:
        if (lock.date is None) == (lock.day is None):
            yield Trouble(
                lock.origin.cell("date"), say("a lock needs a date or a day."), say("Fill in one of the two.")
            )
        elif lock.date is not None and not lock.holds(lock.date):
            what = say("the row does not hold on {date}.", date=lock.date)
            yield Trouble(lock.origin.cell("valid_from"), what, say("Leave the days from and to which it holds empty."))
        if lock.makes_up and lock.date is None:
            what = say("what makes up for a lost lesson is held once.")
            yield Trouble(lock.origin.cell("makes_up"), what, say("Fill in its date, and leave the day empty."))


def prices_have_names(p: Problem) -> Iterator[Trouble]:
    """A price of which no rule knows would change nothing, and nobody would notice."""
    for price in p.prices:
        if price.name not in DEFAULTS:
            yield unknown(price.origin, "name", price.name, DEFAULTS)


CHECKS: tuple[Callable[[Problem], Iterator[Trouble]], ...] = (
    ids_are_unique,
    labels_are_told_apart,
    ids_are_known,
    spans_end_after_they_start,
    periods_do_not_overlap,
    amounts_agree,
    weekly_commitments_do_not_overlap,
    ways_are_known,
    a_term_has_something_to_plan,
    somebody_has_something_to_learn,
    somebody_teaches_it,
    pairs_agree,
    study_is_hers_alone,
    turns_come_round,
    a_term_is_not_endless,
    sessions_can_hold_the_lessons,
    everyone_can_come_at_some_time,
    locks_say_when,
    prices_have_names,
)
