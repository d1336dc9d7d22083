"""A plan as data, and what reads and writes it, works where there is no database at all."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Every module of the waist is imported with no settings: a model would refuse to be imported.
IMPORT_ALL = """
import importlib, pkgutil, sys

def modules(name):
    yield name
    for part in getattr(importlib.import_module(name), "__path__", []):
        for found in pkgutil.iter_modules([part], name + "."):
            yield from modules(found.name)

for name in sys.argv[1:]:
    for module in modules(name):
        importlib.import_module(module)
        print(module)
"""


def test_documents_readers_and_writers_are_imported_without_settings():
    waist = ["plans.document", "plans.writing"]
    waist += ["plans.quality", "plans.difference", "plans.rollover"]
    waist += ["lagesbild.tables", "lagesbild.charts", "lagesbild.told"]
    waist += ["lagesbild.quality", "lagesbild.difference"]
    waist += ["plans.reading"] * (ROOT / "plans/reading").exists()
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", IMPORT_ALL, *waist],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert set(waist) <= set(result.stdout.split())
