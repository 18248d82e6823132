"""Parquet: a row a record, a few rows at a time, and only the columns that are wanted."""

from collections.abc import Iterator
from typing import Any

from detector.errors import InputError
from detector.read.options import ReadOptions
from detector.read.record import STDIN, Place, Record, check_columns, oversized, refused
from detector.read.source import Source

_BATCH_ROWS = 256
"""Rows held at once; few, as a row may be a whole book."""


def records(source: Source, options: ReadOptions) -> Iterator[Record]:
    """The records of a Parquet file.

    Raises:
        InputError: The file is damaged, gzipped or standard input, or lacks a column of strings for the text.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy, and of use to this format only
    import pyarrow.parquet as pq  # noqa: PLC0415

    place = Place(source.file)
    if source.file == STDIN or source.is_gzip:
        remedy = "save it to a file" if source.file == STDIN else "decompress it first: Parquet compresses inside"
        raise refused(place, "Parquet in a stream", "a file in which one can seek", remedy)
    row = 0
    try:
        # One thread and no reading ahead: workers share the processor, and memory stays that of a batch.
        with pq.ParquetFile(source.file, pre_buffer=False) as table:
            names = check_columns(table.schema_arrow.names, place, options)
            _check_text(table.schema_arrow.field(options.text).type, place, options)
            for batch in table.iter_batches(_BATCH_ROWS, columns=names, use_threads=False):
                for i in range(batch.num_rows):
                    yield Record(Place(source.file, row), _columns(batch, i, Place(source.file, row), options))
                    row += 1
    except (pa.ArrowException, OSError) as error:
        found = f"Parquet that cannot be read ({error}), in a file of {source.n_bytes} bytes"
        raise refused(Place(source.file, row), found, "a whole Parquet file", "write or fetch it again") from error


def _check_text(kind: Any, place: Place, options: ReadOptions) -> None:  # noqa: ANN401 - a type of pyarrow's
    import pyarrow.types as pt  # noqa: PLC0415

    value = kind.value_type if pt.is_dictionary(kind) else kind
    if not (pt.is_string(value) or pt.is_large_string(value) or pt.is_string_view(value)):
        remedy = "name the column that holds the text (--text)"
        raise refused(place, f"the type {kind} of the column {options.text!r}", "string", remedy)


def _columns(batch: Any, row: int, place: Place, options: ReadOptions) -> dict[str, object] | InputError:  # noqa: ANN401
    columns = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            columns[name] = column[row].as_py()
        except UnicodeDecodeError as error:
            found = f"a byte that is not UTF-8 in the column {name!r}, byte {error.start} of its value"
            return refused(place, found, "strings in UTF-8, as Parquet's are", "write the file again from decoded text")
    text = columns[options.text]
    cap = options.max_record_bytes
    # A character has four bytes at most: most texts need not be encoded to know that they fit.
    if isinstance(text, str) and 4 * len(text) > cap and len(text.encode()) > cap:
        return oversized(place, options)
    return columns
