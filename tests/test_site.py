"""The site: what lies in it, what is written and what is left alone, who is refused, and that nothing is ever half."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from plans import ROWS, Row, changed, make_plan, small_problem, with_settings

from skemaplan.disk import Disk
from skemaplan.errors import Refused
from skemaplan.problem import Problem
from skemaplan.publishing.address import TOKEN, Addresses, digest_of
from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.ledger_file import kept_ledger
from skemaplan.publishing.page import page
from skemaplan.publishing.reading import read_feed
from skemaplan.publishing.release import Release, kept_addresses, release
from skemaplan.publishing.site import publish_to
from skemaplan.publishing.site_folder import Site
from skemaplan.schedule import TermPlan
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MOVED = changed(ROWS, {3: ("2026-04-01", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B")})


class Term:
    """A term folder and a site, published again and again."""

    def __init__(self, folder: Path) -> None:
        self.store, self.site = Store(folder / "state"), folder / "site"

    def release(self, rows: tuple[Row, ...] = ROWS, now: datetime = NOW, **how: bool) -> Release:
        return self.released(make_plan(rows=rows), now, **how)

    def released(self, plan: TermPlan, now: datetime, **how: bool) -> Release:
        return release(self.store, self.site, plan, now, **how)  # type: ignore[arg-type]

    def files(self) -> dict[str, bytes]:
        """What a web server would show, and no more."""
        found = [p for p in self.site.rglob("*") if p.is_file() and not p.name.startswith(".")]
        return {str(p.relative_to(self.site)): p.read_bytes() for p in found}

    def of(self, published: Published) -> dict[str, bytes]:
        """What the site must show for these links."""
        site = Site.at(self.site)
        files = {"robots.txt": b"User-agent: *\nAllow: /\n"}
        for a in kept_addresses(self.store).on(site.id):
            where = f"f/{site.tokens[a.digest]}"
            files[f"{where}/skema.ics"] = feed(published, a.person)
            files[f"{where}/index.html"] = page(published, a.person, url=site.url_of(a)).encode()
        return files


@pytest.fixture
def term(tmp_path: Path) -> Term:
    return Term(tmp_path)


def test_one_feed_for_each_person_and_room(term: Term) -> None:
    done = term.release()
    assert done.is_new
    assert set(done.site.links) == {"A", "B", "C", "U-MAT", "U-ENG", "KOORD", "Lokale 1", "Lokale 2"}
    assert done.site.written == tuple(sorted(done.site.links))
    assert term.files() == term.of(done.published)
    for person, token in done.site.links.items():
        assert TOKEN.fullmatch(token)
        assert (term.site / "f" / token / "skema.ics").read_bytes() == feed(done.published, person)


def test_the_state_holds_no_link(term: Term) -> None:
    done = term.release()
    said = b"".join(p.read_bytes() for p in term.store.folder.rglob("*") if p.is_file())
    for token in done.site.links.values():
        assert token.encode() not in said
        assert digest_of(token).encode() in said
    assert all(token.encode() not in feed(done.published, p) for p, token in done.site.links.items())


def test_publishing_again_writes_nothing(term: Term) -> None:
    term.release()
    before = {p: p.stat().st_ino for p in term.site.rglob("*") if p.is_file()}
    state = {p: p.read_bytes() for p in term.store.folder.rglob("*") if p.is_file()}
    again = term.release(now=LATER)
    assert (again.is_new, again.site.written, again.site.unchanged, dict(again.site.links)) == (False, (), 8, {})
    assert {p: p.stat().st_ino for p in term.site.rglob("*") if p.is_file()} == before
    assert {p: p.read_bytes() for p in state} == state


def test_only_what_changed_is_written_and_its_time_is_later(term: Term) -> None:
    links = term.release().site.links
    paths = {who: term.site / "f" / token / "skema.ics" for who, token in links.items()}
    times = {who: path.stat().st_mtime for who, path in paths.items()}
    done = term.release(MOVED, NOW)
    assert (done.site.written, done.site.unchanged) == (("A", "B", "Lokale 1", "U-MAT"), 4)
    assert done.published.ledger.version == 2
    for who, path in paths.items():
        assert path.stat().st_mtime == times[who] + (1 if who in done.site.written else 0)


def test_the_address_of_the_site_is_kept(term: Term) -> None:
    plan = make_plan()
    release(term.store, term.site, plan, NOW, url="https://skema.example/")
    links = kept_addresses(term.store).on(Site.at(term.site).id)
    before = term.files()
    assert all(Site.at(term.site).url_of(a).startswith("https://skema.example/f/") for a in links)
    assert any(b"https://skema.example/f/" in data for name, data in before.items() if name.endswith(".html"))
    again = release(term.store, term.site, plan, LATER)
    assert (again.site.written, term.files()) == ((), before)


def test_files_of_somebody_else_are_left_alone(term: Term) -> None:
    term.site.mkdir()
    theirs = {"index.html": b"hello", "f/other/skema.ics": b"theirs", "robots.txt": b"User-agent: *\nDisallow: /f/\n"}
    for name, data in theirs.items():
        (term.site / name).parent.mkdir(parents=True, exist_ok=True)
        (term.site / name).write_bytes(data)
    done = term.release()
    assert {name: term.files()[name] for name in theirs} == theirs
    robots, strangers = map(str, done.site.notes)
    assert robots.startswith("robots.txt in the site forbids paths")
    assert strangers.endswith("a web server may show them: f/other, index.html.")
    assert [str(note) for note in term.release(MOVED, LATER).site.notes] == [robots, strangers]


def test_our_own_files_are_no_strangers(term: Term) -> None:
    term.release()
    (term.site / ".robots.txt.new").write_bytes(b"half")
    assert term.release(MOVED, LATER).site.notes == ()


def test_losing_more_than_a_third_needs_really(term: Term) -> None:
    term.release()
    before = term.files()
    few = changed(ROWS, {3: None, 4: None, 6: None})
    with pytest.raises(Refused, match=r"more than a third.*U-MAT"):
        term.release(few, LATER)
    assert term.files() == before
    assert term.store.version == 1
    done = term.release(few, LATER, really=True)
    assert term.files() == term.of(done.published)


def test_who_has_left_has_an_end_and_nothing_else(term: Term) -> None:
    problem = small_problem()
    links = term.released(make_plan(problem), NOW).site.links
    c = replace(problem.participants[2], end=date(2026, 6, 30))
    rows = tuple((*r[:5], r[5].replace("C", "").strip()) if r[0] > "2026-06-30" else r for r in ROWS)
    leaving = replace(problem, participants=(*problem.participants[:2], c))
    path = term.site / "f" / links["C"] / "skema.ics"
    before_end = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
    term.released(make_plan(leaving, rows), before_end, really=True)
    assert len(read_feed(path.read_bytes())) == 5
    term.released(make_plan(leaving, rows), before_end + timedelta(days=1))
    [event] = read_feed(path.read_bytes())
    assert (event.summary, event.start.date(), event.transparent) == ("Dette skema er slut.", date(2026, 7, 1), True)
    served = path.read_bytes()
    term.released(make_plan(leaving, rows), before_end + timedelta(days=30))
    assert path.read_bytes() == served
    back: Problem = replace(problem, participants=(*problem.participants[:2], replace(c, end=None)))
    done = term.released(make_plan(back, rows), before_end + timedelta(days=31))
    assert path.read_bytes() == feed(done.published, "C")


def test_who_is_not_in_the_tables_any_more_has_an_end(term: Term) -> None:
    problem = small_problem()
    links = term.released(make_plan(problem), NOW).site.links
    rows = tuple((*r[:5], r[5].replace("C", "").strip()) for r in ROWS)
    without = make_plan(replace(problem, participants=problem.participants[:2]), rows)
    with pytest.raises(Refused, match="C"):
        term.released(without, LATER)
    term.released(without, LATER, really=True)
    [event] = read_feed((term.site / "f" / links["C"] / "skema.ics").read_bytes())
    assert event.summary == "Dette skema er slut."


def test_another_site_has_links_of_its_own(term: Term) -> None:
    here = term.release().site.links
    first, term.site = term.site, term.site.with_name("trial")
    there = term.release().site.links
    assert set(here) == set(there)
    assert not set(here.values()) & set(there.values())
    term.site = first
    done = term.release(MOVED, LATER)
    assert not done.site.links
    assert term.files() == term.of(done.published)


def test_a_folder_that_was_lost_is_made_anew(term: Term) -> None:
    links = term.release().site.links
    shutil.rmtree(term.site / "f" / links["A"])
    done = term.release(now=LATER)
    assert set(done.site.links) == {"A"}
    assert (term.site / "f" / done.site.links["A"] / "skema.ics").read_bytes() == feed(done.published, "A")


def test_an_older_ledger_is_refused(term: Term) -> None:
    term.release()
    shutil.copytree(term.store.folder, term.store.folder.with_name("backup"))
    term.release(MOVED, LATER)
    before = term.files()
    term.store = Store(term.store.folder.with_name("backup"))
    with pytest.raises(Refused, match="older copy"):
        term.release(changed(ROWS, {4: None}), LATER)
    assert (term.files(), term.store.version) == (before, 1)


def test_two_machines_with_a_copy_each_are_refused(term: Term) -> None:
    term.release()
    other = Term(term.site.parent)
    other.store = Store(term.store.folder.with_name("other machine"))
    shutil.copytree(term.store.folder, other.store.folder)
    term.release(MOVED, LATER)
    with pytest.raises(Refused, match="another machine"):
        other.release(changed(ROWS, {4: None}), LATER)


def test_a_lost_ledger_is_refused(term: Term) -> None:
    term.release()
    shutil.rmtree(term.store.folder)
    with pytest.raises(Refused, match="another ledger"):
        term.release(now=LATER)


def test_a_moved_or_restored_folder_goes_on(term: Term) -> None:
    one = term.release()
    term.store.folder.rename(term.store.folder.with_name("moved"))
    term.store = Store(term.store.folder.with_name("moved"))
    two = term.release(MOVED, LATER)
    assert not two.site.links
    assert set(two.published.ledger.feeds["A"]) == set(one.published.ledger.feeds["A"])


def test_a_stamp_that_is_none_is_refused(term: Term) -> None:
    term.release()
    (term.site / ".skemaplan.json").write_text("{}")
    with pytest.raises(Refused, match="can't be read"):
        term.release(MOVED, LATER)


def test_a_read_only_site_is_refused_with_nothing_changed(term: Term) -> None:
    term.site.write_bytes(b"a file, not a folder")
    with pytest.raises(Refused, match="could not be written"):
        term.release()
    assert term.store.version == 0


def test_two_publishers_at_once(term: Term) -> None:
    """One of them does it; the other is told, and both leave a whole site."""
    told: list[Refused] = []

    def go() -> None:
        try:
            term.release(MOVED)
        except Refused as refused:
            told.append(refused)

    with term.store.held():
        thread = threading.Thread(target=go)
        thread.start()
        thread.join()
    assert ["Somebody else" in str(r) for r in told] == [True]
    done = term.release(MOVED)
    assert term.files() == term.of(done.published)


def test_a_library_needs_no_files_but_the_site(tmp_path: Path) -> None:
    published = publish(make_plan(), None, NOW)
    report = publish_to(tmp_path / "site", published, now=NOW)
    again = publish_to(tmp_path / "site", published, report.addresses, now=NOW)
    assert (len(report.written), again.written, again.unchanged) == (8, (), 8)
    assert isinstance(again.addresses, Addresses)


class Quick(Disk):
    """A disk that forces nothing, so that hundreds of publishings take seconds."""

    def write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)

    def force(self, paths: Iterable[Path]) -> None:
        return

    def sync(self, folder: Path) -> None:
        return


class Failing(Quick):
    """A disk of which the n-th operation fails: with an error (a full disk), or by death (`Killed`)."""

    def __init__(self, fail_at: int, error: BaseException) -> None:
        self.left, self.error = fail_at, error

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error

    def write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        self.step()
        super().write(path, data)

    def lay(self, path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        self.step()
        super().lay(path, data)

    def force(self, paths: Iterable[Path]) -> None:
        self.step()

    def rename(self, old: Path, new: Path) -> None:
        self.step()
        super().rename(old, new)

    def sync(self, folder: Path) -> None:
        self.step()

    def make(self, folder: Path) -> None:
        self.step()
        super().make(folder)

    def stamp(self, path: Path, seconds: int) -> None:
        self.step()
        super().stamp(path, seconds)

    def remove(self, path: Path) -> None:
        if isinstance(self.error, Killed) and self.left <= 0:
            raise self.error  # the dead clean up nothing
        super().remove(path)


class Killed(BaseException):
    """The process is gone."""


def three_feeds(rows: tuple[Row, ...]) -> TermPlan:
    """Two weeks of one participant, one teacher and one room: every step is there, and few of them."""
    problem = with_settings(small_problem(), end=date(2026, 4, 3))
    one = replace(
        problem,
        participants=problem.participants[:1],
        teachers=problem.teachers[:1],
        teaches=problem.teaches[:1],
        courses=problem.courses[:1],
        rooms=problem.rooms[:1],
        modes=(),
        absences=(),
        closures=(),
    )
    return make_plan(one, tuple((*r[:5], "A") for r in rows if r[2] == "mat" and r[0] < "2026-04-06"))


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Killed()], ids=["full disk", "killed"])
def test_whatever_fails_at_whichever_step_leaves_old_or_new(tmp_path: Path, error: BaseException) -> None:
    """Counts the steps until none fails. Every file is the old or the new one; the store is one version or the other;
    before the moment of publishing nothing has changed; and the next publishing puts all right."""
    base = Term(tmp_path / "base")
    base.site.parent.mkdir()
    before, after = three_feeds(ROWS), three_feeds(MOVED)
    old = base.released(before, NOW)
    old_files = base.files()
    step, failed = 0, True
    while failed:
        step += 1
        folder = tmp_path / str(step)
        shutil.copytree(tmp_path / "base", folder)
        term = Term(folder)
        term.store.disk = Failing(step, error)
        try:
            term.released(after, LATER)
            failed = False
        except (Refused, Killed):
            pass
        ledger = kept_ledger(term.store)
        assert ledger is not None
        assert ledger.version in (1, 2)
        plan = before if ledger.version == 1 else after
        assert term.store.published(plan.problem) == plan
        new_files = term.of(publish(after, old.published.ledger, LATER))
        if ledger.version == 1:
            assert term.files() == old_files
        assert all(data in (old_files[name], new_files[name]) for name, data in term.files().items())
        term.store.disk = Quick()
        done = term.released(after, LATER)
        assert term.files() == term.of(done.published) == new_files
        leftovers = [p for p in folder.rglob("*.new") if isinstance(error, OSError)]
        assert not leftovers
    assert step > 30


def test_a_first_publishing_killed_at_any_step_can_be_done_again(tmp_path: Path) -> None:
    plan = three_feeds(ROWS)
    step, failed = 0, True
    while failed:
        step += 1
        folder = tmp_path / str(step)
        folder.mkdir()
        term = Term(folder)
        term.store.disk = Failing(step, Killed())
        try:
            term.released(plan, NOW)
            failed = False
        except Killed:
            pass
        term.store.disk = Quick()
        done = term.released(plan, NOW)
        site = term.files()
        assert {n: site[n] for n in term.of(done.published)} == term.of(done.published)
        for name, data in site.items():
            assert not name.endswith(".ics") or isinstance(read_feed(data), tuple)
        assert len(list((term.site / "f").iterdir())) == 3
    assert step > 30


def test_a_disk_forces_what_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", forced.append)
    Store(tmp_path).write("draft.json", {})
    assert len(forced) == 2  # the file, then the folder
    Store(tmp_path).add("more", [("1.json", "one"), ("2.json", "two")])
    assert len(forced) == 5  # two files, then the folder
