"""What is not ours to move: weekly commitments, with what is dated and what is closed cut out of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..dates import cut
from ..facts import ALL, LANGUAGE_SCHOOL, ONLINE, Absence, Commitment
from ..week import Fixed
from .calendar import STANDING_DAYS, Calendar
from .modes import language_school_is_online
from .validity import age


def fixed(cal: Calendar, who: str, d: int) -> tuple[Fixed, ...]:
    """Weekly commitments, then what is dated over them, then what is closed."""
    day = cal.days[d]
    if not cal.in_term[d]:
        return ()
    weekly = [occurs(cal, c, who, d) for c in commitments(cal, who, d)]
    over = [dated_entry(a) for a in cal.away(who, day)]
    kept = [piece for f in weekly for piece in pieces(cal, f, [*beside(cal, f, over), *closed(cal, f, day)])]
    dated = [o for o in over if o.place or o.kind in ("exam", "excursion")]
    return without_overlaps(dated, kept)


def beside(cal: Calendar, f: Fixed, over: list[Fixed]) -> list[tuple[int, int]]:
    """What dated entries take of a commitment: their own time and the way there and back."""
    return [(o.start - cal.way(o.place, f.place), o.end + cal.way(o.place, f.place)) for o in over]


def commitments(cal: Calendar, who: str, d: int) -> list[Commitment]:
    """The weekly commitments in force on a day of this week."""
    day = cal.days[d]
    mine = [c for c in cal.problem.commitments_of[who] if c.holds(day) and not is_passing(cal, c)]
    groups: dict[str, list[Commitment]] = {}
    for c in mine:  # a new language class replaces the old one, whatever it is called and whichever days it has
        groups.setdefault(c.kind if c.kind == LANGUAGE_SCHOOL else c.title, []).append(c)
    in_force = [c for rows in groups.values() for c in rows if not any(replaces(cal, x, c) for x in rows)]
    in_force = [c for c in in_force if cal.standing or day not in c.skips]
    return [c for c in in_force if d in c.days and cal.in_cycle(c)]


def is_passing(cal: Calendar, c: Commitment) -> bool:
    """Whether standing facts leave it out: what a calendar has once, or for a while, is no part of other weeks."""
    if not cal.standing or not c.calendar or c.valid_from is None or c.valid_to is None:
        return False
    return (c.valid_to - c.valid_from).days + 1 < STANDING_DAYS


def replaces(cal: Calendar, a: Commitment, b: Commitment) -> bool:
    """Whether `a` is the newer of the two; what is in odd weeks leaves alone what is in even ones.

    The entries of a calendar are no newer forms of each other, nor of anything else.
    """
    take_turns = a.every_weeks == b.every_weeks and cal.turn(a) != cal.turn(b)
    return age(a) > age(b) and not take_turns and not (a.calendar or b.calendar)


def occurs(cal: Calendar, c: Commitment, who: str, d: int) -> Fixed:
    """A commitment on its day: where it is then, and what it counts for."""
    place = ONLINE if c.kind == LANGUAGE_SCHOOL and language_school_is_online(cal, who, d) else c.place
    minutes = c.minutes
    if minutes is None:
        covered = [s for s in cal.periods[d] if c.start <= s[0] and s[1] <= c.end]
        minutes = min(len(covered) * cal.settings.lesson_minutes, c.end - c.start)
        outside = not any(c.start < end and start < c.end for start, end in cal.periods[d])
        if outside and (c.kind == LANGUAGE_SCHOOL or not cal.periods[d]):  # such as an evening class
            minutes = c.end - c.start
    return Fixed(c.start, c.end, place, c.title, c.kind, minutes)


def dated_entry(a: Absence) -> Fixed:
    """An exam or the like as a thing of the day; it counts for nothing in the twenty lessons."""
    return Fixed(a.start, a.end, a.place, a.title, a.kind, 0)


def closed(cal: Calendar, f: Fixed, day: date) -> list[tuple[int, int]]:
    """What closes a commitment: the language school's own closures, and for it also days closed to all."""
    who = {LANGUAGE_SCHOOL, ALL} if f.kind == LANGUAGE_SCHOOL else {ALL}
    return [
        (c.start, c.end)
        for c in cal.closures
        if c.covers(day) and c.who in who and (c.place == f.place if c.place else f.kind == LANGUAGE_SCHOOL)
    ]


def pieces(cal: Calendar, f: Fixed, holes: Sequence[tuple[int, int]]) -> list[Fixed]:
    """What is left of a commitment; nobody goes there for less than a lesson."""
    left = cut(((f.start, f.end),), holes)
    return [
        Fixed(s, e, f.place, f.title, f.kind, f.minutes * (e - s) // (f.end - f.start))
        for s, e in left
        if (s, e) == (f.start, f.end) or e - s >= cal.settings.lesson_minutes
    ]


def without_overlaps(dated: list[Fixed], weekly: list[Fixed]) -> tuple[Fixed, ...]:
    """Entries that overlap block their union: a dated one first, and the later one begins where the earlier ends."""
    kept: list[Fixed] = []
    for f in sorted(dated, key=order) + sorted(weekly, key=order):
        spans = cut(((f.start, f.end),), [(k.start, k.end) for k in kept])
        kept += [Fixed(s, e, f.place, f.title, f.kind, f.minutes) for s, e in spans[:1]]
    return tuple(sorted(kept, key=order))


def order(f: Fixed) -> tuple[int, int, str]:
    return f.start, f.end, f.title
