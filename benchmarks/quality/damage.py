"""Damage done on purpose: for each kind of corruption a seeded injector, which shares no code with the rules that look for it.

An injector chooses places of a sound text and says what stands there instead. What is injected is what pages, scrapers and
converters do to texts, in several ways for each kind; the ways are drawn at random, the same for the same seed.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from detector.types import Span

N_PLACES = 3
"""Places damaged in a text, where a kind can be done more than once."""


class Edit(NamedTuple):
    """What stands in the damaged text in place of ``text[start:end]``."""

    start: int
    end: int
    new: str


class Damaged(NamedTuple):
    """A text with its damage, and where that is."""

    text: str
    places: tuple[Span, ...]


Found = TypeVar("Found")
Injector = Callable[[str, Random], Sequence[Edit]]

_ENTITIES = {"’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "'": "&#39;", '"': "&quot;", " ": "&nbsp;"}
_SCRIPTS = (
    "window.dataLayer = window.dataLayer || [];",
    "var adSlot = document.getElementById('top-banner');",
    ".promo-box { display: none; margin: 0 auto; }",
    "(function() { loadComments(); })();",
)
_LOOK_ALIKE = dict(zip("aceopxy", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443", strict=True))
_OF_THE_SITE = (
    "Advertisement",
    "Story continues below",
    "Sign up for our weekly newsletter",
    "Subscribe now to keep reading.",
    "Share this article on Facebook",
    "Source link",
    "We use cookies to improve your visit.",
    "Posted at 9:41 AM, Mar 3, 2021",
    "Follow us on Twitter and Instagram",
    "(Photo by Lena Orde/Getty Images)",
    "Already a subscriber? Log in",
    "© 2021 Tamar Valley Media. All rights reserved.",
    "Read more: Six things to know before you go",
    "Click here to download our app",
    "You might also like",
)
_FOREIGN: list[str] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""Sentences of ten languages."""
_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<=[a-z]{2}[.?!]) (?=[A-Z“])")


def _some(found: Sequence[Found], rng: Random, n: int = N_PLACES) -> list[Found]:
    return rng.sample(found, min(n, len(found)))


def _long_words(text: str, least: int) -> list[tuple[int, int]]:
    return [m.span() for m in _WORD.finditer(text) if len(m[0]) >= least]


def _paragraph_ends(text: str) -> list[int]:
    """Where paragraphs but the headline and the last end."""
    return [m.end() for m in _PARAGRAPH.finditer(text)][1:-1]


def _mojibake(text: str, rng: Random) -> list[Edit]:
    """UTF-8 read as Windows-1252 or Latin-1, or characters lost; accents are put on where the text has none to spare."""
    edits = []
    for start, end in _some(_long_words(text, 5), rng):
        word = text[start:end]
        at = rng.randrange(1, len(word))
        accented = word[:at] + rng.choice("éüñöç’") + word[at:]
        how = rng.choice(("cp1252", "latin-1", "lost"))
        garbled = word[:at] + "\ufffd" + word[at + 1 :] if how == "lost" else accented.encode().decode(how)
        edits.append(Edit(start, end, garbled))
    return edits


def _markup(text: str, rng: Random) -> list[Edit]:
    ways = rng.choices(("entity", "tag", "break", "escape", "script"), k=N_PLACES)
    signs = [i for i, sign in enumerate(text) if sign in _ENTITIES]
    edits = []
    for way, (start, end) in zip(ways, _some(_long_words(text, 4), rng), strict=True):
        at = rng.choice(_paragraph_ends(text))
        match way:
            case "entity":
                at = rng.choice(signs)
                edits.append(Edit(at, at + 1, _ENTITIES[text[at]]))
            case "tag":
                name = rng.choice(("b", "em", "strong", 'a href="/news/112"', 'span class="lead"'))
                edits.append(Edit(start, end, f"<{name}>{text[start:end]}</{name.split()[0]}>"))
            case "break":
                edits.append(Edit(at, at, rng.choice(("<br />", "</p>", "<br>", '<img src="/i/quay.jpg" />'))))
            case "escape":
                at = rng.choice(signs)
                edits.append(Edit(at, at + 1, f"\\u{ord(text[at]):04x}"))
            case _:
                edits.append(Edit(at, at, "\n" + rng.choice(_SCRIPTS)))
    return edits


def _hidden(text: str, rng: Random) -> list[Edit]:
    edits = []
    for start, end in _some([s for s in _long_words(text, 6) if set(text[slice(*s)]) & _LOOK_ALIKE.keys()], rng):
        word, at = text[start:end], rng.randrange(start + 2, end - 2)
        if rng.random() < 0.5:
            edits.append(Edit(start, end, "".join(_LOOK_ALIKE.get(letter, letter) for letter in word)))
        else:
            edits.append(Edit(at, at, rng.choice("\u200b\u00ad\ufeff\u2060\u200e")))
    return edits


def _slot(text: str, rng: Random) -> list[Edit]:
    edits = []
    for start, end in _some(_long_words(text, 6), rng):
        word = text[start:end]
        other = text[slice(*rng.choice(_long_words(text, 6)))]
        new = rng.choice((f"{{{word}}}", f"{{{word}|{other}}}", f"{{{word}|{other} {word}|{other}}}", f"%%{word}%%", f"[[{word}]]"))
        edits.append(Edit(start, end, new))
    return edits


def _glued(text: str, rng: Random) -> list[Edit]:
    """The blank between two words or two sentences is gone."""
    between = [m.start() for m in re.finditer(r"(?<=[a-z]{3}) (?=[a-z]{4})", text)]
    stops = [m.start() for m in _SENTENCE_END.finditer(text)]
    chosen = _some(between, rng, N_PLACES - 1) + _some(stops, rng, 1)
    return [Edit(at, at + 1, "") for at in chosen]


def _split(text: str, rng: Random) -> list[Edit]:
    edits = []
    for start, end in _some(_long_words(text, 8), rng):
        word = text[start:end]
        at = rng.randrange(2, len(word) - 2)
        edits.append(Edit(start, end, rng.choice((f"{word[:at]} {word[at:]}", f"{word[:at]}- {word[at:]}", " ".join(word)))))
    return edits


def _ocr(text: str, rng: Random) -> list[Edit]:
    edits = []
    confused = {"o": "0", "l": "1", "h": "li", "s": "5", "e": "c~"}
    for start, end in _some([s for s in _long_words(text, 6) if set(text[slice(*s)]) & confused.keys()], rng):
        word, at = text[start:end], rng.randrange(3, end - start - 2)
        letter = rng.choice([letter for letter in word if letter in confused])
        new = word.replace(letter, confused[letter]) if rng.random() < 0.7 else f"{word[:at]}-\n{word[at:]}"
        edits.append(Edit(start, end, new))
    return edits


def _repeated(text: str, rng: Random) -> list[Edit]:
    """A word or a run of words again and again, a sentence three times, a mark run on."""
    edits = []
    for start, end in _some(_long_words(text, 5), rng, N_PLACES - 1):
        run_end = text.find(" ", min(end + 12, len(text) - 1))
        phrase = text[start : run_end if run_end > 0 and rng.random() < 0.5 else end]
        edits.append(Edit(start, start + len(phrase), " ".join([phrase] * rng.randrange(4, 9))))
    starts = [m.end() for m in _SENTENCE_END.finditer(text)]
    inner = [(a, b) for a, b in pairwise(starts) if "\n" not in text[a:b]]
    for start, end in _some(inner, rng, 1):
        edits.append(Edit(start, end, text[start:end] * 3))
    return edits


def _doubled(text: str, rng: Random) -> list[Edit]:
    """The headline, a paragraph or the article once more."""
    headline = text.partition("\n")[0]
    paragraphs = [m for m in _PARAGRAPH.finditer(text) if m[0].count(" ") >= 15]
    match rng.choice(("headline", "paragraph", "article")):
        case "headline":
            return [Edit(len(headline), len(headline), f"\n\n{headline}")]
        case "paragraph":
            paragraph = rng.choice(paragraphs[:-1])
            return [Edit(paragraphs[-1].end(), paragraphs[-1].end(), f"\n\n{paragraph[0]}")]
        case _:
            return [Edit(len(text), len(text), f"\n\n{text.strip()}\n")]


def _boilerplate(text: str, rng: Random) -> list[Edit]:
    return [
        Edit(at, at, f"\n\n{line}") for at, line in zip(_some(_paragraph_ends(text), rng), _some(_OF_THE_SITE, rng), strict=True)
    ]


def _truncated(text: str, rng: Random) -> list[Edit]:
    """The end is gone from within a sentence of the last third, sometimes with an ellipsis in its place."""
    paragraphs = [m for m in _PARAGRAPH.finditer(text, len(text) * 2 // 3) if m[0].count(" ") >= 12]
    paragraph = rng.choice(paragraphs)
    blanks = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", paragraph[0])]
    at = paragraph.start() + rng.choice([blank for blank in blanks if blank >= 40])
    start = text.rindex(" ", 0, at)
    return [Edit(start, len(text), text[start:at] + rng.choice(("", "", "...", " […]", "… Read more")))]


def _cut(text: str, rng: Random) -> list[Edit]:
    """The words of links are gone: between an article or a preposition and the mark or the word that follows them."""
    linked = re.compile(
        r"\b(?:the|an|their|its|by|of|in|from|with) ((?:[A-Za-z]+ ){0,2}[A-Za-z]+)(?=[.,] | (?:of|in|was|is|and|has)\b)"
    )
    edits = []
    for m in _some(list(linked.finditer(text)), rng, N_PLACES + 1):
        start, end = m.span(1)
        is_tidied = text[end] == "." and text[m.start() : start - 1] in {"the", "an", "their", "its"} and rng.random() < 0.5
        edits.append(Edit(start - 1 if is_tidied else start, end, ""))
    return edits


def _foreign(text: str, rng: Random) -> list[Edit]:
    ends = [m.start() for m in _SENTENCE_END.finditer(text)]
    edits = []
    for sentence in _some(_FOREIGN, rng):
        if rng.random() < 0.5:
            edits.append(Edit(at := rng.choice(_paragraph_ends(text)), at, f"\n\n{sentence}"))
        else:
            edits.append(Edit(at := rng.choice(ends), at, f" {sentence}"))
    return edits


def _salad(text: str, rng: Random) -> list[Edit]:
    """The words of three paragraphs in a row, shuffled within each."""
    paragraphs = [m for m in _PARAGRAPH.finditer(text) if m[0].count(" ") >= 15]
    first = rng.randrange(len(paragraphs) - N_PLACES + 1)
    start, end = paragraphs[first].start(), paragraphs[first + N_PLACES - 1].end()
    shuffled = []
    for paragraph in paragraphs[first : first + N_PLACES]:
        words = paragraph[0].split()
        rng.shuffle(words)
        shuffled.append(" ".join(words))
    return [Edit(start, end, "\n\n".join(shuffled))]


INJECTORS: Mapping[str, Injector] = {
    "mojibake": _mojibake,
    "markup": _markup,
    "hidden": _hidden,
    "slot": _slot,
    "glued": _glued,
    "split": _split,
    "ocr": _ocr,
    "repeated": _repeated,
    "doubled": _doubled,
    "boilerplate": _boilerplate,
    "truncated": _truncated,
    "cut": _cut,
    "foreign": _foreign,
    "salad": _salad,
}
"""By what the codes of the rules that should find the damage begin with."""


def damage(kind: str, text: str, rng: Random) -> Damaged:
    """The text with damage of one kind; where something is gone, the place is the characters around the gap."""
    pieces: list[str] = []
    places: list[Span] = []
    done, length = 0, 0
    for start, end, new in sorted(INJECTORS[kind](text, rng)):
        if start < done:
            continue
        pieces += (text[done:start], new)
        at = length + start - done
        length, done = at + len(new), end
        places.append(Span(at, length) if new else Span(max(0, at - 2), length + 2))
    damaged = "".join([*pieces, text[done:]])
    return Damaged(damaged, tuple(Span(place.start, min(place.end, len(damaged))) for place in places))
