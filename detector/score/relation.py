"""Copy or sibling: can one of two texts come from the other, or do both come from a third?

A text whose wording was altered cannot be what the other, whole text was made from; nor can a text that is damaged where
the other is not, or that lacks sentences which the other has. Where both ways are barred, the two are siblings (W3C PROV: both
derived from one entity, neither from the other).
"""

from collections.abc import Set
from dataclasses import replace

from detector.score.lone import Lone
from detector.text import words
from detector.types import Alignment, Bead, BeadWording, Relation, Sentence, Verdict

_ALTERED = 0.5
_DAMAGE = frozenset({"mojibake"})
"""Not "truncated": a site's own last line may look so, and a text that was cut lacks sentences anyway."""
_MIN_SENTENCE_WORDS = 8
_LACKING_SHARE = 0.03


def settle(
    alignment: Alignment,
    lones: tuple[Lone, Lone],
    verdicts: tuple[Verdict, Verdict],
    confirmed: tuple[Set[int] | None, Set[int] | None] = (None, None),
) -> Alignment:
    """The alignment with the wording of its beads; ``copy`` becomes ``sibling`` where neither text can be the other's source.

    Args:
        alignment: The pair.
        lones: What each of the two texts says alone.
        verdicts: What is believed of each beside the other.
        confirmed: Of each text, the sentences that a third has too, which belong to the article and not to a site; None where
            there is no third, and all count.
    """
    beads = tuple(_worded(alignment, bead, verdicts) for bead in alignment.beads)
    relation: Relation = alignment.relation
    if relation == "copy":
        damage = [_DAMAGE.intersection(verdict.corruptions) for verdict in verdicts]
        barred = [
            verdicts[side].p_genuine < 1 - _ALTERED
            or bool(damage[side] - damage[1 - side])
            or _lacks(alignment, side, lones[1 - side], confirmed[1 - side])
            for side in (0, 1)
        ]
        relation = "sibling" if all(barred) else "copy"
    return replace(alignment, beads=beads, relation=relation)


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


def _lacks(alignment: Alignment, side: int, other: Lone, confirmed: Set[int] | None) -> bool:
    """True where the text on one side is without sentences that the other, and a third where there is one, has."""
    alone = own_sentences(alignment, 1 - side, other)
    missing = sum(len(s.span) for s in alone if confirmed is None or s.index in confirmed)
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
