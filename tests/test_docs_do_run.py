"""The commands that the pages of docs/do show are run, page by page, as of half past seven on a Monday in February.

They are run on a term of the case's length, with its people, places and rooms, but only two courses of one lesson a
week and short mornings, so that it is planned at once. Deltager A comes on Tuesdays at best: the pages name her day.
"""

from __future__ import annotations

import importlib
import re
import shlex
from datetime import datetime, tzinfo
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import run

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"^skemaplan (.+)$", re.MULTILINE)
TABLES = {
    "term": """key,value
name,De internationale
start,2020-02-03
end,2020-07-31
weekly_target,12
teaching_weeks,26""",
    "participants": """label,language_days,language_place
Deltager A,mon wed,scm_horsens
Deltager B,tue thu,scm_horsens
Deltager D,tue thu,scm_horsens
Deltager E,mon thu,scm_horsens""",
    "teachers": """label,course,most,days,from,to
Underviser matematik,mat,4,mon-fri,08:30,11:00
Underviser engelsk,eng,4,mon-fri,11:00,12:30""",
    "courses": """id,name,lessons_per_week,fewest,most,sessions_per_week,longest,place
mat,Matematik,1,1,1,1,1,stoeberiet
eng,Engelsk,1,1,1,1,1,stoeberiet""",
    "places": """id,name
stoeberiet,Støberiet
scm_horsens,Sprogcenter Midt""",
    "availability": """who,day,from,to,kind
Deltager A,tue thu,08:30,14:45,free
Deltager E,tue wed,08:30,14:45,free""",
    "rooms": """id,place,seats
lokale_1,stoeberiet,6
lokale_2,stoeberiet,6""",
    "travel": """from,to,minutes
stoeberiet,scm_horsens,45""",
}
CLOCKS = (
    "cli.replanning",
    "cli.history",
    "cli.publishing",
    "publishing.ledger",
    "publishing.links",
    "publishing.site",
)
PAGES = (
    *("away", "change", "class-moves", "closed", "joins", "leaves", "lost-phone", "next-term", "online", "publish"),
    *("room-taken", "suggest", "take-back", "teacher-away", "what-if"),
)
REFUSED = {  # what a page shows, and this term can't: there is but one version, and nobody who could take over
    "restore TERM 3 --site SITE": "version 3",
    "cover TERM --take all=substitute": "Det valg er der ikke",
}


class Then(datetime):
    """The clock of that Monday."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2020, 2, 17, 7, 30, tzinfo=tz)


def a_term(folder: Path) -> Path:
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The term and its site, side by side."""
    top = tmp_path_factory.mktemp("case")
    term = a_term(top / "term")
    for call in (("plan", term, "--quiet"), ("publish", term, "--site", top / "site", *JANUARY)):
        told = run(*call)
        assert told.exit_code == 0, told.output
    return top


JANUARY = ("--url", "https://skema.example", "--now", "2020-01-27T08:00")


@pytest.fixture
def top(january: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in CLOCKS:
        monkeypatch.setattr(importlib.import_module(f"skemaplan.{name}"), "datetime", Then)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return copytree(january, tmp_path / "case")


def commands(page: str) -> list[str]:
    return COMMAND.findall((ROOT / "docs" / "do" / f"{page}.md").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_do_what_it_says(page: str, top: Path) -> None:
    known = {"TERM": str(top / "term"), "SITE": str(top / "site"), "/srv/skemaplan/site": str(top / "site")}
    assert commands(page)
    for line in commands(page):
        words = [known.get(word, word) for word in shlex.split(line, comments=True)]
        told = run(*words)
        if line in REFUSED:
            assert told.exit_code in (2, 3), told.output
            assert REFUSED[line] in told.output
        else:
            assert told.exit_code == 0, f"{line}\n{told.output}"
            assert told.stdout.strip() or "--end" in words, "a job that finds nothing to do is silent"


def test_no_page_with_commands_is_left_out() -> None:
    """But for `why`, which `test_explain_case.py` asks of the case."""
    written = {p.stem for p in (ROOT / "docs" / "do").glob("*.md") if commands(p.stem)}
    assert written == {*PAGES, "shortage"}
