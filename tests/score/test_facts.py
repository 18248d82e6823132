"""Gender and numbers that a swap changes."""

import pytest

from detector import align
from detector.lm import load_piece_lm, load_pieces, load_substitutions
from detector.score.facts import changed_facts
from detector.score.swaps import Swap, find_swaps


def _swaps(source: str, target: str) -> tuple[Swap, ...]:
    return find_swaps(align([source], [target]), load_pieces(), load_piece_lm(), load_substitutions()).swaps


_FRAME = "The {} told the harbour council that the ferry was late"
_COUNT = "The harbour council sold {} old ferries to the island"


@pytest.mark.parametrize(
    ("frame", "ours", "theirs", "code"),
    [
        (_FRAME, "spokesman", "spokeswoman", "fact.gender"),
        (_FRAME, "spokeswoman", "spokesman", "fact.gender"),
        (_FRAME, "king", "queen", "fact.gender"),
        (_FRAME, "spokesman", "speaker", None),
        (_FRAME, "girl", "woman", None),
        (_COUNT, "20", "30", "fact.number"),
        (_COUNT, "twenty", "30", "fact.number"),
        (_COUNT, "twenty", "20", None),
        (_COUNT, "2,000", "two thousand", None),
        (_COUNT, "2 million", "2 billion", "fact.number"),
        (_COUNT, "several", "20", None),
        (_COUNT, "rusty", "worn", None),
    ],
)
def test_known_facts(frame: str, ours: str, theirs: str, code: str | None) -> None:
    """Another gender and another value are facts; another way of writing the same, or a vaguer word, is none."""
    swaps = _swaps(frame.format(ours), frame.format(theirs))
    found = {fact.code for fact in changed_facts(swaps, 0).values()}

    assert ({code} if code else set()) == found
    assert found == {fact.code for fact in changed_facts(swaps, 1).values()}


def test_the_masculine_side_is_suspected() -> None:
    """Of a masculine and a feminine word, the masculine is likelier to be a translator's, whichever side it is on."""
    swaps = _swaps(_FRAME.format("spokesman"), _FRAME.format("spokeswoman"))
    (masculine,), (feminine,) = (changed_facts(swaps, side).values() for side in (0, 1))

    assert masculine.probability > 0.5 > feminine.probability


def test_a_number_accuses_neither_side() -> None:
    """Which of two numbers was altered cannot be told from them."""
    swaps = _swaps(_COUNT.format("20"), _COUNT.format("30"))

    assert changed_facts(swaps, 0) == changed_facts(swaps, 1)
