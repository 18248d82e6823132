"""Words that run into each other ("thecity", "saidMonday", "rash.The"): text whose tags or line ends were taken out.

A run that is no word is read as the words it most probably is. It is glued where one of them makes no compounds ("the", "said"),
less surely where the vocabulary has next to no compounds of either. One such place may be a slip of the pen, and the same place
again a name; so a text must have two that differ, or one that no hand makes ("saidMonday"). There, more is read as two words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from detector.score.rules.flagging import raised
from detector.score.rules.tokens import in_one, unknown
from detector.score.rules.vocabulary import frequent, is_inflected, is_word, zipfs
from detector.types import Flag, SegmentedDocument

_BEFORE = frozenset(
    "about against also among and another are at because been before but could did does during each eight every few five for four "
    "from had has have her him his how if into its last many more most much next nine not of our people percent said seven she "
    "should since six some still such than that the their them then there these they this those though three to told two until "
    "very was were what when where whether which while who whose will with within would years you your".split()
)
"""Frequent words with which no compound begins today, although old ones do ("forget"): what they run into is glued."""
_BEHIND = frozenset(
    "about after against ago also although among and another are because been before but could during for from had has have him "
    "his if into its not of other our said she should since than that the their them there these they this those though to until "
    "was were when whether which while who will with within would years you your".split()
)
"""Frequent words with which, in the same way, none ends."""
_SMALL = frozenset("all an as be by do he in is it my no on or out so up we".split())
"""Small words that cling to those ("bythe"), but do begin and end other words."""
_NAMED = ("said", "told", "that", "which", "from", "were", "would")
"""What hardly a name ends with ("Holmsaid")."""
_LEAST, _LEAST_OF_LONG = {2: 5.8, 3: 4.4, 4: 3.6}, 2.3
"""How frequent a part must be, by its letters: nearly all that has two or three is a word somewhere."""
_LEAST_OF_CONTENT, _MIN_LETTERS, _MAX_COMPOUNDS = 3.6, 4, 3
"""Of two words that could make compounds: how frequent and long each is, and in how many they may be and yet count as in none."""
_MAX_PART, _MAX_RUN = 16, 60
_MIN_SMALL = 5
"""Letters of two words of which one is small: shorter ones make a name or a word by chance ("tobe")."""
_TOTAL = 9.0
"""The Zipf scale counts in 10^9 words: what is left of it is the logarithm of the probability."""
_CERTAIN, _CLEAR, _FREE, _BOUND = 3, 2, 1, 0
"""What a place weighs: one that no hand makes, a clear one, two words that make no compounds, two that make some."""
_MIN_WEIGHT = 3
"""Of all places of a damaged text that differ; one of them is clear, as compounds are always coined ("codenamed")."""
_MAX_BOUND = 12
"""In how many compounds two words may be, at most, that are read as glued in such a text."""

_RUN = re.compile(rf"(?<![\w@#/.&’'-])[A-Z]?[a-z]{{4,{_MAX_RUN}}}(?![\w@/]|\.\w)")
_JOINT = re.compile(r"[A-Z,;](?:(?<=[a-z.!?”][A-Z])|(?<=[.!?][\"“][A-Z])|(?<=[a-z][,;])(?=[a-z]))")
_LEFT = re.compile(r"(?<![^\s(“\"‘—–-])[A-Za-z]?[a-z]{1,24}$")
_BEFORE_STOP = re.compile(r"(?<![^\s(“\"‘—–-])([A-Za-z]?[a-z]{2,24}|[12]\d{3})([.!?])([”\"“]?)$")
_NEXT = re.compile(r"[a-z]{2,24}(?![\w@/,;]|[.’'-]\w)")
_RIGHT = re.compile(r"([A-Z][a-z]*)(?=[\s,;:’'”\")]|[.!?](?!\w)|$)")
_OPENERS = frozenset(
    "The This That There These Those They But And When While What After Although With However According Then She Her His "
    "Our You Its Some Many Most For From Police Officials Meanwhile Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday January February April August September October November December".split()
)
"""Capitals that hardly a camel-cased name goes on with: first words of sentences, days and months."""
_NAMING = frozenset("That This There You Our Its Some Most For From".split())
"""Those of them that do end names ("TakeThat")."""
_CALLED = frozenset("After Many That Then This When While With For From".split())
"""Those of them with which the names of a program end ("deleteMany")."""
_CLINGING = frozenset("the of and to in for that with was on by from at his were which said".split())
"""What may run into the capital of a name ("ofTexas")."""
_CODE = frozenset("add get has let new on put set to".split())
"""What the names of a program begin with ("getThis")."""
_ABBREVIATED = frozenset("approx dept est etc fig gov inc ltd messrs nos prof rev sgt vs www".split())
_NEAR_CHARS = 26
_SURE, _LIKELY = 0.97, 0.9


class _Place(NamedTuple):
    start: int
    end: int
    code: str
    expected: str
    weight: int


@cache
def _compounds() -> Counter[str]:
    """In how many words of the vocabulary a word is the first of two ("rain-"), and in how many the second ("-bow")."""
    words = {word for word, _ in frequent(_LEAST_OF_CONTENT) if len(word) > 2}
    made: Counter[str] = Counter()
    for word in zipfs():
        for at in range(3, len(word) - 2):
            if word[:at] in words and word[at:] in words:
                made[f"{word[:at]}-"] += 1
                made[f"-{word[at:]}"] += 1
    return made


@cache
def _likely() -> dict[str, float]:
    """The words frequent enough to be parts, each with the logarithm of its probability."""
    return {word: zipf - _TOTAL for word, zipf in frequent(_LEAST_OF_LONG) if zipf >= _LEAST.get(len(word), _LEAST_OF_LONG)}


def _parts(run: str) -> tuple[str, ...]:
    """The words that a run which is no word most probably is, each taken by itself (Viterbi); none where it is none."""
    likely, never = _likely(), -_TOTAL * len(run)
    best, begins = [0.0] + [never] * len(run), [0] * (len(run) + 1)
    for start in range(len(run) - 1):
        if best[start] > never:
            for end in range(start + 2, min(start + _MAX_PART, len(run)) + 1):
                part = likely.get(run[start:end])
                if part is not None and best[start] + part > best[end]:
                    best[end], begins[end] = best[start] + part, start
    ends = [len(run)] if best[-1] > never else []
    while ends and ends[-1]:
        ends.append(begins[ends[-1]])
    return tuple(run[start:end] for end, start in pairwise(ends))[::-1]


def _cling(first: str, second: str) -> bool:
    """True where one of two words makes no compounds."""
    are_small = len(first + second) < _MIN_SMALL and {first, second} & _SMALL
    return (first in _BEFORE or second in _BEHIND) and not are_small


def _are_apart(parts: tuple[str, ...]) -> bool:
    """True for words that are no compound: two that cling, or more of which most do."""
    n = sum(_cling(*pair) for pair in pairwise(parts))
    return n == 1 if len(parts) == 2 else 2 * n >= len(parts) > 2


def _are_pair(parts: tuple[str, ...]) -> bool:
    """True for two words that are frequent and long enough to be a compound."""
    return len(parts) == 2 and all(len(part) >= _MIN_LETTERS and is_word(part, _LEAST_OF_CONTENT) for part in parts)


def _read(word: str, parts: tuple[str, ...]) -> tuple[str, int] | None:
    """What a word that may be these is written apart, and what that weighs; None where it is one word."""
    if not word.islower():
        name = next((word.removesuffix(last) for last in _NAMED if word.endswith(last)), "")
        if _are_apart(parts) and (parts[0] in _SMALL or parts[0].title() in _OPENERS):
            return " ".join(parts).capitalize(), _CLEAR
        return (f"{name} {word.removeprefix(name)}", _CLEAR) if len(name) > 2 else None
    if _are_apart(parts):
        return " ".join(parts), _CLEAR
    n = _compounds()[f"{parts[0]}-"] + _compounds()[f"-{parts[1]}"] if _are_pair(parts) else _MAX_BOUND + 1
    return (" ".join(parts), _FREE if n <= _MAX_COMPOUNDS else _BOUND) if n <= _MAX_BOUND else None


def _words(text: str, runs: Mapping[str, tuple[str, ...]]) -> Iterator[_Place]:
    """Words that are two or more, wherever they are; of some runs it is known already which."""
    read: dict[str, tuple[str, int] | None] = {}
    for m in _RUN.finditer(text):
        word = m.group()
        if word not in read:
            run = word.lower()
            is_whole = run not in runs and (is_word(run) or is_inflected(run))
            read[word] = None if is_whole else _read(word, runs[run] if run in runs else _parts(run))
        if (apart := read[word]) is not None:
            yield _Place(*m.span(), "glued.words", *apart)


def _runs_into(text: str, at: int) -> _Place | None:
    """The word that goes over into the capital at ``at``; certain where no name can be meant."""
    right = _RIGHT.match(text, at, at + _NEAR_CHARS)
    left = _LEFT.search(text[max(0, at - _NEAR_CHARS) : at]) if right else None
    if left is None or right is None or left.group() in _CODE:
        return None
    first, then = left.group(), right[1]
    opens = then in _OPENERS
    if not opens and (first not in _CLINGING or len(then) < 3):
        return None
    weight = _CERTAIN if opens and len(first) > 2 and then not in _NAMING else _CLEAR
    if first.islower() and then in _CALLED:
        weight = _FREE
    return _Place(at - len(first), right.end(1), "glued.words", f"{first} {then}", weight)


def _next_sentence(text: str, at: int) -> _Place | None:
    """The word, the stop and what begins with the capital at ``at``."""
    right = _RIGHT.match(text, at, at + _NEAR_CHARS)
    left = _BEFORE_STOP.search(text[max(0, at - _NEAR_CHARS) : at]) if right else None
    if left is None or right is None or left[1].lower() in _ABBREVIATED:
        return None
    word, stop, mark = left.groups()
    expected = f"{word}{stop} {mark}{right[1]}" if mark == "“" else f"{word}{stop}{mark} {right[1]}"
    return _Place(at - len(left.group()), right.end(1), "glued.stop", expected, _CLEAR)


def _after_comma(text: str, at: int) -> _Place | None:
    """The words before and after the comma at ``at``."""
    left, right = _LEFT.search(text[max(0, at - _NEAR_CHARS) : at]), _NEXT.match(text, at + 1)
    if left is None or right is None or not (is_word(left.group().lower()) and is_word(right.group())):
        return None
    return _Place(at - len(left.group()), right.end(), "glued.words", f"{left.group()}{text[at]} {right.group()}", _CLEAR)


def _joints(text: str) -> Iterator[_Place]:
    """Capitals and commas with no blank where words or sentences are glued there."""
    for m in _JOINT.finditer(text):
        read = _after_comma if not m.group().isalpha() else _runs_into if text[m.start() - 1].isalpha() else _next_sentence
        place = read(text, m.start())
        if place is not None:
            yield place


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of words that run into each other; expected is what they are apart."""
    text = segmented.document.text
    runs = {run: _parts(run) for run in unknown(text) if len(run) <= _MAX_RUN and not is_inflected(run)}
    joints = [*_joints(text)] if any(_joints(in_one(text))) else []  # no blank is read there but as the end of a word
    if not joints and not any(map(_are_apart, runs.values())):
        return
    places = [*_words(text, runs), *joints]
    if sum({text[place.start : place.end]: place.weight for place in places}.values()) < _MIN_WEIGHT:
        return
    for place in places:
        because = f"“{place.expected}” is written without its blank"
        sure = _SURE if place.weight == _CERTAIN else _LIKELY
        yield raised(text, place.code, place.start, place.end, because, probability=sure, expected=place.expected)
