"""The accounts of a term, row by row: hours, what is missing, teachers, days and trips, rooms. Plain counting.

Amounts are lessons of the term's length unless a name says minutes. A row is a mapping whose keys are always the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from statistics import mean, median
from typing import Protocol

from .facts import LANGUAGE_SCHOOL, ONLINE
from .making_up import still_missing
from .problem import Problem
from .schedule import Stop, TermPlan, WeekPlan
from .summary import Summary
from .words import Text

Row = Mapping[str, object]
_KINDS = {"lesson": "teaching", "talk": "talks", "study": "homework"}
HOURS = ("teaching", "talks", "homework", "language_school", "other")


def hours(plan: TermPlan) -> Iterator[Row]:
    """A participant's week: lessons by kind, their total against the target band, and minutes between places.

    Homework is counted beside the total: it is no part of the twenty lessons.
    """
    s = plan.problem.settings
    low, high = s.weekly_target - s.weekly_tolerance, s.weekly_target + s.weekly_tolerance
    for week, dated in sorted(plan.weeks.items()):
        for p in dated.schedule.facts.participants:
            sums = minutes_by_kind(plan.problem, dated, p)
            total = (sum(sums.values()) - sums["homework"]) / s.lesson_minutes
            yield {
                "participant": p,
                "label": plan.problem.participant[p].label,
                "week": str(week),
                **{kind: sums[kind] / s.lesson_minutes for kind in HOURS},
                "total": total,
                "low": low,
                "high": high,
                "band": "below" if total < low else "above" if total > high else "within",
                "transport_minutes": sum(_ways(dated, p, d)[1] for d in range(7)),
            }


def minutes_by_kind(problem: Problem, dated: WeekPlan, p: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for session in dated.schedule.whole.of(p):
        sums[_KINDS.get(problem.course[session.course].kind, "teaching")] += session.minutes
    for day in dated.schedule.facts.participants[p].fixed:
        for f in day:
            sums["language_school" if f.kind == LANGUAGE_SCHOOL else "other"] += f.minutes
    return sums


def courses(summary: Summary) -> Iterator[Row]:
    """A participant's course over the term: wanted = held + made up + lost + unmet."""
    for person in summary.persons:
        for course, x in {**person.courses, **person.study}.items():
            amounts = {"held": x.held, "made_up": x.made_up, "lost": x.lost_minutes, "unmet": x.unmet}
            lessons = {name: summary.lessons(minutes) for name, minutes in {"wanted": x.wanted, **amounts}.items()}
            yield {"participant": person.id, "label": person.label, "course": course, **lessons}


def weeks(plan: TermPlan) -> Iterator[Row]:
    """A participant's course in each week: wanted = held + made up + lost + unmet, and what its sessions give.

    `made_up` is what later weeks give of what this one lost. `given` is what this week gives: what is held of its own,
    and what it makes up for earlier ones. Over the term, held + made up = given.
    """
    lesson = plan.problem.settings.lesson_minutes
    settled = still_missing(plan)
    for week, dated in sorted(plan.weeks.items()):
        sums: dict[tuple[str, str], Counter[str]] = {}
        for s, who in dated.schedule.whole.attendance.items():
            for p in who:
                own = p not in dated.made_up.get(s, ())
                sums.setdefault((p, s.course), Counter()).update(held=s.minutes * own, given=s.minutes)
        for m, back in settled[week]:
            won = sum(x.minutes for x in back)
            sums.setdefault((m.participant, m.course), Counter()).update({m.kind: m.minutes, "made_up": won})
        for (p, course), x in sorted(sums.items()):
            amounts = {name: x[name] / lesson for name in ("held", "made_up", "lost", "unmet")}
            yield {
                "participant": p,
                "label": plan.problem.participant[p].label,
                "week": str(week),
                "course": course,
                "wanted": sum(x[name] for name in amounts) / lesson,
                **amounts,
                "given": x["given"] / lesson,
            }


def missing(plan: TermPlan, language: str) -> Iterator[Row]:
    """Every lesson that is lost, unmet or made up, with the reason; if it is made up, also the week that gives it."""
    lesson = plan.problem.settings.lesson_minutes
    for week, found in still_missing(plan).items():
        for m, back in found:
            rows = [(m.kind, m.minutes, "")] if m.minutes else []
            for kind, minutes, held in (*rows, *(("made_up", x.minutes, str(x.held)) for x in back)):
                yield {
                    "participant": m.participant,
                    "label": plan.problem.participant[m.participant].label,
                    "week": str(week),
                    "course": m.course,
                    "kind": kind,
                    "lessons": minutes / lesson,
                    "reason": m.reason.to(language),
                    "held_in": held,
                }


def teachers(plan: TermPlan) -> Iterator[Row]:
    """A teacher's week in a course: lessons taught, of her least and most (None: no limit)."""
    lesson = plan.problem.settings.lesson_minutes
    for week, dated in sorted(plan.weeks.items()):
        for t in dated.schedule.facts.teachers.values():
            for course, (least, most) in t.teaches.items():
                taught = dated.schedule.minutes(t.id, course)
                yield {
                    "teacher": t.id,
                    "label": plan.problem.teacher[t.id].label or t.id,
                    "week": str(week),
                    "course": course,
                    "lessons": taught / lesson,
                    "least": least / lesson,
                    "most": None if most is None else most / lesson,
                    "below": taught < least,
                }


def attendance(plan: TermPlan) -> Iterator[Row]:
    """A participant's month: days at a place, days only online, trips, and minutes and km between places.

    A trip is one way: from home to the first place of the day, on to another place, and home. How far it is to her home
    is not known here.
    """
    km = {(t.start, t.end): t.km or 0.0 for t in plan.problem.travel}
    months: dict[tuple[str, str], Counter[str]] = {}
    far: dict[tuple[str, str], float] = {}
    for week, dated in sorted(plan.weeks.items()):
        for p in dated.schedule.facts.participants:
            for d, day in enumerate(week.days):
                key = p, f"{day:%Y-%m}"
                sums = months.setdefault(key, Counter())
                stops = _stops(dated, p, d)
                legs, minutes = _ways(dated, p, d)
                sums["days"] += legs > 0
                sums["online_days"] += bool(stops) and legs == 0
                sums["trips"] += legs
                sums["minutes"] += minutes
                on_the_way = sum(km.get(leg, km.get(leg[::-1], 0.0)) for leg in _legs(stops))
                far[key] = far.get(key, 0.0) + on_the_way
    for (p, month), sums in sorted(months.items()):
        if sums["days"] or sums["online_days"]:
            yield {
                "participant": p,
                "label": plan.problem.participant[p].label,
                "month": month,
                "days": sums["days"],
                "online_days": sums["online_days"],
                "trips": sums["trips"],
                "minutes_between": sums["minutes"],
                "km_between": far[p, month],
            }


def _stops(dated: WeekPlan, p: str, d: int) -> tuple[Stop, ...]:
    """Where a person is on a day, in order; homework that she does wherever she is takes her nowhere."""
    return tuple(stop for stop in dated.schedule.whole.stops(p, d) if not stop.is_anywhere)


def _legs(stops: tuple[Stop, ...]) -> list[tuple[str, str]]:
    """From place to place in the order of a day; online is no place."""
    places = [s.place for s in stops if s.place != ONLINE and not (s.fixed and s.fixed.kind == "away")]
    return [(a, b) for a, b in pairwise(places) if a != b]


def _ways(dated: WeekPlan, p: str, d: int) -> tuple[int, int]:
    """How many trips a person makes on a day, and the minutes between places."""
    stops = _stops(dated, p, d)
    if not [s for s in stops if s.place != ONLINE and not (s.fixed and s.fixed.kind == "away")]:
        return 0, 0
    legs = _legs(stops)
    return len(legs) + 2, sum(dated.schedule.facts.way(a, b) for a, b in legs)


class Justified(Protocol):
    """Minutes of inconvenience and what they are for, as `justify` gives them: this file knows no rules."""

    @property
    def participant(self) -> str: ...
    @property
    def week(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def text(self) -> Text: ...
    @property
    def minutes(self) -> int: ...


def inconvenience(plan: TermPlan, justified: Iterable[Justified], language: str) -> Iterator[Row]:
    """What the inconvenience of each participant's week consists of. The minutes add up to the plan's exactly."""
    labels = {p.id: p.label for p in plan.problem.participants} | {t.id: t.label for t in plan.problem.teachers}
    for x in justified:
        what = x.text.to(language)
        yield {
            "participant": x.participant,
            "label": labels.get(x.participant) or x.participant,
            "week": x.week,
            "rule": x.rule,
            "what": what,
            "minutes": x.minutes,
        }


def rooms(plan: TermPlan) -> Iterator[Row]:
    """A room's week: sessions, clock minutes, and how full it is where it is used."""
    seats = {r.id: r.seats for r in plan.problem.rooms}
    for week, dated in sorted(plan.weeks.items()):
        for room in sorted(seats):
            mine = [s for s in dated.schedule.sessions if dated.schedule.rooms.get(s) == room]
            counts = [len(dated.schedule.attendance[s]) for s in mine]
            yield {
                "room": room,
                "week": str(week),
                "sessions": len(mine),
                "minutes": sum(s.end - s.start for s in mine),
                "most_people": max(counts, default=0),
                "seats": seats[room],
                "filled": mean(counts) / seats[room] if counts and seats[room] else 0.0,
            }


def nameless(plan: TermPlan, summary: Summary) -> Iterator[Row]:
    """What can be told of a term without telling of anybody: sums, averages and ranges over all participants."""
    weekly = [float(str(row["total"])) for row in hours(plan)]
    a_week = [p.minutes_a_week / plan.problem.settings.lesson_minutes for p in summary.persons]
    x = summary.all
    yield from (
        {"measure": name, "value": float(value)}
        for name, value in (
            ("participants", len(summary.persons)),
            ("teaching_weeks", len(summary.weeks)),
            ("lessons_wanted", summary.lessons(x.wanted)),
            ("lessons_held", summary.lessons(x.held)),
            ("lessons_made_up", summary.lessons(x.made_up)),
            ("lessons_lost", summary.lessons(x.lost_minutes)),
            ("lessons_unmet", summary.lessons(x.unmet)),
            ("a_week_least", min(a_week, default=0.0)),
            ("a_week_middle", median(a_week) if a_week else 0.0),
            ("a_week_most", max(a_week, default=0.0)),
            ("weeks_of_participants", len(weekly)),
        )
    )
