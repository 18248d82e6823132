"""Awkward but human English: genuine examples of what no corpus of ours holds and a detector of spun wording trips over.

Results, listings, clauses, transcripts, notices and the like are made by the rules in ``awkward.tsv``, written for this
project with invented names; headlines, speech, learners' English and slips of the keyboard out of sentences the caller gives.

In ``awkward.tsv`` a symbol stands beside its choices, divided by `` | ``. In a choice, ``{town}`` is a choice of that symbol,
``{Town}`` and ``{TOWN}`` the same with a capital or in capitals, ``{town#a}`` one that stays through the text, ``{05-30}`` a
number with as many digits as its first has, ``{a}`` the article that suits the next word; ``{name}`` is one of the caller's
names. A kind ``k`` may open with a line of ``k_head``.
"""

import csv
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path

from detector.text import FUNCTION_WORDS, MONTHS_AND_DAYS

_FILE = Path(__file__).with_suffix(".tsv")
_SLOT = re.compile(r"\{(?:(\d+)-(\d+)|([A-Za-z_]+)(#\w)?)\}")
_ARTICLE = "\ue000"
_VOWEL_SOUND = re.compile(_ARTICLE + r"(?= (?:[aeio]|u(?!ni)))", re.IGNORECASE)

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR_KEYS = {key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _KEYBOARD for i, key in enumerate(row)}
_CONFUSED = (
    ("ie", "ei"), ("ei", "ie"), ("ance", "ence"), ("ence", "ance"), ("able", "ible"), ("ible", "able"), ("ant", "ent"),
    ("ally", "aly"), ("ary", "ery"), ("ery", "ary"), ("sc", "s"), ("ph", "f"), ("tion", "sion"), ("our", "or"), ("ise", "ize"),
)  # fmt: skip
_TYPED = re.compile(r"[A-Za-z]{4,}")
_HOMOPHONES = {
    "their": "there", "there": "their", "they're": "their", "its": "it's", "it's": "its", "your": "you're", "you're": "your",
    "to": "too", "too": "to", "than": "then", "then": "than", "lose": "loose", "of": "off", "whose": "who's", "were": "where",
    "affect": "effect", "passed": "past", "whether": "weather", "principal": "principle", "quite": "quiet",
}  # fmt: skip

_DROPPED = frozenset("a an the is are was were be been has have had that also very will".split())
_PRESENT = {
    "said": "says", "told": "tells", "announced": "announces", "warned": "warns", "won": "wins", "lost": "loses",
    "agreed": "agrees", "called": "calls", "urged": "urges", "opened": "opens", "denied": "denies", "rejected": "rejects",
    "asked": "asks", "made": "makes", "took": "takes", "became": "becomes", "began": "begins", "met": "meets", "gave": "gives",
    "left": "leaves", "went": "goes", "and": "&",
}  # fmt: skip
_HEADLINE_WORDS = 11
_CUTS = frozenset({"which", "who", "while", "because", "although", "where", "whose", "but"})
_NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}

_PREPOSITIONS = {
    "in": "at on", "on": "in at", "at": "in on", "for": "since to", "of": "from", "from": "of by", "by": "from of", "to": "for at",
    "with": "by", "about": "on over", "during": "along in", "until": "till", "between": "among",
}  # fmt: skip
_DISAGREEING = {
    "has": "have", "have": "has", "is": "are", "are": "is", "was": "were", "were": "was", "does": "do", "don't": "doesn't",
    "says": "say", "many": "much", "much": "many", "less": "lesser", "told": "told to", "discussed": "discussed about",
    "asked": "asked to", "who": "which", "larger": "more larger", "better": "more better", "this": "these", "these": "this",
    "said": "told", "know": "are knowing", "want": "are wanting", "already": "yet",
    "currently": "actually", "called": "called as", "married": "married with",
}  # fmt: skip
_UNCOUNTED = "information equipment advice research people evidence staff luggage furniture training progress".split()
_FILLERS = ("um,", "er,", "uh,", "you know,", "I mean,", "like,", "sort of", "well,", "erm...", "--", "kind of", "right,")


@cache
def rules() -> Mapping[str, tuple[str, ...]]:
    """The choices of each symbol, as the file has them."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["symbol"]: tuple(choice.strip() for choice in row["choices"].split(" | ")) for row in rows}


class _Pen:
    """What one text is written with: its dice, the caller's words, and the choices that stay through it."""

    def __init__(self, rng: random.Random, names: Sequence[str], sentences: Sequence[str]) -> None:
        self.rng = rng
        self._names = names
        self._sentences = sentences
        self._held: dict[str, str] = {}
        self._last: dict[str, str] = {}

    def sentence(self) -> str:
        drawn = self.rng.choice(self._sentences)
        if not drawn.strip():
            msg = f"{drawn!r}: a blank sentence; expected words"
            raise ValueError(msg)
        return drawn

    def fill(self, template: str) -> str:
        """The template with each slot filled and each article suited to its noun."""
        return _VOWEL_SOUND.sub("an", self._fill(template)).replace(_ARTICLE, "a").replace("\\n", "\n")

    def _fill(self, template: str) -> str:
        return _SLOT.sub(self._slot, template)

    def _slot(self, slot: re.Match[str]) -> str:
        first, last, symbol, key = slot.groups()
        if first:
            return str(self.rng.randint(int(first), int(last))).zfill(len(first))
        if symbol == "a":
            return _ARTICLE
        chosen = self._stays(symbol.lower(), key) if key else self._choose(symbol.lower())
        if symbol.isupper():
            return chosen.upper()
        return chosen[:1].upper() + chosen[1:] if symbol[0].isupper() else chosen

    def _stays(self, symbol: str, key: str) -> str:
        """The choice kept under this key through the text."""
        if symbol + key not in self._held:
            self._held[symbol + key] = self._choose(symbol)
        return self._held[symbol + key]

    def _choose(self, symbol: str) -> str:
        """A choice of the symbol, filled; never the one made just before, so that no list says a thing twice."""
        if symbol == "name":
            return self.rng.choice(self._names)
        if symbol == "name_tag":
            return re.sub(r"\W", "", self.rng.choice(self._names))
        choices = rules()[symbol]
        fresh = [choice for choice in choices if choice != self._last.get(symbol)] or choices
        self._last[symbol] = self.rng.choice(fresh)
        return self._fill(self._last[symbol])


_HEADED = 0.7
"""Share of texts that open with the line for it, where their kind has one."""

Kind = Callable[[_Pen], Iterator[str]]
"""Makes the pieces of one text, without end; white space between them is theirs."""


def _ruled(symbol: str, *separators: str, formats: Sequence[int] = ()) -> Kind:
    """Pieces out of ``awkward.tsv``, each of the symbol's choices once before any comes again.

    Args:
        symbol: Where to begin.
        separators: What may stand after each piece, one for a text; before a blank, a piece gets the stop it lacks.
        formats: How many of the choices a text uses, drawn anew for each text; all where nothing is said.
    """

    def pieces(pen: _Pen) -> Iterator[str]:
        separator, templates = pen.rng.choice(separators), rules()[symbol]
        used = pen.rng.sample(templates, min(len(templates), pen.rng.choice(formats)) if formats else len(templates))
        if f"{symbol}_head" in rules() and pen.rng.random() < _HEADED:
            yield pen.fill(pen.rng.choice(rules()[f"{symbol}_head"])) + "\n"
        while True:
            for template in pen.rng.sample(used, len(used)):
                piece = pen.fill(template)
                yield (
                    piece if separator != " " or piece.endswith((".", "?", "!", ";", ":", ")", '"')) else f"{piece}."
                ) + separator

    return pieces


def _of_sentences(alter: Callable[[str, random.Random], str], *separators: str) -> Kind:
    """Pieces made of the caller's sentences, each altered."""

    def pieces(pen: _Pen) -> Iterator[str]:
        separator = pen.rng.choice(separators)
        while True:
            yield alter(pen.sentence(), pen.rng) + separator

    return pieces


def _headlines(pen: _Pen) -> Iterator[str]:
    """Headlines out of sentences and out of the rules, all cased in one way."""
    case = pen.rng.choice((str, str, str.upper, str.title))
    of_sentences = pen.rng.choice((0.0, 0.5, 1.0))
    separator = pen.rng.choice(("\n", "\n", " | ", " * "))
    while True:
        drawn = headline(pen.sentence()) if pen.rng.random() < of_sentences else pen.fill(pen.rng.choice(rules()["headline_lines"]))
        yield case(drawn[:1].upper() + drawn[1:]) + separator


def _interviews(pen: _Pen) -> Iterator[str]:
    """Turns of two to four speakers, in sentences that stumble; some with the time they were said at."""
    form = pen.rng.choice(rules()["label"])
    labels = [pen.fill(form) for _ in range(pen.rng.randint(2, 4))]
    timed, separator, seconds, share = pen.rng.random() < 0.3, pen.rng.choice(("\n", "\n", " ")), 0, pen.rng.uniform(0.02, 0.15)
    while True:
        seconds += pen.rng.randint(3, 90)
        said = [hesitant(pen.sentence(), pen.rng, share) for _ in repeat(None, pen.rng.choice((0, 1, 1, 2, 3)))]
        turn = " ".join(said) or pen.fill(pen.rng.choice(rules()["turn"]))
        time = f"[{seconds // 60:02}:{seconds % 60:02}] " if timed else ""
        yield f"{time}{pen.rng.choice(labels)}: {turn}{separator}"


def _posts(pen: _Pen) -> Iterator[str]:
    """Posts, with the apostrophes left out of some."""
    for post in _ruled("posts", "\n")(pen):
        yield without_apostrophes(post) if pen.rng.random() < 0.5 else post


def _league(pen: _Pen) -> Iterator[str]:
    """The rows of a league table whose sums are right, and after each twelfth row another table."""
    while True:
        yield pen.fill(pen.rng.choice(("{name} League {division}", "{division}", "{strange} League"))) + " P W D L F A Pts\n"
        n_played, rows = pen.rng.randint(6, 46), []
        for _ in range(12):
            won = pen.rng.randint(0, n_played)
            drawn = pen.rng.randint(0, n_played - won)
            lost = n_played - won - drawn
            goals = (pen.rng.randint(won, 2 * won + drawn), pen.rng.randint(lost, 2 * lost + drawn))
            rows.append((3 * won + drawn, (n_played, won, drawn, lost, *goals)))
        for rank, (points, numbers) in enumerate(sorted(rows, reverse=True), 1):
            yield pen.fill(f"{rank} {{team}} ") + " ".join(map(str, (*numbers, points))) + "\n"


def headline(sentence: str) -> str:
    """The sentence in the grammar of headlines: no articles, few auxiliaries, the present tense, cut before a side clause."""
    kept: list[str] = []
    auxiliary = False
    for raw in sentence.strip(" .\"'“”").split():
        word, form = raw.strip(',;:"“”'), raw.strip(',;:"“”').lower()
        if len(kept) >= _HEADLINE_WORDS or (len(kept) >= 3 and form in _CUTS):
            break
        if form in MONTHS_AND_DAYS and kept and kept[-1] == "on":
            kept.pop()
        elif form not in _DROPPED and word:
            kept.append(_NUMBERS.get(form) or (word if auxiliary else _PRESENT.get(word, word)))
        auxiliary = form in _DROPPED and len(form) > 1 and form not in {"the", "an", "that"}
        if raw[-1:] in (",", ";", ":") and len(kept) >= 5:
            break
    while len(kept) > 3 and kept[-1].lower() in FUNCTION_WORDS | {"&"}:
        kept.pop()
    return " ".join(kept) or sentence.strip()


def misspelt(text: str, rng: random.Random, share: float) -> str:
    """The text with a share of its words of four letters and more mistyped or misspelt by one slip each; all else as it was.

    Letters change places, fall out, are doubled, give way to a key beside them, or are those of another spelling of the same sound.
    """

    def slip(found: re.Match[str]) -> str:
        word = found[0]
        if rng.random() >= share:
            return word
        i = rng.randrange(1, len(word) - 1)
        slips = [word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:]]
        slips += [word[:i] + rng.choice(near) + word[i + 1 :] for near in [_NEAR_KEYS.get(word[i], "")] if near]
        slips += 2 * [re.sub(f"{right}(?!.*{right})", wrong, word) for right, wrong in _CONFUSED if right in word[1:]]
        return rng.choice([changed for changed in slips if changed != word])

    return _TYPED.sub(slip, text)


def confused(text: str, rng: random.Random, share: float) -> str:
    """The text with a share of the words that have one swapped for the word that sounds like it (its, it's)."""
    return _swapped(text, rng, share, {form: (other,) for form, other in _HOMOPHONES.items()})


def without_apostrophes(text: str) -> str:
    """The text with the apostrophes inside its words left out (dont, its, Jacksons)."""
    return re.sub(r"(?<=\w)['’](?=\w)", "", text)


def non_native(sentence: str, rng: random.Random, share: float = 0.25) -> str:
    """The sentence with the errors of learners: articles lost or put in, other prepositions, number and verbs that disagree."""
    wrong = {form: tuple(others.split()) for form, others in _PREPOSITIONS.items()} | {f: (w,) for f, w in _DISAGREEING.items()}
    wrong |= {form: (f"{form}s",) for form in _UNCOUNTED}
    altered: list[str] = []
    for word in _swapped(sentence, rng, share, wrong).split(" "):
        lost = word.lower() in ("a", "an", "the") and rng.random() < 2 * share
        if not lost:
            put_in = altered and altered[-1].lower() in _PREPOSITIONS and word.islower() and word not in FUNCTION_WORDS
            altered += ["the", word] if put_in and rng.random() < share else [word]
    return _capital(" ".join(altered), sentence)


def hesitant(sentence: str, rng: random.Random, share: float = 0.1) -> str:
    """The sentence as it is spoken: fillers, words said twice, beginnings taken back."""
    spoken: list[str] = []
    for word in sentence.split():
        chance = rng.random()
        if chance < share / 2:
            spoken.append(rng.choice(_FILLERS))
        elif chance < share and word.isalpha():
            spoken += rng.choice(([f"{word},"], [word], [*spoken[-1:], word, "--"]))
        spoken.append(word)
    return " ".join(spoken)


def careless(sentence: str, rng: random.Random) -> str:
    """The sentence in lower case, its stops and apostrophes lost or multiplied, some words confused."""
    typed = confused(sentence, rng, 0.2)
    typed = rng.choice((str, str.lower, without_apostrophes, lambda text: without_apostrophes(text).lower()))(typed)
    ended = typed.rstrip(".") + rng.choice(("...", "!!", " :)", "??"))
    return rng.choice((typed, typed.rstrip("."), typed.replace(",", ""), ended))


def _swapped(text: str, rng: random.Random, share: float, others: Mapping[str, Sequence[str]]) -> str:
    """The text with a share of the words that ``others`` has swapped for one of theirs, capitals kept."""

    def swap(found: re.Match[str]) -> str:
        choices = others.get(found[0].lower())
        return _capital(rng.choice(choices), found[0]) if choices and rng.random() < share else found[0]

    return re.sub(r"[A-Za-z]+(?:['’][a-z]+)?", swap, text)


def _capital(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


_FEW = (1, 1, 2, 3, 9)
"""Formats of a list: mostly the same from line to line."""

KINDS: Mapping[str, Kind] = {
    "addresses": _ruled("addresses", "\n", "; ", formats=_FEW),
    "captions": _ruled("captions", "\n", " "),
    "careless": _of_sentences(careless, " ", "\n"),
    "changelogs": _ruled("changelogs", "\n"),
    "classifieds": _ruled("classifieds", "\n", " "),
    "contracts": _ruled("contracts", "\n", "\n\n", " "),
    "dispatches": _ruled("dispatches", " ", " ", "\n\n"),
    "events": _ruled("events", "\n", " "),
    "examination": _ruled("examination", " ", "\n\n"),
    "fixtures": _ruled("fixtures", "\n", "; ", formats=_FEW),
    "headlines": _headlines,
    "interviews": _interviews,
    "jobs": _ruled("jobs", "\n", " "),
    "league": _league,
    "letters": _ruled("letters_in", " "),
    "manuals": _ruled("manuals", "\n", " "),
    "markets": _ruled("markets", "\n", "; ", formats=_FEW),
    "minutes": _ruled("minutes", "\n", " "),
    "misspelt": _of_sentences(lambda sentence, rng: misspelt(sentence, rng, 0.06), " "),
    "non_native": _of_sentences(non_native, " "),
    "obituaries": _ruled("obituaries", "\n", " "),
    "posts": _posts,
    "products": _ruled("products", "\n", " "),
    "property": _ruled("property", "\n", " "),
    "racing": _ruled("racing", "\n", " "),
    "recipes": _ruled("recipes", "\n"),
    "references": _ruled("references", "\n", " "),
    "reports": _ruled("reports", " ", " ", "\n\n"),
    "results": _ruled("results", "\n", "; ", formats=_FEW),
    "score_cards": _ruled("cards", "\n", formats=_FEW),
    "statutes": _ruled("statutes", "\n", " "),
    "television": _ruled("television", "\n", " ", formats=_FEW),
    "terms": _ruled("terms", "\n\n", " "),
    "timetables": _ruled("timetables", "\n", formats=_FEW),
    "weather": _ruled("weather", "\n", " ", formats=_FEW),
}
"""What a text may be, by name."""

_EDGES = " \n|*;"
"""What divides pieces, and no text begins or ends with."""
_SLIPS = 0.15
"""Share of texts, of any kind, that are typed carelessly as well."""


def awkward(rng: random.Random, names: Sequence[str], sentences: Sequence[str], n_words: int) -> str:
    """One text of one kind, drawn at random, of at least so many words; about one in seven with slips of the keyboard.

    Args:
        rng: The only source of chance: equal states give equal texts.
        names: Names to use beside invented ones.
        sentences: Ordinary sentences, for the kinds that are made of them; none blank.
        n_words: Words, divided by white space; the text ends with the line or sentence that reaches them.

    Raises:
        ValueError: No names or no sentences are given, or a sentence drawn is blank.
    """
    text = write(rng.choice(tuple(KINDS)), rng, names, sentences, n_words)
    return misspelt(text, rng, rng.uniform(0.005, 0.03)) if rng.random() < _SLIPS else text


def write(kind: str, rng: random.Random, names: Sequence[str], sentences: Sequence[str], n_words: int) -> str:
    """One text of the kind named; all else as for ``awkward``."""
    if not names or not sentences:
        msg = f"{len(names)} names and {len(sentences)} sentences: expected at least one of each"
        raise ValueError(msg)
    parts, n_written = [], 0
    for piece in KINDS[kind](_Pen(rng, names, sentences)):
        parts.append(piece)
        n_written += len(piece.strip(_EDGES).split())
        if n_written >= n_words:
            break
    return "".join(parts).strip(_EDGES)
