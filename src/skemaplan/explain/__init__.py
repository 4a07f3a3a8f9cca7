"""Why not, and what would help: reasons, verified repairs, conflicts, and what every price is for."""

from __future__ import annotations

from .absent import BestWith, Move, WhyNot, why_not
from .conflicts import conflict
from .impasses import why
from .justified import FAIRNESS, Justified, justify
from .placing import Placing
from .telling import tell_conflict, tell_why, tell_why_not
from .values import HELPS, OPEN, REFUTED, Accepted, Answer, Change, Conflict, Impasse, Reason, Repair, Tried, as_data

__all__ = [
    "FAIRNESS",
    "HELPS",
    "OPEN",
    "REFUTED",
    "Accepted",
    "Answer",
    "BestWith",
    "Change",
    "Conflict",
    "Impasse",
    "Justified",
    "Move",
    "Placing",
    "Reason",
    "Repair",
    "Tried",
    "WhyNot",
    "as_data",
    "conflict",
    "justify",
    "tell_conflict",
    "tell_why",
    "tell_why_not",
    "why",
    "why_not",
]
