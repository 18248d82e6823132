"""The weights that ship: they are what their digests name, and say what they said when they were made."""

import json
from pathlib import Path

import numpy as np
import pytest

from detector.lm import Tagger, load_tagger

_TAGGER = Path(__file__).parent.parent.parent / "models" / "tagger"
_SAMPLES = _TAGGER.parent.parent / "data" / "articles" / "ferry_inquiry"
_ANSWERS = json.loads((_TAGGER / "answers.json").read_text(encoding="utf-8"))
_MEGABYTES = 48
_EIGHT_BITS = 0.98
"""How the answers in eight bits must go with those in float32, as a correlation over the words of a text."""


@pytest.fixture(scope="module")
def exact() -> Tagger:
    return Tagger(_TAGGER / "weights.safetensors", _TAGGER / "pieces.txt", "float32")


@pytest.mark.parametrize("answer", _ANSWERS["texts"], ids=lambda answer: str(answer["file"]))
def test_the_answers_are_those_recorded(exact: Tagger, answer: dict[str, object]) -> None:
    """In float32, to a thousandth."""
    text = (_SAMPLES / str(answer["file"])).read_text(encoding="utf-8")[: _ANSWERS["characters"]]
    tags = exact.read(text)

    assert np.abs(tags.altered - np.array(answer["altered"])).max() < 1e-3
    assert np.abs(tags.style - np.array(answer["style"])).max() < 1e-3


@pytest.mark.parametrize("answer", _ANSWERS["texts"], ids=lambda answer: str(answer["file"]))
def test_the_answers_of_this_processor_go_with_those_recorded(answer: dict[str, object]) -> None:
    """Whatever precision the processor is given, the tags of words rise and fall with the recorded ones."""
    text = (_SAMPLES / str(answer["file"])).read_text(encoding="utf-8")[: _ANSWERS["characters"]]
    tags = load_tagger().read(text)

    assert np.corrcoef(tags.altered, np.array(answer["altered"]))[0, 1] > _EIGHT_BITS


def test_the_weights_are_small_enough() -> None:
    """A clone and a wheel carry them."""
    assert sum(path.stat().st_size for path in _TAGGER.iterdir() if path.is_file()) < _MEGABYTES * 1e6
