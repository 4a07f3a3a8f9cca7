"""The command line: read, call, print, and an exit code. Nothing is planned here, and nothing heavy is imported early.

0 done; 1 something is unmet (only with --strict); 2 the tables or the call are wrong; 3 refused; 4 stopped before any
plan; 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..errors import SkemaplanError
from ..words import say
from .beginning import new
from .changing import change
from .checking import check
from .covering import cover
from .demonstrating import demo
from .differing import diff
from .explaining import why
from .helping import helps_in, named_in
from .history import history, next_term, restore
from .interrupting import INTERRUPTED, heard
from .linking import link, links, serve
from .planning import plan
from .publishing import export, publish
from .reporting import print_, report
from .showing import show
from .speaking import language_of, language_of_the_machine, show_error, speaks
from .suggesting import suggest
from .supposing import what_if
from .verifying import verify

FAULT = 4


class Verbs(click.Group):
    """The verbs of skemaplan. Whatever goes wrong in one becomes a sentence and an exit code, never a traceback."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **others: Any) -> Any:
        call = sys.argv[1:] if args is None else args
        with helps_in(self, named_in(call) or language_of_the_machine()):
            return super().main(args, *more, **others)

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):  # a console that can't write a letter shows a question mark
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            with heard():
                return super().invoke(ctx)
        except SkemaplanError as error:
            show_error(error, language_of(ctx))
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(say("Stopped.").to(language_of(ctx)), err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("SKEMAPLAN_TRACEBACK"):
                raise
            text = say(
                "This is a fault in skemaplan, not in your tables ({kind}: {error}). "
                "Set SKEMAPLAN_TRACEBACK=1 and try again to see where.",
                kind=type(error).__name__,
                error=error,
            )
            click.echo(text.to(language_of(ctx)), err=True)
            ctx.exit(FAULT)


def show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    from ..summary_document import versions

    if asked:
        click.echo(" · ".join(f"{name} {version}" for name, version in versions().items() if version))
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version, help="Say which this is."
)
@speaks
def main() -> None:
    """Plan every dated week of a small team's term, with a proof, and give each person a calendar.

    TERM is a folder of CSV tables or an .xlsx workbook.
    """


VERBS = (
    new,
    check,
    plan,
    why,
    change,
    what_if,
    suggest,
    cover,
    diff,
    show,
    export,
    report,
    print_,
    verify,
    publish,
    history,
    restore,
    next_term,
    link,
    links,
    serve,
)

for verb in (*VERBS, demo):
    main.add_command(verb)
