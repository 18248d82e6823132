"""Any causal or masked language model of a local folder: the bits of each word, and what another wording would save.

A causal model gives surprisal, ``-log2 p(piece | pieces before it)``, summed over the pieces of a word (Hale 2001). A masked model
gives pseudo-log-likelihood, variant ``within_word_l2r`` (Kauf & Ivanova 2023): a piece is scored with itself and the pieces of its
word to the right of it masked. Weights are read from safetensors alone, nothing is fetched, and no code of a model's own is run.
torch and transformers are imported when a model is opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.errors import InputError
from detector.lm.hub_folder import logits_of, open_folder
from detector.lm.hub_pieces import HubText, HubTokenizer, Ids, Kind

_BEFORE, _AFTER = 128, 16
"""Pieces around a run that a causal model reads to say what an exchange would save."""
_CELLS = 1 << 25
"""Logits computed at once, if one row has no more: 128 MB of them."""
_ROWS = 256
"""Rows that are made ready, and sorted by length, at once."""

Bits = NDArray[np.float64]


class _Row(NamedTuple):
    """One sequence as the model reads it, the places whose logits are asked for, and the pieces asked for there."""

    ids: Ids
    places: Ids
    targets: Ids


class _Run(NamedTuple):
    """A run of characters in an excerpt."""

    excerpt: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HubModel:
    """A language model that was opened from a folder.

    Attributes:
        name: The folder's name and eight digits that name its weights, for signatures.
        kind: Whether it reads a text from the left (causal) or fills in what is masked.
    """

    name: str
    kind: Kind
    _tokenizer: HubTokenizer = field(repr=False)
    _model: Any = field(repr=False)
    _window: int = field(repr=False)

    @property
    def _room(self) -> int:
        """Pieces of a text that fit into one window."""
        return self._window - len(self._tokenizer.before) - len(self._tokenizer.after)

    def word_bits(self, text: str, words: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """The bits of each run of characters of a text, in its context.

        A piece that reaches over two runs counts in both; a blank that is a piece of its own counts with the piece after it. Each
        piece has at least half a window of context where the text has it: 256 pieces before it, or 62 on each side of it if the
        model is masked, or what half of a smaller window holds.

        Args:
            text: The whole text.
            words: Where each run starts and ends.

        Returns:
            Shape ``(n_words,)``; NaN for a run that no piece covers, and for one that has no context at all: the first of a text,
            for a causal model that knows no piece for the beginning of one.

        Raises:
            InputError: A run is not one of the text.
        """
        starts, ends = _checked(text, words)
        pieces = self._tokenizer.encode(text)
        first, end = pieces.places(starts, ends)
        if self.kind == "masked":
            return self._pll([(pieces.ids, *run) for run in zip(first.tolist(), end.tolist(), strict=True)])
        (bits,) = self._surprisals([pieces.ids])
        return _sums(bits, first, end)

    def gains(self, text: str, swaps: Sequence[tuple[int, int, str]]) -> NDArray[np.float32]:
        """The bits that the text would save with each run of characters exchanged for another wording.

        A causal model counts the run and the 16 pieces after it, with 128 pieces before it as context (a quarter of a window and
        half of one where that is less). A masked model counts the run alone, taken as one word, in the middle of a window.

        Args:
            text: The whole text.
            swaps: Where each run starts and ends, and what is to stand there instead.

        Returns:
            Shape ``(n_swaps,)``; NaN where a causal model has no context at all, and where the run or the wording is of no piece
            if the model is masked.

        Raises:
            InputError: A run is not one of the text.
        """
        starts, ends = _checked(text, [(start, end) for start, end, _ in swaps])
        before, after = self._room // 2, self._room // 2
        if self.kind == "causal":
            before, after = min(_BEFORE, before), min(_AFTER, after // 2)
        lefts, rights = _excerpts(self._tokenizer.encode(text), starts, ends, before=before, after=after, n_chars=len(text))
        pairs = []
        for (start, end, wording), left, right in zip(swaps, lefts.tolist(), rights.tolist(), strict=True):
            head, tail = text[left:start], text[end:right]
            old = _Run(text[left:right], len(head), end - left)
            pairs.append((old, _Run(head + wording + tail, len(head), len(head) + len(wording))))
        runs = list(dict.fromkeys(run for pair in pairs for run in pair))  # one run serves all that is tried in its place
        pieces = [self._tokenizer.encode(run.excerpt) for run in runs]
        if self.kind == "masked":
            places = [p.places(np.array([run.start]), np.array([run.end])) for p, run in zip(pieces, runs, strict=True)]
            pll = self._pll([(p.ids, int(first[0]), int(end[0])) for p, (first, end) in zip(pieces, places, strict=True)])
            bits_of = dict(zip(runs, pll, strict=True))
            return np.array([bits_of[old] - bits_of[new] for old, new in pairs], dtype=np.float32)
        surprisals = self._surprisals([p.ids for p in pieces])
        found = {run: (p.ids, bits) for run, p, bits in zip(runs, pieces, surprisals, strict=True)}
        return np.array([_saved(*found[old], *found[new]) for old, new in pairs], dtype=np.float32)

    def _surprisals(self, texts: Sequence[Ids]) -> list[Bits]:
        """The bits of each piece of each text after those before it; NaN for a piece that comes after none."""
        before = np.array(self._tokenizer.before, dtype=np.int64)
        room = self._room
        found = [np.full(len(ids), np.nan) for ids in texts]
        rows: list[_Row] = []
        asked: list[tuple[int, int, int]] = []  # text, first and end of the pieces that a row scores
        for i, ids in enumerate(texts):
            for begin, first, end in _windows(len(ids), room, is_led=len(before) > 0):
                row = np.concatenate((before, ids[begin:end]))
                places = np.arange(first, end) - begin + len(before) - 1  # a place foretells the piece after it
                rows.append(_Row(row, places, ids[first:end]))
                asked.append((i, first, end))
        for (i, first, end), bits in zip(asked, self._bits(rows), strict=True):
            found[i][first:end] = bits
        return found

    def _pll(self, runs: Sequence[tuple[Ids, int, int]]) -> NDArray[np.float32]:
        """The bits of each run of pieces (its text, first and end), taken as one word. Shape ``(n_runs,)``."""
        bits = np.array([found.item() for found in self._bits(self._masked(runs))])
        n_of = np.array([end - first for _, first, end in runs], dtype=np.int64)
        ends = np.cumsum(n_of)
        return _sums(bits, ends - n_of, ends)

    def _masked(self, runs: Sequence[tuple[Ids, int, int]]) -> Iterator[_Row]:
        """A row for each piece of each run: a window with the piece in its middle, it and the rest of its run masked."""
        own = (self._tokenizer.before, self._tokenizer.after, self._tokenizer.mask)
        before, after, mask = (np.array(numbers, dtype=np.int64) for numbers in own)
        room = self._room
        for ids, first, end in runs:
            for place in range(first, end):
                begin = max(0, min(place - room // 2, len(ids) - room))
                window = ids[begin : begin + room].copy()
                window[place - begin : end - begin] = mask
                asked = np.array([len(before) + place - begin])
                yield _Row(np.concatenate((before, window, after)), asked, ids[place : place + 1])

    def _bits(self, rows: Iterable[_Row]) -> Iterator[Bits]:
        """The bits of what each row asks for. Only rows of one length go together, so that none is padded."""
        rows = iter(rows)
        while ready := list(islice(rows, _ROWS)):
            found: dict[int, Bits] = {}
            order = sorted(range(len(ready)), key=lambda i: len(ready[i].ids))
            for length, group in groupby(order, key=lambda i: len(ready[i].ids)):
                while batch := list(islice(group, max(1, _CELLS // (length * self._tokenizer.n_pieces)))):
                    logits = logits_of(self._model, np.stack([ready[i].ids for i in batch]))
                    found |= {i: _row_bits(of_row, ready[i]) for i, of_row in zip(batch, logits, strict=True)}
            yield from (found[i] for i in range(len(ready)))


def _row_bits(logits: Any, row: _Row) -> Bits:  # noqa: ANN401 - a tensor
    import torch  # noqa: PLC0415 - loaded when the model was

    asked = logits[torch.from_numpy(row.places)]
    nats = asked.logsumexp(-1) - asked.gather(-1, torch.from_numpy(row.targets)[:, None])[:, 0]
    bits: Bits = nats.numpy().astype(np.float64) / np.log(2)
    return bits


def _checked(text: str, runs: Sequence[tuple[int, int]]) -> tuple[Ids, Ids]:
    """The starts and the ends of runs that are all inside the text."""
    for start, end in runs:
        if not 0 <= start <= end <= len(text):
            msg = f"the run ({start}, {end}) is outside a text of {len(text)} characters; expected 0 <= start <= end <= length"
            raise InputError(msg)
    starts, ends = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    return starts, ends


def _sums(bits: Bits, first: Ids, end: Ids) -> NDArray[np.float32]:
    """The sum of each half-open run; NaN for a run that is empty or holds a NaN."""
    unknown = np.isnan(bits)
    total = np.concatenate(([0.0], np.cumsum(np.where(unknown, 0.0, bits))))
    n_unknown = np.concatenate(([0], np.cumsum(unknown)))
    is_known = (first < end) & (n_unknown[end] == n_unknown[np.minimum(first, end)])
    return np.where(is_known, total[end] - total[first], np.nan).astype(np.float32)


def _windows(n: int, room: int, *, is_led: bool) -> Iterator[tuple[int, int, int]]:
    """Windows over ``n`` pieces: where each begins, the first piece that it scores, and where both end.

    Every piece is scored once, with ``room // 2`` pieces before it or all there are. Without a piece that leads a text
    (``is_led``), its first piece is not scored.

    >>> list(_windows(9, 4, is_led=True)), list(_windows(3, 4, is_led=False))
    ([(0, 0, 4), (2, 4, 6), (4, 6, 8), (6, 8, 9)], [(0, 1, 3)])
    """
    first, end = (0 if is_led else 1), min(room, n)
    while first < end:
        yield max(0, first - room // 2), first, end
        first, end = end, min(end + room - room // 2, n)


def _excerpts(pieces: HubText, starts: Ids, ends: Ids, *, before: int, after: int, n_chars: int) -> tuple[Ids, Ids]:
    """Around each run, the characters of so many pieces before and after it. Shapes ``(n,)``, twice."""
    first, end = pieces.places(starts, ends)
    lefts = np.concatenate((pieces.starts, [n_chars]))[np.maximum(first - before, 0)]
    rights = np.concatenate((pieces.ends, [n_chars]))[np.minimum(end + after - 1, len(pieces.ids))]
    lefts = np.where(first <= before, 0, lefts)
    return np.minimum(lefts, starts), np.maximum(rights, ends)


def _saved(old_ids: Ids, old_bits: Bits, new_ids: Ids, new_bits: Bits) -> float:
    """What the second wording saves: the same pieces at the beginning cost the same and are left out."""
    shorter = min(len(old_ids), len(new_ids))
    other = np.flatnonzero(old_ids[:shorter] != new_ids[:shorter])
    same = int(other[0]) if len(other) else shorter
    return float(old_bits[same:].sum() - new_bits[same:].sum())


def open_model(folder: Path) -> HubModel:
    """The language model of a local folder: config.json, model.safetensors (or its shards and their index), and a tokenizer.

    Whatever precision the weights have, float32 is computed with.

    Raises:
        ModelError: The folder is not there, lacks a part, holds weights that only pickle reads, needs code of its own, or holds
            a model that is neither causal nor masked.
    """
    return HubModel(*open_folder(folder))
