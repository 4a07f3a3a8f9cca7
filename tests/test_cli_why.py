"""`why` on the command line: in the middle of a search, on a term that works out, about what does not exist."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_terms import change, run, smallest

from skemaplan import cli
from skemaplan.explain import HELPS, OPEN, REFUTED, impasses, nearby
from skemaplan.explain.fitting import Fitting
from skemaplan.schedule import TermPlan


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The teacher has one day, and two sessions lie on two."""
    term = smallest(tmp_path_factory.mktemp("why") / "term")
    change(term / "teachers.csv", "tue fri,", "tue,")
    return term


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    term = smallest(tmp_path_factory.mktemp("why") / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    return term


def outcomes(term: Path, *more: str) -> dict[str, str]:
    """What became of each change, by its sentence."""
    told = run("why", term, "--json", *more)
    assert told.exit_code == 0
    (found,) = json.loads(told.stdout)["impasses"]
    return {t["loosening"]["sentence"]: t["outcome"] for t in found["tried"]}


@pytest.mark.parametrize("questions", [15, 20])
def test_a_time_limit_in_the_middle_keeps_and_marks_what_is_proven(
    short: Path, monkeypatch: pytest.MonkeyPatch, questions: int
) -> None:
    """The time is up after so many looks at the clock: the rest is open, and what is known is as without a limit."""
    full = outcomes(short)
    assert set(full.values()) == {HELPS, REFUTED}
    looks: Iterator[float | None]

    def left(_: Fitting) -> float | None:
        return next(looks, 0.0)

    monkeypatch.setattr(Fitting, "left", property(left))
    looks = iter([None] * questions)
    some = outcomes(short, "--seconds", "60")
    assert {OPEN} < set(some.values())
    assert all(outcome == OPEN or outcome == full[what] for what, outcome in some.items())
    looks = iter([None] * questions)
    told = run("why", short, "--seconds", "60", "--language", "en")
    assert told.exit_code == 0
    assert "nothing was proven in time: give it more with --seconds" in told.output


def test_no_time_at_all_is_said(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fitting, "left", property(lambda _: 0.0))
    told = run("why", short, "--seconds", "60", "--language", "en")
    assert told.exit_code == 0
    assert "Not proven in time whether everything fits" in told.output
    assert "works out" not in told.output


STOPPED = """
import itertools, sys, time
from skemaplan.explain.fitting import Fitting
asked = itertools.count(1)
def wait(self, facts, but=frozenset(), *, ask=Fitting.__call__):
    if next(asked) == 12:
        print("at work", file=sys.stderr, flush=True)
        while not self.stop.asked:
            time.sleep(0.01)
    return ask(self, facts, but)
Fitting.__call__ = wait
from skemaplan.cli import main
main(["why", sys.argv[1], "--language", "en", "--json"])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_in_the_middle_keeps_and_marks_what_is_proven(short: Path) -> None:
    full = outcomes(short, "--language", "en")
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    call = [sys.executable, "-c", STOPPED, str(short)]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "at work\n", process.communicate()
    process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=60)
    assert "Ctrl-C again" in said
    assert process.returncode == 130
    (found,) = json.loads(told)["impasses"]
    some = {t["loosening"]["sentence"]: t["outcome"] for t in found["tried"]}
    assert OPEN in some.values()
    assert all(outcome == OPEN or outcome == full[what] for what, outcome in some.items())


def test_a_term_that_works_out_says_so(planned: Path) -> None:
    told = run("why", planned, "--language", "en")
    assert (told.exit_code, told.output) == (0, "The plan works out: everything fits in an ordinary week.\n")
    assert json.loads(run("why", planned, "--json").output)["impasses"] == []
    told = run("why", planned, "--conflict", "--language", "en")
    assert (told.exit_code, told.output) == (0, "Nothing conflicts: everything fits in an ordinary week.\n")


@pytest.mark.parametrize(
    ("question", "near"),
    [
        (("Deltagr A", "mat", "tue 10:15"), "Deltager A"),
        (("Deltager A", "matematikk", "tue 10:15"), "Mat"),
        (("Deltager A", "mat", "tue 10:17"), "10:15"),
        (("Deltager A", "mat", "2030-01-01 10:15"), "2027-W"),
        (("Deltager A", "mat", "whenever"), "2020-03-03 10:15"),
        (("Deltager A",), 'why TERM A mat "tue 10:15"'),
    ],
)
def test_what_is_not_known_is_answered_with_the_nearest(planned: Path, question: tuple[str, ...], near: str) -> None:
    told = run("why", planned, *question, "--language", "en")
    assert told.exit_code == 2
    assert near in told.output
    assert len(told.output.strip().splitlines()) == 1


def test_the_kept_draft_is_where_it_begins(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was planned is not planned again for asking."""
    assert run("plan", short, "--quiet").exit_code == 0
    asked: list[object] = []
    real = nearby.held_in

    def spy(plan: TermPlan, *part: object) -> object:
        asked.append(plan)
        return real(plan, *part)  # type: ignore[arg-type]

    monkeypatch.setattr(impasses, "held_in", spy)
    assert run("why", short).exit_code == 0
    assert asked


def test_a_day_on_which_nobody_teaches_yet_can_be_asked_for(short: Path) -> None:
    """She has time on Thursdays and Fridays; no teacher comes then."""
    told = run("why", short, "--language", "en")
    assert "Ask Underviser 1 to come on Fridays too, 08:30-12:00" in told.output
    assert "Ask Underviser 1 to come on Thursdays too, 08:30-12:00" in told.output


def test_the_tables_with_a_repair_in_them_give_a_full_plan(short: Path, tmp_path: Path) -> None:
    """What is shown is entered as a coordinator would, planned, and verified."""
    term = smallest(tmp_path / "term")
    change(term / "teachers.csv", "tue fri,", "tue thu,")
    assert run("plan", term, "--quiet", "--strict").exit_code == 0
    assert run("verify", term).exit_code == 0
    assert run("plan", short, "--quiet", "--strict").exit_code == 1
