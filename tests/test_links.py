"""Links for people, and a site read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from plans import ROWS, changed, make_plan, small_problem

from skemaplan.errors import Refused
from skemaplan.publishing.address import TOKEN
from skemaplan.publishing.feed import feed
from skemaplan.publishing.links import Ending, end, links, renew, revoke, token_of
from skemaplan.publishing.reading import read_feed
from skemaplan.publishing.release import Release, kept_addresses, release
from skemaplan.publishing.verifying import verify_site
from skemaplan.schedule import TermPlan
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def first(store: Store, site: Path) -> Release:
    return release(store, site, make_plan(), NOW)


def urls(store: Store, site: Path) -> dict[str, str]:
    return {link.person: link.url for link in links(store, site, small_problem(), "https://skema.example/")}


def file_of(site: Path, token: str) -> bytes:
    return (site / "f" / token / "skema.ics").read_bytes()


def test_a_link_for_each(first: Release, store: Store, site: Path) -> None:
    found = links(store, site, small_problem(), "https://skema.example/")
    assert [(x.person, x.label, x.kind) for x in found[:3]] == [(p, f"Deltager {p}", "participant") for p in "ABC"]
    assert [x.kind for x in found[3:]] == ["teacher"] * 3 + ["room"] * 2
    assert found[0].url == f"https://skema.example/f/{first.site.links['A']}/skema.ics"
    assert found[0].page == f"https://skema.example/f/{first.site.links['A']}/"
    assert token_of(store, site, first.site.links["A"]) == "A"
    assert token_of(store, site, "x" * 32) is None


def test_a_new_link_and_a_grave_at_the_old(first: Release, store: Store, site: Path) -> None:
    old, others = first.site.links["A"], {p: u for p, u in urls(store, site).items() if p != "A"}
    token = renew(store, site, small_problem(), "A", LATER)
    assert TOKEN.fullmatch(token)
    assert file_of(site, token) == feed(first.published, "A")
    [event] = read_feed(file_of(site, old))
    assert event.summary == "Dette skema er flyttet. Spørg i administrationen om et nyt link."
    assert (event.start, event.transparent) == (datetime(2026, 3, 2, tzinfo=UTC), True)
    assert {p: u for p, u in urls(store, site).items() if p != "A"} == others
    done = release(store, site, make_plan(rows=ROWS[1:]), LATER)
    assert file_of(site, token) == feed(done.published, "A")
    assert len(read_feed(file_of(site, old))) == 1
    assert not done.site.links
    assert verify_site(site, done.published, kept_addresses(store)) == ()


def test_event_32_a_revoked_link_stays_so_until_it_is_renewed(first: Release, store: Store, site: Path) -> None:
    revoke(store, site, small_problem(), "A", LATER)
    assert urls(store, site)["A"] == ""
    assert len(read_feed(file_of(site, first.site.links["A"]))) == 1
    done = release(store, site, make_plan(rows=ROWS[1:]), LATER)
    assert not done.site.links
    assert urls(store, site)["A"] == ""
    token = renew(store, site, small_problem(), "A", LATER)
    assert file_of(site, token) == feed(done.published, "A")
    assert len(read_feed(file_of(site, first.site.links["A"]))) == 1


def test_nothing_is_left_of_old_links_after_the_term(first: Release, store: Store, site: Path) -> None:
    old = first.site.links["A"]
    token = renew(store, site, small_problem(), "A", LATER)
    release(store, site, make_plan(), datetime(2026, 10, 30, 12, tzinfo=UTC))
    assert (site / "f" / old / "skema.ics").exists()
    done = release(store, site, make_plan(), datetime(2026, 10, 31, 12, tzinfo=UTC))
    assert not (site / "f" / old / "skema.ics").exists()
    assert file_of(site, token) == feed(done.published, "A")


def leaving_plan() -> TermPlan:
    """Deltager C leaves on the last day of June, and the plan knows it."""
    problem = small_problem()
    c = replace(problem.participants[2], end=date(2026, 6, 30))
    rows = tuple((*r[:5], r[5].replace("C", "").strip()) if r[0] > "2026-06-30" else r for r in ROWS)
    return make_plan(replace(problem, participants=(*problem.participants[:2], c)), rows)


def test_who_leaves_has_an_end_from_the_next_day_without_any_publishing(store: Store, site: Path) -> None:
    plan = leaving_plan()
    done = release(store, site, plan, NOW)
    last_evening = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)  # 23:59 in Copenhagen
    assert end(store, site, plan.problem, last_evening) == Ending((), ())
    files = {p: p.read_bytes() for p in site.rglob("skema.ics")}
    assert end(store, site, plan.problem, last_evening + timedelta(minutes=1)) == Ending(("C",), ())
    [event] = read_feed(file_of(site, done.site.links["C"]))
    assert (event.summary, event.start.date()) == ("Dette skema er slut.", date(2026, 7, 1))
    assert {p.parent.name for p, old in files.items() if p.read_bytes() != old} == {done.site.links["C"]}
    assert end(store, site, plan.problem, last_evening + timedelta(days=9)) == Ending((), ()), "once is enough"
    again = release(store, site, plan, last_evening + timedelta(days=9))
    assert (again.is_new, again.site.written) == (False, ())
    assert verify_site(site, again.published, kept_addresses(store)) == ()


def test_who_goes_on_by_what_is_published_is_not_cut_off(first: Release, store: Store, site: Path) -> None:
    """A wrong date in the table, or one that nobody has published, ends no calendar."""
    served = file_of(site, first.site.links["C"])
    ending = end(store, site, leaving_plan().problem, datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert ending == Ending((), ("C",))
    assert file_of(site, first.site.links["C"]) == served


def test_who_has_no_link_is_refused(store: Store, site: Path) -> None:
    with pytest.raises(Refused, match="Publish first"):
        renew(store, site, small_problem(), "A")
    release(store, site, make_plan(), NOW)
    with pytest.raises(Refused, match="Z has no link"):
        revoke(store, site, small_problem(), "Z")


def test_a_site_as_it_should_be(first: Release, store: Store, site: Path) -> None:
    assert verify_site(site, first.published, kept_addresses(store)) == ()


def test_a_site_that_is_not_says_what(first: Release, store: Store, site: Path) -> None:
    def path(person: str) -> Path:
        return site / "f" / first.site.links[person] / "skema.ics"

    path("A").write_bytes(path("A").read_bytes().replace(b"T083000", b"T084500", 1))
    path("B").write_bytes(path("B").read_bytes()[:-100])
    path("C").unlink()
    path("U-MAT").write_bytes(path("U-MAT").read_bytes().replace(b"\r\n", b"\n"))
    said = [str(t) for t in verify_site(site, first.published, kept_addresses(store))]
    assert len(said) == 5
    assert any(s.startswith("The calendar of A: 2026-03-23 07:45 UTC Sprogskole is too much") for s in said)
    assert any(s.startswith("The calendar of A: 2026-03-23 07:30 UTC Sprogskole is missing") for s in said)
    assert any(s.startswith("The calendar of B can't be read") for s in said)
    assert "The calendar of C is missing." in said
    assert any(s.startswith("The calendar of U-MAT can't be read") for s in said)


def test_a_plan_that_was_not_published_is_seen(first: Release, store: Store, site: Path) -> None:
    moved = changed(ROWS, {3: ("2026-04-01", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B")})
    other = type(first.published)(make_plan(rows=moved), first.published.ledger)
    said = [str(t) for t in verify_site(site, other, kept_addresses(store))]
    assert f"A, {date(2026, 3, 31)} 08:30: the plan and what was published differ." in said
    assert f"A, {date(2026, 4, 1)} 08:30: the plan and what was published differ." in said
    assert len(said) == 8
