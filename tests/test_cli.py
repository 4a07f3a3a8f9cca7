"""The command line from end to end on a tiny term: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import BEFORE, change, files, run, short_of_time, smallest

from skemaplan import cli
from skemaplan.cli import planning
from skemaplan.rules import MUST, Breach
from skemaplan.words import say


@pytest.fixture
def term(tmp_path: Path) -> Path:
    return smallest(tmp_path / "term")


@pytest.fixture(scope="module")
def planned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = smallest(tmp_path_factory.mktemp("cli") / "term")
    assert run("plan", folder, "--quiet").exit_code == 0
    return folder


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    return copytree(planned_once, tmp_path / "planned")


def test_help_names_every_verb() -> None:
    told = run("--help")
    assert told.exit_code == 0
    for verb in ("check", "plan", "show", "export", "verify", "publish", "demo"):
        assert verb in told.output


def test_importing_the_command_line_imports_nothing_heavy() -> None:
    heavy = ("ortools", "pandas", "numpy", "icalendar", "rich", "babel", "openpyxl")
    code = f"import sys, skemaplan.cli; print([m for m in {heavy!r} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert told.stdout.strip() == "[]"


def test_only_the_command_line_imports_click() -> None:
    package = Path(cli.__file__).parents[1]
    users = {p.relative_to(package).parts[0] for p in package.rglob("*.py") if "import click" in p.read_text("utf-8")}
    assert users == {"cli"}


def test_check_says_that_all_is_well(term: Path) -> None:
    told = run("check", term, "--language", "en")
    assert told.exit_code == 0
    assert "in order" in told.output
    assert "teaching weeks: 4" in told.output


def test_check_says_everything_wrong_at_once(term: Path) -> None:
    change(term / "teachers.csv", "12:00", "25:00")
    change(term / "term.csv", "2027-02-26", "2027-02-31")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 2
    assert "25:00" in told.output
    assert "2027-02-31" in told.output
    assert not (term / "state").exists()


def test_check_warns_and_lets_it_be(term: Path) -> None:
    (term / "lectures.csv").write_text("id\n1\n", encoding="utf-8")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 0
    assert "warning:" in told.output
    assert "lectures" in told.output


def test_check_rows_writes_the_short_form_out(term: Path) -> None:
    told = run("check", term, "--rows")
    assert told.exit_code == 0
    assert "commitments.csv" in told.output
    assert "P1,08:30,09:15,mon-fri" in told.output


@pytest.mark.parametrize("verb", [["check"], ["plan"], ["show"], ["verify"], ["export", "--lessons", "-"]])
def test_a_missing_folder_is_a_sentence(verb: list[str], tmp_path: Path) -> None:
    told = run(*verb, tmp_path / "nowhere", "--language", "en")
    assert told.exit_code == 2
    assert "there is no such file" in told.output
    assert "Traceback" not in told.output


def test_errors_are_in_the_language_of_the_term(term: Path) -> None:
    change(term / "teachers.csv", "12:00", "25:00")
    assert run("plan", term).output.startswith("fejl:")
    assert run("plan", term, "--language", "en").output.startswith("error:")


def test_plan_prints_a_summary_and_keeps_a_draft(term: Path) -> None:
    told = run("plan", term, "--language", "en")
    assert told.exit_code == 0
    assert "The plan works out." in told.stdout
    assert (term / "state" / "draft.json").is_file()
    assert "[1/1]" in told.stderr


def test_quiet_shows_no_progress(term: Path) -> None:
    assert run("plan", term, "--quiet").stderr == ""


def test_plan_is_the_same_file_twice(planned: Path) -> None:
    before = (planned / "state" / "draft.json").read_bytes()
    assert run("plan", planned, "--quiet").exit_code == 0
    assert (planned / "state" / "draft.json").read_bytes() == before


def test_json_is_one_object_on_stdout(term: Path) -> None:
    told = run("plan", term, "--json")
    document = json.loads(told.stdout)
    assert document["works_out"] is True
    assert document["lessons"]["wanted"] == document["lessons"]["held"] == 12
    assert document["participants"][0]["lessons_a_week"] == 13


def test_strict_answers_1_only_when_something_is_unmet(term: Path, tmp_path: Path) -> None:
    assert run("plan", term, "--strict", "--quiet").exit_code == 0
    short = short_of_time(tmp_path / "short")
    assert run("plan", short, "--quiet").exit_code == 0
    told = run("plan", short, "--quiet", "--strict", "--language", "en")
    assert told.exit_code == 1
    assert "does not quite work out" in told.output


def test_a_plan_that_breaks_a_rule_is_not_written(term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breach = Breach("clash", MUST, "A", say("{who} is in two places.", who="A"))
    monkeypatch.setattr(
        "skemaplan.planning.verified.verify_plan", lambda plan, today=None: iter([("2027-W05", breach)])
    )
    told = run("plan", term, "--quiet", "--language", "en")
    assert told.exit_code == 4
    assert "fault in skemaplan" in told.output
    assert not (term / "state").exists()


def test_what_nobody_expected_is_a_sentence_too(term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(planning, "search", fail)
    told = run("plan", term, "--language", "en")
    assert told.exit_code == 4
    assert "ZeroDivisionError" in told.output
    assert "Traceback" not in told.output


WAITING = """
import sys, time
from skemaplan.planning import term
def wait(problem, *, stop, plan=term.plan, **more):
    print("at work", file=sys.stderr, flush=True)
    while not stop.asked or {stubborn}:
        time.sleep(0.01)
    return plan(problem, stop=stop, **more)
term.plan = wait
from skemaplan.cli import main
main(["plan", sys.argv[1], "--language", "en"])
"""


def at_work(term: Path, *, stubborn: bool) -> subprocess.Popen[str]:
    """`skemaplan plan` in a process of its own, in a search that goes on until it is stopped (or for ever)."""
    call = [sys.executable, "-c", WAITING.format(stubborn=stubborn), str(term)]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "at work\n"
    process.send_signal(signal.SIGINT)
    assert "Ctrl-C again" in process.stderr.readline()
    return process


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_keeps_the_best_plan(term: Path) -> None:
    process = at_work(term, stubborn=False)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Deltager A" in told
    assert (term / "state" / "draft.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_second_ctrl_c_gives_up(term: Path) -> None:
    process = at_work(term, stubborn=True)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert not (term / "state").exists()


@pytest.mark.parametrize("verb", [["show"], ["verify"], ["export", "--lessons", "-"], ["publish", "--site", "x"]])
def test_without_a_plan_the_call_is_refused(verb: list[str], term: Path) -> None:
    told = run(*verb, term, "--language", "en")
    assert told.exit_code == 3
    assert "There is no plan yet" in told.output


def test_export_is_the_lessons_as_csv(planned: Path, tmp_path: Path) -> None:
    file = tmp_path / "lessons.csv"
    assert run("export", planned, "--lessons", file).exit_code == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "date,start,end,course,teacher,place,room,mode,participant,session"
    assert len(lines) == 1 + 8
    assert run("export", planned, "--lessons", "-").stdout.splitlines() == lines


def test_export_into_a_missing_folder_is_an_error(planned: Path, tmp_path: Path) -> None:
    told = run("export", planned, "--lessons", tmp_path / "no" / "lessons.csv", "--language", "en")
    assert told.exit_code == 2
    assert "there is no folder" in told.output


def test_verify_holds_and_finds_what_was_edited_by_hand(planned: Path) -> None:
    assert run("verify", planned).exit_code == 0
    draft = planned / "state" / "draft.json"
    document = json.loads(draft.read_text(encoding="utf-8"))
    week = document["plan"]["weeks"]["2027-W06"]
    week["sessions"].pop()
    draft.write_text(json.dumps(document), encoding="utf-8")
    told = run("verify", planned, "--language", "en")
    assert told.exit_code == 3
    assert "2027-W06" in told.output


def test_publish_shows_each_link_once_and_writes_the_same_bytes_again(planned: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = run("publish", planned, "--site", site, "--now", BEFORE, "--language", "en")
    assert first.exit_code == 0
    assert first.output.count(f"{site}/f/") == 2
    before = files(site) | files(planned)
    again = run("publish", planned, "--site", site, "--now", BEFORE, "--language", "en")
    assert again.exit_code == 0
    assert "/f/" not in again.output
    assert files(site) | files(planned) == before
    assert run("verify", planned, "--site", site).exit_code == 0


def test_links_are_shown_with_the_address_of_the_site(planned: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    told = run("publish", planned, "--site", site, "--now", BEFORE, "--url", "https://plan.example/x/")
    assert told.output.count("https://plan.example/x/f/") == 2
    folder = next((site / "f").iterdir())
    (folder / "skema.ics").unlink()  # her link is lost, and a new one is made: of the address that was remembered
    (folder / "index.html").unlink()
    folder.rmdir()
    again = run("publish", planned, "--site", site, "--now", BEFORE, "--really")
    assert again.output.count("https://plan.example/x/f/") == 1


def test_verify_finds_a_calendar_that_was_changed(planned: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("publish", planned, "--site", site, "--now", BEFORE).exit_code == 0
    feed = next(site.rglob("*.ics"))
    feed.write_bytes(feed.read_bytes().replace(b"SUMMARY:Matematik", b"SUMMARY:Historie", 1))
    assert run("verify", planned, "--site", site).exit_code == 3


def test_publishing_a_draft_of_other_tables_is_refused(planned: Path, tmp_path: Path) -> None:
    change(planned / "teachers.csv", "tue fri", "tue thu")
    told = run("publish", planned, "--site", tmp_path / "site", "--now", BEFORE, "--language", "en")
    assert told.exit_code == 3
    assert "out of date" in told.output
    assert not (tmp_path / "site").exists()


def test_publishing_a_draft_of_an_older_version_is_refused(planned: Path, tmp_path: Path) -> None:
    old = (planned / "state" / "draft.json").read_bytes()
    assert run("publish", planned, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    change(planned / "teachers.csv", "tue fri", "tue thu")
    assert run("plan", planned, "--quiet", "--today", "2027-01-20").exit_code == 0
    assert run("publish", planned, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    change(planned / "teachers.csv", "tue thu", "tue fri")
    (planned / "state" / "draft.json").write_bytes(old)
    told = run("publish", planned, "--site", tmp_path / "site", "--now", BEFORE, "--language", "en")
    assert told.exit_code == 3
    assert "version 2 is published since" in told.output


@pytest.mark.parametrize("now", ["yesterday", "2027-13-01", ""])
def test_a_strange_time_is_an_error(now: str, planned: Path, tmp_path: Path) -> None:
    told = run("publish", planned, "--site", tmp_path / "site", "--now", now, "--language", "en")
    assert told.exit_code == 2
    assert "is not a date and time" in told.output


def test_published_is_what_was_published_and_not_the_draft(planned: Path, tmp_path: Path) -> None:
    assert run("export", planned, "--lessons", "-", "--published", "--language", "en").exit_code == 3
    assert run("publish", planned, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    published = run("export", planned, "--lessons", "-", "--published").stdout
    assert published == run("export", planned, "--lessons", "-").stdout
    (planned / "state" / "draft.json").unlink()
    assert run("export", planned, "--lessons", "-", "--published").stdout == published


def test_show_draws_a_person_and_the_team(planned: Path) -> None:
    hers = run("show", planned, "deltager a", "--week", "2027-W06", "--language", "en")
    assert hers.exit_code == 0
    assert "teaching week 2 of 4" in hers.output
    assert "Matematik" in hers.output
    assert "13 lessons: language school 10, teaching 3" in hers.output
    team = run("show", planned, "--language", "en")
    assert "Deltager A" in team.output
    assert "Underviser 1" in team.output


def test_an_unknown_person_brings_the_nearest_names(planned: Path) -> None:
    told = run("show", planned, "Deltaker A", "--language", "en")
    assert told.exit_code == 2
    assert "Did you mean Deltager A?" in told.output


def test_the_beginning_of_a_name_brings_all_that_begin_so(planned: Path) -> None:
    told = run("show", planned, "under", "--language", "en")
    assert told.exit_code == 2
    assert "Did you mean Underviser 1?" in told.output


@pytest.mark.parametrize(("week", "says"), [("2027-W33", "not in the term"), ("spring", "is not a week")])
def test_a_strange_week_is_an_error(week: str, says: str, planned: Path) -> None:
    told = run("show", planned, "--week", week, "--language", "en")
    assert told.exit_code == 2
    assert says in told.output


def test_a_closed_pipe_is_no_fault(planned: Path) -> None:
    code = f"from skemaplan.cli import main; main(['export', {str(planned)!r}, '--lessons', '-'])"
    writer = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    told = writer.stderr.read().decode()
    writer.stderr.close()
    writer.wait(timeout=60)
    assert "Traceback" not in told
    assert "fault" not in told


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])}


EARLY = """
import signal, sys
class Finger:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finger())
from skemaplan.__main__ import run
run()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize(("name", "code", "said"), [("click", -signal.SIGINT, ""), ("holidays", 130, "Stopped.\n")])
def test_a_ctrl_c_while_it_is_loading_leaves_no_traceback(term: Path, name: str, code: int, said: str) -> None:
    """While the command line itself is loaded the process just ends; once a verb is at work it says so."""
    call = [sys.executable, "-c", EARLY.format(name=name), "check", str(term), "--language", "en"]
    ended = subprocess.run(call, capture_output=True, env=environment(), text=True, check=False)
    assert (ended.returncode, ended.stderr) == (code, said)
