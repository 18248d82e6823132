"""A comparison made by hand: an original, its spun copy, its back-translated copy and an unrelated text."""

import io
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from rich.console import Console

from detector.types import (
    Alignment,
    Bead,
    BeadWording,
    Comparison,
    Document,
    Evidence,
    Flag,
    RankedDocument,
    Ranking,
    Relation,
    SegmentedDocument,
    Sentence,
    Span,
    Verdict,
    WordEdit,
    ordered,
)

GOLDEN = Path(__file__).with_name("golden")
_WORD = re.compile(r"\w+(?:['’]\w+)*")

ORIGINAL = (
    "Bakery on Mill Lane shuts after 40 years",
    "The bakery on Mill Lane will close in March, its owner said on Monday.",
    "“I am tired and my oven is older than I am,” said Hanna Brook, 58.",
    "The lane has lost five shops in two years.",
    "Two special agents of the trade office visited the shop last week.",
    "They found nothing wrong.",
    "Regulars left flowers at the door, and one child left a drawing of a loaf with wings.",
)
SPUN = (
    "Bakery on Mill Lane shuts after 40 years",
    "The bakery on Mill Lane will shut in March, its proprietor mentioned on Monday.",
    "“I am tired and my oven is older than I am,” mentioned Hanna Brook, 58.",
    "The lane has misplaced 5 outlets in two years.",
    "Two particular brokers of the trade workplace visited the store final week.",
    "They found nothing wrong.",
    "Click here to read more about bread!",
)
TRANSLATED = (
    "Bakery on Mill Lane shuts after 40 years",
    "The bakery of Mill Lane will close in March, the owner said on Monday.",
    '"I am tired and my oven is older than me", said Hanna Brook, 58.',
    "Two special agents of the trade office visited the store last week, and they found nothing wrong.",
    "On the street five stores were lost in two years.",
    "The regulars left flowers at the door, and a child left a drawing of a loaf with wings.",
)
UNRELATED = (
    "The harbour freezes in January.",
    "Boats are pulled ashore, and the boys skate between \x1b[31mthem\u202e.",
)


def segmented(name: str, sentences: tuple[str, ...]) -> SegmentedDocument:
    spans, at = [], 0
    for text in sentences:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 1
    document = Document(name, "\n".join(sentences))
    return SegmentedDocument(document, tuple(Sentence(i, span) for i, span in enumerate(spans)))


def _edits(source: SegmentedDocument, target: SegmentedDocument, bead: Bead) -> tuple[WordEdit, ...]:
    """Edits by difflib: good enough to look at."""
    sides = [
        [m for i in indices for m in _WORD.finditer(side.document.text, *_ends(side.sentences[i].span))]
        for side, indices in ((source, bead.source), (target, bead.target))
    ]
    forms = [[m[0].lower() for m in side] for side in sides]

    def span(side: int, start: int, end: int) -> Span:
        run = sides[side]
        if start < end:
            return Span(run[start].start(), run[end - 1].end())
        return Span(run[start - 1].end(), run[start - 1].end()) if start else Span(run[0].start(), run[0].start())

    ops = {"equal": "keep", "replace": "swap", "insert": "insert", "delete": "delete"}
    opcodes = SequenceMatcher(None, forms[0], forms[1], autojunk=False).get_opcodes()
    return tuple(WordEdit(ops[op], span(0, a, b), span(1, c, d)) for op, a, b, c, d in opcodes)  # type: ignore[arg-type]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def aligned(
    source: SegmentedDocument,
    target: SegmentedDocument,
    links: tuple[tuple[tuple[int, ...], tuple[int, ...], BeadWording], ...],
    relation: Relation,
) -> Alignment:
    """The alignment with these links; every other sentence is a null."""
    beads = []
    for s, t, wording in links:
        bead = Bead(s, t, 0.8)
        beads.append(Bead(s, t, 0.8, wording, _edits(source, target, bead)))
    taken = [{i for b in beads for i in b.source}, {i for b in beads for i in b.target}]
    beads += [Bead((i,), (), 0.0) for i in range(len(source)) if i not in taken[0]]
    beads += [Bead((), (i,), 0.0) for i in range(len(target)) if i not in taken[1]]
    return Alignment(source, target, ordered(beads), relation)


def flag(side: SegmentedDocument, found: str, expected: str | None, kind: str, p: float, reason: str) -> Flag:
    at = side.document.text.index(found)
    return Flag(Span(at, at + len(found)), kind, p, "minor", expected, ((f"{kind}.example", reason),) if reason else ())


def flags_of_spun(side: SegmentedDocument) -> tuple[Flag, ...]:
    text = side.document.text
    first = [
        flag(side, "shut in", "close in", "spun", 0.61, ""),
        flag(side, "proprietor", "owner", "spun", 0.83, "the copy says “owner”"),
        flag(side, "misplaced", "lost", "spun", 0.97, "fits “lost” in another sense"),
        flag(side, "outlets", "shops", "spun", 0.72, "the copy says “shops”"),
        flag(side, "particular brokers", "special agents", "spun", 0.99, "the copy says “special agents”"),
        flag(side, "workplace", "office", "spun", 0.94, "fits “office” in another sense"),
        flag(side, "final", "last", "spun", 0.98, "“final week” is rare, “last week” is frequent"),
    ]
    reason = (("spun.example", "one word for “said” throughout"),)
    places = [Span(*m.span()) for m in re.finditer("mentioned", text)]
    said = [Flag(place, "spun", 0.96, "minor", "said", reason) for place in places]
    return tuple(sorted(first + said, key=lambda f: f.span))


@pytest.fixture
def comparison() -> Comparison:
    a, b = segmented("original.txt", ORIGINAL), segmented("spun.txt", SPUN)
    c, d = segmented("translated.txt", TRANSLATED), segmented("harbour.txt", UNRELATED)
    verbatim: BeadWording = "verbatim"
    spun: BeadWording = "spun"
    back: BeadWording = "back_translated"
    ab = aligned(a, b, (((0,), (0,), verbatim), ((1,), (1,), spun), ((2,), (2,), spun), ((3,), (3,), spun),
                        ((4,), (4,), spun), ((5,), (5,), verbatim)), "copy")  # fmt: skip
    ac = aligned(a, c, (((0,), (0,), verbatim), ((1,), (1,), back), ((2,), (2,), back), ((3,), (4,), back),
                        ((4, 5), (3,), back), ((6,), (5,), back)), "copy")  # fmt: skip
    bc = aligned(b, c, (((0,), (0,), verbatim), ((1,), (1,), "edited"), ((2,), (2,), "edited"), ((3,), (4,), "edited"),
                        ((4, 5), (3,), "edited")), "sibling")  # fmt: skip
    alone = [aligned(x, d, (), "unrelated") for x in (a, b, c)]
    why = Evidence("spun.txt", "spun.gain", 31.2, -4.2, "Nine words read better with another word in their place.")
    ranking = Ranking(
        (RankedDocument("original.txt", 0.9507), RankedDocument("translated.txt", 0.0138),
         RankedDocument("spun.txt", 0.0037), RankedDocument("harbour.txt", 0.0)),
        0.0318,
        False,
        (
            Evidence("original.txt", "rank.words", 9, 3.4,
                     "Where it differs from spun.txt, its word is the one that fits."),
            Evidence("original.txt", "rank.quotes", 2, 1.8, "Its quotations keep their curly marks."),
            Evidence("original.txt", "rank.length", 84, -0.3, "It is not the longest."),
            Evidence("spun.txt", "rank.words", 9, -3.1, "Nine of its words stand for likelier ones."),
            Evidence("translated.txt", "rank.articles", 4, -1.2, "It has more function words than the others."),
        ),
    )  # fmt: skip
    too_short = Evidence("harbour.txt", "text.short", 15, 0.0, "15 words are too few to judge by; 25 are needed.")
    verdicts = (
        Verdict(0.97, 0.02, 0.01, "genuine", "fast", "en"),
        Verdict(0.004, 0.99, 0.006, "spun", "fast", "en", None, (), flags_of_spun(b), (why,)),
        Verdict(0.03, 0.02, 0.95, "back_translated", "fast", "en", "pt", ("straight_quotes",), (
            flag(c, "than me\"", "than I am”", "back_translated", 0.66, "a copy keeps “than I am”"),
        )),
        Verdict(0.8, 0.1, 0.1, "unknown", "fast", None, None, (), (), (too_short,)),
    )  # fmt: skip
    documents = tuple(x.document for x in (a, b, c, d))
    groups = (("original.txt", "spun.txt", "translated.txt"), ("harbour.txt",))
    alignments = (ab, ac, alone[0], bc, alone[1], alone[2])
    lone = tuple(Verdict(0.8, 0.1, 0.1, "unknown", "fast", "en") for _ in documents)
    signature = "detector 0.1.0 | depth fast | prior 0.8/0.1/0.1 | config 0123abcd"
    return Comparison(documents, verdicts, lone, alignments, groups, ranking, signature)


@pytest.fixture
def printed() -> Callable[..., str]:
    """What a rendering prints on a console of this width, without colour, blanks at line ends dropped."""

    def run(render: Callable[..., None], *values: object, width: int = 80) -> str:
        console = Console(file=io.StringIO(), width=width, color_system=None)
        render(*values, console)
        found = console.file.getvalue()  # type: ignore[attr-defined]
        return "\n".join(line.rstrip() for line in found.splitlines()) + "\n"

    return run
