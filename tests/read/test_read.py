"""What holds of reading, whatever the format."""

import csv
import gzip
import io
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.errors import InputError
from detector.read import ReadOptions, formats, read
from detector.types import Document

AUTO = ReadOptions()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: not text.isspace())

Writer = Callable[[Path, list[str]], None]


def _write_jsonl(path: Path, texts: list[str]) -> None:
    path.write_bytes(b"".join(orjson.dumps({"text": text}) + b"\n" for text in texts))


def _write_json(path: Path, texts: list[str]) -> None:
    path.write_bytes(orjson.dumps([{"text": text} for text in texts]))


def _write_csv(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, quoting=csv.QUOTE_ALL, delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writerows([["number", "text"], *([i, text] for i, text in enumerate(texts))])


def _write_parquet(path: Path, texts: list[str]) -> None:
    pq.write_table(pa.table({"text": texts, "number": list(range(len(texts)))}), path)


WRITERS: dict[str, Writer] = {
    "a.jsonl": _write_jsonl,
    "a.ndjson": _write_jsonl,
    "a.json": _write_json,
    "a.csv": _write_csv,
    "a.tsv": _write_csv,
    "a.parquet": _write_parquet,
}


@pytest.mark.parametrize("name", WRITERS)
@settings(deadline=None, max_examples=40)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_of_a_table_come_back_as_they_were_written(name: str, texts: list[str]) -> None:
    """Every text without surrogates is read back character by character, line ends included, and in order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        WRITERS[name](path, texts)
        found = [(document.id, document.text) for document in read(path, AUTO)]

    expected = [(f"{name}:{row}", text) for row, text in enumerate(texts)]
    assert expected == found


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_text_file_comes_back_as_it_was_written(text: str) -> None:
    """A text file is one document named after the file; only a byte order mark is taken from it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "story.md"
        path.write_bytes(("words " + text).encode())
        found = list(read(path, AUTO))

    assert [Document("story.md", "words " + text)] == found


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt"])
def test_gzip_changes_nothing_but_the_name(name: str, tmp_path: Path) -> None:
    """A file and the same file in gzip hold the same texts."""
    data = {"a.jsonl": b'{"text": "Rain fell."}\n', "a.csv": b"text\nRain fell.\n", "a.txt": b"Rain fell."}[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))

    plain, packed = (next(read(tmp_path / file, AUTO)) for file in (name, f"{name}.gz"))
    assert plain.text == packed.text
    assert packed.id.startswith(f"{name}.gz")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_byte_order_mark_is_no_part_of_the_text(name: str, tmp_path: Path) -> None:
    """UTF-8 with a byte order mark is read as UTF-8 without one."""
    data = {"a.jsonl": '{"text": "Été."}', "a.csv": "text\nÉté.\n", "a.txt": "Été."}[name]
    (tmp_path / name).write_text(data, encoding="utf-8-sig")

    assert [document.text for document in read(tmp_path / name, AUTO)] == ["Été."]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_another_encoding_is_decoded_by_name(name: str, tmp_path: Path) -> None:
    """What the option `encoding` names is how the bytes are decoded, in every format of text."""
    data = {"a.jsonl": '{"text": "“Été”"}', "a.csv": "text\n“Été”\n", "a.txt": "“Été”"}[name]
    (tmp_path / name).write_text(data, encoding="cp1252")

    assert [document.text for document in read(tmp_path / name, ReadOptions(encoding="cp1252"))] == ["“Été”"]


def test_utf16_text_is_read_by_name(tmp_path: Path) -> None:
    """A text file may have an encoding that writes letters in two bytes."""
    (tmp_path / "a.txt").write_text("“Été”\n", encoding="utf-16", newline="")

    assert next(read(tmp_path / "a.txt", ReadOptions(encoding="utf-16"))).text == "“Été”\n"


@pytest.mark.parametrize(
    ("format_", "data"), [("text", b"Rain.\r\n"), ("jsonl", b'{"text":"Rain."}'), ("csv", b"text\nRain.\n")]
)
def test_standard_input_is_read_by_the_name_of_a_dash(
    format_: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` is standard input in the format that is named, and it is left open."""
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    options = ReadOptions(format=format_)  # type: ignore[arg-type]

    assert [document.text.rstrip() for document in read("-", options)] == ["Rain."]
    assert not stdin.buffer.closed


def test_standard_input_is_text_unless_it_is_named_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no ending to go by, standard input is one text."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Rain."}')))

    assert list(read("-", AUTO)) == [Document("-", '{"text": "Rain."}')]


def test_a_named_format_is_stronger_than_the_ending(tmp_path: Path) -> None:
    """A file of any name is read in the format that is named."""
    (tmp_path / "part-0001").write_bytes(b'{"text": "Rain."}\n{"text": "Snow."}\n')

    assert [d.id for d in read(tmp_path / "part-0001", ReadOptions(format="jsonl"))] == ["part-0001:0", "part-0001:1"]


def test_every_format_is_listed_with_its_endings() -> None:
    """`formats` names what `ReadOptions.format` takes beside auto, and no ending twice."""
    endings = [ending for known in formats.values() for ending in known]

    assert set(formats) == {"text", "jsonl", "csv", "parquet"}
    assert len(endings) == len(set(endings))


ROW = {
    "id": "7",
    "text": "Rain.",
    "title": "Wet",
    "url": "https://a.example/1",
    "publisher": "A",
    "published": "2017-01-02",
}


def _table(path: Path, row: dict[str, str]) -> None:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([row]), path)
    elif path.suffix == ".csv":
        path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    else:
        path.write_bytes(orjson.dumps(row))


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_columns_of_a_fields_name_are_found(name: str, tmp_path: Path) -> None:
    """Without options each field is the column of its own name."""
    _table(tmp_path / name, ROW)

    assert list(read(tmp_path / name, AUTO)) == [Document(**ROW)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_named_columns_are_used(name: str, tmp_path: Path) -> None:
    """A column that is named is used in place of the one of the field's name."""
    _table(tmp_path / name, {"text": "No.", "id": "no", "body": "Rain.", "key": "7", "head": "Wet", "day": "Monday"})
    options = ReadOptions(text="body", id="key", title="head", published="day")

    assert list(read(tmp_path / name, options)) == [Document("7", "Rain.", "Wet", published="Monday")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_an_empty_name_means_no_column(name: str, tmp_path: Path) -> None:
    """A column of a field's name is left alone where the option is an empty name, even where a column has no name."""
    _table(tmp_path / name, {"": "0", "id": "7", "text": "Rain.", "title": "Wet"})

    assert list(read(tmp_path / name, ReadOptions(id="", title=""))) == [Document(f"{name}:0", "Rain.")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_a_record_without_an_id_is_called_by_file_and_row(name: str, tmp_path: Path) -> None:
    """An empty id is none, and an empty title is unknown."""
    _table(tmp_path / name, {"id": "", "text": "Rain.", "title": ""})

    assert list(read(tmp_path / name, AUTO)) == [Document(f"{name}:0", "Rain.")]


def test_numbers_and_dates_are_written_out(tmp_path: Path) -> None:
    """A whole number is an id, and a date is given in ISO 8601."""
    rows = [
        {"id": 12, "text": "Rain.", "published": date(2017, 1, 2), "title": 1984.5},
        {"id": 13, "text": "Snow.", "published": None, "title": float("nan")},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    found = [(d.id, d.published, d.title) for d in read(tmp_path / "a.parquet", AUTO)]

    assert found == [("12", "2017-01-02", "1984.5"), ("13", None, None)]


def test_times_keep_their_zone(tmp_path: Path) -> None:
    """A time with a zone is given in ISO 8601 with the zone."""
    rows = [{"text": "Rain.", "published": datetime(2017, 1, 2, 3, 4, tzinfo=UTC)}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")

    assert next(read(tmp_path / "a.parquet", AUTO)).published == "2017-01-02T03:04:00+00:00"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'\n{"text": "Rain."}\n  \r\n{"text": "Snow."}\n\n'),
        ("a.csv", b"\ntext\n\nRain.\n\r\nSnow.\n\n"),
    ],
)
def test_blank_lines_are_no_records(name: str, data: bytes, tmp_path: Path) -> None:
    """A blank line takes no row, in JSON Lines and in CSV."""
    (tmp_path / name).write_bytes(data)

    assert [(d.id, d.text) for d in read(tmp_path / name, AUTO)] == [(f"{name}:0", "Rain."), (f"{name}:1", "Snow.")]


def test_a_key_that_a_record_lacks_is_unknown(tmp_path: Path) -> None:
    """In JSON Lines a named column may be absent from a record, as long as one has it."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Rain."}\n{"text": "Snow.", "head": "Cold"}\n')

    assert [d.title for d in read(tmp_path / "a.jsonl", ReadOptions(title="head"))] == [None, "Cold"]


def test_a_record_may_be_as_large_as_the_cap(tmp_path: Path) -> None:
    """The cap is the largest size that is read, line end included."""
    line = orjson.dumps({"text": "a" * 300_000}) + b"\n"
    (tmp_path / "a.jsonl").write_bytes(line * 2)
    (tmp_path / "a.csv").write_bytes(b"text\n" + b"a" * 300_000 + b"\n")

    assert len(list(read(tmp_path / "a.jsonl", ReadOptions(max_record_bytes=len(line))))) == 2
    assert len(list(read(tmp_path / "a.csv", ReadOptions(max_record_bytes=300_001)))) == 1


def test_readers_in_threads_do_not_disturb_each_other(tmp_path: Path) -> None:
    """A large field is read while other tables with other caps are opened and closed beside it."""
    (tmp_path / "large.csv").write_bytes(b"text\n" + (b"a" * 200_000 + b"\n") * 20)
    (tmp_path / "small.csv").write_bytes(b"text\nRain.\n")
    counts: list[int] = []

    def run(name: str, cap: int) -> None:
        counts.extend(len(list(read(tmp_path / name, ReadOptions(max_record_bytes=cap)))) for _ in range(5))

    threads = [threading.Thread(target=run, args=args) for args in (("large.csv", 10**6), ("small.csv", 100))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [1] * 5 + [20] * 5


def test_documents_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    """A fault further down does not keep the documents before it from being read."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Rain."}\n{"text"')
    found: Iterator[Document] = read(tmp_path / "a.jsonl", AUTO)

    assert next(found).text == "Rain."
    with pytest.raises(InputError, match="line 2"):
        next(found)
