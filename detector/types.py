"""The nouns: frozen, slotted values that check themselves once, at birth.

No I/O and no algorithm lives here. All offsets are half-open, count code points, and point into ``Document.text`` as it was
read. ``None`` means "not computed" or "not known", never "nothing found". Provenance words (copy, sibling) follow W3C PROV's
`Derivation`; bead and null are Gale & Church's (1993).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import isclose, isfinite
from typing import Literal, NoReturn, get_args

from detector.errors import InputError

EditOp = Literal["keep", "swap", "move", "insert", "delete"]
BeadWording = Literal["verbatim", "edited", "spun", "back_translated"]
Wording = Literal["genuine", "spun", "back_translated", "unknown"]
Relation = Literal["identical", "copy", "sibling", "partial", "same_event", "unrelated"]
Depth = Literal["rules", "fast", "full"]
Severity = Literal["minor", "major", "critical"]
"""How much harm a flag does to a reader, in the three grades of MQM (Lommel et al. 2014)."""

DERIVED: tuple[Relation, ...] = ("identical", "copy", "sibling")
"""The relations of two texts that belong together: one wording, or two of one."""

MAX_FLAG_WORDS = 8
_SUM_TOLERANCE = 1e-6


def _refuse(what: str, found: object, expected: str) -> NoReturn:
    msg = f"{what}: found {found!r}, expected {expected}"
    raise InputError(msg)


def _check_choice(what: str, found: object, choices: object) -> None:
    allowed = get_args(choices)
    if found not in allowed:
        _refuse(what, found, "one of " + ", ".join(map(repr, allowed)))


def _check_probability(what: str, found: float) -> None:
    if not 0.0 <= found <= 1.0:
        _refuse(what, found, "a probability between 0 and 1")


def _check_ascending(what: str, indices: tuple[int, ...]) -> None:
    if (len(indices) > 1 and any(a >= b for a, b in pairwise(indices))) or (indices and indices[0] < 0):
        _refuse(what, indices, "ascending indices from 0, each once")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run ``[start, end)`` of code points of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            _refuse("Span", (self.start, self.end), "0 <= start <= end")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """True where the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def _check_disjoint(what: str, spans: tuple[Span, ...]) -> None:
    for before, after in pairwise(spans):
        if after.start < before.end:
            _refuse(what, (before, after), "spans in order that do not overlap")


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with what its source said of it. The text is never edited."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    """As the source wrote it; ISO 8601 where it can be ranked by."""

    def __post_init__(self) -> None:
        if not self.id:
            _refuse("Document.id", self.id, "a name that is not empty")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or headline, caption, boilerplate line) of a document."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A document and its sentences: numbered from 0, in order, disjoint, inside the text."""

    document: Document
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if [s.index for s in self.sentences] != list(range(len(self.sentences))):
            _refuse("SegmentedDocument.sentences", [s.index for s in self.sentences], "indices 0, 1, 2, ...")
        _check_disjoint("SegmentedDocument.sentences", tuple(s.span for s in self.sentences))
        if self.sentences and self.sentences[-1].span.end > len(self.document.text):
            _refuse("SegmentedDocument.sentences", self.sentences[-1].span, f"an end <= {len(self.document.text)}")

    def __len__(self) -> int:
        return len(self.sentences)

    def text_of(self, index: int) -> str:
        """The characters of sentence ``index``."""
        return self.sentences[index].span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class WordEdit:
    """What became of a run of words between the two sides of a bead.

    ``keep`` holds a whole unchanged stretch, ``swap`` two runs that stand for each other, ``move`` a run that stands elsewhere
    on the other side; ``insert`` has an empty source span (at the place of insertion), ``delete`` an empty target span.
    """

    op: EditOp
    source: Span
    target: Span

    def __post_init__(self) -> None:
        _check_choice("WordEdit.op", self.op, EditOp)
        empty = (len(self.source) == 0, len(self.target) == 0)
        expected = {"insert": (True, False), "delete": (False, True)}.get(self.op, (False, False))
        if empty != expected:
            _refuse(f"WordEdit {self.op}", (self.source, self.target), f"empty sides (source, target) = {expected}")

    def inverse(self) -> "WordEdit":
        """The same edit read from target to source."""
        ops: dict[EditOp, EditOp] = {"insert": "delete", "delete": "insert"}
        return WordEdit(ops.get(self.op, self.op), self.target, self.source)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of the source linked with sentences of the target; a null where one side is empty.

    ``edits`` are in source order (an insert at its place); each word of a non-null bead is in exactly one. ``wording`` is None
    before scoring, and stays None for a null.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float
    wording: BeadWording | None = None
    edits: tuple[WordEdit, ...] = ()

    def __post_init__(self) -> None:
        if not self.source and not self.target:
            _refuse("Bead", ((), ()), "sentences on at least one side")
        _check_ascending("Bead.source", self.source)
        _check_ascending("Bead.target", self.target)
        _check_probability("Bead.similarity", self.similarity)
        if self.wording is not None:
            _check_choice("Bead.wording", self.wording, BeadWording)
        if self.is_null and (self.edits or self.wording):
            _refuse("Bead (null)", (self.edits, self.wording), "no edits and no wording on a null alignment")

    @property
    def is_null(self) -> bool:
        """True for a 1-0 or 0-1 bead: a sentence with no counterpart."""
        return not self.source or not self.target

    def inverse(self) -> "Bead":
        """The same bead read from target to source."""
        edits = sorted((e.inverse() for e in self.edits), key=lambda e: (e.source.start, e.source.end, e.target.start))
        return Bead(self.target, self.source, self.similarity, self.wording, tuple(edits))


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two documents correspond: every sentence of both is in exactly one bead; beads may cross.

    ``source`` and ``target`` are directions of reading, they say nothing of authorship. Beads stand in source order, target
    nulls after the beads of the sentences before them.
    """

    source: SegmentedDocument
    target: SegmentedDocument
    beads: tuple[Bead, ...]
    relation: Relation
    reused: tuple[tuple[Span, Span], ...] = ()
    """What ``passages`` gives."""

    def __post_init__(self) -> None:
        _check_choice("Alignment.relation", self.relation, Relation)
        for spans, segmented in zip(zip(*self.reused, strict=True), (self.source, self.target), strict=False):
            if max(span.end for span in spans) > len(segmented.document.text) or min(map(len, spans)) == 0:
                _refuse("Alignment.reused", self.reused, "pairs of spans that are not empty, inside the texts")
        for name, n_sentences, indices in (
            ("source", len(self.source), sorted(i for b in self.beads for i in b.source)),
            ("target", len(self.target), sorted(i for b in self.beads for i in b.target)),
        ):
            if indices != list(range(n_sentences)):
                _refuse(f"Alignment.beads ({name})", indices, f"each of 0..{n_sentences - 1} exactly once")

    @property
    def links(self) -> tuple[Bead, ...]:
        """The beads that are not null."""
        return tuple(bead for bead in self.beads if not bead.is_null)

    def spans(self, bead: Bead) -> tuple[Span, Span]:
        """From the first to the last character of a non-null bead, on both sides."""
        source, target = self.source.sentences, self.target.sentences
        return (
            Span(source[bead.source[0]].span.start, source[bead.source[-1]].span.end),
            Span(target[bead.target[0]].span.start, target[bead.target[-1]].span.end),
        )

    def passages(self) -> tuple[tuple[Span, Span], ...]:
        """Maximal runs of reused text, in source order, each with the run it stands for; ends are exact to the character.

        They need not end where sentences do, and one may hold sentences with no counterpart of their own.
        """
        return self.reused

    def inverse(self) -> "Alignment":
        """The same alignment read from target to source."""
        beads = ordered(bead.inverse() for bead in self.beads)
        reused = tuple(sorted((target, source) for source, target in self.reused))
        return Alignment(self.target, self.source, beads, self.relation, reused)


def ordered(beads: Iterable[Bead]) -> tuple[Bead, ...]:
    """The beads in source order; a null of the target stands after the bead of the target sentence before it."""
    beads = tuple(beads)
    place = {index: bead.source[0] for bead in beads if bead.source for index in bead.target}
    after: dict[int, int] = {}
    before = -1
    for index in sorted(index for bead in beads for index in bead.target):
        after[index] = before
        before = place.get(index, before)

    def key(bead: Bead) -> tuple[int, int, int]:
        return (bead.source[0], 0, 0) if bead.source else (after[bead.target[0]], 1, bead.target[0])

    return tuple(sorted(beads, key=key))


@dataclass(frozen=True, slots=True)
class Flag:
    """One altered run of at most eight words, what it probably said before, and why that is believed."""

    span: Span
    kind: str
    """"spun", "back_translated" or a corruption kind of ``codes``."""
    probability: float
    severity: Severity
    expected: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    """Pairs of (code, text); the codes are those of ``codes``."""

    def __post_init__(self) -> None:
        _check_probability("Flag.probability", self.probability)
        _check_choice("Flag.severity", self.severity, Severity)
        if not len(self.span):
            _refuse("Flag.span", self.span, "at least one character")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation on a document, as a log2 Bayes factor for "this one is the original"."""

    document: str
    code: str
    value: float | str
    bits: float
    because: str

    def __post_init__(self) -> None:
        if not isfinite(self.bits):
            _refuse("Evidence.bits", self.bits, "a finite number of bits")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is believed of one text's wording. The three probabilities sum to 1.

    ``wording`` "unknown" changes only that word: the numbers stay the best estimate. ``flags`` are those at or above
    ``config.score.flag_threshold``, in text order; what concerns the whole text is in ``evidence``.
    """

    p_genuine: float
    p_spun: float
    p_back_translated: float
    wording: Wording
    depth: Depth
    language: str | None = None
    """ISO 639-1 code; None where it could not be told."""
    pivot: str | None = None
    """ISO 639-1 code of the pivot language, where there is evidence of one."""
    corruptions: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        for name in ("p_genuine", "p_spun", "p_back_translated"):
            _check_probability(f"Verdict.{name}", getattr(self, name))
        total = self.p_genuine + self.p_spun + self.p_back_translated
        if not isclose(total, 1.0, abs_tol=_SUM_TOLERANCE):
            _refuse("Verdict", total, "p_genuine + p_spun + p_back_translated = 1")
        _check_choice("Verdict.wording", self.wording, Wording)
        _check_choice("Verdict.depth", self.depth, Depth)


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A document and the probability that it is the original of its group."""

    id: str
    p_original: float

    def __post_init__(self) -> None:
        _check_probability("RankedDocument.p_original", self.p_original)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every document compared, best first; with ``p_none`` ("the original is not among them") they sum to 1.

    Documents outside the ranked group stand in it with 0. Abstaining does not flatten the numbers. The posterior can be
    replayed: prior odds times ``2 ** sum(bits)`` of each document's evidence, against 1 for "none of these".
    """

    ranked: tuple[RankedDocument, ...]
    p_none: float
    abstained: bool
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        _check_probability("Ranking.p_none", self.p_none)
        total = self.p_none + sum(r.p_original for r in self.ranked)
        if not isclose(total, 1.0, abs_tol=_SUM_TOLERANCE):
            _refuse("Ranking", total, "the sum of p_original, and p_none, to be 1")
        if any(a.p_original < b.p_original for a, b in pairwise(self.ranked)):
            _refuse("Ranking.ranked", [r.p_original for r in self.ranked], "the most probable first")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more texts, compared.

    ``verdicts`` are in the order of ``documents``, ``lone`` holds what each text says alone; ``alignments`` has one entry for
    each i < j, in that order; ``groups`` are ids that belong together, the largest first; ``ranking`` is of the largest group.
    """

    documents: tuple[Document, ...]
    verdicts: tuple[Verdict, ...]
    lone: tuple[Verdict, ...]
    alignments: tuple[Alignment, ...]
    groups: tuple[tuple[str, ...], ...]
    ranking: Ranking
    signature: str
    tree: None = None
    reconstruction: None = None

    def __post_init__(self) -> None:
        n_documents = len(self.documents)
        for name, found, expected in (
            ("verdicts", len(self.verdicts), n_documents),
            ("lone", len(self.lone), n_documents),
            ("alignments", len(self.alignments), n_documents * (n_documents - 1) // 2),
        ):
            if found != expected:
                _refuse(f"Comparison.{name}", found, f"{expected} for {n_documents} documents")
        ids = sorted(document.id for document in self.documents)
        if sorted(i for group in self.groups for i in group) != ids:
            _refuse("Comparison.groups", self.groups, "each document id in exactly one group")

    def alignment(self, i: int, j: int) -> Alignment:
        """The alignment of documents ``i`` and ``j``, read from ``i`` to ``j``."""
        n_documents = len(self.documents)
        if i == j or not (0 <= i < n_documents and 0 <= j < n_documents):
            _refuse("Comparison.alignment", (i, j), f"two different indices below {n_documents}")
        low, high = min(i, j), max(i, j)
        found = self.alignments[low * (2 * n_documents - low - 1) // 2 + high - low - 1]
        return found if i < j else found.inverse()


@dataclass(frozen=True, slots=True)
class Repair:
    """What stood at ``span`` of the text as read, what stands there instead, and the code of the damage."""

    span: Span
    before: str
    after: str
    code: str

    def __post_init__(self) -> None:
        if len(self.before) != len(self.span) or not self.before:
            _refuse("Repair.before", self.before, f"the {len(self.span)} characters of its span, at least one")
        if self.before == self.after:
            _refuse("Repair.after", self.after, "something other than what stood there")


def replay(text: str, repairs: Iterable[Repair]) -> str:
    """The text as read with the repairs made.

    Raises:
        InputError: A repair stands elsewhere than it says, or they are not in order and disjoint.
    """
    parts, at = [], 0
    for repair in repairs:
        if repair.span.start < at or repair.span.of(text) != repair.before:
            _refuse("Repair", repair, f"{repair.before!r} in the text at {repair.span}, after the repair before it")
        parts += [text[at : repair.span.start], repair.after]
        at = repair.span.end
    return "".join([*parts, text[at:]])


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """The text as read, out of the cleaned text and what was repaired.

    Raises:
        InputError: What a repair left does not stand where it should: another text was repaired, or the text was edited.
    """
    parts, at, shift = [], 0, 0
    for repair in repairs:
        start = repair.span.start + shift
        end = start + len(repair.after)
        if start < at or text[start:end] != repair.after or end > len(text):
            _refuse("Repair", repair, f"{repair.after!r} at {start} of the cleaned text, after the repair before it")
        parts += [text[at:start], repair.before]
        at, shift = end, shift + len(repair.after) - len(repair.before)
    return "".join([*parts, text[at:]])


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document, its text after what is certain was repaired, and the repairs: in order, disjoint, in the text as read.

    ``replay(document.text, repairs)`` is ``text``, and ``undo(text, repairs)`` is the text as read.
    """

    document: Document
    text: str
    repairs: tuple[Repair, ...] = ()

    def __post_init__(self) -> None:
        if replay(self.document.text, self.repairs) != self.text:
            _refuse("Cleaned.text", f"{len(self.text)} other characters", "the text as read with the repairs made")
        if undo(self.text, self.repairs) != self.document.text:
            _refuse("Cleaned.repairs", f"{len(self.repairs)} others", "repairs that give back the text as read when undone")

    def as_read(self, offset: int) -> int:
        """Where in the text as read the character at ``offset`` of the cleaned text stands.

        In the middle of what a repair wrote it is the start of the repair's span; the end of one text is that of the other.
        Offsets keep their order.
        """
        _check_offset("Cleaned.as_read", offset, self.text)
        shift = 0
        for repair in self.repairs:
            start = repair.span.start + shift
            if offset < start:
                break
            if offset < start + len(repair.after):
                return repair.span.start
            shift += len(repair.after) - len(repair.before)
        return offset - shift

    def as_cleaned(self, offset: int) -> int:
        """Where in the cleaned text the character at ``offset`` of the text as read stands.

        For what was repaired it is the start of what stands there instead, or of what follows where nothing does. Offsets keep
        their order.
        """
        _check_offset("Cleaned.as_cleaned", offset, self.document.text)
        shift = 0
        for repair in self.repairs:
            if offset < repair.span.start:
                break
            if offset < repair.span.end:
                return repair.span.start + shift
            shift += len(repair.after) - len(repair.before)
        return offset + shift


def _check_offset(what: str, offset: int, text: str) -> None:
    if not 0 <= offset <= len(text):
        _refuse(what, offset, f"an offset from 0 to {len(text)}")
