"""``detector compare``: two or more texts, which of them belong together, and which was first."""

import typer

from detector.cli.documents import at_least_two
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
    Layout,
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


def compare_cli(
    files: Files,
    *,
    layout: Layout = "text",
    depth: AskedDepth = None,
    prior: AskedPrior = None,
    flag_threshold: FlagThreshold = None,
    all_pairs: bool = typer.Option(
        False, "--all-pairs", help="Show every related pair; else, of more than three texts, those with the first."
    ),
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
    """Compare texts: which was first, and what was altered.

    Each text is judged, the sentences of related texts are paired, altered words are marked with what they
    probably said before, and the texts are ranked by how likely each is the original, with the evidence.

    \b
    Examples:
      detector compare mine.txt theirs.txt
      detector compare copies.jsonl --text body --id url
      curl -s https://example.org/article.txt | detector compare mine.txt - --format json
    """
    from detector.pipeline import compare  # noqa: PLC0415 - keeps --help quick

    kinds = finding_kinds(fail_on)
    chosen = configured(config, depth=depth, prior=prior, flag_threshold=flag_threshold, lm=lm, roundtrip=roundtrip)
    reading = ReadOptions(input_format, text, id, title, url, publisher, published, encoding)
    comparison = compare(at_least_two(files, reading), config=chosen)
    if layout == "json":
        from detector.report.as_json import dumps  # noqa: PLC0415

        typer.echo(dumps(comparison), nl=False)
    else:
        from detector.cli.output import console  # noqa: PLC0415
        from detector.report.terminal import render  # noqa: PLC0415

        render(comparison, console(width), all_pairs=all_pairs)
    if any(is_finding(verdict, kinds) for verdict in comparison.verdicts):
        raise typer.Exit(1)
