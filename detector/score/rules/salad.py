"""Word salad: passages whose words were shuffled, as spinners and makers of fake pages do ("mat the on sat the cat").

English hardly ever lets an article stand before a preposition or a verb of being, nor "of" before "in". One such place is a slip:
of the pairs of function words careless writers have one in fifty that is such a place, shuffled words one in four. So the pairs
are weighed as Page (1954) weighs a process that may go out of control: a place adds, any other pair of function words takes
away, and a passage is reported when the sum is high enough.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from detector.score.rules.flagging import posterior, raised
from detector.text import FUNCTION_WORDS
from detector.types import Flag, SegmentedDocument

_FINITE = "is was were are has had would could should will did"
_SUBJECTS = "he she they we i"
_VERBS = "said says went came took told gave"
_OWNERS = "my our your their its his"
_NO_NOUN = f"of to from in on at by with for into during and or but because if am be been have do does it {_FINITE} {_SUBJECTS}"
_AFTER = (
    ("the a an my our their every", f"{_NO_NOUN} {_VERBS} {_OWNERS} the a an him them us me this these those who which"),
    ("the a an", "that as not there also too"),
    ("its his your", f"the a an of to and or but because if am is was has had will would could should {_SUBJECTS} {_VERBS}"),
    ("of", f"{_VERBS} because {_FINITE} {_SUBJECTS} to in on by for from at with"),
    ("into during", f"{_FINITE} {_SUBJECTS} of to in on by for from at with because"),
    ("to", f"{_VERBS} {_FINITE} {_SUBJECTS} of at in on from for by with"),
    ("in on at by with", f"{_FINITE} {_SUBJECTS} of"),
    ("by at for from", "to of for from with"),
    ("with", "to from by"),
    ("and or but for", "and or but"),
    (_SUBJECTS, f"of to from by for at the a an {_OWNERS}"),
    (f"be been have {_FINITE}", _FINITE),
    ("will", "of"),
)
_LEGAL = (("has have had", "had"), ("did had", "was is"), ("for", "and or"), ("and", "or"), ("their", _FINITE))
"""Pairs of those classes that English has, and those that stand for others in hasty spelling ("their is")."""
_TWICE = "the a an of to and is was for with by from their its"


def _crossed(classes: tuple[tuple[str, str], ...]) -> set[tuple[str, str]]:
    return {(x, y) for before, after in classes for x in before.split() for y in after.split()}


_PAIRS = {(x, y) for x, y in _crossed(_AFTER) - _crossed(_LEGAL) if x != y} | {(x, x) for x in _TWICE.split()}
"""What does not follow one another: a noun phrase is opened and not there, a clause has two heads or none."""
_ONE_OF_THEM = re.compile(
    r" (?:(?:the|an?|its) (?:of|to|and|is|was|in|on|by|for|at|from|with|the|a|that|has|had|are|were|be|will|he|it|its|said)"
    r"|(?:of|to) (?:of|to|in|on|by|is|was|for|from|has|will|were|are|had|said)|(?:in|by|at|with|on|from) (?:of|is|was|has|are|will)"
    r"|and and)(?= )"
)
"""The most frequent places: a text without two of them near each other is read no further, which is nearly every text."""
_NEAR_CHARS = 1500

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d[\d.,]*|[.!?;:,](?=\s|$)|[^\s\w]")
_ADDS, _TAKES = 3.6, 0.4
"""Bits: a quarter of the pairs of shuffled words are places, a fiftieth of a careless writer's (log2 12.5 and log2 .98/.75)."""
_ENOUGH = 10.5
"""Three places and hardly a pair between; four with some ten between."""
_MAX_RUN = 8
"""A longer run of function words is a list of such words, as search engines leave out, not a shuffled sentence."""
_CERTAIN = 0.95


class _Token(NamedTuple):
    start: int
    end: int
    form: str


def _runs(tokens: list[_Token]) -> Iterator[list[tuple[_Token, _Token]]]:
    """The pairs that begin with a function word, in lower case, by the runs in which they follow one another."""
    run: list[tuple[_Token, _Token]] = []
    for pair in pairwise(tokens):
        if pair[0].form in FUNCTION_WORDS:
            run.append(pair)
        elif run:
            yield run
            run = []
    yield run


def _is_place(text: str, first: _Token, second: _Token) -> bool:
    """True where the second does not follow the first: one blank between them, and no hyphen that makes it part of another word."""
    is_next = second.start - first.end == 1 and text[second.end : second.end + 1] != "-"
    return is_next and (first.form, second.form) in _PAIRS


def _places(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the places in passages that have enough of them."""
    tokens = [_Token(*m.span(), m.group()) for m in _TOKEN.finditer(text)]
    if any(token.form == "b" for token in tokens):  # then "a" is a letter too
        tokens = [token._replace(form="A") if token.form == "a" else token for token in tokens]
    held: list[tuple[int, int]] = []  # places since the sum last was 0
    weight, highest, n_highest = 0.0, 0.0, 0
    for run in _runs(tokens):
        if len(run) > _MAX_RUN:
            continue
        for first, second in run:
            if _is_place(text, first, second):
                held.append((first.start, second.end))
                weight += _ADDS
                if weight > highest:
                    highest, n_highest = weight, len(held)
            elif weight and second.form in FUNCTION_WORDS:
                weight = max(0.0, weight - _TAKES)
                if not weight:
                    yield from held[:n_highest] if highest >= _ENOUGH else ()
                    held, highest, n_highest = [], 0.0, 0
    yield from held[:n_highest] if highest >= _ENOUGH else ()


def find(segmented: SegmentedDocument) -> Iterator[Flag]:
    """Two flags on the two words of each place: damage, and a wording that nobody wrote; the order that was is not known."""
    text = segmented.document.text
    frequent = (m.start() for m in _ONE_OF_THEM.finditer(text))
    if not any(after - before < _NEAR_CHARS for before, after in pairwise(frequent)):
        return
    for start, end in _places(text):
        because = f"“{text[start:end]}” stands in no English sentence, and other such places are near"
        yield raised(text, "salad.passage", start, end, because, probability=_CERTAIN)
        yield raised(text, "salad.order", start, end, because, probability=posterior("salad.order"))
