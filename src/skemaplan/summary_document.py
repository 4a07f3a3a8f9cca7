"""The summary of a plan as one JSON object with stable keys: docs/reference/json.md describes each of them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .schedule import Tier
from .summary import PersonSum, Sum, Summary


def versions() -> dict[str, str]:
    """The versions that a plan depends on; empty where a package is not installed as one."""
    found = {}
    for name in ("skemaplan", "ortools"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def summary_document(summary: Summary, language: str) -> dict[str, Any]:
    """The summary as one JSON object with stable keys (docs/reference/json.md). Amounts are lessons."""
    s = summary.problem.settings
    return {
        "format": 1,
        "term": s.name,
        "start": s.start.isoformat(),
        "end": s.end.isoformat(),
        "works_out": summary.works_out,
        "teaching_weeks": {"planned": len(summary.weeks), "expected": s.teaching_weeks},
        "lesson_minutes": s.lesson_minutes,
        "lessons": _sum_document(summary, summary.all, language),
        "participants": [_person_document(summary, p, language) for p in summary.persons],
        "teachers_below_least": [
            {
                "teacher": b.teacher,
                "course": b.course,
                "given": _round(summary.lessons(b.given)),
                "least": _round(summary.lessons(b.least)),
                "weeks": list(map(str, b.weeks)),
            }
            for b in summary.below
        ],
        "tiers": [_tier_document(t) for t in summary.tiers],
        "ordinary_weeks": [
            {"name": name, "weeks": list(map(str, base.weeks)), "tiers": [_tier_document(t) for t in base.tiers]}
            for name, base in sorted(summary.ordinary.items())
        ],
        "made_up": [
            {
                "participant": x.participant,
                "course": x.course,
                "lessons": _round(summary.lessons(x.minutes)),
                "lost": str(x.lost),
                "held": str(x.held),
            }
            for x in summary.won_back
        ],
        "seconds": round(summary.seconds, 1),
        "seed": summary.seed,
        "versions": versions(),
    }


def _person_document(summary: Summary, p: PersonSum, language: str) -> dict[str, Any]:
    return {
        "id": p.id,
        "label": p.label,
        "teaching_weeks": len(p.weeks),
        "lessons_a_week": _round(summary.lessons(p.minutes_a_week)),
        "target": summary.problem.settings.weekly_target,
        "language_school": _round(summary.lessons(p.language_school)),
        "lessons": _sum_document(summary, p.all, language),
        "courses": {c: _sum_document(summary, x, language) for c, x in p.courses.items()},
        "homework": {c: _sum_document(summary, x, language) for c, x in p.study.items()},
    }


def _sum_document(summary: Summary, x: Sum, language: str) -> dict[str, Any]:
    reasons = sorted(x.lost.items(), key=lambda r: (-r[1], r[0].to(language)))
    return {
        "wanted": _round(summary.lessons(x.wanted)),
        "held": _round(summary.lessons(x.held)),
        "made_up": _round(summary.lessons(x.made_up)),
        "lost": _round(summary.lessons(x.lost_minutes)),
        "unmet": _round(summary.lessons(x.unmet)),
        "lost_because": [{"reason": r.to(language), "lessons": _round(summary.lessons(n))} for r, n in reasons],
    }


def _tier_document(t: Tier) -> dict[str, Any]:
    return {"name": t.name, "value": t.value, "bound": t.bound, "proven": t.proven}


def _round(x: float) -> float:
    return round(x, 2)
