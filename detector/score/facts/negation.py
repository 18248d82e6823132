"""Negations that one side has and the other lacks, though both say the same words around them."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from detector.score.facts.places import Change, Places
from detector.score.facts.reading import Side
from detector.text import Word
from detector.types import Span

_CUES = frozenset("not never no none nobody nothing neither nor nowhere without cannot".split())
_HARMLESS_AFTER = {
    "not": frozenset("only just merely simply least less fewer more later earlier sooner unlike".split()),
    "no": frozenset("less fewer more later earlier sooner doubt matter wonder".split()),
    "nothing": frozenset(["but", "less"]),
}
"""Words behind which a negation denies nothing: "not less than" is "at least"."""
_HARMLESS_BEFORE = frozenset(["or", "if", "why"])
_PLAIN = frozenset(["not", "never", "do", "does", "did"])
_FAILING = frozenset("fail fails failed failing".split())
_LIGHT = frozenset(
    "do does did doing done to be been being is are was were am has have had having will would can could may might must shall"
    " should a an the any ever yet still also all of it that there".split()
)
"""Words that come and go with a negation."""
_WHOLES = frozenset(
    "all most many some every everyone everybody everything everywhere something somebody someone always often sometimes once"
    " one both either several few any anyone anything more two three each with half plenty much".split()
)
_DENYING = (
    "deny deni refus declin fail lack oppos reject avoid prevent stop halt ban block prohibit forbid forbade absen except unless"
    " hardly barely scarcely rarely seldom unable impossibl unlikel against missing refrain stay kept keep abandon cancel ceas"
    " ended few dismiss only until miss neglect short withhold withheld exempt exclu"
).split()
"""Beginnings of words that deny without a "not"."""
_NO_PREFIX = (
    "under",
    "unit",
    "uni",
    "until",
    "unless",
    "inter",
    "into",
    "inside",
    "instead",
    "import",
    "impress",
    "indeed",
    "dispos",
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_SHORTEST = 4
_SMALL = 4
"""Words a side of a changed run that can be read as a negation and what it denies."""
_IRREGULAR = {
    form: group.split()[0]
    for group in (
        "find found", "get got", "go went gone", "say said", "know knew known", "take took taken", "come came", "see saw seen",
        "give gave given", "make made", "leave left", "tell told", "think thought", "hold held", "speak spoke spoken", "pay paid",
        "meet met", "lose lost", "win won", "begin began begun", "break broke broken", "write wrote written", "hear heard",
        "feel felt", "bring brought", "buy bought", "send sent", "spend spent", "stand stood", "run ran", "sleep slept",
        "drive drove driven",
        "choose chose chosen", "deny denied denies", "try tried tries", "apply applied applies", "sell sold", "rise rose risen",
        "fall fell fallen", "understand understood", "show showed shown", "lead led", "build built", "let lets",
    )
    for form in group.split()
}  # fmt: skip
_ENDINGS = frozenset(["", "s", "es", "d", "ed", "ing", "e", "ting", "ted", "ping", "ped"])


class _Cue(NamedTuple):
    first: int
    end: int


def changed_negations(sides: tuple[Side, Side], places: Places) -> Iterator[tuple[Span, Span]]:
    """Where one side denies what the other states: the words with the negation, and those that stand for them."""
    left: list[list[_Cue]] = [[], []]
    forms = {sides[s].words[k].form for s in (0, 1) for k in places.changed_words(s)}
    if any(form in _CUES or form in _FAILING or form.endswith("n't") for form in forms):
        left = _unanswered(sides, places)
        again = 0 if _are_plain(sides, places, left) else min(len(left[0]), len(left[1]))  # said elsewhere in the sentence
        for side, own in enumerate(left):
            for cue in own[again:]:
                change = places.change(side, cue.first)
                if change and _is_denied(sides, places, side, cue, change):
                    yield _spans(sides, places, change, side)
    if not any(left):
        for change in places.changes:
            if change.op == "swap" and _is_turned(sides, change):
                yield sides[0].hull(*change.source), sides[1].hull(*change.target)


def _unanswered(sides: tuple[Side, Side], places: Places) -> list[list[_Cue]]:
    """The negations of each side for which the other has none in their place."""
    cues = [list(_cues(side.words)) for side in sides]
    paired = {(i, j) for i, a in enumerate(cues[0]) for j, b in enumerate(cues[1]) if places.meet(_range(a), _range(b))}
    return [[cue for k, cue in enumerate(own) if all(pair[side] != k for pair in paired)] for side, own in enumerate(cues)]


def _are_plain(sides: tuple[Side, Side], places: Places, left: Sequence[Sequence[_Cue]]) -> bool:
    """True where each negation was put in or left out with nothing beside it: two of them are two changes."""
    for side, own in enumerate(left):
        for cue in own:
            change = places.change(side, cue.first)
            alone = change and not change.places(1 - side) and all(sides[side].words[k].form in _PLAIN for k in change.places(side))
            if not alone:
                return False
    return True


def _range(cue: _Cue) -> range:
    return range(cue.first, cue.end)


def _cues(words: Sequence[Word]) -> Iterator[_Cue]:
    forms = [word.form for word in words]
    last = ""
    for k, form in enumerate(forms):
        after = forms[k + 1] if k + 1 < len(forms) else ""
        before = forms[k - 1] if k else ""
        if form in _FAILING and after == "to":
            yield _Cue(k, k + 2)
        elif form.endswith("n't") or form in _CUES:
            harmless = after in _HARMLESS_AFTER.get(form, ()) or before in _HARMLESS_BEFORE
            if not harmless and not (form == "nor" and last == "neither") and not (form == "no" and after.isdigit()):
                yield _Cue(k, k + 1)
            last = form


def _is_denied(sides: tuple[Side, Side], places: Places, side: int, cue: _Cue, change: Change) -> bool:
    own, other = sides[side].words, sides[1 - side].words
    ours, theirs = change.places(side), change.places(1 - side)
    if len(ours) > _SMALL or len(theirs) > _SMALL or not places.is_firm(change):
        return False
    said = {own[k].form for k in places.changed_words(side)}
    if any(_denies(other[k].form) and not _has_kin(other[k].form, said) for k in places.changed_words(1 - side)):
        return False
    rest = [own[k].form for k in ours if not cue.first <= k < cue.end and own[k].form not in _LIGHT]
    there = [other[k].form for k in theirs if other[k].form not in _LIGHT]
    if own[cue.first].form == "without" and "with" not in there:
        return False
    if not rest and all(form in _WHOLES for form in there):
        return True
    return len(rest) == len(there) and all(is_inflected(a, b) for a, b in zip(rest, there, strict=True))


def _denies(form: str) -> bool:
    if form.startswith(tuple(_DENYING)):
        return True
    return form.startswith("un") and len(form) > 5 and not form.startswith(_NO_PREFIX)


def _has_kin(form: str, others: Set[str]) -> bool:
    return any(is_inflected(form, other) for other in others)


def is_inflected(a: str, b: str) -> bool:
    """True for two forms of one verb or noun."""
    if a == b or _IRREGULAR.get(a, a) == _IRREGULAR.get(b, b):
        return True
    shared = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= _SHORTEST - 1 and a[shared:] in _ENDINGS and b[shared:] in _ENDINGS


def _is_turned(sides: tuple[Side, Side], change: Change) -> bool:
    """True where one word became its opposite by a prefix: "legal" and "illegal", "harmless" and "harmful"."""
    if max(len(change.source_places), len(change.target_places)) > _SMALL:
        return False
    ours = [sides[0].words[k].form for k in change.source_places]
    theirs = [sides[1].words[k].form for k in change.target_places]
    if "".join(ours) == "".join(theirs):  # glued
        return False
    return any(_is_opposite(a, b) or _is_opposite(b, a) for a in ours for b in theirs)


def _is_opposite(plain: str, turned: str) -> bool:
    if plain.endswith("ful") and turned.endswith("less"):
        return plain[:-3] == turned[:-4]
    if len(plain) < _SHORTEST or turned.startswith(_NO_PREFIX):
        return False
    return any(turned == prefix + plain for prefix in _PREFIXES) and not (turned[:2] == "in" and len(plain) == _SHORTEST)


def _spans(sides: tuple[Side, Side], places: Places, change: Change, side: int) -> tuple[Span, Span]:
    """The changed words; where one side lacks them, both with the words before and behind."""
    spans = []
    for k, own in enumerate(sides):
        first, end = change.source if k == 0 else change.target
        if not (change.source_places and change.target_places):
            first, end = max(0, first - 1), min(len(own.words), end + 1)
        spans.append(own.hull(first, end))
    return spans[0], spans[1]
