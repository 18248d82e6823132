"""What can be seen in a text without knowing English: sentences, words, quotations, names, numbers, as spans into it."""

from detector.text.names import MONTHS_AND_DAYS, Name, names
from detector.text.normalise import normalise
from detector.text.numbers import Number, numbers
from detector.text.quotations import quotations
from detector.text.sentences import from_sentences, segment
from detector.text.words import FUNCTION_WORDS, Word, forms, words

__all__ = [
    "FUNCTION_WORDS",
    "MONTHS_AND_DAYS",
    "Name",
    "Number",
    "Word",
    "forms",
    "from_sentences",
    "names",
    "normalise",
    "numbers",
    "quotations",
    "segment",
    "words",
]
