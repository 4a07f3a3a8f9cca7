"""Writes docs/reference/cli.md out of the command line's own help: `python -m tools.reference`."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from skemaplan.cli import main as skemaplan

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
EXAMPLES = {  # in an order in which they work, one after another
    "demo": "skemaplan demo",
    "new": "skemaplan new autumn.xlsx --start 2027-08-09 --end 2027-12-17",
    "check": "skemaplan check examples/smallest",
    "plan": "skemaplan plan examples/smallest --language en",
    "why": "skemaplan why examples/smallest",
    "show": 'skemaplan show examples/smallest "Deltager A" --week 2027-W06',
    "export": "skemaplan export examples/smallest --lessons lessons.csv",
    "report": "skemaplan report examples/smallest --out report.xlsx",
    "verify": "skemaplan verify examples/smallest",
    "publish": "skemaplan publish examples/smallest --site site --url https://skema.example --now 2027-01-25T08:00",
    "print": "skemaplan print examples/smallest --out sheets.pdf --weeks 2",
    "link": 'skemaplan link examples/smallest "Deltager A" --site site --qr link.svg',
    "links": "skemaplan links examples/smallest --site site --sheet handout.html",
    "serve": "skemaplan serve site",
    "change": 'skemaplan change absent examples/smallest "Underviser 1" 2027-02-08 2027-02-12 --today 2027-01-26',
    "what-if": 'skemaplan what-if examples/smallest --today 2027-01-26 -- absent "Underviser 1" 2027-02-16',
    "suggest": 'skemaplan suggest examples/smallest "Deltager A" mat fri --today 2027-01-26',
    "cover": "skemaplan cover examples/smallest --today 2027-01-26",
    "diff": "skemaplan diff examples/smallest --today 2027-01-26 --language en",
    "history": "skemaplan history examples/smallest",
    "restore": "skemaplan restore examples/smallest 1 --site site --now 2027-01-26T08:00",
    "next-term": "skemaplan next-term examples/smallest autumn --start 2027-08-09 --end 2027-12-17",
}
INTRODUCTION = """# The command line

<!-- Written by `python -m tools.reference` out of the command line's own help. -->

`skemaplan VERB TERM` does one thing with one term: a folder of CSV tables, or an `.xlsx` workbook. What a verb has to
say is on standard output; progress, warnings and errors are on standard error. It speaks the term's own language
(`language` in the table `term`, Danish if nothing is said) unless `--language` names another. The help is in the
machine's language, unless `skemaplan --language en` or `da` names one.
[Exit codes](json.md#exit-codes) are the same for all verbs.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(section(verb, example) for verb, example in EXAMPLES.items())])


def section(verb: str, example: str) -> str:
    return f"## {verb}\n\n```\n{example}\n```\n\n```\n{help_of(verb)}\n```\n"


def help_of(verb: str) -> str:
    """The help as it is printed, 80 columns wide."""
    told = CliRunner().invoke(
        skemaplan, ["--language=en", verb, "--help"], prog_name="skemaplan", env={"COLUMNS": "80"}
    )
    return told.output.rstrip()


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
