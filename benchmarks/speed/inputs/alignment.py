"""Pairs of texts made to be timed: from the project's own sample articles, and hostile ones. Seeded: the same in every run."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

ARTICLES = Path(__file__).parents[3] / "data" / "articles"
SEED = 4
SHARE_REPLACED = 0.1
"""Of the words of a sample sentence each time a long text uses it, beside its names and numbers: no two sentences are the same."""
SHARE_SWAPPED = 0.15
"""Of the words of a sentence, in its copy."""
SHARE_ALONE = 0.25
"""Of the sentences of a long pair: those that stand on one side only."""
SENTENCES_OF_A_PARAGRAPH = 5
_SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou")
_NUMBER = re.compile(r"\d+")

Text = str | Sequence[str]


def _sentence(document: dict[str, Any], text: str, index: int) -> str:
    place = document["sentences"][index]
    return text[place["start"] : place["end"]]


def tellings() -> list[tuple[str, list[str]]]:
    """The sentences of the sample originals, each with how its copies tell it in one sentence."""
    found: list[tuple[str, list[str]]] = []
    for path in sorted(ARTICLES.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        documents = gold["documents"]
        texts = {name: (path.parent / entry["file"]).read_bytes().decode("utf-8") for name, entry in documents.items()}
        told: dict[int, list[str]] = {i: [] for i in range(len(documents[gold["original"]]["sentences"]))}
        for name, document in documents.items():
            for link in document["links"]:
                if len(link["source"]) == len(link["target"]) == 1:
                    told[link["target"][0]].append(_sentence(document, texts[name], link["source"][0]))
        original = documents[gold["original"]]
        found += [(_sentence(original, texts[gold["original"]], i), copies) for i, copies in told.items() if copies]
    return found


def short_pairs(n_pairs: int, n_words: int) -> list[tuple[str, str]]:
    """Pairs of texts of about as many words a side: sentences of originals, and how some copy tells each, in the same order."""
    draw, known = Random(SEED), tellings()
    pairs = []
    for _ in range(n_pairs):
        source: list[str] = []
        target: list[str] = []
        for sentence, copies in draw.sample(known, len(known)):
            if sum(len(text.split()) for text in source) >= n_words:
                break
            source.append(sentence)
            target.append(draw.choice(copies))
        pairs.append((" ".join(source), " ".join(target)))
    return pairs


def _name(draw: Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4)))


def _varied(sentence: str, pool: Sequence[str], draw: Random) -> str:
    """The sentence with other names and numbers and some other words."""
    told = sentence.split()
    for i, word in enumerate(told):
        if _NUMBER.search(word):
            told[i] = _NUMBER.sub(lambda _: str(draw.randint(1, 9999)), word)
        elif i and word[0].isupper():
            told[i] = _name(draw).capitalize()
        elif word.isalpha() and draw.random() < SHARE_REPLACED:
            told[i] = draw.choice(pool)
    return " ".join(told)


def _swapped(sentence: str, pool: Sequence[str], share: float, draw: Random) -> str:
    """The sentence with that share of its words replaced; those that bear a stop or a digit are left alone."""
    return " ".join(draw.choice(pool) if word.isalpha() and draw.random() < share else word for word in sentence.split())


def _paragraphs(sentences: Sequence[str]) -> str:
    starts = range(0, len(sentences), SENTENCES_OF_A_PARAGRAPH)
    return "\n\n".join(" ".join(sentences[i : i + SENTENCES_OF_A_PARAGRAPH]) for i in starts)


def long_pair(n_words: int) -> tuple[str, str]:
    """Two texts of at least as many words a side; one sentence in four stands on one side only, the others are a copy's."""
    draw = Random(SEED)
    sentences = [sentence for sentence, _ in tellings()]
    pool = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha() and word.islower()})
    sides: tuple[list[str], list[str]] = ([], [])
    lengths = [0, 0]
    while min(lengths) < n_words:
        told = _varied(draw.choice(sentences), pool, draw)
        alone = draw.choice((0, 1)) if draw.random() < SHARE_ALONE else None
        for side, text in enumerate((told, _swapped(told, pool, SHARE_SWAPPED, draw))):
            if alone in {None, side}:
                sides[side].append(text)
                lengths[side] += len(text.split())
    return _paragraphs(sides[0]), _paragraphs(sides[1])


def _vocabulary(n: int, draw: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < n:
        found[_name(draw)] = None
    return list(found)


def one_long_sentence() -> tuple[Text, Text]:
    """One sentence of 5 MB, and the same with one word in ten another."""
    draw = Random(SEED)
    vocabulary = _vocabulary(20_000, draw)
    text = " ".join(draw.choices(vocabulary, k=5_000_000 // 6))[:5_000_000]
    return [text], [_swapped(text, vocabulary, 0.1, draw)]


def one_word_sentences() -> tuple[Text, Text]:
    """Ten thousand sentences of one word, of fifty different, a side."""
    draw = Random(SEED)
    vocabulary = _vocabulary(50, draw)
    return draw.choices(vocabulary, k=10_000), draw.choices(vocabulary, k=10_000)


def one_sentence_again_and_again() -> tuple[Text, Text]:
    """The same sentence 50,000 times on both sides."""
    sentences = ["The ferry to the island left the harbour late on Monday."] * 50_000
    return sentences, sentences


def no_letters() -> tuple[Text, Text]:
    """1 MB a side of punctuation, blanks and line breaks, with no letter and no digit."""
    draw = Random(SEED)
    source, target = ("".join(draw.choices(".,;:!?-()[]{}*/&%$#@+=~^| \n", k=1_000_000)) for _ in range(2))
    return source, target


def formulaic_lines() -> tuple[Text, Text]:
    """Three thousand match reports of one form, the second side's in another order."""
    draw = Random(SEED)
    lines = [f"Team {draw.randint(1, 40)} beat Team {draw.randint(1, 40)} by {draw.randint(1, 6)} goals" for _ in range(3_000)]
    return lines, draw.sample(lines, len(lines))


def random_word_lists() -> tuple[Text, Text]:
    """20,000 sentences of twelve words a side, all drawn from the same two thousand: nothing is rare and nothing was copied."""
    draw = Random(SEED)
    vocabulary = _vocabulary(2_000, draw)
    source, target = ([" ".join(draw.choices(vocabulary, k=12)) for _ in range(20_000)] for _ in range(2))
    return source, target


HOSTILE: dict[str, Callable[[], tuple[Text, Text]]] = {
    make.__name__: make
    for make in (
        one_long_sentence,
        one_word_sentences,
        one_sentence_again_and_again,
        no_letters,
        formulaic_lines,
        random_word_lists,
    )
}
