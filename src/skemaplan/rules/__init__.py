"""The rules of a week: one file each, in the order in which they are said to people. The list is all there is to it."""

from __future__ import annotations

from ..prices import DEFAULTS, FAIR
from .alone import Alone
from .at_least import AtLeast
from .attendance_day import AttendanceDay
from .availability import Availability
from .base_time import BaseTime
from .clash import Clash
from .commitments import Commitments
from .friday_afternoon import FridayAfternoon
from .frozen import Frozen
from .group_size import GroupSize
from .in_full import InFull
from .language_day import LanguageDay
from .lessons import Lessons
from .locks import Locks
from .lost import Lost
from .made_up import MadeUp
from .most_days import MostDays
from .most_lessons import MostLessons
from .most_per_day import MostPerDay
from .most_taught import MostTaught
from .neighbouring_days import NeighbouringDays
from .one_a_day import OneADay
from .one_teacher import OneTeacher
from .owed import Owed
from .own_way import OwnWay
from .pair import Pair
from .pairs import Apart, Together
from .part_of_day import PartOfDay
from .place import Place
from .refill import Refill
from .reserved import Reserved
from .rooms import Rooms
from .rule import DEMANDS, DISTANCE, INCONVENIENCE, MOVES, MUST, Breach, Cost, Must, WeekRule, forbidding
from .sessions_a_week import SessionsAWeek
from .shortest_break import ShortestBreak
from .stay import Stay, changes
from .stay_near import StayNear
from .study import Study
from .talk_beside import TalkBeside
from .target import Target
from .teacher_day import TeacherDay
from .teacher_hole import TeacherHole
from .teacher_least import TeacherLeast
from .teacher_most import TeacherMost
from .travel import Travel
from .waiting import Waiting

UNIVERSE: tuple[WeekRule, ...] = (Clash(), Commitments(), Travel())
MUSTS: tuple[WeekRule, ...] = (
    Availability(),
    Place(),
    PartOfDay(),
    OwnWay(),
    Rooms(),
    GroupSize(),
    TeacherMost(),
    MostTaught(),
    MostLessons(),
    SessionsAWeek(),
    OneADay(),
    MostPerDay(),
    MostDays(),
    ShortestBreak(),
    Together(),
    Apart(),
    Locks(),
    Study(),
)
WISHES: tuple[WeekRule, ...] = (Lessons(), TeacherLeast())
PRICES: tuple[WeekRule, ...] = (
    Waiting(),
    AttendanceDay(),
    LanguageDay(),
    Alone(),
    TalkBeside(),
    Target(),
    NeighbouringDays(),
    OneTeacher(),
    FridayAfternoon(),
    Reserved(),
    Pair(),
    TeacherDay(),
    TeacherHole(),
)
STANDARD: tuple[WeekRule, ...] = (*UNIVERSE, *MUSTS, *WISHES, *PRICES)

__all__ = [
    "DEFAULTS",
    "DEMANDS",
    "DISTANCE",
    "FAIR",
    "INCONVENIENCE",
    "MOVES",
    "MUST",
    "MUSTS",
    "PRICES",
    "STANDARD",
    "UNIVERSE",
    "WISHES",
    "AtLeast",
    "BaseTime",
    "Breach",
    "Cost",
    "Frozen",
    "InFull",
    "Lost",
    "MadeUp",
    "Must",
    "Owed",
    "Place",
    "Refill",
    "SessionsAWeek",
    "Stay",
    "StayNear",
    "WeekRule",
    "changes",
    "forbidding",
]
