"""What the benchmarks printed gets into their page, each into a place that is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# Behind the library's own modules, of which a script may have the name of one.
PROGRAM = """
import sys
sys.path.append(sys.argv[1])
import run, tables
names = [script.removesuffix(".py") for script, _ in run.scripts(3000, 5, full=False)]
names += [script.removesuffix(".py") + "-full" for script, _ in run.scripts(3000, 5, full=True)]
text = tables.README.read_text(encoding="utf-8")
filled = tables.filled(text, {name: f"| {name} |" for name in ["machine", *names]})
again = tables.filled(filled, {names[0]: r"\\1 other"})
print(filled, again.count(r"\\1 other"), sep="\\n")
try:
    tables.filled(text, {"nothing": ""})
except LookupError as error:
    print(error)
"""


def test_every_table_has_its_place() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(BENCHMARKS)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    page, _, rest = done.stdout.rpartition("\n1\n")
    places = re.findall(r"<!-- ([\w-]+) -->\n\| \1 \|\n<!-- end of \1 -->", page)
    assert len(places) == page.count("<!-- end of ")
    assert {"ingest", "verdict", "verdict-full", "growth", "startup"} <= set(places)
    assert "no place for nothing" in rest
