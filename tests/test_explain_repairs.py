"""Repairs against brute force: on tiny weeks every schedule is looked at, with and without each change."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import partial
from itertools import combinations, product

import pytest
from agreement import universe
from random_weeks import random_week
from tiny import FRI, MON, P1, P2, P3, THU, TUE, WED, course, demand, fixed, participant, room, school, teacher, tiny

from skemaplan.explain import HELPS, OPEN, REFUTED, Impasse, as_data, tell_why, why
from skemaplan.explain.fitting import Fitting
from skemaplan.explain.repairs import shown
from skemaplan.rules import MUSTS, STANDARD
from skemaplan.rules.in_full import InFull
from skemaplan.rules.loosening import Loosening
from skemaplan.solving import verify
from skemaplan.week import WeekFacts, WeekLock

ONE = {"mat": demand(45, fewest=45)}
TWO = {"mat": demand(90, sessions=2)}

WEEKS = {
    "no hour for two who are never there together": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, free={TUE: ""}), participant("B", ONE, free={MON: ""})],
        [teacher("U-MAT", "mat", most=45)],
        [course("mat")],
    ),
    "a window that ends too early": tiny(
        {MON: f"{P1} {P2}"},
        [participant("A", ONE), participant("B", ONE)],
        [teacher("U-MAT", "mat", free={MON: "08:30-09:30"})],
        [course("mat", largest=1)],
    ),
    "she comes too late, and another day would do": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, free={MON: "09:00-12:00", TUE: ""}), participant("B", ONE)],
        [teacher("U-MAT", "mat")],
        [course("mat")],
    ),
    "one room for two small groups": tiny(
        {MON: P1},
        [participant("A", {"mat": demand(45)}), participant("B", {"eng": demand(45)})],
        [teacher("U-MAT", "mat"), teacher("U-ENG", "eng")],
        [course("mat", place="hus"), course("eng", place="hus")],
        rooms=[room("lokale", "hus", 4)],
        places={"hus": {}},
    ),
    "a group that never gathers": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, free={TUE: ""}), participant("B", ONE, free={MON: ""})],
        [teacher("U-MAT", "mat")],
        [course("mat", smallest=2)],
    ),
    "a lock in the way": tiny(
        {MON: P1, TUE: P1},
        [participant("A", {"mat": demand(45)}), participant("B", {"eng": demand(45)}, free={TUE: ""})],
        [teacher("U", "mat", "eng")],
        [course("mat"), course("eng")],
        locks=(WeekLock("A", "mat", MON, 510, "", ""),),
    ),
    "a lock that nothing can keep": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE), participant("B", {})],
        [teacher("U-MAT", "mat", free={TUE: ""})],
        [course("mat")],
        locks=(WeekLock("A", "mat", TUE, 510, "", ""),),
    ),
    "two who must not meet": tiny(
        {MON: P1},
        [participant("A", ONE), participant("B", ONE)],
        [teacher("U-MAT", "mat")],
        [course("mat")],
        pairs=(("A", "B", "apart", True),),
    ),
    "two who must sit together and cannot": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, has={TUE: [school(P1)]}), participant("B", ONE, has={MON: [school(P1)]})],
        [teacher("U-MAT", "mat")],
        [course("mat")],
        pairs=(("A", "B", "together", True),),
    ),
    "too few days": tiny(
        {MON: P1, TUE: P1, WED: P1},
        [participant("A", TWO, most_days=1), participant("B", {"mat": demand(45)})],
        [teacher("U-MAT", "mat")],
        [course("mat")],
    ),
    "too much for a day": tiny(
        {MON: f"{P1} {P2}"},
        [
            participant("A", {"mat": demand(45), "eng": demand(45)}, most_per_day=45),
            participant("B", {"mat": demand(45)}),
        ],
        [teacher("U-MAT", "mat"), teacher("U-ENG", "eng")],
        [course("mat"), course("eng")],
    ),
    "one day for two sessions": tiny(
        {MON: f"{P1} {P2}", TUE: P3},
        [participant("A", TWO, free={TUE: ""}), participant("B", ONE | {})],
        [teacher("U-MAT", "mat")],
        [course("mat", longest=90)],
    ),
    "two sessions on a single day, for both": tiny(
        {MON: f"{P1} {P2}", TUE: P3},
        [participant("A", TWO, free={TUE: ""}), participant("B", TWO)],
        [teacher("U-MAT", "mat")],
        [course("mat", longest=90)],
    ),
    "too little is set aside": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, free={TUE: ""}), participant("B", ONE, free={MON: ""})],
        [teacher("U", "mat", free={TUE: ""}), teacher("V", "mat", free={MON: ""})],
        [course("mat", most_taught=45)],
    ),
    "a least that nobody needs": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE), participant("B", {})],
        [teacher("U-MAT", "mat", least=90)],
        [course("mat")],
    ),
    "the wrong language class": tiny(
        {MON: P1, THU: P1, FRI: P1},
        [
            participant("A", ONE, has={MON: [school(P1, "by")]}, free={FRI: ""}),
            participant("B", ONE, has={THU: [school(P1, "by")]}, free={FRI: ""}),
        ],
        [teacher("U-MAT", "mat", most=45)],
        [course("mat", place="hus")],
        places={"hus": {}},
        travel={("hus", "by"): 30},
    ),
    "two things at once": tiny(
        {MON: P1, TUE: P1},
        [participant("A", ONE, free={TUE: ""}), participant("B", ONE, free={MON: ""})],
        [teacher("U-MAT", "mat", most=45, free={MON: "08:30-09:15", TUE: ""})],
        [course("mat")],
    ),
}

WEEKS_FOR_TWO = {  # in which nothing helps by itself
    "two courses lack a lesson each": tiny(
        {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
        [
            participant("A", {"mat": demand(45), "eng": demand(45)}, has={TUE: [fixed(P1), fixed(P2)]}),
            participant("B", {"mat": demand(45), "eng": demand(45)}, has={MON: [fixed(P1), fixed(P2)]}),
        ],
        [teacher("U-MAT", "mat", most=45), teacher("U-ENG", "eng", most=45)],
        [course("mat"), course("eng")],
    ),
    "her hours are too few and her window too short": tiny(
        {MON: f"{P1} {P2}"},
        [participant("A", ONE, has={MON: [fixed(P2)]}), participant("B", ONE, has={MON: [fixed(P1)]})],
        [teacher("U-MAT", "mat", most=45, free=dict.fromkeys(range(1, 7), "") | {MON: P1})],
        [course("mat")],
    ),
    "she needs a day and a way that is shorter": tiny(
        {MON: P1, TUE: f"{P1} {P2}"},
        [
            participant("A", {"mat": demand(90, sessions=2)}, has={TUE: [fixed("07:45-08:15", "by")]}, most_days=1),
            participant("B", {}),
        ],
        [teacher("U-MAT", "mat", free={TUE: P1})],
        [course("mat", place="hus")],
        places={"hus": {}},
        travel={("hus", "by"): 30},
    ),
}


def works_out(facts: WeekFacts) -> bool:
    """Whether some schedule keeps every must and leaves nothing short: by looking at all of them."""
    return any(not any(verify(week, (*MUSTS, InFull()))) for week in universe(facts))


def all_loosenings(facts: WeekFacts) -> list[Loosening]:
    return [x for rule in STANDARD for x in rule.loosenings(facts)]


@pytest.fixture(params=[*WEEKS.values(), *WEEKS_FOR_TWO.values()], ids=[*WEEKS, *WEEKS_FOR_TWO])
def facts(request: pytest.FixtureRequest) -> WeekFacts:
    week: WeekFacts = request.param
    assert not works_out(week)
    return week


def the_impasse(facts: WeekFacts) -> Impasse:
    answer = why(facts)
    assert not answer.works_out
    (found,) = answer.impasses
    return found


def test_single_repairs_are_those_of_brute_force(facts: WeekFacts) -> None:
    found = the_impasse(facts)
    helping = [t.loosening for t in found.tried if t.outcome == HELPS]
    untried = set(all_loosenings(facts)) - {t.loosening for t in found.tried}
    assert {t.loosening for t in found.tried} <= set(all_loosenings(facts))
    assert all(any(x.needless(y) for y in helping) for x in untried)
    for tried in found.tried:
        x = tried.loosening
        helps = [n for n in x.amounts if works_out(x.on(facts, n))]
        assert tried.outcome == (HELPS if helps else REFUTED), x
    given = {r.changes[0].loosening: r.changes[0].amount for r in found.repairs}
    for x, amount in given.items():
        assert next(n for n in x.amounts if works_out(x.on(facts, n))) == amount
    hidden = {t.loosening for t in found.tried if t.outcome == HELPS} - set(given)
    assert all(any(y.within(x) for y in given) for x in hidden), hidden


def test_every_repair_shown_gives_a_full_plan(facts: WeekFacts) -> None:
    found = the_impasse(facts)
    assert found.repairs or found.pairs
    for repair in (*found.repairs, *found.pairs):
        assert works_out(repair.on(facts))
        assert repair.least
        assert why(repair.on(facts)).works_out


def test_where_one_change_helps_no_pairs_are_shown(facts: WeekFacts) -> None:
    found = the_impasse(facts)
    assert bool(found.repairs) != bool(found.pairs)


@pytest.mark.parametrize("facts", WEEKS_FOR_TWO.values(), ids=list(WEEKS_FOR_TWO))
def test_pairs_are_the_cheapest_of_brute_force(facts: WeekFacts) -> None:
    found = the_impasse(facts)
    assert not found.repairs
    cheapest = found.pairs[0].price
    assert works_out(found.pairs[0].on(facts))
    for x, y in combinations(all_loosenings(facts), 2):
        for n, m in product(x.amounts, y.amounts) if not x.excludes(y) and not y.excludes(x) else ():
            if x.price(n) + y.price(m) < cheapest:
                assert not works_out(y.on(x.on(facts, n), m))
    assert found.pairs_known


def test_widest_is_wider_than_any_amount(facts: WeekFacts) -> None:
    """What the proofs rest on: a plan that an amount allows, the widest form allows too."""
    for x in all_loosenings(facts):
        if any(works_out(x.on(facts, n)) for n in x.amounts):
            assert works_out(x.widest(facts)), x


def test_an_answer_can_be_kept_and_sent(facts: WeekFacts) -> None:
    answer = why(facts)
    assert pickle.loads(pickle.dumps(answer)) == answer
    data = as_data(answer)
    assert isinstance(data, dict)
    assert data["impasses"][0]["repairs" if answer.impasses[0].repairs else "pairs"]


def test_it_can_be_told_in_both_languages(facts: WeekFacts) -> None:
    answer = why(facts)
    (found,) = answer.impasses
    for language in ("en", "da"):
        lines = [line.to(language) for line in tell_why(answer)]
        for repair in found.repairs or found.pairs:
            assert all(any(c.text.to(language) in line for line in lines) for c in repair.changes)


def test_sometimes_nothing_helps() -> None:
    facts = tiny(
        {MON: P1},
        [participant("A", {"mat": demand(45), "eng": demand(45)}), participant("B", {})],
        [teacher("U", "mat", "eng")],
        [course("mat"), course("eng")],
    )
    found = the_impasse(facts)
    assert not found.repairs
    assert not found.pairs
    assert found.open == 0
    assert [(a.course, a.minutes) for a in found.accept] in ([("mat", 45)], [("eng", 45)])


def test_a_week_that_works_out_has_nothing_to_explain() -> None:
    facts = tiny({MON: P1}, [participant("A", ONE)], [teacher("U-MAT", "mat")], [course("mat")])
    answer = why(facts)
    assert answer.works_out
    assert answer.impasses == ()


def _next(left: Iterator[None], _: Fitting) -> float | None:
    return next(left, 0.0)


def test_an_answer_that_ran_out_of_time_says_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stops after so many questions: what was proven is kept, the rest is open, and nothing is guessed."""
    facts = WEEKS["two things at once"]
    full = the_impasse(facts)
    outcome = {t.loosening: t.outcome for t in full.tried}
    for asked in range(2, 12):
        monkeypatch.setattr(Fitting, "left", property(partial(_next, iter([None] * asked))))
        answer = why(facts)
        for impasse in answer.impasses:
            assert all(t.outcome in (OPEN, outcome[t.loosening]) for t in impasse.tried)
            assert impasse.pairs == full.pairs or not impasse.pairs_known
        assert answer.impasses or answer.unknown


def test_no_time_is_a_third_answer() -> None:
    facts = next(iter(WEEKS.values()))
    answer = why(facts, seconds=0.0)
    assert not answer.works_out
    assert not answer.impasses
    assert answer.unknown


def test_less_of_the_same_is_not_shown_twice() -> None:
    facts = WEEKS["she comes too late, and another day would do"]
    repairs = the_impasse(facts).repairs
    assert shown(repairs) == repairs


LOTS = range(48)


def drawn(seed: int) -> WeekFacts:
    """So small that it can be looked at in full with another teacher, too, who doubles its sessions."""
    return random_week(seed, bits=7)


@pytest.mark.parametrize("seed", LOTS)
def test_weeks_drawn_by_lot_agree_with_brute_force(seed: int) -> None:
    facts = drawn(seed)
    answer = why(facts)
    assert answer.works_out == works_out(facts)
    for tried in answer.impasses[0].tried if answer.impasses else ():
        x = tried.loosening
        helps = [n for n in x.amounts if works_out(x.on(facts, n))]
        assert tried.outcome == (HELPS if helps else REFUTED), x


def test_the_lots_hold_weeks_that_work_out_that_can_be_mended_and_that_cannot() -> None:
    answers = [why(drawn(seed)) for seed in LOTS]
    mended = [bool(a.repairs) for a in answers if not a.works_out]
    assert min(len(answers) - len(mended), mended.count(True), mended.count(False)) >= 8
