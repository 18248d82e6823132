"""A file or standard input as bytes: opened, decompressed, cut into lines of bounded length, decoded.

What the system or the compression refuses becomes an ``InputError`` here, for every format.
"""

import gzip
import sys
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO, NamedTuple

from detector.errors import InputError
from detector.read.options import Format, ReadOptions, formats
from detector.read.record import STDIN, Place, refused

Stream = BinaryIO | gzip.GzipFile
_BLOCK = 2**20


class Source(NamedTuple):
    """Where bytes come from: a path as the caller wrote it, or ``-`` for standard input."""

    file: str

    @property
    def is_gzip(self) -> bool:
        """True for a name that ends in ``.gz``."""
        return self.file.lower().endswith(".gz")

    @property
    def ending(self) -> str:
        """The ending that names the format, in lower case, ``.gz`` left out."""
        return Path(self.file.lower().removesuffix(".gz")).suffix

    @property
    def n_bytes(self) -> int:
        """The size of the file, not decompressed."""
        return Path(self.file).stat().st_size

    def format(self, options: ReadOptions) -> Format:
        """The format the caller named, or else the one the ending stands for."""
        if options.format != "auto":
            return options.format
        return next((name for name, endings in formats.items() if self.ending in endings), "text")

    def check(self) -> None:
        """Raise an ``InputError`` where there is nothing to open: no file, or a folder."""
        if self.file == STDIN:
            return
        place = Place(self.file)
        try:
            mode = Path(self.file).stat().st_mode
        except (OSError, ValueError) as error:
            remedy = "check the path, or give - for standard input"
            raise refused(place, f"nothing that can be opened ({_reason(error)})", "a file", remedy) from error
        if S_ISDIR(mode):
            raise refused(place, "a folder", "a file", "give the files in it one by one")

    @contextmanager
    def opened(self) -> Iterator[Stream]:
        """The bytes of the source, decompressed; standard input is left open."""
        try:
            if self.file == STDIN:
                yield sys.stdin.buffer
            else:
                with gzip.open(self.file, "rb") if self.is_gzip else Path(self.file).open("rb") as stream:
                    yield stream
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            found = f"gzip data that is damaged or cut off ({error}), in a file of {self.n_bytes} bytes"
            raise refused(Place(self.file), found, "a whole gzip file", "fetch or compress it again") from error
        except OSError as error:
            remedy = "check the file and who may read it"
            raise refused(Place(self.file), f"a fault in reading ({_reason(error)})", "a file", remedy) from error


class Line(NamedTuple):
    """A line with its line end; ``data`` is None where it is longer than a record may be."""

    number: int
    byte: int
    data: bytes | None


def lines(stream: Stream, file: str, options: ReadOptions) -> Iterator[Line]:
    r"""The lines of a stream, cut at ``\n`` only; of a line that is too long no more than a record's bytes are held.

    Raises:
        InputError: The encoding does not write a line feed as the byte 0x0A.
    """
    if not options.has_byte_lines:
        expected = "one that writes a line feed as the single byte 0x0A, for JSON Lines and CSV"
        raise refused(Place(file), f"the encoding {options.encoding!r}", expected, "convert the file to UTF-8")
    cap, byte, number = options.max_record_bytes, 0, 1
    while data := stream.readline(cap + 1):
        start, byte = byte, byte + len(data)
        if len(data) <= cap:
            skip = _mark(data, options) if start == 0 else 0
            yield Line(number, start + skip, data[skip:])
        else:
            yield Line(number, start, None)
            while data and not data.endswith(b"\n"):
                data = stream.readline(_BLOCK)
                byte += len(data)
        number += 1


def whole(stream: Stream, file: str, options: ReadOptions) -> tuple[bytes, Place]:
    """All bytes of a stream without the byte order mark, and the place where they begin.

    Raises:
        InputError: They are more than a record may have.
    """
    cap, data = options.max_record_bytes, bytearray()
    while block := stream.read(min(_BLOCK, cap + 1 - len(data))):
        data += block
    if len(data) > cap:
        remedy = "split the file (JSON as JSON Lines), or raise max_record_bytes"
        raise refused(Place(file), f"more than {cap} bytes", f"at most {cap} in a file that is read whole", remedy)
    skip = _mark(data, options)
    return bytes(data[skip:]), Place(file, line=1 if options.has_byte_lines else None, byte=skip)


def decoded(data: bytes, start: Place, options: ReadOptions) -> str:
    """The text of bytes that begin at ``start``.

    Raises:
        InputError: They are not of the encoding; the message names the byte and its line.
    """
    try:
        return data.decode(options.codec)
    except UnicodeDecodeError as error:
        raise undecodable(data, start, options, error) from error


def undecodable(data: bytes, start: Place, options: ReadOptions, error: UnicodeDecodeError) -> InputError:
    """The error for bytes that begin at ``start`` and are not of the encoding: which byte, and in which line."""
    line = None if start.line is None else start.line + data.count(b"\n", 0, error.start)
    place = start._replace(line=line, byte=(start.byte or 0) + error.start)
    found = f"the byte 0x{data[error.start]:02x} ({error.reason})"
    remedy = "name the encoding it has (--encoding; cp1252 is a common one), or convert the file to UTF-8"
    return refused(place, found, f"text in {options.encoding}", remedy)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _mark(data: bytes | bytearray, options: ReadOptions) -> int:
    return len(BOM_UTF8) if options.is_utf8 and data.startswith(BOM_UTF8) else 0
