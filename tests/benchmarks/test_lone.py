"""What the programs on texts alone share: each text read once, samples, other priors, and what is weighed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.back_translation import translations
from benchmarks.quality.calibration import weighed
from benchmarks.quality.lone import Reader, Reading, Said, Way, against_sources, at_prior, bits_of, read_at, reader, reading_of
from benchmarks.quality.lone_page import table
from benchmarks.quality.lone_sets import normalised, sampled
from detector import DetectorConfig, score
from detector.config import Prior, ScoreConfig
from detector.text import words
from detector.types import Depth

_ARTICLES = Path(__file__).parents[2] / "data" / "articles"
_TEXTS = [(_ARTICLES / "ferry_inquiry" / f"{name}.txt").read_text(encoding="utf-8") for name in ("original", "spun", "round_trip")]
_DEPTHS: tuple[Depth, ...] = ("rules", "fast", "full")
_SHARES = st.tuples(*[st.floats(0.01, 1)] * 3).map(lambda p: (p[0] / sum(p), p[1] / sum(p), p[2] / sum(p)))


@given(st.integers(1, 6), st.integers(0, 20))
def test_a_sample_is_every_nth_row_from_the_first(n: int, n_rows: int) -> None:
    """Row 0, row n, row 2n; all rows of a set that the sample does not name."""
    assert sampled(range(n_rows), "here", {"here": n}) == [i for i in range(n_rows) if i % n == 0]
    assert sampled(range(n_rows), "elsewhere", {"here": n}) == list(range(n_rows))


@given(st.text(alphabet="aAs1 '’“\"n.,-", max_size=40))
def test_normalising_twice_is_once(text: str) -> None:
    """A normalised text is left as it is."""
    assert normalised(normalised(text)) == normalised(text)


def test_what_tells_by_accident_is_gone() -> None:
    """Quotes, case, blanks, contractions, figures and names are alike after it."""
    assert normalised("They  said “we don’t know Ada”\nin 1987.") == "they said we do not know smith in 0000."


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize("text", _TEXTS)
def test_another_prior_gives_what_a_verdict_asked_under_it_gives(text: str, depth: Depth) -> None:
    """The probabilities under equal thirds need no second reading of the text."""
    prior = Prior(1 / 3, 1 / 3, 1 / 3)
    asked = score(text, config=DetectorConfig(score=ScoreConfig(depth=depth, prior=prior)))
    (reading,) = read_at(depth, [text])

    assert at_prior(reading.p, prior) == pytest.approx((asked.p_genuine, asked.p_spun, asked.p_back_translated))


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize("text", _TEXTS)
def test_asking_for_every_word_changes_no_flag_that_is_shown(text: str, depth: Depth) -> None:
    """The flags kept, the word and the probabilities are those that the defaults give."""
    verdict = score(text, config=DetectorConfig(score=ScoreConfig(depth=depth)))
    (reading,) = read_at(depth, [text])

    assert reading.flags == verdict.flags
    assert reading.wording == verdict.wording
    assert reading.p == (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated)


@given(_SHARES)
def test_the_prior_asked_under_changes_nothing(p: tuple[float, float, float]) -> None:
    """Probabilities put under the prior that they have are the same."""
    assert at_prior(p, Prior()) == pytest.approx(p)


def test_words_bear_the_flags_on_them() -> None:
    """Of each word the highest probability of a flag that says spun and meets it, else 0."""
    text = _TEXTS[1]
    verdict = score(text, config=DetectorConfig(score=ScoreConfig(depth="fast", flag_threshold=0.0)))
    flags = [flag for flag in verdict.flags if flag.kind == "spun"]
    expected = [
        max((flag.probability for flag in flags if flag.span.start < word.end and word.start < flag.span.end), default=0.0)
        for word in words(text)
    ]

    assert any(expected)
    assert list(reading_of(text, verdict).spun_words) == expected


def test_evidence_that_the_probabilities_deny_is_refused() -> None:
    """A verdict whose evidence does not sum to its odds is no ranking; one whose odds are bounded is."""
    verdict = score(
        "The city {town} voted to leave the city of the {dollars} in May. " * 3,
        config=DetectorConfig(score=ScoreConfig(depth="rules")),
    )
    bits = bits_of(verdict, "spun")
    p_genuine, p_spun, p_translated = verdict.p_genuine, verdict.p_spun, verdict.p_back_translated

    assert bits > 1
    bounded = replace(verdict, p_genuine=p_genuine + p_spun / 2, p_spun=p_spun / 2)
    assert bits_of(bounded, "spun") == bits
    with pytest.raises(ValueError, match="evidence of spun: found"):
        bits_of(replace(verdict, p_genuine=p_genuine / 2, p_spun=p_spun + p_genuine / 2), "spun")
    with pytest.raises(ValueError, match="evidence of back_translated: found"):
        bits_of(replace(verdict, p_genuine=p_genuine / 2, p_back_translated=p_translated + p_genuine / 2), "back_translated")


def test_a_text_is_read_once() -> None:
    """What was read before, or stands twice, is not read again; answers keep the order of the texts."""
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> list[Reading]:
        asked.extend(texts)
        return [Reading((0.8, 0.1, 0.1), "genuine", (float(len(text)), 0.0), (), ()) for text in texts]

    read = Reader(counted)
    read(["a", "bb"])

    assert [reading.bits[0] for reading in read(["bb", "ccc", "a", "bb"])] == [2, 3, 1, 2]
    assert asked == ["a", "bb", "ccc"]


def test_workers_read_as_one_process_does() -> None:
    """The number of workers changes nothing but the time."""
    texts = [f"{text}\n{i}" for i in range(50) for text in _TEXTS]

    assert reader("rules", 2)(texts) == reader("rules")(texts)


def test_copies_are_ranked_against_sources() -> None:
    """Of three copies, two stand above their own source and seven of nine pairs are in order; normalised, none differs."""
    way: Way = lambda texts: [Said(float(sum(c.isupper() for c in text)), ()) for text in texts]  # noqa: E731 # as ways are made

    figures = against_sources("toy", way, ["ABC", "ABa", "Aab"], ["aaa", "Aaa", "ABa"])

    assert figures == {"toy_auc": pytest.approx(7 / 9), "toy_auc_normalised": 0.5, "toy_pairs": pytest.approx(2 / 3)}


@given(_SHARES, st.lists(_SHARES, min_size=1, max_size=3), st.lists(_SHARES, min_size=1, max_size=3))
def test_wordings_weigh_what_the_prior_says(
    shares: tuple[float, float, float], few: list[tuple[float, float, float]], many: list[tuple[float, float, float]]
) -> None:
    """However many documents a wording has, they weigh its share together, and each of them alike."""
    prior = Prior(*shares)
    judged = weighed({"genuine": few, "spun": many, "back_translated": few + many}, prior)

    for kind, share in zip(("genuine", "spun", "back_translated"), shares, strict=True):
        assert sum(entry.weight for entry in judged[kind] if entry.is_so) == pytest.approx(share)
        assert len({entry.weight for entry in judged[kind] if entry.is_so}) == 1
        assert sum(entry.weight for entry in judged[kind]) == pytest.approx(1)


def test_confidence_is_that_of_the_likeliest_wording() -> None:
    """A back-translated text called spun with .6 was wrong with .6; of each wording its own probability is held against it."""
    judged = weighed({"back_translated": [(0.3, 0.6, 0.1)]}, Prior())

    confidence, back_translated = judged["confidence"][0], judged["back_translated"][0]

    assert (confidence.is_so, back_translated.is_so) == (False, True)
    assert (confidence.probability, back_translated.probability) == pytest.approx((0.6, 0.1))


def test_the_likeliest_wording_is_that_under_the_prior_weighed_by() -> None:
    """Genuine with .7 where genuine texts are common is spun, with 16 of 31, where all are alike common; it was spun."""
    (confidence,) = weighed({"spun": [(0.7, 0.2, 0.1)]}, Prior(1 / 3, 1 / 3, 1 / 3))["confidence"]

    assert confidence.is_so
    assert confidence.probability == pytest.approx(16 / 31)


def test_each_machine_meets_each_person_of_one_document() -> None:
    """Pairs are made inside a document; one without both kinds gives none; the sample counts documents."""
    rows = [
        {"id": id_, "label": label, "sentences": [id_, says]}
        for id_, label, says in [
            ("a", "machine_translation", "m1"), ("b", "genuine_en", "g"), ("a", "human_translation", "h1"),
            ("a", "machine_translation", "m2"), ("c", "human_translation", "h2"), ("a", "human_translation", "h3"),
            ("d", "machine_translation", "m3"), ("d", "human_translation", "h4"),
        ]
    ]  # fmt: skip
    of_a = [("a m1", "a h1"), ("a m1", "a h3"), ("a m2", "a h1"), ("a m2", "a h3")]

    assert translations(rows, {}) == (["b g"], [*of_a, ("d m3", "d h4")])
    assert translations(rows, {"wmt21_docs": 2}) == (["b g"], of_a)


def test_a_figure_that_a_way_does_not_have_is_a_dash() -> None:
    """Every figure of any way has a line, and what was told stands beside it."""
    lines = table({"one": {"x": 0.5}, "other": {"y": 1.0}}, {"goal": {"x": ">= .6"}})

    assert lines == [
        "| figure | one | other | goal |",
        "| --- | --- | --- | --- |",
        "| x | 0.5000 | – | >= .6 |",
        "| y | – | 1.0000 |  |",
    ]
