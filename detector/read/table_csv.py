"""CSV and TSV: a header, then a row a record, by the rules of RFC 4180 and strictly so.

A quoted field may hold line breaks, which are kept as they are. A blank line is no record and takes no row. A row must
have as many fields as the header. Where a quote is broken the rest of the file cannot be told apart, and reading stops.
"""

import csv
from collections.abc import Iterator

from detector.errors import InputError
from detector.read.options import ReadOptions
from detector.read.record import Place, Record, check_columns, oversized, refused
from detector.read.source import Line, Source, lines, undecodable


class _Feed:
    """The lines of a table as text, and where the record being parsed began."""

    def __init__(self, found: Iterator[Line], file: str, options: ReadOptions) -> None:
        self._lines, self._file, self._options, self._codec = found, file, options, options.codec
        self.begin(None)

    def begin(self, row: int | None) -> None:
        """Start a record: nothing of it read yet, no fault found in it."""
        self.place = Place(self._file, row)
        self.fault: InputError | None = None
        self._n_bytes = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self.place.line is None:
            self.place = self.place._replace(line=line.number, byte=line.byte)
        if line.data is None or self._n_bytes + len(line.data) > self._options.max_record_bytes:
            raise oversized(self.place, self._options)
        self._n_bytes += len(line.data)
        try:
            return line.data.decode(self._codec)
        except UnicodeDecodeError as error:
            # Kept for the record's end: raised here, the parser would take the rest of a quoted field for new records.
            place = self.place._replace(line=line.number, byte=line.byte)
            self.fault = self.fault or undecodable(line.data, place, self._options, error)
            return line.data.decode(self._codec, "replace")


def records(source: Source, options: ReadOptions) -> Iterator[Record]:
    """The records of a table.

    Raises:
        InputError: The header lacks a column, a quote is broken or a record too large: nothing after it can be read.
    """
    # The csv module has one limit for the whole process, 131,072 characters. It is only ever raised here, never lowered
    # again: two readers at work in two threads would otherwise take it from each other. The cap of a record is ours.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_record_bytes))
    with source.opened() as stream:
        feed = _Feed(lines(stream, source.file, options), source.file, options)
        rows = csv.reader(feed, delimiter="\t" if source.ending == ".tsv" else ",", strict=True)
        header = _next(rows, feed, None)
        if header is None:
            return
        if feed.fault:
            raise feed.fault
        check_columns(header, feed.place, options)
        row = 0
        while (fields := _next(rows, feed, row)) is not None:
            yield Record(feed.place, feed.fault or _columns(header, fields, feed.place))
            row += 1


def _next(rows: Iterator[list[str]], feed: _Feed, row: int | None) -> list[str] | None:
    """The next row that is not blank; None at the end."""
    while True:
        feed.begin(row)
        try:
            fields = next(rows)
        except StopIteration:
            return None
        except csv.Error as error:
            expected = "quotes around a field that holds quotes (doubled) or line breaks, and lines ended by LF or CRLF"
            remedy = "write the table again with a CSV writer"
            raise refused(feed.place, f"what is not CSV ({error})", expected, remedy) from error
        if fields:
            return fields


def _columns(header: list[str], fields: list[str], place: Place) -> dict[str, object] | InputError:
    if len(fields) != len(header):
        remedy = "quote the fields that hold the delimiter, and write empty fields too"
        return refused(place, f"{len(fields)} fields", f"{len(header)}, as in the header", remedy)
    return dict(zip(header, fields, strict=True))
