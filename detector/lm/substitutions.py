"""Which words stand for which when a machine rewrites: inflection, senses, frequency.

Senses are WordNet 3.0's, frequencies wordfreq's (Zipf: log10 of occurrences in 10^9 words); the table and how it was made:
``models/substitutions``.
"""

from bisect import bisect_left
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detector.assets import asset

Relation = Literal["same", "inflected", "synonym", "neighbour", "none"]
_RELATIONS: dict[int, Relation] = {1: "synonym", 2: "neighbour"}
_UNKNOWN_ZIPF = 1.0


class Substitutions:
    """Forms, their dictionary forms (lemmas), their frequencies, and the lemmas near each lemma."""

    def __init__(self, table: dict[str, NDArray[Any]]) -> None:
        self.forms = tuple(table["forms"].tobytes().decode().split("\n"))
        self._form = {form: i for i, form in enumerate(self.forms)}
        self._zipf = table["zipf20"]
        self._form_ptr, self._form_lemmas = table["form_ptr"], table["form_lemmas"]
        self._near_ptr, self._near, self._relation = table["near_ptr"], table["near"], table["relation"]
        self._lemmas = tuple(table["lemmas"].tobytes().decode().split("\n"))

    def zipf(self, form: str) -> float:
        """The frequency of a form on the Zipf scale; 1.0 for a form outside the table."""
        place = self._form.get(form)
        return _UNKNOWN_ZIPF if place is None else float(self._zipf[place]) / 20

    def is_known(self, form: str) -> bool:
        """True for the 78,000 frequent forms of the table."""
        return form in self._form

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
