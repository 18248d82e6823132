"""What a caller may say of a file to be read: its format, its encoding, its columns, how large a record may be."""

from codecs import lookup
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from detector.errors import ConfigError

Format = Literal["auto", "text", "jsonl", "csv", "parquet"]

formats: Mapping[Format, tuple[str, ...]] = MappingProxyType(
    {
        "text": (".txt", ".text", ".md"),
        "jsonl": (".jsonl", ".ndjson", ".json"),
        "csv": (".csv", ".tsv"),
        "parquet": (".parquet",),
    }
)
"""Each format and the endings that stand for it; all but Parquet may also end in ``.gz``. Any other ending is text."""

FIELDS = ("id", "title", "url", "publisher", "published")
"""The fields of a document that a column may hold, beside its text."""

_MOST_BYTES = 2**40  # more than any memory, and less than the largest number the parsers take


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read.

    A column that is None is the one of the field's own name, where there is one; an empty name means no column. Columns
    are of tables (JSON Lines, CSV, Parquet) and mean nothing to a text file.
    """

    format: Format = "auto"
    """``auto`` goes by the file's ending; standard input is then text."""
    text: str = "text"
    """The column that holds the text."""
    id: str | None = None
    """A record without an id is called FILE:ROW, unless the column is named here: then it is refused."""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    encoding: str = "utf-8"
    """Any text encoding of Python's. A byte order mark before UTF-8 is no part of the text."""
    max_record_bytes: int = 64 * 2**20
    """The largest record that is read, line end included: 64 MiB, ten times a long book and no article."""

    def __post_init__(self) -> None:
        if self.format not in get_args(Format):
            msg = f"format: found {self.format!r}, expected one of {', '.join(get_args(Format))}; name one of these"
            raise ConfigError(msg)
        if not self.text:
            msg = "text: found an empty name, expected that of the column that holds the text; name it"
            raise ConfigError(msg)
        if not 1 <= self.max_record_bytes <= _MOST_BYTES:
            msg = f"max_record_bytes: found {self.max_record_bytes}, expected 1 to {_MOST_BYTES}; the default is 64 MiB"
            raise ConfigError(msg)
        try:
            "".encode(self.encoding)
        except LookupError as error:
            msg = f"encoding: found {self.encoding!r}, expected a text encoding that Python knows; try utf-8 or cp1252"
            raise ConfigError(msg) from error

    @property
    def is_utf8(self) -> bool:
        """True for UTF-8 by any of its names, with or without a byte order mark."""
        return lookup(self.encoding).name in {"utf-8", "utf-8-sig"}

    @property
    def codec(self) -> str:
        """The name to decode by; a byte order mark before UTF-8 is left to the reader, so that offsets stay right."""
        return "utf-8" if self.is_utf8 else self.encoding

    @property
    def has_byte_lines(self) -> bool:
        """True where a line ends at each byte 0x0A, so that lines can be told apart before they are decoded."""
        return self.is_utf8 or "\n".encode(self.encoding) == b"\n"

    def column(self, field: str) -> str:
        """The column that holds a field of ``FIELDS``; empty where none is to be looked for."""
        named: str | None = getattr(self, field)
        return field if named is None else named

    def is_named(self, field: str) -> bool:
        """True where the caller named the column of a field."""
        return bool(getattr(self, field))
