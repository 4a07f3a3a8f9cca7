"""A pictogram and a colour for everything in a calendar: for those who read little, and to find one's way at a glance.

The colours hold white on them with a contrast of 4.5 at least, on a white page and on a black one. A sign says what the
title says and no more: where a title is hidden, the sign is that of any appointment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..facts import LANGUAGE_SCHOOL, Course
from ..problem import Problem
from .slots import FIXED, Slot

# Paths in a square of 24, drawn with a round pen of 2.
PICTOGRAMS: Mapping[str, str] = MappingProxyType(
    {
        "numbers": "M4 8h7M7.5 4.5v7M14 8h6M5 15l5 5M10 15l-5 5M14 16h6M14 19.5h6",
        "globe": "M12 3a9 9 0 100 18 9 9 0 000-18M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18",
        "house": "M3 20.5h18M5 17h14M7 11v6M12 11v6M17 11v6M4 8.5L12 4l8 4.5z",
        "talk": "M3 4h12v8H9l-3 3v-3H3zM18 8h3v8h-2v3l-3-3h-5",
        "letters": "M12 6C9 4 6 4 3 5v14c3-1 6-1 9 1 3-2 6-2 9-1V5c-3-1-6-1-9 1zM12 6v14",
        "pen": "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
        "book": "M18 4H7a2 2 0 00-2 2v12a2 2 0 002 2h11zM18 16H7M9 8h5",
        "day": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    }
)
BLUE, GREEN, ORANGE, PURPLE = "#1d4ed8", "#15803d", "#b45309", "#7e22ce"
TEAL, PINK, GREY, BROWN, NIGHT, OLIVE = "#0f766e", "#be185d", "#475569", "#7c2d12", "#3730a3", "#4d7c0f"
PALETTE = (BLUE, GREEN, ORANGE, PURPLE, TEAL, PINK, GREY, BROWN, NIGHT, OLIVE)
OTHERS = (TEAL, NIGHT, BROWN, OLIVE)  # of courses that are none of those below

# A course is one of these if its id or name (in either language) begins with one of the words.
_KNOWN = (
    (("mat",), "numbers", BLUE),
    (("eng",), "globe", GREEN),
    (("saf", "samf", "medborg", "society", "understanding danish"), "house", ORANGE),
)


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    picture: str
    colour: str

    @property
    def tint(self) -> str:
        """The colour by a name that is short in a page that says it two hundred times."""
        return f"c{PALETTE.index(self.colour)}"


ANYTHING = Sign("day", GREY)


def signs(problem: Problem) -> Mapping[str, Sign]:
    """The sign of every course, by id."""
    known = {c.id: _known(c) for c in problem.courses}
    rest = sorted(c for c, sign in known.items() if sign is None)
    return {c: sign or Sign("book", OTHERS[rest.index(c) % len(OTHERS)]) for c, sign in known.items()}


def sign_of(slot: Slot, of_course: Mapping[str, Sign]) -> Sign:
    """The sign of one thing in a calendar whose title is shown."""
    if slot.is_session:
        return of_course.get(slot.key, ANYTHING)
    kind = slot.key.removeprefix(FIXED).partition(":")[0]
    if kind == LANGUAGE_SCHOOL:
        return Sign("letters", TEAL)
    return Sign("pen", PINK) if kind == "exam" else ANYTHING


def _known(course: Course) -> Sign | None:
    if course.kind == "talk":
        return Sign("talk", PURPLE)
    names = [text.casefold() for text in (course.id, course.name, course.name_en)]
    for words, picture, colour in _KNOWN:
        if any(name.startswith(words) for name in names):
            return Sign(picture, colour)
    return None
