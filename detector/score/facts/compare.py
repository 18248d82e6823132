"""The facts of two aligned texts beside each other: what one states and the other states otherwise.

The sides of each bead are read as wholes. What both state, wherever, is no change; what only one states is none either, as
editors leave out and add: changed are facts of one kind that differ and stand in one place, by the word edits of the bead.
Negations and quotations, which live by the words around them, are compared on the edits themselves. A kind is only looked for
where a word that can be part of it was changed.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from detector.score.facts.amounts import MEASURING, SIGNS, amounts, is_rescaled, is_same_amount, is_same_vague
from detector.score.facts.dates import DATING, dates, is_same_time
from detector.score.facts.names import differing, name_facts, names_of, spoken_by
from detector.score.facts.negation import changed_negations
from detector.score.facts.people import CALLING, GENDERED, genders, is_same_gender, is_same_office, offices
from detector.score.facts.places import Places, places_of
from detector.score.facts.quoting import changed_quotations
from detector.score.facts.reading import Fact, Side, outside
from detector.text import Name, Word, quotations, words
from detector.types import Alignment, Bead, SegmentedDocument, Span

_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "amount": is_same_amount,
    "vague": is_same_vague,
    "clock": is_same_time,
    "office": is_same_office,
    "gender": is_same_gender,
}
"""When two values of a kind are the same, where that is more than being equal."""
_CODES = {
    "amount": "fact.number",
    "vague": "fact.unit",
    "ordinal": "fact.number",
    "gender": "fact.gender",
    "office": "fact.name",
    **dict.fromkeys(("month", "day", "weekday", "year", "relative", "day word", "clock"), "fact.date"),
}
_RENAMED = frozenset({"fact.name", "fact.attribution"})
_STATED = MEASURING | DATING
_MAX_WORDS = 300
"""A bead of more words on a side is no sentence, and what is stated in one place cannot be told."""
_KEPT = 4
"""Alignments whose facts are remembered: each of the two sides asks for them."""


class ChangedFact(NamedTuple):
    """A fact that the source tells otherwise than the target; nothing is said of which of them is right."""

    code: str
    source: Span
    target: Span
    source_says: str
    target_says: str

    def inverse(self) -> "ChangedFact":
        """The same read from target to source."""
        return ChangedFact(self.code, self.target, self.source, self.target_says, self.source_says)


@dataclass(frozen=True)
class _Text:
    """A whole text, read once for all its beads."""

    segmented: SegmentedDocument

    @cached_property
    def words(self) -> list[list[Word]]:
        """The words of each sentence."""
        text = self.segmented.document.text
        return [words(text, s.span.start, s.span.end) for s in self.segmented.sentences]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return names_of(self.segmented, [word for sentence in self.words for word in sentence])

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        return quotations(self.segmented.document.text)

    def side(self, indices: Sequence[int]) -> Side:
        """Some of its sentences."""
        spans = tuple(self.segmented.sentences[i].span for i in indices)
        return Side(self.segmented.document.text, spans, tuple(word for i in indices for word in self.words[i]))

    def names_in(self, side: Side) -> list[Name]:
        """The names of some of its sentences."""
        bounds = [
            (bisect_left(self.names, (s.start,), key=_start), bisect_left(self.names, (s.end,), key=_start)) for s in side.sentences
        ]
        return [name for first, end in bounds for name in self.names[first:end]]


def _start(name: Name) -> tuple[int]:
    return (name.span.start,)


@lru_cache(maxsize=_KEPT)
def changed_facts(alignment: Alignment) -> tuple[ChangedFact, ...]:
    """The facts on which the linked sentences of two texts disagree, in source order; no two share words on both sides.

    The inverse alignment has the inverse facts; whoever altered what is not asked.
    """
    if alignment.target.document.text < alignment.source.document.text:
        return tuple(sorted((fact.inverse() for fact in _found(alignment.inverse())), key=_place))
    return tuple(sorted(_found(alignment), key=_place))


def _place(fact: ChangedFact) -> tuple[Span, Span]:
    return fact.source, fact.target


def _found(alignment: Alignment) -> Iterator[ChangedFact]:
    texts = _Text(alignment.source), _Text(alignment.target)
    for bead in alignment.links:
        if [alignment.source.text_of(i) for i in bead.source] != [alignment.target.text_of(j) for j in bead.target]:
            yield from _in_bead(bead, texts)


def _in_bead(bead: Bead, texts: tuple[_Text, _Text]) -> list[ChangedFact]:
    sides = texts[0].side(bead.source), texts[1].side(bead.target)
    kept: list[ChangedFact] = []
    if max(len(side.words) for side in sides) > _MAX_WORDS:
        return kept
    for code, ours, theirs in _all(sides, places_of(bead.edits, *sides), texts):
        named = code in _RENAMED
        beside = [(fact.source.overlaps(ours), fact.target.overlaps(theirs), fact.code in _RENAMED) for fact in kept]
        if not any((here and there) or (named and is_name and (here or there)) for here, there, is_name in beside):
            kept.append(ChangedFact(code, ours, theirs, ours.of(sides[0].text), theirs.of(sides[1].text)))
    return kept


def _all(sides: tuple[Side, Side], places: Places, texts: tuple[_Text, _Text]) -> Iterator[tuple[str, Span, Span]]:
    """The changed facts of a bead, the most telling kind first; later ones may repeat an earlier."""
    changed = [[side.words[k] for k in places.changed_words(s)] for s, side in enumerate(sides)]
    forms = [{word.form for word in own} for own in changed]
    if any(_may_state(own) for own in forms) or _signs(sides[0]) != _signs(sides[1]):
        for ours, theirs in _paired(_stated(sides[0]), _stated(sides[1]), sides, places):
            yield _code(ours, theirs), ours.span, theirs.span
    for negated in changed_negations(sides, places):
        yield "fact.negation", *negated
    if not any(GENDERED.isdisjoint(own) for own in forms):
        for ours, theirs in _paired(list(genders(sides[0])), list(genders(sides[1])), sides, places):
            yield "fact.gender", ours.span, theirs.span
    if not all(CALLING.isdisjoint(own) for own in forms):
        for ours, theirs in _paired(list(offices(sides[0])), list(offices(sides[1])), sides, places):
            speaks = any(spoken_by(side, fact.span) != fact.span for side, fact in zip(sides, (ours, theirs), strict=True))
            yield "fact.attribution" if speaks else "fact.name", ours.span, theirs.span
    if all(any(side.text[word.start].isupper() for word in own) for side, own in zip(sides, changed, strict=True)):
        yield from _renamed(sides, places, (texts[0].names_in(sides[0]), texts[1].names_in(sides[1])))
    for quotation in changed_quotations(sides, (texts[0].quoted, texts[1].quoted), places):
        yield "fact.quotation", *quotation


def _may_state(forms: set[str]) -> bool:
    return not _STATED.isdisjoint(forms) or any(form[0].isdigit() or form[-1].isdigit() for form in forms)


def _signs(side: Side) -> list[str]:
    return [sign for span in side.sentences for sign in SIGNS.findall(side.text, span.start, span.end)]


def _stated(side: Side) -> list[Fact]:
    """Dates, and amounts that are no part of one."""
    found = list(dates(side))
    return [*found, *outside(list(amounts(side)), [fact.span for fact in found])]


def _code(ours: Fact, theirs: Fact) -> str:
    if ours.kind == "amount" == theirs.kind:
        return "fact.unit" if is_rescaled(ours.value, theirs.value) else "fact.number"
    return _CODES[ours.kind] if ours.kind == theirs.kind else "fact.number"


def _is_same(a: Fact, b: Fact) -> bool:
    if a.kind != b.kind:
        return False
    same = _SAME.get(a.kind)
    return bool(same(a.value, b.value) if same else a.value == b.value)


def _is_restated(a: Fact, b: Fact) -> bool:
    """True where the same is said in another place: of a gender, by the same kind of word."""
    return a.value == b.value if a.kind == b.kind == "gender" else _is_same(a, b)


def _can_stand_for(a: Fact, b: Fact) -> bool:
    return a.kind == b.kind or {a.kind, b.kind} == {"amount", "year"}


def _paired(ours: list[Fact], theirs: list[Fact], sides: tuple[Side, Side], places: Places) -> Iterator[tuple[Fact, Fact]]:
    """The facts of two sides that differ and stand in one place, once those that both sides state are left out."""

    def meet(a: Fact, b: Fact) -> bool:
        return places.meet(sides[0].places(a.reach), sides[1].places(b.reach))

    for is_told in (lambda a, b: _is_same(a, b) and meet(a, b), _is_restated):
        for a in list(ours):
            b = next((b for b in theirs if is_told(a, b)), None)
            if b:
                ours.remove(a)
                theirs.remove(b)
    for a in ours:
        b = next((b for b in theirs if _can_stand_for(a, b) and meet(a, b)), None)
        if b:
            theirs.remove(b)
            yield a, b


def _renamed(
    sides: tuple[Side, Side], places: Places, names: tuple[Sequence[Name], Sequence[Name]]
) -> Iterator[tuple[str, Span, Span]]:
    """Names in one place that cannot be of one bearer, by the words in which they differ."""
    facts = [
        [fact for fact in name_facts(side, own) if places.is_changed(s, side.places(fact.span))]
        for s, (side, own) in enumerate(zip(sides, names, strict=True))
    ]
    reaches = [[side.places(fact.reach) for fact in own] for side, own in zip(sides, facts, strict=True)]
    for ours, mine_reach in zip(facts[0], reaches[0], strict=True):
        there = places.there(0, mine_reach)
        for theirs, other_reach in zip(facts[1], reaches[1], strict=True):
            if there.isdisjoint(other_reach):
                continue
            speak = ours.reach != ours.span and theirs.reach != theirs.span
            # A speaker may be named elsewhere in the sentence too; of other names what is said elsewhere is no difference.
            told = (frozenset[str](),) * 2 if speak else (sides[0].capitals, sides[1].capitals)
            mine, other = differing(ours.value, theirs.value, told[1]), differing(theirs.value, ours.value, told[0])
            if not mine or not other:
                continue
            runs = _run(sides[0], ours, mine), _run(sides[1], theirs, other)
            if not all(places.is_changed(side, run) for side, run in enumerate(runs)):
                continue
            shared = speak or not set(ours.value).isdisjoint(theirs.value)  # the verb, or the rest of the name, is in one place
            if shared or places.meet(*runs):
                whole = len(mine) == len(runs[0]) == len(ours.value) and len(other) == len(runs[1]) == len(theirs.value)
                speaks = whole and (ours.reach != ours.span or theirs.reach != theirs.span)
                spans = [side.hull(run.start, run.stop) for side, run in zip(sides, runs, strict=True)]
                yield "fact.attribution" if speaks else "fact.name", spans[0], spans[1]


def _run(side: Side, name: Fact, forms: Sequence[str]) -> range:
    """The places of a name's words from the first to the last of some."""
    capitals = [k for k in side.places(name.span) if side.text[side.words[k].start].isupper()]
    chosen = [k for k, form in zip(capitals, name.value, strict=False) if form in forms]
    return range(chosen[0], chosen[-1] + 1) if chosen else side.places(name.span)
