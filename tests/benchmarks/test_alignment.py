"""The programs that measure the aligner: strict and lax counts, joined passages, methods of others, parts, tables, costs."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality import alignment, alignment_sets
from benchmarks.quality.aligners import (
    Aligner,
    Found,
    difflib_words,
    merged,
    ours,
    rapidfuzz_in_order,
    rapidfuzz_mutual,
    tfidf_cosine,
)
from benchmarks.quality.beads import strict_lax, with_nulls
from benchmarks.quality.measures import ROOT, SHARED, Rectangle, rows
from benchmarks.quality.packaged import hunalign, ladder_links
from benchmarks.quality.plagdet import meet
from benchmarks.speed import alignment as speed
from benchmarks.speed.inputs.alignment import long_pair, short_pairs
from detector.text import from_sentences, segment
from detector.types import Document, SegmentedDocument

_needs_sets = pytest.mark.skipif(not SHARED.exists(), reason="the development sets are not beside this checkout")

_STORY = [
    "The harbour board closed the eastern ferry landing on Tuesday after inspectors had found rust.",
    "Eleven of the forty steel piles under the landing must be replaced before October.",
    "Island farmers, who ship their milk at dawn, must drive to the bridge at Lund instead.",
    "The board promised a smaller boat for school children by the end of the month.",
]
_OTHER = [
    "Astronomers photographed a comet above the southern desert late on Friday night.",
    "Its tail stretched across nine degrees of sky and could be seen without a telescope.",
    "Hundreds queued outside the observatory, some of them wrapped in blankets until sunrise.",
]


def _documents(*sides: Sequence[str]) -> list[SegmentedDocument]:
    return [from_sentences(side, str(i)) for i, side in enumerate(sides)]


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "lax"),
    [
        # precision, recall: all right, nulls too
        ([([0], [0]), ([1], [])], [((0,), (0,)), ((1,), ())], (1, 1), (1, 1)),
        # a 1-2 bead of which one half was found: laxly right; the null beside it is wrong both ways
        ([([0], [0, 1])], [((0,), (0,)), ((), (1,))], (0, 0), (1 / 2, 1)),
        # two 1-1 beads taken for one 2-2
        ([([0], [0]), ([1], [1])], [((0, 1), (0, 1))], (0, 0), (1, 1)),
        # a null counts in precision, not in recall
        ([([0], [0]), ([1], [])], [((0,), (0,)), ((1,), (1,))], (1 / 2, 1), (1 / 2, 1)),
        ([([0], [0]), ([1], [1])], [((0,), (0,)), ((1,), ()), ((), (1,))], (1 / 3, 1 / 2), (1 / 3, 1 / 2)),
        # the right source with the wrong target
        ([([0], [0]), ([1], [1])], [((0,), (1,)), ((1,), (0,))], (0, 0), (0, 0)),
        ([([0], [0])], [], (0, 0), (0, 0)),
    ],
)
def test_strict_and_lax_by_hand(
    gold: list[tuple[list[int], list[int]]],
    predicted: list[tuple[tuple[int, ...], tuple[int, ...]]],
    strict: tuple[float, float],
    lax: tuple[float, float],
) -> None:
    """Precision and recall, strict and lax, are those counted by hand."""
    found = strict_lax([gold], [predicted])

    assert (found["strict_precision"], found["strict_recall"]) == pytest.approx(strict)
    assert (found["lax_precision"], found["lax_recall"]) == pytest.approx(lax)


def test_articles_are_pooled() -> None:
    """Counts are added over articles, not figures: three right of four beads in all."""
    gold = [[([0], [0])], [([0], [0]), ([1], [1]), ([2], [2])]]
    found = strict_lax(gold, [[((0,), (0,))], [((0,), (0,)), ((1,), (1,)), ((2,), (0,))]])

    assert found["strict_f1"] == pytest.approx(3 / 4)


@given(st.integers(0, 4), st.integers(0, 4))
def test_every_sentence_left_over_is_a_null(n_source: int, n_target: int) -> None:
    """Links and nulls hold each sentence of both sides once."""
    links = [((i,), (i,)) for i in range(min(n_source, n_target)) if i % 2]
    beads = with_nulls(links, n_source, n_target)

    assert sorted(i for source, _ in beads for i in source) == list(range(n_source))
    assert sorted(j for _, target in beads for j in target) == list(range(n_target))


_PLACE = st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 60), st.integers(1, 9))
_RECTANGLES = st.lists(_PLACE.map(lambda p: (p[0], p[0] + p[1], p[2], p[2] + p[3])), max_size=8)


@given(_RECTANGLES, st.integers(0, 6))
def test_joined_passages_hold_all_and_stand_apart(found: list[Rectangle], gap: int) -> None:
    """Each rectangle lies in a joined one, and no two joined ones are within the gap on both texts."""
    joined = merged(found, gap, least_chars=0)

    for one in found:
        assert any(p[0] <= one[0] and one[1] <= p[1] and p[2] <= one[2] and one[3] <= p[3] for p in joined)
    for k, a in enumerate(joined):
        for b in joined[k + 1 :]:
            assert not (max(a[0], b[0]) <= min(a[1], b[1]) + gap and max(a[2], b[2]) <= min(a[3], b[3]) + gap)


def test_short_passages_are_dropped() -> None:
    """A passage shorter than the least on either text is left out."""
    assert merged([(0, 50, 0, 9), (100, 150, 100, 150)], gap_chars=5, least_chars=10) == ((100, 150, 100, 150),)


@pytest.mark.parametrize("aligner", [ours, rapidfuzz_mutual, tfidf_cosine, rapidfuzz_in_order])
def test_each_method_links_a_copy_with_its_original(aligner: Aligner) -> None:
    """Sentences taken over with a word changed are linked one by one."""
    copy = [sentence.replace("board", "council") for sentence in _STORY]

    assert aligner(*_documents(_STORY, copy)).links == tuple(((i,), (i,)) for i in range(len(_STORY)))


@pytest.mark.parametrize("aligner", [ours, difflib_words, rapidfuzz_mutual, tfidf_cosine])
def test_each_method_finds_the_passage_taken_over(aligner: Aligner) -> None:
    """Of a text that took over the end of another, the passage found meets just that end."""
    source, target = _documents([*_OTHER, *_STORY], [*_STORY, *reversed(_OTHER[:1])])
    passages = aligner(source, target).passages or ()
    start = source.sentences[len(_OTHER)].span.start

    assert any(meet(passage, (start, len(source.document.text), 0, len("".join(_STORY)))) for passage in passages)


@pytest.mark.parametrize("aligner", [ours, difflib_words, rapidfuzz_mutual, tfidf_cosine])
@pytest.mark.parametrize("other", [_OTHER, []])
def test_each_method_finds_nothing_in_unrelated_texts(aligner: Aligner, other: list[str]) -> None:
    """Two texts on different matters, or a text and an empty one, share no passage."""
    assert aligner(*_documents(_STORY, other)).passages == ()


def test_methods_in_order_join_and_leave_out() -> None:
    """A sentence told in two is a 1-2 bead; one without a counterpart stands in none."""
    told = ["Island farmers, who ship their milk at dawn,", "must drive to the bridge at Lund instead."]
    found = rapidfuzz_in_order(*_documents(_STORY, [_STORY[0], *told, _STORY[3]]))

    assert found.links == (((0,), (0,)), ((2,), (1, 2)), ((3,), (3,)))


def test_rungs_become_links() -> None:
    """Each pair of rungs is a bead; beads with an empty side are no links."""
    assert ladder_links("0\t0\t0.3\n1\t2\t0.5\n1\t3\t-0.3\n3\t4\t0\n") == (((0,), (0, 1)), ((1, 2), (3,)))


@pytest.mark.skipif(os.name != "posix", reason="the program that stands in for hunalign is a shell script")
def test_hunalign_is_given_one_line_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program gets both texts with a sentence a line, and its ladder becomes links."""
    program = tmp_path / "hunalign"
    counts = 'n=$(wc -l < "$4"); m=$(wc -l < "$5"); printf "0\\t0\\t1\\n%d\\t%d\\t1\\n" $n $m\n'
    program.write_text(f"#!/bin/sh\n{counts}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    assert hunalign(*_documents(_STORY[:1], _STORY[1:3])).links == (((0,), (0, 1)),)


def _toy(row_numbers: Sequence[int]) -> alignment_sets.Benchmark:
    def score(places: Sequence[int], found: Sequence[tuple[alignment_sets.Pair, Found]]) -> dict[str, float]:
        return {"links": float(sum(len(found[i][1].links or ()) for i in places))}

    return alignment_sets.Benchmark("toy", [(_STORY, _STORY[: i + 1]) for i in range(len(row_numbers))], row_numbers, score)


def test_even_rows_are_the_tune_half() -> None:
    """Figures are given for even rows, odd rows and all; a half without rows is left out."""
    parts = alignment.run(_toy([0, 1, 2]), ours)

    assert {part: figures["toy.links"] for part, figures in parts.items()} == {"tune half": 4, "report half": 2, "all": 6}
    assert set(alignment.run(_toy([0]), ours)) == {"tune half", "all"}


def test_what_was_not_measured_is_a_dash() -> None:
    """A table has a line for each figure that any aligner has, and no number where there is none."""
    lines = alignment.table({"one": {"a": 0.5, "b": 3.0}, "other": {"a": 1.0}})

    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]] == [
        ["a", "", "0.5", "1"],
        ["b", "", "3", "–"],
    ]


def test_the_samples_are_measured_without_the_development_sets() -> None:
    """All pairs of a group are scored; the links of a method that knows no relations are scored too."""
    benchmark = alignment_sets.samples()
    found = []
    for source, target in benchmark.texts[:16]:
        assert isinstance(source, str)
        assert isinstance(target, str)
        pair = segment(Document("0", source)), segment(Document("1", target))
        found.append((pair, ours(*pair)))
    figures = benchmark.score(range(16), found)
    bare = benchmark.score(range(16), [(pair, Found(one.links, one.passages)) for pair, one in found])

    assert figures["link_f1"] > 0.9
    assert figures["relations"] == 1
    assert bare == {name: value for name, value in figures.items() if name != "relations"}


@_needs_sets
def test_the_gold_of_pan13_is_perfect() -> None:
    """Where each case is found whole and nothing else, every plagdet is 1; where nothing is found, 0."""
    benchmark, places = alignment_sets.pan13(), range(400)
    pair = from_sentences([], "0"), from_sentences([], "1")
    cases = [
        tuple((c["this_offset"], c["this_offset"] + c["this_length"], *_source_of(c)) for c in row["cases"])
        for row in rows("alignment/pan13_train")
    ]
    best = benchmark.score(places, [(pair, Found((), passages)) for passages in cases])
    worst = benchmark.score(places, [(pair, Found((), ()))] * 400)

    assert {value for name, value in best.items() if name.endswith("plagdet")} == {1.0}
    assert {value for name, value in worst.items() if name.endswith("plagdet")} == {0.0}
    assert best["no_reuse.passages"] == 0


def _source_of(case: dict[str, int]) -> tuple[int, int]:
    return case["source_offset"], case["source_offset"] + case["source_length"]


@_needs_sets
def test_the_gold_of_textberg_is_as_good_as_it_gets() -> None:
    """Given the gold links, recall is 1, and precision is 1 but for the eight sentences that gold leaves in no bead."""
    benchmark = alignment_sets.textberg()
    found = []
    for (source, target), row in zip(benchmark.texts, rows("alignment/textberg_mt_fr"), strict=True):
        links = tuple((tuple(bead[0]), tuple(bead[1])) for bead in row["beads"] if bead[0] and bead[1])
        found.append(((from_sentences(source, "0"), from_sentences(target, "1")), Found(links, None)))

    figures = benchmark.score(range(len(found)), found)

    assert figures["strict_recall"] == figures["lax_recall"] == 1
    assert figures["strict_precision"] == figures["lax_precision"] == pytest.approx(1 - 8 / 656, abs=0.001)


@_needs_sets
def test_cross_pairs_are_of_different_articles() -> None:
    """No article is paired with itself, and the draw is the same each time."""
    pairs = alignment_sets.cross().texts

    assert len(pairs) == alignment_sets.N_CROSS_PAIRS
    assert all(source != target for source, target in pairs)
    assert pairs == alignment_sets.cross().texts


def test_the_power_of_growth_is_fitted() -> None:
    """Costs that grow with the square of the length have the exponent 2; a single cost has none."""
    assert speed.exponent([(n, 3e-9 * n * n) for n in (1000, 2000, 4000)]) == pytest.approx(2, abs=0.01)
    assert speed.exponent([(1000, 1.0)]) is None


def test_a_failed_case_holds_no_bound() -> None:
    """What ran over its time, or crashed, passes nothing."""
    failed = {name: {"failed": "over 30 CPU seconds"} for name in ("pan13", "short_pairs", "words_200000", "hostile_no_letters")}

    assert not any(speed.bounds(failed, None).values())


def test_texts_to_be_timed_are_as_long_as_asked_and_seeded() -> None:
    """Short pairs and long ones have the words asked for on both sides, and are the same in every run."""
    for source, target in [*short_pairs(3, 200), long_pair(2_000)]:
        n_words = 200 if len(source) < 4_000 else 2_000

        assert n_words <= len(source.split()) <= 1.2 * n_words
        assert 0.8 * n_words <= len(target.split()) <= 1.2 * n_words
    assert (short_pairs(3, 200), long_pair(2_000)) == (short_pairs(3, 200), long_pair(2_000))


def test_a_case_runs_as_a_program() -> None:
    """One case, run as a user would, prints its cost and what the aligner said as JSON."""
    command = [sys.executable, str(ROOT / "benchmarks" / "speed" / "alignment.py"), "--case", "words_5000"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)

    assert json.loads(done.stdout).keys() >= {"cpu_seconds", "peak_mb", "links", "relation"}
