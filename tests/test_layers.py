"""Imports point one way only, and each library stays at its edge. Read off the syntax trees, nested imports too.

A layer may import itself and what it is said to stand on, nothing else. Reading, publishing and reporting never get
near the solver, not by any way around.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import skemaplan

ROOT = Path(skemaplan.__file__).parent

# Layer: its modules (a new file has to be placed here), and the layers it stands on.
GROUND = ("words", "ground")
FACTS = (*GROUND, "facts")
WEEKS = (*FACTS, "weeks")
LAYERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "words": ("words amounts", ()),
    "ground": ("errors dates demand prices stopping disk lock cells same publishing.wording", ("words",)),
    "facts": ("facts about visits checks checks.* problem called", GROUND),
    "weeks": (
        "week circles unroll unrolling unrolling.* schedule making_up candidates attending network seating free "
        "least_taught shortage counting locked around differences alike",
        FACTS,
    ),
    "tables": (
        "columns columns.* opening sheets rows busy short building workbook known_days plausible tables blank "
        "beginning next_term workbook_new",
        WEEKS,
    ),
    "keeping": ("plan_file store looked_over", WEEKS),
    "editing": ("editing editing_csv editing_workbook", (*WEEKS, "tables", "keeping")),
    "telling": ("timetable summary summary_document summary_text accounts report report_file grid", WEEKS),
    "publishing": (
        "publishing publishing.* overview serve differing differing_document differing_text restoring",
        (*WEEKS, "keeping", "telling"),
    ),
    "solver": ("model path kept rules rules.* solving as_good together few talks parts many", WEEKS),
    "explain": ("explain explain.*", (*WEEKS, "solver")),
    "planning": ("planning planning.*", (*WEEKS, "solver", "explain")),
    "cli": (
        "cli cli.* __main__",
        (*WEEKS, "tables", "keeping", "editing", "telling", "publishing", "solver", "explain", "planning"),
    ),
    "front": ("skemaplan", ("facts", "weeks", "ground", "tables", "telling", "publishing", "explain", "planning")),
}
FAR_FROM_THE_SOLVER = ("facts", "weeks", "tables", "keeping", "editing", "telling", "publishing")
# Library: the only modules that may import it.
LIBRARIES: Mapping[str, str] = {
    "ortools": "model path kept rules.* solving as_good together talks parts many few planning.widely explain.*",
    "pandas": "tables report report_file",
    "icalendar": "publishing.feed busy",
    "recurring_ical_events": "busy",
    "click": "cli cli.*",
    "openpyxl": "workbook workbook_new report_file",
    "rich": "cli.* grid",
    "holidays": "known_days",
    "babel": "publishing.tongues",
    "jinja2": "publishing.templating",
    "markupsafe": "publishing.page publishing.handout overview",
    "segno": "publishing.subscribe",
    "typst": "publishing.sheets",
    "pypdf": "publishing.sheets",
    "distributed": "planning.cluster",
    "starlette": "serve",
    "uvicorn": "serve",
}
HEAVY = ("ortools", "pandas", "numpy", "icalendar", "openpyxl", "holidays", "starlette")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "skemaplan"


MODULES = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


def imports(path: Path, text: str = "") -> Iterator[tuple[str, bool]]:
    """Every import in a file (or in this text of it), wherever it stands: the module, and whether it is one of ours."""
    package = path.parent.relative_to(ROOT).parts
    for node in ast.walk(ast.parse(text or path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0], False
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1], *([node.module] if node.module else [])]
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                yield whole if whole in MODULES else ".".join(base) or "skemaplan", True


def ours(name: str) -> set[str]:
    return {module for module, is_ours in imports(MODULES[name]) if is_ours}


def foreign(name: str) -> set[str]:
    return {module for module, is_ours in imports(MODULES[name]) if not is_ours}


def layers_of(name: str) -> list[str]:
    """The layers that list a module by its own name; else those that list its folder."""
    by_name = [layer for layer, (listed, _) in LAYERS.items() if name in listed.split()]
    return by_name or [
        layer for layer, (listed, _) in LAYERS.items() if any(fnmatchcase(name, pattern) for pattern in listed.split())
    ]


@pytest.mark.parametrize("name", MODULES)
def test_every_file_has_its_place(name: str) -> None:
    assert len(layers_of(name)) == 1, f"place {name} in LAYERS"


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_down(name: str) -> None:
    (layer,) = layers_of(name)
    below = {layer, *LAYERS[layer][1]}
    astray = {other for other in ours(name) if not below & {*layers_of(other)}}
    assert not astray, f"{name} ({layer}) may not import {astray}"


def test_no_two_files_import_each_other() -> None:
    """Apart from types: `checks` and `visits` know the type of the problem that they look at."""
    graph = {name: ours(name) - {name} for name in MODULES}
    for name in (name for name in graph if name == "visits" or name.partition(".")[0] == "checks"):
        graph[name].discard("problem")
    graph.pop("skemaplan")
    TopologicalSorter(graph).prepare()


def test_what_only_reads_plans_never_gets_near_the_solver() -> None:
    near: set[str] = set()
    waiting = [name for name in MODULES if layers_of(name)[0] in FAR_FROM_THE_SOLVER]
    while waiting:
        name = waiting.pop()
        if name not in near:
            near.add(name)
            waiting += ours(name)
    assert not {name for name in near if layers_of(name)[0] in ("solver", "explain", "planning", "cli")}
    assert not {name for name in near if "ortools" in foreign(name)}


@pytest.mark.parametrize("name", MODULES)
def test_libraries_stay_at_their_edge(name: str) -> None:
    for library in foreign(name) - {"skemaplan"} - {*sys.stdlib_module_names}:
        assert library in LIBRARIES, f"{name} imports {library}: say in LIBRARIES who may"
        assert any(fnmatchcase(name, pattern) for pattern in LIBRARIES[library].split()), f"{name} imports {library}"


def test_nothing_is_imported_by_a_name_made_up_at_run_time() -> None:
    """Else the tests above would see nothing. Only the front door does it, from a list of its own."""
    found = {name for name, path in MODULES.items() if "import_module" in path.read_text(encoding="utf-8")}
    assert found == {"skemaplan"}
    assert not {name for name, path in MODULES.items() if "__import__" in path.read_text(encoding="utf-8")}


def test_no_module_takes_the_name_of_a_public_verb() -> None:
    assert not {*skemaplan.__all__} & {*MODULES}


@pytest.mark.parametrize("module", ["skemaplan", "skemaplan.cli"])
def test_what_is_heavy_is_loaded_when_it_is_needed(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{m.partition('.')[0] for m in sys.modules}} & {{*{HEAVY}}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_the_tests_above_would_notice() -> None:
    """A file that imports the solver in a function of publishing is seen, under whatever name."""
    text = (
        "def f():\n    from ..solving import solve\n    import ortools.sat.python as o\n    from ..rules import rooms\n"
    )
    path = ROOT / "publishing" / "imagined.py"
    seen = set(imports(path, text))
    assert seen == {("solving", True), ("ortools", False), ("rules.rooms", True)}
