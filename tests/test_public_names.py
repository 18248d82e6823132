"""The public names of the package are what they promise, whatever was imported before."""

import subprocess
import sys
from pathlib import Path

import pytest

import detector

ROOT = Path(__file__).parent.parent
PROGRAM = """
import importlib, pkgutil
import detector

before = {name: getattr(detector, name) for name in detector.__all__}
for module in pkgutil.walk_packages(detector.__path__, "detector."):
    if not module.name.startswith(("detector.models", "detector.__main__")):
        importlib.import_module(module.name)
after = {name: getattr(detector, name) for name in detector.__all__}
hidden = [name for name in before if before[name] is not after[name] or type(after[name]) is type(detector)]
assert not hidden, hidden
"""


def test_a_room_does_not_hide_a_public_name() -> None:
    """``detector.align`` is the function, before and after the folder ``detector/align`` was imported."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    """Asking the package for what it has not names what it has."""
    with pytest.raises(AttributeError, match=r"'compose'; it has .*compare"):
        _ = detector.compose
