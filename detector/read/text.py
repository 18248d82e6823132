r"""A text file: one document, its bytes decoded and nothing else changed (``\r\n`` stays as it is)."""

from collections.abc import Iterator, Mapping

from detector.errors import InputError
from detector.read.options import ReadOptions
from detector.read.record import Place, Record, refused
from detector.read.source import Source, decoded, whole

_SIGNATURES = {
    b"%PDF": ("a PDF file", "extract its text first"),
    b"PK\x03\x04": ("a zip archive (docx, xlsx and odt are such)", "save the document as plain text"),
    b"\x1f\x8b": ("gzip data", "give the file a name that ends in .gz"),
    b"PAR1": ("a Parquet file", "give the file a name that ends in .parquet"),
    b"\xff\xfe": ("UTF-16 text", "name the encoding (--encoding utf-16)"),
    b"\xfe\xff": ("UTF-16 text", "name the encoding (--encoding utf-16)"),
}
"""First bytes of what is often given as text by mistake, what that is, and what to do."""


def records(source: Source, options: ReadOptions) -> Iterator[Record]:
    """The one record of a text file."""
    with source.opened() as stream:
        data, start = whole(stream, source.file, options)
    yield Record(Place(source.file), _columns(data, start, options))


def _columns(data: bytes, start: Place, options: ReadOptions) -> Mapping[str, object] | InputError:
    try:
        return {"text": _decoded(data, start, options)}
    except InputError as fault:
        for signature, (name, remedy) in _SIGNATURES.items():
            if data.startswith(signature):
                return refused(start, name, f"text in {options.encoding}", remedy)
        return fault


def _decoded(data: bytes, start: Place, options: ReadOptions) -> str:
    """The text, where the bytes are text: a NUL is none, unless the encoding writes letters with it."""
    nul = data.find(0) if options.has_byte_lines else -1
    if nul < 0:
        return decoded(data, start, options)
    place = start._replace(line=data.count(b"\n", 0, nul) + 1, byte=(start.byte or 0) + nul)
    remedy = "give a text file, or name the encoding it has (--encoding, utf-16 for one)"
    raise refused(place, "a NUL byte, as in a binary file", f"text in {options.encoding}", remedy)
