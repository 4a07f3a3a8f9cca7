"""Small terms in folders, and a runner that speaks to the command line as a person would."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

from click.testing import CliRunner, Result

from skemaplan.cli import main

SMALLEST = Path(__file__).parents[1] / "examples" / "smallest"
BEFORE = "2027-01-20T08:00"


def run(*call: object, columns: int = 80) -> Result:
    """Run `skemaplan` with this call, in a terminal so wide."""
    return CliRunner().invoke(main, [str(part) for part in call], env={"COLUMNS": str(columns)})


def smallest(folder: Path) -> Path:
    """The smallest example as a folder of its own."""
    return copytree(SMALLEST, folder)


def short_of_time(folder: Path) -> Path:
    """The smallest example, but the teacher has one morning, so that two sessions on two days can't be."""
    smallest(folder)
    change(folder / "teachers.csv", "tue fri,08:30,12:00", "tue,08:30,09:15")
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def files(folder: Path, kinds: Sequence[str] = (".json", ".ics", ".csv")) -> dict[str, bytes]:
    """Every file of some kinds under a folder, by its path."""
    found = sorted(p for p in folder.rglob("*") if p.suffix in kinds)
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}
