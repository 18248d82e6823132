"""The features of words: finite and alone in every text, and what moves each of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.lm import Gains, load_gain_reader, load_substitutions
from detector.score.signs import SIGNS, WordSigns, signs
from detector.text import quotations
from tests.articles import FEW, documents
from tests.strategies import prose, wild

_LOWEST, _HIGHEST = -30, 30
_TOKENS = (
    "The",
    " mayor",
    " metropolis",
    " Home",
    " mentioned",
    " occasions",
    "“",
    "”",
    ". ",
    "\n",
    " in the",
    " city",
    "\ud800",
    " 漢",
)
_NEWS = (
    "Inspectors closed the eastern landing of the harbour on Tuesday after they had found rust in eleven of its piles. "
    "Farmers who ship milk at dawn will drive to the town, the board said. Repairs will take until October."
)


def texts() -> st.SearchStrategy[str]:
    """Words that may stand for others among marks and other scripts; and any string at all."""
    return st.lists(st.sampled_from(_TOKENS), max_size=12).map("".join) | prose() | wild()


def _read(many: list[str]) -> tuple[Gains, WordSigns]:
    gains = load_gain_reader().read(many)
    return gains, signs(gains, [quotations(text) for text in many], load_substitutions())


def _of(text: str, word: str, sign: str) -> list[float]:
    """A sign at each place of a word."""
    gains, found = _read([text])
    places = [i for i, (a, b) in enumerate(zip(gains.start, gains.end, strict=True)) if text[a:b] == word]
    values: list[float] = found.rows[places, SIGNS.index(sign)].tolist()
    return values


@given(st.lists(texts(), max_size=4))
def test_every_sign_of_every_word_is_finite(many: list[str]) -> None:
    """There is a row for each word and phrase, a column for each sign, and no value without bounds, whatever the texts."""
    gains, found = _read(many)

    assert (len(gains.text), len(SIGNS)) == found.rows.shape
    assert len(gains.text) == len(found.meant) == len(found.saved)
    assert found.rows.dtype == np.float32
    assert ((found.rows >= _LOWEST) & (found.rows <= _HIGHEST)).all()
    assert np.isfinite(found.saved).all()


def _alone(many: list[str]) -> None:
    """Check that each of the texts has among the others what it has alone."""
    gains, together = _read(many)
    bounds = np.searchsorted(gains.text, np.arange(len(many) + 1))
    for text, first, end in zip(many, bounds[:-1], bounds[1:], strict=True):
        _, alone = _read([text])
        assert alone.rows.tolist() == together.rows[first:end].tolist()
        assert alone.meant.tolist() == together.meant[first:end].tolist()
        assert alone.saved.tolist() == together.saved[first:end].tolist()


@given(st.lists(texts(), min_size=1, max_size=4))
def test_signs_do_not_depend_on_the_other_texts(many: list[str]) -> None:
    """Read together, texts have to the last bit the signs that each has alone."""
    _alone(many)


def test_signs_of_articles_do_not_depend_on_the_other_texts() -> None:
    """The same of sample articles, an empty text among them."""
    _alone([document.text for group in FEW for document in documents(group).values()] + [""])


def test_a_choice_that_fits_everywhere_counts_at_each_place() -> None:
    """A word that fits badly twice where the same choice would fit has a higher channel over the text than once."""
    once = _of("Two mentioned to her at noon. It rained.", "mentioned", "channel_text")
    twice = _of("Two mentioned to her at noon. Nobody mentioned to him that it rained.", "mentioned", "channel_text")

    assert len(set(twice)) == 1
    assert twice[0] > once[0]


def test_only_the_same_choice_is_pooled() -> None:
    """With another word at the second place, the first has the channel that it has by itself."""
    once = _of("Two mentioned to her at noon. It rained.", "mentioned", "channel_text")
    other = _of("Two mentioned to her at noon. Nobody instructed to him that it rained.", "mentioned", "channel_text")

    assert once == pytest.approx(other)


def test_words_inside_quotations_are_marked() -> None:
    """A word that begins inside a quotation is quoted, one before or behind it is not."""
    text = f"He closed the landing. “We closed the landing for good,” he said, and the landing stayed closed.\n{_NEWS}"

    assert _of(text, "landing", "quoted") == [0, 1, 0, 0]


def test_repetition_is_counted_within_a_text() -> None:
    """A word that stands once has none, one that stands four times two doublings, whatever its case."""
    text = "Piles rot. Nobody saw the piles; new piles cost money, and piles are slow to drive."

    assert _of(text, "piles", "repeats") == [2, 2, 2]
    assert _of(text, "money", "repeats") == [0]


def test_the_original_elsewhere_speaks() -> None:
    """Where the text has the likeliest original elsewhere, the word's sign says so."""
    (with_it,) = _of("The metropolis sleeps. A city never sleeps.", "metropolis", "original_elsewhere")
    (without,) = _of("The metropolis sleeps. A canal never sleeps.", "metropolis", "original_elsewhere")

    assert with_it > without == 0


def test_what_is_meant_saves_what_it_gains() -> None:
    """The bits saved are the gain of the choice that is meant; a word without choices means nothing and saves nothing."""
    gains, found = _read([f"The metropolis mentioned zzyzxes. {_NEWS}"])
    for word, (meant, saved) in enumerate(zip(found.meant.tolist(), found.saved.tolist(), strict=True)):
        choices = dict(zip(gains.original[gains.owner == word].tolist(), gains.gain[gains.owner == word].tolist(), strict=True))

        assert (choices[meant] if choices else 0.0) == saved
        assert (meant == -1) is (not choices)


def test_neighbours_are_those_of_the_same_text() -> None:
    """The first word of a text has no word before it, the last none behind it."""
    gains, found = _read([_NEWS, _NEWS])
    before, after = (found.rows[:, SIGNS.index(f"bits_{side}")].tolist() for side in ("before", "after"))
    half = len(gains.text) // 2

    assert before[0] == before[half] == after[half - 1] == after[-1] == -10
    assert before[1] == gains.bits[0]
    assert after[0] == gains.bits[1]


def test_rare_words_in_place_of_frequent_ones_raise_the_channel() -> None:
    """A report with four words exchanged has a higher mean channel than the report."""
    spun = _NEWS.replace("closed", "shuttered").replace("said", "mentioned").replace("town", "metropolis").replace("take", "lift")
    means = [_read([text])[1].rows[:, SIGNS.index("channel")].mean() for text in (_NEWS, spun)]

    assert means[0] < means[1]
