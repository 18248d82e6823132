"""The order of the stages, read from top to bottom; the one place where they meet.

read -> text -> align -> score -> rank: documents become segmented documents, pairs become alignments, alignments and texts
become verdicts, a group becomes a ranking. Beside it, what the rules find in a text is repaired where it is certain.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from detector.align import align_documents
from detector.assets import short_digest
from detector.cluster import cluster, shared_sentences
from detector.config import DetectorConfig
from detector.errors import InputError
from detector.lm import round_trip_engine
from detector.rank import gather, rank
from detector.repair import repair
from detector.score import Lone, judge, opened, own_sentences, score_alone, score_each, settle
from detector.score.rules import find_all
from detector.score.rules.boilerplate import is_boilerplate
from detector.text import from_sentences, segment
from detector.types import DERIVED, Alignment, Cleaned, Comparison, Depth, Document, Flag, SegmentedDocument, Verdict
from detector.version import __version__

Text = str | Sequence[str] | SegmentedDocument
Pairs = Mapping[tuple[int, int], Alignment]

_FAST = ("contrast", "piece_lm", "round_trip", "spun", "substitutions", "words")
_MODELS: Mapping[Depth, tuple[str, ...]] = {"rules": ("words",), "fast": _FAST, "full": ("combiner", *_FAST, "tagger")}
_AHEAD = 16
"""Texts that ``score_many`` reads together: each step of the look-ups then costs little more for all than for one."""
_AHEAD_CHARS = 1 << 17
"""Where texts are long, fewer: no more than reach this many characters."""


def align(source: Text, target: Text, *, config: DetectorConfig | None = None) -> Alignment:
    """How two texts correspond, sentence by sentence and word by word.

    Args:
        source: A text, its sentences (taken as they are), or a segmented document.
        target: The same for the other text.
        config: The defaults where None.

    Returns:
        An alignment that accounts for every sentence of both; the wording of its beads is None, as nothing was scored.

    >>> alignment = align("The mayor left. She was tired.", ["She was tired.", "The mayor left."])
    >>> [(bead.source, bead.target) for bead in alignment.links]
    [((0,), (1,)), ((1,), (0,))]
    """
    return align_documents(_segmented(source, "0"), _segmented(target, "1"), (config or DetectorConfig()).align)


def score(text: str | Document, *, config: DetectorConfig | None = None) -> Verdict:
    """What was done to the wording of one text, by what it says alone; nothing that it holds raises."""
    return _alone(text, config or DetectorConfig()).verdict


def score_many(texts: Iterable[str | Document], *, config: DetectorConfig | None = None) -> Iterator[Verdict]:
    """The verdicts of many texts, lazily, one for each and in their order.

    Texts are read a few ahead, as several together cost less; what fails to be read fails in its turn.

    Raises:
        InputError: One text was given instead of many.
    """
    if isinstance(texts, str):
        msg = f"score_many: found one text of {len(texts)} characters, expected many; for one text use score"
        raise InputError(msg)
    return _verdicts(iter(texts), config or DetectorConfig())


def _verdicts(texts: Iterator[str | Document], config: DetectorConfig) -> Iterator[Verdict]:
    failure: Exception | None = None
    while not failure:
        ahead: list[SegmentedDocument] = []
        n_chars = 0
        try:
            while len(ahead) < _AHEAD and n_chars < _AHEAD_CHARS:
                document = _document(next(texts), "0")
                n_chars += len(document.text)
                ahead.append(segment(document))
        except Exception as error:  # whatever it is, the verdicts before it come first
            failure = error
        yield from (lone.verdict for lone in score_each(ahead, config.score))
    if not isinstance(failure, StopIteration):
        raise failure


def compare(
    texts: Mapping[str, str] | Sequence[str | Document], *, config: DetectorConfig | None = None
) -> Comparison:
    """Two or more texts: how each pair corresponds, what was done to each, which is most likely the original.

    Args:
        texts: Texts (their ids are "0", "1", ...), texts by id, or documents.
        config: The defaults where None.

    Raises:
        InputError: Fewer than two texts, or two of one id.
    """
    chosen = config or DetectorConfig()
    documents = _documents(texts)
    lones = [_alone(document, chosen) for document in documents]
    pairs = list(combinations(range(len(documents)), 2))
    alignments = {(i, j): align_documents(lones[i].segmented, lones[j].segmented, chosen.align) for i, j in pairs}
    verdicts = _beside(lones, alignments, chosen)
    groups = cluster(len(documents), (pair for pair in pairs if alignments[pair].relation in DERIVED))
    held = shared_sentences(groups, alignments)
    for i, j in pairs:
        confirmed = (held.get((i, j)), held.get((j, i)))
        alignments[i, j] = settle(alignments[i, j], (lones[i], lones[j]), (verdicts[i], verdicts[j]), confirmed)
    members = gather(groups[0], documents, verdicts, alignments, held, lambda alignment, i: own_sentences(alignment, 0, lones[i]))
    outside = [document.id for i, document in enumerate(documents) if i not in groups[0]]
    return Comparison(
        documents=documents,
        verdicts=tuple(verdicts),
        lone=tuple(lone.verdict for lone in lones),
        alignments=tuple(alignments[pair] for pair in pairs),
        groups=tuple(tuple(documents[i].id for i in group) for group in groups),
        ranking=rank(members, outside, chosen.rank, chosen.score.prior.genuine),
        signature=signature(chosen),
    )


def clean(text: str | Document, *, config: DetectorConfig | None = None) -> Cleaned:
    r"""One text with what is certain repaired, and the list of repairs; nothing that it holds raises.

    Repaired are mojibake, entities of HTML, characters that cannot be seen, letters that only look Latin, whole lines of the
    site, and the second copy of a headline, a paragraph or an article, where a rule flags them at or above
    ``score.flag_threshold``. Cleaning what was cleaned changes nothing more.

    >>> clean("The mayor&#8217;s of\u00adfice\nAdvertisement\nsaid no.").text
    'The mayor’s office\nsaid no.'
    """
    threshold = (config or DetectorConfig()).score.flag_threshold

    def read(document: Document) -> tuple[SegmentedDocument, list[Flag]]:
        segmented = segment(document)
        return segmented, [flag for flag in find_all(segmented) if flag.probability >= threshold]

    return repair(_document(text, "0"), read, is_boilerplate)


def cleaning_signature(config: DetectorConfig) -> str:
    """What produced a cleaned text: as ``signature`` says it of depth ``rules``, which asks no model."""
    return signature(replace(config, score=replace(config.score, depth="rules", lm="", roundtrip=False)))


def signature(config: DetectorConfig) -> str:
    """What produced a result: version, depth, prior, configuration, models by digest."""
    models = " ".join(f"{name}:{short_digest(name)}" for name in _MODELS[config.score.depth])
    models += f" {opened(config.score.lm).name}" if config.score.lm else ""
    models += f" {round_trip_engine()}" if config.score.roundtrip else ""
    depth, prior = config.score.depth, config.score.prior
    priors = f"prior {prior}, none of these {config.rank.prior_none:g}"
    parts = [f"detector {__version__}", f"depth {depth}", priors, f"config {config.signature()}"]
    return " | ".join([*parts, *([f"models {models}"] if models else [])])


def _segmented(text: Text, id_: str) -> SegmentedDocument:
    if isinstance(text, SegmentedDocument):
        return text
    if isinstance(text, str):
        return segment(Document(id_, text))
    return from_sentences([_string(sentence, "a sentence") for sentence in text], id_)


def _alone(text: str | Document, config: DetectorConfig) -> Lone:
    return score_alone(segment(_document(text, "0")), config.score)


def _document(text: str | Document, id_: str) -> Document:
    return text if isinstance(text, Document) else Document(id_, _string(text, "a text"))


def _string(found: object, what: str) -> str:
    if not isinstance(found, str):
        msg = f"{what} is of type {type(found).__name__}, expected a string: decode bytes, drop missing values"
        raise InputError(msg)
    return found


def _documents(texts: Mapping[str, str] | Sequence[str | Document]) -> tuple[Document, ...]:
    found: list[Document]
    if isinstance(texts, str):
        msg = f"compare: found one text of {len(texts)} characters, expected two or more in a list or a mapping"
        raise InputError(msg)
    if isinstance(texts, Mapping):
        found = [_document(text, id_) for id_, text in texts.items()]
    else:
        found = [_document(text, str(i)) for i, text in enumerate(texts)]
    if len(found) < 2:
        msg = f"compare: found {len(found)} text(s), expected two or more; to judge one text alone use score"
        raise InputError(msg)
    ids = [document.id for document in found]
    if len(set(ids)) < len(ids):
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        msg = f"compare: the ids {', '.join(twice)} stand for more than one text; expected each id once"
        raise InputError(msg)
    return tuple(found)


def _beside(lones: Sequence[Lone], alignments: Pairs, config: DetectorConfig) -> list[Verdict]:
    """Each text's verdict beside those it shares sentences with; its lone verdict at depth ``rules``, or where there is none.

    Identical texts say nothing of each other; and what knows English is asked of English texts only.
    """
    if config.score.depth == "rules":
        return [lone.verdict for lone in lones]
    english = [lone.findings.language == "en" for lone in lones]
    sharing = {
        (i, j): alignment
        for (i, j), alignment in alignments.items()
        if alignment.relation in {"copy", "partial"} and english[i] and english[j]
    }
    return judge(lones, sharing, config.score)
