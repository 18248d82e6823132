"""Passages that condense the whole other text: a summary takes words from all over it, so that no stretch of it explains them.

Where several short stretches stand close together on one side and far apart on the other, the whole other text is tried as what
they were made from, as a bag of words: nothing of its order is left. It is, where the run on the short side has evidence enough
without their places, which in plain copying say far more. The bounds were chosen on the summaries in even rows of PAN-13, which
are few.
"""

from collections.abc import Sequence

from detector.align.reuse import Evidence, Range, Stretch

_MIN_NATS = 40.0
_MIN_WORDS = 50
_MIN_NATS_A_WORD = 0.5
_SHORTER = (3, 12)
"""How many times shorter than the other text a run is that condenses it, at least and at most."""
_MAX_SHARE = 0.67
"""The most of the run that one stretch may explain."""
_MIN_SPREAD = 2.0
"""How far apart its stretches are on the other side, at least, in lengths of the run."""
_MAX_PLACED = 2.6
"""The most evidence the stretches may have by their places, against the run without places."""


def condensed(stretches: Sequence[Stretch], evidence: Evidence) -> list[Stretch]:
    """The stretches, those that are parts of a run that condenses the other text replaced by that run."""
    for side in (0, 1):
        n_other = len(evidence.word[1 - side])
        if len(stretches) < 2 or n_other < _SHORTER[0] * _MIN_WORDS:
            continue
        run, nats = evidence.without_places(side)
        length = run.end - run.start
        if length < max(_MIN_WORDS, n_other / _SHORTER[1]) or length > n_other / _SHORTER[0]:
            continue
        parts = [s for s in stretches if 2 * run.common(s.ranges[side]) > s.ranges[side].end - s.ranges[side].start]
        if len(parts) < 2 or nats < max(_MIN_NATS, _MIN_NATS_A_WORD * length):
            continue
        spread = max(s.ranges[1 - side].end for s in parts) - min(s.ranges[1 - side].start for s in parts)
        share = max(run.common(s.ranges[side]) for s in parts) / length
        if share > _MAX_SHARE or spread < _MIN_SPREAD * length or sum(s.shares[side] for s in parts) > _MAX_PLACED * nats:
            continue
        whole = Range(0, n_other)
        ranges = (run, whole) if side == 0 else (whole, run)
        placed = max(s.nats for s in parts)
        both = Stretch(placed + nats, ranges, (nats, placed) if side == 0 else (placed, nats))
        return [both, *(s for s in stretches if s not in parts)]
    return list(stretches)
