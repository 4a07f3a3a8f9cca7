"""The whole report added up again, from what `export` writes and from the calendars, and from nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from skemaplan.dates import Week
from skemaplan.facts import ONLINE, Commitment
from skemaplan.problem import Problem
from skemaplan.publishing.slots import FIXED, slots_by_person
from skemaplan.report import lessons, report
from skemaplan.schedule import TermPlan

KINDS = {"lesson": "teaching", "talk": "talks", "study": "homework"}
Sums = dict[tuple[Any, ...], float]


def exported(plan: TermPlan) -> pd.DataFrame:
    """The exported rows, each with its ISO week and how many lessons it is: the breaks of the bell are none."""
    problem, frame = plan.problem, lessons(plan)
    starts, ends = (frame[x].map(lambda t: int(t[:2]) * 60 + int(t[3:])) for x in ("start", "end"))
    weeks = frame["date"].map(lambda d: str(Week.of(d)))
    clock = ends - starts
    breaks = [
        0 if mode == "online" else _breaks(problem, start, end)
        for start, end, mode in zip(starts, ends, frame["mode"], strict=True)
    ]
    return frame.assign(week=weeks, clock=clock, lessons=(clock - breaks) / problem.settings.lesson_minutes)


def _breaks(problem: Problem, start: int, end: int) -> int:
    bells = sorted((p.start, p.end) for p in problem.periods)
    return sum(b - a for (_, a), (b, _) in pairwise(bells) if start <= a and b <= end)


def disagreements(plan: TermPlan) -> Iterator[str]:
    """Every number of the report that isn't what the exported lessons and the calendars add up to."""
    frames, rows = report(plan), exported(plan)
    once = rows.drop_duplicates("session")
    yield from _differ("hours", frames["hours"], ["participant", "week"], _hours(plan, rows))
    yield from _differ("weeks", frames["weeks"].rename(columns={"given": "lessons"}), ["participant", "week", "course"],
                       _by(rows, "lessons", "participant", "week", "course"))  # fmt: skip
    yield from _differ("teachers", frames["teachers"], ["teacher", "week", "course"],
                       _by(once, "lessons", "teacher", "week", "course"))  # fmt: skip
    open_ = [p.id for p in plan.problem.participants if p.detail == "full"]  # others' calendars tell no places
    attendance = frames["attendance"][frames["attendance"]["participant"].isin(open_)]
    yield from _differ("attendance", attendance, ["participant", "month"], _attendance(plan, open_))
    yield from _differ(
        "rooms", frames["rooms"], ["room", "week"], _rooms(once, rows, {r.id: r.seats for r in plan.problem.rooms})
    )
    teachers = frames["teachers"]
    if not (teachers["below"] == (teachers["lessons"] < teachers["least"])).all():
        yield "teachers: below"
    told = frames["summary"].set_index("measure")["value"]
    courses = frames["courses"][["wanted", "held", "made_up", "lost", "unmet"]].sum()
    for name, amount in courses.items():
        if abs(told[f"lessons_{name}"] - amount) > 1e-9:
            yield f"summary {name}: {told[f'lessons_{name}']}, but {amount}"
    if abs(courses["held"] + courses["made_up"] - rows["lessons"].sum()) > 1e-9:
        yield f"courses: {courses['held'] + courses['made_up']} given, but {rows['lessons'].sum()} exported"
    hours = frames["hours"]
    total = hours[["teaching", "talks", "language_school", "other"]].sum(axis=1)
    band = ["below" if t < low else "above" if t > high else "within"
            for t, low, high in zip(total, hours["low"], hours["high"], strict=True)]  # fmt: skip
    if (total - hours["total"]).abs().max() > 1e-9 or band != list(hours["band"]):
        yield "hours: total or band"


def _by(rows: pd.DataFrame, what: str, *keys: str) -> dict[str, Sums]:
    sums: Sums = defaultdict(float)
    for row in rows.to_dict("records"):
        sums[tuple(row[key] for key in keys)] += row[what]
    return {what: sums}


def _hours(plan: TermPlan, rows: pd.DataFrame) -> dict[str, Sums]:
    found: dict[str, Sums] = {kind: defaultdict(float) for kind in KINDS.values()}
    for row in rows.to_dict("records"):
        kind = plan.problem.course[row["course"]].kind
        found[KINDS[kind]][row["participant"], row["week"]] += row["lessons"]
    return found


def _language_school(plan: TermPlan) -> tuple[Sums, Sums]:
    """What her calendar has of it in the weeks that are planned, and the weeks in which something cuts a day short."""
    problem = plan.problem
    found: Sums = defaultdict(float)
    cut: Sums = defaultdict(float)
    for p, slots in slots_by_person(plan).items():
        rows = [c for c in problem.commitments if c.who == p and c.kind == "language_school"]
        for slot in slots:
            if slot.key == f"{FIXED}language_school" and Week.of(slot.date) in plan.weeks:
                whole = [
                    c for c in rows if (c.start, c.end) == (slot.start, slot.end) and slot.date.weekday() in c.days
                ]
                key = p, str(Week.of(slot.date))
                if whole:
                    found[key] += _length(problem, whole[0]) / problem.settings.lesson_minutes
                else:
                    cut[key] += 1
    return found, cut


def _length(problem: Problem, c: Commitment) -> int:
    """Minutes that it counts for: as it says, or the lessons of the bell that it covers."""
    covered = sum(b.end - b.start for b in problem.periods if c.start <= b.start and b.end <= c.end)
    return c.minutes if c.minutes is not None else covered


def _attendance(plan: TermPlan, people: Iterable[str]) -> dict[str, Sums]:
    """A day with a place in her calendar is a day of attendance; from home, from place to place, and home are trips."""
    found: dict[str, Sums] = {x: defaultdict(float) for x in ("days", "online_days", "trips")}
    for p in people:
        slots = [s for s in slots_by_person(plan)[p] if Week.of(s.date) in plan.weeks]
        for day, of_day in groupby(slots, key=lambda s: s.date):
            mine = [s for s in of_day if not s.key.startswith(f"{FIXED}away")]
            places = [s.place for s in mine if s.mode != ONLINE]
            key = p, f"{day:%Y-%m}"
            found["days"][key] += bool(places)
            found["online_days"][key] += bool(mine) and not places
            found["trips"][key] += len([place for place, _ in groupby(places)]) + 1 if places else 0
    return found


def _rooms(once: pd.DataFrame, rows: pd.DataFrame, seats: dict[str, int]) -> dict[str, Sums]:
    found: dict[str, Sums] = {x: defaultdict(float) for x in ("sessions", "minutes", "most_people", "filled")}
    people = Counter(rows["session"])
    mine: dict[tuple[str, str], list[int]] = {}
    for row in once.to_dict("records"):
        if row["room"]:
            key = row["room"], row["week"]
            found["minutes"][key] += row["clock"]
            mine.setdefault(key, []).append(people[row["session"]])
    for key, counts in mine.items():
        found["sessions"][key], found["most_people"][key] = len(counts), max(counts)
        found["filled"][key] = sum(counts) / len(counts) / seats[key[0]]
    return found


def _differ(name: str, frame: pd.DataFrame, keys: list[str], meant: dict[str, Sums]) -> Iterator[str]:
    """What differs between the columns of a frame and what they should be; a key that is nowhere is nothing."""
    for column, sums in meant.items():
        told = {tuple(key): amount for *key, amount in frame[[*keys, column]].itertuples(index=False)}
        for key in told.keys() | {key for key, amount in sums.items() if amount}:
            if abs(told.get(key, 0) - sums.get(key, 0)) > 1e-9:
                yield f"{name} {column} {key}: {told.get(key, 0)}, but {sums.get(key, 0)}"
