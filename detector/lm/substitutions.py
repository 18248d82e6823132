"""Which words stand for which when a machine rewrites: inflection, senses, frequency, likeness of meaning.

Senses are WordNet 3.0's, frequencies wordfreq's (Zipf: log10 of occurrences in 10^9 words), directions a sentence model's; the
table and how it was made: ``models/substitutions``. Forms have numbers, which is what bulk look-ups take and give.
"""

from bisect import bisect_left
from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset

Relation = Literal["same", "inflected", "synonym", "neighbour", "none"]
_RELATIONS: dict[int, Relation] = {1: "synonym", 2: "neighbour"}
_UNKNOWN_ZIPF = 1.0
DIMENSIONS = 128
"""Of the vectors of forms."""

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]


class Choices(NamedTuple):
    """What words may stand for, all of them flat. Shapes ``(n_choices,)``."""

    owner: Numbers
    """The place of the word in the numbers asked for, ascending."""
    original: Numbers
    """The place of the form it may stand for in ``Substitutions.originals``."""
    log2_q: Floats
    """log2 of the probability that a spinner that alters the original writes this word."""


class Substitutions:
    """Forms, their dictionary forms (lemmas), their frequencies, and the lemmas near each lemma."""

    def __init__(self, table: dict[str, NDArray[Any]]) -> None:
        self.forms = tuple(table["forms"].tobytes().decode().split("\n"))
        self._form = {form: i for i, form in enumerate(self.forms)}
        self._form_ptr, self._form_lemmas = table["form_ptr"], table["form_lemmas"]
        self._near_ptr, self._near, self._relation = table["near_ptr"], table["near"], table["relation"]
        self._lemmas = tuple(table["lemmas"].tobytes().decode().split("\n"))
        self._choice_ptr, self._choice = table["choice_ptr"].astype(np.int64), table["choice"]
        self._log2_q = table["choice_bits8"] / np.float32(-8)
        self.originals: Numbers = table["originals"].astype(np.int64)
        """The forms that others may stand for, by their numbers."""
        self.zipfs: Floats = np.append(table["zipf20"] / np.float32(20), np.float32(_UNKNOWN_ZIPF))
        """Frequencies by number, on the Zipf scale; the last is that of every form outside the table."""
        self._vector_row = np.append(table["vector_row"], len(table["vectors"]) - 1).astype(np.int64)
        packed = table["vectors"]
        self._vectors = (np.stack([packed >> 4, packed & 15], axis=-1).reshape(len(packed), -1).view(np.int8) - 8).astype(np.int8)
        squares = np.einsum("ij,ij->i", self._vectors, self._vectors, dtype=np.float32)
        self._scale = 1 / np.sqrt(np.maximum(squares, 1))
        rules = (line.split("\t") for line in table["phrases"].tobytes().decode().split("\n"))
        self.phrases: tuple[tuple[str, str, float], ...] = tuple((copy, original, float(q)) for copy, original, q in rules)
        """What a spinner's phrase rule wrote, what it stood for, and log2 of how often such a rule is applied."""

    def number(self, form: str) -> int:
        """The number of a form; -1 for a form outside the table."""
        return self._form.get(form, -1)

    def written(self, original: int) -> str:
        """What an original is: a form by its number, or for minus two less the place of a phrase rule what that stood for."""
        return self.forms[original] if original >= 0 else self.phrases[-2 - original][1]

    def choices(self, numbers: Numbers) -> Choices:
        """What each form may stand for, the likeliest first.

        Args:
            numbers: Of forms, -1 for one outside the table, which has no choices. Shape ``(n_words,)``.
        """
        first = self._choice_ptr[numbers]
        n_of = np.where(numbers >= 0, self._choice_ptr[numbers + 1] - first, 0)
        owner = np.repeat(np.arange(len(numbers)), n_of)
        place = np.arange(len(owner)) + np.repeat(first - (np.cumsum(n_of) - n_of), n_of)
        return Choices(owner, self._choice[place].astype(np.int64), self._log2_q[place])

    def levels(self, numbers: Numbers) -> NDArray[np.int8]:
        """The vectors of forms in whole numbers from -7 to 7; zeros for a form without one. Shape ``(n_words, 128)``."""
        return self._vectors[self._vector_row[numbers]]

    def directions(self, numbers: Numbers) -> Floats:
        """The same as unit vectors: words near in meaning point alike. Shape ``(n_words, 128)``."""
        rows = self._vector_row[numbers]
        return np.asarray(self._vectors[rows] * self._scale[rows, None], dtype=np.float32)

    def zipf(self, form: str) -> float:
        """The frequency of a form on the Zipf scale; 1.0 for a form outside the table."""
        return float(self.zipfs[self.number(form)])

    def is_known(self, form: str) -> bool:
        """True for the 78,000 frequent forms of the table."""
        return form in self._form

    def in_dictionary(self) -> NDArray[np.bool_]:
        """Which forms of the table WordNet has, as they are or inflected. Shape ``(n_forms,)``."""
        return np.asarray(np.diff(self._form_ptr) > 0)

    def _lemmas_of(self, form: str) -> NDArray[np.uint16]:
        place = self._form.get(form)
        if place is None:
            return self._form_lemmas[:0]
        return self._form_lemmas[self._form_ptr[place] : self._form_ptr[place + 1]]

    def relation(self, a: str, b: str) -> Relation:
        """How two forms stand to each other: of one lemma, of one synset, one link apart in WordNet, or not related."""
        if a == b:
            return "same"
        lemmas_a, lemmas_b = self._lemmas_of(a), set(self._lemmas_of(b).tolist())
        if not lemmas_b.isdisjoint(lemmas_a.tolist()):
            return "inflected"
        best = 0
        for lemma in lemmas_a.tolist():
            start, end = self._near_ptr[lemma], self._near_ptr[lemma + 1]
            for near, relation in zip(self._near[start:end].tolist(), self._relation[start:end].tolist(), strict=True):
                if near in lemmas_b and (best == 0 or relation < best):
                    best = relation
        return _RELATIONS.get(best, "none")

    def lemmas_of(self, form: str) -> tuple[str, ...]:
        """The dictionary forms that a written form may have, in order of spelling."""
        return tuple(self._lemmas[i] for i in self._lemmas_of(form).tolist())

    def near(self, lemma: str, relation: Relation) -> tuple[str, ...]:
        """The lemmas that stand in the relation to ``lemma``, in order of spelling; none for a lemma outside the table."""
        place = bisect_left(self._lemmas, lemma)
        if self._lemmas[place : place + 1] != (lemma,):
            return ()
        start, end = self._near_ptr[place], self._near_ptr[place + 1]
        pairs = zip(self._near[start:end].tolist(), self._relation[start:end].tolist(), strict=True)
        return tuple(self._lemmas[near] for near, kind in pairs if _RELATIONS[kind] == relation)


@cache
def load_substitutions() -> Substitutions:
    """The table that ships with the package, its digest checked, once a process."""
    with np.load(asset("substitutions", "substitutions.npz"), allow_pickle=False) as table:
        return Substitutions(dict(table))
