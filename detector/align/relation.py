"""How two texts relate, from what their links cover.

``copy``: most of one text is in linked sentences and a good part of the other. ``partial``: some of it is. ``same_event``: next
to nothing is, but both hold the same names and figures. What the wording says of who copied whom (``sibling``) comes later,
when it has been scored.
"""

from collections.abc import Sequence

from detector.text import Word, names, normalise, numbers
from detector.types import Bead, Relation, SegmentedDocument

_COPY_COVER = 0.5
_COPY_COVER_OTHER = 0.2
_PARTIAL_COVER = 0.15
_EVENT_NAMES = 4
_EVENT_SHARE = 0.3
_QUOTED_SIMILARITY = 0.3
"""A link from here on stands for a sentence or quotation that both reports took over: it counts as two shared names."""


def relate(
    source: SegmentedDocument,
    target: SegmentedDocument,
    beads: Sequence[Bead],
    source_words: Sequence[Sequence[Word]],
    target_words: Sequence[Sequence[Word]],
) -> Relation:
    """The relation of two texts; never ``sibling``, which takes a judgement of wording."""
    if normalise(source.document.text) == normalise(target.document.text):
        return "identical"
    links = [bead for bead in beads if not bead.is_null]
    covers = sorted(
        [
            _cover([i for bead in links for i in bead.source], source_words),
            _cover([j for bead in links for j in bead.target], target_words),
        ]
    )
    if covers[1] >= _COPY_COVER and covers[0] >= _COPY_COVER_OTHER:
        return "copy"
    if covers[1] >= _PARTIAL_COVER:
        return "partial"
    shared = _names_and_figures(source, source_words), _names_and_figures(target, target_words)
    n_quoted = sum(bead.similarity >= _QUOTED_SIMILARITY for bead in links)
    return "same_event" if _is_same_event(*shared, n_quoted) else "unrelated"


def _cover(linked: Sequence[int], words: Sequence[Sequence[Word]]) -> float:
    total = sum(map(len, words))
    return sum(len(words[i]) for i in linked) / total if total else 0.0


def _is_same_event(ours: set[str], theirs: set[str], n_quoted: int) -> bool:
    shared = len(ours & theirs) + 2 * n_quoted
    return shared >= _EVENT_NAMES and shared >= _EVENT_SHARE * min(len(ours), len(theirs))


def _names_and_figures(segmented: SegmentedDocument, sentence_words: Sequence[Sequence[Word]]) -> set[str]:
    """The last word of each name (a person's surname, an office's kind) and each figure above ten."""
    found = {name.forms[-1] for name in names(segmented, [w for sentence in sentence_words for w in sentence])}
    return found | {f"{n.value:g}{n.unit or ''}" for n in numbers(segmented.document.text) if n.value > 10}
