"""People and courses by their names, and what was meant where a name is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from typing import Any, TypeVar

from ..called import Called, names_of, with_names
from ..errors import InputError, Trouble
from ..problem import Problem
from ..rules.loosening import Loosening
from ..schedule import TermPlan
from ..week import WeekFacts
from ..words import Text, say

Value = TypeVar("Value")


def named(value: Value, facts: Problem | TermPlan | WeekFacts) -> Value:
    """The same answer with labels in its sentences where ids stood. What programs read keeps the ids."""
    if isinstance(facts, WeekFacts):
        return value
    found: Value = _named(value, names_of(facts.problem if isinstance(facts, TermPlan) else facts))
    return found


def _named(value: Any, names: Mapping[str, Called]) -> Any:
    if isinstance(value, Text):
        return with_names(value, names)
    if isinstance(value, tuple):
        return tuple(_named(v, names) for v in value)
    if is_dataclass(value) and not isinstance(value, (type, Loosening, WeekFacts)):
        changed = {f.name: _named(getattr(value, f.name), names) for f in fields(value) if f.init}
        return replace(value, **changed)
    return value


def meant(what: Text, said: str, known: Mapping[str, str]) -> str:
    """The id that was meant by an id or a label, in any case. Raises InputError with the nearest names."""
    found = {key.casefold(): id for id, label in known.items() for key in (label, id)}
    if said.strip().casefold() in found:
        return found[said.strip().casefold()]
    raise unknown(what, said, [*known, *(label for id, label in known.items() if label != id)])


def unknown(what: Text, said: str, known: Iterable[str]) -> InputError:
    """The error for a name that isn't there, with those that look like it, or a few that are."""
    known = list(dict.fromkeys(known))
    folded = {k.casefold(): k for k in known}
    near = [folded[k] for k in get_close_matches(said.strip().casefold(), folded, n=3, cutoff=0.4)] or known[:5]
    right = say("Did you mean {names}?", names=", ".join(near)) if near else say("There is none.")
    return InputError([Trouble(said, say("{what} is not known.", what=what), right)])
