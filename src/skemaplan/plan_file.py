"""A plan as one JSON file: sorted keys, a session a line, so that two versions can be read in a diff.

The file holds what was decided (sessions, rooms, who sits in them, what is missing and why, what was proven). The facts
of the weeks are not in it: they follow from the tables, and `tables` is the fingerprint of those the plan was made of.
How long the search took is not in it either: the same plan is the same file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from .dates import Week, clock
from .errors import Refused
from .facts import Fact
from .problem import Problem
from .schedule import BaseWeek, Missing, Schedule, Session, TermPlan, Tier, WeekPlan
from .unroll import week_facts
from .week import WeekFacts, print_of
from .words import Text, say

FORMAT = 1
Json = dict[str, Any]


def fingerprint(problem: Problem) -> str:
    """A hash of everything the tables say; where it is written and in which order of rows does not matter."""
    tables = {f.name: getattr(problem, f.name) for f in fields(problem)}
    settings = {"settings": [tables.pop("settings")]}
    said = {name: sorted(map(row_text, rows)) for name, rows in {**settings, **tables}.items()}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def row_text(fact: Fact) -> str:
    """What a row says, as text: the same wherever it stands."""
    cells = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name != "origin"}
    return repr([(k, sorted(v) if isinstance(v, frozenset) else v) for k, v in sorted(cells.items())])


def to_text(document: Json) -> str:
    """JSON with sorted keys; what holds no further objects stands on one line."""
    return _pretty(document, "") + "\n"


def _pretty(value: Any, indent: str) -> str:
    inner = indent + " "
    if isinstance(value, dict) and any(_is_deep(v) for v in value.values()):
        rows = [f"{inner}{_line(str(k))}: {_pretty(v, inner)}" for k, v in sorted(value.items())]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(v, dict | list) for v in value):
        return "[\n" + ",\n".join(inner + _pretty(v, inner) for v in value) + f"\n{indent}]"
    return _line(value)


def _is_deep(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value))


_line = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode  # made once: a plan has a hundred thousand lines


def plan_document(plan: TermPlan) -> Json:
    """A plan as plain data, ready for `to_text`."""
    return {
        "bases": {name: _base(b) for name, b in plan.bases.items()},
        "format": FORMAT,
        "seed": plan.seed,
        "tables": fingerprint(plan.problem),
        "tiers": [_tier(t) for t in plan.tiers],
        "weeks": {str(week): _week(week, w) for week, w in plan.weeks.items()},
    }


def read_plan(document: Json, problem: Problem) -> TermPlan:
    """The plan of a document, with the weeks' facts from these tables. Raises `Refused` if it can't be understood."""
    try:
        weeks = {Week.parse(k): _read_week(Week.parse(k), w, problem) for k, w in document["weeks"].items()}
        bases = {name: _read_base(name, b, problem) for name, b in document["bases"].items()}
        tiers = tuple(_read_tier(t) for t in document["tiers"])
        return TermPlan(problem, dict(sorted(weeks.items())), bases, tiers, int(document["seed"]))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Refused(
            say("The plan can't be read: {error}. Take the file from the backup.", error=repr(error))
        ) from error


def _base(base: BaseWeek) -> Json:
    return {
        "anchor": base.anchor,
        "facts": "" if base.stale else print_of(base.schedule.facts),
        "lost": [
            {**_session(base.weeks[0], s), "lost": n, "participant": p} for (p, s), n in sorted(base.lost.items())
        ],
        "near": list(base.near),
        "sessions": _sessions(base.weeks[0], base.schedule),
        "share": base.share,
        "tiers": [_tier(t) for t in base.tiers],
        "weeks": [str(w) for w in base.weeks],
    }


def _read_base(name: str, row: Json, problem: Problem) -> BaseWeek:
    weeks = tuple(Week.parse(w) for w in row["weeks"])
    facts = week_facts(problem, weeks[0], standing=True)
    return BaseWeek(
        name=name,
        anchor=row["anchor"],
        weeks=weeks,
        near=tuple(row["near"]),
        share=int(row["share"]),
        schedule=_read_schedule(weeks[0], row["sessions"], facts),
        tiers=tuple(_read_tier(t) for t in row["tiers"]),
        lost={(x["participant"], _read_session(weeks[0], x)): int(x["lost"]) for x in row["lost"]},
        stale=row["facts"] != print_of(facts),
    )


def _week(week: Week, plan: WeekPlan) -> Json:
    return {
        "base": plan.base,
        "facts": "" if plan.stale else print_of(plan.schedule.facts),
        **({"made_up": _people(week, plan.made_up)} if plan.made_up else {}),
        "missing": [_missing(week, m) for m in plan.missing],
        "sessions": _sessions(week, plan.schedule),
        "tiers": [_tier(t) for t in plan.tiers],
    }


def _people(week: Week, attendance: Mapping[Session, frozenset[str]]) -> list[Json]:
    return [{**_session(week, s), "participants": sorted(who)} for s, who in sorted(attendance.items())]


def _sessions(week: Week, schedule: Schedule) -> list[Json]:
    whole = schedule.whole
    return [
        {**_session(week, s), "participants": sorted(whole.attendance[s]), "room": whole.rooms.get(s, "")}
        for s in whole.sessions
    ]


def _read_schedule(week: Week, rows: list[Json], facts: WeekFacts) -> Schedule:
    attendance: dict[Session, frozenset[str]] = {}
    study: dict[Session, frozenset[str]] = {}
    rooms: dict[Session, str] = {}
    for x in rows:
        session = _read_session(week, x)
        (attendance if session.teacher else study)[session] = frozenset(x["participants"])
        if x["room"]:
            rooms[session] = x["room"]
    return Schedule(facts, attendance, rooms, study)


def _read_week(week: Week, row: Json, problem: Problem) -> WeekPlan:
    schedule = _read_schedule(week, row["sessions"], week_facts(problem, week))
    missing = tuple(_read_missing(week, m) for m in row["missing"])
    tiers = tuple(_read_tier(t) for t in row["tiers"])
    made_up = {_read_session(week, x): frozenset(x["participants"]) for x in row.get("made_up", ())}
    return WeekPlan(week, schedule, row["base"], tiers, missing, row["facts"] != print_of(schedule.facts), made_up)


def _session(week: Week, s: Session) -> Json:
    return {
        "course": s.course,
        "date": week.day(s.day).isoformat(),
        "from": clock(s.start),
        "minutes": s.minutes,
        "place": s.place,
        "teacher": s.teacher,
        "to": clock(s.end),
    }


def _read_session(week: Week, x: Json) -> Session:
    day = (date.fromisoformat(x["date"]) - week.monday).days
    if not 0 <= day < 7:
        raise ValueError(f"{x['date']} is not in {week}")
    return Session(day, minutes(x["from"]), minutes(x["to"]), x["course"], x["teacher"], x["place"], int(x["minutes"]))


def _tier(t: Tier) -> Json:
    return {"bound": t.bound, "name": t.name, "value": t.value}


def _read_tier(x: Json) -> Tier:
    return Tier(x["name"], int(x["value"]), int(x["bound"]))


def _missing(week: Week, m: Missing) -> Json:
    return {
        "course": m.course,
        "kind": m.kind,
        "minutes": m.minutes,
        "participant": m.participant,
        "reason": _said(m.reason),
        "session": None if m.session is None else _session(week, m.session),
    }


def _read_missing(week: Week, x: Json) -> Missing:
    session = None if x["session"] is None else _read_session(week, x["session"])
    return Missing(x["participant"], x["course"], int(x["minutes"]), x["kind"], _read_text(x["reason"]), session)


def _said(value: object) -> Any:
    """A value in a sentence as JSON. What has no JSON form of its own is kept as the words it would be shown as."""
    if isinstance(value, Text):
        plural = {"plural": value.plural} if value.plural else {}
        return {
            "say": value.msgid,
            **plural,
            **({"with": {k: _said(v) for k, v in value.values}} if value.values else {}),
        }
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if isinstance(value, str | int | float | None) else str(value)


def _read_text(x: Mapping[str, Any]) -> Text:
    return Text(x["say"], tuple((k, _read_value(v)) for k, v in x.get("with", {}).items()), x.get("plural", ""))


def _read_value(value: Any) -> object:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"]) if "date" in value else _read_text(value)
    return value


def minutes(text: str) -> int:
    """'08:30' -> 510: the way back from `dates.clock`."""
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)
