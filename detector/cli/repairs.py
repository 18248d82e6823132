"""The file of repairs that ``clean`` writes, read back: which cleaned text was which text as read."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detector.errors import InputError
from detector.report.as_json import text_digest
from detector.types import Document, Repair, Span, undo


@dataclass(frozen=True, slots=True)
class Listed:
    """What one line says: the digests of a text as read and as cleaned, and the repairs between them."""

    id: str
    sha256_read: str
    sha256_cleaned: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class RepairsFile:
    """The lines of a file of repairs, by the digest of the cleaned text."""

    path: Path
    lines: dict[str, list[Listed]]

    def restored(self, document: Document) -> Document:
        """The document with its text as read; of several texts that were cleaned to the same, the one of its id.

        Raises:
            InputError: No text of the file was cleaned to this one, or several were and none has its id.
        """
        digest = text_digest(document.text)
        found = self.lines.get(digest, [])
        named = [listed for listed in found if listed.id == document.id] or found
        if len({listed.sha256_read for listed in named}) > 1:
            ids = ", ".join(listed.id for listed in named)
            msg = f"{document.id}: found {len(named)} texts in {self.path} that were cleaned to this one ({ids}); "
            msg += "expected one: give the document the id of the one that is meant"
            raise InputError(msg)
        if not named:
            msg = f"{document.id}: found a text with the digest {digest[:12]}, expected one that {self.path} lists as cleaned; "
            msg += "the text was edited since, or its repairs stand in another file"
            raise InputError(msg)
        text = undo(document.text, named[0].repairs)
        if text_digest(text) != named[0].sha256_read:
            msg = f"{document.id}: found repairs in {self.path} that were edited; expected those that give back the text as read"
            raise InputError(msg)
        return replace(document, text=text)


def read_repairs(path: Path) -> RepairsFile:
    """The file of repairs, whole.

    Raises:
        InputError: It cannot be read, or a line is not one that ``clean`` writes.
    """
    lines: dict[str, list[Listed]] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                listed = _listed(line, f"{path}:{number}")
                lines.setdefault(listed.sha256_cleaned, []).append(listed)
    except OSError as error:
        msg = f"{path}: {error.strerror or error}; expected the file that --repairs wrote"
        raise InputError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: {error}; expected the file that --repairs wrote, in UTF-8"
        raise InputError(msg) from error
    return RepairsFile(path, lines)


def _listed(line: str, where: str) -> Listed:
    try:
        found = json.loads(line)
        id_, read, cleaned = (_string(found[name]) for name in ("id", "sha256_read", "sha256_cleaned"))
        return Listed(id_, read, cleaned, tuple(_repair(record) for record in found["repairs"]))
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{where}: found no line of repairs ({type(error).__name__}: {error}), expected the file that --repairs wrote"
        raise InputError(msg) from error


def _repair(record: Any) -> Repair:  # noqa: ANN401 - a JSON value
    span = Span(record["span"]["start"], record["span"]["end"])
    return Repair(span, *(_string(record[name]) for name in ("before", "after", "code")))


def _string(found: object) -> str:
    if not isinstance(found, str):
        msg = f"{found!r} is no string"
        raise TypeError(msg)
    return found
