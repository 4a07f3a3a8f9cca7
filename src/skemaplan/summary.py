"""What a term plan comes to, counted once. `summary_text` and `summary_document` show it to people and programs.

Wanted = held + made up + lost + unmet, in minutes, for every participant and course: what is made up is lost no longer.
Nothing here knows a solver; what was proven is read from the plan's own tiers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .dates import Week
from .facts import LANGUAGE_SCHOOL, STUDY
from .making_up import MADE_UP, WonBack, still_missing, won_back
from .problem import Problem
from .schedule import BaseWeek, Missing, TermPlan, Tier
from .unroll import teaching_weeks
from .words import Text


@dataclass(frozen=True, slots=True)
class Sum:
    """Minutes of teaching over the term; `lost` by the reason for it, without what is made up in a later week."""

    held: int = 0
    unmet: int = 0
    lost: Mapping[Text, int] = field(default_factory=dict)
    made_up: int = 0

    @property
    def lost_minutes(self) -> int:
        return sum(self.lost.values())

    @property
    def given(self) -> int:
        """What sessions give: in its own week or, made up, in a later one."""
        return self.held + self.made_up

    @property
    def wanted(self) -> int:
        return self.given + self.lost_minutes + self.unmet

    def __add__(self, other: Sum) -> Sum:
        lost = Counter(self.lost) + Counter(other.lost)
        return Sum(self.held + other.held, self.unmet + other.unmet, dict(lost), self.made_up + other.made_up)


@dataclass(frozen=True)
class PersonSum:
    """One participant's term: her courses, and how full her teaching weeks are.

    `language_school` and `committed` (all that is fixed, language school too) are minutes over her `weeks`. What she
    does by herself (`study`, by course) is no part of the rest, nor of the twenty lessons.
    """

    id: str
    label: str
    weeks: tuple[Week, ...]
    courses: Mapping[str, Sum]
    language_school: int
    committed: int
    study: Mapping[str, Sum] = field(default_factory=dict)

    @cached_property
    def all(self) -> Sum:
        return sum(self.courses.values(), Sum())

    @property
    def minutes_a_week(self) -> float:
        """What an average teaching week of hers holds, everything counted, in minutes; 0 if she has none."""
        return (self.committed + self.all.given) / len(self.weeks) if self.weeks else 0.0


@dataclass(frozen=True, slots=True)
class TeacherBelow:
    """A teacher who gives less of a course than her least, in these weeks: minutes a week."""

    teacher: str
    course: str
    given: int
    least: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Summary:
    """What a plan comes to. `ordinary` holds the tiers of each ordinary week, by its name.

    `making_up` says of each week in which somebody was owed something what it leaves owed, weighed, and what is proven.
    """

    problem: Problem
    weeks: tuple[Week, ...]
    persons: tuple[PersonSum, ...]
    below: tuple[TeacherBelow, ...]
    unmet: tuple[tuple[str, str, int, tuple[Week, ...]], ...]
    tiers: tuple[Tier, ...]
    ordinary: Mapping[str, BaseWeek]
    seed: int
    seconds: float
    won_back: tuple[WonBack, ...] = ()
    making_up: Mapping[Week, Tier] = field(default_factory=dict)

    @cached_property
    def all(self) -> Sum:
        return sum((p.all for p in self.persons), Sum())

    @property
    def works_out(self) -> bool:
        """Whether every wanted lesson has its place in an ordinary week."""
        return self.all.unmet == 0

    def lessons(self, minutes: float) -> float:
        """Minutes as lessons of the term's length."""
        return minutes / self.problem.settings.lesson_minutes


def summarise(plan: TermPlan) -> Summary:
    """Count a plan. Weeks in which nobody could be taught count for nobody's average."""
    missing = still_missing(plan)
    return Summary(
        problem=plan.problem,
        weeks=teaching_weeks(plan.problem),
        persons=tuple(_person(plan, p, missing) for p in sorted(plan.problem.participant)),
        below=tuple(_below(plan)),
        unmet=tuple(_unmet(plan)),
        tiers=plan.tiers,
        ordinary=plan.bases,
        seed=plan.seed,
        seconds=plan.seconds,
        won_back=won_back(plan),
        making_up={w: t for w, dated in plan.weeks.items() for t in dated.tiers if t.name == MADE_UP},
    )


def _person(plan: TermPlan, p: str, missing: Mapping[Week, list[tuple[Missing, list[WonBack]]]]) -> PersonSum:
    held: Counter[str] = Counter()
    unmet: Counter[str] = Counter()
    made_up: Counter[str] = Counter()
    lost: dict[str, Counter[Text]] = {}
    mine = frozenset(teaching_weeks(plan.problem, p))
    committed = language_school = 0
    for week, dated in plan.weeks.items():
        for s in dated.schedule.whole.of(p):
            if p not in dated.made_up.get(s, ()):
                held[s.course] += s.minutes
        for m, back in missing[week]:
            if m.participant == p and m.kind == "unmet":
                unmet[m.course] += m.minutes
            elif m.participant == p:
                made_up[m.course] += sum(x.minutes for x in back)
                lost.setdefault(m.course, Counter())[m.reason] += m.minutes
        person = dated.schedule.facts.participants.get(p)
        if person is not None and week in mine:
            committed += person.committed
            language_school += sum(f.minutes for day in person.fixed for f in day if f.kind == LANGUAGE_SCHOOL)
    courses = [c for c in plan.problem.courses if c.id in held or c.id in unmet or c.id in lost]
    sums = {c.id: Sum(held[c.id], unmet[c.id], dict(+lost.get(c.id, Counter())), made_up[c.id]) for c in courses}
    label, own = plan.problem.participant[p].label, {c.id for c in courses if c.kind == STUDY}
    taught = {c: x for c, x in sums.items() if c not in own}
    study = {c: x for c, x in sums.items() if c in own}
    return PersonSum(p, label, tuple(sorted(mine)), taught, language_school, committed, study)


def _below(plan: TermPlan) -> Iterator[TeacherBelow]:
    """Weeks in which a teacher can't reach her least, alike ones together."""
    found: dict[tuple[str, str, int, int], list[Week]] = {}
    for week, dated in plan.weeks.items():
        for t in dated.schedule.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                given = dated.schedule.minutes(t.id, course)
                if given < least:
                    found.setdefault((t.id, course, given, least), []).append(week)
    for (teacher, course, given, least), weeks in sorted(found.items()):
        yield TeacherBelow(teacher, course, given, least, tuple(weeks))


def _unmet(plan: TermPlan) -> Iterator[tuple[str, str, int, tuple[Week, ...]]]:
    """Who is short of what in ordinary weeks: participant, course, minutes in all, in which weeks."""
    found: dict[tuple[str, str], dict[Week, int]] = {}
    for week, dated in plan.weeks.items():
        for m in dated.missing:
            if m.kind == "unmet" and plan.problem.course[m.course].kind != STUDY:
                weeks = found.setdefault((m.participant, m.course), {})
                weeks[week] = weeks.get(week, 0) + m.minutes
    for (participant, course), weeks in sorted(found.items()):
        yield participant, course, sum(weeks.values()), tuple(weeks)
