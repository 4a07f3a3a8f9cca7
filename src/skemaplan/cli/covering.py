"""`cover`: what can be done about an absent teacher, session by session; and doing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..dates import clock
from ..errors import Refused
from ..problem import Problem
from ..schedule import TermPlan
from ..stopping import Stop
from ..store import Store
from ..words import Text, say, say_n
from .changing import Asked, apply
from .events import Event
from .planning import search
from .replanning import again_of, today_of, today_option
from .speaking import language_of, of_term, read_term, tell
from .taking import Taking, is_terminal, takes

if TYPE_CHECKING:
    from ..planning.choices import Choice, Hit


@click.command()
@of_term
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="SESSION=CHOICE",
    help="Do this: numbers as they are listed, such as 1=2; or a kind of choice, such as 1=swap or all=make-up.",
)
@today_option
def cover(term: Path, taken: Sequence[str], today: str | None) -> None:
    """Say what can be done about an absent teacher, and do it.

    For each published session whose teacher has no time any more: a substitute who gives the course and is free, the
    same day online, another time at which everyone can, a swap with another course of that week, to cancel it and make
    it up in a later week, or to cancel it; what needs the fewest moves first. Each is for the whole group, moves
    nothing else, and has its price.

    With --take (in a terminal it asks) the rows are written and a draft is made in which exactly that happened; then
    it says who must be rung, and the text messages to send.
    """
    from ..planning.cover import cover as hits

    problem = read_term(term)
    day, now = today_of(today, problem), as_it_stands(term, problem, today)
    published = Store.of(term).published(problem)
    found = list(hits(problem, published, now, day)) if published else []
    if not found:
        tell(say("No published session has lost its teacher."), colour="green")
        return
    for n, hit in enumerate(found, 1):
        show_hit(problem, n, hit)
    asked_for = takes(taken) if taken else asked(found) if is_terminal() else []
    if not asked_for:
        tell(say("Do one of them: skemaplan cover {term} --take 1=1", term=term))
        return
    carry_out(term, problem, day, today, Taking(problem, now, day, found), asked_for)


def as_it_stands(term: Path, problem: Problem, today: str | None) -> TermPlan:
    """The plan under these tables if nothing more is done. Raises Refused if nothing is published."""
    again = again_of(Store.of(term), problem, today, False)
    if again is None:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    return search(problem, None, 0, True, Stop(), again)


def asked(found: Sequence[Hit]) -> list[tuple[str, str]]:
    """What somebody at a terminal chooses, session by session; nothing for those that are left as they are."""
    answers = []
    for n, hit in enumerate(found, 1):
        question = say("{n}: which one, 1 to {most}? Enter leaves it", n=n, most=len(hit.choices))
        answer = click.prompt(question.to(language_of()), default="", show_default=False)
        if answer.strip():
            answers.append((str(n), answer.strip()))
    return answers


def carry_out(
    term: Path, problem: Problem, day: date, today: str | None, taking: Taking, asked_for: Sequence[tuple[str, str]]
) -> None:
    """Write the rows of what was chosen, make the draft, and say whom it moves."""
    chosen = taking.all(asked_for)
    events = [event for hit, choice in chosen for event in rows_of(hit, choice)]
    tell(say("Taken:"), bold=True)
    for hit, choice in chosen:
        tell(f"  {title(problem, hit)}: {said(problem, hit, choice).to(language_of())}")
    store = Store.of(term)
    if events:
        apply(Asked(term, problem, day, today, False, False, sms=True), events)
        problem = read_term(term)
    else:  # what is only cancelled is lost already: the absence says so
        draft_of(store, problem, taking.plan, day)
    draft = store.draft(problem)
    if draft is not None and not taking.is_all_of(draft.plan):
        tell(say("More than that changes, because the ordinary week changes too: see above."), colour="yellow")


def draft_of(store: Store, problem: Problem, plan: TermPlan, day: date) -> None:
    from .differing import show_changes

    published = store.published(problem)
    with store.held():
        store.write_draft(plan)
    if published is not None:
        show_changes(problem, published, plan, day, sms=True)


def rows_of(hit: Hit, choice: Choice) -> Iterator[Event]:
    """The rows that make it so: each of those people has it then."""
    if choice.kind == "online":
        day = choice.week.day(hit.session.day).isoformat()
        yield Event("online", {"first": day, "last": day, "course": hit.session.course, "who": "", "in_person": False})
    for s, who in choice.held:
        for p in sorted(who):
            cells: Mapping[str, object] = {
                "participant": p,
                "course": s.course,
                "when": choice.week.day(s.day).isoformat(),
                "time": clock(s.start),
                "to_time": clock(s.end),
                "teacher": s.teacher,
                "room": "",
                "makes_up": choice.kind == "make_up",
                "first": "",
                "last": "",
            }
            yield Event("lock", cells)


def show_hit(problem: Problem, number: int, hit: Hit) -> None:
    from ..differing_text import teacher_name
    from ..timetable import label_of

    people = ", ".join(label_of(problem, p) for p in sorted(hit.participants))
    tell(f"{number}. {title(problem, hit)}, {teacher_name(problem, hit.session.teacher)}: {people}", bold=True)
    for text in why_nobody(problem, hit):
        tell(f"   {text.to(language_of())}")
    for n, choice in enumerate(hit.choices, 1):
        tell(say("   {n}. {what}", n=n, what=said(problem, hit, choice)))
    tell("")


def why_nobody(problem: Problem, hit: Hit) -> Iterator[Text]:
    """Why no other teacher of the course could take it over as it is."""
    from ..differing_text import teacher_name

    course = name_of(problem, hit.session.course)
    if not hit.others:
        yield say("Nobody else gives {course}.", course=course)
    for teacher, why in hit.others.items():
        who = teacher_name(problem, teacher)
        if why == "away":
            yield say("{teacher} gives {course} too, but is not free then.", teacher=who, course=course)
        elif why == "elsewhere":
            yield say("{teacher} gives {course} too, but not for all of them then.", teacher=who, course=course)
        elif why == "full":
            yield say("{teacher} gives {course} too, but has no hours left that week.", teacher=who, course=course)


def name_of(problem: Problem, course: str) -> str:
    c = problem.course[course]
    return (c.name_en if language_of() == "en" else "") or c.name or c.id


def title(problem: Problem, hit: Hit) -> str:
    s = hit.session
    return f"{name_of(problem, s.course)} {at(hit.week.day(s.day), s.start)}"


def at(day: date, start: int) -> str:
    from ..publishing.wording import long_day, time_of_day

    return f"{long_day(day, language_of())} {time_of_day(start, language_of())}"


def said(problem: Problem, hit: Hit, choice: Choice) -> Text:
    """One choice in a sentence: why it can be done, how many move, and what it costs."""
    from ..differing_text import teacher_name

    s = choice.session
    if s is None:
        return say_n("cancel it: {n} participant loses it", "cancel it: {n} participants lose it", n=choice.moved)
    facts = {
        "when": at(choice.week.day(s.day), s.start),
        "teacher": teacher_name(problem, s.teacher),
        "course": name_of(problem, s.course),
        "moves": moving(choice.moved),
        "cost": costing(choice.price),
    }
    if choice.kind == "substitute":
        return say("{teacher} takes it over, gives {course} and is free then: {moves}; {cost}", **facts)
    if choice.kind == "online":
        return say("hold it online {when} with {teacher}: {moves}; {cost}", **facts)
    if choice.kind == "move":
        return say("move it to {when} with {teacher}, when all of them can: {moves}; {cost}", **facts)
    if choice.kind == "swap":
        other = name_of(problem, choice.held[1][0].course)
        return say("swap it with {other} {when}, {teacher}: {moves}; {cost}", other=other, **facts)
    return say("cancel it, and make it up {when} with {teacher}, on top of that week: {cost}", **facts)


def moving(n: int) -> Text:
    return say_n("{n} participant moves", "{n} participants move", n=n) if n else say("nobody moves")


def costing(minutes: int) -> Text:
    if minutes == 0:
        return say("no more inconvenience")
    if minutes < 0:
        return say_n("{n} minute of inconvenience less", "{n} minutes of inconvenience less", n=-minutes)
    return say_n("{n} minute of inconvenience more", "{n} minutes of inconvenience more", n=minutes)
