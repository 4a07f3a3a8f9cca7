"""What people call somebody or something: labels and names, where programs read ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .problem import Problem
from .words import Name, Names, Text

Called = str | Name


def names_of(problem: Problem) -> Mapping[str, Called]:
    """By id, what people call a participant, a teacher, a course or a place; nothing where they have but an id."""
    return {
        **{p.id: p.label for p in problem.participants if p.label},
        **{t.id: t.label for t in problem.teachers if t.label},
        **{c.id: Name(c.name_en or c.name, c.name) for c in problem.courses if c.name},
        **{p.id: p.shown_as or p.name for p in problem.places if p.shown_as or p.name},
    }


def with_names(text: Text, names: Mapping[str, Called]) -> Text:
    """The same sentence with names where ids stood."""
    return replace(text, values=tuple((k, _put(v, names)) for k, v in text.values))


def _put(value: object, names: Mapping[str, Called]) -> object:
    if isinstance(value, Text):
        return with_names(value, names)
    if isinstance(value, Names):
        return Names(tuple(_put(v, names) for v in value.of))
    return names.get(value, value) if isinstance(value, str) else value
