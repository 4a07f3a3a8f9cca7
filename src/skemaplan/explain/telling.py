"""The answers in sentences, line by line, for whoever prints them. (Programs read the values, or `as_data`.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..dates import Week, numbers
from ..words import Text, say, say_n
from .absent import WhyNot
from .values import Answer, Conflict, Impasse, Repair

FEW = 8  # lines of one kind; what is more is counted


def tell_why(answer: Answer) -> Iterator[Text]:
    """Why a term does not work out: the reasons, what would help, what it means to accept it."""
    if answer.works_out:
        yield say("The plan works out: everything fits in an ordinary week.")
    if len(answer.impasses) > 1:
        every = [week for impasse in answer.impasses for week in impasse.weeks]
        yield say("Not everything fits in an ordinary week: {weeks}.", weeks=weeks(every))
        if answer.repairs:
            yield (
                say("This would do in all these weeks:")
                if len(answer.repairs) == 1
                else say("Each of these would do in all these weeks:")
            )
            yield from _repairs(answer.repairs)
        else:
            yield say("Nothing by itself would do in all these weeks.")
    for impasse in answer.impasses:
        yield Text("")
        yield from _impasse(impasse)
    if answer.unknown:
        yield say("Not proven in time whether everything fits: {weeks}.", weeks=weeks(answer.unknown))


def _impasse(x: Impasse) -> Iterator[Text]:
    if any(x.weeks):
        yield say("Not everything fits in {weeks}:", weeks=weeks(x.weeks))
    else:
        yield say("Not everything fits:")
    counted = [r for r in x.reasons if r.code.startswith("counted_")]
    rest = [r for r in x.reasons if r not in counted and not (counted and r.code == "lessons")]  # told at the end
    yield from few([say("  {what}", what=r.text) for r in (*counted, *rest)])
    if x.repairs:
        yield (say("This by itself would do:") if len(x.repairs) == 1 else say("Each of these by itself would do:"))
        yield from _repairs(x.repairs)
    elif x.pairs:
        yield say("Nothing by itself would do, but two together:")
        yield from _repairs(x.pairs)
    elif not x.open and x.pairs_known:
        yield say("Nothing would do, not by itself and not two things together.")
    if not x.pairs_known:
        yield say("Not all pairs were tried in time: there may be others and cheaper ones.")
    if x.refuted:
        yield say_n(
            "{n} other change was tried, and is proven not to do by itself.",
            "{n} other changes were tried, and are proven not to do by themselves.",
            n=x.refuted,
        )
    if x.open:
        yield say_n(
            "Of {n} change nothing was proven in time: give it more with --seconds.",
            "Of {n} changes nothing was proven in time: give it more with --seconds.",
            n=x.open,
        )
    if x.accept:
        yield say("Or accept it:")
        yield from few([say("  {what}", what=a.text) for a in x.accept])
        if not x.proven:
            yield say("  (perhaps less is lost: that was not proven in time)")


def _repairs(repairs: Iterable[Repair]) -> Iterator[Text]:
    for r in repairs:
        first, *others = r.changes
        yield say("  {what}", what=first.text)
        yield from (say("    and: {what}", what=c.text) for c in others)
        if not r.least:
            yield say("    (perhaps less would do: that was not proven in time)")


def tell_conflict(conflicts: Sequence[Conflict]) -> Iterator[Text]:
    """The facts that can't hold together."""
    if not conflicts:
        yield say("Nothing conflicts: everything fits in an ordinary week.")
    for c in conflicts:
        yield (
            say("These can't hold together ({weeks}):", weeks=weeks(c.weeks))
            if any(c.weeks)
            else say("These can't hold together:")
        )
        yield from (say("  {what}", what=f.text) for f in c.facts)
        if c.minimal:
            yield say("Without any one of them the others can.")
        else:
            yield say("Not proven in time that each of them is needed.")


def tell_why_not(answer: WhyNot) -> Iterator[Text]:
    """Why a lesson is not there, and the best week that has it."""
    if answer.there:
        yield say("It is there already.")
        return
    yield say("If it were put there:")
    yield from (say("  {what}", what=r.text) for r in answer.reasons)
    best = answer.best
    if best is None:
        return
    if best.possible is None:
        yield say("No week that has it was found in time.")
    elif not best.possible:
        yield say("No week can have it there: that is proven.")
    else:
        yield say_n(
            "The best ordinary week that has it moves {n} session:",
            "The best ordinary week that has it moves {n} sessions:",
            n=len(best.moves),
        )
        yield from few([say("  {what}", what=m.text) for m in best.moves])
        if best.short:
            yield say_n(
                "It is {n} minute shorter of what is wanted, weighed.",
                "It is {n} minutes shorter of what is wanted, weighed.",
                n=best.short,
            )
        yield (
            say_n("Its inconvenience: {n} minute more.", "Its inconvenience: {n} minutes more.", n=best.minutes)
            if best.minutes >= 0
            else say_n("Its inconvenience: {n} minute less.", "Its inconvenience: {n} minutes less.", n=-best.minutes)
        )


def few(lines: Sequence[Text]) -> Iterator[Text]:
    yield from lines[:FEW]
    if len(lines) > FEW:
        yield say("  and {n} more", n=len(lines) - FEW)


def weeks(names: Iterable[str]) -> Text:
    """Weeks by their numbers: weeks 6-9, 11."""
    found = [Week.parse(name[:8]) for name in names]
    return say_n("week {weeks}", "weeks {weeks}", n=len(found), weeks=numbers(found))
