"""A language model of the user's own, beside the words: tiny ones with seeded weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detector import DetectorConfig, compare, score
from detector.config import ScoreConfig
from detector.errors import ModelError
from detector.lm import HubModel, open_model
from detector.pipeline import signature
from detector.score.further import opened, with_model
from detector.score.spun import SpunReading, read_spun
from detector.text import words
from tests.lm import tiny_models

_TEXT = (
    "The ferry exited the haven at nine, and nobody witnessed it again. A pastor mentioned “no” to the scheme; the metropolis"
    " council mentioned yes. It was a lengthy evening, she mentioned, and the vessel was tardy."
)


@pytest.fixture(scope="module", params=["gpt2", "bert"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a causal model, and one with a masked model."""
    path = tmp_path_factory.mktemp("models") / str(request.param)
    return tiny_models.gpt2(path) if request.param == "gpt2" else tiny_models.bert(path)


@pytest.fixture(scope="module")
def model(folder: Path) -> HubModel:
    """The model of that folder."""
    return open_model(folder)


def _reading(altered: float) -> SpunReading:
    (reading,) = read_spun([_TEXT])
    return replace(reading, altered=np.full(len(reading.altered), altered, dtype=np.float32), broken={})


def _config(folder: Path) -> DetectorConfig:
    return DetectorConfig(score=ScoreConfig(lm=str(folder), flag_threshold=0.0))


def test_the_model_says_the_mean_bits_of_a_word(model: HubModel) -> None:
    """The reading bears the model's name and the mean over all words that have a surprisal, and is otherwise the same."""
    before = _reading(0.0)
    after = with_model(before, model)
    bits = model.word_bits(_TEXT, [(word.start, word.end) for word in words(_TEXT)])

    assert (model.name, {}) == (after.lm_name, after.lm_gains)
    assert after.lm_bits == pytest.approx(float(np.nanmean(bits)))
    assert (before.bits, before.altered.tolist()) == (after.bits, after.altered.tolist())


def test_suspect_words_are_tried_with_what_is_expected(model: HubModel) -> None:
    """For each suspect word of which something is expected, the gain is the model's own for that exchange."""
    after = with_model(_reading(0.9), model)
    known = [i for i in range(len(after.starts)) if after.expected(i) is not None]

    assert known == sorted(after.lm_gains)
    for i in known:
        (gain,) = model.gains(_TEXT, [(int(after.starts[i]), int(after.ends[i]), str(after.expected(i)))])
        assert gain == pytest.approx(after.lm_gains[i], abs=1e-3)


def test_no_more_than_sixty_four_words_are_tried(model: HubModel) -> None:
    """Of a long text the most suspect words alone are asked about."""
    (reading,) = read_spun([" ".join([_TEXT] * 8)])
    altered = np.linspace(0.31, 0.9, len(reading.altered), dtype=np.float32)
    after = with_model(replace(reading, altered=altered, broken={}), model)

    assert 0 < len(after.lm_gains) <= 64
    assert min(after.lm_gains) >= len(altered) - 64


def test_a_model_is_shown_and_not_counted(folder: Path) -> None:
    """The evidence tells the surprisal at no bits, flags tell the gain, and the probabilities are those without the model."""
    plain = score(_TEXT, config=DetectorConfig(score=ScoreConfig(flag_threshold=0.0)))
    asked = score(_TEXT, config=_config(folder))
    (told,) = [evidence for evidence in asked.evidence if evidence.code == "lm.surprisal"]
    gains = [flag for flag in asked.flags if "lm.gain" in dict(flag.reasons)]

    assert (told.bits, folder.name in told.because) == (0, True)
    assert gains
    assert all(f"by {folder.name}" in dict(flag.reasons)["lm.gain"] for flag in gains)
    assert (plain.p_genuine, plain.p_spun, plain.p_back_translated, plain.wording) == (
        asked.p_genuine,
        asked.p_spun,
        asked.p_back_translated,
        asked.wording,
    )
    assert [(f.span, f.probability, f.expected) for f in plain.flags] == [(f.span, f.probability, f.expected) for f in asked.flags]


def test_signatures_name_the_model(folder: Path) -> None:
    """What produced a result includes the model that was asked, in ``compare`` too; without one nothing is named."""
    name = opened(str(folder)).name
    comparison = compare([_TEXT, _TEXT.replace("mentioned", "said")], config=_config(folder))

    assert name in signature(_config(folder)) == comparison.signature
    assert folder.name not in signature(DetectorConfig())
    assert all("lm.surprisal" in {e.code for e in verdict.evidence} for verdict in comparison.lone)


def test_a_text_that_is_not_english_is_not_asked_about(folder: Path) -> None:
    """The model is asked of English texts alone."""
    german = "Die Fähre verließ den Hafen um neun, und niemand am Kai hat das Schiff danach noch einmal gesehen."

    assert "lm.surprisal" not in {evidence.code for evidence in score(german, config=_config(folder)).evidence}


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """The error comes from the model's room, says the folder, and is one that a caller may catch."""
    with pytest.raises(ModelError, match=tmp_path.name):
        score(_TEXT, config=_config(tmp_path))
