"""What each form may stand for, best guess first: the forms of WordNet's neighbours and of the nearest vectors, inflected alike.

A spinner that has chosen to alter the original o puts w in its place with a probability q(w | o): in proportion to how near the
two are (``_strength``) and to the root of w's frequency, as spinners put frequent words for frequent words. The table is kept
backwards: for each w the originals o with the largest q(w | o) p(o).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detector.text import FUNCTION_WORDS
from models.substitutions.wordnet import SYNONYM, WordNet

PER_FORM = 10
"""Originals kept for each form."""
_MIN_ZIPF = 3.2  # originals are at least this frequent: spinners leave rare words alone
_NEIGHBOURS = 40  # nearest vectors looked at
_MIN_COSINE = 0.35
_LOG2_10 = 3.3219

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choices:
    """Backwards choices of each form: originals (form numbers) with log2 q(form | original), rows by ``pointers``."""

    pointers: NDArray[np.uint32]
    originals: NDArray[np.uint32]
    log_q: Floats


def _of_wordnet(forms: Sequence[str], wordnet: WordNet) -> dict[int, dict[int, float]]:
    analyses = [wordnet.analyses(form) for form in forms]
    written: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, found in enumerate(analyses):
        for analysis in found:
            written[analysis].append(i)
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (a, b), relation in sorted(wordnet.pairs.items()):
        if a != b:
            near[a].append((b, relation))
    strength: dict[int, dict[int, float]] = defaultdict(dict)
    for i, found in enumerate(analyses):
        for lemma, ending in sorted(found):
            for other, relation in near[lemma]:
                value = 1.0 if relation == SYNONYM else 0.4
                for j in written[other, ending]:
                    if j != i:
                        strength[i][j] = max(value, strength[i].get(j, 0.0))
    return strength


def _of_vectors(forms: Sequence[str], vectors: Floats, rows: Sequence[int], wordnet: WordNet) -> dict[int, dict[int, float]]:
    """Nearest vectors that are inflected alike, not forms of one lemma, and not each other's contrary."""
    analyses = [wordnet.analyses(forms[i]) for i in rows]
    lemmas, endings = [{x for x, _ in a} for a in analyses], [{e for _, e in a} for a in analyses]
    strength: dict[int, dict[int, float]] = defaultdict(dict)
    chosen = vectors[list(rows)]
    for first in range(0, len(rows), 1000):
        cosine = chosen[first : first + 1000] @ chosen.T
        nearest = np.argpartition(-cosine, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        for k, candidates in enumerate(nearest.tolist()):
            i = first + k
            for j in candidates:
                value = float(cosine[k, j])
                alike = value > _MIN_COSINE and endings[i] & endings[j] and not lemmas[i] & lemmas[j]
                if i != j and alike and wordnet.antonyms.isdisjoint(product(lemmas[i], lemmas[j])):
                    strength[rows[i]][rows[j]] = (value - 0.3) * 1.5
    return strength


def backwards(
    forms: Sequence[str], zipf: Floats, vectors: Floats, wordnet: WordNet, rules: Iterable[tuple[str, str, float]]
) -> Choices:
    """The choices of all forms.

    Args:
        forms: Shape ``(n_forms,)``.
        zipf: Frequencies, log10 of occurrences in 10^9 words. Shape ``(n_forms,)``.
        vectors: Directions, zero where a form has none. Shape ``(n_forms, n_dimensions)``.
        wordnet: Senses and inflection.
        rules: A form, what it stands for by a rule of its own, and how strongly, where a synonym has 1.
    """
    number = {form: i for i, form in enumerate(forms)}
    rows = [i for i in range(len(forms)) if vectors[i].any() and forms[i] not in FUNCTION_WORDS and zipf[i] >= 2.8]
    strength: dict[int, dict[int, float]] = defaultdict(dict)
    for table in (_of_wordnet(forms, wordnet), _of_vectors(forms, vectors, rows, wordnet)):
        for i, found in table.items():
            for j, value in found.items():
                if forms[i] not in FUNCTION_WORDS and forms[j] not in FUNCTION_WORDS:
                    strength[i][j] = strength[i].get(j, 0.0) + value
    for copy, original, value in rules:
        if copy in number and original in number:
            strength[number[copy]][number[original]] = strength[number[copy]].get(number[original], 0.0) + value
    return _best(strength, zipf)


def _best(strength: Mapping[int, Mapping[int, float]], zipf: Floats) -> Choices:
    wanted = 10 ** (0.5 * zipf)
    total = np.zeros(len(zipf))
    for i, found in strength.items():
        for j, value in found.items():
            total[j] += value * wanted[i]
    pointers, originals, log_q = [0], [], []
    for i in range(len(zipf)):
        rows = [(np.log2(value * wanted[i] / total[j]), j) for j, value in strength.get(i, {}).items() if zipf[j] >= _MIN_ZIPF]
        rows.sort(key=lambda row: (-(row[0] + _LOG2_10 * zipf[row[1]]), row[1]))
        originals += [j for _, j in rows[:PER_FORM]]
        log_q += [q for q, _ in rows[:PER_FORM]]
        pointers.append(len(originals))
    return Choices(np.array(pointers, np.uint32), np.array(originals, np.uint32), np.array(log_q, np.float32))
