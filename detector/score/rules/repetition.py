"""What is said again and again: words, sentences or a character that a broken program or a language model repeats.

People repeat themselves too, in songs, chants and tables and for emphasis ("very very", "again and again and again", "ha ha
ha"). So words must stand three times with no mark between, oftener where they are such words, cried out, or quoted.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.score.rules.boilerplate import is_boilerplate
from detector.score.rules.flagging import raised
from detector.score.rules.tokens import in_one, is_line, tokens
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_MAX_ROUND, _MAX_SENTENCE_ROUND = 8, 4
"""Words, and sentences, after which the same may come round again."""
_PLAIN, _MARKED, _CRIED = 3, 5, 8
"""Times that a round must stand: of plain words; of words with a mark; of cries, sounds, emphasis, table cells, quoted words."""
_LEAST_ALONE, _LEAST_SAME = b"\1" * 2, b"\1" * 4
"""What is the same a round ahead, in a row, where a round of one stands three times; and where a longer one does."""
_MIN_LOOSE_ROUND = 3
"""Words of a round of which the first may be lacking once: at the head of a sentence it has a capital."""
_MIN_PLAIN_LETTERS, _MIN_LONG_ROUND = 4, 6
"""Letters of a word that is no cell of a table; words in sentences of which three in a row are no refrain."""
_EMPHATIC = frozenset(
    "again all and away baby back bang beep big bigger blah boom bye choo deep down ever far fast faster go good ha hah haha hear "
    "heart heavy help here hey higher hi ho hold home honey just knock la less long louder love many meow money more much na "
    "never no now oh okay old on ooh out over please pretty quick quiet rain really run same so sorry stop that there tick "
    "tock too tut up very wait way well what why woof work yeah yes had location".split()
)
"""What is said thrice for emphasis or sound."""
_PAIRING = frozenset("after and by or to upon".split())
"""Between equal words these make a phrase: again and again and again."""
_QUOTES = "\"“”‘'«"
_RUN = re.compile(r"\S+")
_MARKS = ",;:!?.”\"’')"

_RUN_ON = frozenset("!?,;:'\"()&%@$^")
"""Marks that do not make rulers, leaders or ratings."""
_MIN_RUN, _MIN_MARKS, _MIN_IN_WORD = 7, 8, 20
"""Of a letter alone, of a mark, and of a letter inside a word, where it may be a sound drawn out ("Goooooal")."""
_UNREADABLE = frozenset("xXzZhHmMwWI")
"""Letters of names made unreadable, sleepers, hesitation, addresses and numbers."""
_CERTAIN, _LIKELY = 0.97, 0.9


def _whole(times: int, length: int) -> int:
    """How many words, or sentences, make so many rounds."""
    return times * length - (length >= _MIN_LOOSE_ROUND)


def _rounds(numbers: NDArray[np.int64], longest: int) -> Iterator[tuple[int, int, int]]:
    """Where the same comes round three times or more: the first, the one behind the last, and the length of a round.

    A stretch is given once, with its shortest round.
    """
    n_numbers, longest = len(numbers), min(longest, (len(numbers) + 1) // _PLAIN)
    followed = np.concatenate([numbers, np.zeros(longest, np.int64)])
    shifted = np.ndarray((longest + 1, n_numbers), np.int64, followed, strides=(followed.itemsize, followed.itemsize))
    compared = (shifted[1:] == shifted[0]).tobytes()  # with all that stand at most a round ahead, at once
    if _LEAST_SAME not in compared and compared.find(_LEAST_ALONE, 0, n_numbers) < 0:
        return
    covered = bytearray(n_numbers)
    for length in range(1, longest + 1):
        same = compared[(length - 1) * n_numbers : length * n_numbers - length]
        sought = b"\1" * (_whole(_PLAIN, length) - length)
        first = same.find(sought)
        while first >= 0:
            end = same.find(b"\0", first)
            last = (len(same) if end < 0 else end) + length
            if not (covered[first] and covered[last - 1]):
                covered[first:last] = b"\1" * (last - first)
                yield first, last, length
            first = same.find(sought, last - length)


def _times_needed(words: Sequence[str], is_quoted: bool) -> int | None:
    """How often a round of words must stand to be no speech; None where it is no speech at all, as in tables of figures."""
    bare = [word.strip(_MARKS) for word in words]
    if not any(len(word) > 1 and word.isalpha() for word in bare) or sum(word.isalpha() for word in bare) * 2 < len(bare):
        return None
    is_marked = any(word[-1] in _MARKS for word in words)
    if is_quoted or any("!" in word for word in words) or all(word.lower() in _EMPHATIC for word in bare):
        return _CRIED
    if len(words) == 1:
        word = bare[0]
        is_plain = word in FUNCTION_WORDS or (len(word) >= _MIN_PLAIN_LETTERS and not word.isupper())
        return _PLAIN if is_plain and not is_marked else _CRIED
    if is_marked or (len(words) == 2 and not _PAIRING.isdisjoint(bare)):
        return _MARKED
    return _MARKED if len(words) == 2 and not any(word.islower() for word in bare) else _PLAIN


def _words(text: str) -> Iterator[Flag]:
    """Flags from the second round on of words that come round again on one line."""
    code, runs = "repeated.words", tokens(text)
    rounds = list(_rounds(np.fromiter(map(hash, runs), np.int64, len(runs)), _MAX_ROUND))
    spans = [m.span() for m in _RUN.finditer(text)] if rounds else []
    for first, end, length in rounds:
        breaks = (i for i in range(first + 1, end) if not text[spans[i - 1][1] : spans[i][0]].isprintable())
        last = next(breaks, end)  # the line ends there
        is_quoted = text[spans[max(0, first - 1)][0]] in _QUOTES or text[spans[first][0]] in _QUOTES
        needed = _times_needed(runs[first : first + length], is_quoted)
        if needed is not None and last - first >= _whole(needed, length):
            because = f"the same {length} words come again and again" if length > 1 else "one word comes again and again"
            yield raised(text, code, spans[first + length][0], spans[last - 1][1], because, probability=_CERTAIN)


def _sentences(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of the second round of sentences that come round three times."""
    code, text = "repeated.sentences", segmented.document.text
    spans = [sentence.span for sentence in segmented.sentences]
    forms = [text[span.start : span.end] for span in spans]
    if len(forms) - len(set(forms)) < _PLAIN - 1:
        return
    known = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    numbers = np.fromiter((known[form] for form in forms), np.int64, len(forms))
    for first, last, length in _rounds(numbers, _MAX_SENTENCE_ROUND):
        said = forms[first : first + length]
        n_words = sum(len(form.split()) for form in said)
        needed = _PLAIN if n_words >= _MIN_LONG_ROUND and not any("!" in form for form in said) else _MARKED
        if n_words >= _PLAIN and last - first >= _whole(needed, length) and not any(map(is_boilerplate, said)):
            because = (
                f"the same {length} sentences come round again and again" if length > 1 else "one sentence comes again and again"
            )
            again = first + length
            yield raised(text, code, spans[again].start, spans[again + length - 1].end, because, probability=_CERTAIN)


def _same(text: str) -> bytes:
    """For each character but the last a byte, 1 where the next is the same."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    same: NDArray[np.bool_] = codes[1:] == codes[:-1]
    return same.tobytes()


def _characters(text: str) -> Iterator[Flag]:
    """Flags of letters and marks that run on."""
    code, sought = "repeated.characters", b"\1" * (_MIN_RUN - 1)
    if sought not in _same(in_one(text)):
        return
    same = _same(text)
    first = same.find(sought)
    while first >= 0:
        stop = same.find(b"\0", first)
        last = (len(same) if stop < 0 else stop) + 1
        character = text[first]
        alone = not (text[max(0, first - 1) : first].isalpha() or text[last : last + 1].isalpha())
        if character.isalpha():
            runs_on = last - first >= _MIN_IN_WORD or (alone and character not in _UNREADABLE)
        else:
            runs_on = character in _RUN_ON and last - first >= _MIN_MARKS and not is_line(text, first, last)
        if runs_on:
            because = f"“{character}” stands {last - first} times in a row"
            yield raised(text, code, first, last, because, probability=_LIKELY)
        first = same.find(sought, last)


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Flags of what comes again and again, without the first time; what was meant is not certain, so nothing is expected."""
    text = segmented.document.text
    yield from _words(text)
    yield from _sentences(segmented)
    yield from _characters(text)
