"""What must fit together between the rows of a term, before anything is planned. Pure: a problem in, troubles out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..errors import Trouble
from .enough import a_term_has_something_to_plan, somebody_has_something_to_learn, somebody_teaches_it, ways_are_known
from .ids import ids_are_known, ids_are_told_apart, ids_are_unique, labels_are_told_apart, prices_have_names
from .sizes import amounts_agree, sessions_can_hold_the_lessons
from .spans import (
    a_term_is_not_endless,
    everyone_can_come_at_some_time,
    periods_do_not_overlap,
    spans_end_after_they_start,
    weekly_commitments_do_not_overlap,
)
from .wishes import locks_say_when, pairs_agree, study_is_hers_alone, turns_come_round

if TYPE_CHECKING:  # a problem is checked when it is made, so the arrow points from there to here
    from ..problem import Problem


def troubles(problem: Problem) -> Iterator[Trouble]:
    """Every trouble of the term: unknown and doubled ids, ends before starts, what overlaps, what is missing."""
    for check in CHECKS:
        yield from check(problem)


CHECKS: tuple[Callable[[Problem], Iterator[Trouble]], ...] = (
    ids_are_unique,
    ids_are_told_apart,
    labels_are_told_apart,
    ids_are_known,
    spans_end_after_they_start,
    periods_do_not_overlap,
    amounts_agree,
    weekly_commitments_do_not_overlap,
    ways_are_known,
    a_term_has_something_to_plan,
    somebody_has_something_to_learn,
    somebody_teaches_it,
    pairs_agree,
    study_is_hers_alone,
    turns_come_round,
    a_term_is_not_endless,
    sessions_can_hold_the_lessons,
    everyone_can_come_at_some_time,
    locks_say_when,
    prices_have_names,
)
