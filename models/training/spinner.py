"""Simulated spinners: programs that swap words for others, blind to sense, as real ones do.

They are written from what is known of spinners (frequent words for frequent words, names hit, phrase rules, swallowed
articles, one choice kept through a text, quotations usually spared) and from WordNet; the development sets, their spinner's
table and the phrases attested in a seed are not used. The phrase rules are the project's own, a few after phrases attested on
live pages.
"""

import random
from collections import defaultdict
from dataclasses import dataclass

from detector.lm import Relation, Substitutions
from detector.text import FUNCTION_WORDS, Word, quotations, words

_PHRASES = {
    "according to": ("in response to", "as per", "in keeping with"),
    "such as": ("comparable to", "akin to"),
    "a number of": ("quite a lot of", "various"),
    "as well as": ("in addition to", "in addition as"),
    "because of": ("on account of", "as a result of"),
    "more than": ("greater than", "over"),
    "so far": ("up to now", "to date"),
    "for example": ("as an illustration", "for instance"),
    "in order to": ("so as to",),
    "last year": ("final 12 months", "the previous yr"),
    "at the time": ("on the time",),
    "are not": ("are usually not",),
    "is not": ("just isn't", "isn't"),
    "a lot of": ("numerous", "loads of"),
    "has been": ("has been", "was"),
    "as part of": ("as a part of",),
    "set up": ("arrange", "established"),
    "carried out": ("carried out", "performed"),
    "take part": ("participate", "participate in"),
    "before": ("earlier than",),
    "become": ("grow to be",),
    "also": ("additionally", "likewise"),
    "where": ("wherever", "the place"),
    "when": ("once", "when"),
    "while": ("whereas", "whilst"),
    "however": ("nonetheless", "but"),
    "today": ("in the present day", "right now"),
    "without": ("with out",),
    "people": ("folks", "individuals"),
}
"""Phrase rules, lower case; the first of a choice is as likely as the others."""
_SCRAMBLED_WORDS = 6
_RELATIONS: tuple[tuple[Relation, ...], ...] = (("synonym",), ("synonym",), ("neighbour",), ("synonym", "neighbour"))
_ARTICLE_NOUNS = frozenset({"city", "town", "president", "government", "country", "company", "market"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a simulated spinner goes about it."""

    share: float
    """Share of content words it swaps."""
    relations: tuple[Relation, ...]
    """WordNet relations it swaps by: "synonym", "neighbour", or both."""
    hits_names: bool
    hits_quotations: bool
    keeps_choice: bool
    phrase_rules: bool
    min_zipf: float
    """Replacements are at least this frequent (Zipf scale): real spinners put frequent words for frequent words."""
    frequency_power: float
    """Replacements are drawn with odds of 10 to the Zipf frequency times this."""
    scrambles: float
    """Share of runs of six words whose order it shuffles (word salad); 0 in most spinners."""


def random_manner(rng: random.Random) -> Manner:
    """A manner drawn at random: light or heavy, by synonyms or neighbours, with or without each habit."""
    return Manner(
        share=rng.choice((0.04, 0.08, 0.12, 0.2, 0.3, 0.45, 0.6)),
        relations=rng.choice(_RELATIONS),
        hits_names=rng.random() < 0.7,
        hits_quotations=rng.random() < 0.3,
        keeps_choice=rng.random() < 0.7,
        phrase_rules=rng.random() < 0.6,
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

    def _choices(self, form: str, manner: Manner) -> list[str]:
        found = set()
        for lemma in self._table.lemmas_of(form):
            ending = _ending(form, lemma)
            for near in [n for relation in manner.relations for n in self._table.near(lemma, relation)]:
                fitting = [f for f in self._forms[near] if _ending(f, near) == ending and self._table.zipf(f) >= manner.min_zipf]
                found.update(fitting)
        return sorted(found - {form})

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
        if manner.phrase_rules and (found := self._phrase(text, tokens, i, manner, memory, rng)):
            return found
        return 1, self._word(text, tokens[i], manner, memory, rng)

    @staticmethod
    def _phrase(  # noqa: PLR0917 - the state of one pass
        text: str, tokens: list[Word], i: int, manner: Manner, memory: dict[str, str], rng: random.Random
    ) -> tuple[int, str | None] | None:
        """What a phrase rule makes of the words from ``i`` on; None where none applies."""
        for n_words in (3, 2, 1):
            run = tokens[i : i + n_words]
            phrase = " ".join(w.form for w in run)
            together = len(run) == n_words and text[run[0].start : run[-1].end].lower() == phrase
            if together and phrase in _PHRASES and rng.random() < min(1.0, 2.5 * manner.share):
                new = _cased(rng.choice(_PHRASES[phrase]), text[tokens[i].start : tokens[i].end])
                return n_words, new if new.lower() != phrase else None
        follows = i + 1 < len(tokens) and tokens[i + 1].form in _ARTICLE_NOUNS
        follows = follows and not text[tokens[i].end : tokens[i + 1].start].strip()
        if tokens[i].form == "the" and follows and rng.random() < manner.share / 2:
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


def _ending(form: str, lemma: str) -> str:
    if form == lemma:
        return ""
    return next((e for e in ("ing", "ed", "s", "er", "est") if form.endswith(e)), "irregular")


def _cased(new: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if written[0].isupper() else new
