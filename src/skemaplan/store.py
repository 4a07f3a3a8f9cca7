"""A term's state beside its tables: the draft, every published version, and the ledger of identities.

A term in a folder keeps it in the folder `state` within; a term in a workbook `autumn.xlsx` in `autumn.state` beside
it. The folder is plain to see, with a README, because losing it doubles everybody's calendar: it must be copied, moved
and backed up together with the tables.

  draft.json               the plan that `plan` wrote last
  published/0001.json ...  every version that was published
  ledger.json              which version is the published one, and the identities; replacing it is what publishes
  addresses.json           whose link is whose, hashed
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .disk import Disk, replace_file
from .errors import Refused
from .lock import held
from .plan_file import FORMAT, Json, fingerprint, plan_document, read_plan, to_text
from .problem import Problem
from .schedule import TermPlan
from .words import say

README = """This folder belongs to the timetable beside it. Keep it with the tables, and in the backup:
without it every subscribed calendar would show everything twice. Mappen hører til skemaet ved
siden af. Flyt, kopiér og gem den sammen med tabellerne: uden den vises alt to gange i kalenderne.
"""


def state_folder(term: Path) -> Path:
    """Where a term's state is kept: in its folder, or beside its workbook."""
    return term / "state" if term.is_dir() else term.with_suffix(".state")


def plan_digest(plan: TermPlan) -> str:
    """A hash of a plan and the tables it was made of: equal for equal plans."""
    return hashlib.sha256(to_text(plan_document(plan)).encode()).hexdigest()


@dataclass(frozen=True)
class Draft:
    """A plan that waits to be published. `stale`: the tables have changed since; `based_on`: the published version."""

    plan: TermPlan
    stale: bool
    based_on: int


class Store:
    """The state folder of one term. Reading needs no lock; whoever writes holds it with `with store.held():`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self.disk = disk or Disk()

    @classmethod
    def of(cls, term: Path, disk: Disk | None = None) -> Store:
        """The store of the term in this folder or workbook."""
        return cls(state_folder(term), disk)

    @contextmanager
    def held(self) -> Iterator[Store]:
        """Hold the state for writing. Raises `Refused`, naming the holder, if somebody else has it."""
        try:
            self.disk.make(self.folder)
            readme = self.folder / "README.txt"
            if not readme.exists():
                replace_file(self.disk, readme, README.encode())
        except OSError as error:
            raise Refused(say("The state folder can't be written ({error}).", error=error)) from error
        with held(self.folder / "lock"):
            yield self

    def read(self, name: str) -> Json | None:
        """A document of the state, or None if there is none. Raises `Refused` if it can't be read or is too new."""
        try:
            document = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, OSError) as error:
            raise Refused(
                say("{file} can't be read ({error}). Take it from the backup.", file=name, error=error)
            ) from error
        if not isinstance(document, dict) or not isinstance(document.get("format"), int):
            raise Refused(say("{file} is not skemaplan's own any more. Take it from the backup.", file=name))
        if document["format"] > FORMAT:
            raise Refused(
                say(
                    "{file} was written by a newer skemaplan (format {theirs}, not {ours}). Update skemaplan.",
                    file=name,
                    theirs=document["format"],
                    ours=FORMAT,
                )
            )
        return document

    def write(self, name: str, document: Json) -> bool:
        """Replace a document of the state; returns whether anything changed. A `Refused` leaves the old one."""
        data = to_text({"format": FORMAT, **document}).encode()
        path = self.folder / name
        if path.is_file() and path.read_bytes() == data:
            return False
        try:
            self.disk.make(path.parent)
            replace_file(self.disk, path, data)
        except OSError as error:
            raise Refused(
                say("{file} could not be written ({error}). Nothing was changed.", file=name, error=error)
            ) from error
        return True

    def write_draft(self, plan: TermPlan) -> bool:
        """Keep a plan as the draft, made from the version that is published now."""
        return self.write("draft.json", {"based_on": self.version, "plan": plan_document(plan)})

    def draft(self, problem: Problem) -> Draft | None:
        """The draft, read with these tables; None if there is none."""
        document = self.read("draft.json")
        if document is None:
            return None
        if not isinstance(document.get("based_on", 0), int):
            raise Refused(say("{file} is not skemaplan's own any more. Take it from the backup.", file="draft.json"))
        plan = read_plan(document.get("plan", {}), problem)
        stale = document["plan"].get("tables") != fingerprint(problem)
        return Draft(plan, stale, int(document.get("based_on", 0)))

    @property
    def version(self) -> int:
        """The number of the published version; 0 before the first."""
        return int((self.read("ledger.json") or {}).get("version", 0))

    def published(self, problem: Problem, version: int | None = None) -> TermPlan | None:
        """A published version (the latest, if none is named), read with these tables; None if there is none.

        Raises `Refused` if the file was edited by hand, or the version is not there.
        """
        version = self.version if version is None else version
        if version == 0:
            return None
        name = f"published/{version:04}.json"
        document = self.read(name) if 0 < version <= self.version else None
        if document is None:
            raise Refused(say("There is no published version {version}.", version=version))
        text = to_text(document.get("plan", {}))
        if hashlib.sha256(text.encode()).hexdigest() != document.get("digest"):
            raise Refused(say("{file} was edited by hand. Take it from the backup.", file=name))
        return read_plan(document["plan"], problem)

    def published_of(self, problem: Problem) -> bool:
        """Whether the published version was planned with these very tables."""
        document = self.read(f"published/{self.version:04}.json") or {}
        return bool(document.get("plan", {}).get("tables") == fingerprint(problem))

    def published_at(self, version: int) -> datetime | None:
        """When a version was published; None if its file does not say so."""
        at = (self.read(f"published/{version:04}.json") or {}).get("at")
        return at and datetime.fromisoformat(at)

    @property
    def versions(self) -> tuple[int, ...]:
        """The numbers of all published versions, oldest first."""
        return tuple(range(1, self.version + 1))

    def write_published(self, version: int, plan: TermPlan, ledger: Json) -> None:
        """Make a plan the published version. It is not, until the ledger that names it has replaced the old one."""
        document = plan_document(plan)
        digest = hashlib.sha256(to_text(document).encode()).hexdigest()
        self.write(f"published/{version:04}.json", {"at": ledger.get("at"), "digest": digest, "plan": document})
        self.write("ledger.json", {**ledger, "version": version})
