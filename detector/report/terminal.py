"""The report people read: who belongs together, who was first and why, and the sentences side by side.

Everything is said in characters, colour only repeats it. Whatever came from a text goes through ``safe`` first.
"""

from collections.abc import Iterable
from itertools import combinations
from math import log2

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detector.report.pairs import TWO_COLUMNS_FROM, render_pair
from detector.report.phrases import counted, heading, listed, share, signed, term
from detector.report.safe import safe
from detector.report.sides import LEGEND, Marks, Told, by_sentence, gutter, sentence
from detector.text import segment, words
from detector.types import Alignment, Comparison, Document, Evidence, RankedDocument, Ranking, Verdict

_ALONE = "alone"
_WORDINGS = ("genuine", "spun", "back_translated")


def render(comparison: Comparison, console: Console, *, all_pairs: bool = False) -> None:
    """Prints a comparison: the documents, the ranking with its evidence, the paired sentences, the signature.

    Args:
        comparison: What to show.
        console: Where; its width decides between two columns and one.
        all_pairs: Shows every related pair; otherwise, of more than three documents, those with the first of a group.
    """
    console.print(heading(f"{len(comparison.documents)} documents", console.width))
    _documents(comparison, console)
    console.print()
    console.print(heading("Which is the original?", console.width))
    _ranking(comparison, console)
    shown, left_out, unrelated = _pairs(comparison, all_pairs)
    verdicts = {d.id: v for d, v in zip(comparison.documents, comparison.verdicts, strict=True)}
    if shown:
        console.print()
        console.print(heading("Sentence by sentence", console.width))
        console.print(Text(LEGEND, "dim"))
    for i, j in shown:
        alignment = comparison.alignment(i, j)
        console.print()
        flags = (verdicts[side.document.id].flags for side in (alignment.source, alignment.target))
        render_pair(alignment, console, *flags)
    console.print()
    _not_shown(comparison, left_out, unrelated, console)
    for i in sorted(set(range(len(comparison.documents))) - {i for pair in shown for i in pair}):
        if comparison.verdicts[i].flags:
            console.print(heading(f"{safe(comparison.documents[i].id)}: altered words", console.width))
            _flagged(comparison.documents[i], comparison.verdicts[i], console)
            console.print()
    render_footer(comparison.signature, console)


def render_alignment(alignment: Alignment, console: Console) -> None:
    """Prints the paired sentences of two documents."""
    console.print(heading("Sentence by sentence", console.width))
    console.print(Text("[altered]  ‹moved›", "dim"))
    console.print()
    render_pair(alignment, console)


def render_verdict(document: Document, verdict: Verdict, console: Console) -> None:
    """Prints what is believed of one text, why, and each sentence that holds altered words."""
    console.print(heading(safe(document.id), console.width))
    console.print(Text(_summary(document, verdict)))
    if verdict.corruptions:
        console.print(Text(_corrupted(verdict)))
    _evidence(verdict.evidence, console)
    _flagged(document, verdict, console)
    console.print()


def render_footer(signature: str, console: Console) -> None:
    """Prints the signature: version, depth, prior, configuration and models behind every figure above it."""
    console.print(heading("Signature", console.width))
    console.print(Text(safe(signature), "dim"))


def _shares(verdict: Verdict) -> tuple[float, float, float]:
    return (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated)


def _wording(verdict: Verdict) -> str:
    pivot = f" via {safe(verdict.pivot)}" if verdict.pivot else ""
    language = f", language {safe(verdict.language)}" if verdict.language not in {None, "en"} else ""
    return term(verdict.wording) + pivot + language


def _summary(document: Document, verdict: Verdict) -> str:
    figures = ", ".join(f"{term(name)} {share(p)}" for name, p in zip(_WORDINGS, _shares(verdict), strict=True))
    return f"{_wording(verdict)} ({figures}), {counted(len(words(document.text)), 'word')}"


def _corrupted(verdict: Verdict) -> str:
    kinds = ", ".join(term(safe(kind)) for kind in verdict.corruptions)
    return f"corrupted: {kinds}" if kinds else ""


def _documents(comparison: Comparison, console: Console) -> None:
    names = {ids: _ALONE if len(ids) == 1 else str(n) for n, ids in enumerate(comparison.groups, 1)}
    group = {member: name for ids, name in names.items() for member in ids}
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("document", "words", "wording", "genuine", "spun", "back-tr.", "group"):
        is_text = name in {"document", "wording"}
        table.add_column(name, justify="left" if is_text else "right", overflow="fold", no_wrap=not is_text)
    for d, v in zip(comparison.documents, comparison.verdicts, strict=True):
        row = (safe(d.id), f"{len(words(d.text)):,}", _wording(v), *map(share, _shares(v)), group[d.id])
        table.add_row(*map(Text, row))
        if console.width < TWO_COLUMNS_FROM:
            console.print(Text(f"{row[0]} ({_place(row[-1])})", "bold"))
            _print_lines(gutter([("", Text(_summary(d, v)))], 1, console), console)
    if console.width >= TWO_COLUMNS_FROM:
        console.print(table)
    for document, verdict in zip(comparison.documents, comparison.verdicts, strict=True):
        if verdict.evidence or verdict.corruptions:
            console.print()
            console.print(Text(safe(document.id), "bold").append(f"  {_corrupted(verdict)}".rstrip(), "not bold"))
            _evidence(verdict.evidence, console)


def _print_lines(lines: Iterable[Text], console: Console) -> None:
    console.print(Text("\n").join(lines), soft_wrap=True)


def _place(group: str) -> str:
    return group if group == _ALONE else f"group {group}"


def _evidence(evidence: Iterable[Evidence], console: Console) -> None:
    """One sentence each, the weightiest first; what has no bits has no figure."""
    weightiest = sorted(evidence, key=lambda e: -abs(e.bits))
    rows = [(f"{signed(e.bits)} bits" if e.bits else "", Text(safe(e.because))) for e in weightiest]
    if rows:
        _print_lines(gutter(rows, 12, console), console)


def _ranking(comparison: Comparison, console: Console) -> None:
    ranking, group = comparison.ranking, comparison.groups[0]
    console.print(Text(_outcome(ranking, len(group)), "bold"))
    if len(group) == 1:
        return
    for ranked in (r for r in ranking.ranked if r.id in group):
        console.print()
        console.print(Text(f"{share(ranked.p_original):>6}  ").append(safe(ranked.id), "bold"))
        _print_lines(gutter(_replayed(ranked, ranking), 12, console), console)
    console.print()
    console.print(Text(f"{share(ranking.p_none):>6}  none of these"))
    _print_lines(gutter([("", Text("Figures with a sign are bits: +1 doubles the odds.", "dim"))], 6, console), console)
    if outside := [safe(d.id) for d in comparison.documents if d.id not in group]:
        console.print(Text(f"Not of this group, so not ranked: {listed(outside)}."))


def _replayed(ranked: RankedDocument, ranking: Ranking) -> list[tuple[str, Text]]:
    """From prior to posterior in bits, a row a step; without its ends where a probability of 0 has no logarithm."""
    evidence = sorted((e for e in ranking.evidence if e.document == ranked.id), key=lambda e: -abs(e.bits))
    steps = [(signed(e.bits), Text(safe(e.because))) for e in evidence]
    if not ranked.p_original or not ranking.p_none:
        return steps
    odds = log2(ranked.p_original / ranking.p_none)
    before = (signed(odds - sum(e.bits for e in evidence)), Text("before any evidence", "dim"))
    return [before, *steps, (f"= {signed(odds)}", Text("against “none of these”", "dim"))]


def _outcome(ranking: Ranking, n_members: int) -> str:
    if n_members < 2:
        return "No two of these texts belong together: nothing to rank."
    best = ranking.ranked[0]
    if ranking.abstained:
        return "Not decided: the evidence does not single one out. The best estimate:"
    if ranking.p_none > best.p_original:
        return f"Probably none of these ({share(ranking.p_none)})."
    return f"Probably {safe(best.id)} ({share(best.p_original)})."


def _pairs(comparison: Comparison, all_pairs: bool) -> tuple[list[tuple[int, int]], ...]:
    """The pairs to show, those left out and those unrelated, by index, the better-ranked document of each first."""
    ids = [document.id for document in comparison.documents]
    place = {ranked.id: n for n, ranked in enumerate(comparison.ranking.ranked)}
    order = sorted(range(len(ids)), key=lambda i: place.get(ids[i], len(ids)))
    group = {member: n for n, members in enumerate(comparison.groups) for member in members}
    firsts = [next(i for i in order if group[ids[i]] == n) for n in range(len(comparison.groups))]
    shown: list[tuple[int, int]] = []
    left_out: list[tuple[int, int]] = []
    unrelated: list[tuple[int, int]] = []
    for i, j in combinations(order, 2):
        with_first = i == order[0] or (i in firsts and group[ids[i]] == group[ids[j]])
        if comparison.alignment(i, j).relation == "unrelated":
            unrelated.append((i, j))
        elif all_pairs or len(ids) <= 3 or with_first:
            shown.append((i, j))
        else:
            left_out.append((i, j))
    return shown, left_out, unrelated


def _not_shown(
    comparison: Comparison, left_out: list[tuple[int, int]], unrelated: list[tuple[int, int]], console: Console
) -> None:
    for pairs, says in ((left_out, "Related but not shown (--all-pairs shows all)"), (unrelated, "Unrelated")):
        names = [" and ".join(safe(comparison.documents[i].id) for i in pair) for pair in pairs]
        if names:
            console.print(Text(f"{says}: {listed(names)}."))
            console.print()


def _flagged(document: Document, verdict: Verdict, console: Console) -> None:
    segmented, told = segment(document), Told()
    for index, flags in sorted(by_sentence(segmented, verdict.flags).items()):
        console.print()
        _print_lines(gutter(sentence(segmented, index, flags, told, Marks()), 3, console), console)
