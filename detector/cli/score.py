"""``detector score``: each text alone, with no copy to compare it with."""

from collections.abc import Iterator
from itertools import tee
from typing import Annotated, Literal

import typer

from detector.cli.documents import documents
from detector.cli.options import (
    READ,
    AskedDepth,
    AskedModel,
    AskedPrior,
    Config,
    Encoding,
    FailOn,
    Files,
    FlagThreshold,
    Id,
    InputFormat,
    Published,
    Publisher,
    RoundTrip,
    Text,
    Title,
    Url,
    Width,
    configured,
    finding_kinds,
    is_finding,
)
from detector.read import ReadOptions
from detector.types import Document, Verdict

_Layout = Literal["text", "json", "jsonl"]
_Scored = Iterator[tuple[Document, Verdict]]


def score_cli(
    files: Files,
    *,
    layout: Annotated[
        _Layout, typer.Option("--format", help="A report to read, one JSON value, or a line of JSON a text, at once.")
    ] = "text",
    depth: AskedDepth = None,
    prior: AskedPrior = None,
    flag_threshold: FlagThreshold = None,
    lm: AskedModel = None,
    roundtrip: RoundTrip = False,
    fail_on: FailOn = None,
    width: Width = None,
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
    """Judge each text alone: genuine, spun or back-translated?

    One text alone says less than a pair: where you have a copy, use compare. Texts that are short or not
    English are called unknown, with the reason.

    \b
    Examples:
      detector score article.txt
      detector score corpus.jsonl.gz --format jsonl > verdicts.jsonl
      detector score *.txt --fail-on spun,back_translated
    """
    from detector.pipeline import score_many, signature  # noqa: PLC0415 - keeps --help quick

    kinds = finding_kinds(fail_on)
    chosen = configured(config, depth=depth, prior=prior, flag_threshold=flag_threshold, lm=lm, roundtrip=roundtrip)
    reading = ReadOptions(input_format, text, id, title, url, publisher, published, encoding)
    found, judged = tee(documents(files, reading))
    scored = zip(found, score_many(judged, config=chosen), strict=True)
    write = {"text": _as_text, "json": _as_json, "jsonl": _as_lines}[layout]
    # A sum, not any(): every text is written, whatever is found in the first.
    if sum(is_finding(verdict, kinds) for verdict in write(scored, signature(chosen), width)):
        raise typer.Exit(1)


def _as_text(scored: _Scored, signature: str, width: int | None) -> Iterator[Verdict]:
    from detector.cli.output import console  # noqa: PLC0415
    from detector.report.terminal import render_footer, render_verdict  # noqa: PLC0415

    out = console(width)
    for document, verdict in scored:
        render_verdict(document, verdict, out)
        yield verdict
    render_footer(signature, out)


def _as_json(scored: _Scored, signature: str, _width: int | None) -> Iterator[Verdict]:
    from detector.report import as_json  # noqa: PLC0415

    documents, verdicts = zip(*scored, strict=True)
    typer.echo(as_json.dumps(as_json.scored(documents, verdicts, signature)), nl=False)
    yield from verdicts


def _as_lines(scored: _Scored, signature: str, _width: int | None) -> Iterator[Verdict]:
    from detector.report import as_json  # noqa: PLC0415

    for document, verdict in scored:
        typer.echo(as_json.dumps(as_json.scored_line(document, verdict, signature), indent=False), nl=False)
        yield verdict
