"""Every kind of repair, entered in the tables as `docs/do/shortage.md` says, gives a plan that is full and verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

import pandas as pd
import pytest
from test_explain_kinds import kinds

from skemaplan.explain import why
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS
from skemaplan.rules.group_size import LargerGroup, SmallerGroup
from skemaplan.rules.language_class import OtherClass
from skemaplan.rules.locks import Unlocked
from skemaplan.rules.loosening import Loosening
from skemaplan.rules.most_days import MoreDays
from skemaplan.rules.most_per_day import MorePerDay
from skemaplan.rules.most_taught import MoreTaught
from skemaplan.rules.pairs import Unpaired
from skemaplan.rules.rooms import MoreRooms
from skemaplan.rules.second_teacher import SecondTeacher
from skemaplan.rules.sessions_a_week import FewerSessions
from skemaplan.rules.swap import SwappedTimes
from skemaplan.rules.teacher_least import LowerLeast
from skemaplan.rules.teacher_most import MoreHours
from skemaplan.rules.travel import ShorterWay
from skemaplan.rules.windows import AnotherDay, LongerWindow
from skemaplan.tables import read

BASE = {
    "term": "key,value|name,Tiny|start,2026-08-10|end,2026-08-21|weekly_target,2|teaching_weeks,2",
    "periods": "id,start,end,days|P1,08:30,09:15,mon tue|P2,09:15,10:00,mon tue",
    "courses": "id,name,lessons_per_week,sessions_per_week,longest|mat,Matematik,1,1,1|eng,Engelsk,1,1,1",
    "teachers": "label|U-MAT|U-ENG",
    "teaches": "teacher,course|U-MAT,mat|U-ENG,eng",
    "participants": "label|A|B",
    "takes": "who,course|A,mat|B,mat",
}
ONE_OF_EACH = "who,course|A,mat|B,eng"
PLACES = "id,name|hus,Huset|by,Byen"
AT_HUS = "id,name,lessons_per_week,sessions_per_week,longest,place|mat,Matematik,1,1,1,hus|eng,Engelsk,1,1,1,hus"
TIMES = "who,day,from,to"
A_MON_B_TUE = f"{TIMES}|A,mon,08:00,12:00|B,tue,08:00,12:00"
ONLY_THEN = (  # what nobody can move
    "who,title,day,from,to|A,Praktik,mon,09:15,10:00|A,Praktik,tue,08:30,10:00|U-MAT,Møde,mon,08:30,09:15"
)
MAT = "id,name,lessons_per_week,sessions_per_week,longest"


@dataclass(frozen=True)
class Case:
    """Tables in which something is short, whose repair it is, and the tables that say it. A table is lines of CSV."""

    kind: type[Loosening]
    who: str
    short: Mapping[str, str]
    entered: Mapping[str, str]


CASES = {
    "one more lesson from a teacher": Case(
        MoreHours,
        "U-MAT",
        {"availability": A_MON_B_TUE, "teaches": "teacher,course,most|U-MAT,mat,1|U-ENG,eng,"},
        {"teaches": "teacher,course,most|U-MAT,mat,2|U-ENG,eng,"},
    ),
    "a lesson more set aside for a course": Case(
        MoreTaught,
        "mat",
        {"availability": A_MON_B_TUE, "courses": f"{MAT},most_taught|mat,Matematik,1,1,1,1|eng,Engelsk,1,1,1,"},
        {"courses": f"{MAT},most_taught|mat,Matematik,1,1,1,2|eng,Engelsk,1,1,1,"},
    ),
    "less promised to a teacher": Case(
        LowerLeast,
        "U-MAT",
        {"takes": ONE_OF_EACH, "teaches": "teacher,course,least|U-MAT,mat,2|U-ENG,eng,"},
        {"teaches": "teacher,course,least|U-MAT,mat,1|U-ENG,eng,"},
    ),
    "a teacher who stays longer": Case(
        LongerWindow,
        "U-MAT",
        {"availability": f"{TIMES}|U-MAT,mon,08:30,09:45|A,mon,09:15,12:00"},
        {"availability": f"{TIMES}|U-MAT,mon,08:30,10:00|A,mon,09:15,12:00"},
    ),
    "a participant who comes earlier": Case(
        LongerWindow,
        "A",
        {"availability": f"{TIMES}|U-MAT,mon,08:30,09:15", "participants": "label,earliest|A,09:00|B,"},
        {"participants": "label,earliest|A,08:30|B,"},
    ),
    "a room open longer": Case(
        LongerWindow,
        "lokale",
        {
            "places": PLACES,
            "courses": AT_HUS,
            "rooms": "id,place,seats|lokale,hus,4",
            "availability": f"{TIMES}|A,mon,09:15,12:00|U-MAT,mon,08:00,12:00|lokale,mon,08:00,09:15",
        },
        {"availability": f"{TIMES}|A,mon,09:15,12:00|U-MAT,mon,08:00,12:00|lokale,mon,08:00,10:00"},
    ),
    "a teacher on another day": Case(
        AnotherDay,
        "U-MAT",
        {"availability": f"{TIMES}|U-MAT,mon,08:30,10:00|A,tue,08:00,12:00"},
        {"availability": f"{TIMES}|U-MAT,mon tue,08:30,10:00|A,tue,08:00,12:00"},
    ),
    "another language class": Case(
        OtherClass,
        "A",
        {
            "takes": ONE_OF_EACH,
            "places": PLACES,
            "availability": f"{TIMES}|U-MAT,mon,08:30,10:00",
            "commitments": "who,title,day,from,to,place,kind|A,Sprogskole,mon,08:30,10:00,by,language_school|"
            "B,Sprogskole,tue,08:30,10:00,by,language_school",
        },
        {
            "commitments": "who,title,day,from,to,place,kind|A,Sprogskole,tue,08:30,10:00,by,language_school|"
            "B,Sprogskole,tue,08:30,10:00,by,language_school",
        },
    ),
    "a way that is driven": Case(
        ShorterWay,
        "by",
        {
            "takes": ONE_OF_EACH,
            "places": PLACES,
            "courses": AT_HUS,
            "travel": "from,to,minutes|hus,by,30",
            "availability": f"{TIMES}|U-MAT,mon,08:30,10:00",
            "commitments": "who,title,day,from,to,place|A,Praktik,mon,08:30,08:55,by",
        },
        {"travel": "from,to,minutes|hus,by,20"},
    ),
    "a smaller least group": Case(
        SmallerGroup,
        "mat",
        {"availability": A_MON_B_TUE, "courses": f"{MAT},smallest_group|mat,Matematik,1,1,1,2|eng,Engelsk,1,1,1,"},
        {"courses": f"{MAT},smallest_group|mat,Matematik,1,1,1,1|eng,Engelsk,1,1,1,"},
    ),
    "a larger group": Case(
        LargerGroup,
        "mat",
        {
            "availability": f"{TIMES}|U-MAT,mon,08:30,09:15",
            "courses": f"{MAT},largest_group|mat,Matematik,1,1,1,1|eng,Engelsk,1,1,1,",
        },
        {"courses": f"{MAT},largest_group|mat,Matematik,1,1,1,2|eng,Engelsk,1,1,1,"},
    ),
    "once a week instead of twice": Case(
        FewerSessions,
        "mat",
        {"availability": f"{TIMES}|U-MAT,mon,08:30,10:00", "courses": f"{MAT}|mat,Matematik,2,2,2|eng,Engelsk,1,1,1"},
        {"courses": f"{MAT}|mat,Matematik,2,1,2|eng,Engelsk,1,1,1"},
    ),
    "a day more": Case(
        MoreDays,
        "A",
        {
            "courses": f"{MAT}|mat,Matematik,2,2,1|eng,Engelsk,1,1,1",
            "participants": "label,most_days|A,1|B,",
        },
        {"participants": "label,most_days|A,2|B,"},
    ),
    "more on a day": Case(
        MorePerDay,
        "A",
        {
            "takes": "who,course|A,mat|A,eng|B,mat",
            "availability": f"{TIMES}|U-MAT,mon,08:30,10:00|U-ENG,mon,08:30,10:00",
            "participants": "label,most_lessons_per_day|A,1|B,",
        },
        {"participants": "label,most_lessons_per_day|A,2|B,"},
    ),
    "a room more": Case(
        MoreRooms,
        "hus",
        {
            "takes": ONE_OF_EACH,
            "places": PLACES,
            "courses": AT_HUS,
            "rooms": "id,place,seats|lokale,hus,4",
            "availability": f"{TIMES}|U-MAT,mon,08:30,09:15|U-ENG,mon,08:30,09:15",
        },
        {"rooms": "id,place,seats|lokale,hus,4|et mere,hus,4"},
    ),
    "two who need not sit together": Case(
        Unpaired, "A", {"availability": A_MON_B_TUE, "pairs": "a,b,kind|A,B,together"}, {"pairs": "a,b,kind"}
    ),
    "two who may meet after all": Case(
        Unpaired,
        "A",
        {"availability": f"{TIMES}|U-MAT,mon,08:30,09:15", "pairs": "a,b,kind|A,B,apart"},
        {"pairs": "a,b,kind"},
    ),
    "another course's session moved from where it is locked": Case(
        Unlocked,
        "A",
        {
            "takes": "who,course|A,eng|B,mat",
            "teaches": "teacher,course|U-MAT,mat|U-MAT,eng",
            "availability": f"{TIMES}|B,mon,08:30,09:15",
            "locks": "participant,course,day,start|A,eng,mon,08:30",
        },
        {"locks": "participant,course,day,start"},
    ),
    "two teachers who swap their times": Case(
        SwappedTimes,
        "U-ENG",
        {
            "takes": ONE_OF_EACH,
            "availability": f"{TIMES}|U-MAT,mon,08:30,09:15|U-ENG,mon,09:15,10:00|A,mon,09:15,10:00|B,mon,08:30,09:15",
        },
        {
            "availability": f"{TIMES}|U-ENG,mon,08:30,09:15|U-MAT,mon,09:15,10:00|A,mon,09:15,10:00|B,mon,08:30,09:15",
        },
    ),
    "a teacher of the house for another course": Case(
        SecondTeacher,
        "mat",
        {
            "takes": ONE_OF_EACH,
            "commitments": ONLY_THEN,
        },
        {"teaches": "teacher,course,most|U-MAT,mat,|U-ENG,eng,|U-ENG,mat,1"},
    ),
    "somebody who has to be found": Case(
        SecondTeacher,
        "mat",
        {
            "takes": "who,course|A,mat",
            "courses": f"{MAT}|mat,Matematik,1,1,1",
            "teachers": "label|U-MAT",
            "teaches": "teacher,course|U-MAT,mat",
            "participants": "label|A",
            "commitments": ONLY_THEN,
        },
        {"teachers": "label|U-MAT|U-NY", "teaches": "teacher,course,most|U-MAT,mat,|U-NY,mat,1"},
    ),
}


def the_term(*changed: Mapping[str, str]) -> Problem:
    """The base term with other tables in place of its own."""
    tables = dict(BASE)
    for some in changed:
        tables |= some
    return read(
        {
            name: pd.read_csv(StringIO(text.replace("|", "\n")), dtype=str, keep_default_na=False)
            for name, text in tables.items()
        }
    )


def missing(problem: Problem) -> int:
    """What a plan of the term lacks, after it is verified. (That it can't be less, `why` has proven.)"""
    made = plan(problem, deterministic=3.0)
    assert not list(verify_plan(made))
    return next(t.value for t in made.tiers if t.name == DEMANDS)


@pytest.mark.parametrize("name", CASES)
def test_entered_in_the_tables_the_plan_is_full(name: str) -> None:
    case = CASES[name]
    short, entered = the_term(case.short), the_term(case.short, case.entered)
    offered = {(type(r.changes[0].loosening), r.changes[0].who) for r in why(short).repairs}
    assert (case.kind, case.who) in offered
    assert why(entered).works_out
    assert missing(short) > 0
    assert missing(entered) == 0


def test_every_kind_is_entered() -> None:
    assert {case.kind for case in CASES.values()} == set(kinds())
