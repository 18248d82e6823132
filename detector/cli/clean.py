"""``detector clean``: what is certain repaired, and undone again where asked."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import typer

from detector.cli.documents import documents
from detector.cli.options import (
    READ,
    Config,
    Encoding,
    Files,
    Id,
    InputFormat,
    Published,
    Publisher,
    Text,
    Title,
    Url,
    configured,
)
from detector.errors import ConfigError
from detector.read import ReadOptions
from detector.types import Cleaned, Document, Repair

_Layout = Literal["text", "json", "jsonl"]
_STDOUT = "-"
_SHOWN_CHARS = 60


def clean_cli(
    files: Files,
    *,
    layout: Annotated[
        _Layout,
        typer.Option("--format", help="The text itself (of one document), one JSON value, or a line of JSON a text, at once."),
    ] = "text",
    out: Annotated[str, typer.Option(metavar="FILE", help="Where the cleaned text goes; - is standard output.")] = _STDOUT,
    repairs: Annotated[
        Path | None,
        typer.Option("--repairs", metavar="FILE.jsonl", help="Write the repairs of each text to this file, for --undo."),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show each repair on standard error: where, what, and what instead.")
    ] = False,
    undo: Annotated[
        Path | None,
        typer.Option(
            "--undo", metavar="FILE.jsonl", help="Give back the texts as read, out of cleaned texts and this file of repairs."
        ),
    ] = None,
    config: Config = None,
    input_format: InputFormat = READ.format,
    text: Text = READ.text,
    id: Id = READ.id,
    title: Title = READ.title,
    url: Url = READ.url,
    publisher: Publisher = READ.publisher,
    published: Published = READ.published,
    encoding: Encoding = READ.encoding,
) -> None:
    """Repair what is certain, and touch nothing else.

    Repaired are mojibake, entities of HTML, characters that cannot be seen, letters that only look Latin,
    whole lines of the site, and the second copy of a headline, paragraph or article. Each repair has its place
    in the text as read and can be undone. Output is UTF-8; what was done is summed up on standard error. A file
    is written whole or, after an error, not at all.

    \b
    Examples:
      detector clean page.txt > clean.txt
      detector clean corpus.jsonl.gz --format jsonl --out clean.jsonl --repairs repairs.jsonl
      detector clean clean.jsonl --undo repairs.jsonl --format jsonl > as_read.jsonl
    """
    _check_paths(files, out, repairs, undo)
    chosen = configured(config)
    found = documents(files, ReadOptions(input_format, text, id, title, url, publisher, published, encoding))
    if layout == "text":
        found = _only_one(found)
    with ExitStack() as opened:
        stream = _opened(out, opened)
        if undo:
            n_texts = _write_restored(found, undo, layout, stream)
            typer.echo(f"restored {_counted(n_texts, 'text')} as read", err=True)
            return
        from detector.pipeline import clean, cleaning_signature  # noqa: PLC0415 - keeps --help quick

        cleaned = (clean(document, config=chosen) for document in found)
        listed = _opened(str(repairs), opened) if repairs else None
        signature = cleaning_signature(chosen)
        _write_cleaned(_told(cleaned, listed, signature, diff=diff), layout, stream, signature)


def _check_paths(files: Sequence[str], out: str, repairs: Path | None, undo: Path | None) -> None:
    """Refuses what would write over what is read, and repairs of an undoing.

    Raises:
        ConfigError: A file that is written is read too, or two outputs go to one file.
    """
    if undo and repairs:
        msg = "found --undo and --repairs together, expected one: undoing makes no repairs"
        raise ConfigError(msg)
    read = [*(path for path in files if path != "-"), *([str(undo)] if undo else [])]
    written = [*([out] if out != _STDOUT else []), *([str(repairs)] if repairs else [])]
    places = [Path(path).resolve() for path in written]
    for path, place in zip(written, places, strict=True):
        if places.count(place) > 1 or place in {Path(other).resolve() for other in read}:
            msg = f"{path}: found one name for two files, expected another name for what is written"
            raise ConfigError(msg)


def _only_one(found: Iterator[Document]) -> Iterator[Document]:
    """The one document.

    Raises:
        ConfigError: There are more, which as text could not be told apart.
    """
    first = list(islice(found, 2))
    if len(first) > 1:
        msg = f"found {first[0].id}, {first[1].id}: several texts, expected one with --format text; use --format jsonl"
        raise ConfigError(msg)
    return iter(first)


def _opened(out: str, opened: ExitStack) -> BinaryIO:
    from detector.cli.output import whole  # noqa: PLC0415

    return sys.stdout.buffer if out == _STDOUT else opened.enter_context(whole(Path(out)))


def _told(cleaned: Iterable[Cleaned], listed: BinaryIO | None, signature: str, *, diff: bool) -> Iterator[Cleaned]:
    """The texts as they come, each listed in the file of repairs; the sum of repairs is told at the end."""
    from detector.report import as_json  # noqa: PLC0415

    n_texts, n_repaired, codes = 0, 0, Counter[str]()
    for one in cleaned:
        if listed:
            _write(as_json.dumps(as_json.repairs_line(one, signature), indent=False), listed)
        if diff:
            for repair in one.repairs:
                typer.echo(_shown(one.document.id, repair), err=True)
        n_texts, n_repaired = n_texts + 1, n_repaired + bool(one.repairs)
        codes.update(repair.code for repair in one.repairs)
        yield one
    typer.echo(f"cleaned {_counted(n_texts, 'text')}: {_counted(codes.total(), 'repair')} in {n_repaired:,}", err=True)
    for code, n_repairs in sorted(codes.items()):
        typer.echo(f"{n_repairs:9,}  {code}", err=True)


def _shown(id_: str, repair: Repair) -> str:
    from detector.report.safe import safe  # noqa: PLC0415

    before, after = (
        safe(part if len(part) <= _SHOWN_CHARS else f"{part[:_SHOWN_CHARS]}…") for part in (repair.before, repair.after)
    )
    return f"{safe(id_)}:{repair.span.start}-{repair.span.end}: {repair.code}: “{before}” -> “{after}”"


def _write_cleaned(cleaned: Iterable[Cleaned], layout: _Layout, stream: BinaryIO, signature: str) -> None:
    from detector.report import as_json  # noqa: PLC0415

    if layout == "json":
        _write(as_json.dumps(as_json.cleaned(list(cleaned), signature)), stream)
        return
    for one in cleaned:
        if layout == "text":
            _write(one.text.encode("utf-8", "surrogatepass"), stream)
        else:
            _write(as_json.dumps(as_json.cleaned_line(one, signature), indent=False), stream)


def _write_restored(found: Iterable[Document], undo: Path, layout: _Layout, stream: BinaryIO) -> int:
    """Writes the texts as read; returns how many there are."""
    from detector.cli.repairs import read_repairs  # noqa: PLC0415
    from detector.report import as_json  # noqa: PLC0415

    listed = read_repairs(undo)
    restored = (listed.restored(document) for document in found)
    if layout == "json":
        texts = list(restored)
        _write(as_json.dumps({"documents": as_json.to_json(texts)}), stream)
        return len(texts)
    n_texts = 0
    for document in restored:
        written = document.text.encode("utf-8", "surrogatepass")
        _write(written if layout == "text" else as_json.dumps(as_json.to_json(document), indent=False), stream)
        n_texts += 1
    return n_texts


def _write(data: bytes, stream: BinaryIO) -> None:
    """Writes at once, so that a reader of the stream need not wait for the next text."""
    stream.write(data)
    stream.flush()


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)}"
