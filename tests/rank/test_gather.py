"""What the alignments of a group say of its members."""

from itertools import combinations

from detector import align, score
from detector.cluster import shared_sentences
from detector.rank import Member, gather
from detector.types import Alignment, Document, Flag, Sentence, Span, Verdict

_SENTENCES = (
    "The harbour board closed the eastern landing on Tuesday.",
    "Inspectors had found rust in eleven of its forty piles.",
    "Repairs will take until October and cost 2.4 million crowns.",
)
_MIDDLE = len(_SENTENCES[1]) / len(" ".join(_SENTENCES))


def _alone(alignment: Alignment, _: int) -> tuple[Sentence, ...]:
    return tuple(alignment.source.sentences[i] for bead in alignment.beads if bead.is_null for i in bead.source)


def _gathered(*texts: str, verdicts: list[Verdict] | None = None) -> list[Member]:
    documents = [Document(str(i), text) for i, text in enumerate(texts)]
    pairs = {(i, j): align(texts[i], texts[j]) for i, j in combinations(range(len(texts)), 2)}
    held = shared_sentences([range(len(texts))], pairs)
    return gather(range(len(texts)), documents, verdicts or [score(text) for text in texts], pairs, held, _alone)


def test_what_is_lacking_is_a_share_of_the_counterpart() -> None:
    """Of two texts, the one without a sentence from the midst lacks its share of the other, which lacks nothing."""
    members = _gathered(" ".join(_SENTENCES), f"{_SENTENCES[0]} {_SENTENCES[2]}")

    assert [round(_MIDDLE, 6), 0.0] == [round(member.lacking, 6) for member in members[::-1]]


def test_of_two_texts_the_ends_are_not_lacking() -> None:
    """What stands before or after all that both have may be of a site: of two texts, neither lacks it."""
    assert [m.lacking for m in _gathered(" ".join(_SENTENCES), " ".join(_SENTENCES[1:]))] == [0.0, 0.0]


def test_among_three_a_loss_needs_a_witness() -> None:
    """A sentence that one of three has alone is its own addition; one that two have is lacking in the third."""
    whole, added = " ".join(_SENTENCES), "The mayor was away on a long holiday in Spain."

    assert [m.lacking for m in _gathered(f"{whole} {added}", whole, whole)] == [0.0, 0.0, 0.0]
    assert [m.lacking > 0 for m in _gathered(whole, whole, " ".join(_SENTENCES[1:]))] == [False, False, True]


def test_words_altered_elsewhere_are_counted() -> None:
    """Each flag of wording in a sentence that both have counts for the other text; damage does not."""
    texts = " ".join(_SENTENCES), " ".join(_SENTENCES).replace("rust", "decay").replace("piles", "heaps")
    flags = [
        Flag(Span(at := texts[1].index(w), at + len(w)), k, 0.9, "minor")
        for w, k in (("decay", "spun"), ("heaps", "spun"))
    ]
    damage = Flag(Span(0, 3), "mojibake", 0.9, "minor")
    verdicts = [
        Verdict(0.8, 0.1, 0.1, "genuine", "fast"),
        Verdict(0.1, 0.8, 0.1, "spun", "fast", flags=(damage, *flags)),
    ]

    assert [member.n_altered_elsewhere for member in _gathered(*texts, verdicts=verdicts)] == [2, 0]


def test_what_one_of_three_has_alone_is_extra() -> None:
    """The share of a text that stands in neither of two others is told; of two texts it is not."""
    whole, added = " ".join(_SENTENCES), "The mayor was away on a long holiday in Spain."

    assert [m.extra > 0.2 for m in _gathered(f"{whole} {added}", whole, whole)] == [True, False, False]
    assert [m.extra for m in _gathered(f"{whole} {added}", whole)] == [0.0, 0.0]
