"""Quotations: straight, curly, nested and unbalanced, each as one span with its marks.

A quotation is an island to align on and to trust: spinners usually leave it alone. Only the outermost is reported. A
quotation that is never closed runs to the end of its paragraph, as in speech that goes on over several paragraphs; an odd
straight mark that opens nothing is left out.
"""

import re

from detector.types import Span

_PARAGRAPH = re.compile(r"[^\n\r]+")
_MARK = re.compile(r"[“”\"„«»]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_MIN_SINGLE_WORDS = 2


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None  # where the outermost quotation began
    closers: list[str] = []
    for mark in _MARK.finditer(text, start, end):
        sign, at = mark.group(), mark.start()
        if closers and sign == closers[-1]:
            closers.pop()
            if not closers and opened is not None:
                spans.append(Span(opened, at + 1))
                opened = None
            continue
        closer = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'"}.get(sign)
        if closer is None or (sign == '"' and '"' in closers):
            continue
        if not closers:
            opened = at
        closers.append(closer)
    if opened is not None and text[opened] in "“„«":
        spans.append(Span(opened, end))
    return [s for s in spans if text[s.start] not in "‘'" or len(s.of(text).split()) >= _MIN_SINGLE_WORDS]


def quotations(text: str) -> tuple[Span, ...]:
    r"""The outermost quotations of a text, in order, marks included.

    >>> [q.of("“He said ‘no’,” she said. \\"Yes.\\"") for q in quotations("“He said ‘no’,” she said. \\"Yes.\\"")]
    ['“He said ‘no’,”', '"Yes."']
    """
    return tuple(span for p in _PARAGRAPH.finditer(text) for span in _in_paragraph(text, p.start(), p.end()))
