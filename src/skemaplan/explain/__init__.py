"""Why not, and what would help: reasons, verified repairs, conflicts, and what every price is for."""

from __future__ import annotations

from .shortages import why
from .values import HELPS, OPEN, REFUTED, Accepted, Answer, Change, Conflict, Reason, Repair, Shortage, Tried, as_data

__all__ = [
    "HELPS",
    "OPEN",
    "REFUTED",
    "Accepted",
    "Answer",
    "Change",
    "Conflict",
    "Reason",
    "Repair",
    "Shortage",
    "Tried",
    "as_data",
    "why",
]
