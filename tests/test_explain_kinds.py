"""Every kind of thing that one can ask for: a week in which it, and nothing else by itself, makes everything fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_explain_repairs import all_loosenings, the_impasse, works_out
from tiny import MON, P1, P2, P3, TUE, WED, course, demand, fixed, participant, room, school, teacher, tiny

from skemaplan.explain import HELPS, REFUTED
from skemaplan.rules import STANDARD, UNIVERSE, WeekRule
from skemaplan.rules.group_size import LargerGroup, SmallerGroup
from skemaplan.rules.language_class import OtherClass
from skemaplan.rules.locks import Unlocked
from skemaplan.rules.loosening import ASKED, ASKING, Loosening
from skemaplan.rules.most_days import MoreDays
from skemaplan.rules.most_per_day import MorePerDay
from skemaplan.rules.most_taught import MoreTaught
from skemaplan.rules.pairs import Unpaired
from skemaplan.rules.rooms import MoreRooms
from skemaplan.rules.rule import DEMANDS, INCONVENIENCE, MUST
from skemaplan.rules.second_teacher import SecondTeacher
from skemaplan.rules.sessions_a_week import FewerSessions
from skemaplan.rules.swap import SwappedTimes
from skemaplan.rules.teacher_least import LowerLeast
from skemaplan.rules.teacher_most import MoreHours
from skemaplan.rules.travel import ShorterWay
from skemaplan.rules.windows import AnotherDay, LongerWindow
from skemaplan.week import WeekFacts, WeekLock

MAT = {"mat": demand(45, fewest=45)}
ENG = {"eng": demand(45, fewest=45)}
TWICE = {"mat": demand(90, sessions=2)}
AWAY = {MON: [fixed(P1, "by")]}  # what nobody can move
ONE_ROOM = room("lokale", "hus", 4)  # so that another teacher would have nowhere to teach at the same time

# What is asked for, of whom, by how much, and how that is said: the only single change that helps.
KINDS: dict[str, tuple[WeekFacts, type[Loosening], str, int, str]] = {
    "one more lesson from a teacher": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", MAT, has={TUE: [fixed(P1)]}), participant("B", MAT, has=AWAY)],
            [teacher("U-MAT", "mat", most=45)],
            [course("mat")],
        ),
        MoreHours,
        "U-MAT",
        45,
        "Ask U-MAT for 1 lesson more of mat a week",
    ),
    "a lesson more set aside for a course": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", MAT, has={TUE: [fixed(P1)]}), participant("B", MAT, has=AWAY)],
            [teacher("U-MAT", "mat")],
            [course("mat", most_taught=45)],
        ),
        MoreTaught,
        "mat",
        45,
        "Set aside 1 lesson more of mat a week",
    ),
    "less promised to a teacher": (
        tiny(
            {MON: P1},
            [participant("A", MAT), participant("B", {})],
            [teacher("U-MAT", "mat", least=90)],
            [course("mat")],
        ),
        LowerLeast,
        "U-MAT",
        45,
        "Agree with U-MAT on 1 lesson less of mat a week than was promised",
    ),
    "a teacher 15 minutes longer on Mondays": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has=AWAY), participant("B", {})],
            [teacher("U-MAT", "mat", free={MON: "08:30-09:45"})],
            [course("mat")],
        ),
        LongerWindow,
        "U-MAT",
        15,
        "Ask U-MAT to stay 15 minutes longer on Mondays: until 10:00 instead of 09:45",
    ),
    "a teacher 45 minutes earlier on Mondays": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has={MON: [fixed(P2)]}), participant("B", {})],
            [teacher("U-MAT", "mat", free={MON: "09:15-10:00"})],
            [course("mat")],
        ),
        LongerWindow,
        "U-MAT",
        45,
        "Ask U-MAT to come 45 minutes earlier on Mondays: at 08:30 instead of 09:15",
    ),
    "a participant home later": (
        tiny(
            {MON: P1},
            [participant("A", MAT, free={MON: "08:00-09:00"}), participant("B", {})],
            [teacher("U-MAT", "mat")],
            [course("mat")],
        ),
        LongerWindow,
        "A",
        15,
        "Ask A to stay 15 minutes longer on Mondays: until 09:15 instead of 09:00",
    ),
    "a place open longer": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has=AWAY), participant("B", {})],
            [teacher("U-MAT", "mat")],
            [course("mat", place="hus")],
            places={"hus": {MON: "08:00-09:15"} | dict.fromkeys(range(1, 7), "")},
        ),
        LongerWindow,
        "hus",
        45,
        "Ask for hus 45 minutes longer on Mondays: until 10:00 instead of 09:15",
    ),
    "somebody there on another day": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", MAT, has=AWAY), participant("B", {})],
            [teacher("U-MAT", "mat", free={TUE: ""} | dict.fromkeys(range(2, 7), "") | {MON: P1})],
            [course("mat")],
        ),
        AnotherDay,
        "U-MAT",
        45,
        "Ask U-MAT to come on Tuesdays too, 08:30-09:15",
    ),
    "another language class": (
        tiny(
            {MON: P1, TUE: P1},
            [
                participant("A", MAT, has={MON: [school(P1, "by")], TUE: [fixed(P1)]}),
                participant("B", {}, has={TUE: [school("12:00-12:45", "by")]}),
            ],
            [teacher("U-MAT", "mat")],
            [course("mat")],
        ),
        OtherClass,
        "A",
        1,
        "Ask by whether A can be in the Tue class",
    ),
    "a way that is driven": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has={MON: [fixed("08:30-08:55", "by")]}), participant("B", {})],
            [teacher("U-MAT", "mat")],
            [course("mat", place="hus")],
            places={"hus": {}},
            travel={("hus", "by"): 30},
        ),
        ShorterWay,
        "by",
        10,
        "Have people driven between by and hus: 20 minutes instead of 30",
    ),
    "a smaller least group": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", MAT, has={TUE: [fixed(P1)]}), participant("B", MAT, has=AWAY)],
            [teacher("U-MAT", "mat")],
            [course("mat", smallest=2)],
        ),
        SmallerGroup,
        "mat",
        1,
        "Hold mat with as few as 1 at a time instead of at least 2",
    ),
    "a larger group": (
        tiny(
            {MON: P1},
            [participant("A", MAT), participant("B", MAT, free={MON: "08:00-10:00"})],
            [teacher("U-MAT", "mat", most=90)],
            [course("mat", largest=1, place="hus")],
            rooms=[ONE_ROOM],
            places={"hus": {}},
        ),
        LargerGroup,
        "mat",
        1,
        "Hold mat with up to 2 at a time instead of at most 1",
    ),
    "one session of two lessons instead of two": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", TWICE), participant("B", {})],
            [teacher("U-MAT", "mat")],
            [course("mat", longest=90)],
        ),
        FewerSessions,
        "mat",
        1,
        "Hold mat once a week instead of 2 times, as long in all",
    ),
    "a day more": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", TWICE, most_days=1), participant("B", {})],
            [teacher("U-MAT", "mat")],
            [course("mat")],
        ),
        MoreDays,
        "A",
        1,
        "Ask A whether a day more a week is possible",
    ),
    "more on a day": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT | ENG, most_per_day=45), participant("B", {})],
            [teacher("U-MAT", "mat"), teacher("U-ENG", "eng")],
            [course("mat"), course("eng")],
        ),
        MorePerDay,
        "A",
        45,
        "Ask A whether 1 lesson more on a day is all right",
    ),
    "a room more at a time": (
        tiny(
            {MON: P1},
            [participant("A", MAT), participant("B", ENG)],
            [teacher("U-MAT", "mat"), teacher("U-ENG", "eng")],
            [course("mat", place="hus"), course("eng", place="hus")],
            rooms=[room("lokale", "hus", 4)],
            places={"hus": dict.fromkeys(range(1, 7), "")},
        ),
        MoreRooms,
        "hus",
        1,
        "Ask for a room more at hus on Mondays",
    ),
    "two who need not sit together": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", MAT, has={TUE: [fixed(P1)]}), participant("B", MAT, has=AWAY)],
            [teacher("U-MAT", "mat")],
            [course("mat")],
            pairs=(("A", "B", "together", True),),
        ),
        Unpaired,
        "A",
        1,
        "Ask A and B whether they can do without sitting together",
    ),
    "two who may meet after all": (
        tiny(
            {MON: P1},
            [participant("A", MAT), participant("B", MAT, free={MON: "08:00-10:00"})],
            [teacher("U-MAT", "mat")],
            [course("mat", place="hus")],
            rooms=[ONE_ROOM],
            places={"hus": {}},
            pairs=(("A", "B", "apart", True),),
        ),
        Unpaired,
        "A",
        1,
        "Consider whether A and B may meet after all",
    ),
    "another course's session moved from where it is locked": (
        tiny(
            {MON: P1, TUE: P1},
            [participant("A", ENG), participant("B", MAT, has={TUE: [fixed(P1)]})],
            [teacher("U", "mat", "eng")],
            [course("mat", place="hus"), course("eng", place="hus")],
            rooms=[ONE_ROOM],
            places={"hus": {}},
            locks=(WeekLock("A", "eng", MON, 510, "", ""),),
        ),
        Unlocked,
        "A",
        1,
        "Unlock eng for A on Mondays at 08:30",
    ),
    "another course's times swapped": (
        tiny(
            {MON: f"{P1} 12:15-13:00"},
            [
                participant("A", MAT, has={MON: [fixed("08:00-11:00")]}),
                participant("B", ENG, has={MON: [fixed("12:00-14:00")]}),
            ],
            [
                teacher("U-ENG", "eng", free={MON: "12:15-13:00"}),
                teacher("U-MAT", "mat", free={MON: P1}),
            ],
            [course("mat"), course("eng")],
        ),
        SwappedTimes,
        "U-ENG",
        1,
        "Ask U-ENG and U-MAT to swap their times on Mondays",
    ),
    "a teacher of the house for another course": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has={MON: [fixed(P2)]}), participant("B", ENG, has=AWAY)],
            [teacher("U-ENG", "eng"), teacher("U-MAT", "mat", busy={MON: P1})],
            [course("mat"), course("eng")],
        ),
        SecondTeacher,
        "mat",
        45,
        "Ask U-ENG to teach 1 lesson of mat a week",
    ),
    "somebody who has to be found": (
        tiny(
            {MON: f"{P1} {P2}"},
            [participant("A", MAT, has={MON: [fixed(P2)]}), participant("B", {})],
            [teacher("U-MAT", "mat", busy={MON: P1})],
            [course("mat", most_taught=45)],
        ),
        SecondTeacher,
        "mat",
        45,
        "Find one more teacher for mat: 1 lesson a week",
    ),
}


def kinds() -> Iterator[type[Loosening]]:
    """Every kind of loosening there is in the rules (and not those that another test invents)."""
    left = [Loosening]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind is not Loosening and kind.__module__.startswith("skemaplan."):
            yield kind


@pytest.mark.parametrize("name", KINDS)
def test_it_is_the_only_single_repair_and_is_said_in_both_languages(name: str) -> None:
    facts, kind, who, amount, said = KINDS[name]
    assert not works_out(facts)
    found = the_impasse(facts)
    (repair,) = found.repairs
    (change,) = repair.changes
    assert (type(change.loosening), change.who, change.amount) == (kind, who, amount)
    assert repair.least
    assert works_out(repair.on(facts))
    assert change.text.to("en") == said
    assert change.text.to("da") != said
    assert change.price > 0
    assert change.ask in ASKED


@pytest.mark.parametrize("name", KINDS)
def test_brute_force_knows_of_no_other(name: str) -> None:
    """Every other change is refuted by looking at all schedules, or nobody need think of it beside this one."""
    facts, *_ = KINDS[name]
    found = the_impasse(facts)
    (chosen,) = (r.changes[0].loosening for r in found.repairs)
    outcome = {t.loosening: t.outcome for t in found.tried}
    for x in all_loosenings(facts):
        helps = any(works_out(x.on(facts, n)) for n in x.amounts)
        if x in outcome:
            assert outcome[x] == (HELPS if helps else REFUTED), x
            assert x == chosen or not helps or chosen.within(x), x
        else:
            assert x.needless(chosen), x


def test_every_kind_there_is_has_its_week() -> None:
    assert {kind for _, kind, *_ in KINDS.values()} == set(kinds())
    assert {kind.code for kind in kinds()} <= ASKING.keys()


@pytest.mark.parametrize("rule", STANDARD, ids=lambda rule: rule.name)
def test_every_rule_says_how_it_can_be_loosened_or_why_not(rule: WeekRule) -> None:
    """A price is never the reason that something doesn't fit; of all other rules something can be asked, or nothing."""
    loosened = type(rule).loosenings is not WeekRule.loosenings
    rests_on = type(rule).premises is not WeekRule.premises
    if rule.tier == INCONVENIENCE:
        assert not loosened
        assert not rests_on
    else:
        assert rule.tier in (MUST, DEMANDS)
        assert loosened != bool(rule.firm)
        assert rests_on or rule.firm
    assert rule not in UNIVERSE or rule.tier == MUST


def test_what_can_be_asked_is_found_in_the_rules_alone() -> None:
    """A new rule is explained without anything else being touched: its own file yields what it yields."""
    used = {type(x): rule.name for facts, *_ in KINDS.values() for rule in STANDARD for x in rule.loosenings(facts)}
    assert set(used) == set(kinds())


def test_times_of_day_are_not_swapped_and_lengthened_at_once() -> None:
    facts = tiny(
        {MON: f"{P1} {P2}"},
        [participant("A", MAT), participant("B", ENG)],
        [teacher("U-ENG", "eng", free={MON: P2}), teacher("U-MAT", "mat", free={MON: P1})],
        [course("mat"), course("eng")],
    )
    every = all_loosenings(facts)
    (swap,) = (x for x in every if isinstance(x, SwappedTimes))
    longer = [x for x in every if isinstance(x, LongerWindow)]
    assert {x.who for x in longer} == {"U-ENG", "U-MAT"}
    assert all(swap.excludes(x) for x in (*longer, swap))


def test_a_way_is_at_most_halved() -> None:
    facts = tiny(
        {WED: f"{P1} {P2} {P3}"},
        [participant("A", MAT, has={WED: [fixed("08:30-09:10", "by")]}), participant("B", {})],
        [teacher("U-MAT", "mat", free={WED: P2})],
        [course("mat", place="hus")],
        travel={("hus", "by"): 30},
    )
    assert not [x for x in all_loosenings(facts) if isinstance(x, ShorterWay)]
