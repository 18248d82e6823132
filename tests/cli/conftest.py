"""Small files, and the command as a shell would run it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detector.cli import app

ORIGINAL = """Bakery on Mill Lane shuts after 40 years

The bakery on Mill Lane will close in March, its owner said on Monday.
“I am tired and my oven is older than I am,” said Hanna Brook, 58, who took over the shop from her aunt in 1986.
The lane has lost five shops in two years, and the city has looked for a buyer since last autumn without success.
Two special agents of the trade office visited the shop last week. They found nothing wrong, the office said.
Regulars left flowers at the door, and one child left a drawing of a loaf with wings.
"""
SPUN = (
    ORIGINAL.replace("close in", "shut in")
    .replace("its owner", "its proprietor")
    .replace(" said", " mentioned")
    .replace("lost five shops", "misplaced 5 outlets")
    .replace("special agents", "particular brokers")
    .replace("office visited", "workplace visited")
    .replace("last week", "final week")
)
OTHER = """The harbour freezes in January, and nobody in the village is surprised.

Boats are pulled ashore before Christmas, and the boys skate between them until the ice grows thin in spring.
An old pilot keeps a book in which he writes down the first morning of ice. He has not missed a winter since 1961.
"""

Run = Callable[..., Result]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with ``original.txt``, ``spun.txt``, ``other.txt`` and the three as ``all.jsonl``."""
    texts = {"original": ORIGINAL, "spun": SPUN, "other": OTHER}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "all.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def run(files: Path) -> Run:
    """Runs ``detector`` with these words; a bug is raised, not swallowed."""
    del files

    def call(*words: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, words, input=stdin, catch_exceptions=False)

    return call
