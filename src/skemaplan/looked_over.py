"""What was looked over and held, remembered, so that publishing a change again looks only at what has changed.

A week's mark is a hash of everything that looking it over reads: its facts as the tables have them now, its sessions,
rooms, figures and what is missing, all ordinary weeks of the plan, what is owed when it begins, and every file of this
program. The same mark is the same question to the same program, and so has the same answer. A week whose tables have
changed since it was planned has no mark: what may be published of it depends on the clock.

Marks are kept only of what held, and only after it was looked at. Whoever can write them can write the site, too.
`verify` and `publish --verify-all` look at everything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .errors import Refused
from .making_up import owed_before
from .schedule import TermPlan
from .store import Store, document_of

FILE = "looked_over.json"


def marks(plan: TermPlan) -> dict[str, str]:
    """By week ("base NAME" for an ordinary one) the hash of what looking it over reads; none for what is stale."""
    document = document_of(plan)
    bases = _hash([program(), document["bases"]])
    found = {f"base {name}": bases for name, base in plan.bases.items() if not base.stale}
    owed = owed_before(plan.problem, plan.weeks)
    for week, dated in plan.weeks.items():
        if not dated.stale:
            debts = sorted((*key, minutes) for key, minutes in owed[week].items())
            found[str(week)] = _hash([bases, str(week), document["weeks"][str(week)], debts])
    return found


def known(store: Store, found: Mapping[str, str]) -> frozenset[str]:
    """Which of these were looked over before, and held. A file that can't be read, or is not ours, says of none."""
    try:
        kept = (store.read(FILE) or {}).get("marks")
    except Refused:
        return frozenset()
    return frozenset(name for name, mark in found.items() if isinstance(kept, dict) and kept.get(name) == mark)


def remember(store: Store, found: Mapping[str, str]) -> None:
    """Keep the marks of a plan of which everything held."""
    store.write(FILE, {"marks": dict(found)})


@cache
def program() -> str:
    """The hash of every file of this program: another version may have another opinion."""
    here, found = Path(__file__).parent, hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        data = path.read_bytes()
        found.update(f"{path.relative_to(here).as_posix()} {len(data)}\n".encode() + data)
    return found.hexdigest()


def _hash(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
