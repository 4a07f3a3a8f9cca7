"""How long a region's calendars and pages take: published whole, again unchanged, and after a change of one session.

    python -m benchmarks.publish_region [--teams 200] [--municipalities 19] [--seed 1]

The plan is the one hidden in `make_region`'s tables, held in every week that can hold it; nothing is solved. (The ways
between places are left out, since the hidden plan does not know of them.) Each step is the command line's own
`publish`, in a process of its own: tables and draft are read, what changed is looked over, calendars and pages are
made, read back and written. Seconds are the processor's, so that a busy machine tells the same; `publishing` is the
part of them after reading and looking over, and what a program that has the plan already waits for.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from skemaplan.dates import Week
from skemaplan.plan_file import minutes
from skemaplan.planning.keep import keep
from skemaplan.planning.term import unmet_of
from skemaplan.problem import Problem
from skemaplan.schedule import BaseWeek, Schedule, Session, TermPlan, WeekPlan
from skemaplan.seating import seat
from skemaplan.store import Store
from skemaplan.tables import read
from skemaplan.unroll import teaching_weeks, week_facts

from .make_region import BELLS, Planted, make_region

FIRST, LATER = "2027-01-25T08:00", "2027-03-01T08:00"
RUN = """
import json, resource, sys, time
import skemaplan.publishing.release as releasing
from skemaplan.cli import main
whole, spent = releasing.release, []
def measured(do):
    began = time.process_time()
    done = do()
    spent.append(time.process_time() - began)
    return done
def timed(store, site, plan, *more, **named):
    return measured(lambda: whole(store, site, lambda: measured(plan), *more, **named))
releasing.release = timed
sys.argv = ["skemaplan", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
used = resource.getrusage(resource.RUSAGE_SELF)
said = {"seconds": used.ru_utime + used.ru_stime, "publishing": spent[1] - spent[0], "MB": used.ru_maxrss // 1024}
print("\\n" + json.dumps(said))
"""


def hidden_plan(problem: Problem, planted: list[Planted]) -> TermPlan:
    """The planted week in every week of the term: what a week can't hold is lost in it, with the reason."""
    weeks = teaching_weeks(problem)
    facts = week_facts(problem, weeks[0], standing=True)
    sessions = {_session(p, facts.courses[p.course].days[p.day].place): p.participants for p in planted}
    base, stuck = seat(Schedule(facts, sessions))
    assert not stuck
    bases = {str(weeks[0]): BaseWeek(str(weeks[0]), str(weeks[0]), weeks, (), 1, base)}
    dated = {week: _dated(problem, week, base, str(weeks[0])) for week in weeks}
    return TermPlan(problem, dated, bases, seed=1)


def _session(p: Planted, place: str) -> Session:
    start, end = BELLS[p.first].split("-")[0], BELLS[p.first + p.periods - 1].split("-")[1]
    return Session(p.day, minutes(start), minutes(end), p.course, p.teacher, place, 45 * p.periods)


def _dated(problem: Problem, week: Week, base: Schedule, name: str) -> WeekPlan:
    facts = week_facts(problem, week)
    schedule, lost = keep(problem, week, facts, base)
    return WeekPlan(week, schedule, name, (), (*lost, *unmet_of(facts, base)))


def with_another_room(plan: TermPlan) -> TermPlan:
    """The plan with one session in the middle of the term moved to a room that is free all day."""
    week = sorted(plan.weeks)[len(plan.weeks) // 2]
    dated = plan.weeks[week]
    schedule = dated.schedule
    for s, room in sorted(schedule.rooms.items()):
        taken = {schedule.rooms.get(other) for other in schedule.sessions if other.day == s.day}
        size = len(schedule.attendance[s])
        for other in schedule.facts.rooms.values():
            if other.place == s.place and other.id not in taken and other.seats >= size > 1 and other.id != room:
                moved = replace(dated, schedule=replace(schedule, rooms={**schedule.rooms, s: other.id}))
                return replace(plan, weeks={**plan.weeks, week: moved})
    raise RuntimeError("no room is free")


def steps(term: Path, site: Path, planted: list[Planted]) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Each step by name, and what it took."""
    plan = hidden_plan(read(term), planted)
    Store.of(term).write_draft(plan)
    yield "whole", _published(term, site, FIRST, "--url", "https://skema.example/")
    yield "unchanged", _published(term, site, LATER)
    Store.of(term).write_draft(with_another_room(plan))
    yield "one session changed", _published(term, site, LATER)


def _published(term: Path, site: Path, now: str, *more: str) -> dict[str, float]:
    """What publishing the draft took, and how many files of the site it wrote."""
    before = _files(site)
    arguments = json.dumps(["publish", str(term), "--site", str(site), "--now", now, *more])
    done = subprocess.run([sys.executable, "-c", RUN, arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**took, "files": len(_files(site) - before)}


def _files(site: Path) -> set[tuple[str, int]]:
    found = [p for p in site.rglob("*") if p.name in ("skema.ics", "index.html")]
    return {(str(p), p.stat().st_ino) for p in found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--teams", type=int, default=200)
    parser.add_argument("--municipalities", type=int, default=19)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    region = make_region(given.teams, given.municipalities, given.seed, per_team=7.5)
    del region.tables["travel"]
    with tempfile.TemporaryDirectory() as folder:
        term, site = Path(folder) / "term", Path(folder) / "site"
        region.write(term)
        counts = ", ".join(f"{len(region.tables[name])} {name}" for name in ("participants", "teachers", "rooms"))
        print(counts, flush=True)
        for name, took in steps(term, site, region.plan):
            print(f"{name:20}" + "".join(f"  {key} {value:8.1f}" for key, value in took.items()), flush=True)
        feeds = sorted(site.rglob("skema.ics"), key=lambda p: p.stat().st_size)
        events = sum(p.read_bytes().count(b"BEGIN:VEVENT") for p in feeds)
        pages = max(p.stat().st_size for p in site.rglob("index.html"))
        print(f"{len(feeds)} calendars of {events / len(feeds):.0f} events on the average; the largest is", end=" ")
        print(f"{feeds[-1].stat().st_size / 1000:.0f} kB, the largest page {pages / 1000:.0f} kB")


if __name__ == "__main__":
    main()
