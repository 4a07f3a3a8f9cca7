"""Counting never claims what is false: by looking at every schedule of tiny weeks, and by a model of its own.

Each argument by itself: of the week nothing is asked for but what the argument speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations
from random import Random

from agreement import universe
from random_weeks import random_week
from test_counting import only, patterned_week
from test_explain_repairs import WEEKS, WEEKS_FOR_TWO, works_out
from tiny import course, demand

from benchmarks.second_prover import fits
from skemaplan.candidates import study_times
from skemaplan.counting import of_week
from skemaplan.dates import WHOLE_DAY, Spans
from skemaplan.facts import STUDY
from skemaplan.rules import MUSTS
from skemaplan.rules.in_full import InFull
from skemaplan.rules.study import Study as StudyRule
from skemaplan.schedule import Schedule, Session
from skemaplan.solving import verify
from skemaplan.week import Study, WeekFacts


def test_no_schedule_of_a_tiny_week_has_what_counting_says_cannot_be_had() -> None:
    told: Counter[str] = Counter()
    for facts in (*map(random_week, range(120)), *WEEKS.values(), *WEEKS_FOR_TWO.values()):
        for shortage in of_week(facts):
            assert not works_out(only(facts, shortage)), shortage
            told[shortage.code] += 1
    assert {"course", "least", "participant", "free_time", "rooms"} <= set(told), told


def test_a_second_model_agrees_on_larger_weeks() -> None:
    """What is too large to look at in full: people with windows, scarce teachers and rooms."""
    told: Counter[str] = Counter()
    for seed in range(150):
        facts = patterned_week(seed)
        for shortage in of_week(facts):
            assert fits(only(facts, shortage)) is False, (seed, shortage)
            told[shortage.code] += 1
    assert {"course", "teacher", "participant", "free_time", "rooms", "at_once"} <= set(told), told


def with_homework(seed: int) -> WeekFacts:
    """A tiny week in which A has homework too, in time of her own that is drawn."""
    draw = Random(seed)
    facts = random_week(seed, bits=8)
    times: tuple[Spans, ...] = (WHOLE_DAY, WHOLE_DAY, ((8 * 60, 10 * 60),), ())
    lessons = draw.choice((1, 2, 2, 3))
    asked = demand(45 * lessons, sessions=lessons, kind=STUDY)
    mine = Study({"hw": asked}, tuple(draw.choice(times) for _ in range(7)))
    a = replace(facts.participants["A"], study=mine)
    homework = course("hw", STUDY, place=draw.choice(("", "", "stob")), different_days=draw.random() < 0.5)
    return replace(facts, participants={**facts.participants, "A": a}, courses={**facts.courses, homework.id: homework})


def taught_in_full(facts: WeekFacts) -> Iterator[Schedule]:
    """A schedule for each way to give A all that is taught to her, whatever the others then have."""
    others = {(p.id, c) for p in facts.participants.values() if p.id != "A" for c in p.demands}
    others |= {(t.id, c) for t in facts.teachers.values() for c in t.teaches}
    seen: set[tuple[Session, ...]] = set()
    for schedule in universe(facts):
        hers = schedule.of("A")
        if hers not in seen and not any(verify(schedule, (*MUSTS, InFull(frozenset(others))))):
            seen.add(hers)
            yield schedule


def homework_fits(facts: WeekFacts) -> bool:
    """Whether A can have all that is taught to her and do all her homework: by looking at every way."""
    asked = facts.participants["A"].study.demands["hw"]
    times = list(chain.from_iterable(study_times(facts, "hw", d) for d in range(7)))
    ways = [some for some in combinations(times, asked.sessions) if sum(s.minutes for s in some) == asked.wanted]
    return any(
        not any(StudyRule().breaches(replace(schedule, study={s: frozenset("A") for s in some})))
        for schedule in taught_in_full(facts)
        for some in ways
    )


def test_no_schedule_of_a_tiny_week_has_the_homework_that_counting_says_does_not_fit() -> None:
    told: Counter[bool] = Counter()
    for seed in range(150):
        facts = with_homework(seed)
        short = [s for s in of_week(facts, homework=True) if s.code == "homework"]
        if short:
            assert [s.who for s in short] == ["A"]
            assert not homework_fits(facts), seed
        elif told[False] < 30:  # that the looking finds what there is
            told[False] += homework_fits(facts)
        told[True] += bool(short)
    assert min(told[True], told[False]) >= 20, told
