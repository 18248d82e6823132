"""Every number a user may change, one frozen dataclass a stage.

TOML in and out; unknown keys are refused; nothing is read from the environment or from the working directory.
``signature()`` names a configuration in every report, so that a figure can be traced to what produced it.
"""

import json
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

    depth: Depth = "full"
    """``rules`` (no tables), ``fast`` (counts and substitutions, no torch), ``full`` (the tagger too)."""
    prior: Prior = field(default_factory=Prior)
    """Shares of genuine, spun and back-translated texts expected."""
    flag_threshold: float = 0.5
    """Flags below this probability are not reported."""
    decide_at: float = 0.7
    """A wording is named when its posterior reaches this; below it the word is ``unknown``."""
    min_words: int = 25
    """Texts of fewer words are ``unknown``: a headline carries too little to judge by."""
    lm: str = ""
    """A local folder with a causal or masked language model to be asked as well; shown, not counted. Empty: none."""
    roundtrip: bool = False
    """Whether texts are also sent through another language and back, to see how much changes; shown, not counted."""

    def __post_init__(self) -> None:
        _check_share("score.flag_threshold", self.flag_threshold)
        _check_share("score.decide_at", self.decide_at)
        _check_not_negative("score.min_words", self.min_words)
        if self.depth not in get_args(Depth):
            msg = f"score.depth: found {self.depth!r}, expected one of {', '.join(get_args(Depth))}"
            raise ConfigError(msg)
        if self.lm and self.depth == "rules":
            msg = f"score.lm: found {self.lm!r} at depth 'rules', which asks no model; use depth 'fast', or leave the model out"
            raise ConfigError(msg)
        if self.roundtrip and self.depth == "rules":
            msg = "score.roundtrip: found true at depth 'rules', which asks no model; use depth 'fast', or leave the round trip out"
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
    """What counts as a link between two sentences, and what as a passage of reused text.

    What each default was chosen on: docs/alignment.md.
    """

    anchor_similarity: float = 0.3
    """The least cosine of two sentences that are each other's best."""
    margin: float = 0.2
    """By what share of its similarity a link must beat every rival of either sentence."""
    link_similarity: float = 0.15
    """The least similarity of a link between two anchors, before order is counted."""
    order_discount: float = 0.75
    """What is waived of it where order holds: times how far it does, times the share of sentences there without an anchor."""
    max_source: int = 4
    """The most source sentences of a bead."""
    max_target: int = 4
    """The most target sentences of a bead."""
    min_passage: int = 230
    """The least length of a passage, in characters of its longer side.

    Shorter, on PAN-13, and what texts on one matter share anyway begins to count.
    """
    max_gap: int = 60
    """The most words, on either side, over which two stretches of reused text are still one passage.

    On PAN-13, half changes little.
    """
    passage_nats: float = 15.0
    """The evidence a passage needs, in nats of its words' likelihood as reused against unrelated.

    On PAN-13, half changes little.
    """
    quotations: bool = True
    """Whether words inside quotations count; without them, what two texts merely quote alike is not reuse."""

    def __post_init__(self) -> None:
        for name in ("anchor_similarity", "margin", "link_similarity", "order_discount"):
            _check_share(f"align.{name}", getattr(self, name))
        for name in ("max_source", "max_target"):
            if getattr(self, name) < 1:
                msg = f"align.{name}: found {getattr(self, name)!r}, expected 1 or more"
                raise ConfigError(msg)
        for name in ("min_passage", "max_gap", "passage_nats"):
            _check_not_negative(f"align.{name}", getattr(self, name))

    def inverse(self) -> Self:
        """The configuration that does the same to source and target exchanged."""
        return replace(self, max_source=self.max_target, max_target=self.max_source)


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


_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
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
        elif isinstance(value, bool) != isinstance(known[key], bool) or not isinstance(
            value, (int, float) if isinstance(known[key], float) else type(known[key])
        ):
            msg = f"{where}{key} is {value!r}; expected {_KINDS[type(known[key])]}"
            raise ConfigError(msg)
        else:
            changes[key] = type(known[key])(value)
    return replace(base, **changes)


def _toml_lines(prefix: str, table: dict[str, Any]) -> list[str]:
    lines = [f"[{prefix}]\n"] if prefix else []
    lines += [f"{k} = {_toml_value(v)}\n" for k, v in table.items() if not isinstance(v, dict)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _toml_lines(f"{prefix}.{key}" if prefix else key, value)
    return lines


def _toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
