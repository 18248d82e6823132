"""The project's sample articles, read once: their documents, their gold, and what ``compare`` says of each group."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from detector import compare
from detector.types import Comparison, Document

FOLDER = Path(__file__).parents[1] / "data" / "articles"
GROUPS = tuple(sorted(path.parent.name for path in FOLDER.glob("*/gold.json")))
FEW = ("ferry_inquiry", "plant_closure")
"""For laws that cost several comparisons of a whole group."""


@cache
def gold(group: str) -> dict[str, Any]:
    """What is known of a group."""
    found: dict[str, Any] = json.loads((FOLDER / group / "gold.json").read_text(encoding="utf-8"))
    return found


@cache
def documents(group: str) -> dict[str, Document]:
    """The documents of a group by name, the name as their id."""
    files = {name: FOLDER / group / entry["file"] for name, entry in gold(group)["documents"].items()}
    return {name: Document(name, path.read_bytes().decode("utf-8")) for name, path in files.items()}


@cache
def compared(group: str) -> Comparison:
    """All documents of a group, compared with the defaults."""
    return compare(list(documents(group).values()))
