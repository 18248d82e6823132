"""Copy or sibling: can one of two texts come from the other, or do both come from a third?

A text whose wording was altered cannot be what the other, whole text was made from; nor can a text that lacks sentences which
the other has. Where both ways are barred, the two are siblings (W3C PROV: both derived from one entity, neither from the other).
"""

from detector.score.lone import Lone
from detector.text import words
from detector.types import Alignment, Bead, BeadWording, Relation, Sentence, Verdict

_ALTERED = 0.5
_MIN_SENTENCE_WORDS = 8
_LACKING_SHARE = 0.05


def settle(alignment: Alignment, lones: tuple[Lone, Lone], verdicts: tuple[Verdict, Verdict]) -> Alignment:
    """The alignment with the wording of its beads; ``copy`` becomes ``sibling`` where neither text can be the other's source."""
    beads = tuple(_worded(alignment, bead, verdicts) for bead in alignment.beads)
    relation: Relation = alignment.relation
    if relation == "copy":
        barred = [
            verdicts[side].p_genuine < 1 - _ALTERED or _lacks(alignment, side, lones[1 - side])
            for side in (0, 1)
        ]
        relation = "sibling" if all(barred) else "copy"
    return Alignment(alignment.source, alignment.target, beads, relation)


def own_sentences(alignment: Alignment, side: int, lone: Lone) -> tuple[Sentence, ...]:
    """Sentences of one side (0 source, 1 target) with no counterpart, site boilerplate, repetitions and fragments left out."""
    segmented = (alignment.source, alignment.target)[side]
    corrupted = [f.span for f in lone.findings.flags if f.kind in {"boilerplate", "doubled"}]
    text = segmented.document.text
    return tuple(
        segmented.sentences[i]
        for bead in alignment.beads
        if bead.is_null
        for i in (bead.source, bead.target)[side]
        if not any(span.overlaps(segmented.sentences[i].span) for span in corrupted)
        and len(words(text, segmented.sentences[i].span.start, segmented.sentences[i].span.end)) >= _MIN_SENTENCE_WORDS
    )


def _lacks(alignment: Alignment, side: int, other: Lone) -> bool:
    """True where the text on one side is without sentences that the other has."""
    missing = sum(len(s.span) for s in own_sentences(alignment, 1 - side, other))
    return missing >= _LACKING_SHARE * max(len(other.segmented.document.text), 1)


def _worded(alignment: Alignment, bead: Bead, verdicts: tuple[Verdict, Verdict]) -> Bead:
    if bead.is_null:
        return bead
    wording: BeadWording = "edited"
    if all(edit.op == "keep" for edit in bead.edits):
        wording = "verbatim"
    else:
        kinds = [
            flag.kind
            for verdict, span in zip(verdicts, alignment.spans(bead), strict=True)
            for flag in verdict.flags
            if span.overlaps(flag.span)
        ]
        n_spun, n_back = kinds.count("spun"), kinds.count("back_translated")
        if n_spun or n_back:
            wording = "spun" if n_spun >= n_back else "back_translated"
    return Bead(bead.source, bead.target, bead.similarity, wording, bead.edits)
