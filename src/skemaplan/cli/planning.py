"""`plan`: make a draft of the whole term, look it over, keep it, and say what it comes to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import click

from ..amounts import in_seconds
from ..errors import NoPlan
from ..problem import Problem
from ..schedule import TermPlan
from ..stopping import Stop
from ..words import Text, say, say_n
from .arguments import SECONDS
from .interrupting import INTERRUPTED, interruptible
from .progress import Progress
from .replanning import Again, again_of, thaw_option, today_option
from .speaking import language_of, of_term, read_term, tell

UNMET = 1


@click.command()
@of_term
@click.option("--seconds", type=SECONDS, help="Stop after so long [default: when all is proven].")
@click.option("--seed", type=click.IntRange(min=0, max=2**31 - 1), default=0, show_default=True, help="Another search.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--strict", is_flag=True, help="Answer with exit code 1 if a wanted lesson is unmet.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@today_option
@thaw_option
@click.option("--anew", is_flag=True, help="Plan from scratch, whatever was published and whatever moves.")
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of this Dask scheduler do the work.")
@click.option("--prove", is_flag=True, help="Also prove how good the weeks are that changed since they were published.")
def plan(
    term: Path,
    seconds: float | None,
    seed: int,
    as_json: bool,
    strict: bool,
    quiet: bool,
    today: str | None,
    thaw: bool,
    anew: bool,
    prove: bool,
    cluster: str | None,
) -> None:
    """Plan every dated week of a term.

    A term that has a published version is planned again from it: what has passed stays, and of the rest as little
    moves as can be. The plan is kept as the term's draft. The draft lies in the state folder beside the tables until
    `publish` makes it public. A plan is always made; what could not be met stands in the summary.
    """
    from ..store import Store
    from ..summary import summarise
    from ..summary_document import summary_document
    from ..summary_text import summary_text

    problem = read_term(term)
    language = language_of()
    stop, store = Stop(), Store.of(term)
    version = store.version  # another may be published while this is planned: then it is out of date
    again = None if anew else again_of(store, problem, today, thaw)
    with workers(cluster) as executor:
        made = search(problem, seconds, seed, quiet, stop, again, prove=prove, executor=executor)
    with store.held():
        store.write_draft(made, version)
    summary = summarise(made)
    if as_json:
        click.echo(json.dumps(summary_document(summary, language), ensure_ascii=False, indent=2))
    else:
        tell(summary_text(summary, language))
        tell("")
        tell(say("The draft lies in {file}.", file=store.folder / "draft.json"))
        if again is not None and not prove and not all(t.proven for t in made.tiers):
            tell(say("How good the weeks are that changed is proven with --prove; it takes longer."))
    for text in cut_short(made, seconds, stop.asked):
        tell(text, err=True, colour="yellow")
    if stop.asked:
        raise click.exceptions.Exit(INTERRUPTED)
    if strict and not summary.works_out:
        raise click.exceptions.Exit(UNMET)


def workers(address: str | None) -> AbstractContextManager[Executor | None]:
    """Who does the work: a cluster, or (None) this process. Raises InputError if the cluster does not answer."""
    from ..planning.cluster import cluster

    return nullcontext() if address is None else cluster(address)


def cut_short(made: TermPlan, seconds: float | None, stopped: bool) -> Iterator[Text]:
    """Whether it was the clock or the user that ended the search: then another run may find another plan."""
    if stopped:
        yield say("Stopped: this is the best plan found so far.")
    elif seconds is not None and made.seconds >= seconds and not all(t.proven for t in made.tiers):
        yield say("The time was up after {seconds}: another run may find another plan.", seconds=in_seconds(seconds))


def search(
    problem: Problem,
    seconds: float | None,
    seed: int,
    quiet: bool,
    stop: Stop,
    again: Again | None = None,
    *,
    prove: bool = False,
    executor: Executor | None = None,
) -> TermPlan:
    """A plan that was looked over again without a solver; after a Ctrl-C, the best so far.

    `again` is what was published: then as little of it moves as can be, and nothing at all if the tables are the same.

    Raises NoPlan if there is none, or it breaks a must, and KeyboardInterrupt if it was stopped before there was one.
    """
    from ..planning.change import replan
    from ..planning.term import plan as plan_term

    if again is not None and again.holds and not prove:
        return again.published
    language = language_of()
    with Progress(language, quiet) as progress:

        def stopping() -> None:
            progress.note(say("Stopping with the best plan so far. Ctrl-C again gives it up."))

        def work(stop: Stop) -> TermPlan:
            if again is None:
                return plan_term(
                    problem, seconds=seconds, seed=seed, heard=progress.heard, stop=stop, executor=executor
                )
            return replan(
                problem,
                again.published,
                again.today,
                minute=again.minute,
                thaw=again.thaw,
                seconds=seconds,
                seed=seed,
                prove=prove,
                heard=progress.heard,
                stop=stop,
                executor=executor,
            )

        try:
            made = interruptible(work, stop, stopping)
        except NoPlan:
            if stop.asked:
                raise KeyboardInterrupt from None
            raise
    refuse_broken(made, *((again.today, again.minute) if again else ()))
    return made


def refuse_broken(made: TermPlan, today: date | None = None, minute: int = 0) -> None:
    """Raise NoPlan if a plan does not keep what must be kept: then skemaplan is wrong, and nobody gets such a plan."""
    from ..planning.verified import verify_plan

    breaches = list(verify_plan(made, today, minute))
    if breaches:
        week, breach = breaches[0]
        raise NoPlan(
            say_n(
                "This is a fault in skemaplan, not in your tables: its plan does not hold "
                "({n} time; {week}: {what}). Nothing was written.",
                "This is a fault in skemaplan, not in your tables: its plan does not hold "
                "({n} times; first {week}: {what}). Nothing was written.",
                n=len(breaches),
                week=week,
                what=breach.text,
            )
        )
