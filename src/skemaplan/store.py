"""A term's state beside its tables: the draft, every published version, and the ledger of identities.

A term in a folder keeps it in the folder `state` within; a term in a workbook `autumn.xlsx` in `autumn.state` beside
it. The folder is plain to see, with a README, because losing it doubles everybody's calendar: it must be copied, moved
and backed up together with the tables.

  draft.json               the plan that `plan` wrote last
  published/0001.json ...  every version that was published
  ledger.json              which version is the published one; replacing it is what publishes
  ledger/...               the identities, a file for each person, that ledger.json names
  addresses.json           whose link is whose, hashed
  looked_over.json         which weeks were looked over and held (`looked_over.py`); without it all are, again
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from .disk import Disk, discard, replace_file
from .errors import Refused
from .lock import held
from .plan_file import FORMAT, Json, fingerprint, plan_document, read_plan, to_text
from .problem import Problem
from .same import Same
from .schedule import TermPlan
from .words import say

FORMATS = {"ledger.json": 2}  # the newest that is understood; of all others it is that of plans
README = """This folder belongs to the timetable beside it. Keep it with the tables, and in the backup:
without it every subscribed calendar would show everything twice. Mappen hører til skemaet ved
siden af. Flyt, kopiér og gem den sammen med tabellerne: uden den vises alt to gange i kalenderne.
"""


def state_folder(term: Path) -> Path:
    """Where a term's state is kept: in its folder, or beside its workbook."""
    return term / "state" if term.is_dir() else term.with_suffix(".state")


def plan_digest(plan: TermPlan) -> str:
    """A hash of a plan and the tables it was made of: equal for equal plans."""
    return _digest(_text(Same(plan)))


def document_of(plan: TermPlan) -> Json:
    """A plan as plain data, made once for each plan: it is not to be changed."""
    return _document(Same(plan))


@lru_cache(maxsize=1)
def _document(plan: Same[TermPlan]) -> Json:
    return plan_document(plan.value)


@lru_cache(maxsize=1)
def _text(plan: Same[TermPlan]) -> str:
    """A plan as text. Publishing needs it twice, and a region's takes seconds."""
    return to_text(_document(plan))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
            raise _unreadable(name, error) from error
        if not isinstance(document, dict) or not isinstance(document.get("format"), int):
            raise Refused(say("{file} is not skemaplan's own any more. Take it from the backup.", file=name))
        _refuse_newer(name, document)
        return document

    def refuse_newer(self, name: str) -> None:
        """Raise `Refused` for a document that a newer skemaplan wrote. One that can't be read may be replaced."""
        try:
            document = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (ValueError, OSError):
            return
        if isinstance(document, dict) and isinstance(document.get("format"), int):
            _refuse_newer(name, document)

    def write(self, name: str, document: Json) -> bool:
        """Replace a document of the state; returns whether anything changed. A `Refused` leaves the old one."""
        self.refuse_newer(name)
        return self.write_text(name, to_text({"format": FORMAT, **document}))

    def write_text(self, name: str, text: str) -> bool:
        """The same for a document that is text already."""
        data, path = text.encode(), self.folder / name
        if path.is_file() and path.read_bytes() == data:
            return False
        with _writing(name):
            self.disk.make(path.parent)
            replace_file(self.disk, path, data)
        return True

    def text(self, name: str) -> str:
        """A file of the state as it is. Raises `Refused` if it can't be read."""
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (ValueError, OSError) as error:
            raise _unreadable(name, error) from error

    def files(self, folder: str) -> tuple[str, ...]:
        """The names of all files in a folder of the state."""
        path = self.folder / folder
        return tuple(f"{folder}/{p.name}" for p in path.iterdir()) if path.is_dir() else ()

    def add(self, folder: str, files: Iterable[tuple[str, str]]) -> None:
        """Write new files (name and text) in a folder, which nothing names yet; all are on the disk when it returns."""
        there = self.folder / folder
        with _writing(folder):
            self.disk.make(there)
            written = []
            for name, text in files:
                self.disk.lay(there / name, text.encode())
                written.append(there / name)
            self.disk.force([*written, there])

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that nothing names any more; those that stay in spite of it do no harm."""
        for name in names:
            discard(self.disk, self.folder / name)

    def write_draft(self, plan: TermPlan, based_on: int | None = None) -> bool:
        """Keep a plan as the draft, made from this published version (None: the one that is published now)."""
        version = self.version if based_on is None else based_on
        return self.write("draft.json", {"based_on": version, "plan": plan_document(plan)})

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
        if _digest(to_text(document.get("plan", {}))) != document.get("digest"):
            raise _edited(name)
        _refuse_edited_head(name, document)
        return read_plan(document["plan"], problem)

    def is_published(self, plan: TermPlan) -> bool:
        """Whether this very plan, made of these very tables, is the published one."""
        return bool((self.read("ledger.json") or {}).get("plan") == plan_digest(plan))

    def published_of(self, problem: Problem) -> bool:
        """Whether the published version was planned with these very tables."""
        document = self.read(f"published/{self.version:04}.json") or {}
        return bool(document.get("plan", {}).get("tables") == fingerprint(problem))

    def published_at(self, version: int) -> datetime | None:
        """When a version was published; None if its file does not say so. Raises `Refused` if that was edited."""
        name = f"published/{version:04}.json"
        document = self.read(name) or {}
        _refuse_edited_head(name, document)
        at = document.get("at")
        return at and datetime.fromisoformat(at)

    @property
    def versions(self) -> tuple[int, ...]:
        """The numbers of all published versions, oldest first."""
        return tuple(range(1, self.version + 1))

    def write_published(self, version: int, plan: TermPlan, at: datetime | None) -> None:
        """Keep a plan as a published version. It is none, until the ledger that names it has replaced the old one."""
        text, when = _text(Same(plan)), at and at.isoformat()
        digest = _digest(text)
        head = to_text({"at": when, "digest": digest, "format": FORMAT, "seal": _seal(when, digest)})
        inner = text.rstrip("\n").replace("\n", "\n ")
        self.write_text(f"published/{version:04}.json", f'{{\n {head.strip()[1:-1]},\n "plan": {inner}\n}}\n')


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(
            say("{file} could not be written ({error}). Nothing was changed.", file=name, error=error)
        ) from error


def _seal(at: object, digest: object) -> str:
    return _digest(f"{at} {digest}")


def _refuse_edited_head(name: str, document: Json) -> None:
    """Raise `Refused` if the time of a published version was edited (one from before there was a seal has none)."""
    if "seal" in document and document["seal"] != _seal(document.get("at"), document.get("digest")):
        raise _edited(name)


def _edited(name: str) -> Refused:
    return Refused(say("{file} was edited by hand. Take it from the backup.", file=name))


def _refuse_newer(name: str, document: Json) -> None:
    newest = FORMATS.get(name, FORMAT)
    if document["format"] > newest:
        raise Refused(
            say(
                "{file} was written by a newer skemaplan (format {theirs}, not {ours}). Update skemaplan.",
                file=name,
                theirs=document["format"],
                ours=newest,
            )
        )


def _unreadable(name: str, error: Exception) -> Refused:
    return Refused(say("{file} can't be read ({error}). Take it from the backup.", file=name, error=error))
