"""What is refused: each message names the file, the place in it, what was found and what to do."""

import gzip
import io
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detector.errors import ConfigError, InputError
from detector.read import ReadOptions, read
from detector.read.json_lines import records as json_records
from detector.read.record import document
from detector.read.source import Source
from detector.read.table_csv import records as csv_records

CUT = gzip.compress(b"Rain fell on the first day.\n" * 9)[:-9]
CUT_JSON = gzip.compress(b'{"text": "Rain fell."}\n' * 9)[:-9]

# name of the file, its bytes, options, what the message must say (place, what was found, what to do)
CASES: list[tuple[str, bytes, dict[str, Any], list[str]]] = [
    ("a.txt", b"", {}, ["a.txt: ", "blank text of 0 characters", "written whole"]),
    ("a.txt", b" \r\n\t\n", {}, ["a.txt: ", "blank text of 5 characters", "written whole"]),
    ("a.txt", b"one\ntwo \x92 three", {}, ["a.txt, line 2, byte 8: ", "0x92", "utf-8", "--encoding"]),
    ("a.txt", b"\xef\xbb\xbfone \x92", {}, ["line 1, byte 7: ", "0x92"]),
    ("a.txt", b"one\ntw\0o", {}, ["a.txt, line 2, byte 6: ", "NUL", "binary", "--encoding"]),
    ("a.txt", b"%PDF-1.7\n\xe2\xe3\xcf\xd3", {}, ["a PDF file", "extract its text"]),
    ("a.txt", b"PK\x03\x04\x14\0\0\0", {}, ["a zip archive", "plain text"]),
    ("a.txt", b"\xff\xfeo\0n\0e\0", {}, ["UTF-16", "--encoding utf-16"]),
    ("a.txt", gzip.compress(b"one"), {}, ["gzip data", "ends in .gz"]),
    ("a.txt", b"o", {"encoding": "utf-16"}, ["a.txt, byte 0: ", "utf-16", "--encoding"]),
    ("a.txt", b"a" * 101, {"max_record_bytes": 100}, ["a.txt: ", "more than 100 bytes", "max_record_bytes"]),
    ("a.txt.gz", b"plain text", {}, ["a.txt.gz: ", "gzip", "10 bytes", "again"]),
    ("a.txt.gz", CUT, {}, ["a.txt.gz: ", "cut off", f"{len(CUT)} bytes", "again"]),
    ("a.jsonl.gz", CUT_JSON, {}, ["a.jsonl.gz: ", "cut off", "again"]),
    ("a.csv.gz", CUT, {"text": "Rain fell on the first day."}, ["a.csv.gz: ", "cut off", "again"]),
    ("a.jsonl", b"", {}, ["a.jsonl: ", "no record", "written whole"]),
    ("a.jsonl", b"\n \n", {}, ["a.jsonl: ", "no record", "written whole"]),
    ("a.jsonl", b'{"text": "a"}\n{"text": "b"', {}, ["row 1, line 2, byte 26: ", "end of data", "mend the line"]),
    ("a.jsonl", '{"text": "é"}\n{"é": "é" 1}'.encode(), {}, ["row 1, line 2, byte 27: ", "not JSON", "mend the line"]),
    ("a.jsonl", b'{"text": "\\ud800"}', {}, ["row 0, line 1", "surrogate", "mend the line"]),
    ("a.jsonl", b'\n[1, 2]', {}, ["row 0, line 2, byte 1: ", "list [1, 2]", "object"]),
    ("a.jsonl", b"null", {}, ["row 0, line 1, byte 0: ", "null", "object"]),
    ("a.jsonl", b'{"text": "a \xe9"}', {}, ["row 0, line 1, byte 12: ", "0xe9", "--encoding"]),
    ("a.jsonl", b'{"text": null}', {}, ["row 0, line 1, byte 0: ", "null in the column 'text'", "--text"]),
    ("a.jsonl", b'{"text": 12}', {}, ["row 0", "int 12", "a string", "--text"]),
    ("a.jsonl", b'{"text": " "}', {}, ["row 0", "blank text of 1 ", "remove"]),
    ("a.jsonl", b'{"body": "a", "id": 1}', {}, ["row 0", "no column 'text'", "'body', 'id'", "--text"]),
    ("a.jsonl", b"{}", {}, ["no column 'text'", "(none)", "--text"]),
    ("a.jsonl", b'{"text": "a", "id": 1.5}', {}, ["row 0", "float 1.5", "'id'", "--id"]),
    ("a.jsonl", b'{"text": "a", "id": true}', {}, ["row 0", "bool True", "'id'", "--id"]),
    ("a.jsonl", b'{"text": "a", "key": null}', {"id": "key"}, ["row 0", "no id in the column 'key'", "FILE:ROW"]),
    ("a.jsonl", b'{"text": "a", "title": ["b"]}', {}, ["row 0", "list ['b']", "'title'", "--title ''"]),
    ("a.jsonl", b'{"text": "a"}', {"title": "head"}, ["a.jsonl: ", "'head' in any of 1 records", "correct the name"]),
    ("a.jsonl", b'{"text": "abc"}\n', {"max_record_bytes": 15}, ["row 0, line 1, byte 0: ", "more than 15 bytes"]),
    ("a.jsonl", b"{}", {"encoding": "utf-16"}, ["a.jsonl: ", "'utf-16'", "0x0A", "convert"]),
    ("a.json", b" ", {}, ["a.json: ", "no record"]),
    ("a.json", b"[]", {}, ["a.json: ", "no record"]),
    ("a.json", b'[{"text": "a"},\n 3]', {}, ["a.json, row 1: ", "int 3", "object"]),
    ("a.json", b'{"text": "a"}\n{"text": "b"}', {}, ["line 2, byte 14: ", "not JSON", "name the format jsonl"]),
    ("a.json", b'[{"text": "abc"}]', {"max_record_bytes": 16}, ["a.json: ", "more than 16 bytes", "JSON Lines"]),
    ("a.csv", b"", {}, ["a.csv: ", "no record"]),
    ("a.csv", b"text\n", {}, ["a.csv: ", "no record"]),
    ("a.csv", b"id,body\n1,a\n", {}, ["a.csv, line 1, byte 0: ", "no column 'text'", "'id', 'body'", "--text"]),
    ("a.csv", b"id,text\n1,a\n", {"title": "head"}, ["line 1", "no column 'head'", "'id', 'text'", "--title"]),
    ("a.csv", b"text,text\n1,a\n", {}, ["line 1", "2 columns named 'text'", "rename"]),
    ("a.csv", b"te\xe9t,text\n1,a\n", {}, ["line 1, byte 2: ", "0xe9", "--encoding"]),
    ("a.csv", b"id,text\n1,a\n2,b,c\n", {}, ["row 1, line 3, byte 12: ", "3 fields", "2, as in the header", "quote"]),
    ("a.csv", b"id,text\n1\n", {}, ["row 0, line 2, byte 8: ", "1 fields", "2, as in the header", "quote"]),
    ("a.csv", b'id,text\n1,"a\n2,b\n', {}, ["row 0, line 2, byte 8: ", "not CSV", "doubled", "CSV writer"]),
    ("a.csv", b'id,text\n1,"a" b\n', {}, ["row 0, line 2, byte 8: ", "not CSV", "doubled", "CSV writer"]),
    ("a.csv", b"text\ra\rb\r", {}, ["line 1, byte 0: ", "not CSV", "LF or CRLF", "CSV writer"]),
    ("a.csv", b'text\n"a\nb \xe9\n"\n', {}, ["row 0, line 3, byte 10: ", "0xe9", "--encoding"]),
    ("a.csv", b"id,text\n1, \n", {}, ["row 0, line 2, byte 8: ", "blank text of 1 ", "remove"]),
    ("a.csv", b"text\n" + b"a" * 100, {"max_record_bytes": 99}, ["row 0, line 2, byte 5: ", "more than 99 bytes"]),
    ("a.csv", b'text\n"' + b"a\n" * 99, {"max_record_bytes": 99}, ["row 0, line 2, byte 5: ", "more than 99 bytes"]),
    ("a.tsv", b"id\ttext\n1\ta\tb\n", {}, ["a.tsv, row 0, line 2, byte 8: ", "3 fields", "quote"]),
    ("a.parquet", b"", {}, ["a.parquet, row 0: ", "Parquet that cannot be read", "0 bytes", "again"]),
    ("a.parquet", b"PAR1 and then nothing PAR1", {}, ["a.parquet, row 0: ", "cannot be read", "26 bytes", "again"]),
    ("a.parquet.gz", b"", {}, ["a.parquet.gz: ", "stream", "decompress"]),
]


@pytest.mark.parametrize(("name", "data", "options", "says"), CASES)
def test_a_fault_is_told_with_its_place_and_remedy(
    name: str, data: bytes, options: dict[str, Any], says: list[str], tmp_path: Path
) -> None:
    """The message has the one form, begins with the path, and says each thing listed with the case."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(path, ReadOptions(**options)))
    message = str(caught.value)
    says = [": found ", ", expected ", "; ", *says]

    assert message.startswith(str(path))
    assert says == [part for part in says if part in message]


TABLES: list[tuple[pa.Table, dict[str, Any], list[str]]] = [
    (pa.table({"body": ["a"], "id": ["1"]}), {}, [": ", "no column 'text'", "'body', 'id'", "--text"]),
    (pa.table({"text": ["a"]}), {"url": "link"}, ["no column 'link'", "'text'", "--id"]),
    (pa.table({"text": [1]}), {}, ["the type int64 of the column 'text'", "string", "--text"]),
    (pa.table({"text": [b"a"]}), {}, ["the type binary of the column 'text'", "string", "--text"]),
    (pa.table({"text": ["a", None]}), {}, ["row 1: ", "null in the column 'text'", "--text"]),
    (pa.table({"text": ["a", ""]}), {}, ["row 1: ", "blank text of 0 ", "remove"]),
    (pa.table({"text": ["a", "é" * 50]}), {"max_record_bytes": 99}, ["row 1: ", "more than 99 bytes", "split"]),
    (pa.table({"text": ["a"], "publisher": [{"name": "A"}]}), {}, ["row 0: ", "dict {'name': 'A'}", "--publisher ''"]),
    (pa.table({"text": pa.array([], pa.string())}), {}, [": ", "no record", "written whole"]),
    (
        pa.table({"text": pa.Array.from_buffers(pa.string(), 1, pa.array([b"a\xe9"]).buffers())}),
        {},
        ["row 0: ", "not UTF-8", "byte 1 of its value", "again"],
    ),
]


@pytest.mark.parametrize(("table", "options", "says"), TABLES)
def test_a_fault_in_parquet_is_told_with_its_row_and_remedy(
    table: pa.Table, options: dict[str, Any], says: list[str], tmp_path: Path
) -> None:
    """The message begins with the path and says each thing listed with the case."""
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    with pytest.raises(InputError) as caught:
        list(read(path, ReadOptions(**options)))
    message = str(caught.value)

    assert message.startswith(str(path))
    assert says == [part for part in says if part in message]


def test_parquet_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    """Bytes that changed inside the file are found when their rows are read."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"Rain fell on day {i}." for i in range(2000)]}), path)
    data = bytearray(path.read_bytes())
    data[100:4000] = bytes(3900)
    path.write_bytes(data)

    with pytest.raises(InputError, match=r"a\.parquet, row 0: found Parquet that cannot be read"):
        list(read(path, ReadOptions()))


@pytest.mark.parametrize("name", ["missing.txt", "missing/a.jsonl", "n" * 300, "nul\0.txt"])
def test_a_missing_file_is_refused_at_once(name: str, tmp_path: Path) -> None:
    """Before anything is asked of the iterator, a path that leads nowhere is refused by its name."""
    with pytest.raises(InputError) as caught:
        read(tmp_path / name, ReadOptions())

    assert str(caught.value).startswith(f"{tmp_path / name}: found nothing that can be opened")


def test_a_file_that_goes_away_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    """What the system refuses while reading is told with its own words."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"Rain.")
    found = read(path, ReadOptions())
    path.unlink()

    with pytest.raises(InputError, match=r"a\.txt: found a fault in reading \(No such file"):
        next(found)


def test_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    """A folder is no file; the message says to give its files."""
    with pytest.raises(InputError, match="found a folder, expected a file; give the files in it"):
        read(tmp_path, ReadOptions())


def test_parquet_on_standard_input_is_refused() -> None:
    """Parquet is read from its end, which a stream does not have."""
    with pytest.raises(InputError, match=r"standard input: found Parquet in a stream, .* save it to a file"):
        list(read("-", ReadOptions(format="parquet")))


def test_a_fault_on_standard_input_is_told_by_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a message `-` is called standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"one \xe9")))

    with pytest.raises(InputError, match=r"^standard input, line 1, byte 4: found the byte 0xe9"):
        list(read("-", ReadOptions()))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"format": "xml"}, ["'xml'", "auto, text, jsonl, csv, parquet"]),
        ({"encoding": "utf-9"}, ["'utf-9'", "cp1252"]),
        ({"encoding": "rot13"}, ["'rot13'", "cp1252"]),
        ({"max_record_bytes": 0}, ["found 0", "64 MiB"]),
        ({"text": ""}, ["text: ", "name it"]),
    ],
)
def test_options_are_checked_at_birth(options: dict[str, Any], says: list[str]) -> None:
    """An option that no reader could honour is refused before there is a file."""
    with pytest.raises(ConfigError) as caught:
        ReadOptions(**options)

    assert says == [part for part in says if part in str(caught.value)]


def test_a_huge_line_is_refused_without_being_held(tmp_path: Path) -> None:
    """A line of 30 MB costs little more memory than the cap allows a record."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 30_000_000 + b'"}\n{"text": "Rain."}\n')
    tracemalloc.start()
    try:
        found = list(json_records(Source(str(path)), ReadOptions(max_record_bytes=100_000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert isinstance(found[0].columns, InputError)
    assert peak < 5_000_000
    assert document(found[1], ReadOptions()).text == "Rain."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'{"text": "Rain."}\nnonsense\n{"text": "a \xe9"}\n' + b" " * 99 + b'{}\n{"text": "Snow."}\n'),
        ("a.csv", b'id,text\n0,Rain.\n1,a,b\n2,"a \xe9\n9,c\n"\n3\n4,Snow.\n'),
    ],
)
def test_a_reader_goes_on_after_a_bad_record(name: str, data: bytes, tmp_path: Path) -> None:
    """What is wrong with one record is told in its place; the records after it keep their rows."""
    (tmp_path / name).write_bytes(data)
    reader = json_records if name == "a.jsonl" else csv_records
    found = list(reader(Source(str(tmp_path / name)), ReadOptions(max_record_bytes=90)))

    assert [record.place.row for record in found] == [0, 1, 2, 3, 4]
    assert [isinstance(record.columns, InputError) for record in found] == [False, True, True, True, False]
    assert document(found[4], ReadOptions()).text == "Snow."
