"""Altered words as flags: neighbouring swaps joined, what the counterpart says as the expected wording, with reasons."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.codes import CODES
from detector.score.contrast import KINDS, load_weights
from detector.score.facts import ChangedFact, changed_facts, is_masculine
from detector.score.pivot_senses import PivotSense, pivot_sense
from detector.score.swaps import Swap, Swaps
from detector.text import FUNCTION_WORDS, words
from detector.types import MAX_FLAG_WORDS, Alignment, Flag, Severity, Span

_REPORTED = 0.05
"""What is less probable is not even kept for a lower threshold."""
_NAME_GAP = 2
"""Words kept inside a name over which its altered words are one flag: "National [Security] Investigation"."""
_MAX_BITS = 60.0
"""Beyond this a power of two is as good as none, and would overflow at a thousand."""
_SOME_TRUST = 0.05
"""Added to the probability that a counterpart is genuine: among altered copies the most probable flag counts."""
_MISLEADING_BITS = 8.0
"""Words that fit worse by this much are major: the sentence no longer says what it said."""
_P_CHANGED = 0.95
"""That a fact is the altered side's change where the other side is genuine: reporters err, and so does the reading of facts."""
_P_EITHER = 0.4
"""The same where both sides were altered: one of them changed it, or both, and nothing says which."""
_P_MASCULINE, _P_FEMININE = 0.75, 0.4
"""The same of a gender: a translator through a language whose nouns or verbs bear gender falls back on the masculine."""
_P_SENSE = 0.8
"""That a word is the translator's where a pivot language has one word for it and for the counterpart's."""
_ONLY_REWORDED = "fact.quotation"
"""A quotation in other words is told where its words are flagged; by itself it accuses nobody."""
_RENAMED = frozenset({"fact.name", "fact.attribution"})


class _Item(NamedTuple):
    swap: Swap
    probability: float
    facts: tuple[ChangedFact, ...]
    sense: PivotSense | None = None

    @property
    def is_renamed(self) -> bool:
        """True where a name became another name, which harms however well it reads."""
        return any(fact.code in _RENAMED for fact in self.facts)


def flags_of(alignment: Alignment, swaps: Swaps, side: int, joint: NDArray[np.float64]) -> list[Flag]:
    """The altered words that one counterpart shows.

    Args:
        alignment: The pair; its texts give the expected wording.
        swaps: The swaps of the alignment.
        side: 0 for the source, 1 for the target.
        joint: Probability of each combination of kinds, rows for this side. Shape ``(3, 3)``.
    """
    kind = 1 if joint[1].sum() >= joint[2].sum() else 2
    altered = load_weights().altered(swaps, side)[:, kind, :] @ joint[kind]
    facts = sorted((f if side == 0 else f.inverse() for f in changed_facts(alignment)), key=lambda f: (f.source, f.target))
    starts = [fact.source.start for fact in facts]
    longest = max((len(fact.source) for fact in facts), default=0)
    found: list[_Item] = []
    for k, swap in enumerate(swaps.swaps):
        ours, theirs = _forms(swap, side)
        here, there = _spans(swap, side)
        near = facts[bisect_left(starts, here.start - longest) : bisect_right(starts, here.end)]
        told = tuple(fact for fact in near if _is_shown_by(fact, here, there))
        item = _Item(swap, float(altered[k]), told)
        if kind == 2 and not item.is_renamed:
            # What a translator changed without harm is no flag: the odds that the counterpart's words fit better.
            more_words = len(ours) - len(theirs)  # each of which costs the mean surprisal of the text, well put or not
            misfit = _gain(swap, side) - more_words * swaps.bits[side]
            item = item._replace(probability=item.probability / (1 + 2 ** min(-misfit, _MAX_BITS)))
        sense = pivot_sense(ours, theirs) if kind == 2 else None
        shown_by = [_P_SENSE * float(joint[2].sum() if sense.is_exact else joint[2, 1])] if sense else []
        shown_by += [_p_changed(fact, kind, joint) for fact in told]
        item = item._replace(probability=max([item.probability, *shown_by]), sense=sense)
        idle = kind == 2 and not told and all(form in FUNCTION_WORDS for form in ours)  # translators vary these freely
        if ours and theirs and len(ours) <= MAX_FLAG_WORDS and item.probability >= _REPORTED and not idle:
            found.append(item)
    texts = (alignment.source.document.text, alignment.target.document.text)
    own, other = texts[side], texts[1 - side]
    flags = [_flag(group, side, own, other, KINDS[kind]) for group in _joined(found, side, own)]
    shown = {fact for item in found for fact in item.facts}
    return flags + [_stated(fact, kind, joint) for fact in facts if fact not in shown and _stands_alone(fact, kind, joint, own)]


def _is_shown_by(fact: ChangedFact, here: Span, there: Span) -> bool:
    """True where a swap is part of what a fact says on both sides; an empty side is part of what it stands in."""
    return all(
        a.overlaps(b) or (not len(b) and a.start <= b.start <= a.end) for a, b in ((fact.source, here), (fact.target, there))
    )


def _p_changed(fact: ChangedFact, kind: int, joint: NDArray[np.float64]) -> float:
    """The probability that this side, the fact's source, is the one that changed it."""
    if fact.code == _ONLY_REWORDED:
        return 0.0
    lean = _P_EITHER
    if fact.code == "fact.gender":
        lean = _P_MASCULINE if is_masculine(fact.source_says) else _P_FEMININE
    return float(joint[kind, 0] * _P_CHANGED + joint[kind, 1:].sum() * lean)


def _stands_alone(fact: ChangedFact, kind: int, joint: NDArray[np.float64], own: str) -> bool:
    """True for a fact that no swap shows, as a negation left out, and that a flag can hold."""
    return _p_changed(fact, kind, joint) >= _REPORTED and len(words(own, fact.source.start, fact.source.end)) <= MAX_FLAG_WORDS


def _stated(fact: ChangedFact, kind: int, joint: NDArray[np.float64]) -> Flag:
    code = CODES[fact.code]
    return Flag(fact.source, KINDS[kind], _p_changed(fact, kind, joint), code.severity, fact.target_says, ((code.code, code.says),))


def distinct(rules: Iterable[Flag], flags: Iterable[tuple[Flag, float]]) -> tuple[Flag, ...]:
    """Flags in text order; of those that overlap and are of one kind, a rule's, else that of the most trusted counterpart.

    Args:
        rules: What rules found in the text alone, which is certain.
        flags: What counterparts show, each with the probability that its counterpart is genuine.
    """
    shown = sorted(flags, key=lambda f: (-f[0].probability * (f[1] + _SOME_TRUST), f[0].span.start, f[0].span.end))
    certain = sorted(rules, key=lambda f: (-f.probability, f.span.start, f.span.end))
    taken: dict[str, list[tuple[int, int]]] = {}
    kept: list[Flag] = []
    for flag in [*certain, *(flag for flag, _ in shown)]:
        spans = taken.setdefault(flag.kind, [])
        place = bisect_left(spans, (flag.span.start, flag.span.end))
        after_last = place == 0 or spans[place - 1][1] <= flag.span.start
        if after_last and (place == len(spans) or flag.span.end <= spans[place][0]):
            spans.insert(place, (flag.span.start, flag.span.end))
            kept.append(flag)
    return tuple(sorted(kept, key=lambda f: (f.span.start, f.span.end, f.kind)))


def _forms(swap: Swap, side: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (swap.source_forms, swap.target_forms) if side == 0 else (swap.target_forms, swap.source_forms)


def _spans(swap: Swap, side: int) -> tuple[Span, Span]:
    return (swap.source, swap.target) if side == 0 else (swap.target, swap.source)


def _gain(swap: Swap, side: int) -> float:
    return swap.source_gain if side == 0 else swap.target_gain


def _joined(found: Sequence[_Item], side: int, own: str) -> list[list[_Item]]:
    """Swaps that follow each other on both sides, or stand in one name, alike in probability, up to eight words together."""
    groups: list[list[_Item]] = []
    for item in found:
        if groups and _follows(groups[-1], item, side, own):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _follows(group: Sequence[_Item], item: _Item, side: int, own: str) -> bool:
    last, swap = group[-1].swap, item.swap
    (first, _), (end, end_there), (start, start_there) = (_spans(s, side) for s in (group[0].swap, last, swap))
    if swap.bead != last.bead or start.start < end.end or start_there.start < end_there.end:
        return False
    if (group[-1].probability >= 0.5) != (item.probability >= 0.5) or len(words(own, first.start, start.end)) > MAX_FLAG_WORDS:
        return False
    between = words(own, end.end, start.start)
    if between:
        names = all(own[w.start].isupper() or w.form in FUNCTION_WORDS for w in between)
        return len(between) <= _NAME_GAP and names and last.is_name and swap.is_name and (group[-1].is_renamed or item.is_renamed)
    return not own[end.end : start.start].strip() and start_there.start <= end_there.end + 1


def _flag(group: Sequence[_Item], side: int, own: str, other: str, kind: str) -> Flag:
    spans = [_spans(item.swap, side) for item in group]
    here = Span(spans[0][0].start, spans[-1][0].end)
    there = Span(spans[0][1].start, spans[-1][1].end)
    gain = max(_gain(item.swap, side) for item in group)
    reasons = [(fact.code, CODES[fact.code].says) for item in group for fact in item.facts]
    reasons += [("swap.sense", item.sense.says) for item in group if item.sense]
    if gain >= 0.5:
        reasons.append(("swap.gain", f"fits here worse by {gain:.0f} bit{'s' * (round(gain) != 1)}"))
    elif not reasons:
        reasons.append(("swap.counterpart", "the other copy has another wording"))
    severity: Severity = "minor"
    severities = {CODES[code].severity for code, _ in reasons}
    if "critical" in severities:
        severity = "critical"
    elif "major" in severities or gain >= _MISLEADING_BITS:
        severity = "major"
    return Flag(here, kind, max(item.probability for item in group), severity, there.of(other), tuple(dict.fromkeys(reasons)))
