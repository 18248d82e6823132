"""Names: runs of capitalised words, with the small words that names hold inside ("Department of Homeland Security").

The first word of a sentence is capitalised whatever it is: it begins a name only where the next word goes on with one, or
where the text writes it with a capital elsewhere too.
"""

from collections.abc import Sequence
from typing import NamedTuple

from detector.text.words import FUNCTION_WORDS, Word
from detector.types import SegmentedDocument, Span

_INNER = frozenset({"of", "and", "for", "the", "de", "la", "del", "van", "von", "al", "bin"})
MONTHS_AND_DAYS = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday".split()
)


class Name(NamedTuple):
    """A name of a text: where, and the forms of its capitalised words (small inner words left out)."""

    span: Span
    forms: tuple[str, ...]


def _is_capital(word: Word, text: str) -> bool:
    return text[word.start].isupper()


def names(segmented: SegmentedDocument, words: Sequence[Word]) -> tuple[Name, ...]:
    """The names of a segmented document, in order; months and weekdays alone are no names.

    Args:
        segmented: The document with its sentences.
        words: Its words, in order, as ``words(text)`` gives them.
    """
    text = segmented.document.text
    starts = {sentence.span.start for sentence in segmented.sentences}
    first = [i for i, word in enumerate(words) if word.start in starts or text[word.start - 1] in "“\"‘«" if word.start]
    opening = {*first, 0}
    inside = {w.form for i, w in enumerate(words) if i not in opening and _is_capital(w, text)}
    found: list[Name] = []
    run: list[Word] = []

    def close() -> None:
        while run and run[-1].form in _INNER:
            run.pop()
        forms = tuple(w.form.removesuffix("'s") for w in run if _is_capital(w, text))
        if forms and not all(f in MONTHS_AND_DAYS or f in FUNCTION_WORDS for f in forms):
            found.append(Name(Span(run[0].start, run[-1].end), forms))
        run.clear()

    for i, word in enumerate(words):
        gap = text[words[i - 1].end : word.start] if i else ""
        if run and (i in opening or gap.strip(" .-&'’") or "\n" in gap):
            close()
        if _is_capital(word, text):
            doubtful = i in opening and not run and (word.form in FUNCTION_WORDS or word.form not in inside)
            follows = i + 1 < len(words) and _is_capital(words[i + 1], text) and text[word.end : words[i + 1].start] == " "
            if not doubtful or (follows and word.form not in FUNCTION_WORDS):
                run.append(word)
            continue
        if run and word.form in _INNER and (word.form != "the" or run[-1].form == "of"):
            run.append(word)
            continue
        close()
    close()
    return tuple(found)
