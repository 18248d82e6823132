"""JSON Lines: an object a line. A ``.json`` file is read too: one object, or a list of them, read whole.

A blank line is no record and takes no row. A key that an object lacks is null, as is usual in JSON Lines; but a column
that the caller named must be in one record at least, so that a misspelt name does not pass in silence.
"""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from detector.errors import InputError
from detector.read.options import FIELDS, ReadOptions
from detector.read.record import Place, Record, kind_of, oversized, refused
from detector.read.source import Line, Source, decoded, lines, whole


def records(source: Source, options: ReadOptions) -> Iterator[Record]:
    """The records of a JSON Lines file, or of a ``.json`` file where the format was not named."""
    is_whole = source.ending == ".json" and options.format == "auto"
    found = _of_whole(source, options) if is_whole else _of_lines(source, options)
    return _with_named(found, source, options)


def _of_lines(source: Source, options: ReadOptions) -> Iterator[Record]:
    row = 0
    with source.opened() as stream:
        for line in lines(stream, source.file, options):
            if line.data is not None and not line.data.strip():
                continue
            place = Place(source.file, row, line.number, line.byte)
            yield Record(place, _columns(line, place, options))
            row += 1


def _columns(line: Line, place: Place, options: ReadOptions) -> Mapping[str, object] | InputError:
    if line.data is None:
        return oversized(place, options)
    try:
        parsed = _parsed(line.data, place, options)
    except InputError as fault:
        return fault
    return _object(parsed, place)


def _of_whole(source: Source, options: ReadOptions) -> Iterator[Record]:
    with source.opened() as stream:
        data, start = whole(stream, source.file, options)
    if not data.strip():
        return
    parsed = _parsed(data, start, options)
    for row, value in enumerate(parsed if isinstance(parsed, list) else [parsed]):
        place = Place(source.file, row)
        yield Record(place, _object(value, place))


def _parsed(data: bytes, start: Place, options: ReadOptions) -> object:
    try:
        return orjson.loads(data if options.is_utf8 else decoded(data, start, options))
    except orjson.JSONDecodeError as error:
        text = decoded(data, start, options)  # raises where the bytes are at fault, which orjson does not tell apart
        before = text[: error.pos]
        line = None if start.line is None else start.line + before.count("\n")
        byte = (start.byte or 0) + len(before.encode(options.codec))
        remedy = "mend the line, or name the format of the file"
        if start.row is None:
            remedy = "mend it, or name the format jsonl where the file has an object a line"
        place = start._replace(line=line, byte=byte)
        raise refused(place, f"what is not JSON ({error.msg})", "JSON", remedy) from error


def _object(value: object, place: Place) -> Mapping[str, object] | InputError:
    if isinstance(value, dict):
        return value
    return refused(place, kind_of(value), 'an object such as {"text": "..."}', "write each record as an object")


def _with_named(found: Iterable[Record], source: Source, options: ReadOptions) -> Iterator[Record]:
    """The same records; raises after the last where a column that the caller named was in none."""
    unseen = {options.column(field) for field in FIELDS if options.is_named(field)}
    n_read = 0
    for record in found:
        if not isinstance(record.columns, InputError):
            unseen.difference_update(record.columns)
            n_read += 1
        yield record
    if unseen and n_read:
        found_none = f"no column {', '.join(map(repr, sorted(unseen)))} in any of {n_read} records"
        raise refused(Place(source.file), found_none, "each column that is named", "correct the name, or leave it out")
