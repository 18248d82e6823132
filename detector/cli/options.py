"""The options that several commands share, each with its words and the default that the library has."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from detector.config import AlignConfig, DetectorConfig, Prior, ScoreConfig
from detector.errors import ConfigError
from detector.read import ReadOptions
from detector.read.options import Format
from detector.types import Depth, Verdict

Stage = TypeVar("Stage", AlignConfig, ScoreConfig)
READ = ReadOptions()
_ALIGN, _SCORE = DetectorConfig().align, DetectorConfig().score
_COLUMN = "Column of a table (JSON Lines, CSV, Parquet)"
_KINDS = ("spun", "back_translated", "corrupted")

Files = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Text, JSON Lines, CSV or Parquet; - is standard input.")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="FILE.toml", help="Read the configuration from a TOML file.")
]
Layout = Annotated[Literal["text", "json"], typer.Option("--format", help="A report to read, or JSON.")]
Width = Annotated[
    int | None,
    typer.Option(min=20, metavar="COLUMNS", help="Width of the report; two columns from 80. Default: the terminal's."),
]
AskedDepth = Annotated[
    Depth | None,
    typer.Option(
        "--depth", help=f"What to judge by: rules alone, a small language model too, or a tagger too. Default: {_SCORE.depth}."
    ),
]
AskedPrior = Annotated[
    str | None,
    typer.Option(
        "--prior",
        metavar="G,S,B",
        help="Shares of genuine, spun and back-translated texts you expect, summing to 1. "
        f"Default: {str(_SCORE.prior).replace('/', ',')}.",
    ),
]
FlagThreshold = Annotated[
    float | None,
    typer.Option(metavar="P", help=f"Report altered words from this probability on. Default: {_SCORE.flag_threshold}."),
]
AskedModel = Annotated[
    Path | None,
    typer.Option(
        "--lm",
        metavar="FOLDER",
        help="Ask a language model in a local folder too (causal or masked, safetensors); shown, not counted.",
    ),
]
RoundTrip = Annotated[
    bool,
    typer.Option(
        "--roundtrip",
        help="See how much a trip through Portuguese and back changes: of a translation little, of a spun text much. "
        "Needs the extra [roundtrip]; takes seconds a text.",
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(metavar="KIND[,KIND]", help=f"Exit with code 1 where a text is found to be: {', '.join(_KINDS)}."),
]
MinPassage = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="CHARACTERS",
        help=f"Leave out passages of reused text shorter than this. Default: {_ALIGN.min_passage}.",
    ),
]
Quotations = Annotated[
    bool | None,
    typer.Option("--quotations/--no-quotations", help="Whether words inside quotations count. Default: they do."),
]
Most = Annotated[
    str | None,
    typer.Option(
        metavar="MxN",
        help="Pair at most M sentences of the first text with N of the other. "
        f"Default: {_ALIGN.max_source}x{_ALIGN.max_target}.",
    ),
]
InputFormat = Annotated[Format, typer.Option(help="Format of the files; auto goes by their endings.")]
Text = Annotated[str, typer.Option(metavar="NAME", help=f"{_COLUMN} that holds the text.")]
Id = Annotated[str | None, typer.Option(metavar="NAME", help="The same for the id. Default: id, else FILE:ROW.")]
Title = Annotated[str | None, typer.Option(metavar="NAME", help="The same for the title. Default: title.")]
Url = Annotated[str | None, typer.Option(metavar="NAME", help="The same for the address. Default: url.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="The same for the publisher. Default: publisher.")]
Published = Annotated[str | None, typer.Option(metavar="NAME", help="The same for the date. Default: published.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Encoding of text, JSON and CSV files.")]


def configured(
    file: Path | None,
    *,
    depth: Depth | None = None,
    prior: str | None = None,
    flag_threshold: float | None = None,
    lm: Path | None = None,
    roundtrip: bool = False,
) -> DetectorConfig:
    """The configuration of the file, or the defaults, with what was typed for scoring in its place.

    Raises:
        ConfigError: A value is outside what its field allows.
    """
    config = DetectorConfig.from_toml(file) if file else DetectorConfig()
    typed = {
        "depth": depth,
        "prior": None if prior is None else _prior(prior),
        "flag_threshold": flag_threshold,
        "lm": None if lm is None else str(lm),
        "roundtrip": roundtrip or None,
    }
    return replace(config, score=_with(config.score, typed))


def aligning(config: DetectorConfig, *, min_passage: int | None, quotations: bool | None, most: str | None) -> DetectorConfig:
    """The configuration with what was typed for aligning in its place.

    Raises:
        ConfigError: A value is outside what its field allows.
    """
    max_source, max_target = _most(most) if most is not None else (None, None)
    typed = {"min_passage": min_passage, "quotations": quotations, "max_source": max_source, "max_target": max_target}
    return replace(config, align=_with(config.align, typed))


def _with(stage: Stage, typed: Mapping[str, object]) -> Stage:
    return replace(stage, **{name: value for name, value in typed.items() if value is not None})  # type: ignore[arg-type] # checked by the stage


def finding_kinds(typed: str | None) -> frozenset[str]:
    """The kinds named by ``--fail-on``.

    Raises:
        ConfigError: One of them does not exist.
    """
    kinds = frozenset(kind.strip() for kind in typed.split(",")) if typed is not None else frozenset()
    if unknown := sorted(kinds - set(_KINDS)):
        msg = f"--fail-on: found {', '.join(map(repr, unknown))}, expected one or more of {', '.join(_KINDS)}"
        raise ConfigError(msg)
    return kinds


def is_finding(verdict: Verdict, kinds: frozenset[str]) -> bool:
    """True where the verdict names one of the kinds."""
    return verdict.wording in kinds or bool(verdict.corruptions and "corrupted" in kinds)


def _prior(typed: str) -> Prior:
    try:
        genuine, spun, back_translated = map(float, typed.split(","))
    except ValueError as error:
        msg = f"--prior: found {typed!r}, expected three numbers with commas, such as {str(Prior()).replace('/', ',')}"
        raise ConfigError(msg) from error
    return Prior(genuine, spun, back_translated)


def _most(typed: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9]\d?)x([1-9]\d?)", typed.strip().lower())
    if not found:
        such_as = f"{_ALIGN.max_source}x{_ALIGN.max_target}"
        msg = f"--most: found {typed!r}, expected two numbers from 1 to 99 with an x, such as {such_as}"
        raise ConfigError(msg)
    return int(found[1]), int(found[2])
