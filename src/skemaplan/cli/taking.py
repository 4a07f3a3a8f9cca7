"""Choices that are taken: read from what was typed, and each looked at again with those before it done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..errors import InputError, Refused, Trouble
from ..problem import Problem
from ..schedule import TermPlan
from ..words import say

if TYPE_CHECKING:
    from ..planning.choices import Choice, Hit

ALL = ("all", "alle")
WORDS = {  # what may be typed for a kind of choice
    "substitute": ("substitute", "vikar"),
    "online": ("online",),
    "move": ("move", "flyt"),
    "swap": ("swap", "byt"),
    "make_up": ("make-up", "make_up", "indhent"),
    "cancel": ("cancel", "aflys"),
}
Pair = tuple[str, str]


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def takes(typed: Sequence[str]) -> list[Pair]:
    """`1=2` as ("1", "2"). Raises InputError that names what is not written so."""
    pairs = [text.partition("=") for text in typed]
    wrong = [text for text, (a, sign, b) in zip(typed, pairs, strict=True) if not (a.strip() and sign and b.strip())]
    if wrong:
        what = say("{value} is not a session and a choice.", value=repr(wrong[0]))
        raise InputError([Trouble("--take", what, say("Write it as 1=2, 1=swap or all=cancel."))])
    return [(a.strip(), b.strip()) for a, _, b in pairs]


class Taking:
    """The plan as it will be, choice after choice. `found` is what was listed, by whose numbers one chooses."""

    def __init__(self, problem: Problem, plan: TermPlan, today: date, found: Sequence[Hit]) -> None:
        self.problem, self.plan, self.today, self.found = problem, plan, today, found

    def all(self, asked_for: Sequence[Pair]) -> list[tuple[Hit, Choice]]:
        """What each choice is. Raises InputError for what is not listed, Refused for what others made impossible."""
        chosen: list[tuple[Hit, Choice]] = []
        for session, choice in asked_for:
            for n in self._numbers(session):
                hit = self.found[n - 1]
                if any(known is hit for known, _ in chosen):
                    raise InputError([Trouble("--take", say("{n} is taken twice.", n=n), say("Take it once."))])
                taken = self._choice(n, hit, choice)
                if taken is not None:
                    self._take(hit, taken)
                    chosen.append((hit, taken))
                elif session.casefold() not in ALL:
                    raise Refused(say("Session {n} has no such choice: {choice}.", n=n, choice=choice))
        if not chosen:
            raise Refused(say("There is no such choice for any of them. Nothing was changed."))
        return chosen

    def _numbers(self, session: str) -> Sequence[int]:
        if session.casefold() in ALL:
            return range(1, len(self.found) + 1)
        if session.isdigit() and 1 <= int(session) <= len(self.found):
            return [int(session)]
        what = say("there is no session {n}.", n=session)
        right = say("They are numbered 1 to {most}; all means each of them.", most=len(self.found))
        raise InputError([Trouble("--take", what, right)])

    def _choice(self, n: int, hit: Hit, choice: str) -> Choice | None:
        """The choice that is meant, if it can still be taken; None if `all` of a kind are meant, and it has none."""
        from ..planning.choices import Looking

        now = Looking(self.problem, self.plan, self.today).hit(hit.week, hit.session, hit.participants)
        if choice.isdigit():
            if not 1 <= int(choice) <= len(hit.choices):
                what = say("session {n} has no choice {choice}.", n=n, choice=choice)
                right = say("Its choices are numbered 1 to {most}.", most=len(hit.choices))
                raise InputError([Trouble("--take", what, right)])
            meant = hit.choices[int(choice) - 1]
            found = [c for c in now.choices if (c.kind, c.week, c.held) == (meant.kind, meant.week, meant.held)]
            if not found:
                raise Refused(say("{n}={choice} can't be had together with the ones before it.", n=n, choice=choice))
            return found[0]
        kind = next((k for k, words in WORDS.items() if choice.casefold() in words), None)
        if kind is None:
            what = say("{value} is no kind of choice.", value=repr(choice))
            words = ", ".join(words[0] for words in WORDS.values())
            raise InputError([Trouble("--take", what, say("Kinds are {words}.", words=words))])
        return next((c for c in now.choices if c.kind == kind), None)

    def _take(self, hit: Hit, choice: Choice) -> None:
        from ..planning.cover import taken

        self.plan = taken(self.problem, self.plan, hit, choice)

    def is_all_of(self, draft: TermPlan) -> bool:
        """Whether nothing but what was taken happened in a draft."""
        ahead = [week for week in self.plan.weeks if week.day(6) >= self.today]
        return all(
            week in draft.weeks and draft.weeks[week].own.attendance == self.plan.weeks[week].own.attendance
            for week in ahead
        )
