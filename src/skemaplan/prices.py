"""The default prices: minutes of inconvenience to one person. The table `prices` overrides them, for all or for one.

The form says that steadiness of attendance is what is trained, that participants are mothers with days of their own,
and that talks are best held where she is anyway: hence few days, no holes, the same time every week, and talks beside
lessons.
"""

DEFAULTS = {
    "waiting": 1,  # a minute
    "attendance_day": 60,  # a day of attendance beyond her language days
    "language_day": 45,  # a session on a language-school day (a talk: 0)
    "base_time": 30,  # a session off the base week's time in another week
    "alone": 20,  # alone in a group session
    "target": 20,  # a lesson begun outside target +- tolerance
    "talk_beside": 15,  # a talk not beside one of her sessions
    "neighbouring_days": 15,  # the two sessions of a course on neighbouring days
    "one_teacher": 15,  # each teacher of her course beyond the first
    "friday_afternoon": 15,  # a session that ends after Friday 14:00
    "reserved": 60,  # a lesson begun in time that she has reserved
    "pair": 20,  # a session that one of two attends without the other, or that both do who would rather not
    "teacher_day": 0,  # a teacher's day beyond the first; 30 would be right, but is slow to prove
    "teacher_hole": 0,  # a minute that a teacher waits; 1 would be right, but is slow to prove
    "lost": 1,  # a minute of a lesson that the calendar takes from the base week
}

FAIR = 120  # a participant's minutes above this count twice in a week, so that nobody carries it all
