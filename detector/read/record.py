"""A record before it is a document: where it stands, and its columns or what is wrong with them.

The readers of the formats yield records and go on after a bad one; ``document`` is the one place where a bad record
raises. What leaves the rest of a file unreadable (a cut archive, an open quote) is raised by the reader itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from pathlib import Path
from typing import NamedTuple

from detector.errors import InputError
from detector.read.options import FIELDS, ReadOptions
from detector.types import Document

STDIN = "-"
_MAX_NAMES = 20  # so many columns are named in a message


class Place(NamedTuple):
    """Where a thing was found. Rows and bytes are counted from 0, lines from 1; bytes are those after decompression."""

    file: str
    row: int | None = None
    line: int | None = None
    byte: int | None = None

    def __str__(self) -> str:
        file = "standard input" if self.file == STDIN else self.file
        counts = zip(self._fields[1:], self[1:], strict=True)
        return ", ".join([file, *(f"{name} {count}" for name, count in counts if count is not None)])


class Record(NamedTuple):
    """One record of a file: its columns by name, or the fault for which they could not be read.

    A text file is one record without a row, whose only column is ``text``.
    """

    place: Place
    columns: Mapping[str, object] | InputError


def refused(place: Place, found: str, expected: str, remedy: str) -> InputError:
    """The error for what was found at a place, in the one form that all messages of this room have."""
    msg = f"{place}: found {found}, expected {expected}; {remedy}"
    return InputError(msg)


def oversized(place: Place, options: ReadOptions) -> InputError:
    """The error for a record that is larger than the caller allows."""
    cap = options.max_record_bytes
    return refused(place, f"a record of more than {cap} bytes", f"at most {cap}", "split it, or raise max_record_bytes")


def check_columns(names: Sequence[str], place: Place, options: ReadOptions) -> list[str]:
    """The columns of a table that are to be read: the text first, then those of ``FIELDS`` that there are.

    Raises:
        InputError: The column of text or one that the caller named is missing, or a name stands for two columns.
    """
    wanted = [options.text]
    for field in FIELDS:
        column = options.column(field)
        if options.is_named(field) or column in names:
            wanted.append(column)
    wanted = list(dict.fromkeys(filter(None, wanted)))
    for column in wanted:
        if column not in names:
            raise _missing(column, names, place)
        if names.count(column) > 1:
            raise refused(place, f"{names.count(column)} columns named {column!r}", "one", "rename the others")
    return wanted


def document(record: Record, options: ReadOptions) -> Document:
    """The document that a record holds.

    Raises:
        InputError: The record has a fault, no text, or a value of the wrong type.
    """
    place, columns = record
    if isinstance(columns, InputError):
        raise columns
    name = Path(place.file).name
    if place.row is None:
        return Document(name, _text(columns, "text", place))
    text = _text(columns, options.text, place)
    values = {field: _value(columns, field, place, options) for field in FIELDS}
    id_ = values.pop("id")
    if id_ is None and options.is_named("id"):
        remedy = "fill it in, or do not name the column: FILE:ROW is the id then"
        raise refused(place, f"no id in the column {options.id!r}", "one in every record", remedy)
    return Document(id_ or f"{name}:{place.row}", text, **values)


def _missing(column: str, names: Sequence[str], place: Place) -> InputError:
    shown = ", ".join(map(repr, names[:_MAX_NAMES])) or "none"
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    remedy = "name the right one (--text, --id, --title, ...)"
    return refused(place, f"no column {column!r}", f"it among the columns there are ({shown}{more})", remedy)


def _text(columns: Mapping[str, object], column: str, place: Place) -> str:
    if column not in columns:
        raise _missing(column, list(columns), place)
    text = columns[column]
    if not isinstance(text, str):
        remedy = "name the column that holds the text (--text), or remove the record"
        raise refused(place, f"{kind_of(text)} in the column {column!r}", "a string", remedy)
    if not text or text.isspace():
        remedy = "remove the record, or name the column that holds the text (--text)"
        if place.row is None:
            remedy = "check that the file was written whole"
        raise refused(place, f"a blank text of {len(text)} characters", "words", remedy)
    return text


def _value(columns: Mapping[str, object], field: str, place: Place, options: ReadOptions) -> str | None:
    """What a column says of the document, as text; None where it is absent, null or empty, or no column is wanted."""
    column = options.column(field)
    value = columns.get(column) if column else None
    match value:
        case None | "":
            return None
        case str():
            return value
        case date() if field != "id":
            return value.isoformat()
        case float() if field != "id":
            return None if isnan(value) else str(value)
        case int() if not isinstance(value, bool):
            return str(value)
    expected = "a string or a whole number" if field == "id" else "a string, a number, a date or null"
    remedy = f"name another column (--{field} NAME) or none (--{field} '')"
    raise refused(place, f"{kind_of(value)} in the column {column!r}", expected, remedy)


def kind_of(value: object) -> str:
    """What a value is, for a message: its type, and as much of it as a line holds."""
    shown = repr(value)
    return "null" if value is None else f"{type(value).__name__} {shown if len(shown) <= 40 else shown[:40] + '...'}"
