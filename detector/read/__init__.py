"""Reading: a path or standard input becomes documents, one at a time, their text as it was written.

Text, JSON Lines, CSV and Parquet, a module each. Tables are streamed, so that memory is that of some records, not of a
file; what is read whole (a text, a ``.json`` file) may be no larger than a record.
"""

from collections.abc import Iterator
from pathlib import Path

from detector.read import json_lines, parquet, table_csv, text
from detector.read.options import ReadOptions, formats
from detector.read.record import Place, document, refused
from detector.read.source import Source
from detector.types import Document

__all__ = ["ReadOptions", "formats", "read"]

_READERS = {"text": text.records, "jsonl": json_lines.records, "csv": table_csv.records, "parquet": parquet.records}


def read(path: Path | str, options: ReadOptions) -> Iterator[Document]:
    """The documents of a file, or of standard input for ``-``, in its order; each is read when it is asked for.

    Args:
        path: The file; its ending names the format unless ``options`` does.
        options: Format, columns, encoding, and how large a record may be.

    Raises:
        InputError: At once where there is no such file; else with the first record that cannot be read, or at the end
            where there was no record.
    """
    source = Source(str(path))
    source.check()
    return _documents(source, options)


def _documents(source: Source, options: ReadOptions) -> Iterator[Document]:
    n_records = 0
    for record in _READERS[source.format(options)](source, options):
        yield document(record, options)
        n_records += 1
    if not n_records:
        raise refused(Place(source.file), "no record", "at least one", "check that the file was written whole")
