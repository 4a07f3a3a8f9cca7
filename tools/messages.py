"""Brings the catalogue of messages up to the code, and compiles it: `make messages`.

The sentences are the literals given to `say`, `say_n` (for one, and for many) and `translate`, and the help of the
command line. New ones come into the
.po without a translation, ones that are gone are taken out; line numbers and dates are left out, so that a change of
code changes nothing here.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from skemaplan.cli import main as skemaplan
from skemaplan.cli.helping import sentences

PACKAGE = Path(__file__).parents[1] / "src" / "skemaplan"
KEYWORDS = {"say": None, "say_n": (1, 2), "translate": None}
LANGUAGE = "da"
PO = PACKAGE / "locale" / LANGUAGE / "LC_MESSAGES" / "skemaplan.po"
WRITTEN = datetime(2020, 2, 3, tzinfo=UTC)  # the header wants a date; one that never changes keeps the file still


def extracted(package: Path = PACKAGE) -> Catalog:
    """Every sentence in the code, with the files it stands in."""
    catalog = Catalog(project="skemaplan", domain="skemaplan")
    found = extract_from_dir(package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    for file, _, message, comments, context in found:
        catalog.add(message, None, [(file.replace("\\", "/"), 0)], auto_comments=comments, context=context)
    if package == PACKAGE:
        for text in sentences(skemaplan):
            catalog.add(text, None, [("the command line's help", 0)])
    return catalog


def translated(po: Path = PO) -> Catalog:
    """The catalogue as translators left it; an empty one if there is none."""
    if not po.is_file():
        return Catalog(locale=LANGUAGE, domain="skemaplan")
    return read_po(io.BytesIO(po.read_bytes()), locale=LANGUAGE, domain="skemaplan")


def brought_up(po: Path = PO, package: Path = PACKAGE) -> Catalog:
    """What was translated, in step with the code: nothing guessed, nothing old kept."""
    catalog = translated(po)
    catalog.update(extracted(package), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# Danish for skemaplan. Edit the msgstr lines; `make messages` keeps the rest."
    catalog.project, catalog.version = "skemaplan", ""
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = ""
    catalog.creation_date = catalog.revision_date = WRITTEN
    catalog.fuzzy = False
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The sentences without a translation."""
    return [forms(m.id)[0] for m in catalog if m.id and (not all(forms(m.string)) or m.fuzzy)]


def forms(text: object) -> tuple[str, ...]:
    """The forms of a sentence: one, or one for one and one for many."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def main() -> int:
    catalog = brought_up()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(catalog))
    PO.with_suffix(".mo").write_bytes(mo_bytes(catalog))
    untranslated = missing(catalog)
    print(f"{len(catalog)} messages, {len(untranslated)} without a translation.")
    for message in untranslated:
        print(f"  {message}")
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main())
