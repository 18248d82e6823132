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

_RULES = """
according to: in response to, as per, in keeping with, in line with
such as: comparable to, akin to, reminiscent of
a number of: quite a lot of, various, plenty of
as well as: in addition to, in addition as, along with
because of: on account of, as a result of, because of the
due to: attributable to, owing to, because of
more than: greater than, over, extra than
less than: lower than, fewer than
at least: at the least, at the very least, no less than
so far: up to now, to date, to this point
for example: as an illustration, for instance
in order to: so as to, with the intention to
last year: final 12 months, the previous yr, last yr
this year: this 12 months, the current year
at the time: on the time, at that time
are not: are usually not, aren't
is not: just isn't, isn't, shouldn't be
did not: didn't, did no longer
a lot of: numerous, loads of, plenty of
has been: was, has truly been
have been: were, had been
will be: might be, can be, is going to be
would be: could be, can be, might be
as part of: as a part of, as component of
set up: arrange, established, installed
take part: participate, take component
one of the: one of many, among the, one of several
some of the: a few of the, a number of the
most of: the general public of, the majority of
how many: what number of, the number of
how much: how a lot, what quantity of
number of: variety of, quantity of
going to: gonna, about to
want to: need to, wish to
have to: must, need to
need to: must, have to
want: need, wish
before: earlier than, prior to
after: following, subsequent to, afterwards
become: grow to be, turn into
also: additionally, likewise, as well
where: wherever, the place, in which
when: once, whilst, at the time
while: whereas, whilst, at the same time as
however: nonetheless, but, nevertheless
but: however, yet
today: in the present day, right now, nowadays
now: at present, presently, right now
without: with out, with no
people: folks, individuals, humans
because: as a result of, since, due to the fact
until: till, up till
during: throughout, in the course of
within: inside, inside of
in: within, inside, in the
into: in to, right into
on: upon, on the
at: on, at the
with: along with, together with, having
from: out of, from the
about: approximately, regarding, roughly
around: round, across
against: in opposition to, towards
between: among, amongst
through: via, by means of, by way of
across: throughout, all through
under: beneath, below
over: above, greater than
near: close to, nearby
will: can, shall, is going to
would: could, might, may
can: is able to, might, may
could: might, may, would
may: might, could
must: should, has to
should: ought to, must
was: had been, became
were: had been, have been
very: extremely, highly
many: numerous, a lot of, lots of
few: handful of, couple of
every: each, each and every
each: every, every single
only: solely, just, handiest
nearly: virtually, practically, almost
almost: nearly, practically
already: previously, by now
still: nonetheless, nevertheless, yet
again: once more, once again
never: by no means, not ever
often: frequently, typically
later: afterward, in a while
first: initial, to begin with
last: final, closing
next: subsequent, following
year: 12 months, yr
years: decades, yrs
said: stated, mentioned, noted
told: instructed, informed, advised
that: which, who
which: that, which is
who: that, which
if: in case, in the event that
not: no longer, now not
more: extra, additional
most: maximum, greatest
other: different, alternative
another: one other, a different
several: a number of, various
both: each, equally
percent: per cent, p.c
the city: town, metropolis
the country: nation, the nation
the government: authorities, the federal government
the president: chairman, president
the company: firm, the agency
the first: the primary, first
the same: similar, identical
the end: the tip, the top
"""
_PHRASES = {
    phrase: tuple(new.strip() for new in choices.split(","))
    for phrase, choices in (line.split(":") for line in _RULES.strip().splitlines())
}
"""Phrase rules, lower case: what is written, and what a spinner puts in its place; each choice as likely as the others."""
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
        share=rng.choice((0.04, 0.08, 0.12, 0.2, 0.3, 0.45, 0.6)),
        relations=rng.choice(_RELATIONS),
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
        if manner.phrase_share and (found := self._phrase(text, tokens, i, manner, memory, rng)):
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
            if together and phrase in _PHRASES and rng.random() < manner.phrase_share:
                chosen = memory.get(phrase) or rng.choice(_PHRASES[phrase])
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


def _ending(form: str, lemma: str) -> str:
    if form == lemma:
        return ""
    return next((e for e in ("ing", "ed", "s", "er", "est") if form.endswith(e)), "irregular")


def _cased(new: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return new.upper()
    return new[0].upper() + new[1:] if written[0].isupper() else new
