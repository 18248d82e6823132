"""Laws of the command as a whole: help, version, light imports, closed pipes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from detector.version import __version__

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
HEAVY = {"torch", "transformers", "pandas", "pyarrow", "scipy", "sentencepiece", "rich", "numpy", "nupunkt"}


def python(*words: str, cwd: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, *words], cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_version_is_the_package_s(run: Run) -> None:
    """``--version`` prints the name and the version."""
    assert run("--version").stdout == f"detector {__version__}\n"


@pytest.mark.parametrize("command", ["compare", "align", "score"])
def test_help_shows_an_example_and_explains_each_option(run: Run, command: str) -> None:
    """The help of each command has an example of it, and no option without words."""
    shown = run(command, "--help").stdout

    assert f"  detector {command} " in shown
    for option in ("--format", "--encoding", "--config", "--width"):
        words = shown[shown.index(f"  {option} ") :].split("\n  -")[0].split()
        assert len(words) > 4


def test_no_command_shows_the_help(run: Run) -> None:
    """``detector`` alone lists its commands with words that fit their line."""
    shown = run().output

    for command in ("compare", "align", "score"):
        assert f"  {command}" in shown
    assert "..." not in shown.split("Commands:")[1]


def test_importing_the_command_is_light(tmp_path: Path) -> None:
    """Help needs no heavy library."""
    program = "import detector.cli, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    out, _ = python("-c", program, cwd=tmp_path).communicate(timeout=60)

    assert set(out.decode().split()) & HEAVY == set()


@pytest.mark.parametrize("layout", ["text", "jsonl"])
def test_a_closed_pipe_ends_quietly(files: Path, layout: str) -> None:
    """``detector score ... | head`` prints no traceback when the reader goes away."""
    program = "from detector.cli import main; main()"
    process = python("-c", program, "score", "all.jsonl", "--format", layout, cwd=files)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        stderr = process.stderr.read()

    assert (process.wait(timeout=120), stderr) == (141, b"")
