"""Texts beside their counterparts: what the swaps of their alignments show, and how each lone finding shifts under it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np
from numpy.typing import NDArray

from detector.config import ScoreConfig
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.combine import Findings, posterior, verdict_of
from detector.score.contrast import load_weights
from detector.score.facts import facts_beside
from detector.score.flags import distinct, flags_of
from detector.score.joint import Edge, factors, propagate
from detector.score.lone import Lone
from detector.score.round_trip import beside
from detector.score.swaps import Swaps, find_swaps
from detector.score.tagged import load_combiner, pair_leads
from detector.types import Alignment, Evidence, Flag, Span, Verdict

FULL_SAY = 12
"""A pair with fewer swaps speaks in proportion."""
_NAMED = 2
"""Counterparts that a reason names."""
_SMALLEST = 2.0**-20
_WORDS_AGAIN = 0.5
"""Share of what words say alone that counts beside a counterpart, which shows the same words: of 0, a half and 1, a half kept most
sources on the first hundred rows of the sets of ``benchmarks/quality/pairs.py``, whose figures it flatters by so much."""
_PASSAGES_AGAIN = 0.25
"""The same of what its passages say of its having been translated back, which the pair's leads tell too: of 0, a quarter and a
half, a half left one translation among the samples undecided."""


@dataclass(frozen=True, slots=True)
class _Pair:
    alignment: Alignment
    swaps: Swaps
    log_odds: NDArray[np.float64]


def judge(lones: Sequence[Lone], alignments: Mapping[Edge, Alignment], config: ScoreConfig) -> list[Verdict]:
    """The verdict on each text beside its counterparts; a text with none keeps its lone verdict.

    Args:
        lones: What each text says alone.
        alignments: The pairs that share sentences, by the places (i, j) of their texts, i < j.
        config: The stage's configuration.
    """
    sharing = {(i, j): _pair(alignment, (lones[i], lones[j])) for (i, j), alignment in alignments.items()}
    pairs = {edge: pair for edge, pair in sharing.items() if pair.swaps.swaps}
    halved = [_halved(lone.findings) for lone in lones]
    alone = np.array([posterior(findings.spun_bits, findings.back_translated_bits, config) for findings in halved])
    alone = np.maximum(alone, _SMALLEST)
    edges = factors({edge: pair.log_odds for edge, pair in pairs.items()}, len(lones))
    kinds, together = propagate(alone, edges)
    verdicts = []
    for i, lone in enumerate(lones):
        counterparts = [edge for edge in pairs if i in edge]
        if not counterparts:
            verdicts.append(lone.verdict)
            continue
        flags: list[tuple[Flag, float]] = []
        vouched: list[list[Span]] = []
        for edge in counterparts:
            side = edge.index(i)
            joint = together[edge] if side == 0 else together[edge].T
            trust = float(joint[:, 0].sum())  # what a genuine counterpart says is what was there before
            flags += [(flag, trust) for flag in flags_of(pairs[edge].alignment, pairs[edge].swaps, side, joint)]
            if joint.trace() < 0.5:
                kept = ((e.source, e.target)[side] for b in pairs[edge].alignment.links for e in b.edits if e.op == "keep")
                vouched.append(sorted(kept, key=lambda span: span.start))
        flags = [(flag, trust) for flag, trust in flags if not any(_is_vouched(flag.span, kept) for kept in vouched)]
        beside_it = [lones[edge[1 - edge.index(i)]] for edge in counterparts]
        others = [lone.segmented.document.id for lone in beside_it]
        reading = lone.findings.reading
        if reading:
            for unaltered in vouched:
                reading = reading.vouched(unaltered)
        own = halved[i]
        found = _found(own, np.maximum(kinds[i], _SMALLEST), alone[i], flags, others)
        sides = ((pairs[edge].alignment, edge.index(i), other) for edge, other in zip(counterparts, others, strict=True))
        told = (*facts_beside(own.document, sides), *beside(own, [lone.findings for lone in beside_it]))
        verdicts.append(verdict_of(replace(found, reading=reading, evidence=(*found.evidence, *told)), config))
    return verdicts


def _is_vouched(span: Span, kept: Sequence[Span]) -> bool:
    """True where a copy of another kind has the very same words: two makers do not alter alike.

    Args:
        span: An altered run.
        kept: Runs that one other copy keeps, in order, disjoint.
    """
    place = bisect_right(kept, span.start, key=lambda keep: keep.start) - 1
    return place >= 0 and span.end <= kept[place].end


def _pair(alignment: Alignment, lones: tuple[Lone, Lone]) -> _Pair:
    swaps = find_swaps(alignment, load_pieces(), load_piece_lm(), load_substitutions())
    say = min(1.0, len(swaps.swaps) / FULL_SAY)
    log_odds = load_weights().pair_log_odds(swaps)
    source, target = (lone.findings.reading and lone.findings.reading.tags for lone in lones)
    if source and target:
        log_odds = log_odds + load_combiner().pair_log_odds(pair_leads(swaps, (source, target)))
    return _Pair(alignment, swaps, log_odds * say)


def _halved(findings: Findings) -> Findings:
    """The findings with a part of what the words say alone: a counterpart shows the same words again."""
    if not findings.reading:
        return findings
    spun, back = (1 - _WORDS_AGAIN) * findings.reading.bits, (1 - _PASSAGES_AGAIN) * findings.reading.back_bits
    less = {"lone.spun": spun, "lone.back_translated": back}
    evidence = tuple(replace(e, bits=e.bits + less.get(e.code, 0.0)) for e in findings.evidence)
    bits = findings.spun_bits - spun, findings.back_translated_bits - back
    return replace(findings, spun_bits=bits[0], back_translated_bits=bits[1], evidence=evidence)


def _found(
    own: Findings,
    kinds: NDArray[np.float64],
    alone: NDArray[np.float64],
    flags: Sequence[tuple[Flag, float]],
    others: Sequence[str],
) -> Findings:
    """The lone findings with what the counterparts add, as bits beyond those of the text alone."""
    document = own.document
    spun, back = (float(log2(kinds[k] / kinds[0]) - log2(alone[k] / alone[0])) for k in (1, 2))
    evidence = (
        *own.evidence,
        Evidence(document, "contrast.spun", spun, -spun, _because(spun, "spun", others)),
        Evidence(document, "contrast.back_translated", back, -back, _because(back, "translated back", others)),
    )
    both = distinct(own.flags, flags)
    bits = own.spun_bits + spun, own.back_translated_bits + back
    return Findings(document, *bits, both, evidence, own.language, own.n_words, own.pivot)


def _because(bits: float, looks: str, others: Sequence[str]) -> str:
    named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
    return f"beside {named} its wording {'looks' if bits > 0 else 'does not look'} {looks}"
