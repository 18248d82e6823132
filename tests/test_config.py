"""Configurations survive TOML, refuse what they do not know, and are named by their values."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.config import AlignConfig, DetectorConfig, Prior, RankConfig, ScoreConfig
from detector.errors import ConfigError
from tests.strategies import align_configs

_SHARES = st.floats(0.0, 1.0)


@st.composite
def _priors(draw: st.DrawFn) -> Prior:
    genuine, spun = draw(st.floats(0.1, 0.8)), draw(st.floats(0.01, 0.1))
    return Prior(genuine, spun, 1.0 - genuine - spun)


CONFIGS = st.builds(
    DetectorConfig,
    align=align_configs(),
    score=st.builds(
        ScoreConfig,
        depth=st.sampled_from(["rules", "fast", "full"]),
        prior=_priors(),
        flag_threshold=_SHARES,
        decide_at=_SHARES,
        min_words=st.integers(0, 99),
    )
    | st.builds(
        ScoreConfig,
        depth=st.sampled_from(["fast", "full"]),
        lm=st.text(st.characters(codec="utf-8"), max_size=20),
        roundtrip=st.booleans(),
    ),
    rank=st.builds(RankConfig, prior_none=st.floats(0.01, 0.99), abstain_bits=st.floats(0.0, 9.0)),
)


def _read(folder: Path, toml: str) -> DetectorConfig:
    path = folder / "config.toml"
    path.write_text(toml, encoding="utf-8")
    return DetectorConfig.from_toml(path)


@given(config=CONFIGS)
def test_toml_out_and_in_is_identity(config: DetectorConfig, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is written as TOML is read back equal, every value of it."""
    assert config == _read(tmp_path_factory.mktemp("config"), config.to_toml())


def test_what_a_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    """A file that sets one value changes one value."""
    expected = replace(DetectorConfig(), rank=RankConfig(prior_none=0.5))

    assert expected == _read(tmp_path, "[rank]\nprior_none = 0.5\n")


@pytest.mark.parametrize(
    ("toml", "names"),
    [
        ("[scoring]\ndepth = 'fast'\n", ["'scoring'", "align, score, rank"]),
        ("[score]\nflag_treshold = 0.5\n", ["'flag_treshold'", "flag_threshold"]),
        ("[score.prior]\nfake = 0.5\n", ["'fake'", "genuine, spun, back_translated"]),
    ],
)
def test_an_unknown_key_is_refused_with_its_name(tmp_path: Path, toml: str, names: list[str]) -> None:
    """The message names the file, the key, and those there are."""
    with pytest.raises(ConfigError) as refused:
        _read(tmp_path, toml)

    for name in ["config.toml", *names]:
        assert name in str(refused.value)


@pytest.mark.parametrize(
    "toml",
    [
        "score = 1\n",
        "[score]\nmin_words = 'many'\n",
        "[score]\nmin_words = true\n",
        "[score]\nflag_threshold = 1.5\n",
        "[score.prior]\ngenuine = 0.9\n",
        "[align]\nmax_source = 0\n",
        "[align]\nmax_target = 0\n",
        "[align]\nmargin = 1.5\n",
        "[align]\nanchor_similarity = -0.1\n",
        "[align]\nlink_similarity = nan\n",
        "[align]\norder_discount = 1.1\n",
        "[align]\nmin_passage = -1\n",
        "[align]\nmax_gap = -1\n",
        "[align]\npassage_nats = nan\n",
        "[align]\nquotations = 1\n",
        "[align]\nquotations = 'no'\n",
        "[align]\nmax_source = true\n",
        "not toml",
    ],
)
def test_a_value_that_cannot_be_is_refused(tmp_path: Path, toml: str) -> None:
    """A wrong type, a number out of bounds, shares that do not sum to 1, a switch that is a number, and no TOML are refused."""
    with pytest.raises(ConfigError):
        _read(tmp_path, toml)


@pytest.mark.parametrize(
    "toml",
    [
        "[score]\nflag_threshold = nan\n",
        "[score]\ndepth = 'deep'\n",
        "[score]\nmin_words = 1.5\n",
    ],
)
def test_a_value_of_no_meaning_is_refused(tmp_path: Path, toml: str) -> None:
    """A depth that does not exist, half a word, and a threshold that is no number are refused, never rounded."""
    with pytest.raises(ConfigError):
        _read(tmp_path, toml)


@given(align_configs())
def test_the_inverse_exchanges_what_has_a_side(config: AlignConfig) -> None:
    """The inverse has the bounds of source and target exchanged and all else equal; inverse twice is identity."""
    inverse = config.inverse()

    assert (config.max_target, config.max_source) == (inverse.max_source, inverse.max_target)
    assert config == replace(inverse, max_source=config.max_source, max_target=config.max_target)
    assert config == inverse.inverse()


@pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False)])
def test_a_switch_is_true_or_false(tmp_path: Path, written: str, value: bool) -> None:
    """A switch is read and written as TOML has it."""
    config = _read(tmp_path, f"[align]\nquotations = {written}\n")

    assert config == DetectorConfig(align=AlignConfig(quotations=value))
    assert f"quotations = {written}\n" in config.to_toml()


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    """A configuration that cannot be read is an error of configuration, not of the machine."""
    with pytest.raises(ConfigError, match=r"absent\.toml"):
        DetectorConfig.from_toml(tmp_path / "absent.toml")


def _changed(config: Any) -> list[Any]:  # noqa: ANN401 - any of the config classes
    """The configuration with each of its values changed, one at a time."""
    found = []
    for field in fields(config):
        value = getattr(config, field.name)
        if isinstance(value, Prior):
            found.append(replace(config, prior=Prior(0.7, 0.2, 0.1)))
        elif is_dataclass(value):
            found += [replace(config, **{field.name: inner}) for inner in _changed(value)]
        else:
            found.append(replace(config, **{field.name: _other(value)}))
    return found


def _other(value: str | float) -> str | float:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return "rules" if value else "a folder"
    return value + 1 if isinstance(value, int) else value / 2


def test_the_signature_changes_with_every_value() -> None:
    """Two configurations that differ in any one value have different signatures."""
    configs = [DetectorConfig(), *_changed(DetectorConfig())]

    assert len(configs) == len({config.signature() for config in configs})


def test_equal_configurations_have_one_signature() -> None:
    """A signature is eight hexadecimal digits, the same for equal values."""
    assert DetectorConfig().signature() == DetectorConfig().signature()
    assert len(DetectorConfig().signature()) == len(f"{int(DetectorConfig().signature(), 16):08x}")


def test_a_model_needs_a_depth_that_asks_one(tmp_path: Path) -> None:
    """At depth ``rules`` a language model is refused by name, not passed over; at others its folder is kept as written."""
    with pytest.raises(ConfigError, match=r"score\.lm: found 'models/mine' at depth 'rules'"):
        _read(tmp_path, "[score]\ndepth = 'rules'\nlm = 'models/mine'\n")

    assert _read(tmp_path, "[score]\nlm = 'models/mine'\n").score.lm == "models/mine"
