"""Long and hostile input: a bounded cost, and an answer that a reader would give."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from detector import align
from tests.align.stories import INQUIRY, LIBRARY, paragraph

_MAX_CPU_SECONDS = 10.0
_MAX_CPU_SECONDS_LONG = 30.0
"""Several times what a quiet machine takes; costs that grow with the square of the input take minutes."""

_SENTENCE = "The harbour board closed the eastern ferry landing on Tuesday."


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def _made_up(n_words: int, draw: random.Random) -> str:
    return " ".join(f"{draw.randrange(10**9):x}w" for _ in range(n_words))


def test_3000_formulaic_lines_find_their_own() -> None:
    """Lines that differ in a figure alone, in another order, are linked by that figure."""
    lines = [f"Ward {i} of the district counted {7 * i + 11} ballots before midnight on Tuesday." for i in range(3000)]
    shuffled = random.Random(1).sample(lines, len(lines))
    with _within(_MAX_CPU_SECONDS):
        alignment = align(lines, shuffled)
    n_right = sum(lines[b.source[0]] == shuffled[b.target[0]] for b in alignment.links if len(b.source) == 1 == len(b.target))

    assert alignment.relation == "copy"
    assert n_right >= 0.95 * len(lines)


def test_10000_sentences_of_one_word_each() -> None:
    """Two halves that changed places are a copy, each sentence linked with its own."""
    draw = random.Random(2)
    source = sorted({_made_up(1, draw) for _ in range(10_400)})[:10_000]
    with _within(_MAX_CPU_SECONDS):
        alignment = align(source, source[5000:] + source[:5000])

    assert alignment.relation == "copy"
    assert [((i,), ((i + 5000) % 10_000,)) for i in range(10_000)] == [(b.source, b.target) for b in alignment.links]


@pytest.mark.parametrize(("n_source", "n_target"), [(5000, 5000), (5000, 4000), (1, 5000)])
def test_one_sentence_5000_times(n_source: int, n_target: int) -> None:
    """A sentence that repeats is linked with itself as far as there are sentences on both sides."""
    with _within(_MAX_CPU_SECONDS):
        alignment = align([_SENTENCE] * n_source, [_SENTENCE] * n_target)
    n_linked = sum(len(bead.source) for bead in alignment.links)

    assert {1.0} == {bead.similarity for bead in alignment.links}
    assert min(n_source, n_target) <= n_linked
    assert (alignment.relation == "identical") == (n_source == n_target)


@pytest.mark.parametrize("unit", ["A-", "Aa ", "1,", "a'", "— ", "“A "], ids=repr)
def test_a_hostile_line_costs_no_more_than_its_length(unit: str) -> None:
    """One line of 100,000 characters is unrelated to an article, soon."""
    with _within(_MAX_CPU_SECONDS):
        alignment = align(unit * (100_000 // len(unit)), paragraph(INQUIRY))

    assert alignment.relation == "unrelated"


def test_a_sentence_of_50000_words_is_compared() -> None:
    """One sentence without an end is linked with one that has a paragraph inserted."""
    text = _made_up(50_000, random.Random(3))
    middle = text.index(" ", len(text) // 2)
    with _within(_MAX_CPU_SECONDS):
        alignment = align([text], [text[:middle] + " " + paragraph(LIBRARY) + text[middle:]])

    assert [((0,), (0,))] == [(bead.source, bead.target) for bead in alignment.links]
    assert alignment.links[0].edits[1].op == "insert"


@pytest.mark.slow
def test_100000_words_of_which_two_in_ten_were_reused_out_of_order() -> None:
    """Of 5,000 sentences, 1,000 scattered into another text are all found, as parts of two texts that share no more."""
    draw = random.Random(4)
    source, target = ([_made_up(20, draw) for _ in range(5000)] for _ in range(2))
    taken = draw.sample(range(5000), 1000)
    for k, i in enumerate(taken):
        target[5 * k] = source[i]
    with _within(_MAX_CPU_SECONDS_LONG):
        alignment = align(source, target)
    links = {(bead.source, bead.target) for bead in alignment.links}

    assert {((i,), (5 * k,)) for k, i in enumerate(taken)} <= links
    assert alignment.relation == "partial"
