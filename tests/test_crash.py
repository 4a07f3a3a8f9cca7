"""Killed or out of space at any moment: what `plan`, `publish` and `link` leave is the old or the new, never a mixture.

Every write, rename and forcing to the disk is a step; each is made to fail in turn, until nothing fails. (What
`publish` does step by step is in test_site.)
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_terms import change, run, smallest
from plans import ROWS, small_problem
from test_site import MOVED, Failing, Killed, Quick, Term, three_feeds

from skemaplan.errors import Refused
from skemaplan.publishing.ledger_file import kept_ledger
from skemaplan.publishing.links import links, renew, revoke
from skemaplan.publishing.reading import read_feed
from skemaplan.publishing.release import kept_addresses
from skemaplan.publishing.verifying import verify_site
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FAILURES = [OSError(28, "No space left on device"), Killed()]
NAMES = ["full disk", "killed"]


def steps(folder: Path, base: Path) -> Iterator[tuple[int, Path]]:
    """A copy of a folder for each step; the caller breaks off when nothing fails any more."""
    for step in range(1, 200):
        copy = folder / str(step)
        shutil.copytree(base, copy)
        yield step, copy
    raise AssertionError("it never comes to an end")


@pytest.mark.parametrize("error", FAILURES, ids=NAMES)
def test_planning_leaves_the_old_draft_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    base = smallest(tmp_path / "base" / "term")
    assert run("plan", base, "--quiet").exit_code == 0
    old = (base / "state" / "draft.json").read_bytes()
    change(base / "teachers.csv", "tue fri,08:30,12:00", "tue fri,10:15,14:00")
    done = 0
    for step, copy in steps(tmp_path, tmp_path / "base"):
        term = copy / "term"
        monkeypatch.setattr("skemaplan.store.Disk", lambda step=step: Failing(step, error))
        try:
            code = run("plan", term, "--quiet").exit_code
        except Killed:
            code = -9
        monkeypatch.setattr("skemaplan.store.Disk", Quick)
        left = (term / "state" / "draft.json").read_bytes()
        if code == 0:
            break
        assert code in (3, -9)
        assert run("plan", term, "--quiet").exit_code == 0, "the lock went with its owner"
        new = (term / "state" / "draft.json").read_bytes()
        assert left in (old, new)
        done += left == old
    assert left == new != old
    assert done >= 2


Verb = Callable[[Store, Path], object]
VERBS: dict[str, Verb] = {
    "renew": lambda store, site: renew(store, site, small_problem(), "A", LATER),
    "revoke": lambda store, site: revoke(store, site, small_problem(), "A", LATER),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("error", FAILURES, ids=NAMES)
def test_a_link_is_the_old_or_the_new(tmp_path: Path, verb: str, error: BaseException) -> None:
    """The old link shows its calendar or its end, never less; what nobody was told of opens nothing afterwards."""
    base = Term(tmp_path / "base")
    base.site.parent.mkdir()
    plan = three_feeds(())
    first = base.released(plan, NOW)
    old_files, token = base.files(), first.site.links["A"]
    for step, copy in steps(tmp_path, tmp_path / "base"):
        term = Term(copy)
        term.store.disk = Failing(step, error)
        try:
            VERBS[verb](term.store, term.site)
            failed = False
        except (Refused, Killed):
            failed = True
        served = read_feed((term.site / "f" / token / "skema.ics").read_bytes())
        assert len(served) in (len(read_feed(old_files[f"f/{token}/skema.ics"])), 1)
        term.store.disk = Quick()
        address = next(a for a in kept_addresses(term.store).all if a.person == "A")
        if failed and isinstance(error, OSError) and address.state == "live":
            assert term.files() == old_files, "refused with nothing changed"
        done = term.released(plan, LATER)
        assert verify_site(term.site, done.published, kept_addresses(term.store)) == ()
        shown = {x.url.split("/")[2] for x in links(term.store, term.site, plan.problem) if x.url}
        full = {p.parent.name for p in term.site.rglob("skema.ics") if len(read_feed(p.read_bytes())) != 1}
        assert full <= shown, "a calendar that nobody has the link to"
        if not failed:
            break
    assert step > 8


KILL = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from skemaplan.disk import Disk
from test_site import MOVED, Term, three_feeds

left = int(sys.argv[2])
def dying(name):
    real = getattr(Disk, name)
    def step(self, *args):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, *args)
    return step
for name in ("write", "lay", "force", "rename", "sync", "make", "stamp"):
    setattr(Disk, name, dying(name))
Term(Path(sys.argv[1])).released(three_feeds(MOVED), datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.parametrize("step", [4, 9, 14, 20, 26])
def test_a_publisher_that_is_really_killed(tmp_path: Path, step: int) -> None:
    term = Term(tmp_path)
    term.released(three_feeds(ROWS), NOW)
    old = term.files()
    call = [sys.executable, "-c", KILL, str(tmp_path), str(step), LATER.isoformat()]
    path = {"PYTHONPATH": ":".join(p for p in sys.path if p)}
    killed = subprocess.run(call, env=path, capture_output=True, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    ledger = kept_ledger(term.store)
    assert ledger is not None
    left = term.files()
    done = term.released(three_feeds(MOVED), LATER)
    new = term.files()
    assert new == term.of(done.published)
    assert ledger.version == 2 or left == old
    assert all(data in (old[name], new[name]) for name, data in left.items())
