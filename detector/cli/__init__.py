"""The command ``detector``: each ``x_cli`` converts what was typed and calls one public function.

Data goes to standard output, words for people to standard error. Exit codes: 0 done, 1 findings (with ``--fail-on``),
2 usage, 3 input refused. Heavy libraries are loaded by the command that needs them, so that ``--help`` is quick.
"""

import gc
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from detector.cli.align import align_cli
from detector.cli.clean import clean_cli
from detector.cli.compare import compare_cli
from detector.cli.score import score_cli
from detector.errors import ConfigError, DetectorError
from detector.version import __version__

USAGE, REFUSED = 2, 3
_BUG, _IO_ERROR = 70, 74
_COLLECT_EVERY = 100_000  # the values here hold no cycles; Python's own 700 looks for some all through a start
_SIGPIPE = 128 + 13  # what a shell reports of a program whose reader went away


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context, whose class has moved between versions
        """What the command returns; an error for the caller becomes one paragraph and an exit code, no traceback."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DetectorError as error:
            from detector.report.safe import safe  # noqa: PLC0415 - keeps --help quick

            typer.echo(f"detector: {safe(str(error))}", err=True)
            raise typer.Exit(USAGE if isinstance(error, ConfigError) else REFUSED) from error
        except BrokenPipeError as error:
            # What is still buffered would fail again when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_SIGPIPE) from error
        return result


app = typer.Typer(
    cls=_Commands,
    name="detector",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 found what --fail-on names; 2 wrong usage; 3 input refused; 70 a bug; 74 output not written.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detector {__version__}")
        raise typer.Exit


@app.callback()
def detector(
    version: bool = typer.Option(False, "--version", help="Print the version.", callback=_print_version, is_eager=True),
) -> None:
    """Find out which copy of an article is the original, and which wording was spun or translated and back."""


app.command("compare")(compare_cli)
app.command("align")(align_cli)
app.command("score")(score_cli)
app.command("clean")(clean_cli)


def main() -> None:
    """Runs the command that was typed, and ends the process with its exit code.

    What is not a ``DetectorError`` is a fault of the machine (74, as EX_IOERR) or a bug, whose traceback is shown (70, as
    EX_SOFTWARE): neither may be taken for a finding.
    """
    gc.set_threshold(_COLLECT_EVERY)
    try:
        app()
    except OSError as error:
        from detector.cli.output import PART  # noqa: PLC0415 - keeps --help quick

        where = f"{str(error.filename).removesuffix(PART)}: " if error.filename else ""
        typer.echo(f"detector: {where}{error.strerror or error}: the output could not be written whole", err=True)
        sys.exit(_IO_ERROR)
    except Exception:  # shown whole, as Python would
        sys.excepthook(*sys.exc_info())
        sys.exit(_BUG)
