"""How a course is held while modes hold: online or in person, and what else their rows say meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..facts import ONLINE, STUDY, Course, Mode
from ..week import CourseDay

MEANWHILE = ("link", "wanted", "sessions", "shortest", "longest", "smallest_group", "largest_group")


def together(rows: Sequence[Mode]) -> Mode | None:
    """What rows that hold at once come to, the one that wins last; None without rows.

    The last says whether it is online. Of every other column counts what the last row says that fills it in: but only
    since the last switch, which takes back what was said of how it was held before.
    """
    found: Mode | None = None
    for row in rows:
        if found is None or found.mode != row.mode:
            found = row
        else:
            said = {name: getattr(row, name) for name in MEANWHILE if getattr(row, name) not in (None, "")}
            found = replace(found, who=row.who, course=row.course, **said)
    return found


def held(course: Course, mode: Mode | None, link: str) -> CourseDay:
    """A course under a mode (None: as the course itself says). `link` is where its place is met online."""
    lengths = [course.shortest, course.longest]
    groups = [course.smallest_group, course.largest_group]
    place, its_link = course.place, ""
    if mode is not None:
        lengths = [c if m is None else m for c, m in zip(lengths, (mode.shortest, mode.longest), strict=True)]
        groups = [c if m is None else m for c, m in zip(groups, (mode.smallest_group, mode.largest_group), strict=True)]
        if mode.mode == ONLINE and course.kind != STUDY:
            place, its_link = ONLINE, mode.link or link
    if course.kind == "talk":  # one to one, whatever a mode of all courses says
        groups = [1, 1]
    return CourseDay(place, lengths[0], max(lengths), groups[0] or 1, groups[1], its_link)
