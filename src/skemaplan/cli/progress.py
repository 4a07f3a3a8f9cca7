"""How a search goes on, while it does: one living line in a terminal, a plain line for each step elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

import click

from ..words import Text, say

if TYPE_CHECKING:
    from rich.live import Live


class Progress:
    """Hears of better and better plans (`heard`) and shows them on stderr; with `quiet` it shows nothing."""

    def __init__(self, language: str, quiet: bool = False) -> None:
        self.language, self.quiet = language, quiet
        self.live: Live | None = None
        self.last: tuple[str, str] | None = None
        self.line = ""

    def __enter__(self) -> Progress:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live
            from rich.spinner import Spinner

            self.spinner = Spinner("dots", say("Looking for a plan").to(self.language))
            self.live = Live(self.spinner, console=Console(stderr=True), transient=True, refresh_per_second=8)
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live is not None:
            self.live.stop()
        elif self.line:
            self.show()

    def heard(self, stage: str, done: int, of: int, tier: str, value: int, bound: int) -> None:
        """What `plan` calls with each better schedule: `value` is the price of the best, `bound` no plan is below."""
        if self.quiet:
            return
        if self.live is None and self.last not in (None, (stage, tier)):
            self.show()
        self.last = (stage, tier)
        self.line = progress_text(stage, done, of, tier, value, bound).to(self.language)
        if self.live is not None:
            self.spinner.update(text=self.line)

    def note(self, text: Text) -> None:
        """Something to know besides, while the search goes on."""
        said = text.to(self.language)
        if self.live is not None:
            self.live.console.print(said, highlight=False)
        else:
            click.echo(said, err=True)

    def show(self) -> None:
        """Without a terminal a step is told once, when it is over."""
        click.echo(self.line, err=True)
        self.line = ""


def progress_text(stage: str, done: int, of: int, tier: str, value: int, bound: int) -> Text:
    """One line: which week, how many there are, and how far the best found is from the best possible."""
    names = {"demands": say("wishes"), "moves": say("moves"), "inconvenience": say("inconvenience")}
    names["distance"] = names["moves"]  # how far they go
    names["given_base"] = names["inconvenience"]  # the same price again, bounded with the ordinary weeks as they are
    gap = 100 * (value - bound) / value if value else 0
    closing = say("proven") if value == bound else say("gap {gap} %", gap=f"{gap:.0f}")
    return say(
        "[{n}/{of}] {stage}  {tier} {value}, at least {bound} ({closing})",
        n=done + 1,
        of=of,
        stage=stage,
        tier=names.get(tier, Text("{tier}", (("tier", tier),))),
        value=value,
        bound=bound,
        closing=closing,
    )
