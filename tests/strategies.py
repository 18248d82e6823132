"""Strategies that draw valid nouns: documents, segmented documents, and alignments of every shape the type allows."""

from collections.abc import Sequence

from hypothesis import strategies as st

from detector.config import AlignConfig
from detector.text import words
from detector.types import (
    Alignment,
    Bead,
    BeadWording,
    Document,
    EditOp,
    Relation,
    SegmentedDocument,
    Sentence,
    Span,
    WordEdit,
    ordered,
)
from tests.align.stories import STORIES, paragraph

MAX_SENTENCES = 8
MAX_RUN = 3

_WORDS = ("The", "council", "paid", "1,200.50", "O’Brien", "won't", "ferry", "naïve", "U.S.", "𝔥arbour", "“yes”", "—")
_TOKENS = st.sampled_from(_WORDS)
_SEPARATORS = st.sampled_from([" ", "\n", "\r\n", "\n\n", "  ", " \u00a0"])
RELATIONS: st.SearchStrategy[Relation] = st.sampled_from(
    ["identical", "copy", "sibling", "partial", "same_event", "unrelated"]
)
BEAD_WORDINGS: st.SearchStrategy[BeadWording] = st.sampled_from(["verbatim", "edited", "spun", "back_translated"])


def documents(ids: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Document]:
    """Documents of any text at all, the empty one and unassigned code points included."""
    optional = st.none() | st.text(max_size=12)
    ids = st.text(min_size=1, max_size=8) if ids is None else ids
    return st.builds(Document, ids, st.text(max_size=80), optional, optional, optional, optional)


@st.composite
def segmented(draw: st.DrawFn, ids: st.SearchStrategy[str] | None = None, min_sentences: int = 0) -> SegmentedDocument:
    """Documents with sentences drawn together with the text, so that no segmenter has a say in them."""
    text, spans = draw(st.sampled_from(["", " ", "\n"])), []
    for _ in range(draw(st.integers(min_sentences, MAX_SENTENCES))):
        sentence = " ".join(draw(st.lists(_TOKENS, min_size=1, max_size=6))) + draw(st.sampled_from(["", ".", "?”"]))
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + draw(_SEPARATORS)
    document = Document(draw(st.text(min_size=1, max_size=8) if ids is None else ids), text)
    return SegmentedDocument(document, tuple(Sentence(i, span) for i, span in enumerate(spans)))


@st.composite
def _runs(draw: st.DrawFn, n_sentences: int) -> list[tuple[int, ...]]:
    """The sentences 0..n - 1 cut into runs, in any order of the runs."""
    runs, at = [], 0
    while at < n_sentences:
        end = min(n_sentences, at + draw(st.integers(1, MAX_RUN)))
        runs.append(tuple(range(at, end)))
        at = end
    return list(draw(st.permutations(runs)))


@st.composite
def _edits(draw: st.DrawFn, source: SegmentedDocument, target: SegmentedDocument, bead: Bead) -> tuple[WordEdit, ...]:
    """Edits that give each word of a bead exactly one: words are paired by place, the rest put in or left out."""
    left, right = (_word_spans(d, side) for d, side in ((source, bead.source), (target, bead.target)))
    edits = []
    for a, b in zip(left, right, strict=False):
        same = a.of(source.document.text) == b.of(target.document.text)
        op: EditOp = "keep" if same else draw(st.sampled_from(["swap", "move"]))
        edits.append(WordEdit(op, a, b))
    end = source.sentences[bead.source[-1]].span.end, target.sentences[bead.target[-1]].span.end
    edits += [WordEdit("delete", a, Span(end[1], end[1])) for a in left[len(right) :]]
    edits += [WordEdit("insert", Span(end[0], end[0]), b) for b in right[len(left) :]]
    return tuple(sorted(edits, key=lambda e: (e.source.start, e.source.end, e.target.start)))


def _word_spans(document: SegmentedDocument, indices: Sequence[int]) -> list[Span]:
    sentences = (document.sentences[i].span for i in indices)
    return [Span(w.start, w.end) for s in sentences for w in words(document.document.text, s.start, s.end)]


@st.composite
def _cuts(draw: st.DrawFn, text: str) -> list[Span]:
    """Spans of a text that are not empty and do not overlap, in order."""
    bounds = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    return [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Valid alignments: m-n beads that may cross or leave out a sentence, nulls, edits and wordings or none, passages."""
    source, target = draw(segmented(st.just("source"))), draw(segmented(st.just("target")))
    left, right = draw(_runs(len(source))), draw(_runs(len(target)))
    n_links = draw(st.integers(0, min(len(left), len(right))))
    links = list(zip(left[:n_links], right[:n_links], strict=True))
    if n_links > 1 and draw(st.booleans()):
        first, second = links.pop(), links.pop()
        links.append((tuple(sorted(first[0] + second[0])), tuple(sorted(first[1] + second[1]))))
    linked = ({i for s, _ in links for i in s}, {i for _, t in links for i in t})
    beads = [Bead((i,), (), 0.0) for i in range(len(source)) if i not in linked[0]]
    beads += [Bead((), (i,), 0.0) for i in range(len(target)) if i not in linked[1]]
    for s, t in links:
        similarity, wording = draw(st.floats(0.0, 1.0)), draw(st.none() | BEAD_WORDINGS)
        bare = Bead(s, t, similarity, wording)
        beads.append(Bead(s, t, similarity, wording, draw(_edits(source, target, bare)) if draw(st.booleans()) else ()))
    reused = zip(draw(_cuts(source.document.text)), draw(_cuts(target.document.text).flatmap(st.permutations)), strict=False)
    return Alignment(source, target, ordered(beads), draw(RELATIONS), tuple(reused))


_PROSE = (
    *("The ", "mayor ", "Anna ", "Berg", "said", " ", ". ", ", ", "\n", "\r\n", "\n\n", "\u00a0", "—", "don't ", "workers' "),
    *("“", "”", "‘", "’", '"', "'", "«", "»", "„", "U.S.", "Mr. ", "1,200.50", "$", "5", "bn", "twenty-one", " million", "%"),
)


def prose() -> st.SearchStrategy[str]:
    """Text made of what the text room must tell apart: names, numbers, quotation marks, stops, blanks and line breaks."""
    return st.lists(st.sampled_from(_PROSE), max_size=30).map("".join)


def wild() -> st.SearchStrategy[str]:
    """Any string that Python can hold: control characters, unassigned code points and lone surrogates too."""
    return st.text(st.characters(exclude_categories=()), max_size=60)


@st.composite
def retellings(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Two texts as sentences, some of them shared, in a vocabulary so small that words, too, are shared by chance."""
    vocabulary = st.sampled_from("council ferry paid harbour judge ordered records the of a in said Tuesday 400".split())
    sentence = st.lists(vocabulary, min_size=1, max_size=8).map(" ".join)
    pool = draw(st.lists(sentence, min_size=1, max_size=6))
    either = st.sampled_from(pool) | sentence
    return draw(st.lists(either, max_size=MAX_SENTENCES)), draw(st.lists(either, max_size=MAX_SENTENCES))


@st.composite
def reuses(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts made of pieces of the same few reports: whole ones, some sentences, or words cut out of the middle."""
    return draw(_mixture()), draw(_mixture())


@st.composite
def _mixture(draw: st.DrawFn) -> str:
    pieces = []
    for story in draw(st.lists(st.sampled_from(STORIES), max_size=4)):
        first, end = sorted(draw(st.tuples(*2 * [st.integers(0, len(story))])))
        piece = paragraph(draw(st.sampled_from([story, story[first:end]]))).split(" ")
        left, right = (draw(st.just(0) | st.integers(0, 12)) for _ in range(2))
        pieces.append(" ".join(piece[left : len(piece) - right]) + draw(st.sampled_from(["", "\n", " "])))
    return "".join(pieces)


def align_configs() -> st.SearchStrategy[AlignConfig]:
    """Configurations of the aligner, of any values that it accepts."""
    share, count, amount = st.floats(0.0, 1.0), st.integers(1, 6), st.floats(0.0, 90.0)
    return st.builds(
        AlignConfig,
        anchor_similarity=share,
        margin=share,
        link_similarity=share,
        order_discount=share,
        max_source=count,
        max_target=count,
        min_passage=st.integers(0, 500),
        max_gap=st.integers(0, 120),
        passage_nats=amount,
        quotations=st.booleans(),
    )
