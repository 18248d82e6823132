"""Known names that a text breaks: all words of a name but one, and in its place a word that may stand for it.

"White Home" for White House, "New York Occasions" for New York Times: a machine that swaps words without regard to sense
swaps them inside names too. A frame is a name with one word left out; each frame is found by its longest kept word.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

_MOST_FILLINGS = 40
"""A frame that more names share says nothing: "river" takes any word before it, and many rivers are on no list."""

_Thing = TypeVar("_Thing")
_Frame = tuple[str, ...]
_Shape = tuple[int, int, int]
"""How many words a name has, which of them is left out, and which of them is the anchor."""


class KnownNames:
    """Names that any newsreader knows, and where a text has one of them but for one word.

    >>> known = KnownNames([("white", "house"), ("white", "paper")], lambda word: False)
    >>> known.broken("the white home said".split(), lambda odd, expected: (odd, expected) == ("home", "house"))
    [(1, 3, 2, 'house')]
    """

    def __init__(self, names: Iterable[Sequence[str]], is_common: Callable[[str], bool]) -> None:
        """Index the names.

        Args:
            names: Each a sequence of lower-case words; those of one word are passed over. Of two names that fit one
                odd word equally well the earlier is taken.
            is_common: Says of a word that it is so frequent that, kept alone of a name of two words, it proves nothing.
        """
        self._names = {name: None for given in names if len(name := tuple(map(_bare, given))) > 1}
        self._lengths: dict[str, tuple[int, ...]] = _grouped((name[0], len(name)) for name in self._names)
        fillings: dict[tuple[_Frame, int], list[str]] = defaultdict(list)
        for name in self._names:
            for gap, word in enumerate(name):
                frame = name[:gap] + name[gap + 1 :]
                if len(frame) > 1 or not is_common(frame[0]):
                    fillings[frame, gap].append(word)
        self._fillings = {key: tuple(words) for key, words in fillings.items() if len(words) <= _MOST_FILLINGS}
        self._shapes: dict[str, tuple[_Shape, ...]] = _grouped(_anchored(frame, gap) for frame, gap in self._fillings)

    def __contains__(self, name: object) -> bool:
        """True for a tuple of lower-case words that is a known name, a final "'s" of its words aside."""
        return isinstance(name, tuple) and tuple(map(_bare, name)) in self._names

    def intact(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """Where a run of words (lower case) is a known name: (start, end), by start; they may overlap."""
        bare = [_bare(token) for token in tokens]
        return self._intact(bare)

    def _intact(self, bare: list[str]) -> list[tuple[int, int]]:
        return [
            (start, start + length)
            for start, token in enumerate(bare)
            for length in self._lengths.get(token, ())
            if tuple(bare[start : start + length]) in self._names
        ]

    def broken(self, tokens: Sequence[str], may_stand_for: Callable[[str, str], bool]) -> list[tuple[int, int, int, str]]:
        """Where all words but one are those of a known name, and the odd one may stand for the missing one.

        A word that stands in an intact name is never odd; each odd word has one answer, that of the longest name, and a
        word of a longer broken name is not odd in a shorter one, nor does an odd word help to know another name.
        A final "'s" of a word is passed over, and given to the word expected. The words should be those of one run of
        capitalised words, small words inside it included: in lower-case text "a white home" is what it says.
        The time is linear in the number of words.

        Args:
            tokens: A run of words, lower case.
            may_stand_for: Says of an odd word and an expected one, both without a final "'s", whether a machine may have
                written the first for the second.

        Returns:
            (start, end, index of the odd word, expected word), in order of the odd word.
        """
        bare = [_bare(token) for token in tokens]
        sound = {i for start, end in self._intact(bare) for i in range(start, end)}
        found: dict[int, tuple[int, int, int, str]] = {}
        taken = set(sound)
        for length, start, gap in sorted(self._places(bare), key=lambda place: (-place[0], *place[1:])):
            odd, end = start + gap, start + length
            if odd in taken or not found.keys().isdisjoint(range(start, end)):
                continue
            frame = (*bare[start:odd], *bare[odd + 1 : end])
            expected = next((word for word in self._fillings[frame, gap] if may_stand_for(bare[odd], word)), None)
            if expected is not None:
                found[odd] = (start, end, odd, expected + tokens[odd][len(bare[odd]) :])
                taken.update(range(start, end))
        return [found[odd] for odd in sorted(found)]

    def _places(self, bare: list[str]) -> list[_Shape]:
        """The places at which the words of a frame stand: length of the name, start, place of the gap in it."""
        places = []
        for i, token in enumerate(bare):
            for length, gap, anchor in self._shapes.get(token, ()):
                start = i - anchor
                run = bare[start : start + length]  # shorter where the name would reach over an end
                if len(run) == length and ((*run[:gap], *run[gap + 1 :]), gap) in self._fillings:
                    places.append((length, start, gap))
        return places


def _bare(word: str) -> str:
    return word.removesuffix("'s") or word


def _anchored(frame: _Frame, gap: int) -> tuple[str, _Shape]:
    """The longest word of a frame, and the shape to look for where it stands: long words are seldom met."""
    anchor = max(range(len(frame)), key=lambda i: len(frame[i]))
    return frame[anchor], (len(frame) + 1, gap, anchor + (anchor >= gap))


def _grouped(pairs: Iterable[tuple[str, _Thing]]) -> dict[str, tuple[_Thing, ...]]:
    """What belongs to each word, each thing once, in the order given."""
    found: dict[str, dict[_Thing, None]] = defaultdict(dict)
    for word, thing in pairs:
        found[word][thing] = None
    return {word: tuple(things) for word, things in found.items()}
