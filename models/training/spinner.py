"""Simulated spinners: programs that swap words for others, blind to sense, as real ones do.

They are written from what is known of spinners (frequent words for frequent words, names hit, phrase rules, swallowed
articles, one choice kept through a text, quotations usually spared), from WordNet, from word vectors and from the phrase rules of
``models/substitutions/phrases.tsv``; the development sets, their spinner's table and the phrases attested in a seed are not used.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
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
Source = Literal["synonym", "neighbour", "vector"]
_SOURCES: tuple[tuple[Source, ...], ...] = (("synonym",), ("synonym",), ("neighbour",), ("synonym", "neighbour"), ("vector",))
_MIN_VECTOR_ZIPF = 2.8
_MIN_COSINE = 0.35
_NEAREST = 30
_ARTICLE_NOUNS = frozenset({"city", "town", "president", "government", "country", "company", "market"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a simulated spinner goes about it."""

    share: float
    """Share of content words it swaps."""
    sources: tuple[Source, ...]
    """What its table holds: WordNet's synonyms, WordNet's neighbours, both, or the nearest word vectors."""
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

    def _choices(self, form: str, manner: Manner) -> list[str]:
        found = set(self._near(form)) if "vector" in manner.sources else set()
        for lemma in self._table.lemmas_of(form):
            ending = _ending(form, lemma)
            for relation in manner.sources:
                for near in self._table.near(lemma, relation) if relation != "vector" else ():
                    found.update(f for f in self._forms[near] if _ending(f, near) == ending)
        return sorted(f for f in found - {form} if self._table.zipf(f) >= manner.min_zipf and _is_held(form, f, manner))

    def spin(self, text: str, manner: Manner, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
        """The spun text, and for each altered run its offsets in the spun text with the wording it replaced."""
        spared = [] if manner.hits_quotations else quotations(text)
        tokens = [w for w in words(text) if not any(q.start <= w.start < q.end for q in spared)]
        memory: dict[str, str] = {}
        parts: list[str] = []
        altered: list[tuple[int, int, str]] = []
        at, length, i = 0, 0, 0
        while i < len(tokens):
            n_words, new = self._swap(text, tokens, i, manner, memory, rng)
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
        self, text: str, tokens: list[Word], i: int, manner: Manner, memory: dict[str, str], rng: random.Random
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
        return 1, self._word(text, tokens[i], manner, memory, rng)

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
                return n_words, _cased(chosen, text[tokens[i].start : tokens[i].end]) if chosen != phrase else None
        follows = i + 1 < len(tokens) and tokens[i + 1].form in _ARTICLE_NOUNS
        follows = follows and not text[tokens[i].end : tokens[i + 1].start].strip()
        if tokens[i].form == "the" and follows and rng.random() < manner.phrase_share / 2:
            noun = memory.get(tokens[i + 1].form, tokens[i + 1].form)
            return 2, _cased(noun, text[tokens[i].start : tokens[i].end])
        return None

    def _word(self, text: str, word: Word, manner: Manner, memory: dict[str, str], rng: random.Random) -> str | None:
        """What stands in the place of one word; None: it is left as it is."""
        written = text[word.start : word.end]
        name = written[0].isupper() and text[max(0, word.start - 2) : word.start].strip(" ")[-1:] not in (".", "")
        if word.form in FUNCTION_WORDS or not word.form.isalpha() or (name and not manner.hits_names):
            return None
        if rng.random() >= manner.share and not (manner.keeps_choice and word.form in memory):
            return None
        choices = self._choices(word.form, manner)
        if not choices:
            return None
        weights = [10 ** (manner.frequency_power * self._table.zipf(c)) for c in choices]
        new = memory.get(word.form) or rng.choices(choices, weights)[0]
        if manner.keeps_choice:
            memory[word.form] = new
        return _cased(new, written)


def _is_held(form: str, new: str, manner: Manner) -> bool:
    """True where the table of a manner holds the pair: a share of all pairs, another for each seed."""
    return crc32(f"{manner.table_seed} {form} {new}".encode()) < manner.table_share * 2**32


def _ending(form: str, lemma: str) -> str:
    if form == lemma:
        return ""
    return next((e for e in ("ing", "ed", "s", "er", "est") if form.endswith(e)), "irregular")


def _cased(new: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if written[0].isupper() else new
