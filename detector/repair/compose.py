"""Two lists of repairs, one made on what the other left, as one list on the text as read."""

from collections.abc import Sequence

from detector.types import Repair, Span


def compose(text: str, first: Sequence[Repair], between: str, then: Sequence[Repair]) -> tuple[Repair, ...]:
    """The repairs that do at once what ``first`` and ``then`` do one after the other, each list in order and disjoint.

    Repairs that touch the same characters become one, under the code of the last; what they left as it was is none.

    Args:
        text: The text as read, on which ``first`` was made.
        first: Repairs of ``text``.
        between: What they left of it.
        then: Repairs of ``between``.
    """
    composed: list[Repair] = []
    bounds = _bounds(first)
    shift = i = j = 0  # what an offset of the text is moved by in `between`; the next of the first, the next of the second
    while j < len(then):
        low, high = then[j].span.start, then[j].span.end
        while i < len(first) and bounds[i][1] <= low:
            composed.append(first[i])
            shift += _growth(first[i])
            i += 1
        end_i, end_j = i, j
        while True:  # whatever overlaps what was gathered so far belongs to it
            if end_i < len(first) and bounds[end_i][0] < high:
                low, high = min(low, bounds[end_i][0]), max(high, bounds[end_i][1])
                end_i += 1
            elif end_j < len(then) and then[end_j].span.start < high:
                high = max(high, then[end_j].span.end)
                end_j += 1
            else:
                break
        start = low - shift
        shift += sum(_growth(repair) for repair in first[i:end_i])
        span = Span(start, high - shift)
        before, after = span.of(text), _made(between, low, high, then[j:end_j])
        if before != after:
            composed.append(Repair(span, before, after, then[end_j - 1].code))
        i, j = end_i, end_j
    return (*composed, *first[i:])


def _growth(repair: Repair) -> int:
    return len(repair.after) - len(repair.before)


def _bounds(repairs: Sequence[Repair]) -> list[tuple[int, int]]:
    """Where what each repair wrote stands in the text it left."""
    bounds, shift = [], 0
    for repair in repairs:
        start = repair.span.start + shift
        bounds.append((start, start + len(repair.after)))
        shift += _growth(repair)
    return bounds


def _made(text: str, low: int, high: int, repairs: Sequence[Repair]) -> str:
    """The characters from ``low`` to ``high`` with the repairs made that lie there."""
    parts, at = [], low
    for repair in repairs:
        parts += [text[at : repair.span.start], repair.after]
        at = repair.span.end
    return "".join([*parts, text[at:high]])
