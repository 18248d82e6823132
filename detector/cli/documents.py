"""The documents of the files that were typed, each under a short name of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from detector.errors import ConfigError, InputError
from detector.read import ReadOptions, read
from detector.types import Document

_STDIN = "-"


def documents(paths: Sequence[str], options: ReadOptions) -> Iterator[Document]:
    """The documents of the files, in order, read when asked for; no two bear one id.

    Files of one name are told apart by their folder, what is still the same by ``#2``, ``#3``.

    Raises:
        ConfigError: Standard input is named twice.
        InputError: A file or record cannot be read.
    """
    if paths.count(_STDIN) > 1:
        msg = f"found - {paths.count(_STDIN)} times, expected it once: standard input can be read only once"
        raise ConfigError(msg)
    n_of_name = Counter(Path(path).name for path in set(paths))
    seen: Counter[str] = Counter()
    for path in paths:
        folder = Path(path).parent.name if n_of_name[Path(path).name] > 1 else ""
        for document in read(path, options):
            own = "stdin" if document.id == _STDIN else document.id
            name = f"{folder}/{own}" if folder else own
            yield replace(document, id=_unused(_writable(name), seen))


def exactly_two(paths: Sequence[str], options: ReadOptions) -> tuple[Document, Document]:
    """The two documents of the files.

    Raises:
        InputError: There are fewer or more.
    """
    found = list(documents(paths, options))
    if len(found) != 2:
        raise _refused(paths, len(found), "two documents", "name two texts, or one file with two records")
    return found[0], found[1]


def at_least_two(paths: Sequence[str], options: ReadOptions) -> list[Document]:
    """The documents of the files.

    Raises:
        InputError: There is only one.
    """
    found = list(documents(paths, options))
    if len(found) < 2:
        remedy = "name another file, or use `detector score` for one text alone"
        raise _refused(paths, len(found), "two documents or more", remedy)
    return found


def _refused(paths: Sequence[str], n_found: int, expected: str, remedy: str) -> InputError:
    files = ", ".join("standard input" if path == _STDIN else path for path in paths)
    msg = f"{files}: found {n_found} document{'' if n_found == 1 else 's'}, expected {expected}; {remedy}"
    return InputError(msg)


def _writable(name: str) -> str:
    """A file name that is not UTF-8 with its odd bytes spelled out, so that it can be printed and told from others."""
    return name.encode("utf-8", "backslashreplace").decode()


def _unused(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    if seen[name] == 1:
        return name
    return _unused(f"{name}#{seen[name]}", seen)
