"""Nobody is passed over in vain: what is not looked at again would have come out the same, whatever has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from plans import ROWS, Row, make_plan, small_problem, with_settings

from skemaplan.facts import Commitment, Participant, Place, Teacher
from skemaplan.problem import Problem
from skemaplan.publishing.ledger import Ledger, publish
from skemaplan.publishing.ledger_file import kept_ledger
from skemaplan.publishing.release import release
from skemaplan.publishing.slots import slots_by_person
from skemaplan.publishing.sources import sources
from skemaplan.schedule import Session, TermPlan
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def people(problem: Problem, **changes: object) -> Problem:
    """With these changes of the first participant."""
    first, *others = problem.participants
    return replace(problem, participants=(replace(first, **changes), *others))  # type: ignore[arg-type]


def changes() -> dict[str, Problem]:
    """The small term with one thing or another said otherwise, such as calendars or pages may show."""
    p = small_problem()
    place: Place = replace(p.places[0], shown_as="Huset", link="https://mode.example/new")
    teacher: Teacher = replace(p.teachers[0], label="Underviser 1")
    more: Commitment = replace(p.commitments[0], days=frozenset({2}))
    band = replace(p.teaches[0], least=45, most=450)
    return {
        "nothing": p,
        "label": people(p, label="Deltager Ø"),
        "language": people(p, languages=("ar", "da")),
        "detail": people(p, detail="no_places"),
        "place": replace(p, places=(place, *p.places[1:])),
        "course": replace(p, courses=(replace(p.courses[0], shown_as="Tal"), *p.courses[1:])),
        "teacher": replace(p, teachers=(teacher, *p.teachers[1:])),
        "hours": replace(p, teaches=(band, *p.teaches[1:])),
        "commitment": replace(p, commitments=(more,)),
        "exam": replace(p, absences=p.absences[1:]),
        "mode": replace(p, modes=(replace(p.modes[0], link="https://mode.example/other"),)),
        "names": with_settings(p, show_participants=True),
        "language of the term": with_settings(p, language="en"),
        "calendar": with_settings(p, calendar_name="Skema"),
        "no commitments": with_settings(p, show_commitments=False),
        "reminder": with_settings(p, reminder=30),
        "newcomer": replace(p, participants=(*p.participants, Participant(id="D", label="Deltager D"))),
    }


def files(site: Path) -> dict[str, bytes]:
    found = [p for p in site.rglob("*") if p.is_file() and not p.name.startswith(".")]
    return {str(p.relative_to(site)): p.read_bytes() for p in found}


def rows(random: Random) -> tuple[Row, ...]:
    """The rows with some sessions to come left out or moved by an hour."""
    found: list[Row] = []
    for row in ROWS:
        way = random.random()
        if row[0] < "2026-04-01" or way < 0.6:
            found.append(row)
        elif way < 0.8:
            found.append((row[0], "14:00-14:45", *row[2:]))
    return tuple(found)


def said(ledger: Ledger) -> dict[str, list[object]]:
    """What a ledger says of each, but for the identities of new entries, which are by chance."""
    return {
        p: [(e.slot, e.created, e.modified, e.sequence, e.cancelled, e.change, e.seen) for e in entries.values()]
        for p, entries in ledger.feeds.items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_who_is_passed_over_would_be_the_same(tmp_path: Path, seed: int) -> None:
    """Published step by step, against looking at everybody and making every file each time."""
    random, store, site = Random(seed), Store(tmp_path / "state"), tmp_path / "site"
    terms = changes()
    for n in range(5):
        now = NOW + timedelta(days=n)
        plan = make_plan(random.choice(list(terms.values())), rows(random))
        before = kept_ledger(store) or Ledger()
        whole = publish(plan, replace(before, sources={}), now)
        done = release(store, site, plan, now, really=True)
        assert said(done.published.ledger) == said(whole.ledger)

        stamp, found = site / ".skemaplan.json", files(site)
        stamp.write_text(stamp.read_text().replace('"made": {', '"forgotten": {'))
        again = release(store, site, plan, now, really=True)
        assert (again.site.written, files(site)) == ((), found)


def test_a_file_that_is_not_as_it_was_made_is_made_again(tmp_path: Path) -> None:
    store, site, plan = Store(tmp_path / "state"), tmp_path / "site", make_plan()
    token = release(store, site, plan, NOW).site.links["A"]
    right = files(site)
    for name in ("skema.ics", "index.html"):
        (site / "f" / token / name).write_bytes(right[f"f/{token}/{name}"][:-9])
    release(store, site, plan, NOW)
    assert files(site) == right


def test_a_change_is_seen_by_those_whom_it_is_about() -> None:
    terms = changes()
    before = sources(make_plan(terms["nothing"]))
    touched = {
        name: {who for who, of in sources(make_plan(problem)).items() if of != before.get(who)}
        for name, problem in terms.items()
    }
    assert touched["nothing"] == set()
    assert touched["label"] == touched["language"] == touched["detail"] == touched["exam"] == {"A"}
    assert touched["commitment"] == {"A"}
    assert touched["newcomer"] == {"D"}
    assert touched["teacher"] == touched["hours"] == {"U-MAT"}
    assert touched["place"] == touched["course"] == touched["reminder"] == set(before)


def test_homework_at_another_time_is_seen_by_whose_it_is() -> None:
    plan = make_plan()
    week, dated = min(plan.weeks.items())

    def with_homework(start: int) -> TermPlan:
        study = {Session(3, start, start + 45, "eng", "", "stob", 45): frozenset({"B"})}
        schedule = replace(dated.schedule, study=study)
        return replace(plan, weeks={**plan.weeks, week: replace(dated, schedule=schedule)})

    early, late = with_homework(510), with_homework(555)
    differing = {who for who, slots in slots_by_person(early).items() if slots != slots_by_person(late)[who]}
    one, two = sources(early), sources(late)
    assert {who for who in one if one[who] != two[who]} == differing == {"B"}
