"""FET, the well-known free timetabling program, on a week of ours: its file, how long it looks, and what it says.

FET knows no participants who choose their sessions: who sits together must be said beforehand (`Activity`). Of when
anybody can, it is told all. It is run where it is installed (Debian: `fet`), or where FET_CL says that `fet-cl` is.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ElementTree, SubElement, parse

from skemaplan.dates import Spans, clock, covers
from skemaplan.week import PersonWeek, WeekFacts

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
QUIET = ("--htmllevel=0", *(f"--writetimetables{what}=false" for what in ("daysvertical", "timevertical", "subgroups")))
When = tuple[str, str]  # a day and an hour, by their names


@dataclass(frozen=True)
class Activity:
    """Sessions that these participants have together with a teacher, on different days.

    Each lasts so many `hours` of the document's. It begins at one of `starts` and is in one of `rooms` (none: no
    matter).
    """

    course: str
    teacher: str
    participants: tuple[str, ...]
    sessions: int
    hours: int = 1
    starts: tuple[When, ...] = ()
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """A week for FET: what is to be held, in which hours, and what more is asked than of any week.

    `apart`: pairs of activities, by their place in the list, that lie on different days. `way`: how many hours lie
    between two sessions of anybody that are at different places.
    """

    facts: WeekFacts
    activities: Sequence[Activity]
    hours: Spans
    apart: Sequence[tuple[int, int]] = ()
    way: int = 0


@dataclass(frozen=True)
class Run:
    """Whether FET found a timetable, the processor seconds it took, and the last thing it said.

    `timetable`: when each session begins, in the order of the activities.
    """

    found: bool
    seconds: float
    said: str
    timetable: Mapping[int, When] = field(default_factory=dict)


def program() -> str | None:
    return os.environ.get("FET_CL") or shutil.which("fet-cl")


def version() -> str:
    told = subprocess.run([str(program()), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.partition("\n")[0]


def run(task: Task, limit: float) -> Run:
    """Let FET look for so many seconds of the clock. (It does not always heed a limit of its own.)"""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "week.fet"
        document(task).write(file, encoding="utf-8", xml_declaration=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        call = [str(program()), f"--inputfile={file}", f"--outputdir={folder}", *QUIET]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            said, _ = process.communicate()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = "successful" in said.lower()
        timetable = dict(_told(Path(folder))) if found else {}
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(found, seconds, said.strip().rpartition("\n")[2], timetable)


def _told(folder: Path) -> Iterator[tuple[int, When]]:
    """What FET has written: when each session begins, by its number from 0."""
    (written,) = folder.glob("timetables/*/*activities.xml")
    for row in parse(written).getroot().iter("Activity"):
        id, day, hour = (str(row.findtext(name)) for name in ("Id", "Day", "Hour"))
        yield int(id) - 1, (day, hour)


def document(task: Task) -> ElementTree:
    """The week as FET reads it."""
    facts = task.facts
    root = Element("fet", version="6.8.5")
    add(root, Institution_Name="week", Comments="")
    listed(root, "Days_List", "Number_of_Days", "Day", DAYS)
    listed(root, "Hours_List", "Number_of_Hours", "Hour", [clock(a) for a, _ in task.hours])
    listed(root, "Subjects_List", "", "Subject", facts.courses)
    SubElement(root, "Activity_Tags_List")
    teachers = SubElement(root, "Teachers_List")
    for t in facts.teachers:
        add(SubElement(teachers, "Teacher"), Name=t, Target_Number_of_Hours="0", Qualified_Subjects="")
    students = SubElement(root, "Students_List")
    for p in facts.participants:
        add(SubElement(students, "Year"), Name=p, Number_of_Students="1")
    told, groups = SubElement(root, "Activities_List"), []
    ids = count(1)
    for activity in task.activities:
        mine = [next(ids) for _ in range(activity.sessions)]
        groups.append(mine)
        for id in mine:
            _activity(told, activity, id, mine[0] if len(mine) > 1 else 0)
    in_use = {r for a in task.activities for r in a.rooms}
    listed(root, "Buildings_List", "", "Building", sorted({facts.rooms[r].place for r in in_use}))
    rooms = SubElement(root, "Rooms_List")
    for r in sorted(in_use):
        add(SubElement(rooms, "Room"), Name=r, Building=facts.rooms[r].place, Capacity=str(facts.rooms[r].seats))
    _times(SubElement(root, "Time_Constraints_List"), task, groups)
    _space(SubElement(root, "Space_Constraints_List"), task, groups)
    return ElementTree(root)


def _activity(told: Element, a: Activity, id: int, group: int) -> None:
    row = SubElement(told, "Activity")
    add(row, Teacher=a.teacher, Subject=a.course)
    for p in a.participants:
        add(row, Students=p)
    hours = {"Duration": str(a.hours), "Total_Duration": str(a.hours * a.sessions)}
    add(row, **hours, Id=str(id), Activity_Group_Id=str(group), Active="true")


def _times(told: Element, task: Task, groups: Sequence[Sequence[int]]) -> None:
    facts = task.facts
    add(SubElement(told, "ConstraintBasicCompulsoryTime"), Weight_Percentage="100", Active="true")
    for kind, who, people in (
        ("ConstraintTeacherNotAvailableTimes", "Teacher", facts.teachers),
        ("ConstraintStudentsSetNotAvailableTimes", "Students", facts.participants),
    ):
        for name, person in people.items():
            _not_there(told, kind, {who: name}, not_there(person, task.hours))
    for group in (*groups, *([*groups[a], *groups[b]] for a, b in task.apart)):
        if len(group) > 1:
            row = SubElement(told, "ConstraintMinDaysBetweenActivities")
            add(row, Weight_Percentage="100", Consecutive_If_Same_Day="false", Number_of_Activities=str(len(group)))
            for activity in group:
                add(row, Activity_Id=str(activity))
            add(row, MinDays="1", Active="true")
    for held, ids in zip(task.activities, groups, strict=True):
        for id in ids if held.starts else ():
            row = SubElement(told, "ConstraintActivityPreferredStartingTimes")
            number = str(len(held.starts))
            add(row, Weight_Percentage="100", Activity_Id=str(id), Number_of_Preferred_Starting_Times=number)
            for day, hour in held.starts:
                start = SubElement(row, "Preferred_Starting_Time")
                add(start, Preferred_Starting_Day=day, Preferred_Starting_Hour=hour)
            add(row, Active="true")


def _space(told: Element, task: Task, groups: Sequence[Sequence[int]]) -> None:
    add(SubElement(told, "ConstraintBasicCompulsorySpace"), Weight_Percentage="100", Active="true")
    for r in sorted({r for a in task.activities for r in a.rooms}):
        free = task.facts.rooms[r].free
        closed = [w for d, start, end, w in times(task.hours) if not covers(free[d], start, end)]
        _not_there(told, "ConstraintRoomNotAvailableTimes", {"Room": r}, closed)
    for activity, ids in zip(task.activities, groups, strict=True):
        for id in ids if activity.rooms else ():
            row = SubElement(told, "ConstraintActivityPreferredRooms")
            number = str(len(activity.rooms))
            add(row, Weight_Percentage="100", Activity_Id=str(id), Number_of_Preferred_Rooms=number)
            for room in activity.rooms:
                add(row, Preferred_Room=room)
            add(row, Active="true")
    for who in ("Students", "Teachers") if task.way else ():
        row = SubElement(told, f"Constraint{who}MinGapsBetweenBuildingChanges")
        add(row, Weight_Percentage="100", Min_Gaps_Between_Building_Changes=str(task.way), Active="true")


def _not_there(told: Element, kind: str, who: Mapping[str, str], when: Iterable[When]) -> None:
    away = list(when)
    row = SubElement(told, kind)
    add(row, Weight_Percentage="100", **who, Number_of_Not_Available_Times=str(len(away)))
    for day, hour in away:
        add(SubElement(row, "Not_Available_Time"), Day=day, Hour=hour)
    add(row, Active="true")


def not_there(person: PersonWeek, hours: Spans) -> Iterator[When]:
    """The hours at which somebody is not free, or has something else."""
    for d, start, end, when in times(hours):
        busy = any(f.start < end and start < f.end for f in person.fixed[d])
        if busy or not covers(person.free[d], start, end):
            yield when


def times(hours: Spans) -> Iterator[tuple[int, int, int, When]]:
    """Every hour of the week: its day, start and end, and what it is called."""
    for d, day in enumerate(DAYS):
        for start, end in hours:
            yield d, start, end, (day, clock(start))


def listed(root: Element, name: str, number: str, row: str, names: Iterable[str]) -> None:
    told, names = SubElement(root, name), list(names)
    if number:
        add(told, **{number: str(len(names))})
    for one in names:
        add(SubElement(told, row), Name=one)


def add(parent: Element, **values: str) -> None:
    for name, value in values.items():
        SubElement(parent, name).text = value
