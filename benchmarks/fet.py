"""FET, the well-known free timetabling program, on a week of ours: its file, how long it looks, and what it says.

FET knows no participants who choose their sessions: who sits together must be said beforehand (`Activity`). Of when
anybody can, it is told all. It is run where it is installed (Debian: `fet`), or where FET_CL says that `fet-cl` is.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ElementTree, SubElement

from skemaplan.dates import clock, covers
from skemaplan.week import PersonWeek, WeekFacts

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


@dataclass(frozen=True)
class Activity:
    """Sessions of one lesson that these participants have together with a teacher, on different days."""

    course: str
    teacher: str
    participants: tuple[str, ...]
    sessions: int


@dataclass(frozen=True)
class Run:
    """Whether FET found a timetable, the processor seconds it took, and the last thing it said."""

    found: bool
    seconds: float
    said: str


def program() -> str | None:
    return os.environ.get("FET_CL") or shutil.which("fet-cl")


def version() -> str:
    told = subprocess.run([str(program()), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.partition("\n")[0]


def run(facts: WeekFacts, activities: Sequence[Activity], limit: float) -> Run:
    """Let FET look for so many seconds of the clock. (It does not always heed a limit of its own.)"""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "week.fet"
        document(facts, activities).write(file, encoding="utf-8", xml_declaration=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        call = [str(program()), f"--inputfile={file}", f"--outputdir={folder}"]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run("successful" in said.lower(), seconds, said.strip().rpartition("\n")[2])


def document(facts: WeekFacts, activities: Sequence[Activity]) -> ElementTree:
    """The week as FET reads it."""
    bells = [clock(a) for a, _ in facts.periods[0]]
    root = Element("fet", version="6.8.5")
    add(root, Institution_Name="week", Comments="")
    listed(root, "Days_List", "Number_of_Days", "Day", DAYS)
    listed(root, "Hours_List", "Number_of_Hours", "Hour", bells)
    listed(root, "Subjects_List", "", "Subject", facts.courses)
    SubElement(root, "Activity_Tags_List")
    teachers = SubElement(root, "Teachers_List")
    for t in facts.teachers:
        add(SubElement(teachers, "Teacher"), Name=t, Target_Number_of_Hours="0", Qualified_Subjects="")
    students = SubElement(root, "Students_List")
    for p in facts.participants:
        add(SubElement(students, "Year"), Name=p, Number_of_Students="1")
    told, apart = SubElement(root, "Activities_List"), []
    ids = count(1)
    for activity in activities:
        mine = [next(ids) for _ in range(activity.sessions)]
        apart.append(mine)
        for id in mine:
            _activity(told, activity, id, mine[0] if len(mine) > 1 else 0)
    SubElement(root, "Buildings_List")
    SubElement(root, "Rooms_List")
    _times(SubElement(root, "Time_Constraints_List"), facts, apart)
    space = SubElement(SubElement(root, "Space_Constraints_List"), "ConstraintBasicCompulsorySpace")
    add(space, Weight_Percentage="100", Active="true")
    return ElementTree(root)


def _activity(told: Element, a: Activity, id: int, group: int) -> None:
    row = SubElement(told, "Activity")
    add(row, Teacher=a.teacher, Subject=a.course)
    for p in a.participants:
        add(row, Students=p)
    add(row, Duration="1", Total_Duration=str(a.sessions), Id=str(id), Activity_Group_Id=str(group), Active="true")


def _times(told: Element, facts: WeekFacts, apart: Iterable[Sequence[int]]) -> None:
    add(SubElement(told, "ConstraintBasicCompulsoryTime"), Weight_Percentage="100", Active="true")
    for kind, who, people in (
        ("ConstraintTeacherNotAvailableTimes", "Teacher", facts.teachers),
        ("ConstraintStudentsSetNotAvailableTimes", "Students", facts.participants),
    ):
        for id, person in people.items():
            away = list(not_there(facts, person))
            row = SubElement(told, kind)
            add(row, Weight_Percentage="100", **{who: id}, Number_of_Not_Available_Times=str(len(away)))
            for day, hour in away:
                add(SubElement(row, "Not_Available_Time"), Day=day, Hour=hour)
            add(row, Active="true")
    for group in apart:
        if len(group) > 1:
            row = SubElement(told, "ConstraintMinDaysBetweenActivities")
            add(row, Weight_Percentage="100", Consecutive_If_Same_Day="false", Number_of_Activities=str(len(group)))
            for activity in group:
                add(row, Activity_Id=str(activity))
            add(row, MinDays="1", Active="true")


def not_there(facts: WeekFacts, person: PersonWeek) -> Iterable[tuple[str, str]]:
    """The lessons at which somebody is not free, or has something else."""
    for d, day in enumerate(DAYS):
        for start, end in facts.periods[d]:
            busy = any(f.start < end and start < f.end for f in person.fixed[d])
            if busy or not covers(person.free[d], start, end):
                yield day, clock(start)


def listed(root: Element, name: str, number: str, row: str, names: Iterable[str]) -> None:
    told, names = SubElement(root, name), list(names)
    if number:
        add(told, **{number: str(len(names))})
    for one in names:
        add(SubElement(told, row), Name=one)


def add(parent: Element, **values: str) -> None:
    for name, value in values.items():
        SubElement(parent, name).text = value
