"""The order of the aligner's steps: bags of words, links, word edits, relation."""

from detector.align.bags import Bags
from detector.align.edits import word_edits
from detector.align.links import link
from detector.align.relation import relate
from detector.config import AlignConfig
from detector.text import words
from detector.types import Alignment, Bead, SegmentedDocument, ordered


def align_documents(source: SegmentedDocument, target: SegmentedDocument, config: AlignConfig) -> Alignment:
    """The alignment of two segmented documents; every sentence of both is in exactly one bead.

    (target, source) gives the inverse of (source, target): no step prefers a side.
    """
    source_words = [words(source.document.text, s.span.start, s.span.end) for s in source.sentences]
    target_words = [words(target.document.text, s.span.start, s.span.end) for s in target.sentences]
    bags = Bags.of(source_words, target_words)
    beads = []
    for group in link(bags, config):
        edits = word_edits(
            [w for i in group.source for w in source_words[i]],
            [w for j in group.target for w in target_words[j]],
            source.sentences[group.source[0]].span.start,
            target.sentences[group.target[0]].span.start,
        )
        beads.append(Bead(group.source, group.target, group.similarity, None, edits))
    linked_source = {i for bead in beads for i in bead.source}
    linked_target = {j for bead in beads for j in bead.target}
    beads += [Bead((s.index,), (), 0.0) for s in source.sentences if s.index not in linked_source]
    beads += [Bead((), (s.index,), 0.0) for s in target.sentences if s.index not in linked_target]
    return Alignment(source, target, ordered(beads), relate(source, target, beads, source_words, target_words))
