"""``detector align``: two texts, sentence by sentence."""

import typer

from detector.cli.documents import exactly_two
from detector.cli.options import (
    READ,
    Config,
    Encoding,
    Files,
    Id,
    InputFormat,
    Layout,
    MinPassage,
    Most,
    Published,
    Publisher,
    Quotations,
    Text,
    Title,
    Url,
    Width,
    aligning,
    configured,
)
from detector.read import ReadOptions


def align_cli(
    files: Files,
    *,
    layout: Layout = "text",
    min_passage: MinPassage = None,
    quotations: Quotations = None,
    most: Most = None,
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
    """Pair the sentences of two texts and mark what differs.

    Nothing is said of who was first: that is what compare does. Sentences may stand in another order, be
    split or joined, or have no counterpart. Passages are stretches of reused text, wherever they stand.

    \b
    Examples:
      detector align one.txt other.txt
      detector align one.txt - --format json < other.txt
      detector align essay.txt source.txt --no-quotations --min-passage 100
    """
    from detector.pipeline import align  # noqa: PLC0415 - keeps --help quick
    from detector.text import segment  # noqa: PLC0415

    chosen = aligning(configured(config), min_passage=min_passage, quotations=quotations, most=most)
    reading = ReadOptions(input_format, text, id, title, url, publisher, published, encoding)
    source, target = exactly_two(files, reading)
    alignment = align(segment(source), segment(target), config=chosen)
    if layout == "json":
        from detector.report.as_json import dumps  # noqa: PLC0415

        typer.echo(dumps(alignment), nl=False)
    else:
        from detector.cli.output import console  # noqa: PLC0415
        from detector.report.terminal import render_alignment  # noqa: PLC0415

        render_alignment(alignment, console(width))
