"""Standard output for people: a console as wide as was asked for, which never fails on a character."""

import io
import sys

from rich.console import Console


class _Stdout(Console):
    def on_broken_pipe(self) -> None:
        """Lets the command end as it does when JSON goes to a reader that has gone."""
        raise BrokenPipeError


def console(width: int | None) -> Console:
    """A console on standard output; colour only on a terminal, and not where NO_COLOR is set."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return _Stdout(width=width, highlight=False, markup=False, emoji=False)
