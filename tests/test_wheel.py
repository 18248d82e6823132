"""The wheel that users install: small, whole, without training programs, and it answers as the tree does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "data" / "articles" / "ferry_inquiry"
MAX_WHEEL_MB = 80


def _run(*arguments: str, cwd: Path, path: Path) -> str:
    """What a fresh interpreter prints that looks for packages in ``path`` first, and not in its working directory."""
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree with the packages at hand."""
    folder = tmp_path_factory.mktemp("wheel")
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder, path=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_is_small(wheel: Path) -> None:
    """The wheel is no larger than 80 MB."""
    assert wheel.stat().st_size <= MAX_WHEEL_MB * 1_000_000


def test_the_wheel_holds_what_the_models_need(wheel: Path) -> None:
    """The digests of every model, each file they list, and the licences of what the models were made from are in it."""
    listed = sorted((ROOT / "models").glob("*/digest.json"))
    needed = {*listed, *(ROOT / "models").glob("*/LICENSE*")}
    needed |= {path.parent / name for path in listed for name in json.loads(path.read_bytes())}
    expected = {f"detector/{file.relative_to(ROOT).as_posix()}" for file in needed}

    assert listed
    assert expected <= set(ZipFile(wheel).namelist())


def test_the_wheel_holds_no_training_program(wheel: Path) -> None:
    """Nothing beside the models runs, and nothing of tests, samples or benchmarks is in it."""
    names = ZipFile(wheel).namelist()

    assert not [name for name in names if name.startswith("detector/models/") and name.endswith((".py", ".pyc"))]
    assert {"detector"} == {name.split("/")[0] for name in names if ".dist-info/" not in name}


def test_the_installed_wheel_answers_as_the_tree_does(wheel: Path, tmp_path: Path) -> None:
    """``detector compare`` gives equal JSON from the wheel and from the tree, whatever the working directory."""
    site = tmp_path / "site"
    install = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet", "--target", str(site), str(wheel))
    _run("-m", "pip", "install", *install, cwd=tmp_path, path=tmp_path)
    files = [str(ARTICLES / name) for name in ("original.txt", "spun.txt")]

    def answer(path: Path) -> dict[str, Any]:
        home = _run("-c", "import detector; print(detector.__file__)", cwd=tmp_path, path=path)
        assert path in Path(home.strip()).parents
        found: dict[str, Any] = json.loads(
            _run("-m", "detector", "compare", *files, "--format", "json", cwd=tmp_path, path=path)
        )
        return found

    assert answer(ROOT) == answer(site)
