"""Where a command writes: a console that never fails on a character, and files that are written whole or not at all."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rich.console import Console

PART = ".part"
"""What the name of a file ends in while it is written."""


class _Stdout(Console):
    def on_broken_pipe(self) -> None:
        """Lets the command end as it does when JSON goes to a reader that has gone."""
        raise BrokenPipeError


def console(width: int | None) -> Console:
    """A console on standard output; colour only on a terminal, and not where NO_COLOR is set."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return _Stdout(width=width, highlight=False, markup=False, emoji=False)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of what stood there when all is written; after an error what stood there stays.

    What is no file (a pipe, a device) is written as it comes.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
