"""The order of the aligner's steps: words as numbers, similar cells, links, word edits, passages, relation."""

from detector.align.bitext import Bitext
from detector.align.cells import Features, similar_cells
from detector.align.edits import word_edits
from detector.align.links import Group, link
from detector.align.passages import find_passages
from detector.align.relation import relate
from detector.config import AlignConfig
from detector.text import words
from detector.types import Alignment, Bead, SegmentedDocument, Span, ordered


def align_documents(source: SegmentedDocument, target: SegmentedDocument, config: AlignConfig) -> Alignment:
    """The alignment of two segmented documents; every sentence of both is in exactly one bead.

    (target, source) gives the inverse of (source, target): whichever way a pair is given, links are looked for one way.
    """
    if _place(target) < _place(source):
        bitext, groups, reused = _found(target, source, config.inverse())
        groups = [Group(group.target, group.source, group.similarity) for group in groups]
        bitext, reused = bitext.inverse(), [(ours, theirs) for theirs, ours in reused]
    else:
        bitext, groups, reused = _found(source, target, config)
    beads = [_bead(group, bitext) for group in groups]
    linked = {i for bead in beads for i in bead.source}, {j for bead in beads for j in bead.target}
    beads += [Bead((s.index,), (), 0.0) for s in source.sentences if s.index not in linked[0]]
    beads += [Bead((), (s.index,), 0.0) for s in target.sentences if s.index not in linked[1]]
    relation = relate(bitext, beads, has_passage=bool(reused))
    return Alignment(source, target, ordered(beads), relation, tuple(sorted(reused)))


def _found(
    source: SegmentedDocument, target: SegmentedDocument, config: AlignConfig
) -> tuple[Bitext, list[Group], list[tuple[Span, Span]]]:
    bitext = Bitext.of(source, target, with_quotations=config.quotations)
    features = Features.of(bitext)
    cells = similar_cells(features)
    return bitext, link(bitext, features, cells, config), find_passages(bitext, cells, config)


def _place(segmented: SegmentedDocument) -> tuple[str, list[tuple[int, int]]]:
    return segmented.document.text, [(s.span.start, s.span.end) for s in segmented.sentences]


def _bead(group: Group, bitext: Bitext) -> Bead:
    """A link with its word edits; these cover all words, quoted or not."""
    sides = []
    for indices, side in ((group.source, bitext.source), (group.target, bitext.target)):
        spans = [side.segmented.sentences[i].span for i in indices]
        sides.append(([w for span in spans for w in words(side.segmented.document.text, span.start, span.end)], spans[0].start))
    (ours, start), (theirs, start_there) = sides
    return Bead(group.source, group.target, group.similarity, None, word_edits(ours, theirs, start, start_there))
