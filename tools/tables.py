"""Writes docs/reference/tables.md out of the one list of tables and columns: `python -m tools.tables`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from skemaplan.columns import KEYS, TABLES, Column, Table
from skemaplan.facts import Settings

HEAD = "| column | in Danish | what it says | written as |"
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "tables.md"
INTRODUCTION = """# The tables

<!-- Written by `python -m tools.tables` out of the list of columns that also reads the tables. -->

A term is a folder of CSV files, or one `.xlsx` workbook whose sheets have the same names. Tables and columns have an
English and a Danish name; both are understood everywhere, and mixed. In **bold** is what a table must have; every other
column, and every table but `term`, `participants` and `teachers`, may be missing. *Short* columns write rows of other
tables: `skemaplan check --rows` shows them. [How rows go together](../understand/tables.md) says what wins over what.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(section(table) for table in TABLES)])


def section(table: Table) -> str:
    keys = table.fact is Settings
    rows = "\n".join(f"| {' | '.join(cells(column, keys))} |" for column in (KEYS if keys else table.columns))
    head = "| key | in Danish | what it says | written as | default |" if keys else HEAD
    line = "|---" * head.count(" | ") + "|---|"
    return f"## {table.name} ({table.danish})\n\n{table.about.to('en')}\n\n{head}\n{line}\n{rows}\n"


def cells(column: Column, is_key: bool) -> Iterator[str]:
    name = f"`{column.name}`"
    yield f"**{name}**" if column.required else name
    yield f"`{column.danish}`"
    yield column.about.to("en") + (" *Short.*" if column.short else "")
    yield written(column)
    if is_key:
        yield default(column)


def written(column: Column) -> str:
    """How a cell is written: one of a few words, the id of something, or a kind of value with an example."""
    words = [f"`{english}` (`{danish}`)" if english != danish else f"`{english}`" for english, danish in column.words]
    ids = [f"an id of {', '.join(column.refers)}"] if column.refers else []
    if ids or words:
        return ", or ".join([*ids, ", ".join(words)] if words else ids)
    plain = column.kind.name in ("text", "id", "note")
    return column.kind.name if plain else f"{column.kind.name}: `{column.kind.example}`"


def default(column: Column) -> str:
    value = next(f.default for f in fields(Settings) if f.name == column.fact)
    if value is MISSING or value is None or value == "":
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value}"


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
