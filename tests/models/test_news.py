"""The training news: cleaned, and kept apart from the development sets."""

import gzip
import json
from pathlib import Path

import pytest

from models.training.news import articles, clean, held_out_runs, runs

_FILLER = " ".join(f"boat {i} sailed past the old pier" for i in range(30))
_SHARED = "nine grey geese walked slowly over the frozen harbour"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of news and a folder of development sets that holds one sentence."""
    news, held_out = tmp_path / "news", tmp_path / "held_out"
    news.mkdir()
    held_out.mkdir()
    with gzip.open(held_out / "set.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": 1, "parts": [{"text": _SHARED}]}) + "\n")
    return news, held_out


def _kept(folders: tuple[Path, Path], **texts: str) -> list[str]:
    for name, text in texts.items():
        (folders[0] / f"{name}.txt").write_text(text, encoding="utf-8")
    return [id_ for id_, _ in articles(*folders)]


def test_an_article_that_shares_a_run_with_a_development_set_is_dropped(folders: tuple[Path, Path]) -> None:
    """Eight words in a row of any text of a development set keep an article out, whatever the case; seven do not."""
    seven = " ".join(_SHARED.split()[:7])

    assert _kept(folders, eight=f"{_FILLER} {_SHARED.upper()}", seven=f"{_FILLER} {seven} lanes", plain=_FILLER) == [
        "plain",
        "seven",
    ]


def test_plain_files_of_a_development_set_are_kept_apart_too(folders: tuple[Path, Path]) -> None:
    """A text file below the folder counts as a development set."""
    (folders[1] / "deep").mkdir()
    (folders[1] / "deep" / "seed.txt").write_text("a quite different run of exactly eight words", encoding="utf-8")

    assert runs("a quite different run of exactly eight words") <= held_out_runs(folders[1])


def test_short_and_repeated_articles_are_dropped(folders: tuple[Path, Path]) -> None:
    """An article of fewer than 120 words, and one that came before, are left out."""
    assert _kept(folders, a=_FILLER, b=_FILLER.replace(" ", "  "), short="Too short.") == ["a"]


@pytest.mark.parametrize("missing", [0, 1])
def test_training_without_the_overlap_check_is_refused(folders: tuple[Path, Path], missing: int) -> None:
    """Where the news or the development sets are not there, the path is named."""
    (*paths,) = folders
    paths[missing] = folders[missing] / "absent"
    with pytest.raises(FileNotFoundError, match="absent"):
        articles(*paths)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ('the port"?closed then', "the port— closed then"),
        ("lost \ufffdquotes\ufffd", "lost quotes"),
        ("a\n\n b\t c", "a b c"),
    ],
)
def test_what_the_collection_broke_is_mended(found: str, expected: str) -> None:
    """Lost dashes, lost characters and runs of blanks are mended or taken out."""
    assert expected == clean(found)
