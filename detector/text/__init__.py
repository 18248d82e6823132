"""What can be seen in a text without knowing English: sentences, words, quotations, names, numbers, as spans into it."""

from detector.text.names import Name, names
from detector.text.normalise import normalise
from detector.text.numbers import Number, numbers
from detector.text.quotations import quotations
from detector.text.sentences import from_sentences, segment
from detector.text.words import FUNCTION_WORDS, Word, words

__all__ = [
    "FUNCTION_WORDS",
    "Name",
    "Number",
    "Word",
    "from_sentences",
    "names",
    "normalise",
    "numbers",
    "quotations",
    "segment",
    "words",
]
