"""The rows that a benchmark writes, and the table that is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import geometric_mean, median


@dataclass(frozen=True)
class Row:
    """One run. Seconds until a plan was as little short as the best known, within 1 % of it, proven (None: never).

    `spent` is what the run took in all, `group` whose best settings are compared.
    """

    spec: str
    size: int
    peer: str
    group: str
    seed: int
    full: float | None
    near: float | None
    proof: float | None
    spent: float
    demands: int | None
    inconvenience: int | None
    bound: int

    @property
    def key(self) -> tuple[str, int]:
        return self.spec, self.size


def write_rows(path: Path, new: Sequence[Row], where: Mapping[str, str]) -> None:
    """Write rows in place of those of the same specs and sizes; others stay."""
    done = {row.key for row in new}
    lines: list[dict[str, object]] = []
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            lines += [line for line in csv.DictReader(file) if (line["spec"], int(line["size"])) not in done]
    lines += [{k: _rounded(v) for k, v in asdict(row).items()} | dict(where) for row in new]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, [*(f.name for f in fields(Row)), *where], lineterminator="\n")
        out.writeheader()
        out.writerows(lines)


def read_rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: Mapping[str, str]) -> Row:
    def seconds(name: str) -> float | None:
        return float(line[name]) if line[name] else None

    def minutes(name: str) -> int | None:
        return int(line[name]) if line[name] else None

    return Row(
        line["spec"],
        int(line["size"]),
        line["peer"],
        line["group"],
        int(line["seed"]),
        seconds("full"),
        seconds("near"),
        seconds("proof"),
        float(line["spent"]),
        minutes("demands"),
        minutes("inconvenience"),
        int(line["bound"]),
    )


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def table(rows: Iterable[Row]) -> str:
    """For each spec and size our median, and the best of each group of others as a multiple of it, in Markdown."""
    rows = list(rows)
    groups = list(dict.fromkeys(r.group for r in rows if r.group != "path"))
    head = ["spec", "all fits", "1 %", "proof", "gap", *groups]
    lines = [head, ["---"] * len(head)]
    for key in dict.fromkeys(r.key for r in rows):
        of = [r for r in rows if r.key == key]
        mine = [r for r in of if r.group == "path"]
        own = middle([r.proof for r in mine])
        cells = [seconds(middle([getattr(r, what) for r in mine])) for what in ("full", "near", "proof")]
        lines.append([named(key), *cells, gap(mine[0]), *(_beside(of, group, own) for group in groups)])
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    ratios = [ratio for ratio in best_ratios(rows).values() if ratio is not None]
    return text + (
        f"\n\nbest of the others: {geometric_mean(ratios):.1f} times as long (geometric mean)" if ratios else ""
    )


def best_ratios(rows: Sequence[Row]) -> dict[tuple[str, int], float | None]:
    """How many times as long as our median the fastest proof of anybody else takes, at least (None: nobody proves).

    Where only we prove it, others have spent at least what they were given.
    """
    found: dict[tuple[str, int], float | None] = {}
    for key in dict.fromkeys(r.key for r in rows):
        own = middle([r.proof for r in rows if r.key == key and r.group == "path"])
        others = [r for r in rows if r.key == key and r.group != "path"]
        best = min((r.proof if r.proof is not None else r.spent for r in others), default=None)
        found[key] = best / own if own and best is not None else None
    return found


def middle(values: Sequence[float | None]) -> float | None:
    """The median; what never came is longer than anything."""
    found = median(float("inf") if v is None else v for v in values)
    return found if found < float("inf") else None


def gap(row: Row) -> str:
    if row.proof is not None or not row.inconvenience:
        return ""
    return f"{(row.inconvenience - row.bound) / row.inconvenience:.1%}"


def seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def named(key: tuple[str, int]) -> str:
    spec, size = key
    return spec if spec.startswith("case") else f"{spec}-{size}"


def _beside(rows: Sequence[Row], group: str, own: float | None) -> str:
    theirs = [r for r in rows if r.group == group]
    proofs = [r.proof for r in theirs if r.proof is not None]
    if not theirs:
        return ""
    if not proofs:
        return "not proven"
    return f"{min(proofs) / own:.1f} times" if own else seconds(min(proofs))
