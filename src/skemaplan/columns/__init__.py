"""The one list of tables and columns: it drives reading, error messages, `skemaplan new` and the reference page.

Every table, column and term key has an English and a Danish name; both are read everywhere, and mixed.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..cells import word_key
from .column import Column as Column
from .column import Table as Table
from .kind import DATE as DATE
from .kind import DAY as DAY
from .kind import DAYS as DAYS
from .kind import TEXT as TEXT
from .kind import TIME as TIME
from .kind import YES as YES
from .people import PARTICIPANTS, TEACHERS
from .places import PLACES, ROOMS, TRAVEL
from .teaching import COURSES, PERIODS, TAKES, TEACHES
from .term import KEYS as KEYS
from .term import TERM as TERM
from .times import ABSENCES, AVAILABILITY, CLOSURES, COMMITMENTS, MODES
from .wishes import LOCKS, PAIRS, PRICES

TABLES = (
    TERM,
    PARTICIPANTS,
    TEACHERS,
    PERIODS,
    PLACES,
    TRAVEL,
    ROOMS,
    COURSES,
    TEACHES,
    TAKES,
    AVAILABILITY,
    COMMITMENTS,
    ABSENCES,
    CLOSURES,
    MODES,
    PAIRS,
    LOCKS,
    PRICES,
)
TABLE: Mapping[str, Table] = {t.name: t for t in TABLES}
TITLES: Mapping[str, Table] = {word_key(name): t for t in TABLES for name in t.names}
KEY: Mapping[str, Column] = {word_key(name): c for c in KEYS for name in c.names}
