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
from detector.report.phrases import counted, listed, share, signed, term
from detector.report.safe import safe
from detector.report.sides import LEGEND, Told, gutter, sentence
from detector.text import segment, words
from detector.types import Alignment, Comparison, Document, Evidence, Ranking, Verdict

_WORDINGS = ("genuine", "spun", "back_translated")


def render(comparison: Comparison, console: Console, *, all_pairs: bool = False) -> None:
    """Prints a comparison: the documents, the ranking with its evidence, the paired sentences, the signature.

    Args:
        comparison: What to show.
        console: Where; its width decides between two columns and one.
        all_pairs: Shows every related pair; otherwise, of more than three documents, those with the first of a group.
    """
    _heading(f"{len(comparison.documents)} documents", console)
    _documents(comparison, console)
    console.print()
    _heading("Which is the original?", console)
    _ranking(comparison, console)
    shown, left_out, unrelated = _pairs(comparison, all_pairs)
    verdicts = {d.id: v for d, v in zip(comparison.documents, comparison.verdicts, strict=True)}
    if shown:
        console.print()
        _heading("Sentence by sentence", console)
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
            _heading(f"{safe(comparison.documents[i].id)}: altered words", console)
            _flagged(comparison.documents[i], comparison.verdicts[i], console)
            console.print()
    render_footer(comparison.signature, (verdict.depth for verdict in comparison.verdicts), console)


def render_alignment(alignment: Alignment, console: Console) -> None:
    """Prints the paired sentences of two documents."""
    _heading("Sentence by sentence", console)
    console.print(Text("[altered]  ‹moved›", "dim"))
    console.print()
    render_pair(alignment, console)


def render_verdict(document: Document, verdict: Verdict, console: Console) -> None:
    """Prints what is believed of one text, why, and each sentence that holds altered words."""
    _heading(safe(document.id), console)
    figures = ", ".join(f"{term(name)} {share(p)}" for name, p in zip(_WORDINGS, _shares(verdict), strict=True))
    n_words = counted(len(words(document.text)), "word")
    console.print(Text(_wording(verdict), "bold").append(f"  ({figures}; {n_words})", "not bold"))
    _evidence(verdict.evidence, console)
    if verdict.corruptions:
        console.print(Text("   corrupted: " + ", ".join(term(safe(kind)) for kind in verdict.corruptions)))
    _flagged(document, verdict, console)
    console.print()


def render_footer(signature: str, depths: Iterable[str], console: Console) -> None:
    """Prints what another run needs to reach the same figures."""
    _heading("Signature", console)
    console.print(Text(f"{safe(signature)}\ndepth: {', '.join(sorted(set(depths)))}", "dim"))


def _heading(title: str, console: Console) -> None:
    line = Text(f"{title} ", "bold")
    console.print(line.append("─" * max(console.width - line.cell_len, 0), "dim"))


def _shares(verdict: Verdict) -> tuple[float, float, float]:
    return (verdict.p_genuine, verdict.p_spun, verdict.p_back_translated)


def _wording(verdict: Verdict) -> str:
    pivot = f" via {safe(verdict.pivot)}" if verdict.pivot else ""
    language = f", language {safe(verdict.language)}" if verdict.language not in {None, "en"} else ""
    return term(verdict.wording) + pivot + language


def _documents(comparison: Comparison, console: Console) -> None:
    names = {ids: "alone" if len(ids) == 1 else str(n) for n, ids in enumerate(comparison.groups, 1)}
    group = {member: name for ids, name in names.items() for member in ids}
    rows = [
        (safe(d.id), f"{len(words(d.text)):,}", _wording(v), *map(share, _shares(v)), group[d.id])
        for d, v in zip(comparison.documents, comparison.verdicts, strict=True)
    ]
    heads = ("document", "words", "wording", "genuine", "spun", "back-tr.", "group")
    if console.width >= TWO_COLUMNS_FROM:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for name in heads:
            is_text = name in {"document", "wording"}
            table.add_column(name, justify="left" if is_text else "right", overflow="fold", no_wrap=not is_text)
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
    else:
        for name, *rest in rows:
            console.print(Text(name, "bold"))
            told = ", ".join(f"{head} {value}" for head, value in zip(heads[1:], rest, strict=True))
            console.print(gutter([("", Text(told))], 2))
    for document, verdict in zip(comparison.documents, comparison.verdicts, strict=True):
        if verdict.evidence or verdict.corruptions:
            console.print()
            kinds = ", ".join(term(safe(kind)) for kind in verdict.corruptions)
            console.print(Text(safe(document.id), "bold").append(f"  corrupted: {kinds}" if kinds else "", "not bold"))
            _evidence(verdict.evidence, console)


def _evidence(evidence: Iterable[Evidence], console: Console) -> None:
    """One sentence each, the weightiest first; what has no bits has no figure."""
    rows = [
        (signed(e.bits) if e.bits else "", Text(safe(e.because)))
        for e in sorted(evidence, key=lambda e: -abs(e.bits))
    ]
    if rows:
        console.print(gutter(rows, 7))


def _ranking(comparison: Comparison, console: Console) -> None:
    ranking, group = comparison.ranking, set(comparison.groups[0])
    console.print(Text(_outcome(ranking, len(group)), "bold"))
    for ranked in (r for r in ranking.ranked if r.id in group and len(group) > 1):
        console.print()
        console.print(Text(f"{share(ranked.p_original):>6}  ").append(safe(ranked.id), "bold"))
        evidence = [e for e in ranking.evidence if e.document == ranked.id]
        n_bits = sum(e.bits for e in evidence)
        odds = log2(ranked.p_original / ranking.p_none) if ranked.p_original and ranking.p_none else None
        if odds is not None:
            console.print(gutter([(signed(odds - n_bits), Text("before any evidence", "dim"))], 12))
        rows = [(signed(e.bits), Text(safe(e.because))) for e in sorted(evidence, key=lambda e: -abs(e.bits))]
        if rows:
            console.print(gutter(rows, 12))
        if odds is not None:
            console.print(gutter([(f"= {signed(odds)}", Text("against “none of these”", "dim"))], 12))
    if len(group) > 1:
        console.print()
        console.print(Text(f"{share(ranking.p_none):>6}  none of these"))
        console.print(Text("        Figures with a sign are bits: +1 doubles the odds.", "dim"))
    outside = [safe(d.id) for d in comparison.documents if d.id not in group]
    if outside and len(group) > 1:
        console.print(Text(f"Not of this group, so not ranked: {listed(outside)}."))


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
    for pairs, says in ((unrelated, "Unrelated"), (left_out, "Related but not shown (all pairs on request)")):
        names = [" and ".join(safe(comparison.documents[i].id) for i in pair) for pair in pairs]
        if names:
            console.print(Text(f"{says}: {listed(names)}."))
            console.print()


def _flagged(document: Document, verdict: Verdict, console: Console) -> None:
    segmented, told = segment(document), Told()
    for s in segmented.sentences:
        if any(flag.span.overlaps(s.span) for flag in verdict.flags):
            console.print()
            console.print(gutter(sentence(segmented, s.index, verdict.flags, told), 3))
