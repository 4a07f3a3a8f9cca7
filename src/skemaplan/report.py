"""A plan as tables for people: pandas frames in, nothing decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dates import clock
from .schedule import TermPlan

if TYPE_CHECKING:
    import pandas as pd

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
