"""Everything the program says is said in Danish too: no sentence is untranslated, guessed, left over or out of step."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from skemaplan.words import Text, say, say_n
from tools.messages import KEYWORDS, PACKAGE, PO, brought_up, extracted, forms, missing, mo_bytes, po_bytes, translated

RUN = "run: make messages, and fill in what is missing in skemaplan.po"


@pytest.fixture(scope="module")
def code() -> Catalog:
    return extracted()


@pytest.fixture(scope="module")
def danish() -> Catalog:
    return translated()


def ids(catalog: Catalog) -> set[str]:
    return {form for m in catalog if m.id for form in forms(m.id)}


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each sentence with its Danish, form by form."""
    for m in catalog:
        if m.id and m.string:
            yield from zip(forms(m.id), forms(m.string), strict=True)


def test_every_sentence_is_translated(danish: Catalog) -> None:
    assert missing(danish) == [], RUN


def test_nothing_is_missing_and_nothing_is_left_over(code: Catalog, danish: Catalog) -> None:
    assert sorted(ids(code) - ids(danish)) == [], RUN
    assert sorted(ids(danish) - ids(code)) == [], RUN
    assert not danish.obsolete


def test_the_compiled_catalogue_is_that_of_the_text(danish: Catalog) -> None:
    compiled = read_mo(io.BytesIO(PO.with_suffix(".mo").read_bytes()))
    assert dict(pairs(compiled)) == dict(pairs(danish)), RUN


def test_bringing_it_up_again_changes_nothing(danish: Catalog) -> None:
    again = brought_up()
    assert dict(pairs(again)) == dict(pairs(danish))
    assert po_bytes(again) == po_bytes(again)
    assert mo_bytes(again) == mo_bytes(again)


def test_both_languages_name_the_same_places(danish: Catalog) -> None:
    """A `{place}` that is only in one of the two would be shown as nothing, or be an error."""
    for english, said in pairs(danish):
        assert places(english) == places(said), english


def test_a_sentence_ends_alike_in_both(danish: Catalog) -> None:
    for english, said in pairs(danish):
        ends = [text[-1] if text[-1] in ".?!:" else "" for text in (english, said)]
        assert ends[0] == ends[1], english


def test_no_danish_sentence_speaks_of_what_the_user_does_not_know(danish: Catalog) -> None:
    said = " ".join(text for _, text in pairs(danish)).lower()
    for word in ("constraint", "infeasible", "solver", "elev ", "lærer", "feed", "pjæk", "timeslot"):
        assert word not in said


# What people count, for all but one; and a number before such a word (or before a word before it).
PLURALS = (
    "lessons minutes hours seconds days weeks sessions participants teachers rooms courses seats rows columns files "
    "versions characters entries kilometres lektioner minutter timer sekunder dage uger mødegange "
    "deltagere undervisere lokaler fag pladser rækker kolonner filer flytninger versioner ændringer aftaler"
)
MANY = re.compile(rf"{{(\w+)}} (?:\w+ )?(?:{PLURALS.replace(' ', '|')})\b")
NEVER_ONE = {"course", "people", "place", "room", "when", "who", "most"}  # names, and our own limits


def test_what_is_counted_is_said_for_one_too(code: Catalog, danish: Catalog) -> None:
    """A number before a plural ("{n} lessons") is wrong for one: `say_n`, or an amount of `amounts.py`."""
    wrong = [text for catalog in (code, danish) for m in catalog for text in counted_wrongly(m)]
    assert not wrong, "\n".join(wrong)


def counted_wrongly(m: Message) -> Iterator[str]:
    """The forms of a sentence in which a number stands before a plural; `n` may, in the form for many."""
    for said in (m.id, m.string):
        for text, may in zip(forms(said), ((), ("n",)), strict=False):
            yield from (text for found in MANY.finditer(text) if found[1] not in (*NEVER_ONE, *may))


def test_such_a_sentence_would_be_found() -> None:
    for text in (
        "{n} lessons",
        "{n} ordinary weeks",
        "has {of} minutes of",
        "til {n} lektioner",
        "{n} almindelige uger",
    ):
        assert MANY.search(text), text
    for text in ("{n} lesson", "{n} lektion", "{who} lets", "{course} of {of}", "uge {n}"):
        assert not MANY.search(text), text


def test_every_sentence_in_the_code_can_be_found(code: Catalog) -> None:
    """The extraction reads no f-string's inside: a `say` in one would never be translated. And only literals count."""
    found = ids(code)
    for file in sorted(PACKAGE.rglob("*.py")):
        for call in said_in(file):
            where = f"{file.relative_to(PACKAGE)}:{call.lineno}"
            if file.name == "words.py" and not isinstance(call.args[0], ast.Constant):
                continue  # where `say` and `translate` are at home
            for argument in call.args:
                assert isinstance(argument, ast.Constant), f"{where} does not say a literal"
                assert argument.value in found, f"{where} is in an f-string"


def said_in(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS and node.args:
            yield node


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w*)[^}]*}", text.replace("{{", "").replace("}}", "")))


def test_a_new_sentence_is_found_and_said_to_be_missing(tmp_path: Path) -> None:
    text = 'say("a new {thing}.", thing=say("house"))\nsay_n("one", "{n} of them", n=2)\n'
    (tmp_path / "new.py").write_text(text, encoding="utf-8")
    catalog = brought_up(tmp_path / "none.po", tmp_path)
    assert missing(catalog) == ["a new {thing}.", "house", "one"]


def test_a_sentence_with_a_sentence_in_it_is_all_in_one_language() -> None:
    assert say("{week}: {what}", week=6, what=say("closed")).to("da") == "6: lukket"
    assert isinstance(say("closed"), Text)


@pytest.mark.parametrize(
    ("n", "english", "danish"),
    [(0, "0 minutes", "0 minutter"), (1, "1 minute", "1 minut"), (2, "2 minutes", "2 minutter")],
)
def test_one_is_not_said_like_many(n: int, english: str, danish: str) -> None:
    text = say_n("{n} minute", "{n} minutes", n=n)
    assert (text.to("en"), text.to("da")) == (english, danish)
    assert text.facts["n"] == n


def test_numbers_and_times_of_day_are_written_as_each_language_writes_them() -> None:
    text = Text(
        "{who} waits {n} from {time}, at {note}",
        tuple({"who": "U-MAT", "n": 1.5, "time": "08:30", "note": "'08:30'"}.items()),
    )
    assert text.to("en") == "U-MAT waits 1.5 from 08:30, at '08:30'"
    assert text.to("da") == "U-MAT waits 1,5 from 8.30, at '08:30'"  # what was typed is shown as it was typed
