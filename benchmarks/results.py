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

    `spent` is what the run took in all, `limit` what it could take to prove (None: it never proves), `group` whose best
    settings are compared.
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
    limit: float | None
    demands: int | None
    inconvenience: int | None
    bound: int

    @property
    def key(self) -> tuple[str, int]:
        return self.spec, self.size


def write_rows(path: Path, new: Sequence[Row], where: Mapping[str, str]) -> None:
    """Write rows in place of those of the same specs, sizes and groups; others stay."""
    done = {(row.spec, str(row.size), row.group) for row in new}
    lines: list[dict[str, object]] = []
    if path.exists():
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader(file)
            lines += [line for line in rows if (line["spec"], line["size"], line["group"]) not in done]
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
        seconds("limit"),
        minutes("demands"),
        minutes("inconvenience"),
        int(line["bound"]),
    )


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


@dataclass(frozen=True)
class Ratio:
    """How many times as long as our median the fastest proof of anybody else takes.

    `bound`: "at least" where nobody else proves it within the limit, "at most" where we don't.
    """

    times: float
    bound: str = ""

    def __str__(self) -> str:
        return f"{self.bound} {self.times:.1f}".strip()


def table(rows: Iterable[Row]) -> str:
    """For each spec and size our median, what the best of each group of others needs, and how many times as long as we
    the fastest proof of theirs takes; in Markdown, with the geometric mean of that over all rows."""
    rows = list(rows)
    groups = list(dict.fromkeys(r.group for r in rows if r.group != "path"))
    head = ["spec", "all fits", "1 %", "proof", "gap", *groups, "best of them, times ours"]
    lines = [head, ["---"] * len(head)]
    ratios = best_ratios(rows)
    for key in dict.fromkeys(r.key for r in rows):
        of = [r for r in rows if r.key == key]
        mine = [r for r in of if r.group == "path"]
        cells = [seconds(middle([getattr(r, what) for r in mine])) for what in ("full", "near", "proof")]
        beside = [_beside([r for r in of if r.group == group]) for group in groups]
        times = str(ratios.get(key, "nobody proves it"))
        lines.append([named(key), *cells, gap(mine[0]) if mine else "", *beside, times])
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{text}\n\n{mean(list(ratios.values()))}" if ratios else text


def mean(ratios: Sequence[Ratio]) -> str:
    times = geometric_mean(r.times for r in ratios)
    bounds = ", ".join(f"{n} of them {b}" for b in ("at least", "at most") if (n := sum(r.bound == b for r in ratios)))
    rows = f"{len(ratios)} rows, {bounds}" if bounds else f"{len(ratios)} rows"
    return f"fastest proof of the others: {times:.1f} times as long (geometric mean of {rows})"


def best_ratios(rows: Sequence[Row]) -> dict[tuple[str, int], Ratio]:
    """By spec and size, where anybody has proven it and somebody else has tried. Who hasn't counts as its limit."""
    found: dict[tuple[str, int], Ratio] = {}
    for key in dict.fromkeys(r.key for r in rows):
        mine = [r for r in rows if r.key == key and r.group == "path"]
        limits = [r.limit for r in rows if r.key == key and r.group != "path" and r.limit is not None]
        proofs = [r.proof for r in rows if r.key == key and r.group != "path" and r.proof is not None]
        own = middle([r.proof for r in mine])
        if own is not None and limits:
            found[key] = Ratio(min(proofs) / own) if proofs else Ratio(min(limits) / own, "at least")
        elif proofs and mine:
            found[key] = Ratio(min(proofs) / max(r.spent for r in mine), "at most")
    return found


def middle(values: Sequence[float | None]) -> float | None:
    """The median (of nothing: None); what never came is longer than anything."""
    if not values:
        return None
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


def _beside(rows: Sequence[Row]) -> str:
    """What the best of a group needs to prove it; who never proves: until all fits and until 1 %, or where it ends."""
    proofs = [r.proof for r in rows if r.proof is not None]
    if proofs:
        return seconds(min(proofs))
    if not rows or rows[0].limit is not None:
        return "not proven" if rows else ""
    full, near = (
        min((v for r in rows if (v := getattr(r, what)) is not None), default=None) for what in ("full", "near")
    )
    if near is not None:
        return f"fits {seconds(full)}, 1 % {seconds(near)}"
    if full is not None:
        return f"fits {seconds(full)}, {min(r.inconvenience for r in rows if r.inconvenience is not None)} min"
    short = [r.demands for r in rows if r.demands is not None]
    return f"{min(short)} min short" if short else "no plan"
