"""Substitution gains: against encoding the text anew with each choice in its place, and each text against itself among others."""

from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector.lm import GainReader, Gains, Substitutions, load_gain_reader, load_piece_lm, load_pieces, load_substitutions
from detector.lm.gains import _NAME_BITS
from detector.lm.pieces import units
from detector.text import FUNCTION_WORDS
from tests.strategies import prose, wild

_REPORT = (
    "The metropolis authorities instructed two reporters on Friday that “regulation enforcement” had greater than 40 brokers.\n"
    "Occasions at the White Home had been few, an aide mentioned; in entrance of it folks waited, it's onerous to say for how long"
)
_TOKENS = (
    *(
        "The",
        " metropolis",
        " Metropolis",
        " METROPOLIS",
        " authorities",
        " mentioned",
        "Occasions",
        " home",
        "-regulation",
        " u.s.",
    ),
    *(" in the", " in entrance of", " As soon as extra", " greater than", " the place", " of", " 12 months", " it's", " naïve"),
    *(".", ",", " “", "”", "\n", "\r\n", "  ", " 40", " (", "\u00a0", "本", "\ud800", "__", "Москва "),
)


def texts() -> st.SearchStrategy[str]:
    """Words that may stand for others, phrases of rules, capitals, marks, blanks, other scripts; and any string at all."""
    return st.lists(st.sampled_from(_TOKENS), max_size=14).map("".join) | prose() | wild()


@pytest.fixture(scope="module")
def reader() -> GainReader:
    """What ships with the package."""
    return load_gain_reader()


@pytest.fixture(scope="module")
def table() -> Substitutions:
    """The table that ships with the package."""
    return load_substitutions()


class _Piecewise(NamedTuple):
    """A text as the reader has it, a line break before it: the bits of each piece, and where each piece ends."""

    bits: np.ndarray
    ends: np.ndarray


def _piecewise(text: str) -> _Piecewise:
    found = load_pieces().encode(f"\n{text}")
    return _Piecewise(load_piece_lm().surprisal(found.ids).astype(np.float64), found.ends)


def _cost(read: _Piecewise, start: int, end: int, n_after: int) -> float:
    """The bits of the pieces that end inside a run of the text, and of so many pieces after it."""
    first, last = np.searchsorted(read.ends, (start + 1, end + 1), side="right")
    return float(read.bits[first : last + n_after].sum())


def _blank_before(text: str, start: int) -> int:
    """Where the run begins with the blank before it; that before a text is the line break that the reader puts there."""
    return start - (start == 0 or text[start - 1].isspace())


def _of_text(found: Gains, text: int) -> list[np.ndarray]:
    """The columns of one text, its forms and owners counted from 0."""
    first, end = np.searchsorted(found.text, (text, text + 1))
    choice, last = np.searchsorted(found.owner, (first, end))
    _, forms = np.unique(found.form[first:end], return_inverse=True)
    _, firsts, order = np.unique(forms, return_index=True, return_inverse=True)
    words: list[np.ndarray] = [column[first:end] for column in found[1:5]] + [np.argsort(np.argsort(firsts))[order]]
    words += [column[first:end] for column in found[6:11]]
    return [*words, found.owner[choice:last] - first, *(column[choice:last] for column in found[12:])]


@given(texts())
def test_own_bits_are_those_of_the_pieces(reader: GainReader, text: str) -> None:
    """The bits of a word, the blank before it included, are what the piece model says of that run."""
    found = reader.read([text])
    starts = np.array([_blank_before(text, start) + 1 for start in found.start.tolist()], dtype=np.int64)
    expected = load_piece_lm().of_spans(load_pieces().encode(f"\n{text}"), starts, found.end + 1)

    assert expected == pytest.approx(found.bits, abs=1e-3)


@given(texts())
@settings(max_examples=60)
def test_a_gain_is_what_the_text_with_the_choice_costs_less(reader: GainReader, table: Substitutions, text: str) -> None:
    """A choice gains the bits of the run and of the two pieces after it, less those of the text encoded with it in its place."""
    found = reader.read([text])
    before = _piecewise(text)
    for owner, original, gain in zip(found.owner.tolist(), found.original.tolist(), found.gain.tolist(), strict=True):
        start, end = int(found.start[owner]), int(found.end[owner])
        begin = _blank_before(text, start)
        meant = table.written(original)
        meant = meant[:1].upper() + meant[1:] if found.is_capital[owner] else meant
        after = _piecewise(text[:start] + meant + text[end:])
        expected = _cost(before, begin, end, 2) - _cost(after, begin, start + len(meant), 2)

        assert expected == pytest.approx(gain, abs=2e-3), (text[start:end], meant)


def test_the_two_pieces_after_a_word_are_counted(reader: GainReader) -> None:
    """The bits after a word are those of the next two pieces, of one where the text ends behind it, and none at its end."""
    for text in ("The city said so.", "The city said", "The city"):
        found = reader.read([text])
        read = _piecewise(text)
        expected = [_cost(read, end, end, 2) for end in found.end.tolist()]

        assert expected == pytest.approx(found.next_bits, abs=1e-3)


@given(st.lists(texts(), max_size=5))
def test_texts_are_read_as_if_alone(reader: GainReader, many: list[str]) -> None:
    """Read together, texts have to the last bit what each has alone, forms and words counted from its own first."""
    together = reader.read(many)
    for i, text in enumerate(many):
        for ours, alone in zip(_of_text(together, i), _of_text(reader.read([text]), 0), strict=True):
            assert ours.tolist() == alone.tolist()


def test_long_texts_are_read_as_if_alone(reader: GainReader) -> None:
    """The same of a text of ten thousand words between short ones, of a blank and of an empty one."""
    long = " ".join([_REPORT] * (10_000 // len(_REPORT.split()) + 1))
    many = ["", long, " \n", _REPORT, long[7:]]
    together = reader.read(many)
    for i, text in enumerate(many):
        for ours, alone in zip(_of_text(together, i), _of_text(reader.read([text]), 0), strict=True):
            assert np.array_equal(ours, alone)


def test_what_was_read_before_does_not_matter() -> None:
    """A reader that has read other texts, and one whose pieces have forgotten theirs, give what a new one gives."""
    parts = load_pieces(), load_piece_lm(), load_substitutions()
    old, new = GainReader(*parts), GainReader(*parts)
    old.read(["Unheard-of zzyzx 漢字 before."])
    parts[0]._forget()  # as when 65,536 units are remembered
    expected = _of_text(new.read([_REPORT]), 0)

    assert all(np.array_equal(a, b) for a, b in zip(expected, _of_text(old.read([_REPORT]), 0), strict=True))


@given(texts())
def test_every_content_word_is_found_where_it_stands(reader: GainReader, text: str) -> None:
    """The words are the units of two or more plain letters, not all capitals and no function words, in order."""
    found = reader.read([text])
    ends = [*accumulate(len(unit) for unit in units(f"\n{text}"))]
    stripped = [(end - len(unit.lstrip()) - 1, end - 1) for unit, end in zip(units(f"\n{text}"), ends, strict=True)]
    expected = [
        (start, end)
        for start, end in stripped
        if (word := text[max(start, 0) : end]).isalpha()
        and word.isascii()
        and len(word) > 1
        and word[1:].islower()
        and word.lower() not in FUNCTION_WORDS
    ]
    spans = list(zip(found.start.tolist(), found.end.tolist(), strict=True))

    assert expected == [span for span, is_phrase in zip(spans, found.is_phrase.tolist(), strict=True) if not is_phrase]
    assert all(a <= b for a, b in pairwise(spans))


@given(texts())
def test_a_phrase_is_one_that_a_rule_writes(reader: GainReader, table: Substitutions, text: str) -> None:
    """Each phrase stands there as a rule has it, and may stand for what all the rules with it stood for."""
    found = reader.read([text])
    for i in np.flatnonzero(found.is_phrase).tolist():
        written = " ".join(text[found.start[i] : found.end[i]].lower().split())
        meant = sorted(table.written(original) for original in found.original[found.owner == i].tolist())
        expected = sorted(original for copy, original, _ in table.phrases if units(copy) == units(written))

        assert expected == meant != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They stood in entrance of it.", {"in front of"}),
        ("As soon as extra they came.", {"once more"}),
        ("They stood in\nentrance of it.", set()),
        ("They stood in  entrance of it.", set()),
        ("They stood in, entrance of it.", set()),
    ],
)
def test_phrases_stand_in_one_line_with_single_blanks(
    reader: GainReader, table: Substitutions, text: str, expected: set[str]
) -> None:
    """A rule's phrase is found whatever its case, not over a line's end, a doubled blank or a mark."""
    originals = {table.written(original) for original in reader.read([text]).original.tolist()}

    assert expected == originals & {"in front of", "once more"}


def test_a_word_in_capitals_has_no_gain(reader: GainReader) -> None:
    """METROPOLIS may be anything; Metropolis is read as metropolis is, its choices with a capital."""
    lower, capital, capitals = (reader.read([f"in a {word} of"]) for word in ("metropolis", "Metropolis", "METROPOLIS"))

    assert lower.number.tolist() == capital.number.tolist()
    assert (lower.is_capital.tolist(), capital.is_capital.tolist(), len(capitals.text)) == ([False], [True], 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Home is", True),
        ("They say. Home is", True),
        ("They say: “Home is", True),
        ("They say\nHome is", True),
        ("They say \n Home is", True),
        ("They say Home is", False),
        ("They say, Home is", False),
    ],
)
def test_a_word_opens_where_a_capital_says_nothing(reader: GainReader, text: str, expected: bool) -> None:
    """The first word of a text, a line, a sentence or a quotation may be written with a capital whatever it is."""
    found = reader.read([text])
    (home,) = np.flatnonzero(found.start == text.index("Home")).tolist()

    assert bool(found.is_opening[home]) is expected


def test_each_text_opens_with_its_first_word(reader: GainReader) -> None:
    """The first word of a text opens it, whatever stood last in the text before."""
    found = reader.read(["They say", "home is", "home is"])

    assert found.is_opening[found.text > 0].tolist() == [True, True]


def test_names_are_no_choices(reader: GainReader, table: Substitutions) -> None:
    """No word may stand for one that is mostly written with a capital: four times as often as without."""
    found = reader.read([" ".join(form for form in table.forms[::7] if form.isalpha())])
    forms = [table.forms[i] for i in sorted(set(found.original[found.original >= 0].tolist()))]
    whole = load_pieces().whole()
    log_p = {f: [load_piece_lm().pieces[whole.get(f" {w}", -1), 0] for w in (f, f.capitalize())] for f in forms}
    lower, capital = (np.array([log_p[form][k] for form in forms], dtype=np.float32) for k in (0, 1))
    has_capital = np.array([f" {form.capitalize()}" in whole for form in forms])

    assert len(forms) > 1000
    assert all(f" {form}" in whole for form in forms)
    assert (capital[has_capital] <= lower[has_capital] + _NAME_BITS).all()


def test_nothing_is_read_of_no_texts(reader: GainReader) -> None:
    """No texts, and texts without words, have no words and no choices."""
    for many in ([], [""], ["", " "], ["12 — ?"]):
        assert [0] * len(Gains._fields) == [len(column) for column in reader.read(many)]
