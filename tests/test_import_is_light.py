"""Importing the package and asking it for help load nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"torch", "transformers", "pandas", "pyarrow", "scipy"}

IMPORT = "import sys, detector; print(*sys.modules)"
HELP = """
import contextlib, io, runpy, sys
sys.argv = ["detector", "--help"]
shown = io.StringIO()
with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
    runpy.run_module("detector", run_name="__main__", alter_sys=True)
assert "compare" in shown.getvalue(), shown.getvalue()
print(*sys.modules)
"""


def _loaded(program: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a program."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(("program", "refused"), [(IMPORT, HEAVY | {"numpy", "rich", "typer"}), (HELP, HEAVY)])
def test_nothing_heavy_is_loaded(program: str, refused: set[str]) -> None:
    """``import detector`` loads no other package at all; ``detector --help`` no heavy one."""
    loaded = _loaded(program)

    assert "detector" in loaded
    assert set() == refused & loaded
