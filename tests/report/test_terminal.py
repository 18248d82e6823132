"""The whole report as people see it.

The expected text is in ``golden/``. After a wanted change, write it anew with
``DETECTOR_WRITE_GOLDEN=1 python -m pytest tests/report/test_terminal.py``, then read the difference.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from detector.report.terminal import render, render_alignment, render_verdict
from detector.types import Alignment, Bead, Comparison, Document, Evidence, Flag, RankedDocument, Ranking, Span, Verdict

GOLDEN = Path(__file__).with_name("golden")
Printed = Callable[..., str]


def check(name: str, found: str) -> None:
    path = GOLDEN / name
    if os.environ.get("DETECTOR_WRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("width", [50, 80, 120])
def test_comparison_reads_so(comparison: Comparison, printed: Printed, width: int) -> None:
    """The whole report of a comparison, narrow, at 80 columns and wide."""
    check(f"comparison_{width}.txt", printed(render, comparison, width=width))


def test_alignment_reads_so(comparison: Comparison, printed: Printed) -> None:
    """The whole report of an alignment at 80 columns."""
    check("alignment_80.txt", printed(render_alignment, comparison.alignments[1]))


def test_verdict_reads_so(comparison: Comparison, printed: Printed) -> None:
    """The whole report of a verdict at 80 columns."""
    check("verdict_80.txt", printed(render_verdict, comparison.documents[1], comparison.verdicts[1]))


@pytest.mark.parametrize("width", [20, 33, 80, 81, 200])
def test_no_line_is_wider_than_the_console(comparison: Comparison, printed: Printed, width: int) -> None:
    """Nothing sticks out at any width."""
    assert max(map(len, printed(render, comparison, width=width).splitlines())) <= width


def test_every_sentence_is_shown_or_counted(comparison: Comparison, printed: Printed) -> None:
    """In an alignment each sentence number is there, on its own or in a fold."""
    alignment = comparison.alignments[0]
    shown = printed(render_alignment, alignment, width=50)
    for mark, side in (("<", alignment.source), (">", alignment.target)):
        own = {int(n) for n in re.findall(rf"^ *{mark} +(\d+) ", shown, re.MULTILINE)}
        folded = {int(n) for n in re.findall(rf"^ *{mark} ⋮ .*\((\d+)\)", shown, re.MULTILINE)}

        assert own | folded == set(range(1, len(side) + 1))


def test_verbatim_runs_fold(comparison: Comparison, printed: Printed) -> None:
    """Sentences that follow each other word for word on both sides are one line."""
    source = comparison.alignments[0].source
    beads = tuple(Bead((i,), (i,), 1.0, "verbatim") for i in range(len(source)))

    assert "7 sentences word for word (1–7)" in printed(render_alignment, Alignment(source, source, beads, "identical"))


def test_sentences_of_partial_texts_fold_without_counterpart(comparison: Comparison, printed: Printed) -> None:
    """Where two texts share only part, what is not shared is counted, not printed."""
    shown = printed(render_alignment, replace(comparison.alignments[2], relation="same_event"))

    assert "7 with no counterpart (1–7)" in shown
    assert "flowers" not in shown


def test_control_characters_do_not_reach_the_terminal(printed: Printed) -> None:
    """An id, a text, an expectation and a reason that hold escapes come out as visible code points."""
    evil = "a\x1b]0;x\x07\u202eb\x9b31m"
    document = Document(evil, f"One {evil} line.\nTwo.")
    flag = Flag(Span(4, 4 + len(evil)), evil, 0.9, "minor", evil, ((evil, evil),))
    verdict = Verdict(0.8, 0.1, 0.1, "unknown", "fast", evil, evil, (evil,), (flag,), (Evidence("x", "y", 1, 0, evil),))
    shown = printed(render_verdict, document, verdict, width=500)

    assert [c for c in shown if not c.isprintable() and c != "\n"] == []
    assert shown.count("a<U+001B>]0;x<U+0007><U+202E>b<U+009B>31m") == 10


def test_all_pairs_are_shown_on_request(comparison: Comparison, printed: Printed) -> None:
    """Of more than three documents a pair without the first is named, and shown when asked for."""
    title = "translated.txt and spun.txt: two versions of a third text"

    assert title not in printed(render, comparison)
    assert "Related but not shown (--all-pairs shows all): translated.txt and spun.txt." in printed(render, comparison)
    assert title in printed(partial(render, all_pairs=True), comparison)


def test_abstaining_is_said_first(comparison: Comparison, printed: Printed) -> None:
    """A ranking that abstains does not name an original."""
    abstained = replace(comparison, ranking=replace(comparison.ranking, abstained=True))

    assert "Not decided" in printed(render, abstained)
    assert "Probably" not in printed(render, abstained)


def test_none_of_these_is_an_answer(comparison: Comparison, printed: Printed) -> None:
    """Where the original is probably not among the documents, the report says so."""
    names = [r.id for r in comparison.ranking.ranked]
    ranking = Ranking(
        tuple(RankedDocument(name, p) for name, p in zip(names, (0.2, 0.1, 0, 0), strict=True)), 0.7, False
    )

    assert "Probably none of these (0.70)." in printed(render, replace(comparison, ranking=ranking))


def test_documents_that_stand_alone_are_not_ranked(comparison: Comparison, printed: Printed) -> None:
    """Where no two texts belong together, there is no ranking to read; altered words are still told."""
    alone = replace(
        comparison,
        groups=tuple((d.id,) for d in comparison.documents),
        alignments=tuple(Alignment(a.source, a.target, tuple(_nulls(a)), "unrelated") for a in comparison.alignments),
    )
    shown = printed(render, alone)

    assert "No two of these texts belong together" in shown
    assert "Sentence by sentence" not in shown
    assert "misplaced → “lost”" in shown


def _nulls(alignment: Alignment) -> list[Bead]:
    sources = [Bead((i,), (), 0.0) for i in range(len(alignment.source))]
    return sources + [Bead((), (i,), 0.0) for i in range(len(alignment.target))]
