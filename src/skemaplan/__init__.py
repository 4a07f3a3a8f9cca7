"""skemaplan plans every dated week of a small team's term, with a proof, and gives each person a calendar.

    from skemaplan import read, plan, lessons, publish, feed

    problem = read("examples/de-internationale")    # or {"participants": frame, ...}
    draft = plan(problem)
    print(lessons(draft))                           # a DataFrame: one row for each participant in each session
    published = publish(draft)
    feed(published, "A")                            # bytes of her calendar

Everything is loaded when it is first asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .beginning import new as new
    from .errors import InputError as InputError
    from .errors import NoPlan as NoPlan
    from .errors import Refused as Refused
    from .errors import SkemaplanError as SkemaplanError
    from .errors import Trouble as Trouble
    from .explain import conflict as conflict
    from .explain import justify as justify
    from .explain import why as why
    from .explain import why_not as why_not
    from .planning.term import plan as plan
    from .planning.verified import verify_plan as verify
    from .problem import Problem as Problem
    from .publishing.feed import feed as feed
    from .publishing.ledger import Published as Published
    from .publishing.ledger import publish as publish
    from .publishing.page import page as page
    from .report import lessons as lessons
    from .schedule import TermPlan as TermPlan
    from .tables import check as check
    from .tables import read as read

_HOMES = {
    "InputError": ("errors", "InputError"),
    "NoPlan": ("errors", "NoPlan"),
    "Problem": ("problem", "Problem"),
    "Published": ("publishing.ledger", "Published"),
    "Refused": ("errors", "Refused"),
    "SkemaplanError": ("errors", "SkemaplanError"),
    "TermPlan": ("schedule", "TermPlan"),
    "Trouble": ("errors", "Trouble"),
    "check": ("tables", "check"),
    "conflict": ("explain", "conflict"),
    "feed": ("publishing.feed", "feed"),
    "justify": ("explain", "justify"),
    "lessons": ("report", "lessons"),
    "page": ("publishing.page", "page"),
    "new": ("beginning", "new"),
    "plan": ("planning.term", "plan"),
    "publish": ("publishing.ledger", "publish"),
    "read": ("tables", "read"),
    "verify": ("planning.verified", "verify_plan"),
    "why": ("explain", "why"),
    "why_not": ("explain", "why_not"),
}
__all__ = [
    "InputError",
    "NoPlan",
    "Problem",
    "Published",
    "Refused",
    "SkemaplanError",
    "TermPlan",
    "Trouble",
    "check",
    "conflict",
    "feed",
    "justify",
    "lessons",
    "new",
    "page",
    "plan",
    "publish",
    "read",
    "verify",
    "why",
    "why_not",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
