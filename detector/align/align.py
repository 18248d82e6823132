"""The order of the aligner's steps: words as numbers, similar cells, links, word edits, passages, relation."""

from collections.abc import Sequence
from itertools import pairwise

from detector.align.bitext import Bitext, Side
from detector.align.cells import Features, similar_cells
from detector.align.edits import word_edits
from detector.align.links import Group, link
from detector.align.passages import find_passages
from detector.align.relation import relate
from detector.config import AlignConfig
from detector.text import Word, words
from detector.types import Alignment, Bead, SegmentedDocument, Span, WordEdit, ordered


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
    """A link with its word edits; these cover all words, quoted or not.

    Where a passage is used twice, the first use is what is held against the other side; the others are put in or left out whole.
    """
    (ours, *ours_again), (theirs, *theirs_again) = (
        [_words(run, side) for run in _runs(indices)]
        for indices, side in ((group.source, bitext.source), (group.target, bitext.target))
    )
    starts = [
        side.segmented.sentences[indices[0]].span.start
        for indices, side in ((group.source, bitext.source), (group.target, bitext.target))
    ]
    edits = list(word_edits(ours, theirs, starts[0], starts[1]))
    for run in ours_again:
        place = theirs[-1].end if theirs else starts[1]
        edits += [WordEdit("delete", Span(run[0].start, run[-1].end), Span(place, place))] if run else []
    for run in theirs_again:
        place = ours[-1].end if ours else starts[0]
        edits += [WordEdit("insert", Span(place, place), Span(run[0].start, run[-1].end))] if run else []
    edits.sort(key=lambda e: (e.source.start, e.source.end, e.target.start))
    return Bead(group.source, group.target, group.similarity, None, tuple(edits))


def _runs(indices: Sequence[int]) -> list[list[int]]:
    """The sentences as runs of neighbours."""
    runs = [[indices[0]]]
    for before, index in pairwise(indices):
        if index == before + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _words(run: Sequence[int], side: Side) -> list[Word]:
    text, sentences = side.segmented.document.text, side.segmented.sentences
    return [word for i in run for word in words(text, sentences[i].span.start, sentences[i].span.end)]
