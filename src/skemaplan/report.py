"""A plan as tables for people: pandas frames in, nothing decided here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import accounts
from .dates import clock
from .schedule import TermPlan
from .summary import summarise

if TYPE_CHECKING:
    import pandas as pd

HOURS = ("participant", "label", "week", *accounts.HOURS, "total", "low", "high", "band", "transport_minutes")
COURSES = ("participant", "label", "course", "course_name", "wanted", "held", "made_up", "lost", "unmet")
WEEKS = ("participant", "label", "week", *COURSES[2:], "given")
MISSING = ("participant", "label", "week", "course", "course_name", "kind", "lessons", "reason", "held_in")
TEACHERS = ("teacher", "label", "week", "course", "course_name", "lessons", "least", "most", "below")
ATTENDANCE = ("participant", "label", "month", "days", "online_days", "trips", "minutes_between", "km_between")
INCONVENIENCE = ("participant", "label", "week", "rule", "what", "minutes")
ROOMS = ("room", "week", "sessions", "minutes", "most_people", "seats", "filled")
COLUMNS = ("date", "start", "end", "course", "teacher", "place", "room", "mode", "participant", "session")


def lessons(plan: TermPlan) -> pd.DataFrame:
    """One row for each participant in each session, sorted by date, start, course and participant.

    `date` is a date, `start` and `end` local clock times as text, `mode` is in_person or online, `session` names the
    session within this plan. This is what `skemaplan export` writes.
    """
    import pandas as pd

    rows = [
        (s.date, clock(s.start), clock(s.end), s.course, s.teacher, s.place, s.room, s.mode, p, s.key)
        for s in plan.sessions()
        for p in s.participants
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["date", "start", "course", "participant"], kind="stable", ignore_index=True)


def report(
    plan: TermPlan, language: str = "da", justified: Iterable[accounts.Justified] | None = None
) -> dict[str, pd.DataFrame]:
    """The accounts of a term, by name; `accounts` says what stands in each. Amounts are lessons.

    summary (nameless), hours, courses, weeks, missing, teachers, attendance, rooms. Reasons are told in `language`.
    With `justified` (what `justify` says of the plan) also inconvenience: what each participant's minutes are for.
    """
    import pandas as pd

    summary = summarise(plan)
    names = {c.id: (language == "en" and c.name_en) or c.name or c.id for c in plan.problem.courses}
    rows = {
        "summary": (accounts.nameless(plan, summary), ("measure", "value")),
        "hours": (accounts.hours(plan), HOURS),
        "courses": (accounts.courses(summary), COURSES),
        "weeks": (accounts.weeks(plan), WEEKS),
        "missing": (accounts.missing(plan, language), MISSING),
        "teachers": (accounts.teachers(plan), TEACHERS),
        "attendance": (accounts.attendance(plan), ATTENDANCE),
        "rooms": (accounts.rooms(plan), ROOMS),
    }
    if justified is not None:
        rows["inconvenience"] = accounts.inconvenience(plan, justified, language), INCONVENIENCE
    frames = {name: pd.DataFrame(list(found), columns=list(columns)) for name, (found, columns) in rows.items()}
    for frame in frames.values():
        if "course_name" in frame:
            frame["course_name"] = frame["course"].map(names)
    return frames
