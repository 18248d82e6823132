"""Facts that differ between two sides of a swap: gender, and numbers.

A translator through a language whose nouns or verbs bear gender falls back on the masculine: the masculine side is suspected.
"""

from collections.abc import Sequence
from typing import NamedTuple

from detector.score.swaps import Swap
from detector.text import numbers

_GENDER = {
    "he": "she", "him": "her", "his": "her", "himself": "herself", "man": "woman", "men": "women", "spokesman": "spokeswoman",
    "chairman": "chairwoman", "businessman": "businesswoman", "congressman": "congresswoman", "councilman": "councilwoman",
    "policeman": "policewoman", "actor": "actress", "waiter": "waitress", "boy": "girl", "son": "daughter", "brother": "sister",
    "father": "mother", "husband": "wife", "uncle": "aunt", "nephew": "niece", "king": "queen", "prince": "princess", "mr": "ms",
}  # fmt: skip
"""Masculine forms and their feminine counterparts."""
_SCALES = frozenset({"dozen", "hundred", "thousand", "million", "billion", "trillion"})
_P_MASCULINE = 0.75
_P_FEMININE = 0.4
_P_NUMBER = 0.5


class Fact(NamedTuple):
    """A fact that a swap changes: how probable it is that this side is the one that was altered, and in what way."""

    probability: float
    code: str
    says: str


def changed_facts(swaps: Sequence[Swap], side: int) -> dict[int, Fact]:
    """The facts that swaps change, by the place of the swap; seen from one side (0 source, 1 target)."""
    found = {}
    for k, swap in enumerate(swaps):
        ours, theirs = (swap.source_forms, swap.target_forms) if side == 0 else (swap.target_forms, swap.source_forms)
        if any(_GENDER.get(form) in theirs for form in ours):
            found[k] = Fact(_P_MASCULINE, "fact.gender", "a masculine word where the other copy has a feminine one")
        elif any(_GENDER.get(form) in ours for form in theirs):
            found[k] = Fact(_P_FEMININE, "fact.gender", "a feminine word where the other copy has a masculine one")
        else:
            mine, other = (_amounts(forms) for forms in (ours, theirs))
            if mine and other and mine != other:
                found[k] = Fact(_P_NUMBER, "fact.number", "another number than the other copy has")
    return found


def _amounts(forms: Sequence[str]) -> list[float | str]:
    """The numbers among the words; where there is none, the scales that stand alone ("millions")."""
    values: list[float | str] = [number.value for number in numbers(" ".join(forms))]
    return values or [form.removesuffix("s") for form in forms if form.removesuffix("s") in _SCALES]
