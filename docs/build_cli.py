"""Writes ``docs/cli.md`` from what the commands say of themselves.

Run it as ``python docs/build_cli.py`` (or ``make docs``). The page depends on the commands alone, not on the width or
the colours of a terminal; a test refuses one that is out of date.
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import typer

if __name__ == "__main__":  # a script is given docs/ to import from, not the folder above it
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from detector.cli import app

PAGE = Path(__file__).parent / "cli.md"
HEAD = """# Command line

<!-- Made by `make docs` from the commands' own help: change the help, not this page. -->
"""


def commands() -> dict[str, tuple[Any, Any]]:
    """Each command with its context, by the words that call it; the program itself first, as ``detector``."""
    top = typer.main.get_command(app)
    context = top.context_class(top, info_name="detector", **top.context_settings)
    found = {"detector": (top, context)}
    for name, command in sorted(top.commands.items()):  # type: ignore[attr-defined]
        inner = command.context_class(command, info_name=name, parent=context, **command.context_settings)
        found[f"detector {name}"] = (command, inner)
    return found


def parameters(command: Any, context: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - typer names no stable type for them
    """What each argument and option is called, and what it says."""
    return [record for p in command.get_params(context) if (record := p.get_help_record(context))]


def _prose(text: str | None) -> str:
    """A help text as Markdown: what is marked to keep its lines is a heading line and a block of shell."""
    parts = []
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        title, _, lines = paragraph.removeprefix("\b\n").partition("\n")
        is_block = paragraph.startswith("\b\n") and lines
        parts.append(f"{title}\n\n```sh\n{inspect.cleandoc(lines)}\n```" if is_block else paragraph)
    return "\n\n".join(parts)


def render() -> str:
    """The page: for each command its usage, what it does, and its arguments and options."""
    parts = [HEAD]
    for name, (command, context) in commands().items():
        usage = " ".join(command.get_usage(context).removeprefix("Usage:").split())
        listed = "\n".join(f"- `{label}`: {' '.join(text.split())}" for label, text in parameters(command, context))
        parts += [f"## `{name}`\n", f"```\n{usage}\n```\n", f"{_prose(command.help)}\n", f"{listed}\n"]
        parts += [f"{_prose(command.epilog)}\n"] if command.epilog else []
    return "\n".join(parts)


def main() -> int:
    """0 when the page was written."""
    PAGE.write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
