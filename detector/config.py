"""Every number a user may change, one frozen dataclass a stage.

TOML in and out; unknown keys are refused; nothing is read from the environment or from the working directory.
``signature()`` names a configuration in every report, so that a figure can be traced to what produced it.
"""

import tomllib
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TypeVar, get_args

from detector.errors import ConfigError
from detector.types import Depth


def _check_share(name: str, found: float) -> None:
    if not 0.0 <= found <= 1.0:
        msg = f"{name}: found {found!r}, expected a number between 0 and 1"
        raise ConfigError(msg)


def _check_not_negative(name: str, found: float) -> None:
    if not found >= 0:
        msg = f"{name}: found {found!r}, expected 0 or more"
        raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class Prior:
    """What share of the texts at hand is expected to be of each wording, before any is looked at."""

    genuine: float = 0.80
    spun: float = 0.10
    back_translated: float = 0.10

    def __post_init__(self) -> None:
        shares = (self.genuine, self.spun, self.back_translated)
        if not (min(shares) > 0.0 and abs(sum(shares) - 1.0) <= 1e-6):
            msg = f"score.prior: found {shares}, expected three shares above 0 that sum to 1 (genuine, spun, back-translated)"
            raise ConfigError(msg)

    def __str__(self) -> str:
        return f"{self.genuine:g}/{self.spun:g}/{self.back_translated:g}"


@dataclass(frozen=True, slots=True)
class ScoreConfig:
    """How a wording is judged."""

    depth: Depth = "fast"
    """``rules`` (no tables), ``fast`` (counts and substitutions), ``full`` (the tagger too; not built yet)."""
    prior: Prior = field(default_factory=Prior)
    """Shares of genuine, spun and back-translated texts expected."""
    flag_threshold: float = 0.5
    """Flags below this probability are not reported."""
    decide_at: float = 0.7
    """A wording is named when its posterior reaches this; below it the word is ``unknown``."""
    min_words: int = 25
    """Texts of fewer words are ``unknown``: a headline carries too little to judge by."""

    def __post_init__(self) -> None:
        _check_share("score.flag_threshold", self.flag_threshold)
        _check_share("score.decide_at", self.decide_at)
        _check_not_negative("score.min_words", self.min_words)
        if self.depth not in get_args(Depth):
            msg = f"score.depth: found {self.depth!r}, expected one of {', '.join(get_args(Depth))}"
            raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class RankConfig:
    """How the original of a group is looked for."""

    prior_none: float = 0.25
    """Prior probability that the original is not among the documents at hand."""
    abstain_bits: float = 1.0
    """The best two must differ by this many bits, or the ranking abstains."""

    def __post_init__(self) -> None:
        if not 0.0 < self.prior_none < 1.0:
            msg = f"rank.prior_none: found {self.prior_none!r}, expected a number between 0 and 1, neither of them"
            raise ConfigError(msg)
        _check_not_negative("rank.abstain_bits", self.abstain_bits)
        if self.abstain_bits > 100:
            msg = f"rank.abstain_bits: found {self.abstain_bits!r}, expected at most 100: no evidence is worth more"
            raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class AlignConfig:
    """What counts as a link between two sentences. See ``align`` for the measurement behind each default."""

    anchor_similarity: float = 0.3
    """The least cosine of two sentences that are each other's best."""
    margin: float = 0.2
    """By what share of its similarity a link must beat every rival of either sentence."""
    link_similarity: float = 0.3
    """The least cosine of a link between sentences that the anchors left over."""
    order_discount: float = 0.5
    """What share of ``link_similarity`` is waived between two anchors, times the share of anchors that keep order."""
    growth_gain: float = 0.03
    """By how much a further sentence must bring the two sides of a bead closer to join it."""
    new_share: float = 0.5
    """Or what share of its weight the other side must hold unexplained; waived like ``link_similarity`` where order holds."""
    max_group: int = 4
    """The most sentences on one side of a bead."""

    def __post_init__(self) -> None:
        for name in ("anchor_similarity", "margin", "link_similarity", "order_discount", "growth_gain", "new_share"):
            _check_share(f"align.{name}", getattr(self, name))
        if self.max_group < 1:
            msg = f"align.max_group: found {self.max_group!r}, expected 1 or more"
            raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class DetectorConfig:
    """The configuration of every stage."""

    align: AlignConfig = field(default_factory=AlignConfig)
    score: ScoreConfig = field(default_factory=ScoreConfig)
    rank: RankConfig = field(default_factory=RankConfig)

    @classmethod
    def from_toml(cls, path: Path) -> Self:
        """The configuration a TOML file describes; what it leaves out has its default.

        Raises:
            ConfigError: The file is not TOML, or names a stage, key or value that does not exist.
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            msg = f"{path}: {error.strerror or error}; expected a readable TOML file"
            raise ConfigError(msg) from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            msg = f"{path}: {error}; expected a TOML file in UTF-8"
            raise ConfigError(msg) from error
        try:
            return _filled(cls(), table, "")
        except ConfigError as error:
            msg = f"{path}: {error}"
            raise ConfigError(msg) from error

    def to_toml(self) -> str:
        """Every value, as TOML that ``from_toml`` reads back to an equal configuration."""
        return "".join(_toml_lines("", asdict(self)))

    def signature(self) -> str:
        """Eight hexadecimal digits that name this configuration."""
        return sha256(self.to_toml().encode()).hexdigest()[:8]


_KINDS = {int: "a whole number", float: "a number", str: "a string"}
Stage = TypeVar("Stage", bound="DetectorConfig | AlignConfig | ScoreConfig | RankConfig | Prior")


def _filled(base: Stage, table: dict[str, Any], where: str) -> Stage:
    known = {f.name: getattr(base, f.name) for f in fields(base)}
    changes: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            msg = f"{where}unknown key {key!r}; expected one of {', '.join(known)}"
            raise ConfigError(msg)
        if is_dataclass(known[key]):
            if not isinstance(value, dict):
                msg = f"{where}{key} is {value!r}; expected a table [{key}]"
                raise ConfigError(msg)
            changes[key] = _filled(known[key], value, f"{where}{key}: ")
        elif isinstance(value, bool) or not isinstance(value, (int, float) if isinstance(known[key], float) else type(known[key])):
            msg = f"{where}{key} is {value!r}; expected {_KINDS[type(known[key])]}"
            raise ConfigError(msg)
        else:
            changes[key] = type(known[key])(value)
    return replace(base, **changes)


def _toml_lines(prefix: str, table: dict[str, Any]) -> list[str]:
    lines = [f"[{prefix}]\n"] if prefix else []
    lines += [f'{k} = "{v}"\n' if isinstance(v, str) else f"{k} = {v}\n" for k, v in table.items() if not isinstance(v, dict)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _toml_lines(f"{prefix}.{key}" if prefix else key, value)
    return lines
