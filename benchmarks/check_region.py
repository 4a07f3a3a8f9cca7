"""How long `check` takes, and how much memory: of the case beside importing pandas, and of a region of 200 teams.

    python -m benchmarks.check_region [--teams 200] [--municipalities 19]

Each figure is taken in a process of its own; seconds are the processor's, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from .make_region import make_region

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"
MEASURE = """
import resource, sys, time
began = time.process_time()
{what}
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"{{time.process_time() - began:.2f}} s, {{used.ru_maxrss // 1024}} MB, {{said}}")
"""
CHECK = "from skemaplan.tables import check\nsaid = str(len(check({path!r}))) + ' warnings'"


def measured(what: str) -> str:
    """Seconds, memory and what was said, of a piece of code run by itself."""
    done = subprocess.run([sys.executable, "-c", MEASURE.format(what=what)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=200)
    parser.add_argument("--municipalities", type=int, default=19)
    given = parser.parse_args()
    print("import pandas:", measured("import pandas\nsaid = pandas.__version__"))
    print("check the case:", measured(CHECK.format(path=str(CASE))))
    with tempfile.TemporaryDirectory() as folder:
        region = make_region(given.teams, given.municipalities)
        region.write(Path(folder))
        people = len(region.tables["participants"])
        print(f"check {given.teams} teams, {people} participants:", measured(CHECK.format(path=folder)))


if __name__ == "__main__":
    main()
