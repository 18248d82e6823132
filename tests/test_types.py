"""The laws of the nouns, on values of every shape."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detector.errors import InputError
from detector.types import (
    Alignment,
    Bead,
    Comparison,
    Document,
    Evidence,
    Flag,
    RankedDocument,
    Ranking,
    SegmentedDocument,
    Sentence,
    Span,
    Verdict,
    WordEdit,
)
from tests.strategies import alignments, documents, segmented

OPS = ("keep", "swap", "move", "insert", "delete")


@given(st.integers(-5, 20), st.integers(-5, 20))
def test_span_accepts_exactly_ordered_bounds(start: int, end: int) -> None:
    """A span is born only where 0 <= start <= end; the message names both numbers."""
    if 0 <= start <= end:
        assert len(Span(start, end)) == end - start
    else:
        with pytest.raises(InputError, match=rf"\({start}, {end}\)"):
            Span(start, end)


@given(st.data())
def test_spans_overlap_exactly_where_they_share_a_character(data: st.DataObject) -> None:
    """Two spans overlap where, and only where, some code point is in both; either may be asked."""
    bounds = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
    left, right = (Span(*data.draw(bounds)) for _ in range(2))
    shared = set(range(left.start, left.end)) & set(range(right.start, right.end))
    assume(len(left) and len(right))

    assert left.overlaps(right) == right.overlaps(left) == bool(shared)


@given(documents())
def test_a_document_is_never_edited(document: Document) -> None:
    """The text of a document cannot be set after birth."""
    with pytest.raises(FrozenInstanceError):
        document.text = "other"  # type: ignore[misc]


def test_a_document_needs_an_id() -> None:
    """A document with an empty id is refused."""
    with pytest.raises(InputError, match=r"Document\.id"):
        Document("", "text")


@given(segmented())
def test_sentences_read_what_their_spans_cover(document: SegmentedDocument) -> None:
    """The text of a sentence is the stretch of the document's text between its offsets."""
    expected = [document.document.text[s.span.start : s.span.end] for s in document.sentences]

    assert expected == [document.text_of(i) for i in range(len(document))]


@given(segmented(min_sentences=2), st.data())
def test_sentences_out_of_order_are_refused(document: SegmentedDocument, data: st.DataObject) -> None:
    """Sentences that are swapped, numbered wrongly, overlapping or beyond the text are refused."""
    first, second, *rest = document.sentences
    text_end = len(document.document.text)
    broken = data.draw(
        st.sampled_from(
            [
                (second, first, *rest),
                (first, replace(second, index=2), *rest),
                (first, Sentence(1, Span(first.span.end - 1, second.span.end)), *rest),
                (first, Sentence(1, Span(second.span.start, text_end + 1))),
            ]
        )
    )

    with pytest.raises(InputError, match=r"SegmentedDocument\.sentences"):
        SegmentedDocument(document.document, broken)


@given(st.sampled_from(OPS), st.booleans(), st.booleans())
def test_a_word_edit_has_the_sides_its_operation_needs(op: str, has_source: bool, has_target: bool) -> None:
    """An insert covers words of the target alone, a delete of the source alone, every other operation words of both."""
    sides = Span(3, 8 if has_source else 3), Span(1, 4 if has_target else 1)
    expected = {"insert": (False, True), "delete": (True, False)}.get(op, (True, True))
    if (has_source, has_target) == expected:
        assert WordEdit(op, *sides).inverse().inverse() == WordEdit(op, *sides)  # type: ignore[arg-type]
    else:
        with pytest.raises(InputError, match=f"WordEdit {op}"):
            WordEdit(op, *sides)  # type: ignore[arg-type]


def test_an_unknown_operation_is_refused_with_those_there_are() -> None:
    """An operation that is not one of five is refused, and the five are named."""
    with pytest.raises(InputError, match="'keep', 'swap', 'move', 'insert', 'delete'"):
        WordEdit("merge", Span(0, 1), Span(0, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "target"), [((), ()), ((1, 0), (0,)), ((0, 0), (0,)), ((0,), (-1,))])
def test_a_bead_refuses_sides_that_are_not_ascending(source: tuple[int, ...], target: tuple[int, ...]) -> None:
    """A bead has a sentence on one side at least, and names each in ascending order once."""
    with pytest.raises(InputError, match="Bead"):
        Bead(source, target, 0.5)


def test_a_null_bears_neither_edits_nor_wording() -> None:
    """A sentence with no counterpart was not reworded, and says nothing of words."""
    with pytest.raises(InputError, match="null"):
        Bead((0,), (), 0.0, "spun")
    with pytest.raises(InputError, match="null"):
        Bead((), (0,), 0.0, None, (WordEdit("insert", Span(0, 0), Span(0, 3)),))


@given(alignments())
def test_an_alignment_partitions_both_documents(alignment: Alignment) -> None:
    """Every sentence of both documents is in exactly one bead."""
    assert list(range(len(alignment.source))) == sorted(i for bead in alignment.beads for i in bead.source)
    assert list(range(len(alignment.target))) == sorted(i for bead in alignment.beads for i in bead.target)


@given(alignments(), st.data())
def test_an_alignment_with_a_sentence_dropped_or_repeated_is_refused(alignment: Alignment, data: st.DataObject) -> None:
    """Leaving out any bead, or giving any twice, is refused."""
    assume(alignment.beads)
    at = data.draw(st.integers(0, len(alignment.beads) - 1))
    dropped = alignment.beads[:at] + alignment.beads[at + 1 :]
    repeated = (*alignment.beads, alignment.beads[at])

    for beads in (dropped, repeated):
        with pytest.raises(InputError, match=r"Alignment\.beads"):
            replace(alignment, beads=beads)


@given(alignments())
def test_inverse_twice_is_identity(alignment: Alignment) -> None:
    """Read from target to source and back, an alignment is what it was, edits and order of beads included."""
    assert alignment == alignment.inverse().inverse()


@given(alignments())
def test_inverse_swaps_the_sides_and_keeps_the_rest(alignment: Alignment) -> None:
    """The inverse has the same beads with their sides changed over, and the same relation."""
    expected = {(bead.target, bead.source, bead.similarity, bead.wording) for bead in alignment.beads}
    inverse = alignment.inverse()

    assert expected == {(bead.source, bead.target, bead.similarity, bead.wording) for bead in inverse.beads}
    assert (alignment.target, alignment.source) == (inverse.source, inverse.target)
    assert alignment.relation == inverse.relation


@given(alignments())
def test_the_inverse_has_the_inverse_passages(alignment: Alignment) -> None:
    """The passages of the inverse are the same pairs, changed over, in order of their own source."""
    expected = sorted((target, source) for source, target in alignment.passages())

    assert expected == list(alignment.inverse().passages())


@given(alignments(), st.booleans(), st.data())
def test_a_passage_of_nothing_or_beyond_the_text_is_refused(alignment: Alignment, is_empty: bool, data: st.DataObject) -> None:
    """A passage has characters on both sides, and none that are not in the texts."""
    ends = [len(document.document.text) for document in (alignment.source, alignment.target)]
    assume(min(ends))
    spans = [Span(0, end) for end in ends]
    side = data.draw(st.integers(0, 1))
    spans[side] = Span(ends[side], ends[side]) if is_empty else Span(0, ends[side] + 1)

    with pytest.raises(InputError, match=r"Alignment\.reused"):
        replace(alignment, reused=(*alignment.reused, (spans[0], spans[1])))


def test_a_flag_covers_something() -> None:
    """A flag on no character is refused, as is a probability beyond 1 and a severity of no grade."""
    flag = Flag(Span(2, 5), "spun", 0.5, "minor")
    for name, value in (("span", Span(2, 2)), ("probability", 1.5), ("severity", "grave")):
        with pytest.raises(InputError, match=rf"Flag\.{name}"):
            replace(flag, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("bits", [float("nan"), float("inf"), float("-inf")])
def test_evidence_weighs_a_finite_number_of_bits(bits: float) -> None:
    """Evidence that would settle a ranking by itself, or says no number, is refused."""
    with pytest.raises(InputError, match=r"Evidence\.bits"):
        Evidence("0", "code", 1.0, bits, "because")


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3))
def test_a_verdict_sums_to_one(parts: list[float]) -> None:
    """The three probabilities of a verdict sum to 1, or it is refused."""
    total = sum(parts)
    assume(total > 0.1)
    genuine, spun, back_translated = (part / total for part in parts)
    verdict = Verdict(genuine, spun, back_translated, "unknown", "rules")

    assert pytest.approx(1.0) == verdict.p_genuine + verdict.p_spun + verdict.p_back_translated
    with pytest.raises(InputError, match="Verdict"):
        replace(verdict, p_genuine=genuine + 0.01 if genuine < 0.99 else genuine - 0.01)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6))
def test_a_ranking_sums_to_one_and_has_the_best_first(parts: list[float]) -> None:
    """With p_none the probabilities of a ranking sum to 1, and stand in falling order, or it is refused."""
    total = sum(parts)
    assume(total > 0.1)
    p_none, *shares = (part / total for part in parts)
    ranked = tuple(RankedDocument(str(i), p) for i, p in enumerate(sorted(shares, reverse=True)))

    assert ranked == Ranking(ranked, p_none, abstained=True).ranked
    with pytest.raises(InputError, match="Ranking"):
        Ranking(ranked, p_none + 0.01 if p_none < 0.99 else p_none - 0.01, abstained=True)
    if len(set(shares)) > 1:
        with pytest.raises(InputError, match=r"Ranking\.ranked"):
            Ranking(ranked[::-1], p_none, abstained=True)


def _comparison(n_documents: int) -> Comparison:
    documents = [SegmentedDocument(Document(str(i), "A text."), (Sentence(0, Span(0, 7)),)) for i in range(n_documents)]
    pairs = [(a, b) for i, a in enumerate(documents) for b in documents[i + 1 :]]
    verdicts = (Verdict(0.8, 0.1, 0.1, "unknown", "rules"),) * n_documents
    return Comparison(
        documents=tuple(d.document for d in documents),
        verdicts=verdicts,
        lone=verdicts,
        alignments=tuple(Alignment(a, b, (Bead((0,), (0,), 1.0),), "identical") for a, b in pairs),
        groups=(tuple(d.document.id for d in documents),),
        ranking=Ranking((), 1.0, abstained=True),
        signature="none",
    )


@given(st.integers(2, 6), st.data())
def test_a_comparison_finds_each_pair_from_either_side(n_documents: int, data: st.DataObject) -> None:
    """The alignment of i and j reads from i to j, whichever is the smaller."""
    i, j = data.draw(st.permutations(range(n_documents)))[:2]
    found = _comparison(n_documents).alignment(i, j)

    assert (str(i), str(j)) == (found.source.document.id, found.target.document.id)


@pytest.mark.parametrize("name", ["verdicts", "lone", "alignments", "groups"])
def test_a_comparison_with_a_part_missing_is_refused(name: str) -> None:
    """A comparison has one verdict a document, one alignment a pair, and each document in one group."""
    comparison = _comparison(3)
    with pytest.raises(InputError, match=rf"Comparison\.{name}"):
        replace(comparison, **{name: getattr(comparison, name)[:-1]})


@pytest.mark.parametrize(("i", "j"), [(1, 1), (0, 3), (-1, 0)])
def test_a_pair_that_is_not_there_is_refused(i: int, j: int) -> None:
    """Asking for a document against itself, or for one beyond the last, is refused with both numbers."""
    with pytest.raises(InputError, match=rf"\({i}, {j}\)"):
        _comparison(3).alignment(i, j)
