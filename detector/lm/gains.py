"""Substitution gains: for each content word of a text, how much better what it may stand for would fit in its place.

A word's gain is the bits that a choice saves, over the word itself and the two pieces after it. Texts are read together, in one
pass of look-ups; each is read as if alone, so that its gains do not depend on the others.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.lm.piece_lm import PieceLM, load_piece_lm
from detector.lm.pieces import BEGIN, Pieces, PieceText, load_pieces, units
from detector.lm.substitutions import Substitutions, load_substitutions
from detector.text import FUNCTION_WORDS

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
_LEAST_LETTERS = 2
_HOPELESS, _OUTDONE = -8, 5
"""A choice of fewer bits than this after what stands before it, or so far behind the word's best, is not tried further."""
_NEVER = np.float32(-99)
_NAME_BITS = 2
"""A form that is this much likelier with a capital than without is taken for a name."""
_OPENERS = frozenset(".?!:;\"'“”‘’(—–-*•")
"""A word after one of these may be written with a capital whatever it is."""


class Gains(NamedTuple):
    """The content words of texts, shapes ``(n_words,)``, and what each may stand for, shapes ``(n_choices,)``."""

    text: Ints
    """The place of the text that each word stands in, ascending."""
    start: Ints
    """Offsets in its own text."""
    end: Ints
    number: Ints
    """The number of its form in the substitutions, -1 where they do not have it, and for a phrase."""
    is_phrase: Bools
    """It is what a spinner's phrase rule writes: a run of words, or a function word."""
    form: Ints
    """A number for each different form of these texts."""
    bits: Floats
    """Surprisal of the word."""
    next_bits: Floats
    """Surprisal of the two pieces after it."""
    n_pieces: Ints
    is_capital: Bools
    is_opening: Bools
    """It stands where a sentence, a line or a quotation begins."""
    owner: Ints
    """The word of each choice, ascending."""
    original: Ints
    """The number of the form that the word may stand for; below -1, minus two less the place of a phrase rule."""
    log2_q: Floats
    gain: Floats


class _Unit(NamedTuple):
    """What is known of a unit by itself: whether its letters are a content word's, and how it is written."""

    number: int
    is_content: bool
    is_capital: bool
    has_blank: bool
    begins_line: bool
    is_opener: bool
    token: int
    """Its number among the words of phrase rules, 0 for a word of none."""


_NUMBER, _CONTENT, _CAPITAL, _BLANK, _LINE, _OPENER, _TOKEN = range(len(_Unit._fields))
"""The columns of tables that have a ``_Unit`` in each row."""


class _Runs(NamedTuple):
    """Runs of units, half-open, in order; ``rule`` is the first phrase rule that writes such a run, -1 for a word."""

    first: Ints
    end: Ints
    rule: Ints


class _Choices(NamedTuple):
    owner: Ints
    original: Ints
    log2_q: Floats
    gain: Floats


class GainReader:
    """The piece model, its n-grams and the substitutions, which together give gains; what it learns of units it remembers."""

    def __init__(self, pieces: Pieces, lm: PieceLM, table: Substitutions) -> None:
        self._pieces, self._lm, self._table = pieces, lm, table
        self._written: list[str] = pieces.written_units
        self._units: NDArray[np.int64] = np.zeros((0, len(_Unit._fields)), dtype=np.int64)
        whole = pieces.whole()
        forms = [table.forms[i] for i in table.originals.tolist()]
        # The piece of each original: without and with a blank before it, in lower case and with a capital; -1 for several.
        self._piece = np.array(
            [[whole.get(blank + written, -1) for form in forms for written in (form, form.capitalize())] for blank in ("", " ")]
        ).reshape(2, len(forms), 2)
        # A form that is mostly written with a capital is a name, which stands for no other word.
        self._whole = whole
        log_p = np.where(self._piece[1] >= 0, lm.pieces[self._piece[1], 0].astype(np.float32), _NEVER)
        self._piece[:, log_p[:, 1] > log_p[:, 0] + _NAME_BITS] = -1
        written = [tuple(unit.strip() for unit in units(copy)) for copy, _, _ in table.phrases]
        self._tokens = {token: i for i, token in enumerate(sorted({t for tokens in written for t in tokens}), 1)}
        self._rules: dict[tuple[int, ...], list[int]] = {}  # those that write the same run of tokens
        for rule, tokens in enumerate(written):
            self._rules.setdefault(tuple(self._tokens[token] for token in tokens), []).append(rule)
        # Where a phrase may begin: at a token that is one by itself, and where its first two stand.
        size = len(self._tokens) + 1
        self._begins = np.zeros((size, size), dtype=bool)
        for run in self._rules:
            self._begins[(run[0], slice(None)) if len(run) == 1 else run[:2]] = True
        self._longest = max(map(len, self._rules), default=0)
        self._alike = {rule: rules for rules in self._rules.values() for rule in rules}
        self._meant: dict[tuple[int, bool, bool], list[int]] = {}

    def is_name(self, form: str) -> bool:
        """True for a form that is mostly written with a capital."""
        low, capital = self._whole.get(f" {form}"), self._whole.get(f" {form.capitalize()}")
        if low is None or capital is None:
            return capital is not None
        log_p = self._lm.pieces[[low, capital], 0]
        return bool(log_p[1] > log_p[0] + _NAME_BITS)

    def word_bits(self, text: str, starts: Ints, ends: Ints) -> Floats:
        """The surprisal of runs of characters of a text, after what stands before them. Shape ``(n_runs,)``."""
        return self._lm.of_spans(self._pieces.encode(text), starts, ends)

    def _about(self, units: Ints) -> NDArray[np.int64]:
        """The rows of ``_Unit`` for numbers of units. Shape ``(n_units, 7)``."""
        if self._written is not self._pieces.written_units:
            self._written, self._units = self._pieces.written_units, self._units[:0]
        new = self._written[len(self._units) :]
        if new:
            rows = np.array([self._unit(unit) for unit in new], dtype=np.int64)
            self._units = np.concatenate((self._units, rows))
        return self._units[units]

    def _unit(self, unit: str) -> _Unit:
        word = unit.strip()
        form = word.lower()
        return _Unit(
            number=self._table.number(form),
            is_content=_is_content(word),
            is_capital=word[:1].isupper(),
            has_blank=unit[:1].isspace() and bool(word),
            begins_line=unit[:1] in "\r\n",
            is_opener=word in _OPENERS,
            token=self._tokens.get(form, 0),
        )

    def read(self, texts: Sequence[str]) -> Gains:
        """The gains of the content words of texts."""
        joined = "".join([f"\n{text}" for text in texts])
        begins = np.array(list(accumulate((len(text) + 1 for text in texts), initial=0)), dtype=np.int64)
        found = self._pieces.encode(joined)
        about = self._about(found.units)
        unit_starts = np.concatenate(([0], found.unit_ends[:-1])) if len(found.units) else found.unit_ends
        unit_text = np.searchsorted(begins, unit_starts, side="right") - 1
        row, place = _padded(found.ids, np.repeat(unit_text, np.diff(found.unit_pieces)), len(texts))
        pairs = self._lm.bigram(row[:-1], row[1:])
        bits = np.zeros(len(row) + 1, dtype=np.float64)
        bits[3:] = self._lm.bits(row[:-2], row[1:-1], row[2:], context=pairs[:-1], pair=pairs[1:])
        bits[1:][row == BEGIN] = 0.0  # the end of a text: what follows is another's
        total = np.cumsum(bits)  # total[k]: the bits of the pieces before place k of the row

        runs = self._runs(found, about)
        unit = about[runs.first]
        text = unit_text[runs.first]
        first, end = place[found.unit_pieces[runs.first]], place[found.unit_pieces[runs.end] - 1] + 1
        is_phrase = runs.rule >= 0
        number = np.where(is_phrase, -1, unit[:, _NUMBER])
        own = Gains(
            text=text,
            start=unit_starts[runs.first] + unit[:, _BLANK] - begins[text] - 1,
            end=found.unit_ends[runs.end - 1] - begins[text] - 1,
            number=number,
            is_phrase=is_phrase,
            form=np.where(is_phrase, -2 - runs.rule - len(self._written), self._forms(found.units[runs.first], number)),
            bits=(total[end] - total[first]).astype(np.float32),
            next_bits=(total[end + 2] - total[end]).astype(np.float32),
            n_pieces=end - first,
            is_capital=unit[:, _CAPITAL] > 0,
            is_opening=_opening(about, unit_text)[runs.first],
            owner=text[:0],
            original=text[:0],
            log2_q=np.zeros(0, np.float32),
            gain=np.zeros(0, np.float32),
        )
        words = self._of_words(own, unit, row, pairs, first, end)
        phrases = self._of_phrases(own, runs.rule, unit[:, _BLANK], row, first, end)
        order = np.argsort(np.concatenate((words.owner, phrases.owner)), kind="stable")
        return own._replace(
            owner=np.concatenate((words.owner, phrases.owner))[order],
            original=np.concatenate((words.original, phrases.original))[order],
            log2_q=np.concatenate((words.log2_q, phrases.log2_q))[order],
            gain=np.concatenate((words.gain, phrases.gain))[order],
        )

    def _runs(self, found: PieceText, about: NDArray[np.int64]) -> _Runs:
        """The content words, and the runs of units that phrase rules write."""
        content = np.flatnonzero(about[:, _CONTENT] * (found.unit_pieces[1:] > found.unit_pieces[:-1]))
        phrases = list(self._phrases(about[:, _TOKEN], about[:, _LINE]))
        first, end, rule = np.array(phrases, dtype=np.int64).reshape(-1, 3).T
        first, end = np.concatenate((content, first)), np.concatenate((content + 1, end))
        rule = np.concatenate((np.full(len(content), -1), rule))
        order = np.lexsort((rule, end, first))
        return _Runs(first[order], end[order], rule[order])

    def _phrases(self, tokens: Ints, begins_line: Ints) -> Iterator[tuple[int, int, int]]:
        """The phrases that rules write: first unit, end, first rule; none goes on where a line begins."""
        after = np.append(tokens[1:], 0)[: len(tokens)]
        listed, lines = tokens.tolist(), begins_line.tolist()
        for first in np.flatnonzero(self._begins[tokens, after] & (tokens > 0)).tolist():
            run = [listed[first]]
            for i in range(first + 1, min(first + self._longest, len(listed)) + 1):
                if rules := self._rules.get(tuple(run)):
                    yield first, i, rules[0]
                if i == len(listed) or lines[i] or not listed[i]:
                    break
                run.append(listed[i])

    def _forms(self, units: Ints, numbers: Ints) -> Ints:
        """A number for each form: that of the substitutions, or for others one below -1, by their unit."""
        forms = numbers.copy()
        unknown = np.flatnonzero(numbers < 0)
        seen: dict[str, int] = {}
        for i, unit in zip(unknown.tolist(), units[unknown].tolist(), strict=True):
            forms[i] = -2 - seen.setdefault(self._written[unit].strip().lower(), len(seen))
        return forms

    def _of_words(  # noqa: PLR0917 - the row, and where the words stand in it
        self, own: Gains, unit: NDArray[np.int64], row: Ints, pairs: Ints, first: Ints, end: Ints
    ) -> _Choices:
        """What each word may stand for; a choice that is no single piece, or that what stands before it rules out, is left out."""
        owner, original, log2_q = self._table.choices(own.number)
        piece = self._piece[unit[owner, _BLANK], original, unit[owner, _CAPITAL]]
        kept = np.flatnonzero(piece >= 0)
        owner, original, log2_q, piece = owner[kept], original[kept], log2_q[kept], piece[kept]
        before = first[owner]
        pair1 = self._lm.bigram(row[before - 1], piece)
        bits = self._lm.bits(row[before - 2], row[before - 1], piece, context=pairs[before - 2], pair=pair1)
        so_far = own.bits[owner] - bits + log2_q
        kept = np.flatnonzero((so_far > _HOPELESS) & (so_far > (_best(so_far, owner, len(first)) - _OUTDONE)[owner]))
        owner, original, piece, pair1 = owner[kept], original[kept], piece[kept], pair1[kept]
        log2_q, bits = log2_q[kept], bits[kept]
        before, after = first[owner], end[owner]
        next1, next2 = row[after], row[after + 1]
        pair2 = self._lm.bigram(piece, next1)
        inside = next1 != BEGIN
        bits += inside * self._lm.bits(row[before - 1], piece, next1, context=pair1, pair=pair2)
        bits += (inside & (next2 != BEGIN)) * self._lm.bits(piece, next1, next2, context=pair2, pair=pairs[after])
        return _Choices(owner, self._table.originals[original], log2_q, (own.bits + own.next_bits)[owner] - bits)

    def _of_phrases(  # noqa: PLR0917 - the row, and where the phrases stand in it
        self, own: Gains, rule: Ints, has_blank: Ints, row: Ints, first: Ints, end: Ints
    ) -> _Choices:
        """What each phrase may stand for: all rules that write it."""
        found = [(i, r) for i in np.flatnonzero(rule >= 0).tolist() for r in self._alike[int(rule[i])]]
        windows = []
        for i, r in found:
            meant = self._pieces_of(r, is_capital=bool(own.is_capital[i]), has_blank=bool(has_blank[i]))
            windows.append([*row[first[i] - 2 : first[i]].tolist(), *meant, *row[end[i] : end[i] + 2].tolist()])
        n_of = np.array([len(window) for window in windows], dtype=np.int64)
        flat = np.array(list(chain.from_iterable(windows)), dtype=np.int64)
        bits = np.zeros(len(flat), dtype=np.float64)
        if len(flat):
            bits[2:] = self._lm.bits(flat[:-2], flat[1:-1], flat[2:])
            bits[flat == BEGIN] = 0.0
        begins = np.cumsum(n_of) - n_of
        total = np.concatenate(([0.0], np.cumsum(bits)))
        owner = np.array([i for i, _ in found], dtype=np.int64)
        gain = (own.bits + own.next_bits)[owner] - (total[begins + n_of] - total[begins + 2]).astype(np.float32)
        log2_q = np.array([self._table.phrases[r][2] for _, r in found], dtype=np.float32)
        return _Choices(owner, np.array([-2 - r for _, r in found], dtype=np.int64), log2_q, gain)

    def _pieces_of(self, rule: int, *, is_capital: bool, has_blank: bool) -> list[int]:
        """The pieces of what a phrase rule stood for, written as the phrase is."""
        key = rule, is_capital, has_blank
        if key not in self._meant:
            original = self._table.phrases[rule][1]
            written = original[0].upper() + original[1:] if is_capital else original
            self._meant[key] = self._pieces.encode(" " * has_blank + written).ids.tolist()
        return self._meant[key]


def _best(values: Floats, owner: Ints, n: int) -> Floats:
    """The largest value of each owner, -inf for one without any. Shape ``(n,)``."""
    found = np.full(n, -np.inf, dtype=np.float32)
    np.maximum.at(found, owner, values)
    return found


def _is_content(word: str) -> bool:
    """True for words of plain letters that are no function words; not for what is written in capitals throughout."""
    plain = word.isalpha() and word.isascii() and len(word) >= _LEAST_LETTERS
    return plain and word[1:] == word[1:].lower() and word.lower() not in FUNCTION_WORDS


def _padded(ids: Ints, text: Ints, n_texts: int) -> tuple[Ints, Ints]:
    """The pieces with two ``BEGIN`` before each text and behind the last, and the place of each piece among them."""
    place = np.arange(len(ids)) + 2 * (text + 1)
    row = np.full(len(ids) + 2 * (n_texts + 1), BEGIN, dtype=np.int64)
    row[place] = ids
    return row, place


def _opening(about: NDArray[np.int64], unit_text: Ints) -> Bools:
    """Where the unit begins a text or a line, or stands behind an opener, blanks between them not counted."""
    before = np.concatenate(([1], about[:-1, _OPENER] | ((about[:-1, _BLANK] == 0) & about[:-1, _LINE])))[: len(about)]
    new_text = np.concatenate(([True], unit_text[1:] != unit_text[:-1]))[: len(about)]
    return np.asarray((before > 0) | new_text | (about[:, _LINE] > 0))


@cache
def load_gain_reader() -> GainReader:
    """The reader made of the tables that ship with the package, once a process."""
    return GainReader(load_pieces(), load_piece_lm(), load_substitutions())
