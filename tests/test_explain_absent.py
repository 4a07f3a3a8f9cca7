"""Why a lesson is not there: what looking says, what the solver says, and questions about what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from agreement import universe
from openpyxl import load_workbook
from terms import random_term, term
from test_homework import with_study
from test_making_up import a_week_lost, drawn

from benchmarks.make_region import make_region
from skemaplan.errors import InputError
from skemaplan.explain import justify, tell_why_not, why_not
from skemaplan.explain.justified import CALLED
from skemaplan.explain.placing import moved
from skemaplan.planning.term import plan
from skemaplan.problem import Problem
from skemaplan.report import report
from skemaplan.report_file import write_report
from skemaplan.rules import INCONVENIENCE, MUSTS, PRICES, STANDARD, UNIVERSE, BaseTime, WeekRule
from skemaplan.rules.stay import changes
from skemaplan.rules.stay_near import distance
from skemaplan.schedule import Schedule, TermPlan
from skemaplan.solving import price_of, verify
from skemaplan.tables import read

QUESTIONS = [
    (p, c, f"{day} {time}")
    for p in "AB"
    for c in ("mat", "talk")
    for day in ("mon", "wed")
    for time in ("08:30", "09:30")
]


@pytest.fixture(scope="module")
def made() -> TermPlan:
    return plan(term())


def ordinary(made: TermPlan) -> Schedule:
    return next(iter(made.bases.values())).schedule


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_best_week_that_has_it_is_that_of_brute_force(made: TermPlan, question: tuple[str, str, str]) -> None:
    """Of all weeks that have it and keep every must: least short, then fewest changes, then least inconvenience."""
    person, course, when = question
    answer = why_not(made, person, course, when)
    week = ordinary(made)
    if answer.there:
        assert answer.best is None
        return
    weeks = [w for w in universe(week.facts) if not any(verify(w, (*UNIVERSE, *MUSTS)))]
    having = [w for w in weeks if any(s.start == answer.start for s in w.of(person, course, answer.day))]
    assert answer.best is not None
    assert answer.best.possible == bool(having)

    def cost(w: Schedule) -> tuple[int, int, int, int]:
        demands, minutes = (price_of(w, STANDARD)[t] for t in ("demands", INCONVENIENCE))
        pairs = [(week.of(p, c), w.of(p, c)) for p in week.facts.participants for c in week.facts.courses]
        return demands, sum(changes(*pair) for pair in pairs), sum(distance(*pair) for pair in pairs), minutes

    least = min(map(cost, having))
    assert answer.best.short == least[0] - cost(week)[0]
    assert answer.best.minutes == least[3] - cost(week)[3]
    assert answer.best.fewest


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_what_looking_says_is_what_the_rules_say(made: TermPlan, question: tuple[str, str, str]) -> None:
    answer = why_not(made, *question, search=False)
    if answer.there:
        return
    assert answer.placing is not None
    week = moved(ordinary(made), answer.participant, answer.placing.session, answer.placing.instead)
    assert [line.facts["what"] for line in tell_why_not(answer) if "what" in line.facts] == [
        r.text for r in answer.reasons
    ]
    assert len(answer.placing.breaks) == sum(1 for _ in verify(week, (*UNIVERSE, *MUSTS)))
    assert answer.reasons


def test_labels_dates_and_danish_days_are_understood(made: TermPlan) -> None:
    dated = why_not(made, "deltager a", "Matematik", "2026-08-12 9.30", search=False)
    assert (dated.participant, dated.course, dated.day, dated.start) == ("A", "mat", 2, 570)
    assert why_not(made, "A", "mat", "ons 09:30", search=False).day == 2


@pytest.mark.parametrize(
    ("question", "near"),
    [
        (("Deltger A", "mat", "mon 08:30"), "Deltager A"),
        (("A", "matematk", "mon 08:30"), "Matematik"),
        (("A", "mat", "mon 08:35"), "08:30"),
        (("A", "mat", "tue 08:30"), "no session of it can lie on that day"),
        (("A", "mat", "2027-01-05 08:30"), "2026-W35"),
        (("A", "mat", "some time"), "tue 10:15"),
        (("A", "mat", ""), "tue 10:15"),
    ],
)
def test_what_is_not_known_gets_the_nearest_that_is(made: TermPlan, question: tuple[str, str, str], near: str) -> None:
    with pytest.raises(InputError) as caught:
        why_not(made, *question)
    assert near.casefold() in str(caught.value).casefold()


def several_teams(folder: Path) -> Problem:
    """Two teams of a region who share a teacher, for a week."""
    make_region(2, 1).write(folder)
    problem = read(folder)
    start = problem.settings.start
    return replace(problem, settings=replace(problem.settings, end=start + timedelta(days=6), teaching_weeks=1))


TERMS: dict[str, Callable[[Path], Problem]] = {
    **{f"drawn with {seed}": lambda _, seed=seed: random_term(seed) for seed in range(6)},  # type: ignore[misc]
    "lost and made up": lambda _: a_week_lost(),
    "with homework": lambda _: with_study(random_term(3)),
    "homework, lost and made up": lambda _: with_study(drawn(0)),
    "several teams": several_teams,
}


@pytest.mark.parametrize("make", TERMS.values(), ids=list(TERMS))
def test_every_minute_of_inconvenience_is_justified(make: Callable[[Path], Problem], tmp_path: Path) -> None:
    made = plan(make(tmp_path), deterministic=2.0)
    rows = justify(made)
    value = next(t.value for t in made.tiers if t.name == INCONVENIENCE)
    assert sum(row.minutes for row in rows) == value
    assert {row.week for row in rows} <= {str(w) for w in made.weeks}
    for week, dated in made.weeks.items():
        mine = sum(row.minutes for row in rows if row.week == str(week))
        assert mine == next(t.value for t in dated.tiers if t.name == INCONVENIENCE)


def test_those_terms_have_what_they_are_named_for(tmp_path: Path) -> None:
    made = {name: plan(TERMS[name](tmp_path / name), deterministic=2.0) for name in list(TERMS)[6:9]}
    weeks = {name: made[name].weeks.values() for name in made}
    assert [any(w.made_up for w in mine) for mine in weeks.values()] == [True, False, True]
    assert [any(w.schedule.study for w in mine) for mine in weeks.values()] == [False, True, True]


def test_the_report_lists_what_every_minute_is_for(tmp_path: Path) -> None:
    made = plan(random_term(3))
    frames = report(made, "da", justify(made))
    found = frames["inconvenience"]
    value = next(t.value for t in made.tiers if t.name == INCONVENIENCE)
    assert found["minutes"].sum() == value > 0
    assert set(found["label"]) <= {"Deltager A", "Deltager B"}
    assert found["what"].map(bool).all()
    assert not set(found["what"]) & {text.to("en") for text in CALLED.values()}
    write_report(frames, tmp_path / "report.xlsx")
    rows = list(load_workbook(tmp_path / "report.xlsx")["Ulempe"].iter_rows(2, values_only=True))
    assert sum(int(str(row[-1])) for row in rows) == value


@pytest.mark.parametrize("rule", [*PRICES, BaseTime], ids=lambda rule: rule.name)
def test_every_price_says_in_both_languages_what_it_is_for(rule: WeekRule | type[BaseTime]) -> None:
    assert rule.called.to("en")
    assert rule.called.to("da") != rule.called.to("en")
