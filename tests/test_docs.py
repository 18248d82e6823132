"""What is written agrees with what is there: commands, options, recipes, docstrings."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.build_cli import PAGE, commands, parameters, render

ROOT = Path(__file__).parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [file for file in sorted((ROOT / "detector").rglob("*.py")) if "models" not in file.parts]

_SHELL = re.compile(r"^```(?:sh|shell|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_MAKE = re.compile(r"(?:`|^|&& )make ([a-z]+)", re.MULTILINE)
_RECIPE = re.compile(r"^([a-z]+):", re.MULTILINE)


def _calls(page: str) -> Iterator[list[str]]:
    """The words of each call of ``detector`` in the shell blocks of a page, the program's name left out."""
    for block in _SHELL.findall(page):
        for line in block.replace("\\\n", " ").splitlines():
            tokens = shlex.shlex(line.removeprefix("$ "), posix=True, punctuation_chars=True)
            tokens.whitespace_split = True
            call: list[str] = []
            for token in [*tokens, ";"]:
                if set(token) <= set("|&;<>()"):
                    if call and Path(call[0]).name == "detector":
                        yield call[1:]
                    call = []
                else:
                    call.append(token)


def _faults(page: str) -> list[str]:
    """What the calls on a page ask for that is not there."""
    found = []
    for call in _calls(page):
        name = " ".join(["detector", *call[:1]]) if call and not call[0].startswith("-") else "detector"
        if name not in commands():
            found.append(f"{name}: there is no such command")
            continue
        known = {word for label, _ in parameters(*commands()[name]) for word in re.split(r"[\s,/]+", label)}
        options = [word.partition("=")[0] for word in call if re.match(r"--?[a-z]", word)]
        found += [f"{name} {option}: there is no such option" for option in options if option not in known]
    return found


def _public(scope: ast.Module | ast.ClassDef) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """The classes and functions that stand in a module or class and have a public name."""
    nouns = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in scope.body if isinstance(node, nouns) and not node.name.startswith("_")]


def test_the_page_of_commands_is_up_to_date() -> None:
    """docs/cli.md is what the commands say of themselves; `make docs` writes it anew."""
    assert render() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_explains_itself(name: str) -> None:
    """Each command says what it does, and each of its arguments and options has a help text."""
    command, context = commands()[name]

    assert command.help
    assert all(text.strip() for _, text in parameters(command, context))


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_on_the_page(name: str) -> None:
    """Each command has a heading in docs/cli.md, each argument and option a line."""
    page = PAGE.read_text(encoding="utf-8")

    assert f"## `{name}`\n" in page
    assert all(f"- `{label}`: " in page for label, _ in parameters(*commands()[name]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_call_in_a_page_could_be_made(page: Path) -> None:
    """The commands and options that a page's shell blocks call exist."""
    assert _faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_recipe_in_a_page_exists(page: Path) -> None:
    """Each `make X` that a page names is a recipe of the Makefile."""
    recipes = set(_RECIPE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    assert set() == set(_MAKE.findall(page.read_text(encoding="utf-8"))) - recipes


def test_a_call_that_could_not_be_made_is_found() -> None:
    """A misspelt command or option in a shell block is reported, behind a pipe or a prompt too."""
    page = "```sh\n$ detector weigh A B\ncat A | .venv/bin/detector score - --fromat json > out\n```\n"
    expected = ["detector weigh: there is no such command", "detector score --fromat: there is no such option"]

    assert expected == _faults(page)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_public_name_has_a_docstring(file: Path) -> None:
    """Every module, public class and public function says what is true of it."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    public = _public(tree)
    public += [member for noun in public if isinstance(noun, ast.ClassDef) for member in _public(noun)]

    assert ast.get_docstring(tree)
    assert [noun.name for noun in public if not ast.get_docstring(noun)] == []
