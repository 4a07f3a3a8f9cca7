"""The state folder: plans written and read back, versions kept, nothing half, nobody else at the same time."""

import json
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from cli_terms import change, files, run, smallest
from plans import ROWS, changed, make_plan, small_problem, with_settings

from skemaplan.errors import Refused
from skemaplan.plan_file import fingerprint, plan_document, to_text
from skemaplan.schedule import TermPlan
from skemaplan.store import Store, plan_digest, state_folder


def publish(store: Store, version: int, plan: TermPlan) -> None:
    store.write_published(version, plan, None)
    store.write("ledger.json", {"version": version})


def test_a_draft_is_read_back_as_it_was(tmp_path: Path) -> None:
    plan = make_plan()
    store = Store(tmp_path)
    store.write_draft(plan)
    draft = store.draft(plan.problem)
    assert draft is not None
    assert draft.plan == plan
    assert not draft.stale
    assert draft.based_on == 0


def test_the_file_is_the_same_whatever_the_order_of_the_rows() -> None:
    problem = small_problem()
    turned = replace(problem, participants=problem.participants[::-1], teaches=problem.teaches[::-1])
    a, b = make_plan(problem), make_plan(turned, ROWS[::-1])
    assert to_text(plan_document(a)) == to_text(plan_document(b))
    assert plan_digest(a) == plan_digest(b)


def test_a_diff_shows_one_line_for_one_session() -> None:
    before = to_text(plan_document(make_plan())).splitlines()
    moved = changed(ROWS, {3: ("2026-04-01", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B")})
    after = to_text(plan_document(make_plan(rows=moved))).splitlines()
    gone = [line for line in set(before) - set(after) if "participants" in line]
    assert len(gone) == 1
    assert json.loads("\n".join(before)) == plan_document(make_plan())


def test_a_draft_of_other_tables_is_stale(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write_draft(make_plan())
    draft = store.draft(with_settings(small_problem(), weekly_target=19))
    assert draft is not None
    assert draft.stale
    assert fingerprint(small_problem()) != fingerprint(with_settings(small_problem(), weekly_target=19))


def test_every_published_version_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = make_plan(), make_plan(rows=ROWS[1:])
    assert store.published(first.problem) is None
    publish(store, 1, first)
    publish(store, 2, second)
    assert store.versions == (1, 2)
    assert store.published(first.problem) == second
    assert store.published(first.problem, 1) == first
    with pytest.raises(Refused, match="no published version 3"):
        store.published(first.problem, 3)


def test_a_version_without_its_ledger_was_not_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, 1, make_plan())
    store.write("published/0002.json", {"plan": {}})
    assert store.version == 1
    with pytest.raises(Refused, match="no published version 2"):
        store.published(small_problem(), 2)


def test_a_version_edited_by_hand_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, 1, make_plan())
    path = tmp_path / "published" / "0001.json"
    path.write_text(path.read_text().replace("08:30", "08:45"))
    with pytest.raises(Refused, match="edited by hand"):
        store.published(small_problem())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format": 99}', "newer skemaplan"),
        ("{", "can't be read"),
        ("[]", "not skemaplan's own"),
        ('{"format": 1, "plan": {"weeks": {"2026-W99": {}}}}', "can't be read"),
        ('{"format": 1}', "can't be read"),
    ],
)
def test_a_draft_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "draft.json").write_text(text)
    with pytest.raises(Refused, match=message) as caught:
        Store(tmp_path).draft(small_problem())
    assert caught.value.exit_code == 3


def test_what_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.write_draft(make_plan())
    before = (tmp_path / "draft.json").stat()
    assert not store.write_draft(make_plan())
    assert (tmp_path / "draft.json").stat().st_ino == before.st_ino


def test_the_state_lies_in_the_folder_or_beside_the_workbook(tmp_path: Path) -> None:
    assert state_folder(tmp_path) == tmp_path / "state"
    assert state_folder(tmp_path / "autumn.xlsx") == tmp_path / "autumn.state"


def test_two_at_once_are_told_who_holds_it(tmp_path: Path) -> None:
    with Store(tmp_path).held(), pytest.raises(Refused, match=f"process {os.getpid()}"), Store(tmp_path).held():
        pass
    with Store(tmp_path).held():
        assert "backup" in (tmp_path / "README.txt").read_text()


def _hold(folder: Path) -> None:
    with Store(folder).held():
        (folder / "holding").touch()
        time.sleep(60)


def test_the_lock_dies_with_its_owner(tmp_path: Path) -> None:
    other = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path,))
    other.start()
    while not (tmp_path / "holding").exists():
        time.sleep(0.01)
    with pytest.raises(Refused, match=f"process {other.pid}"), Store(tmp_path).held():
        pass
    assert other.pid is not None
    os.kill(other.pid, signal.SIGKILL)
    other.join()
    with Store(tmp_path).held():
        pass


@pytest.mark.parametrize(
    "call",
    [
        ("plan", "--quiet"),
        ("plan", "--quiet", "--anew"),
        ("change", "close", "2027-02-09", "--reason", "x"),
        ("show",),
        ("publish", "--site", "site"),
    ],
)
def test_a_draft_of_a_newer_skemaplan_is_refused_by_name_and_stays(call: tuple[str, ...], tmp_path: Path) -> None:
    term = smallest(tmp_path / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    change(term / "state" / "draft.json", '"based_on": 0,\n "format": 1', '"based_on": 0,\n "format": 99')
    before = files(term)
    words = [*call[:2], term, *call[2:]] if call[0] == "change" else [call[0], term, *call[1:]]
    told = run(*words, "--language", "en")
    assert told.exit_code == 3
    assert "draft.json was written by a newer skemaplan (format 99, not 1). Update skemaplan." in told.output
    assert files(term) == before
