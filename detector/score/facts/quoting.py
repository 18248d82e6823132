"""Words inside quotation marks on both sides that are not the same words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from detector.score.facts.names import is_garbled
from detector.score.facts.negation import is_inflected
from detector.score.facts.places import Places
from detector.score.facts.reading import Side
from detector.text import FUNCTION_WORDS, Word
from detector.types import Span

_SPELLINGS = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("our", "or"), ("re", "er"), ("ogue", "og"),
    ("ence", "ense"), ("lled", "led"), ("lling", "ling"), ("amme", "am"), ("alyse", "alyze"),
)  # fmt: skip
_CONTRACTED = {
    "cannot": "can not",
    "can't": "can not",
    "won't": "will not",
    "n't": " not",
    "'re": " are",
    "'ve": " have",
    "'ll": " will",
    "'m": " am",
}


def changed_quotations(
    sides: tuple[Side, Side], quoted: tuple[Sequence[Span], Sequence[Span]], places: Places
) -> Iterator[tuple[Span, Span]]:
    """The runs of words that both sides quote and that differ by more than spelling and function words.

    Args:
        sides: The two sides of a bead.
        quoted: The quotations of both texts.
        places: The edits of the bead.
    """
    if not all(spans for spans in quoted):
        return
    for change in places.changes:
        runs = [[side.words[k] for k in change.places(s)] for s, side in enumerate(sides)]
        inside = [{_holder(word, spans) for word in run} for run, spans in zip(runs, quoted, strict=True)]
        if any(len(found) > 1 or None in found for found in inside):
            continue
        shown = (_shown(side, spans, own) for side, spans, own in zip(sides, quoted, (change.source, change.target), strict=True))
        spans = [span for span in shown if span]
        if (
            len(spans) == 2
            and not _is_same(*runs)
            and not any(is_garbled(span.of(side.text)) for span, side in zip(spans, sides, strict=True))
        ):
            yield spans[0], spans[1]


def _shown(side: Side, quoted: Sequence[Span], run: tuple[int, int]) -> Span | None:
    """The words of a run; of an empty one those before and behind, where they stand in one quotation."""
    first, end = run
    if first < end:
        return side.hull(first, end)
    if first == 0 or end == len(side.words):
        return None
    before, behind = (_holder(side.words[k], quoted) for k in (first - 1, end))
    return side.hull(first - 1, end + 1) if before is not None and before == behind else None


def _holder(word: Word, spans: Sequence[Span]) -> int | None:
    place = bisect_right(spans, word.start, key=lambda span: span.start) - 1
    return place if place >= 0 and word.start < spans[place].end else None


def _is_same(source: Sequence[Word], target: Sequence[Word]) -> bool:
    """True where two runs differ only in spelling, contraction, inflection or function words."""
    ours, theirs = (_content(run) for run in (source, target))
    if "".join(ours) == "".join(theirs):
        return True
    return len(ours) == len(theirs) and all(
        _spelling(a) == _spelling(b) or is_inflected(a, b) for a, b in zip(ours, theirs, strict=True)
    )


def _content(run: Sequence[Word]) -> list[str]:
    return [form for word in run for form in _expanded(word.form).split() if form not in FUNCTION_WORDS or form == "not"]


def _expanded(form: str) -> str:
    form = form.removesuffix("'s")
    return next((form.removesuffix(short) + long for short, long in _CONTRACTED.items() if form.endswith(short)), form)


def _spelling(form: str) -> str:
    return next((form.removesuffix(british) + american for british, american in _SPELLINGS if form.endswith(british)), form)
