"""Finds the copies of an article, pairs their sentences, flags altered wording, ranks the original.

The public names are loaded when they are first used: ``import detector`` costs nothing and pulls in no other package.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from detector.version import __version__

if TYPE_CHECKING:
    from detector.config import DetectorConfig
    from detector.errors import DetectorError, InputError
    from detector.pipeline import align, clean, compare, score, score_many
    from detector.types import Alignment, Cleaned, Comparison, Document, SegmentedDocument, Verdict

_HOME = {
    "DetectorConfig": "config",
    "DetectorError": "errors",
    "InputError": "errors",
    "align": "pipeline",
    "clean": "pipeline",
    "compare": "pipeline",
    "score": "pipeline",
    "score_many": "pipeline",
    "Alignment": "types",
    "Cleaned": "types",
    "Comparison": "types",
    "Document": "types",
    "SegmentedDocument": "types",
    "Verdict": "types",
}

__all__ = [
    "Alignment",
    "Cleaned",
    "Comparison",
    "DetectorConfig",
    "DetectorError",
    "Document",
    "InputError",
    "SegmentedDocument",
    "Verdict",
    "__version__",
    "align",
    "clean",
    "compare",
    "score",
    "score_many",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    if name not in _HOME:
        msg = f"module 'detector' has no attribute {name!r}; it has {', '.join(__all__)}"
        raise AttributeError(msg)
    found = getattr(import_module(f"detector.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Keeps a public function that bears the name of a room (``align``, ``score``) from being hidden by the room's import."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
