"""Prints the sample articles side by side: one HTML page that needs nothing beside it.

Run it as ``python data/page.py OUT.html`` for all groups, or with the names of groups after it for those alone. It reads
the made texts and ``gold.json``, not the marked files: what is seen is what a program is measured against.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

if __name__ == "__main__":  # a script is given data/ to import from, not the folder above it
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data.build import ARTICLES, groups

LISTS = {"altered": "altered wording", "either": "arguable wording", "facts": "changed facts", "damage": "damage"}
"""The lists of marked spans, as the page calls them; their names are its classes of style."""

TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sample articles, side by side</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#d9d9d9, #444); --dim: light-dark(#666, #aaa);
  --side: light-dark(#f6f6f4, #222); }
body { font: 16px/1.5 Georgia, serif; max-width: 78rem; margin: 0 auto; padding: 1rem; }
h1, h2, nav, summary, .about, .number, .legend, .tree, .was, th { font-family: system-ui, sans-serif; }
h2 { margin-top: 3rem; border-top: 3px solid; padding-top: .5rem; }
nav a { margin-right: 1rem; display: inline-block; }
.legend { position: sticky; top: 0; padding: .5rem 0; background: Canvas; border-bottom: 1px solid var(--line); font-size: .85rem; }
.legend > * { margin-right: 1rem; }
.about, .tree { color: var(--dim); font-size: .9rem; }
.tree ul { margin: 0; padding-left: 1.2rem; }
summary { cursor: pointer; padding: .5rem 0; border-top: 1px solid var(--line); }
summary .about { margin-left: .5rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { text-align: left; font-weight: 600; position: sticky; top: 2.4rem; background: Canvas; }
td, th { vertical-align: top; padding: .35rem .6rem; width: 50%; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.number { color: var(--dim); font-size: .75rem; margin-right: .4rem; }
.again, .dropped { color: var(--dim); }
.dropped td:last-child::before { content: "not in this text"; font-size: .8rem; font-style: italic; }
.furniture { background: var(--side); color: var(--dim); font-size: .9rem; }
.possible { border-left: 3px dotted var(--dim); }
mark { color: inherit; border-radius: 2px; padding: 0 .1em; }
.altered { background: light-dark(#ffe08a, #6b5300); }
.either { background: none; border-bottom: 2px dotted light-dark(#b58900, #d9b84a); }
.facts { background: light-dark(#ffc4bd, #7a2018); font-weight: 600; }
.damage { background: light-dark(#cfe3ff, #1d406e); outline: 1px dashed light-dark(#3c6fb3, #7aa7e0); }
.was { font-size: .78rem; color: var(--dim); margin-left: .2em; }
.was::before { content: "\\2190\\a0"; }
body:has(#quiet:checked) .was { display: none; }
</style>
</head>
<body>
<h1>Sample articles, side by side</h1>
<p class="about">Invented stories and copies of them, made to test programs.
No body or person named here did or said what is told.</p>
<nav>{% for group in groups %}<a href="#{{ group.name }}">{{ group.name }}</a>{% endfor %}</nav>
<div class="legend">
{% for kind, label in lists.items() %}<mark class="{{ kind }}">{{ label }}</mark>{% endfor %}
<span class="was">what the original has</span>
<label><input type="checkbox" id="quiet"> hide what the original has</label>
</div>
{% macro branch(node) %}
<ul><li>{{ node.name }}{% for child in node.children %}{{ branch(child) }}{% endfor %}</li></ul>
{% endmacro %}
{% for group in groups %}
<section id="{{ group.name }}">
<h2>{{ group.name }}: {{ group.headline }}</h2>
<div class="tree">{{ branch(group.tree) }}</div>
{% for copy in group.copies %}
<details id="{{ group.name }}-{{ copy.name }}">
<summary><b>{{ copy.name }}</b> <span class="about">{{ copy.made_by }} ({{ copy.figures }})</span></summary>
<table>
<thead><tr><th>original</th><th>{{ copy.name }}</th></tr></thead>
<tbody>
{% for row in copy.rows %}
<tr class="{{ row.classes }}">
<td class="{{ 'again' if row.again }}">
{% for i, said in row.left %}<span class="number">{{ i }}</span>{{ said }} {% endfor %}
</td>
<td>{% for i, said in row.right %}<span class="number">{{ i }}</span>{{ said }}<br>{% endfor %}</td>
</tr>
{% endfor %}
</tbody>
</table>
</details>
{% endfor %}
</section>
{% endfor %}
</body>
</html>
"""


def page(folders: Sequence[Path]) -> str:
    """The page of some groups.

    Args:
        folders: The folders of the groups, each with its texts and its ``gold.json``.

    Returns:
        HTML without a reference to anything outside it.
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE).render(groups=[_group(folder) for folder in folders], lists=LISTS)


def _group(folder: Path) -> dict[str, Any]:
    """What the page shows of one group."""
    gold = json.loads((folder / "gold.json").read_bytes())
    documents = gold["documents"]
    texts = {name: (folder / document["file"]).read_bytes().decode() for name, document in documents.items()}
    first = documents["original"]["sentences"]
    original = [texts["original"][s["start"] : s["end"]] for s in first]
    copies = [
        {
            "name": name,
            "made_by": document["made_by"],
            "figures": _figures(document, texts[name]),
            "rows": list(_rows(document, texts[name], original)),
        }
        for name, document in documents.items()
        if name != "original"
    ]
    return {"name": folder.name, "headline": original[0], "tree": _branch("original", gold["tree"]), "copies": copies}


def _branch(name: str, tree: list[list[str]]) -> dict[str, Any]:
    """A document and, below it, those that were made from it."""
    return {"name": name, "children": [_branch(child, tree) for parent, child in tree if parent == name]}


def _figures(document: dict[str, Any], text: str) -> str:
    """The size of a document, in a line."""
    counts = [f"{len(document[kind])} {label}" for kind, label in LISTS.items() if document[kind]]
    return ", ".join([f"{len(text.split())} words", *counts])


def _rows(document: dict[str, Any], text: str, original: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of one copy in its own order, each sentence it dropped after the one it followed in the original."""
    link_of = {i: link for link in document["links"] for i in link["source"]}
    starts = {span["start"] for span in document["boilerplate"]}
    used = {j for link in document["links"] for j in link["target"]}
    shown: set[int] = set()
    yield from _dropped(-1, used, original)
    for link, run in groupby(range(len(document["sentences"])), key=link_of.get):
        for furniture, some in groupby(run, key=lambda i: document["sentences"][i]["start"] in starts):
            target = link["target"] if link else []
            classes = ["furniture"] * furniture + ["possible"] * bool(link and link["certainty"] == "possible")
            yield {
                "left": [(j, original[j]) for j in target],
                "right": [(i, _shown(document, text, i)) for i in some],
                "again": shown.issuperset(target),
                "classes": " ".join(classes),
            }
            for j in target if not shown.issuperset(target) else []:
                yield from _dropped(j, used, original)
            shown.update(target)


def _dropped(after: int, used: set[int], original: list[str]) -> Iterator[dict[str, Any]]:
    """The row of the sentences after one of the original that the copy does not have; none where it has the next."""
    left = []
    while (after := after + 1) < len(original) and after not in used:
        left.append((after, original[after]))
    if left:
        yield {"left": left, "right": [], "again": False, "classes": "dropped"}


def _shown(document: dict[str, Any], text: str, i: int) -> Markup:
    """A sentence with its marks; the text and all that stands in a mark are escaped."""
    read, end = document["sentences"][i]["start"], document["sentences"][i]["end"]
    spans = sorted((span["start"], kind, n) for kind in LISTS for n, span in enumerate(document[kind]))
    html = Markup()
    for start, kind, n in spans:
        if not read <= start < end:
            continue
        span = document[kind][n]
        html += text[read:start]
        html += Markup('<mark class="{}" title="{}">{}</mark>').format(kind, f"{LISTS[kind]}: {span['kind']}", span["text"])
        html += Markup('<span class="was">{}</span>').format(span["expected"])
        read = span["end"]
    return html + text[read:end]


def main(arguments: Sequence[str]) -> int:
    """0 when the page was written, 2 when no file was named for it."""
    if not arguments:
        sys.stderr.write("found no argument, expected the file to write, and perhaps names of groups\n")
        return 2
    out, *names = arguments
    found = [ARTICLES / name for name in names] or list(groups(ARTICLES))
    Path(out).write_text(page(found), encoding="utf-8")
    sys.stdout.write(f"{out}: {len(found)} groups\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
