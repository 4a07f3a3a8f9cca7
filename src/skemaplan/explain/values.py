"""The answers of `explain`, as values: a code for programs, whom it is about, an amount, a sentence for people.

All are frozen and picklable, and `as_data` makes plain data of them for `--json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from ..rules.loosening import ASKED, Loosening
from ..week import WeekFacts
from ..words import Text

HELPS, REFUTED, OPEN = "helps", "refuted", "open"


@dataclass(frozen=True)
class Reason:
    """Why something is short. `amount` is minutes a week that can't be had (0 where it isn't an amount)."""

    code: str
    who: str
    amount: int
    text: Text


@dataclass(frozen=True)
class Change:
    """One loosening by one amount (its unit is the loosening's own: see `text`). `ask` says whom one must ask."""

    code: str
    who: str
    ask: str
    amount: int
    price: int
    text: Text
    loosening: Loosening

    @classmethod
    def of(cls, loosening: Loosening, amount: int) -> Change:
        x = loosening
        return cls(x.code, x.who, x.asked, amount, x.price(amount), x.sentence(amount), x)


@dataclass(frozen=True)
class Repair:
    """Changes that together make everything fit (shown by a plan that was found), cheapest first in any list.

    `least`: whether a smaller amount was proven not to do. `weeks`: the ISO weeks it is for.
    """

    changes: tuple[Change, ...]
    least: bool
    weeks: tuple[str, ...] = ()

    @property
    def price(self) -> int:
        """What it asks of people, in minutes a week."""
        return sum(c.price for c in self.changes)

    @property
    def rank(self) -> tuple[object, ...]:
        """Cheapest first; at one price, whom one need not ask far for."""
        asked = max(ASKED.index(c.ask) for c in self.changes)
        return self.price, asked, tuple((c.code, c.who, c.amount, str(c.text)) for c in self.changes)

    def on(self, facts: WeekFacts) -> WeekFacts:
        """The week's facts with the repair in them."""
        for c in self.changes:
            facts = c.loosening.on(facts, c.amount)
        return facts


@dataclass(frozen=True)
class Tried:
    """What became of one loosening: it `helps`, all its amounts are `refuted` by proof, or it is `open` (no time)."""

    loosening: Loosening
    outcome: str


@dataclass(frozen=True)
class Conflict:
    """Named facts that can't hold together. `minimal`: without any one of them, proven, the others can."""

    facts: tuple[Reason, ...]
    minimal: bool
    weeks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Accepted:
    """What it means to change nothing: `minutes` a week less of a course for each of the participants, in `weeks`.

    `dates`: the first and last day of each stretch of these weeks (of a single week that is of no term: none).
    """

    participants: tuple[str, ...]
    course: str
    minutes: int
    weeks: tuple[str, ...]
    dates: tuple[tuple[date, date], ...]
    text: Text


@dataclass(frozen=True)
class Impasse:
    """Weeks that are alike and in which not everything fits: why, and what would help.

    `participants`: whom it is about. `short`: minutes short at the least, a minute below `fewest` counting ten;
    `proven`: whether it can't be less. `repairs` are single changes, `pairs` two at once (looked for only where there
    is no single one); `pairs_known`: whether there is proven to be no cheaper pair than those.
    """

    weeks: tuple[str, ...]
    participants: tuple[str, ...]
    short: int
    proven: bool
    reasons: tuple[Reason, ...]
    repairs: tuple[Repair, ...]
    pairs: tuple[Repair, ...]
    accept: tuple[Accepted, ...]
    tried: tuple[Tried, ...]
    pairs_known: bool = True

    @property
    def refuted(self) -> int:
        return sum(t.outcome == REFUTED for t in self.tried)

    @property
    def open(self) -> int:
        """How many changes nothing was proven of in time."""
        return sum(t.outcome == OPEN for t in self.tried)


@dataclass(frozen=True)
class Answer:
    """Why a term does not work out. No impasses: it does. `repairs` are single changes that mend all of them at once.

    `unknown`: weeks of which it was not proven in time whether everything fits.
    """

    impasses: tuple[Impasse, ...]
    repairs: tuple[Repair, ...]
    unknown: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def works_out(self) -> bool:
        return not self.impasses and not self.unknown


def as_data(value: object, language: str = "en") -> object:
    """Plain data (dicts, lists, numbers, words) of any of these values, its sentences in `language`."""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, Loosening):
        return {"code": value.code, "who": value.who, "ask": value.asked, "amounts": list(value.amounts)} | {
            "sentence": value.sentence(value.amounts[0]).to(language)
        }
    if is_dataclass(value) and not isinstance(value, type):
        skip = {"loosening"} if isinstance(value, Change) else set()
        data = {f.name: as_data(getattr(value, f.name), language) for f in fields(value) if f.name not in skip}
        return data | ({"price": value.price} if isinstance(value, Repair) else {})
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): as_data(v, language) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_data(v, language) for v in value]
    return value
