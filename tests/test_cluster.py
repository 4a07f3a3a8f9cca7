"""A real cluster of two worker processes on this machine, one of which is killed; and addresses that answer nothing."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from towns import town

from skemaplan.cli import main
from skemaplan.errors import InputError
from skemaplan.planning.cluster import cluster
from skemaplan.planning.scale import solve_week
from skemaplan.planning.units import Crew, Unit
from skemaplan.rules import STANDARD
from skemaplan.solving import Effort

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50, host="127.0.0.1"
    ) as local:
        yield local.scheduler_address


def test_a_cluster_makes_the_same_plan(scheduler: str) -> None:
    with cluster(scheduler) as executor:
        there = [solve_week(town(seed), STANDARD, executor=executor) for seed in range(3)]
    here = [solve_week(town(seed), STANDARD) for seed in range(3)]
    assert [r.schedule for r in there] == [r.schedule for r in here]
    assert [r.tiers for r in there] == [r.tiers for r in here]


def test_a_worker_that_is_killed_at_work_costs_nothing_but_time(scheduler: str) -> None:
    units = [Unit(town(seed), STANDARD, None, {}, Effort()) for seed in range(12)]
    with cluster(scheduler) as executor:
        client = distributed.Client(scheduler, set_as_default=False)
        pids = client.run(os.getpid)
        threading.Timer(0.2, os.kill, (min(pids.values()), signal.SIGKILL)).start()
        results = Crew(executor).do(units)
        client.close()
    assert [r and r.schedule for r in results] == [r and r.schedule for r in Crew().do(units)]


@pytest.mark.parametrize(
    "address",
    ["tcp://127.0.0.1:9", "nowhere", "tcp://", "http://127.0.0.1:9", "tcp://127.0.0.1:99999", "tcp://[::", ""],
)
def test_an_address_that_answers_nothing_is_named(address: str) -> None:
    with pytest.raises(InputError, match="--cluster"), cluster(address):
        pass


def test_the_command_line_says_so_too_and_writes_nothing(tmp_path: Path) -> None:
    term = shutil.copytree(Path(__file__).parents[1] / "examples" / "smallest", tmp_path / "term")
    before = sorted(term.rglob("*"))
    result = CliRunner().invoke(main, ["plan", str(term), "--cluster", "tcp://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "tcp://127.0.0.1:9" in result.output
    assert sorted(term.rglob("*")) == before
