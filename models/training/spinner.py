"""Simulated spinners: programs that swap words for others, blind to sense, as real ones do.

They are written from what is known of spinners (frequent words for frequent words, names hit, phrase rules, swallowed
articles, one choice kept through a text, quotations usually spared), from WordNet, from word vectors and from the phrase rules of
``models/substitutions/phrases.tsv``; the development sets, their spinner's table and the phrases attested in a seed are not used.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal
from zlib import crc32

import numpy as np

from detector.lm import Substitutions
from detector.text import FUNCTION_WORDS, Word, quotations, words
from models.training.phrases import read_phrases


def _phrase_rules() -> dict[str, tuple[str, ...]]:
    """What is written, and what a spinner puts in its place; each choice as likely as the others."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule in read_phrases():
        found[rule.original].append(rule.copy)
    return {original: tuple(copies) for original, copies in found.items()}


_PHRASES = _phrase_rules()
_SCRAMBLED_WORDS = 6
Source = Literal["synonym", "neighbour", "vector", "distant", "own"]
_SOURCES: tuple[tuple[Source, ...], ...] = (("synonym",), ("synonym",), ("neighbour",), ("synonym", "neighbour"), ("vector",))
_MORE_SOURCES: tuple[tuple[Source, ...], ...] = (*_SOURCES, ("synonym", "vector"), ("distant",), ("own",), ("neighbour", "own"))
_MANY = 40
"""Words at a distance of two are many: the first by the alphabet of their checksums serve."""
_MIN_VECTOR_ZIPF = 2.8
_MIN_COSINE = 0.35
_NEAREST = 30
_ARTICLES = frozenset({"the", "a", "an"})
_ARTICLE_NOUNS = frozenset({"city", "town", "president", "government", "country", "company", "market"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a simulated spinner goes about it."""

    share: float
    """Share of content words it swaps."""
    sources: tuple[Source, ...]
    """What its table holds: WordNet's synonyms, its neighbours, the neighbours of these, the nearest word vectors, or other words
    of the text itself; or several of these."""
    table_share: float
    """Share of those, and of the phrase rules, that its table holds: no two thesauri are the same."""
    table_seed: int
    hits_names: bool
    hits_quotations: bool
    keeps_choice: bool
    phrase_share: float
    """Share of the places at which a phrase rule would apply that it applies to; 0: it has none."""
    min_zipf: float
    """Replacements are at least this frequent (Zipf scale): real spinners put frequent words for frequent words."""
    frequency_power: float
    """Replacements are drawn with odds of 10 to the Zipf frequency times this."""
    scrambles: float
    """Share of runs of six words whose order it shuffles (word salad); 0 in most spinners."""
    drops: float = 0.0
    """Share of all words that it leaves out."""
    inserts: float = 0.0
    """Share of all words after which it puts a word from elsewhere in the text."""
    swallows: float = 0.0
    """Share of the swapped words whose article it swallows."""
    slots: float = 0.0
    """Share of the swapped words that it leaves as a slot: {word}, or {word|another}."""


def random_manner(rng: random.Random) -> Manner:
    """A manner drawn at random: light or heavy, by synonyms or neighbours, with or without each habit."""
    return Manner(
        share=rng.choice((0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6)),
        sources=rng.choice(_SOURCES),
        table_share=rng.choice((0.1, 0.3, 0.6, 1.0)),
        table_seed=rng.randrange(1 << 30),
        hits_names=rng.random() < 0.7,
        hits_quotations=rng.random() < 0.3,
        keeps_choice=rng.random() < 0.7,
        phrase_share=rng.choice((0.0, 0.0, 0.1, 0.3, 0.6, 1.0)),
        min_zipf=rng.choice((2.5, 3.2, 3.8, 4.3, 4.7)),
        frequency_power=rng.choice((0.0, 0.5, 1.0)),
        scrambles=rng.choice((0.1, 0.3, 0.7)) if rng.random() < 0.15 else 0.0,
    )


def wide_manner(rng: random.Random) -> Manner:
    """A manner out of a wider range: the words may also come from afar or from the text itself, and go missing."""
    manner = replace(random_manner(rng), sources=rng.choice(_MORE_SOURCES))
    if rng.random() < 0.15:
        rate = rng.choice((0.02, 0.06, 0.15))
        manner = replace(manner, drops=rate * rng.random(), inserts=rate * rng.random())
    return replace(
        manner,
        swallows=rng.choice((0.2, 0.6)) if rng.random() < 0.25 else 0.0,
        slots=rng.choice((0.01, 0.1)) if rng.random() < 0.04 else 0.0,
    )


class Spinner:
    """Swaps words by the table of substitutions; inflected forms follow the word they replace."""

    def __init__(self, substitutions: Substitutions) -> None:
        self._table = substitutions
        self._forms: dict[str, list[str]] = defaultdict(list)
        for form in substitutions.forms:
            for lemma in substitutions.lemmas_of(form):
                self._forms[lemma].append(form)
        self._frequent = np.flatnonzero(substitutions.zipfs[:-1] >= _MIN_VECTOR_ZIPF)
        self._directions = substitutions.directions(self._frequent)
        self._nearest: dict[str, list[str]] = {}
        self._distant: dict[str, list[str]] = {}

    def _near(self, form: str) -> list[str]:
        """The forms whose vectors are nearest, of the same ending, and not of the same lemma."""
        if form not in self._nearest:
            cosine = self._directions @ self._table.directions(np.array([self._table.number(form)]))[0]
            nearest = np.argsort(-cosine, kind="stable")[:_NEAREST]
            found = [self._table.forms[i] for i in self._frequent[nearest[cosine[nearest] > _MIN_COSINE]].tolist()]
            lemmas = set(self._table.lemmas_of(form))
            endings = {_ending(form, lemma) for lemma in lemmas}
            self._nearest[form] = [
                f for f in found
                if lemmas.isdisjoint(own := self._table.lemmas_of(f)) and any(_ending(f, lemma) in endings for lemma in own)
            ]  # fmt: skip
        return self._nearest[form]

    def choices(self, form: str, manner: Manner, own: Mapping[str, Sequence[str]] = MappingProxyType({})) -> list[str]:
        """What the table of a manner holds for a form, in order of spelling.

        Args:
            form: A word in lower case.
            manner: How the spinner goes about it.
            own: The words of the text itself, by their endings.
        """
        found = set(self._near(form)) if "vector" in manner.sources else set()
        for lemma in self._table.lemmas_of(form):
            ending = _ending(form, lemma)
            if "own" in manner.sources:
                found.update(own.get(ending, ()))
            for source in manner.sources:
                for near in self._lemmas(lemma, source):
                    found.update(f for f in self._forms[near] if _ending(f, near) == ending)
        return sorted(f for f in found - {form} if self._table.zipf(f) >= manner.min_zipf and _is_held(form, f, manner))

    def _lemmas(self, lemma: str, source: Source) -> Iterable[str]:
        """The lemmas that WordNet gives for one; none where the source is not WordNet."""
        if source in {"synonym", "neighbour"}:
            return self._table.near(lemma, source)
        if source != "distant":
            return ()
        if lemma not in self._distant:
            near = {*self._table.near(lemma, "neighbour"), *self._table.near(lemma, "synonym")}
            far = {other for one in near for other in self._table.near(one, "neighbour")} - near - {lemma}
            self._distant[lemma] = sorted(far, key=lambda other: crc32(f"{lemma} {other}".encode()))[:_MANY]
        return self._distant[lemma]

    def _by_ending(self, tokens: Sequence[Word]) -> dict[str, list[str]]:
        """The content words of a text by their endings."""
        found: dict[str, set[str]] = defaultdict(set)
        for form in {word.form for word in tokens} - FUNCTION_WORDS:
            for lemma in self._table.lemmas_of(form):
                found[_ending(form, lemma)].add(form)
        return {ending: sorted(forms) for ending, forms in found.items()}

    def spin(self, text: str, manner: Manner, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
        """The spun text, and for each altered run its offsets in the spun text with the wording it replaced."""
        spared = [] if manner.hits_quotations else quotations(text)
        tokens = [w for w in words(text) if not any(q.start <= w.start < q.end for q in spared)]
        own = self._by_ending(tokens) if "own" in manner.sources else {}
        memory: dict[str, str] = {}
        parts: list[str] = []
        altered: list[tuple[int, int, str]] = []
        at, length, i = 0, 0, 0
        while i < len(tokens):
            if manner.drops and rng.random() < manner.drops:
                parts.append(text[at : tokens[i].start])
                length += tokens[i].start - at
                at = tokens[i].end + (text[tokens[i].end : tokens[i].end + 1] == " ")
                i += 1
                continue
            n_words, new = self._swap(text, tokens, i, manner, memory, own, rng)
            if new is None and manner.inserts and rng.random() < manner.inserts:
                new = f"{text[tokens[i].start : tokens[i + n_words - 1].end]} {rng.choice(tokens).form}"
            if new is not None:
                start, end = tokens[i].start, tokens[i + n_words - 1].end
                parts.append(text[at:start])
                length += start - at
                altered.append((length, length + len(new), text[start:end]))
                parts.append(new)
                length += len(new)
                at = end
            i += n_words
        return "".join([*parts, text[at:]]), altered

    def _swap(  # noqa: PLR0917 - the state of one pass
        self,
        text: str,
        tokens: list[Word],
        i: int,
        manner: Manner,
        memory: dict[str, str],
        own: Mapping[str, Sequence[str]],
        rng: random.Random,
    ) -> tuple[int, str | None]:
        """How many words are read, and what stands in their place (None: left as they are)."""
        if manner.scrambles and rng.random() < manner.scrambles / _SCRAMBLED_WORDS:
            run = tokens[i : i + _SCRAMBLED_WORDS]
            start, end = run[0].start, run[-1].end
            if "\n" not in text[start:end] and len(words(text, start, end)) == len(run):  # no spared quotation between
                shuffled = [text[w.start : w.end] for w in run]
                rng.shuffle(shuffled)
                new = " ".join(shuffled)
                return len(run), new if new != text[start:end] else None
        if manner.phrase_share and (found := self._phrase(text, tokens, i, manner, memory, rng)):
            return found
        if manner.swallows and tokens[i].form in _ARTICLES and i + 1 < len(tokens) and rng.random() < manner.swallows:
            swapped = self._word(text, tokens[i + 1], manner, memory, own, rng)
            if swapped and not text[tokens[i].end : tokens[i + 1].start].strip():
                return 2, cased(swapped, text[tokens[i].start : tokens[i].end]) if tokens[i].start == 0 else swapped
        return 1, self._word(text, tokens[i], manner, memory, own, rng)

    @staticmethod
    def _phrase(  # noqa: PLR0917 - the state of one pass
        text: str, tokens: list[Word], i: int, manner: Manner, memory: dict[str, str], rng: random.Random
    ) -> tuple[int, str | None] | None:
        """What a phrase rule makes of the words from ``i`` on; None where none applies."""
        for n_words in (5, 4, 3, 2, 1):
            run = tokens[i : i + n_words]
            phrase = " ".join(w.form for w in run)
            together = len(run) == n_words and text[run[0].start : run[-1].end].lower() == phrase
            if together and phrase in _PHRASES and rng.random() < manner.phrase_share:
                held = [new for new in _PHRASES[phrase] if _is_held(phrase, new, manner)]
                if not held:
                    continue
                chosen = memory.get(phrase) or rng.choice(held)
                if manner.keeps_choice:
                    memory[phrase] = chosen
                return n_words, cased(chosen, text[tokens[i].start : tokens[i].end]) if chosen != phrase else None
        follows = i + 1 < len(tokens) and tokens[i + 1].form in _ARTICLE_NOUNS
        follows = follows and not text[tokens[i].end : tokens[i + 1].start].strip()
        if tokens[i].form == "the" and follows and rng.random() < manner.phrase_share / 2:
            noun = memory.get(tokens[i + 1].form, tokens[i + 1].form)
            return 2, cased(noun, text[tokens[i].start : tokens[i].end])
        return None

    def _word(  # noqa: PLR0917 - the state of one pass
        self, text: str, word: Word, manner: Manner, memory: dict[str, str], own: Mapping[str, Sequence[str]], rng: random.Random
    ) -> str | None:
        """What stands in the place of one word; None: it is left as it is."""
        written = text[word.start : word.end]
        name = written[0].isupper() and text[max(0, word.start - 2) : word.start].strip(" ")[-1:] not in (".", "")
        if word.form in FUNCTION_WORDS or not word.form.isalpha() or (name and not manner.hits_names):
            return None
        if rng.random() >= manner.share and not (manner.keeps_choice and word.form in memory):
            return None
        choices = self.choices(word.form, manner, own)
        if not choices:
            return None
        weights = [10 ** (manner.frequency_power * self._table.zipf(c)) for c in choices]
        new = memory.get(word.form) or rng.choices(choices, weights)[0]
        if manner.keeps_choice:
            memory[word.form] = new
        if manner.slots and rng.random() < manner.slots:
            return "{" + "|".join(dict.fromkeys((new, rng.choice(choices))) if rng.random() < 0.5 else (new,)) + "}"
        return cased(new, written)


def _is_held(form: str, new: str, manner: Manner) -> bool:
    """True where the table of a manner holds the pair: a share of all pairs, another for each seed."""
    return crc32(f"{manner.table_seed} {form} {new}".encode()) < manner.table_share * 2**32


def _ending(form: str, lemma: str) -> str:
    if form == lemma:
        return ""
    return next((e for e in ("ing", "ed", "s", "er", "est") if form.endswith(e)), "irregular")


def cased(new: str, written: str) -> str:
    """A replacement in the case of what it replaces."""
    if written.isupper() and len(written) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if written[0].isupper() else new
